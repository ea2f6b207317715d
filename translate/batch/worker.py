"""One engine in a process of its own: names of articles in, entries out.

The same class for processes of this machine and for Ray, here or in a script of your own.
"""

import dataclasses
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from translate.batch.desk import Desk, Job, Order, Put, windows
from translate.batch.manifest import Entry, Known
from translate.batch.portions import Portion
from translate.batch.tasks import Task
from translate.engines.base import Translator

#: Articles that are handed to a worker at once: of usual length they fill a window.
HANDFUL = 32

#: Makes the translator, in the worker's process; it can be sent there.
Load = Callable[[], Translator]


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Errand:
    """A task, and what the manifest knows of its article."""

    task: Task
    known: Known | None = None


def handfuls(items: Iterable[T], size: int, task_of: Callable[[T], Task]) -> Iterator[list[T]]:
    """Lists of a size, the last one shorter; a portion of a big file is one alone."""
    some: list[T] = []
    for item in items:
        if task_of(item).portion:
            yield [item]
            continue
        some.append(item)
        if len(some) == size:
            yield some
            some = []
    if some:
        yield some


class Worker:
    """Reads, translates and writes articles; whoever calls it keeps the manifest."""

    def __init__(self, order: Order, load: Load, put: Put = lambda _: None) -> None:
        self._desk = Desk(order, load(), put)

    @property
    def is_writing(self) -> bool:
        """Whether an output is being written: `put` is called next."""
        return self._desk.writing.locked()

    def work(self, errands: Sequence[Errand]) -> list[Entry | None]:
        """The entry of each article, in order; None where its English was there already."""
        entries: dict[str, Entry] = {}
        for window in windows(self._jobs(errands, entries)):
            entries.update((entry.file, entry) for entry in self._desk.translate(window))
        return [entries.get(errand.task.name) for errand in errands]

    def _jobs(self, errands: Sequence[Errand], entries: dict[str, Entry]) -> Iterator[Job]:
        for errand in errands:
            job = self._desk.read(errand.task, errand.known)
            if isinstance(job, Job):
                yield job
            elif job is not None:
                entries[job.file] = job

    def __call__(self, batch: Mapping[str, Sequence[Any]]) -> dict[str, Any]:
        """The same for a batch of `ray.data`: columns `name` and `target`, and what is known.

        `file`, `start` and `stop` are of a portion, `file` empty or missing for an article.
        `sha256` and `key` are of the manifest, empty or missing for what is new. The column
        `entry` is added: a line of the manifest as JSON, empty where the English was there.
        """
        entries = self.work(list(_errands(batch)))
        lines = [json.dumps(dataclasses.asdict(entry)) if entry else "" for entry in entries]
        return {**batch, "entry": lines}


def _errands(batch: Mapping[str, Sequence[Any]]) -> Iterator[Errand]:
    empty = [""] * len(batch["name"])
    others = (batch.get(name, empty) for name in ("sha256", "key", "file", "start", "stop"))
    columns = (batch["name"], batch["target"], *others)
    for name, target, sha256, key, file, start, stop in zip(*columns, strict=True):
        known = Known(str(sha256), str(key)) if sha256 else None
        portion = Portion(str(file), int(start), int(stop)) if file else None
        yield Errand(Task(str(name), str(target), portion), known)
