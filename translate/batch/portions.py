"""Big files of JSON Lines in portions: each is a task, and in the end their English is joined.

A portion has the lines that begin in its stretch of bytes, so nobody has to read a file to cut it.
The English of the portions stays beside the output: a later run translates only what has changed.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from translate.batch.manifest import Entry, Known, manifest_of, now
from translate.batch.places import Place
from translate.errors import InputError
from translate.formats import MAX_BYTES, Reading

if TYPE_CHECKING:
    from translate.batch.tasks import Task

ENDINGS = (".jsonl", ".ndjson")
#: Where the English of portions is; no article has a hidden name.
ASIDE = ".depeche/portions"
#: What is read at once in search of the end of a line.
_STEP = 2**16


@dataclass(frozen=True, slots=True)
class Cut:
    """Which files are cut: those of more than `big` bytes, into portions of `portion` bytes.

    A portion of the usual size has some 40,000 words: a minute of one core, and 90 MB while it is
    worked on; a whole file takes 350 MB for each of its own.
    """

    big: int = 2**20
    portion: int = 2**18


@dataclass(frozen=True, slots=True)
class Portion:
    """The lines of a file that begin in `start:stop`, in bytes."""

    file: str
    start: int
    stop: int

    @property
    def name(self) -> str:
        """What it goes by in the manifest and in messages."""
        return f"{self.file}[{self.start}:{self.stop}]"

    @property
    def target(self) -> str:
        """The name of its English below the output."""
        return f"{ASIDE}/{self.file}/{self.start:015}.jsonl"

    def read(self, place: Place) -> bytes:
        """Its lines, whole; InputError says why not."""
        at = max(self.start - 1, 0)
        data = place.read_range(self.file, at, self.stop + _STEP)
        first = data.find(b"\n") + 1 if self.start else 0
        if self.start and not first:
            first = len(data)
        last = self.stop - 1 - at
        if at + first >= self.stop:
            return b""  # within a line that began before
        while (end := data.find(b"\n", last)) < 0:
            last = len(data)
            more = place.read_range(self.file, at + last, at + last + _STEP)
            if not more:
                return data[first:]
            data += more
            if len(data) > MAX_BYTES:
                raise InputError(f"{self.name} has a line of more than {MAX_BYTES:,} bytes: cut it")
        return data[first : end + 1]


@dataclass(frozen=True, slots=True)
class Big:
    """A file that is translated in portions."""

    name: str
    tasks: tuple["Task", ...]


def can_be_cut(name: str, reading: Reading) -> bool:
    """Whether a file is JSON Lines of which fields are translated."""
    is_read_so = reading.form in (None, "records") and bool(reading.parts)
    return is_read_so and PurePosixPath(name).suffix.lower() in ENDINGS


def portions(name: str, size: int, each: int) -> Iterator[Portion]:
    """All portions, of so many bytes each, of a file of a size in bytes."""
    for start in range(0, size, each):
        yield Portion(name, start, min(start + each, size))


def join(files: Iterable[Big], output: Place) -> list[str]:
    """Write the English of each file whose portions are all done, and give the files' names.

    What was joined of the same portions before stays as it is. OutputError where one cannot be
    written.
    """
    files = tuple(files)
    if not files:
        return []
    manifest = manifest_of(output, resume=True)
    joined = []
    for file in files:
        parts = [known for task in file.tasks if (known := manifest.known(task.name))]
        if len(parts) < len(file.tasks):
            continue  # the portion that failed is told as an article that failed
        whole = Known(_digest(parts), parts[0].key)
        if manifest.known(file.name) == whole and output.exists(file.name):
            continue
        output.write(file.name, (output.read(task.target) for task in file.tasks))
        line = Entry(file.name, file.name, whole.sha256, whole.key, "done", finished=now())
        manifest.put(line)
        joined.append(file.name)
    manifest.close()
    return joined


def _digest(parts: Iterable[Known]) -> str:
    return hashlib.sha256("".join(part.sha256 for part in parts).encode()).hexdigest()
