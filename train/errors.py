"""What can go wrong in training and is said to the user in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from translate.errors import DepecheError


class TrainError(DepecheError):
    """The data, the recipe or the run is not usable; the message says what to do."""


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say a failed write below `folder` (no space, no right) in one line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise TrainError(
            f"cannot write in {folder}: {reason}; free space or choose --work"
        ) from error
