"""The Hugging Face layout of a model: what MarianMTModel and MarianTokenizer load."""

import json
from pathlib import Path

import torch
from transformers import GenerationConfig, MarianMTModel

from train.vocabulary import EOS, EOS_ID, PAD, UNKNOWN, copy_vocabulary


def write_layout(model: MarianMTModel, prepared: Path, folder: Path, *, dtype: torch.dtype) -> None:
    """Write weights, configuration and vocabulary; the network itself is left as it is."""
    folder.mkdir(parents=True, exist_ok=True)
    pad = model.config.pad_token_id
    copy = MarianMTModel(model.config)
    copy.load_state_dict(model.state_dict())
    copy.to(dtype)
    copy.generation_config = GenerationConfig(
        max_length=512,
        num_beams=4,
        bad_words_ids=[[pad]],
        pad_token_id=pad,
        eos_token_id=EOS_ID,
        decoder_start_token_id=pad,
    )
    copy.save_pretrained(folder)
    copy_vocabulary(prepared, folder)
    tokenizer = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "fr",
        "target_lang": "en",
        "separate_vocabs": False,
        "sp_model_kwargs": {},
        "model_max_length": 512,
        "eos_token": EOS,
        "unk_token": UNKNOWN,
        "pad_token": PAD,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer, indent=1) + "\n", "utf-8")
