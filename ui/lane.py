"""Heavy work, at a distance: in processes that can be ended, and never too much of it.

What strangers bring may take any time. It is worked on in a process of its own, so that the desk
goes on answering; it is ended at its limit, and at once when nobody waits for it any more; where
too much is waiting already, the next one is told to come again.
"""

import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from anyio import BrokenWorkerProcess, CapacityLimiter, fail_after, to_process, to_thread

from translate.errors import DepecheError, InputError

#: Address space of a process: a text that needs more ends it, not the machine.
MEMORY = 4 * 2**30

_log = logging.getLogger(__name__)

T = TypeVar("T")
Run = Callable[..., Awaitable[Any]]


class BusyError(DepecheError):
    """Too much is waiting; `retry_after` says in how many seconds to come again."""

    retry_after = 5


async def in_process(function: Callable[..., T], *args: Any) -> T:
    """Call a function in another process, which is killed when this is cancelled."""
    one = CapacityLimiter(1)  # the lanes count; anyio keeps the processes that are idle
    try:
        return await to_process.run_sync(_confined, function, *args, cancellable=True, limiter=one)
    except BrokenWorkerProcess as error:
        _log.warning("a process ended before its work was done", exc_info=error)
        raise InputError(
            "this could not be worked on: it takes too much memory; bring less at a time"
        ) from None


async def in_thread(function: Callable[..., T], *args: Any) -> T:
    """Call a function in a thread, which is left alone when this is cancelled."""
    one = CapacityLimiter(1)  # not the threads of the routes
    return await to_thread.run_sync(function, *args, abandon_on_cancel=True, limiter=one)


class Lane:
    """Work of one kind: so many at once, so many waiting, each with its time."""

    def __init__(
        self, *, at_once: int, waiting: int, seconds: float, run: Run = in_process
    ) -> None:
        self._slots = CapacityLimiter(at_once)
        self._room = at_once + waiting
        self._inside = 0
        self._seconds = seconds
        self._run = run

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """The function's value; BusyError where there is no room, InputError at the limit."""
        with self._place():
            async with self._slots:
                return await self._limited(function, *args)

    async def _limited(self, function: Callable[..., T], *args: Any) -> T:
        try:
            with fail_after(self._seconds):
                found: T = await self._run(function, *args)
                return found
        except TimeoutError:
            raise InputError(
                f"this took longer than {self._seconds:g} seconds and was stopped: "
                "bring less at a time, or use the command line"
            ) from None

    @contextlib.contextmanager
    def _place(self) -> Iterator[None]:
        if self._inside >= self._room:
            raise BusyError("too many others are waiting for the same; come again in a moment")
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


class Lanes:
    """The lanes of a desk: what is short never waits for what is long."""

    def __init__(self, run: Run = in_process) -> None:
        #: Reading an article, writing a download.
        self.articles = Lane(at_once=2, waiting=60, seconds=30, run=run)
        #: Scoring: a whole core each time.
        self.scores = Lane(at_once=1, waiting=8, seconds=120, run=run)
        #: Translating a test set, with the desk's own engine.
        self.sets = Lane(at_once=1, waiting=2, seconds=3600, run=in_thread)
        #: Translating a sentence again.
        self.sentences = Lane(at_once=4, waiting=20, seconds=60, run=in_thread)


def _confined(function: Callable[..., T], *args: Any) -> T:
    """The function within `MEMORY`, where the system can hold it."""
    with contextlib.suppress(ImportError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, resource.getrlimit(resource.RLIMIT_AS)[1]))
    try:
        return function(*args)
    except MemoryError:
        raise InputError("this takes too much memory; bring less at a time") from None
    except RecursionError:
        raise InputError("this is nested too deeply") from None
