"""Bytes in and out of the file system, with errors that a user can act on."""

import errno
import os
import tempfile
from pathlib import Path

from translate.errors import InputError, OutputError


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; InputError where it is missing, a folder, or not readable."""
    try:
        return path.read_bytes()
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


def write_atomically(path: Path, content: str | bytes) -> None:
    """Write bytes, or UTF-8 text as it is: the whole file or none; OutputError says why not."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(
            dir=path.parent, prefix=f".{path.name[:100]}.", suffix=".part"
        )
    except OSError as error:
        raise _cannot_write(path, error) from None
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content.encode() if isinstance(content, str) else content)
            stream.flush()
            os.fsync(stream.fileno())
        umask = os.umask(0)
        os.umask(umask)
        Path(temporary).chmod(0o666 & ~umask)
        Path(temporary).replace(path)
    except OSError as error:
        raise _cannot_write(path, error) from None
    finally:
        Path(temporary).unlink(missing_ok=True)


def _cannot_write(path: Path, error: OSError) -> OutputError:
    advice = {
        errno.ENOSPC: "free some space or choose another disk with -o",
        errno.EISDIR: "it is a folder; give the name of a file",
        errno.ENOTDIR: "a part of its path is a file; choose another folder",
        errno.EEXIST: "a part of its path is a file; choose another folder",
    }.get(error.errno or 0, "choose a place with -o where you may write")
    return OutputError(f"cannot write {path}: {error.strerror}; {advice}; nothing was written")
