"""French news in, English draft out: the door of the desk.

    >>> from translate import translate_article
    >>> english = translate_article("Le ministre a parlé.")  # doctest: +SKIP
    >>> print(english.text)  # doctest: +SKIP

Each name is imported when it is first used, so that `depeche --help` is quick.
"""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from translate.api import translate_article, translate_file
    from translate.document import Document, Finding, Kind, Language, Severity, Translation
    from translate.engines import load_translator
    from translate.errors import DepecheError
    from translate.pipeline import analyse, translate_document
    from translate.settings import Settings

__all__ = [
    "DepecheError",
    "Document",
    "Finding",
    "Kind",
    "Language",
    "Settings",
    "Severity",
    "Translation",
    "analyse",
    "load_translator",
    "translate_article",
    "translate_document",
    "translate_file",
]

_MODULES = {
    "translate.api": ("translate_article", "translate_file"),
    "translate.document": ("Document", "Finding", "Kind", "Language", "Severity", "Translation"),
    "translate.engines": ("load_translator",),
    "translate.errors": ("DepecheError",),
    "translate.pipeline": ("Settings", "analyse", "translate_document"),
}


def __getattr__(name: str) -> Any:
    for module, names in _MODULES.items():
        if name in names:
            return getattr(importlib.import_module(module), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
