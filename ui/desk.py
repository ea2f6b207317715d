"""The desk behind the page: articles are started, resumed, edited and finished here.

Nothing here knows HTTP or Gradio: the routes of the page, the plain API and the tests call the
same methods.
"""

import secrets
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate import formats
from translate.document import Document, Finding, Kind, Language, TranslatedBlock, Translation
from translate.drafting.completions import completions
from translate.engines.base import Translator
from translate.errors import DepecheError, InputError
from translate.notation import markup
from translate.pipeline import analyse, examine
from translate.terms.termbase import Termbase
from translate.work import Work, translated
from ui.choices import Choices
from ui.cutting import Cutting
from ui.drafts import Drafts, source_at, sources_of
from ui.lane import BusyError, Lanes
from ui.memories import NO_MEMORIES, Memories
from ui.names import file_name, title_of
from ui.pending import Pending, portions
from ui.records import Edit, Job, Made, Row, Status, Summary
from ui.store import Store
from ui.terms import Terms
from ui.worker import Task, Worker, task


@dataclass(frozen=True, slots=True)
class Reading:
    """An article that was found fit to be translated, with what is to be said of it."""

    document: Document
    findings: tuple[Finding, ...]


def read_article(text: str, markdown: bool) -> Reading:
    """A text as an article; InputError for what is not French."""
    document = _analyse(text, markdown)
    return Reading(document, examine(document))


def _analyse(text: str, markdown: bool) -> Document:
    return analyse(text, markdown=markdown)


class Desk:
    """Articles in a store, translated by a worker, with the terms that the desk keeps to."""

    def __init__(
        self,
        store: Store,
        worker: Worker,
        lanes: Lanes,
        *,
        max_article: int,
        terms: Terms | None = None,
        memories: Memories = NO_MEMORIES,
    ) -> None:
        self.store = store
        self.worker = worker
        self.lanes = lanes
        self.max_article = max_article
        self.terms = terms or Terms()
        self.memories = memories
        self.drafts = Drafts(worker, self.terms, memories)
        #: Articles cut anew.
        self.cutting = Cutting(store, self.drafts, memories)
        self._tasks: dict[str, Task] = {}
        self._lock = threading.RLock()

    async def read(self, data: bytes, name: str, parts: Sequence[str] = ()) -> Document:
        """An uploaded file as an article; InputError says why not."""
        reading = formats.Reading(parts=tuple(parts))
        document = await self.lanes.articles.run(formats.read, data, file_name(name), reading)
        self._fits(document.text)
        return document

    async def file(self, data: bytes, name: str, parts: Sequence[str]) -> Reading:
        """An uploaded file as an article to be started; InputError for what is not French."""
        document = await self.read(data, name, parts)
        return Reading(document, await self.lanes.articles.run(examine, document))

    async def segment(self, text: str, *, markdown: bool) -> Document:
        """A pasted text cut into blocks and sentences."""
        self._fits(text)
        return await self.lanes.articles.run(_analyse, text, markdown)

    async def article(self, text: str, *, markdown: bool) -> Reading:
        """A pasted text as an article; InputError for what is not French."""
        self._fits(text)
        return await self.lanes.articles.run(read_article, text, markdown)

    def start(
        self,
        owner: str,
        name: str,
        article: Reading,
        choices: Choices,
        *,
        previous: Job | None = None,
    ) -> Job:
        """Store an article and begin to translate it; BusyError where too many are waiting.

        What a translator wrote in `previous` is taken over where the French is the same.
        """
        job = Job(
            id=secrets.token_urlsafe(12),
            owner=owner,
            name=file_name(name),
            title=title_of(article.document),
            document=article.document,
            choices=choices.as_dict(),
            findings=article.findings,
            created=time.time(),
            form=article.document.file.format if article.document.file else "",
        )
        self.store.add(job, self._taken_over(previous, article.document) if previous else {})
        try:
            self._run(job)
        except BusyError:
            self.store.delete(job.id, owner)
            raise
        return job

    def _taken_over(self, previous: Job, document: Document) -> dict[int, Edit]:
        """The edits of an earlier article for the sentences of a new one."""
        written = {
            previous.document.of(row.segment): row
            for row in self.store.rows(previous)
            if row.edited is not None
        }
        edits: dict[int, Edit] = {}
        for position, source in enumerate(sources_of(document) if written else ()):
            row = written.get(source.text)
            if row and row.edited is not None:
                findings = self.drafts.findings(source, source.text, row.edited)
                edits[position] = Edit(row.edited, findings, row.confirmed)
        return edits

    def source(self, job: Job) -> Reading:
        """The French of an article, with the file that it came in, to be started anew."""
        return Reading(replace(job.document, file=self.store.file(job.id)), job.findings)

    def open(self, job_id: str, owner: str) -> Job | None:
        """An article to go on with; one that a restart of the server interrupted is resumed."""
        job = self.store.job(job_id, owner)
        if job is None or job.status is not Status.RUNNING:
            return job
        try:
            self._run(job)
        except BusyError:  # it is there to be read and to be resumed later
            return self.store.job(job_id, owner)
        return job

    def recent(self, owner: str) -> list[Summary]:
        """The articles of a browser, newest first."""
        return self.store.recent(owner)

    def stop(self, job: Job) -> None:
        """Translate no further; what is there stays."""
        with self._lock:
            if self._drop(job.id):
                self.store.put_status(job.id, Status.STOPPED)

    def resume(self, job: Job) -> None:
        """Go on after a stop, a failure or a restart; BusyError where too many are waiting."""
        if job.status is not Status.DONE:
            self.store.put_status(job.id, Status.RUNNING)
            self._run(job)

    def delete(self, job: Job) -> None:
        """Remove an article for good."""
        with self._lock:
            self._drop(job.id)
            self.store.delete(job.id, job.owner)

    def edit(
        self,
        job: Job,
        position: int,
        english: str | None,
        *,
        made: Made = Made.EDIT,
        since: int | None = None,
        who: str = "",
    ) -> Row | None:
        """Write what the translator wrote, with the findings of that; None takes it back.

        `who` is the user where the desk has users. StaleError where the row has another version
        than `since`.
        """
        row = self.store.row(job, position)
        if row is None or row.draft is None:
            return None
        if english is not None:
            self._fits(english)
            english = markup.hidden(english, row.source)
        if english == row.draft.target:
            english = None
        if english == row.edited and since in (None, row.version):
            return row
        findings = self._findings(job, replace(row, edited=english))
        self.store.put_edit(job.id, position, english, findings, made=made, since=since, who=who)
        return self._now(job, row)

    def confirm(
        self, job: Job, position: int, confirmed: bool, *, since: int | None = None, who: str = ""
    ) -> Row | None:
        """Mark a row as read and good, or not; StaleError as in `edit`."""
        row = self.store.row(job, position)
        self.store.put_confirmed(job.id, position, confirmed, since=since, who=who)
        return self._now(job, row) if row else None

    def confirm_all(
        self, job: Job, positions: Iterable[int], confirmed: bool, *, who: str = ""
    ) -> list[Row]:
        """Mark rows that are translated as read and good, or not; those that changed."""
        before = {row.position: row for row in self.store.rows(job)}
        self.store.put_all_confirmed(job.id, positions, confirmed, who=who)
        after = self.store.rows(job, job.version)
        self.memories.changed(job, [before[row.position] for row in after], after)
        return after

    def terms_in(self, job: Job) -> dict[int, list[tuple[str, str]]]:
        """The rows that have terms: their French in stretches, each with its English or none."""
        found = {}
        for row in self.store.rows(job):
            if row.segment.language is Language.FRENCH:
                stretches = list(_stretches(markup.shown(row.source), self.terms.base))
                if len(stretches) > 1:
                    found[row.position] = stretches
        return found

    def _now(self, job: Job, before: Row) -> Row | None:
        """A row after a change, of which the memory is told."""
        row = self.store.row(job, before.position)
        self.memories.changed(job, [before], [row] if row else [])
        return row

    def restore(
        self, job: Job, position: int, version: int, *, since: int | None = None, who: str = ""
    ) -> Row | None:
        """Make a row what it was at an earlier version; StaleError as in `edit`."""
        past = next(
            (row for _, row in self.store.history(job, position) if row.version == version), None
        )
        if past is None:
            return None
        row = self.store.row(job, position)
        findings = self._findings(job, past)
        self.store.put_back(job.id, past, findings, since=since, who=who)
        return self._now(job, row) if row else None

    def again(self, job: Job, position: int, french: str, who: str = "") -> Row | None:
        """Translate one segment again after its French was corrected; waits for the engine.

        StaleError where the row was changed meanwhile.
        """
        row = self.store.row(job, position)
        if row is None:
            return None
        french = markup.hidden(" ".join(french.split()), row.source)
        if not french:
            raise InputError("the corrected French is empty; write the sentence or leave it")
        self._fits(french)
        source = replace(source_at(job.document, position), text=french)
        found, by = self.drafts.now(source, self.drafts.way_of(job))
        self.store.put_model(job.id, by.model, by.engine)
        draft = translated(row.segment, french, found)
        self.store.put_again(job.id, position, draft, since=row.version, who=who)
        return self._now(job, row)

    def complete(self, job: Job, position: int, prefix: str) -> list[str] | None:
        """English sentences of a row that begin with `prefix`; None where there is no such row."""
        row = self.store.row(job, position)
        if row is None or row.segment.language is not Language.FRENCH:
            return None
        self._fits(prefix)
        way = self.drafts.way_of(job)
        translator = self.worker.translator(way.model, way.engine)
        return completions(row.source, prefix, translator, way.settings.quotes)

    def translation(self, job: Job) -> Translation:
        """The article as it stands, edits included: what the downloads are written from."""
        rows = iter(self.store.rows(job))
        skip = job.choices["furniture"] == "skip"
        blocks = tuple(
            TranslatedBlock(
                block,
                tuple(next(rows).finished for _ in block.segments),
                skip and block.kind is Kind.FURNITURE,
            )
            for block in job.document.blocks
        )
        document = replace(job.document, file=self.store.file(job.id))
        return Translation(document, blocks, job.model, job.engine, job.findings)

    def translate(self, article: Reading, choices: Choices) -> Pending:
        """Translate without storing: for the API. Cancel what is no longer wanted."""
        way = self.drafts.way(choices)
        return Pending(self.worker, Work(article.document, way.settings, article.findings), way)

    def _findings(self, job: Job, row: Row) -> tuple[Finding, ...]:
        """What is to be said of a row's English: of an edit, or of the draft."""
        if row.edited is None:
            return row.draft.findings if row.draft else ()
        return self.drafts.findings(source_at(job.document, row.position), row.source, row.edited)

    def close(self) -> None:
        """End the turn at work; what is unfinished stays `running` in the store."""
        self.worker.close()
        self.store.close()
        self.memories.close()

    def _run(self, job: Job) -> None:
        """Put what is open of an article into the queue, unless it is there already."""
        with self._lock:
            now = self.store.job(job.id, job.owner)
            if now is None or now.status is not Status.RUNNING or job.id in self._tasks:
                return
            running = self._task(now)
            if running.portions:
                self._submit(job, running)
            else:
                self.store.put_status(job.id, Status.DONE)

    def _submit(self, job: Job, running: Task) -> None:
        self._tasks[job.id] = running
        try:
            self.worker.submit(running)
        except BusyError:
            del self._tasks[job.id]
            self.store.put_status(job.id, Status.STOPPED)
            raise

    def _task(self, job: Job) -> Task:
        started = time.monotonic()
        way = self.drafts.way_of(job)
        positions = _first_positions(job.document)

        def deliver(blocks: Sequence[TranslatedBlock], by: Translator) -> None:
            if not job.model:
                self.store.put_model(job.id, by.model, by.engine)
            drafts = [
                (positions[block.block.start] + offset, segment)
                for block in blocks
                for offset, segment in enumerate(block.segments)
            ]
            self.store.put_drafts(job.id, drafts)

        def ended(error: Exception | None) -> None:
            seconds = time.monotonic() - started
            status = Status.FAILED if error else Status.DONE
            with self._lock:
                self._tasks.pop(job.id, None)
                self.store.put_status(
                    job.id, status, error=said(error) if error else "", seconds=seconds
                )

        first = self._first_open_block(job)
        todo = Work(job.document, way.settings, job.findings)
        return task(way, portions(todo, deliver, first_block=first), ended)

    def _drop(self, job_id: str) -> bool:
        running = self._tasks.pop(job_id, None)
        if running:
            self.worker.cancel(running)
        return running is not None

    def _first_open_block(self, job: Job) -> int:
        rows = self.store.rows(job)
        return next((row.block for row in rows if row.draft is None), len(job.document.blocks))

    def _fits(self, text: str) -> None:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"character {error.start + 1} of the text is half a character (a lone surrogate)"
            ) from None
        if len(text) > self.max_article:
            raise InputError(
                f"the text has {len(text):,} characters; this desk takes "
                f"{self.max_article:,} at most: cut it, or use `depeche translate`"
            )


def _first_positions(document: Document) -> dict[int, int]:
    """Where a block starts in the text -> the position of its first row."""
    found: dict[int, int] = {}
    position = 0
    for block in document.blocks:
        found[block.start] = position
        position += len(block.segments)
    return found


def _stretches(text: str, terms: Termbase) -> Iterator[tuple[str, str]]:
    last = 0
    for start, term in terms.find(text):
        end = start + len(term.french)
        yield text[last:start], ""
        yield text[start:end], term.written
        last = end
    yield text[last:], ""


def said(error: Exception) -> str:
    """An error as its user reads it."""
    if isinstance(error, DepecheError):
        return str(error)
    return f"internal error ({type(error).__name__}); the server's log says more"
