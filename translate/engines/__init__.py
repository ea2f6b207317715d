"""The engines that turn French segments into English hypotheses.

Each one is imported when it is asked for: the default path needs neither torch nor transformers.
"""

import importlib
import logging
import os
from collections.abc import Callable

from translate.engines.base import Translator
from translate.engines.folder import ModelInfo
from translate.engines.models import DEFAULT, find_model
from translate.engines.standins import StandIns
from translate.errors import ModelError, UsageError

_log = logging.getLogger(__name__)

#: Name -> "module:class"; the class takes (info, threads=, device=, compute_type=).
ENGINES = {
    "ctranslate2": "translate.engines.ct2:CTranslate2Translator",
    "transformers": "translate.engines.marian:MarianTranslator",
}
DEVICES = ("auto", "cpu", "cuda")


def load_translator(
    model: str = DEFAULT,
    *,
    engine: str = "auto",
    revision: str | None = None,
    threads: int | None = None,
    device: str = "auto",
    compute_type: str | None = None,
) -> Translator:
    """The engine, ready, with the weights of a model (see `models.find_model` for its names).

    `engine`: "auto" is ctranslate2, or transformers where ctranslate2 cannot be imported.
    `threads`: how many cores are used, all by default. `device`: "auto" is the GPU if there is
    one. `compute_type`: int8 on a CPU and float16 on a GPU unless said. Raises UsageError for a
    setting that does not exist, ModelError for a model that cannot be had.
    """
    if engine != "auto" and engine not in ENGINES:
        raise UsageError(f"no engine '{engine}'; there are: auto, {', '.join(ENGINES)}")
    if device not in DEVICES:
        raise UsageError(f"no device '{device}'; there are: {', '.join(DEVICES)}")
    if threads is not None and threads < 1:
        raise UsageError(f"threads must be 1 or more, not {threads}")
    info = find_model(model, revision=revision)
    build = _import_engine(engine)
    translator = build(
        info, threads=threads or usable_cores(), device=device, compute_type=compute_type
    )
    return translator if translator.placeholders else StandIns(translator)


def usable_cores() -> int:
    """The cores this process may use (fewer than the machine's in a container or a cpuset)."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _import_engine(engine: str) -> Callable[..., Translator]:
    if engine == "auto":
        try:
            return _import_engine("ctranslate2")
        except ModelError as error:
            _log.warning("%s; using transformers, which is slower", error)
            return _import_engine("transformers")
    module, name = ENGINES[engine].split(":")
    try:
        build: Callable[..., Translator] = getattr(importlib.import_module(module), name)
    except ImportError as error:
        raise ModelError(
            f"the engine '{engine}' cannot be loaded ({error}): install it again, or choose "
            f"another with --engine: {', '.join(ENGINES)}"
        ) from error
    return build


__all__ = ["DEVICES", "ENGINES", "ModelInfo", "Translator", "load_translator"]
