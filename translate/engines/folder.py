"""A model's folder: checked, and what it says of itself.

Hugging Face's Marian format, or CTranslate2's with the SentencePiece models beside it.
"""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from translate.engines.base import DEFAULT_MAX_TOKENS
from translate.errors import ModelError

NORMALISATIONS = ("none", "moses")
#: What a hub model takes at most where its card says nothing: OPUS-MT saw few longer sentences.
HUB_MAX_TOKENS = 200


SENTENCEPIECE = ("source.spm", "target.spm")
TOKENIZER_FILES = ("config.json", "vocab.json", *SENTENCEPIECE)
#: In the order in which they are preferred; the index stands for weights in several files.
WEIGHTS = ("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin")
WEIGHTS_SAID = "model.safetensors or pytorch_model.bin"
SHARD = r"model-\d+-of-\d+\.safetensors"
OPTIONAL_FILES = ("generation_config.json", "tokenizer_config.json", "target_vocab.json")
CARD_FILES = ("depeche.json", "README.md", "LICENSE")
#: The weights of a CTranslate2 folder, and where it keeps the words of a source.
CONVERTED = "model.bin"
VOCABULARIES = (
    "shared_vocabulary.json",
    "source_vocabulary.json",
    "shared_vocabulary.txt",
    "source_vocabulary.txt",
)
_BOTH_VOCABULARIES = (*VOCABULARIES, "target_vocabulary.json", "target_vocabulary.txt")
#: What a model may be, for messages.
CHOICES = (
    "'builtin', a name from 'depeche models', a local folder in Hugging Face's Marian format, "
    "or a hub id such as Helsinki-NLP/opus-mt-fr-en"
)


@dataclass(frozen=True, slots=True)
class Score:
    """A score on a test set; `signature` says how it was computed (sacreBLEU's, where known)."""

    test_set: str
    metric: str
    value: float
    signature: str = ""


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A checked model folder and what is known of it."""

    name: str
    folder: Path
    size_bytes: int
    weights: str  # the file of the folder that holds them
    parameters: int | None  # None where only loading the model would tell
    languages: tuple[str, str]
    licence: str
    origin: str
    normalisation: str  # one of NORMALISATIONS, applied to a source before it is tokenized
    max_source_tokens: int  # without the end token
    placeholders: tuple[str, ...]
    scores: tuple[Score, ...]
    target_token: str = ""  # what a multilingual model is told to write English with

    @property
    def converted(self) -> bool:
        """Whether the folder is CTranslate2's, which other engines cannot read."""
        return self.weights == CONVERTED


def read_model(folder: Path, name: str | None = None) -> ModelInfo:
    """Check a folder and read what it says of itself; ModelError names the first fault."""
    if not folder.is_dir():
        raise ModelError(f"no model folder {folder}; a model is {CHOICES}")
    if (folder / CONVERTED).is_file():
        return _read_converted(folder, name)
    missing = [file for file in TOKENIZER_FILES if not (folder / file).is_file()]
    weights = next((file for file in WEIGHTS if (folder / file).is_file()), None)
    if weights is None:
        missing.append(WEIGHTS_SAID)
    if missing or weights is None:
        raise ModelError(
            f"{folder} lacks {', '.join(missing)}: a folder in Hugging Face's Marian format has "
            f"{', '.join(TOKENIZER_FILES)} and {WEIGHTS_SAID}"
        )
    config = _read_config(folder)
    _check_vocabulary(folder, config)
    counts = [_count_parameters(folder / file) for file in weight_files(folder, weights)]
    info = _described(folder, name, weights, sum(filter(None, counts)) or None)
    positions = config["max_position_embeddings"] - 1 - bool(info.target_token)
    return replace(info, max_source_tokens=min(info.max_source_tokens, positions))


def _read_converted(folder: Path, name: str | None) -> ModelInfo:
    """A CTranslate2 folder; whether its weights are whole is known when they are loaded."""
    missing = [file for file in SENTENCEPIECE if not (folder / file).is_file()]
    if not any((folder / file).is_file() for file in VOCABULARIES):
        missing.append(VOCABULARIES[0])
    if missing:
        raise ModelError(
            f"{folder} lacks {', '.join(missing)}: a CTranslate2 folder has {CONVERTED}, its "
            f"vocabulary and the SentencePiece models {' and '.join(SENTENCEPIECE)}"
        )
    return _described(folder, name, CONVERTED, None)


def _described(folder: Path, name: str | None, weights: str, parameters: int | None) -> ModelInfo:
    """What the card and the vocabulary of a checked folder say of it."""
    card = _read_card(folder)
    languages, token = _languages(folder, card)
    return ModelInfo(
        name=name or card.name or folder.resolve().name,
        folder=folder,
        size_bytes=sum(file.stat().st_size for file in model_files(folder)),
        weights=weights,
        parameters=parameters,
        languages=languages,
        licence=card.licence,
        origin=card.origin or str(folder),
        normalisation=card.normalisation,
        max_source_tokens=card.max_source_tokens,
        placeholders=card.placeholders,
        scores=card.scores,
        target_token=token,
    )


def source_vocabulary(folder: Path) -> dict[str, int]:
    """The pieces that a model has for a source, with their rows."""
    if not (folder / CONVERTED).is_file():
        return _read_json(folder / "vocab.json")
    path = next(folder / file for file in VOCABULARIES if (folder / file).is_file())
    try:
        text = path.read_text(encoding="utf-8")
        words = json.loads(text) if path.suffix == ".json" else text.split("\n")
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError("not a list of words")
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not a vocabulary ({error}): restore the file") from error
    absent = [token for token in ("</s>", "<unk>") if token not in words]
    if absent:
        raise ModelError(f"{path} lacks {' and '.join(absent)}: it is not a Marian vocabulary")
    return {word: row for row, word in enumerate(words)}


@dataclass(frozen=True, slots=True)
class _Card:
    """`depeche.json`, or what is assumed of a folder that has none (a hub model)."""

    name: str = ""
    licence: str = "unknown"
    origin: str = ""
    normalisation: str = "moses"
    max_source_tokens: int = HUB_MAX_TOKENS
    placeholders: tuple[str, ...] = ()
    scores: tuple[Score, ...] = ()
    target_token: str | None = None  # None: the vocabulary tells


def _read_card(folder: Path) -> _Card:
    path = folder / "depeche.json"
    if not path.is_file():
        return _Card(licence=_readme_licence(folder))
    values = _read_json(path)
    normalisation = values.get("normalisation", "none")
    if normalisation not in NORMALISATIONS:
        allowed = ", ".join(NORMALISATIONS)
        raise ModelError(f"{path}: normalisation is '{normalisation}', allowed are {allowed}")
    longest = values.get("max_source_tokens", DEFAULT_MAX_TOKENS)
    if not _is_count(longest):
        raise ModelError(
            f"{path}: max_source_tokens is {str(longest)[:80]!r}, a number above 0 is needed"
        )
    placeholders = values.get("placeholders", [])
    if not isinstance(placeholders, list) or not all(map(_is_symbol, placeholders)):
        raise ModelError(f"{path}: placeholders are a list of symbols of the vocabulary")
    try:
        scores = tuple(_scores(values.get("scores", {})))
    except (AttributeError, TypeError, ValueError, OverflowError) as error:
        raise ModelError(
            f'{path}: scores are {{"test set": {{"metric": number, "signature": "..."}}}}'
        ) from error
    token = values.get("target_token")
    if token is not None and not isinstance(token, str):
        raise ModelError(f"{path}: target_token is a symbol of the vocabulary, or empty")
    return _Card(
        target_token=token,
        name=str(values.get("name", "")),
        licence=str(values.get("licence", "unknown")),
        origin=str(values.get("origin", "")),
        normalisation=normalisation,
        max_source_tokens=longest,
        placeholders=tuple(placeholders),
        scores=scores,
    )


def _scores(values: dict[str, dict[str, Any]]) -> Iterator[Score]:
    for test_set, metrics in values.items():
        signature = str(metrics.get("signature", ""))
        for metric, value in metrics.items():
            if metric != "signature":
                number = float(value)
                if not math.isfinite(number):
                    raise ValueError(number)
                yield Score(test_set, metric, number, signature)


def _readme_licence(folder: Path) -> str:
    """The `license:` line of a hub card's YAML head, else "unknown"."""
    path = folder / "README.md"
    if not path.is_file():
        return "unknown"
    head = path.read_text(encoding="utf-8", errors="replace")[:4000]
    found = re.search(r"^license:\s*(\S+)\s*$", head, re.MULTILINE)
    return found[1] if found else "unknown"


#: Which token tells a multilingual model to write English, in order of preference.
_ENGLISH = (">>eng<<", ">>en<<", ">>eng_Latn<<")


def _languages(folder: Path, card: _Card) -> tuple[tuple[str, str], str]:
    """The two languages, and the token that a model of many targets is given for English.

    `target_token` of the card comes first (an empty one says that none is needed), then what the
    vocabulary has.
    """
    path = folder / "tokenizer_config.json"
    values = _read_json(path) if path.is_file() else {}
    source, target = str(values.get("source_lang") or "fr"), str(values.get("target_lang") or "en")
    tokens = {word for word in source_vocabulary(folder) if re.fullmatch(r">>[\w-]+<<", word)}
    token = card.target_token
    if token is None:
        token = next((one for one in _ENGLISH if one in tokens), "")
    elif token and token not in tokens:
        raise ModelError(
            f"{folder / 'depeche.json'}: the vocabulary has no target_token '{token}'; it has "
            f"{', '.join(sorted(tokens)) or 'none'}"
        )
    if not token and not target.startswith("en"):
        raise ModelError(
            f"{folder} translates {source} to {target}: a model to English is needed, "
            "for example Helsinki-NLP/opus-mt-fr-en"
        )
    return (source, "en" if token else target), token


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    config = _read_json(path)
    if config.get("model_type") != "marian":
        raise ModelError(
            f"{path} describes a model of type '{config.get('model_type')}': only 'marian' models "
            "are supported; a model is " + CHOICES
        )
    values = {**_ASSUMED, **{key: value for key, value in config.items() if value is not None}}
    for key in ("vocab_size", "max_position_embeddings", *_ASSUMED):
        if not _is_count(values.get(key)):
            raise ModelError(
                f"{path} has no number '{key}' from 1 to {LARGEST_SIZE:,}: restore the file"
            )
    for key in ("eos_token_id", "pad_token_id", "decoder_start_token_id"):
        row = values.get(key, 0)
        if not (row == 0 or _is_count(row)) or row >= values["vocab_size"]:
            raise ModelError(f"{path} has no row of the vocabulary as '{key}': restore the file")
    for side in ("encoder", "decoder"):
        if values["d_model"] % values[f"{side}_attention_heads"]:
            raise ModelError(f"{path}: d_model is no multiple of the {side}'s heads: restore it")
    return config


#: No size of a Marian model comes near it.
LARGEST_SIZE = 10_000_000
#: What transformers assumes where a config has it not.
_ASSUMED = {
    "d_model": 1024,
    **{f"{side}_layers": 12 for side in ("encoder", "decoder")},
    **{f"{side}_attention_heads": 16 for side in ("encoder", "decoder")},
    **{f"{side}_ffn_dim": 4096 for side in ("encoder", "decoder")},
}


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= LARGEST_SIZE


def _is_symbol(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _check_vocabulary(folder: Path, config: dict[str, Any]) -> None:
    path = folder / "vocab.json"
    vocabulary = _read_json(path)
    size = config["vocab_size"]
    absent = [token for token in ("</s>", "<unk>") if token not in vocabulary]
    if absent:
        raise ModelError(f"{path} lacks {' and '.join(absent)}: it is not a Marian vocabulary")
    rows = [row for row in vocabulary.values() if isinstance(row, int)]
    if sorted(rows) != list(range(size)) or len(vocabulary) != size:
        raise ModelError(
            f"{path} does not belong to this model: {len(vocabulary):,} tokens, "
            f"and the model has {size:,}; restore the file"
        )


def check_kind(folder: Path) -> None:
    """ModelError where a folder's config is not that of a Marian model."""
    _read_config(folder)


def weight_files(folder: Path, weights: str) -> list[str]:
    """The files that hold the weights: one, or the index and its shards.

    Raises ModelError where a shard is not there.
    """
    shards = shard_names(folder, weights)
    missing = sorted(name for name in shards if not (folder / name).is_file())
    if missing:
        raise ModelError(f"{folder} lacks {', '.join(missing)}, which {weights} names")
    return [weights, *sorted(shards)]


def shard_names(folder: Path, weights: str) -> set[str]:
    """The files that an index of shards names; none for weights that are one file."""
    if not weights.endswith(".index.json"):
        return set()
    path = folder / weights
    places = _read_json(path).get("weight_map")
    if not isinstance(places, dict) or not all(map(_is_shard, places.values())) or not places:
        raise ModelError(f"{path} names no shards such as model-00001-of-00002.safetensors")
    return set(places.values())


def _is_shard(name: object) -> bool:
    return isinstance(name, str) and re.fullmatch(SHARD, name) is not None


def _count_parameters(path: Path) -> int | None:
    """How many numbers a safetensors file holds; ModelError where it is not whole.

    The head alone tells (https://huggingface.co/docs/safetensors): 8 bytes of length, JSON with
    shapes and offsets. None for PyTorch's format, which only loading can check.
    """
    size = path.stat().st_size
    if path.suffix == ".json":
        return None
    if path.suffix != ".safetensors":
        if size == 0:
            raise ModelError(f"{path} is empty: copy or download it again")
        return None
    try:
        with path.open("rb") as file:
            length = int.from_bytes(file.read(8), "little")
            if length > size:
                raise ValueError("the head is longer than the file")
            head = json.loads(file.read(length))
        tensors = [entry for name, entry in head.items() if name != "__metadata__"]
        end = 8 + length + max(entry["data_offsets"][1] for entry in tensors)
        count: int = sum(math.prod(entry["shape"]) for entry in tensors)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path} is not a safetensors file: copy or download it again") from error
    if end != size:
        raise ModelError(
            f"{path} is broken: {size:,} bytes, and its head says {end:,}; copy it again"
        )
    return count


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not readable JSON ({error}): restore the file") from error
    if not isinstance(values, dict):
        raise ModelError(f"{path} is not a JSON object: restore the file")
    return values


def model_files(folder: Path) -> list[Path]:
    """The files of a model that are copied with it: one form of its weights."""
    if (folder / CONVERTED).is_file():
        own = (CONVERTED, "config.json", *SENTENCEPIECE, *_BOTH_VOCABULARIES, *CARD_FILES)
        return [folder / name for name in own if (folder / name).is_file()]
    weights = next(name for name in WEIGHTS if (folder / name).is_file())
    names = (*TOKENIZER_FILES, *weight_files(folder, weights), *OPTIONAL_FILES, *CARD_FILES)
    return [folder / name for name in names if (folder / name).is_file()]


def card_text(info: ModelInfo, origin: str) -> str:
    """What `depeche.json` of a copy says."""
    scores: dict[str, dict[str, float | str]] = {}
    for score in info.scores:
        entry = scores.setdefault(score.test_set, {})
        entry[score.metric] = score.value
        if score.signature:
            entry["signature"] = score.signature
    card = {
        "name": info.name,
        "licence": info.licence,
        "origin": origin,
        "normalisation": info.normalisation,
        "max_source_tokens": info.max_source_tokens,
        "placeholders": info.placeholders,
        "target_token": info.target_token,
        "scores": scores,
    }
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"
