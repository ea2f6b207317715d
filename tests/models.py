"""Small Marian models with random weights, as the hub's repositories have them."""

import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

from translate.engines.models import BUILTIN, find_model

#: What a hub repository says of a French to English model.
CARD = "---\nlicense: apache-2.0\nlanguage:\n- fr\n- en\n---\n# A model\n"


#: What Marian says of a network with the layers of an OPUS-MT release.
_MARIAN = """type: transformer
transformer-decoder-autoreg: self-attention
transformer-no-projection: false
transformer-ffn-activation: {activation}
transformer-preprocess: ""
transformer-postprocess: dan
transformer-postprocess-emb: d
transformer-guided-alignment-layer: last
transformer-heads: {heads}
enc-depth: {encoder}
dec-depth: {decoder}
"""


def opus_release(folder: Path, model: Path) -> Path:
    """A folder as OPUS-MT publishes it, with the weights of one in Hugging Face's format.

    Marian's names of the weights; the row of `<pad>`, which Marian has not, is left out.
    """
    import numpy as np
    from safetensors.numpy import load_file

    folder.mkdir()
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    given = {name: row.astype(np.float32) for name, row in load_file(_weights(model)).items()}
    weights = {"Wemb": given["model.shared.weight"][:-1]}
    weights["decoder_ff_logit_out_b"] = given["final_logits_bias"][:, :-1]
    for side in ("encoder", "decoder"):
        for layer in range(config[f"{side}_layers"]):
            marian, theirs = f"{side}_l{layer + 1}", f"model.{side}.layers.{layer}"
            _attention(weights, given, f"{marian}_self", f"{theirs}.self_attn")
            if side == "decoder":
                _attention(weights, given, f"{marian}_context", f"{theirs}.encoder_attn")
            for number in "12":
                weights[f"{marian}_ffn_W{number}"] = given[f"{theirs}.fc{number}.weight"].T
                weights[f"{marian}_ffn_b{number}"] = given[f"{theirs}.fc{number}.bias"][None]
            _norm(weights, given, f"{marian}_ffn_ffn", f"{theirs}.final_layer_norm")
    text = _MARIAN.format(
        activation=config["activation_function"],
        heads=config["encoder_attention_heads"],
        encoder=config["encoder_layers"],
        decoder=config["decoder_layers"],
    )
    weights["special:model.yml"] = np.frombuffer(text.encode() + b"\0", dtype=np.int8)
    np.savez(folder / "opus.npz", **weights)
    rows = json.loads((model / "vocab.json").read_text(encoding="utf-8"))
    lines = [f"{json.dumps(word, ensure_ascii=False)}: {row}" for word, row in rows.items()]
    kept = [line for line in lines if not line.startswith('"<pad>"')]
    (folder / "opus.vocab.yml").write_text("\n".join(kept) + "\n", encoding="utf-8")
    names = "models:\n  - opus.npz\nvocabs:\n  - opus.vocab.yml\n  - opus.vocab.yml\n"
    (folder / "decoder.yml").write_text(names, encoding="utf-8")
    for name in ("source.spm", "target.spm"):
        shutil.copyfile(model / name, folder / name)
    (folder / "LICENSE").write_text("Attribution 4.0 International\n", encoding="utf-8")
    return folder


def zipped(folder: Path, path: Path) -> Path:
    """The files of a folder in a zip, as OPUS-MT publishes them."""
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, file.name)
    return path


def _weights(model: Path) -> Path:
    return model / "model.safetensors"


def _attention(weights: dict[str, Any], given: dict[str, Any], marian: str, theirs: str) -> None:
    for letter, name in zip("qkvo", ("q_proj", "k_proj", "v_proj", "out_proj"), strict=True):
        weights[f"{marian}_W{letter}"] = given[f"{theirs}.{name}.weight"].T
        weights[f"{marian}_b{letter}"] = given[f"{theirs}.{name}.bias"][None]
    _norm(weights, given, f"{marian}_Wo", f"{theirs}_layer_norm")


def _norm(weights: dict[str, Any], given: dict[str, Any], marian: str, theirs: str) -> None:
    weights[f"{marian}_ln_scale"] = given[f"{theirs}.weight"][None]
    weights[f"{marian}_ln_bias"] = given[f"{theirs}.bias"][None]


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


def other_vocabulary(folder: Path, text: str) -> Path:
    """A tiny model like one of the hub: pieces of its own for `text`, no card, no placeholders."""
    import sentencepiece

    folder.mkdir()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(text.splitlines()),
        model_prefix=str(folder / "source"),
        vocab_size=300,
        hard_vocab_limit=False,
        minloglevel=2,
    )
    pieces = sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.model"))
    kept = [pieces.id_to_piece(at) for at in range(len(pieces))]
    words = ["</s>", "<unk>", *(word for word in kept if word not in ("<s>", "</s>", "<unk>"))]
    rows = {word: row for row, word in enumerate([*words, "<pad>"])}
    size, last = len(rows), len(rows) - 1
    tiny_marian(
        folder,
        init_std=0.5,
        vocab_size=size,
        decoder_vocab_size=size,
        pad_token_id=last,
        decoder_start_token_id=last,
    )
    (folder / "source.model").replace(folder / "source.spm")
    (folder / "source.vocab").unlink()
    shutil.copyfile(folder / "source.spm", folder / "target.spm")
    (folder / "vocab.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return folder
