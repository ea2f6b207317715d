"""Where the desk keeps what it makes: the user's folders, or those that the environment names."""

import os
from pathlib import Path

import platformdirs


def data_folder() -> Path:
    """Models, articles, edits: `DEPECHE_DATA`, or the user's data folder."""
    return _named("DEPECHE_DATA") or Path(platformdirs.user_data_dir("depeche", appauthor=False))


def cache_folder() -> Path:
    """What can be made again: `DEPECHE_CACHE`, or the user's cache folder."""
    return _named("DEPECHE_CACHE") or Path(platformdirs.user_cache_dir("depeche", appauthor=False))


def _named(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None
