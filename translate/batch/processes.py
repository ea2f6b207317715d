"""A run in several processes of this machine, an engine in each.

A process that dies is started anew. The articles that it had are tried one by one; the one that
ends a process again has failed.
"""

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType

from translate.batch.desk import Order, failure
from translate.batch.manifest import Entry, manifest_of, note_skipped
from translate.batch.runs import Progress, Summary, Tally
from translate.batch.tasks import Task
from translate.batch.worker import HANDFUL, Errand, Load, Worker, handfuls
from translate.errors import DepecheError, ModelError

#: Articles for which another engine is loaded.
FEW = 8
#: Seconds that a process has to end when it is told to.
PATIENCE = 10.0
Results = list[Entry | None]


def run_in_processes(
    tasks: Sequence[Task],
    order: Order,
    load: Load,
    workers: int,
    *,
    resume: bool = True,
    left_out: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Summary:
    """As `runs.run`, with an engine in each of several processes."""
    tally = Tally(progress)
    manifest = manifest_of(order.output, resume=resume)
    tally.skipped = note_skipped(manifest, left_out)
    errands = (Errand(task, manifest.known(task.name)) for task in tasks)
    size = max(1, min(HANDFUL, len(tasks) // (4 * workers)))
    waiting = handfuls(errands, size, lambda errand: errand.task)
    try:
        for results in _Crew(order, load, workers).work(waiting):
            for entry in results:
                if entry is not None:
                    manifest.put(entry)
                tally(entry)
    finally:
        manifest.close()
    return tally.summary()


def workers_for(wanted: int, articles: int, cores: int) -> int:
    """How many processes are quicker than fewer: one a core, each with some articles.

    Below `FEW` articles a process the loading of another engine takes longer than it saves.
    """
    return max(1, min(wanted, cores, articles // FEW))


@dataclass(slots=True, eq=False)
class _Hand:
    """A process with its pipe, and what it has in hand; `ready` when its engine is loaded."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    errands: list[Errand] = field(default_factory=list)


class _Crew:
    """Processes that are given handfuls of errands as they become free."""

    def __init__(self, order: Order, load: Load, size: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._order, self._load = order, load
        self._again: deque[list[Errand]] = deque()
        self._hands = [self._hand() for _ in range(size)]

    def work(self, waiting: Iterator[list[Errand]]) -> Iterator[Results]:
        """What comes of all errands, in the order in which they are finished."""
        try:
            while any(not hand.ready or hand.errands for hand in self._hands):
                pipes = {hand.pipe: hand for hand in self._hands if not hand.ready or hand.errands}
                for pipe in wait(list(pipes)):
                    hand = pipes[pipe]  # type: ignore[index]
                    yield from self._heard(hand)
                    if hand in self._hands and hand.ready:
                        self._give(hand, waiting)
        finally:
            self._end()

    def _heard(self, hand: _Hand) -> Iterator[Results]:
        try:
            said = hand.pipe.recv()
        except (EOFError, OSError):
            yield from self._lost(hand)
            return
        if isinstance(said, DepecheError):
            raise said
        if hand.ready:
            hand.errands = []
            yield said
        hand.ready = True

    def _lost(self, hand: _Hand) -> Iterator[Results]:
        hand.process.join()
        how = f"(exit code {hand.process.exitcode})"
        if not hand.ready:
            raise ModelError(f"a process ended while it loaded the model {how}; use fewer")
        self._hands[self._hands.index(hand)] = self._hand()
        if len(hand.errands) == 1:
            yield [failure(hand.errands[0].task, f"the process that translated it ended {how}")]
        else:
            self._again.extend([errand] for errand in hand.errands)

    def _give(self, hand: _Hand, waiting: Iterator[list[Errand]]) -> None:
        errands = self._again.popleft() if self._again else next(waiting, None)
        if errands:
            hand.errands = errands
            with suppress(OSError):  # it has died: its pipe says so at once
                hand.pipe.send(errands)

    def _hand(self) -> _Hand:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(
            target=_serve, args=(theirs, self._order, self._load), daemon=True
        )
        process.start()
        theirs.close()
        return _Hand(process, ours)

    def _end(self) -> None:
        for hand in self._hands:
            hand.process.terminate()
        for hand in self._hands:
            hand.process.join(PATIENCE)
            hand.process.kill()
            hand.pipe.close()


def _serve(pipe: Connection, order: Order, load: Load) -> None:
    """What a process does until it is told to end; the file that it is writing is finished."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # of the terminal: the run ends its processes
    leaving = threading.Event()
    try:
        worker = Worker(order, load, put=lambda _: os._exit(0) if leaving.is_set() else None)
    except DepecheError as error:
        pipe.send(error)
        return

    def leave(_signal: int, _frame: FrameType | None) -> None:
        leaving.set()
        if not worker.is_writing:
            os._exit(0)

    signal.signal(signal.SIGTERM, leave)
    pipe.send(None)
    while True:
        try:
            errands = pipe.recv()
        except EOFError:
            return
        pipe.send(worker.work(errands))
