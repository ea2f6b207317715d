"""Where articles come from and go to: a folder of this machine, or any store that fsspec knows."""

import os
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Protocol
from urllib.parse import quote, unquote

from filelock import FileLock, Timeout

from translate.errors import DepecheError, InputError, OutputError, UsageError
from translate.files import read_bytes, write_atomically

#: Protocols whose addresses are quoted, and can only be read.
WEB = ("http", "https")
#: Protocols whose packages the extra `remote` has.
_OF_EXTRA = frozenset({"s3", "s3a", "gs", "gcs", *WEB})
_LOCAL = ("file://", "local://")


class Place(Protocol):
    """Articles under names such as `2024/a.txt`; it can be sent to another process."""

    @property
    def address(self) -> str:
        """As the user gave it."""

    def names(self, pattern: str | None = None) -> Iterator[str]:
        """Names of all files, or of those that fit a glob, in order; no hidden ones."""

    def at(self, name: str) -> str:
        """The address of an article, for messages."""

    def identity(self, name: str) -> str:
        """The same for two names of one file, whatever folders or links they go by."""

    def read(self, name: str) -> bytes:
        """An article; InputError says why not."""

    def size(self, name: str) -> int | None:
        """Its bytes; None where a part of it cannot be read alone. InputError says why not."""

    def read_range(self, name: str, start: int, stop: int) -> bytes:
        """Its bytes from `start` to `stop`, or to its end; InputError says why not."""

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Write an article, or its pieces, whole or not at all; OutputError says why not."""

    def exists(self, name: str) -> bool:
        """Whether there is such an article."""

    def check_source(self) -> None:
        """InputError for a place that no articles can come from."""

    def check_output(self) -> None:
        """OutputError or UsageError for a place where nothing can be written."""

    def locked(self) -> AbstractContextManager[None]:
        """For one run alone, where the place can be locked."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine."""

    path: Path

    @property
    def address(self) -> str:
        """See `Place`."""
        return str(self.path)

    def names(self, pattern: str | None = None) -> Iterator[str]:
        """See `Place`; sorted as paths."""
        if pattern is None:
            yield from _below(self.path)
            return
        for path in _matches(self.path, pattern):
            name = path.relative_to(self.path)
            if not _is_hidden(name) and path.is_file():
                yield name.as_posix()

    def at(self, name: str) -> str:
        """See `Place`."""
        return str(self.path / name)

    def identity(self, name: str) -> str:
        """See `Place`."""
        return (self.path / name).resolve().as_posix()

    def read(self, name: str) -> bytes:
        """See `Place`."""
        return read_bytes(self.path / name)

    def size(self, name: str) -> int | None:
        """See `Place`."""
        try:
            return (self.path / name).stat().st_size
        except OSError as error:
            raise InputError(f"cannot read {self.at(name)}: {error.strerror}") from None

    def read_range(self, name: str, start: int, stop: int) -> bytes:
        """See `Place`."""
        try:
            with (self.path / name).open("rb") as stream:
                stream.seek(start)
                return stream.read(stop - start)
        except OSError as error:
            raise InputError(f"cannot read {self.at(name)}: {error.strerror}") from None

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """See `Place`."""
        write_atomically(self.path / name, data)

    def exists(self, name: str) -> bool:
        """See `Place`."""
        return (self.path / name).exists()

    def check_source(self) -> None:
        """See `Place`."""
        if not self.path.is_dir():
            raise InputError(f"{self.path} is not a folder; give a folder of articles")

    def check_output(self) -> None:
        """See `Place`."""
        if self.path.exists() and not self.path.is_dir():
            raise OutputError(f"{self.path} is a file; name a folder for the output")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """See `Place`; OutputError where another run has it."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path / ".depeche.lock", timeout=0):
                yield
        except Timeout:
            raise OutputError(
                f"another run writes to {self.path}; wait for it or choose another folder"
            ) from None
        except OSError as error:
            raise OutputError(
                f"cannot write to {self.path}: {error.strerror}; choose another folder"
            ) from None


@dataclass(frozen=True)
class Store:
    """What an fsspec address names: `s3://bucket/articles`, `memory://articles`.

    An object is written in one call; S3, GCS and Azure show it whole or not at all.
    """

    address: str

    @property
    def protocol(self) -> str:
        """What stands before `://`."""
        return self.address.partition("://")[0]

    @cached_property
    def _files(self) -> Any:
        import fsspec

        try:
            return fsspec.core.url_to_fs(self.address)[0]
        except ImportError as error:
            advice = 'pip install "depeche-desk[remote]" ' if self.protocol in _OF_EXTRA else ""
            raise UsageError(
                f"{self.protocol}:// needs a package of its own: {advice}({_one_line(error)})"
            ) from None
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise UsageError(f"{self.address} is no address: {_one_line(error)}") from None

    @property
    def _is_web(self) -> bool:
        return self.protocol in WEB

    def _path(self, name: str) -> str:
        return f"{self._root}/{quote(name) if self._is_web else name}".rstrip("/")

    @cached_property
    def _root(self) -> str:
        return str(self._files._strip_protocol(self.address)).rstrip("/")

    def names(self, pattern: str | None = None) -> Iterator[str]:
        """See `Place`; sorted as strings. Names that lead elsewhere (`..`, `//`) are left out."""
        for name in self.below():
            path = PurePosixPath(name)
            fits = pattern is None or path.match(pattern)
            if fits and not _is_hidden(path) and not path.is_absolute():
                yield name

    def below(self, folder: str = "") -> list[str]:
        """All names, sorted, of the store or below a folder of it; InputError says why not."""
        root = f"{self._root}/{folder}".rstrip("/")
        try:
            found = self._files.find(root)
        except FileNotFoundError:
            return []
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise InputError(f"cannot list {self.at(folder)}: {_one_line(error)}") from None
        start = f"{self._root}/"
        names = (path[len(start) :] for path in map(str, found) if path.startswith(start))
        return sorted(unquote(name) if self._is_web else name for name in names)

    def at(self, name: str) -> str:
        """See `Place`."""
        return f"{self.address.rstrip('/')}/{name}".rstrip("/")

    def identity(self, name: str) -> str:
        """See `Place`."""
        return f"{self.protocol}://{self._root}/{name}".rstrip("/")

    def read(self, name: str) -> bytes:
        """See `Place`."""
        try:
            data: bytes = self._files.cat_file(self._path(name))
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise InputError(f"cannot read {self.at(name)}: {_one_line(error)}") from None
        return data

    def size(self, name: str) -> int | None:
        """See `Place`; a web server may give all where a part is asked for."""
        if self._is_web:
            return None
        try:
            found: int | None = self._files.size(self._path(name))
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise InputError(f"cannot read {self.at(name)}: {_one_line(error)}") from None
        return found

    def read_range(self, name: str, start: int, stop: int) -> bytes:
        """See `Place`."""
        size = self.size(name)
        if size is not None and start >= size:
            return b""  # stores refuse such a range
        try:
            data: bytes = self._files.cat_file(self._path(name), start=start, end=stop)
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise InputError(f"cannot read {self.at(name)}: {_one_line(error)}") from None
        return data

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """See `Place`."""
        try:
            if isinstance(data, bytes):
                self._files.pipe_file(self._path(name), data)
            else:
                self._write_pieces(self._path(name), data)
        except DepecheError:
            raise
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise OutputError(f"cannot write {self.at(name)}: {_one_line(error)}") from None

    def _write_pieces(self, path: str, pieces: Iterable[bytes]) -> None:
        stream = self._files.open(path, "wb", autocommit=False)
        try:
            for piece in pieces:
                stream.write(piece)
            stream.close()
        except BaseException:
            stream.discard()
            raise
        stream.commit()

    def exists(self, name: str) -> bool:
        """See `Place`."""
        try:
            return bool(self._files.exists(self._path(name)))
        except Exception as error:  # noqa: BLE001 every store has errors of its own
            raise InputError(f"cannot read {self.at(name)}: {_one_line(error)}") from None

    def check_source(self) -> None:
        """See `Place`."""
        if not self.exists(""):
            raise InputError(f"there is nothing at {self.address}, or it cannot be reached")

    def check_output(self) -> None:
        """See `Place`; the first line of the manifest tells whether it can be written to."""
        if self._is_web:
            raise UsageError(
                f"{self.address} can only be read; name a folder or a store for the output"
            )

    def locked(self) -> AbstractContextManager[None]:
        """See `Place`. Stores have no locks. Two runs at once write the same bytes twice."""
        return nullcontext()


def place_of(address: str) -> Place:
    """A folder, or what an fsspec address names; UsageError for a protocol that there is not."""
    for start in _LOCAL:
        if address.startswith(start):
            return Folder(Path(address.removeprefix(start)))
    protocol, found, _ = address.partition("://")
    if not found:
        return Folder(Path(address))
    from fsspec.registry import known_implementations, registry

    if protocol not in known_implementations and protocol not in registry:
        raise UsageError(
            f"{protocol}:// is no kind of address that is known; s3://, gs://, https:// are"
        )
    return Store(address)


def _below(folder: Path, start: str = "") -> Iterator[str]:
    """The names of all files that are not hidden, in the order of `_matches`, one by one."""
    try:
        with os.scandir(folder / start) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except PermissionError:  # as glob does
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _below(folder, f"{start}{entry.name}/")
        elif entry.is_file():
            yield f"{start}{entry.name}"


def _matches(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.rglob(pattern))
    except (NotImplementedError, ValueError) as error:
        raise UsageError(
            f"--glob {pattern} is no pattern of files ({error}); for example '*.txt'"
        ) from None


def _is_hidden(name: PurePosixPath | Path) -> bool:
    return any(part.startswith(".") for part in name.parts)


def _one_line(error: BaseException) -> str:
    text = " ".join(str(error).split())
    return text or type(error).__name__
