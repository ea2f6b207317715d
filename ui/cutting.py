"""Stored articles cut anew: rows joined and parted, blocks turned into other kinds, all undone."""

from collections.abc import Sequence
from dataclasses import replace

from translate.document import Document, Kind
from translate.errors import InputError
from translate.notation import markup
from translate.work import is_translated, kept, translated
from ui import shapes
from ui.drafts import Drafts, source_at
from ui.memories import Memories
from ui.records import Job, NewRow, Row, Status
from ui.store import Store


class Cutting:
    """Cuts articles of a store anew; all but `undo` and `redo` wait for the engine.

    StaleError where the article is another by now, InputError where it cannot be cut so.
    """

    def __init__(self, store: Store, drafts: Drafts, memories: Memories) -> None:
        self._store = store
        self._drafts = drafts
        self._memories = memories

    def join(self, job: Job, position: int) -> None:
        """Make one row of two. What a translator wrote in either stays, one behind the other."""
        document = shapes.joined(_at_rest(job), position)
        one, two = (self._there(job, at) for at in (position, position + 1))
        source = _of_rows(document, position, [one, two])
        row = self._new_row(job, document, position, source)
        if (one.edited, two.edited) != (None, None) or one.confirmed or two.confirmed:
            row = self._written(document, position, row, f"{one.english} {two.english}".strip())
        self._put(job, document, position, 2, [row])

    def part(self, job: Job, position: int, french: str, english: str | None = None) -> None:
        """Make two rows of one, the first with the French `french`.

        `english`: the first part of what a translator wrote; without it both have drafts.
        """
        row = self._there(job, position)
        at = _length_of(row.source, french)
        document = shapes.parted(_at_rest(job), position, _same_place(job, row, at))
        sources = row.source[:at].rstrip(), row.source[at:].lstrip()
        if not all(sources):
            raise InputError(
                "both parts of a sentence need words; choose a place between two words"
            )
        rows = [
            self._new_row(job, document, position + number, source)
            for number, source in enumerate(sources)
        ]
        if english is not None and row.english.startswith(english):
            texts = english.rstrip(), row.english[len(english) :].lstrip()
            rows = [
                self._written(document, position + number, one, text) if text else one
                for number, (one, text) in enumerate(zip(rows, texts, strict=True))
            ]
        self._put(job, document, position, 1, rows)

    def turn(self, job: Job, position: int, kind: Kind) -> None:
        """Make the block of a row another kind; its rows that nobody wrote in are drafted anew."""
        document = shapes.as_kind(_at_rest(job), position, kind)
        positions = shapes.rows_of(document, shapes.place(document, position)[0])
        rows = []
        for at in positions:
            row = self._there(job, at)
            new = self._new_row(job, document, at, row.source)
            if row.edited is not None:
                new = self._written(document, at, new, row.edited)
            rows.append(new)
        self._put(job, document, positions[0], len(rows), rows)

    def undo(self, job: Job) -> int:
        """Undo the last join, part or turn of an article; the first row that is another now."""
        return self._back(job, redo=False)

    def redo(self, job: Job) -> int:
        """Do again what was undone last; the first row that is another now."""
        return self._back(job, redo=True)

    def _back(self, job: Job, *, redo: bool) -> int:
        _at_rest(job)
        before = self._store.rows(job)
        first = self._store.put_shape_back(job, redo=redo)
        self._remember(job, before)
        return first

    def _there(self, job: Job, position: int) -> Row:
        row = self._store.row(job, position)
        if row is None:
            raise InputError(f"there is no sentence {position + 1}")
        return row

    def _new_row(self, job: Job, document: Document, position: int, source: str) -> NewRow:
        """A row of an article that is cut anew, with its draft."""
        way = self._drafts.way_of(job)
        number, index = shapes.place(document, position)
        segment = document.blocks[number].segments[index]
        if not is_translated(document.blocks[number], segment, way.settings):
            draft = kept(segment, source, way.settings)
        else:
            asked = replace(source_at(document, position), text=source)
            found, _ = self._drafts.now(asked, way)
            draft = translated(segment, source, found)
        return NewRow(source, draft, None, draft.findings)

    def _written(self, document: Document, position: int, row: NewRow, english: str) -> NewRow:
        """The row with what a translator wrote."""
        source = source_at(document, position)
        findings = self._drafts.findings(source, row.source, english)
        return replace(row, edited=english, findings=findings)

    def _put(
        self, job: Job, document: Document, first: int, size: int, rows: Sequence[NewRow]
    ) -> None:
        before = self._store.rows(job)
        self._store.put_shape(job, document, first, size, rows)
        self._remember(job, before)

    def _remember(self, job: Job, before: Sequence[Row]) -> None:
        """Tell the memory which confirmed sentences are there no longer, and which are again."""
        now = self._store.job(job.id, job.owner)
        if now is not None:
            self._memories.cut(job, before, now, self._store.rows(now))


def _at_rest(job: Job) -> Document:
    if job.status is Status.RUNNING:
        raise InputError("the article is still being translated; wait, or stop it")
    return job.document


def _of_rows(document: Document, position: int, rows: Sequence[Row]) -> str:
    """The French of rows that are joined: as the article has it, unless somebody corrected it."""
    number, index = shapes.place(document, position)
    if all(row.source == document.of(row.segment) for row in rows):
        return document.of(document.blocks[number].segments[index])
    return " ".join(row.source for row in rows)


def _length_of(source: str, first: str) -> int:
    """How much of a French sentence with codes is what a page shows as `first`."""
    wanted = first.rstrip()
    for at in range(len(source) + 1):
        if markup.shown(source[:at]).rstrip() == wanted:
            return at
    raise InputError("the French was changed meanwhile; choose the place again")


def _same_place(job: Job, row: Row, at: int) -> int:
    """A place of a row's French in that of the article, which may not be the same."""
    given = job.document.of(row.segment)
    if row.source == given:
        return at
    wanted = len(given) * at // max(1, len(row.source))
    spaces = [n for n, letter in enumerate(given) if letter.isspace()]
    return min(spaces, key=lambda n: abs(n - wanted), default=0)
