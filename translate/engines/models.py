"""Which models there are: a name to a folder in Hugging Face's Marian format.

A name is `builtin`, a model that was added (`depeche models add`), a local folder, or a hub id
such as `Helsinki-NLP/opus-mt-fr-en`. Nothing here imports an engine; huggingface_hub is imported
only when a hub id is asked for. Added models live in the user's data folder
(`DEPECHE_DATA` overrides it), each a whole copy, so that they work offline and stay as they are.
"""

import logging
import re
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from translate.engines.folder import CHOICES, ModelInfo, card_text, model_files, read_model
from translate.engines.hub import Hub, Report
from translate.engines.opus import convert_release, is_release, licence_of
from translate.errors import ModelError, OutputError, UsageError
from translate.files import write_atomically
from translate.folders import data_folder

_log = logging.getLogger(__name__)

BUILTIN = "builtin"
#: Stands for the model that `depeche models default` chose.
DEFAULT = "default"
_HUB_ID = re.compile(r"[\w.-]+/[\w.-]+")
_NAME = re.compile(r"[A-Za-z0-9][\w.-]*")

_SET_DEFAULT = f"choose one with 'depeche models default', for example {BUILTIN}"


def models_folder() -> Path:
    """Where added models are kept."""
    return data_folder() / "models"


def find_model(
    model: str = DEFAULT,
    *,
    revision: str | None = None,
    hub: Hub | None = None,
    report: Report | None = None,
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
        if folder.exists() and is_release(folder):
            raise ModelError(
                f"{folder} is an original OPUS-MT release: add it once with 'depeche models add "
                f"{folder}', then use its name"
            )
        return read_model(folder, model if model in (BUILTIN, *_added()) else None)
    if _HUB_ID.fullmatch(model):
        return read_model((hub or Hub()).find(model, revision, report), model)
    raise ModelError(f"no model '{model}'; a model is {CHOICES}")


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
    hub: Hub | None = None,
    report: Report | None = None,
) -> ModelInfo:
    """Copy a folder, an OPUS-MT release or a hub id into the user's data folder.

    It is there whole or not at all.
    """
    name = name or name_of(source)
    target = free_folder(name)
    release = Path(source.replace("\0", "")).expanduser()
    if release.exists() and is_release(release):
        return _add_release(release, name, target)
    info = find_model(source, revision=revision, hub=hub, report=report)
    origin = source if _HUB_ID.fullmatch(source) and not Path(source).is_dir() else info.origin
    origin = f"{origin}@{revision}" if revision else origin
    try:
        _copy(info, target, origin)
    except OSError as error:
        raise OutputError(f"cannot write {target}: {_reason(error)}; is there space?") from error
    return read_model(target, name)


def _add_release(release: Path, name: str, target: Path) -> ModelInfo:
    """Convert a release beside the models, then copy it as any other folder."""
    try:
        models_folder().mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".adding-", dir=models_folder()) as temporary:
            folder = Path(temporary) / name
            convert_release(release, folder)
            info = read_model(folder, name)
            licence = licence_of(folder) or info.licence
            _copy(replace(info, licence=licence), target, str(release.resolve()))
    except OSError as error:
        raise OutputError(f"cannot write {target}: {_reason(error)}; is there space?") from error
    return read_model(target, name)


def free_folder(name: str) -> Path:
    """Where a new model of this name would lie; UsageError where it cannot be had."""
    if not _NAME.fullmatch(name) or name in (BUILTIN, DEFAULT):
        raise UsageError(
            f"'{name}' cannot be a model's name: letters, digits, '.', '-' and '_', "
            f"not '{BUILTIN}' or '{DEFAULT}'; choose one with --name"
        )
    target = models_folder() / name
    if target.exists():
        raise UsageError(f"there is a model '{name}' already: remove it or choose another --name")
    return target


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


def is_hub_id(source: str) -> bool:
    """Whether a source looks like ORG/NAME."""
    return _HUB_ID.fullmatch(source) is not None


def name_of(source: str) -> str:
    """What a source is called where no name is given: the last part of its id or path."""
    name = Path(source.replace("\0", "")).expanduser().resolve().name.removesuffix(".zip")
    return re.sub(r"[^\w.-]+", "-", name).strip("-.")


def _copy(info: ModelInfo, target: Path, origin: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # A leading dot is no model's name, so what a killed copy leaves is never listed.
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=target.parent) as temporary:
        folder = Path(temporary) / target.name
        folder.mkdir()
        for file in model_files(info.folder):
            shutil.copyfile(file, folder / file.name)
        (folder / "depeche.json").write_text(card_text(info, origin), encoding="utf-8")
        folder.replace(target)


def _reason(error: OSError) -> str:
    return error.strerror or str(error)
