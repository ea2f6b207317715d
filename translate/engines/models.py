"""Which models there are: a name to a folder in Hugging Face's Marian format.

A name is `builtin`, a model that was added (`depeche models add`), a local folder, or a hub id
such as `Helsinki-NLP/opus-mt-fr-en`. Nothing here imports an engine; huggingface_hub is imported
only when a hub id is asked for. Added models live in the user's data folder
(`DEPECHE_DATA` overrides it), each a whole copy, so that they work offline and stay as they are.
"""

import json
import logging
import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from translate.engines.base import DEFAULT_MAX_TOKENS
from translate.errors import ModelError, OutputError, UsageError
from translate.files import write_atomically

_log = logging.getLogger(__name__)

BUILTIN = "builtin"
#: Stands for the model that `depeche models default` chose.
DEFAULT = "default"
NORMALISATIONS = ("none", "moses")
#: What a hub model takes at most where its card says nothing: OPUS-MT saw few longer sentences.
HUB_MAX_TOKENS = 200

TOKENIZER_FILES = ("config.json", "vocab.json", "source.spm", "target.spm")
WEIGHTS = ("model.safetensors", "pytorch_model.bin")
_OPTIONAL_FILES = ("generation_config.json", "tokenizer_config.json", "target_vocab.json")
_CARD_FILES = ("depeche.json", "README.md")
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")
_CHOICES = (
    f"'{BUILTIN}', a name from 'depeche models', a local folder in Hugging Face's Marian format, "
    "or a hub id such as Helsinki-NLP/opus-mt-fr-en"
)

_SET_DEFAULT = f"choose one with 'depeche models default', for example {BUILTIN}"

#: `download(repo_id, revision, allow_patterns, local_only) -> folder`; OSError where it cannot.
Download = Callable[[str, str | None, tuple[str, ...], bool], Path]


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


def models_folder() -> Path:
    """Where added models are kept: `DEPECHE_DATA`/models or the user's data folder."""
    root = os.environ.get("DEPECHE_DATA") or platformdirs.user_data_dir("depeche", appauthor=False)
    return Path(root) / "models"


def find_model(
    model: str = DEFAULT, *, revision: str | None = None, download: Download | None = None
) -> ModelInfo:
    """The checked folder of a model. Raises ModelError for what is not there or not sound.

    `revision` (a branch, tag or commit) is for hub ids only: UsageError otherwise.
    """
    if model == DEFAULT:
        model = default_model()
    folder = _local_folder(model)
    if folder is not None:
        if revision is not None:
            raise UsageError(f"--revision {revision} fits hub ids only, and '{model}' is local")
        return read_model(folder, model if model in (BUILTIN, *_added()) else None)
    if _HUB_ID.fullmatch(model):
        return read_model(_from_hub(model, revision, download or _download), model)
    raise ModelError(f"no model '{model}'; a model is {_CHOICES}")


def default_model() -> str:
    """The name that `depeche models default` set, else `builtin`."""
    path = models_folder() / DEFAULT
    try:
        name = path.read_text(encoding="utf-8").strip() or BUILTIN
    except FileNotFoundError:
        return BUILTIN
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot read {path} ({error}); {_SET_DEFAULT}") from error
    if name not in (BUILTIN, *_added()):
        raise ModelError(f"{path} names no model ({name[:80]!r}); {_SET_DEFAULT}")
    return name


def list_models() -> list[ModelInfo]:
    """The built-in model, then the added ones by name; one that is broken is logged, not listed."""
    found = [find_model(BUILTIN)]
    for name in _added():
        try:
            found.append(find_model(name))
        except ModelError as error:
            _log.warning("the model '%s' cannot be used: %s", name, error)
    return found


def add_model(
    source: str,
    *,
    name: str | None = None,
    revision: str | None = None,
    download: Download | None = None,
) -> ModelInfo:
    """Copy a folder or download a hub id into the user's data folder, whole or not at all."""
    info = find_model(source, revision=revision, download=download)
    name = name or _tidy_name(source)
    if not _NAME.fullmatch(name) or name in (BUILTIN, DEFAULT):
        raise UsageError(
            f"'{name}' cannot be a model's name: letters, digits, '.', '-' and '_', "
            f"not '{BUILTIN}' or '{DEFAULT}'; choose one with --name"
        )
    target = models_folder() / name
    if target.exists():
        raise UsageError(f"there is a model '{name}' already: remove it or choose another --name")
    origin = source if _HUB_ID.fullmatch(source) and not Path(source).is_dir() else info.origin
    origin = f"{origin}@{revision}" if revision else origin
    try:
        _copy(info, target, origin)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {_reason(error)}; is there space?") from error
    return read_model(target, name)


def set_default(name: str) -> None:
    """Make a model the one that is used where none is named."""
    if name != BUILTIN and name not in _added():
        raise ModelError(f"no model '{name}' to make the default; there are: {_names()}")
    write_atomically(models_folder() / DEFAULT, name + "\n")


def remove_model(name: str) -> None:
    """Delete an added model; where it was the default, the built-in one is it again."""
    if name == BUILTIN:
        raise UsageError("the built-in model is part of the program and cannot be removed")
    if name not in _added():
        raise ModelError(f"no model '{name}' to remove; there are: {_names()}")
    if default_model() == name:
        set_default(BUILTIN)
    try:
        shutil.rmtree(models_folder() / name)
    except OSError as error:
        raise OutputError(f"cannot remove {models_folder() / name}: {_reason(error)}") from error


def read_model(folder: Path, name: str | None = None) -> ModelInfo:
    """Check a folder and read what it says of itself; ModelError names the first fault."""
    if not folder.is_dir():
        raise ModelError(f"no model folder {folder}; a model is {_CHOICES}")
    missing = [file for file in TOKENIZER_FILES if not (folder / file).is_file()]
    weights = next((file for file in WEIGHTS if (folder / file).is_file()), None)
    if weights is None:
        missing.append(" or ".join(WEIGHTS))
    if missing or weights is None:
        raise ModelError(
            f"{folder} lacks {', '.join(missing)}: a folder in Hugging Face's Marian format has "
            f"{', '.join(TOKENIZER_FILES)} and {' or '.join(WEIGHTS)}"
        )
    config = _read_config(folder)
    _check_vocabulary(folder, config)
    card = _read_card(folder)
    return ModelInfo(
        name=name or card.name or folder.resolve().name,
        folder=folder,
        size_bytes=sum(file.stat().st_size for file in _model_files(folder)),
        weights=weights,
        parameters=_count_parameters(folder / weights),
        languages=_languages(folder),
        licence=card.licence,
        origin=card.origin or str(folder),
        normalisation=card.normalisation,
        max_source_tokens=min(card.max_source_tokens, config["max_position_embeddings"] - 1),
        placeholders=card.placeholders,
        scores=card.scores,
    )


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
    return _Card(
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


def _languages(folder: Path) -> tuple[str, str]:
    path = folder / "tokenizer_config.json"
    values = _read_json(path) if path.is_file() else {}
    source, target = str(values.get("source_lang") or "fr"), str(values.get("target_lang") or "en")
    if not target.startswith("en"):
        raise ModelError(
            f"{folder} translates {source} to {target}: a model to English is needed, "
            "for example Helsinki-NLP/opus-mt-fr-en"
        )
    return source, target


def _read_config(folder: Path) -> dict[str, Any]:
    path = folder / "config.json"
    config = _read_json(path)
    if config.get("model_type") != "marian":
        raise ModelError(
            f"{path} describes a model of type '{config.get('model_type')}': only 'marian' models "
            "are supported; a model is " + _CHOICES
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


def _count_parameters(path: Path) -> int | None:
    """How many numbers a safetensors file holds; ModelError where it is not whole.

    The head alone tells (https://huggingface.co/docs/safetensors): 8 bytes of length, JSON with
    shapes and offsets. None for PyTorch's format, which only loading can check.
    """
    size = path.stat().st_size
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
        count = sum(_product(entry["shape"]) for entry in tensors)
    except (ValueError, TypeError, LookupError, AttributeError, RecursionError) as error:
        raise ModelError(f"{path} is not a safetensors file: copy or download it again") from error
    if end != size:
        raise ModelError(
            f"{path} is broken: {size:,} bytes, and its head says {end:,}; copy it again"
        )
    return count


def _product(numbers: list[int]) -> int:
    result = 1
    for number in numbers:
        result *= number
    return result


def _read_json(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path} is not readable JSON ({error}): restore the file") from error
    if not isinstance(values, dict):
        raise ModelError(f"{path} is not a JSON object: restore the file")
    return values


def _model_files(folder: Path) -> list[Path]:
    names = (*TOKENIZER_FILES, *WEIGHTS, *_OPTIONAL_FILES, *_CARD_FILES)
    return [folder / name for name in names if (folder / name).is_file()]


def _local_folder(model: str) -> Path | None:
    if model == BUILTIN:
        return Path(__file__).parent.parent / "builtin_model"
    if _NAME.fullmatch(model) and (models_folder() / model).is_dir():
        return models_folder() / model
    if "\0" in model:
        return None
    path = Path(model).expanduser()
    if (model and path.exists()) or path.is_absolute() or model.startswith((".", "~")):
        return path
    return None


def _added() -> list[str]:
    folder = models_folder()
    if not folder.is_dir():
        return []
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return [name for name in names if _NAME.fullmatch(name)]


def _names() -> str:
    return ", ".join((BUILTIN, *_added()))


def _tidy_name(source: str) -> str:
    return re.sub(r"[^\w.-]+", "-", Path(source).expanduser().resolve().name).strip("-.")


def _copy(info: ModelInfo, target: Path, origin: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # A leading dot is no model's name, so what a killed copy leaves is never listed.
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=target.parent) as temporary:
        folder = Path(temporary) / target.name
        folder.mkdir()
        for file in _model_files(info.folder):
            if file.name not in WEIGHTS or file.name == info.weights:
                shutil.copyfile(file, folder / file.name)
        (folder / "depeche.json").write_text(_card_text(info, origin), encoding="utf-8")
        folder.replace(target)


def _card_text(info: ModelInfo, origin: str) -> str:
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
        "scores": scores,
    }
    return json.dumps(card, ensure_ascii=False, indent=2) + "\n"


def _reason(error: OSError) -> str:
    return error.strerror or str(error)


def _from_hub(model: str, revision: str | None, download: Download) -> Path:
    """The snapshot in the local cache where it is whole, else from the hub.

    Asking the cache first keeps starts quick and private: no request once a model is there.
    """
    files = (*TOKENIZER_FILES, *_OPTIONAL_FILES, *_CARD_FILES)
    try:
        folder = download(model, revision, (*files, *WEIGHTS), True)
        if all((folder / file).is_file() for file in TOKENIZER_FILES) and any(
            (folder / file).is_file() for file in WEIGHTS
        ):
            return folder
    except (OSError, ValueError):
        pass  # not in the cache (or only a part of it): the hub is asked
    try:
        for weights in WEIGHTS:  # PyTorch's format only where there is no safetensors file
            folder = download(model, revision, (*files, weights), False)
            if (folder / weights).is_file():
                break
    except (OSError, ValueError) as error:
        at = f" at revision '{revision}'" if revision else ""
        raise ModelError(
            f"cannot get '{model}'{at} ({type(error).__name__}): it is not in the local cache, and "
            f"the hub is offline or does not know it; a model is {_CHOICES}"
        ) from error
    return folder


def _download(model: str, revision: str | None, patterns: tuple[str, ...], local: bool) -> Path:
    """`huggingface_hub.snapshot_download`, its errors turned into OSError where they are not."""
    import huggingface_hub  # slow to import, and the built-in model never needs it
    from httpx import HTTPError
    from huggingface_hub.errors import RevisionResolutionError

    try:
        return Path(
            huggingface_hub.snapshot_download(
                model, revision=revision, allow_patterns=list(patterns), local_files_only=local
            )
        )
    except (HTTPError, RevisionResolutionError) as error:
        raise OSError(str(error)) from error
