"""Small Marian models with random weights, as the hub's repositories have them."""

import json
import shutil
from pathlib import Path

from translate.engines.models import BUILTIN, find_model

#: What a hub repository says of a French to English model.
CARD = "---\nlicense: apache-2.0\nlanguage:\n- fr\n- en\n---\n# A model\n"


def tiny_marian(folder: Path, *, shards: str = "50GB", **changes: object) -> Path:
    """A model with the built-in vocabulary and one narrow layer a side, 0.5 MB."""
    import torch
    from transformers import MarianConfig, MarianMTModel

    builtin = find_model(BUILTIN).folder
    given = json.loads((builtin / "config.json").read_text(encoding="utf-8"))
    sides = {f"{side}_layers": 1 for side in ("encoder", "decoder")}
    heads = {f"{side}_attention_heads": 2 for side in ("encoder", "decoder")}
    widths = {f"{side}_ffn_dim": 32 for side in ("encoder", "decoder")}
    sizes = {"d_model": 16, **sides, **heads, **widths, "dtype": "float32", **changes}
    torch.manual_seed(1)
    model = MarianMTModel(MarianConfig(**{**given, **sizes}))
    with torch.no_grad():
        model.get_input_embeddings().weight[model.config.pad_token_id] = 0.0
    model.save_pretrained(folder, max_shard_size=shards)
    for name in ("vocab.json", "source.spm", "target.spm", "tokenizer_config.json"):
        shutil.copyfile(builtin / name, folder / name)
    (folder / "README.md").write_text(CARD, encoding="utf-8")
    return folder
