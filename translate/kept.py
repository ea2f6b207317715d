"""What is made once and kept in the user's cache folder: there whole or not at all."""

import functools
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

_log = logging.getLogger(__name__)

T = TypeVar("T")


def kept(folder: Path, make: Callable[[Path], None], use: Callable[[Path], T]) -> T:
    """What `use` makes of a folder, which `make` makes where it is not there or broken.

    Broken is what `use` answers with an OSError, RuntimeError or ValueError. Where the cache cannot
    be written the folder is a temporary one, after one word about it. What `make` raises goes
    through, and so does what `use` raises of a new folder.
    """
    if folder.is_dir():
        try:
            return use(folder)
        except (OSError, RuntimeError, ValueError) as error:
            _log.warning("%s is broken (%s): it is made once more", folder, error)
            shutil.rmtree(folder, ignore_errors=True)
    try:
        make_once(folder, make)
        return use(folder)
    except OSError as error:
        _say_unkept(folder.parents[1], error.strerror or str(error))
        with tempfile.TemporaryDirectory(
            prefix="depeche-", ignore_cleanup_errors=True
        ) as temporary:
            part = Path(temporary) / folder.name
            make(part)
            return use(part)


def make_once(folder: Path, make: Callable[[Path], None]) -> None:
    """Make a folder beside its place and move it there; OSError where that cannot be."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder.parent) as temporary:
        part = Path(temporary) / folder.name
        make(part)
        try:
            part.replace(folder)
        except OSError:
            if not folder.is_dir():  # else another process was first, with the same content
                raise


@functools.cache
def _say_unkept(cache: Path, reason: str) -> None:
    _log.warning(
        "cannot keep anything in %s (%s): what is made once is made again at each start; "
        "DEPECHE_CACHE names another folder",
        cache,
        reason,
    )
