"""One engine for everybody: what all articles are waiting for is translated in common batches.

A task is cut into portions. A turn takes the next portion of the waiting tasks, up to `TURN`
sentences, and asks the engine for all of it: first those that have nothing yet, then those that
have least left to do. So the first rows of an article are there at once, a short one never waits
behind a long one, and twenty users fill the batches of one model (bench/ui_load.py). Turns run
beside each other, also those of one article: the engine works on one while another is checked.
"""

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from translate.drafting.choose import Draft
from translate.drafting.ladder import Source, draft
from translate.engines.base import Translator
from translate.errors import DepecheError
from translate.settings import Settings
from ui.lane import BusyError

#: Sentences of one turn. Larger turns fill the batches no better and keep the others waiting.
TURN = 48
#: Models that stay loaded; another one takes the place of the one that was used longest ago.
LOADED_MODELS = 2
#: Tasks that may wait; a desk that is asked for more says so.
WAITING = 100

_log = logging.getLogger(__name__)

Load = Callable[[str, str], Translator]
Drafted = tuple[dict[Source, Draft], Translator]


@dataclass(frozen=True, slots=True)
class Way:
    """Which model translates, and how: tasks of the same way share batches."""

    model: str
    engine: str
    settings: Settings


@dataclass(frozen=True, slots=True)
class Portion:
    """Sentences that are translated together, and who takes their English."""

    sources: tuple[Source, ...]
    deliver: Callable[[dict[Source, Draft], Translator], None]


@dataclass(eq=False, slots=True)
class Task:
    """Portions, delivered in order; `ended` is called once, with the error if there was one.

    An urgent one (one sentence, somebody waits for it) goes before all articles.
    """

    way: Way
    portions: deque[Portion]
    ended: Callable[[Exception | None], None]
    urgent: bool = False
    begun: bool = field(default=False, init=False)
    cancelled: bool = field(default=False, init=False)
    running: deque[Portion] = field(default_factory=deque, init=False)
    #: What has come of those that run, until those before them are delivered.
    drafted: dict[int, Drafted] = field(default_factory=dict, init=False)
    delivering: threading.Lock = field(default_factory=threading.Lock, init=False)

    @property
    def turn(self) -> tuple[bool, bool, int]:
        """Whose turn it is: smaller comes first."""
        return not self.urgent, self.begun, len(self.portions)


class Worker:
    """Runs tasks in `threads` threads until it is closed; safe to use from several threads."""

    def __init__(self, load: Load, *, threads: int = 1, waiting: int = WAITING) -> None:
        self._load = load
        self._room = waiting
        self._tasks: list[Task] = []
        self._models: OrderedDict[tuple[str, str], Translator] = OrderedDict()
        self._changed = threading.Condition()
        self._loading = threading.Lock()
        self._closed = False
        self._threads = [
            threading.Thread(target=self._run, name=f"depeche-worker-{number}", daemon=True)
            for number in range(threads)
        ]
        for thread in self._threads:
            thread.start()

    @property
    def waiting(self) -> int:
        """How many tasks are not finished."""
        with self._changed:
            return len(self._tasks)

    def submit(self, task: Task) -> None:
        """Put a task in the queue; BusyError where it is full."""
        with self._changed:
            if len(self._tasks) >= self._room:
                raise BusyError(
                    f"{len(self._tasks)} articles are waiting already; come again in a moment"
                )
            self._tasks.append(task)
            self._changed.notify()

    def cancel(self, task: Task) -> None:
        """Drop what the task still waits for; `ended` is not called any more."""
        with self._changed:
            task.cancelled = True
            if task in self._tasks:
                self._tasks.remove(task)

    def translator(self, model: str, engine: str) -> Translator:
        """A loaded model; raises ModelError."""
        key = (model, engine)
        with self._loading:
            if key not in self._models:
                self._models[key] = self._load(model, engine)
                while len(self._models) > LOADED_MODELS:
                    self._models.popitem(last=False)
            self._models.move_to_end(key)
            return self._models[key]

    def forget(self, model: str) -> None:
        """Let a model go that is no longer there; what it is translating is finished."""
        with self._loading:
            for key in [key for key in self._models if key[0] == model]:
                del self._models[key]

    def close(self) -> None:
        """Let the running turns end and start no other."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=30)

    def _run(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._ready())
                if self._closed:
                    return
                turn = self._take()
                self._changed.notify()  # what is left is for another thread
            self._translate(turn)

    def _ready(self) -> list[Task]:
        return sorted((t for t in self._tasks if t.portions), key=lambda task: task.turn)

    def _take(self) -> list[tuple[Task, Portion]]:
        """The next portions; at least one, then as many of the same way as fit in the turn."""
        ready = self._ready()
        turn: list[tuple[Task, Portion]] = []
        size = 0
        for task in ready:
            portion = task.portions[0]
            size += len(portion.sources)
            if turn and (task.way != ready[0].way or size > TURN):
                continue
            task.running.append(task.portions.popleft())
            turn.append((task, portion))
        return turn

    def _translate(self, turn: list[tuple[Task, Portion]]) -> None:
        started = time.monotonic()
        way = turn[0][0].way
        sources = [source for _, portion in turn for source in portion.sources]
        try:
            translator = self.translator(way.model, way.engine)
            drafts = draft(sources, translator, way.settings)
        except Exception as error:  # noqa: BLE001 a broken model must not end the desk
            self._failed(turn, error)
            return
        _log.debug("%d sentences in %.2f s", len(sources), time.monotonic() - started)
        for task, portion in turn:
            self._deliver(task, portion, (drafts, translator))

    def _failed(self, turn: list[tuple[Task, Portion]], error: Exception) -> None:
        """One bad article must not take the others with it: each is tried again alone."""
        if len(turn) > 1:
            for pair in turn:
                self._translate([pair])
            return
        _log.log(
            logging.INFO if isinstance(error, DepecheError) else logging.ERROR,
            "a portion failed",
            exc_info=error,
        )
        self._end(turn[0][0], error)

    def _deliver(self, task: Task, portion: Portion, drafted: Drafted) -> None:
        """Deliver a portion once those before it are, and those that waited for it."""
        with task.delivering:
            task.drafted[id(portion)] = drafted
            while task.running and (found := task.drafted.pop(id(task.running[0]), None)):
                if task.cancelled or not self._delivered(task, found):
                    return

    def _delivered(self, task: Task, drafted: Drafted) -> bool:
        try:
            task.running[0].deliver(*drafted)
        except Exception as error:  # noqa: BLE001 e.g. a full disk: said to its user only
            _log.error("an article could not be stored", exc_info=error)
            self._end(task, error)
            return False
        with self._changed:
            task.begun = True
            task.running.popleft()
            last = not (task.portions or task.running)
            self._changed.notify()
        if last:
            self._end(task, None)
        return True

    def _end(self, task: Task, error: Exception | None) -> None:
        with self._changed:
            if task.cancelled or task not in self._tasks:
                return
            self._tasks.remove(task)
        try:
            task.ended(error)
        except Exception as fault:  # noqa: BLE001 e.g. a full disk: the others go on
            _log.error("the end of an article could not be stored", exc_info=fault)


def task(
    way: Way,
    portions: Iterable[Portion],
    ended: Callable[[Exception | None], None],
    *,
    urgent: bool = False,
) -> Task:
    """A task from its portions in order."""
    return Task(way, deque(portions), ended, urgent)
