"""What has been done: a line for each article that was finished or failed.

In a folder they are the lines of one file, added as the articles are finished. Stores cannot add to
an object: there each run writes parts of its own, each of them whole.
"""

import dataclasses
import json
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol, get_type_hints

from translate.batch.places import Folder, Place, Store
from translate.errors import OutputError
from translate.files import write_atomically

MANIFEST = "manifest.jsonl"
#: Where the parts of a store's manifest are; no article has a hidden name.
PARTS = ".depeche/manifest"
#: Lines of a part, and seconds after which it is written with what it has: what a killed run does
#: again.
PART_LINES = 1000
PART_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest; `reason` says why a file failed or was skipped.

    `seconds` is its share of time.
    """

    file: str
    output: str
    sha256: str
    key: str
    status: str  # "done", "failed" or "skipped"
    reason: str = ""
    words: int = 0
    segments: int = 0
    seconds: float = 0.0
    errors: int = 0
    warnings: int = 0
    model: str = ""
    engine: str = ""
    finished: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Of which bytes, and with which model and settings, there is an output."""

    sha256: str
    key: str


class Manifest(Protocol):
    """The lines of an output; those of earlier runs are known by the names of the articles."""

    def known(self, name: str) -> Known | None:
        """What an earlier run has finished of an article."""

    def put(self, entry: Entry) -> None:
        """Add a line, once its output is there; OutputError says why not."""

    def close(self) -> None:
        """Write what has been put."""


def manifest_of(output: Place, *, resume: bool) -> Manifest:
    """The manifest of an output; without `resume` nothing is known."""
    if isinstance(output, Folder):
        return FileManifest(output, resume=resume)
    assert isinstance(output, Store)
    return PartsManifest(output, resume=resume)


def reserved(output: Place) -> tuple[str, ...]:
    """Names that no output may have."""
    return (MANIFEST,) if isinstance(output, Folder) else ()


def now() -> str:
    """The time of an entry, UTC."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def note_skipped(manifest: Manifest, files: Iterable[tuple[str, str]]) -> list[Entry]:
    """Add a line for each file that is no article, with the reason; the entries are given back."""
    at = now()
    entries = [
        Entry(name, "", "", "", "skipped", reason=reason, finished=at) for name, reason in files
    ]
    for entry in entries:
        if manifest.known(entry.file) is None:  # else another run has its English
            manifest.put(entry)
    return entries


class FileManifest:
    """The manifest of a folder: a file that lines are added to.

    A last line that was cut off when the process was killed is dropped.
    """

    def __init__(self, output: Folder, *, resume: bool) -> None:
        self._path = output.path / MANIFEST
        self._known: dict[str, Known] = {}
        if resume and self._path.exists():
            self._keep_last_lines()
        else:
            write_atomically(self._path, b"")
        try:
            self._stream = self._path.open("a", encoding="utf-8")
        except OSError as error:
            raise self._cannot("write", error) from None

    def known(self, name: str) -> Known | None:
        """See `Manifest`."""
        return self._known.get(name)

    def put(self, entry: Entry) -> None:
        """See `Manifest`."""
        try:
            self._stream.write(_line(entry))
            self._stream.flush()
        except OSError as error:
            raise OutputError(
                f"cannot write {self._path}: {error.strerror}; free some space"
            ) from None

    def close(self) -> None:
        """See `Manifest`."""
        self._stream.close()

    def _keep_last_lines(self) -> None:
        """Learn what is done, line by line; write the file anew where not each line counts."""
        last: dict[str, int] = {}
        number, is_whole = 0, True
        for number, line in enumerate(self._lines(), 1):
            is_whole = line.endswith(b"\n")
            for entry in _entries([line]):
                last[entry.file] = number
                _learn(self._known, entry)
        if number != len(last) or not is_whole:
            counts = set(last.values())
            lines = (line for at, line in enumerate(self._lines(), 1) if at in counts)
            write_atomically(self._path, (line.rstrip(b"\r\n") + b"\n" for line in lines))

    def _lines(self) -> Iterator[bytes]:
        try:
            with self._path.open("rb") as lines:
                yield from lines
        except OSError as error:
            raise self._cannot("read", error) from None

    def _cannot(self, do: str, error: OSError) -> OutputError:
        return OutputError(
            f"cannot {do} {self._path}: {error.strerror}; choose another folder or remove it"
        )


class PartsManifest:
    """The manifest of a store: objects of at most `PART_LINES` lines, each written whole.

    The part that is being filled is written again, with what it has, every `PART_SECONDS`.
    """

    def __init__(
        self, output: Store, *, resume: bool, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._output = output
        self._clock = clock
        self._run = f"{datetime.now(UTC):%Y%m%dT%H%M%S%f}-{uuid.uuid4().hex[:8]}"
        self._known: dict[str, Known] = {}
        for entry in self._earlier() if resume else ():
            _learn(self._known, entry)
        self._number = 0
        self._lines: list[str] = []
        self._write()  # says at once whether the store can be written to

    def known(self, name: str) -> Known | None:
        """See `Manifest`."""
        return self._known.get(name)

    def put(self, entry: Entry) -> None:
        """See `Manifest`."""
        self._lines.append(_line(entry))
        if len(self._lines) >= PART_LINES or self._clock() - self._written >= PART_SECONDS:
            self._write()

    def close(self) -> None:
        """See `Manifest`."""
        self._write()

    def _write(self) -> None:
        name = f"{PARTS}/{self._run}-{self._number:06}.jsonl"
        self._output.write(name, "".join(self._lines).encode())
        self._written = self._clock()
        if len(self._lines) >= PART_LINES:
            self._number += 1
            self._lines.clear()

    def _earlier(self) -> Iterator[Entry]:
        for name in self._output.below(PARTS):
            yield from _entries(self._output.read(name).splitlines())


def _entries(lines: Iterable[bytes]) -> Iterator[Entry]:
    for line in lines:
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            continue  # cut off when the process was killed; its file is translated again
        if _is_sound(entry):
            yield entry


_TYPES = get_type_hints(Entry)


def _is_sound(entry: Entry) -> bool:
    """Whether every value of a line has its type: somebody may have changed it."""
    values = ((getattr(entry, name), kind) for name, kind in _TYPES.items())
    return all(isinstance(value, (int, float) if kind is float else kind) for value, kind in values)


def _learn(known: dict[str, Known], entry: Entry) -> None:
    """What is done; the last line of an article counts."""
    known.pop(entry.file, None)
    if entry.status == "done":
        known[entry.file] = Known(entry.sha256, sys.intern(entry.key))


def _line(entry: Entry) -> str:
    values = dataclasses.asdict(entry)
    line = json.dumps(values, ensure_ascii=False)
    is_utf8 = not any("\ud800" <= letter <= "\udfff" for letter in line)  # a file name may not be
    return (line if is_utf8 else json.dumps(values)) + "\n"
