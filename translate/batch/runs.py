"""A run in this process: windows of sentences in a few threads, one engine."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import TypeVar

from translate.batch.desk import Desk, Job, Order, windows
from translate.batch.manifest import Entry, Manifest, manifest_of, note_skipped
from translate.batch.tasks import Task
from translate.engines.base import Translator

T = TypeVar("T")
R = TypeVar("R")
#: Called with the entry of a finished or failed article, or None for one that was left as it was.
Progress = Callable[[Entry | None], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; `failed` and `skipped` hold the entries of what failed or is no article."""

    done: int
    kept: int
    failed: tuple[Entry, ...]
    words: int
    seconds: float
    skipped: tuple[Entry, ...] = ()


def run(
    tasks: Iterable[Task],
    order: Order,
    translator: Translator,
    *,
    jobs: int = 3,
    resume: bool = True,
    left_out: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Summary:
    """Translate all tasks; outputs and manifest lines are written as the articles are finished.

    `left_out` are files that are no articles, with the reasons: each has a line in the manifest.

    1. leave out what is done, read and cut  2. translate windows of sentences, `jobs` at once, and
    write
    """
    tally = Tally(progress)
    manifest = manifest_of(order.output, resume=resume)
    tally.skipped = note_skipped(manifest, left_out)
    desk = Desk(order, translator, manifest.put)
    try:
        waiting = windows(_read(tasks, desk, manifest, tally))  # 1
        for entries in _in_flight(waiting, desk.translate, jobs):  # 2
            for entry in entries:
                tally(entry)
    except KeyboardInterrupt:
        desk.writing.acquire()  # the file that is being written is finished, no other begun
        manifest.close()
        raise
    manifest.close()
    return tally.summary()


def _read(tasks: Iterable[Task], desk: Desk, manifest: Manifest, report: Progress) -> Iterator[Job]:
    for task in tasks:
        job = desk.read(task, manifest.known(task.name))
        if isinstance(job, Job):
            yield job
        else:
            report(job)


class Tally:
    """Counts the articles and tells the progress; `skipped` are the entries of what is none."""

    def __init__(self, progress: Progress | None = None) -> None:
        self._started = time.monotonic()
        self._done = self._kept = self._words = 0
        self._failed: list[Entry] = []
        self.skipped: list[Entry] = []
        self._progress = progress

    def __call__(self, entry: Entry | None) -> None:
        """Count an article; None is one that was left as it was."""
        if entry is None:
            self._kept += 1
        elif entry.status == "failed":
            self._failed.append(entry)
        else:
            self._done += 1
            self._words += entry.words
        if self._progress:
            self._progress(entry)

    def summary(self) -> Summary:
        """What was done up to now."""
        seconds = time.monotonic() - self._started
        lists = tuple(self._failed), self._words, seconds, tuple(self.skipped)
        return Summary(self._done, self._kept, *lists)


def _in_flight(items: Iterator[T], work: Callable[[T], R], jobs: int) -> Iterator[R]:
    """Do the work on `jobs` items at once, without reading further ahead than that.

    Interrupted, it does not wait for the engine: what is under way is dropped.
    """
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="depeche")
    pending: set[Future[R]] = set()
    try:
        for item in items:
            pending.add(pool.submit(work, item))
            if len(pending) > jobs:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        for future in pending:
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
