"""Bytes in and out of the file system, with errors that a user can act on."""

import errno
import os
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from translate.errors import InputError, OutputError

#: What is read of a pipe or device at most: some never end.
MAX_STREAM_BYTES = 256 * 1024 * 1024


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError where it is missing, a folder, endless or not readable."""
    try:
        with path.open("rb") as stream:
            return read_stream(stream, str(path))
    except IsADirectoryError:
        raise InputError(
            f"{path} is a folder, not an article; use `depeche batch {path} OUT_FOLDER` for folders"
        ) from None
    except FileNotFoundError:
        raise InputError(
            f"there is no file {path}; give a file, `-` for standard input, or a text"
        ) from None
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check its rights") from None


def read_stream(stream: BinaryIO, name: str, limit: int = MAX_STREAM_BYTES) -> bytes:
    """All of a file, or of what is none if that is not longer than `limit`; else InputError."""
    if _is_file(stream):
        return stream.read()
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InputError(
            f"{name} goes on after {limit // 1024**2} MB; give a file, or articles one by one"
        )
    return data


def _is_file(stream: BinaryIO) -> bool:
    try:
        return stat.S_ISREG(os.fstat(stream.fileno()).st_mode)
    except (OSError, ValueError):  # it is in memory
        return False


def write_atomically(path: Path, content: str | bytes | Iterable[bytes]) -> None:
    """Write bytes, or UTF-8 text as it is: the whole file or none; OutputError says why not.

    Pieces are written one by one. A link is followed and a file keeps its mode. What is no file (a
    device, a pipe) cannot be replaced: it is written into.
    """
    data = content.encode() if isinstance(content, str) else content
    pieces = [data] if isinstance(data, bytes) else data
    try:
        mode = _mode(path)
        if mode is not None and not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            with path.open("wb") as stream:
                stream.writelines(pieces)
        else:
            _replace(path.resolve(), pieces, mode)
    except (OSError, RuntimeError) as error:  # RuntimeError: a link that leads to itself
        raise _cannot_write(path, error) from None


def _mode(path: Path) -> int | None:
    """What a path leads to and who may use it; None where there is nothing."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _replace(path: Path, pieces: Iterable[bytes], mode: int | None) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(
        dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part"
    )
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.writelines(pieces)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).chmod(_usual_mode() if mode is None else stat.S_IMODE(mode))
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _usual_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask


def _cannot_write(path: Path, error: OSError | RuntimeError) -> OutputError:
    number = error.errno if isinstance(error, OSError) else errno.ELOOP
    advice = {
        errno.ENOSPC: "free some space or choose another disk with -o",
        errno.EISDIR: "it is a folder; give the name of a file",
        errno.ENOTDIR: "a part of its path is a file; choose another folder",
        errno.EEXIST: "a part of its path is a file; choose another folder",
    }.get(number or 0, "choose a place with -o where you may write")
    reason = os.strerror(number) if number else error
    return OutputError(f"cannot write {path}: {reason}; {advice}; nothing was written")
