"""The work of an article in portions for the worker, and an article that is not stored."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future

from translate.document import TranslatedBlock, Translation
from translate.drafting.choose import Draft
from translate.drafting.ladder import Source
from translate.engines.base import Translator
from translate.work import Portion as PortionOfWork
from translate.work import Work
from ui.worker import Portion, Way, Worker, task

#: Sentences of the first portion of an article: few, so that the first rows are there at once.
FIRST_PORTION = 4
#: Sentences of the other portions: a Stop takes effect and the rows come in steps of this size.
PORTION = 12

Deliver = Callable[[Sequence[TranslatedBlock], Translator], None]


def portions(todo: Work, deliver: Deliver, *, first_block: int = 0) -> Iterator[Portion]:
    """An article's work in order, small portions first, for the worker."""
    parts = todo.portions(first=FIRST_PORTION, size=PORTION, first_block=first_block)
    return (_portion(part, deliver) for part in parts)


def _portion(part: PortionOfWork, deliver: Deliver) -> Portion:
    def take(drafts: dict[Source, Draft], by: Translator) -> None:
        deliver(part.blocks(drafts), by)

    return Portion(part.sources, take)


class Pending:
    """A translation that is under way and not stored; `future` holds it when it is done."""

    def __init__(self, worker: Worker, todo: Work, way: Way) -> None:
        self.future: Future[Translation] = Future()
        self.future.set_running_or_notify_cancel()  # only `cancel` below takes it back
        self._worker = worker
        blocks: list[TranslatedBlock] = []
        engines: list[Translator] = []

        def deliver(more: Sequence[TranslatedBlock], by: Translator) -> None:
            blocks.extend(more)
            engines.append(by)

        def ended(error: Exception | None) -> None:
            if error:
                self.future.set_exception(error)
                return
            self.future.set_result(todo.translation(blocks, engines[-1]))

        self._task = task(way, portions(todo, deliver), ended)
        worker.submit(self._task)

    def cancel(self) -> None:
        """Nobody waits for it any more."""
        self._worker.cancel(self._task)
