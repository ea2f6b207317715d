"""Single sentences of a stored article and the engine: a draft at once, findings of an edit."""

from collections.abc import Iterator
from concurrent.futures import Future
from itertools import islice

from translate.document import Document, Finding
from translate.drafting import checks
from translate.drafting.choose import Draft
from translate.drafting.ladder import Source
from translate.engines.base import Translator
from translate.work import passages_of, source_of
from ui.choices import Choices
from ui.memories import Memories
from ui.records import Job
from ui.terms import Terms
from ui.worker import Portion, Way, Worker, task

#: How long somebody waits for a sentence (seconds).
PATIENCE = 120


def sources_of(document: Document) -> Iterator[Source]:
    """What the engine is given of each row of an article, in order."""
    for passage in passages_of(document):
        for index in range(len(passage.block.segments)):
            yield source_of(document, passage, index)


def source_at(document: Document, position: int) -> Source:
    """What the engine is given of one row."""
    return next(islice(sources_of(document), position, None))


class Drafts:
    """The worker, asked for single sentences with the desk's terms and memories."""

    def __init__(self, worker: Worker, terms: Terms, memories: Memories) -> None:
        self._worker = worker
        self._terms = terms
        self._memories = memories

    def way(self, choices: Choices) -> Way:
        """The model and the settings of a choice, with the terms and memories as they are now."""
        return choices.way(self._terms.base, self._memories.paths)

    def way_of(self, job: Job) -> Way:
        """The model and the settings that an article was started with."""
        return self.way(Choices(**job.choices))  # type: ignore[arg-type]

    def now(self, source: Source, way: Way) -> tuple[Draft, Translator]:
        """A draft, before all articles, and who made it; waits for the engine."""
        done: Future[tuple[Draft, Translator]] = Future()

        def ended(error: Exception | None) -> None:
            if error:
                done.set_exception(error)

        portion = Portion((source,), lambda drafts, by: done.set_result((drafts[source], by)))
        asked = task(way, [portion], ended, urgent=True)
        self._worker.submit(asked)
        try:
            return done.result(timeout=PATIENCE)
        finally:
            self._worker.cancel(asked)

    def findings(self, source: Source, french: str, english: str) -> tuple[Finding, ...]:
        """What is wrong with what somebody wrote for a row whose French is `french` now."""
        return checks.check(french, english, terms=self._terms.base, place=source.place)
