"""Articles, their rows and the translator's edits: one SQLite file in the user's data folder.

A row is a segment. What the model gave (`draft`) and what the translator wrote (`edited`) are
separate columns, so that a draft that arrives late never overwrites an edit. Every write to a row
takes the next `version` of its job; a page asks for the rows that are newer than what it has. What
a row was before is kept in `history`, to go back to; the rows that were there before an article was
cut anew are in `shapes`, with their history.
"""

import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import MappingProxyType

from translate.document import Document, Finding, Segment, SourceFile, TranslatedSegment
from ui import cuts
from ui.database import Database, next_version
from ui.records import (
    Comment,
    Edit,
    Job,
    Made,
    NewRow,
    Row,
    StaleError,
    Status,
    Summary,
)
from ui.stored import dump_blocks, dump_draft, dump_findings, load_blocks, load_findings, load_row

#: Edits of a row that follow each other within so many seconds are one step of its history.
BURST = 20.0


class Store:
    """The job store; safe to use from several threads. Every method is one transaction."""

    def __init__(self, path: Path) -> None:
        self._db = Database(path)

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def add(self, job: Job, edits: Mapping[int, Edit] = MappingProxyType({})) -> None:
        """Put in a new article with its empty rows; `edits` are of rows, by their positions."""
        document = job.document
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO jobs (id, owner, name, title, text, blocks, markdown, choices,"
                " status, findings, created) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (
                    job.id,
                    job.owner,
                    job.name,
                    job.title,
                    document.text,
                    dump_blocks(document.blocks),
                    document.markdown,
                    json.dumps(job.choices),
                    job.status,
                    dump_findings(job.findings),
                    job.created or time.time(),
                ),
            )
            if document.file is not None:
                file = document.file
                db.execute(
                    "INSERT INTO files (job, format, data, parts) VALUES (?,?,?,?)",
                    (job.id, file.format, file.data, json.dumps(file.parts)),
                )
            db.executemany(
                "INSERT INTO rows (job, position, block, source) VALUES (?,?,?,?)",
                (
                    (job.id, position, block, document.of(segment))
                    for position, (block, segment) in enumerate(_spans(document))
                ),
            )
            db.executemany(
                "UPDATE rows SET edited=?, findings=?, confirmed=?, made=?"
                " WHERE job=? AND position=?",
                (
                    (
                        edit.english,
                        dump_findings(edit.findings),
                        edit.confirmed,
                        Made.EDIT,
                        job.id,
                        at,
                    )
                    for at, edit in edits.items()
                ),
            )

    def job(self, job_id: str, owner: str) -> Job | None:
        """An article of this browser, or None: somebody else's is as good as not there."""
        found = self._db.one(
            "SELECT jobs.*, coalesce(format, '') AS form,"
            " (SELECT coalesce(max(version), 0) FROM shapes WHERE job = id) AS shape"
            " FROM jobs LEFT JOIN files ON job = id WHERE id=? AND owner=?",
            job_id,
            owner,
        )
        if found is None:
            return None
        document = Document(found["text"], load_blocks(found["blocks"]), bool(found["markdown"]))
        same = ("id", "owner", "name", "title", "error", "model", "engine", "form")
        numbers = ("created", "seconds", "version", "shape")
        return Job(
            **{key: found[key] for key in (*same, *numbers)},
            document=document,
            choices=json.loads(found["choices"]),
            status=Status(found["status"]),
            findings=load_findings(found["findings"]),
        )

    def file(self, job_id: str) -> SourceFile | None:
        """The file that an article came in, where that is more than text."""
        found = self._db.one("SELECT * FROM files WHERE job=?", job_id)
        if found is None:
            return None
        return SourceFile(found["format"], found["data"], tuple(json.loads(found["parts"])))

    def version(self, job_id: str) -> int | None:
        """The number of the last write to an article; None where it is gone."""
        found = self._db.one("SELECT version FROM jobs WHERE id=?", job_id)
        return int(found["version"]) if found else None

    def recent(self, owner: str, limit: int = 50) -> list[Summary]:
        """The articles of a browser, newest first."""
        found = self._db.all(
            "SELECT id, title, name, status, created, count(position) AS total,"
            " count(draft) AS done, coalesce(sum(confirmed), 0) AS confirmed"
            " FROM jobs JOIN rows ON job = id WHERE owner=? GROUP BY id"
            " ORDER BY created DESC LIMIT ?",
            owner,
            limit,
        )
        return [Summary(**{**dict(line), "status": Status(line["status"])}) for line in found]

    def rows(self, job: Job, after: int = -1) -> list[Row]:
        """The rows of an article that were written after a version; all of them by default."""
        segments = list(job.document.segments())
        found = self._db.all(
            "SELECT * FROM rows WHERE job=? AND version>? ORDER BY position", job.id, after
        )
        return [load_row(line, segments[line["position"]]) for line in found]

    def row(self, job: Job, position: int) -> Row | None:
        """One row."""
        found = self._db.one("SELECT * FROM rows WHERE job=? AND position=?", job.id, position)
        if found is None:
            return None
        return load_row(found, next(islice(job.document.segments(), position, None)))

    def put_drafts(self, job_id: str, drafts: Sequence[tuple[int, TranslatedSegment]]) -> None:
        """Write what the model gave; edits and the findings of edited rows stay."""
        with self._db.transaction() as db:
            version = next_version(db, job_id)
            db.executemany(
                "UPDATE rows SET draft=?, version=?, at=?,"
                " findings=CASE WHEN edited IS NULL THEN ? ELSE findings END"
                " WHERE job=? AND position=?",
                (
                    (
                        dump_draft(draft),
                        version,
                        time.time(),
                        dump_findings(draft.findings),
                        job_id,
                        position,
                    )
                    for position, draft in drafts
                ),
            )

    def put_edit(
        self,
        job_id: str,
        position: int,
        edited: str | None,
        findings: Iterable[Finding],
        *,
        made: Made = Made.EDIT,
        since: int | None = None,
        who: str = "",
    ) -> None:
        """Write what the translator wrote, to be confirmed anew; None takes the draft back.

        StaleError where the row has another version than `since`.
        """
        self._update(
            job_id,
            position,
            "edited=?, findings=?, confirmed=0",
            edited,
            dump_findings(tuple(findings)),
            made=made,
            since=since,
            who=who,
        )

    def put_confirmed(
        self,
        job_id: str,
        position: int,
        confirmed: bool,
        *,
        since: int | None = None,
        who: str = "",
    ) -> None:
        """Mark a row as read and good, or not; StaleError as in `put_edit`."""
        self._update(job_id, position, "confirmed=?", confirmed, since=since, who=who)

    def put_all_confirmed(
        self, job_id: str, positions: Iterable[int], confirmed: bool, *, who: str = ""
    ) -> None:
        """Mark rows that are translated as read and good, or not."""
        with self._db.transaction() as db:
            version = next_version(db, job_id)
            db.executemany(
                "UPDATE rows SET confirmed=?, version=?, who=?"
                " WHERE job=? AND position=? AND draft IS NOT NULL",
                ((confirmed, version, who, job_id, position) for position in positions),
            )

    def put_title(self, job_id: str, title: str) -> None:
        """Give an article another name in the list."""
        with self._db.transaction() as db:
            db.execute("UPDATE jobs SET title=?, version=version+1 WHERE id=?", (title, job_id))

    def put_again(
        self,
        job_id: str,
        position: int,
        draft: TranslatedSegment,
        *,
        since: int | None = None,
        who: str = "",
    ) -> None:
        """Write a corrected French sentence and its new draft; StaleError as in `put_edit`."""
        self._update(
            job_id,
            position,
            "source=?, draft=?, findings=?, edited=NULL, confirmed=0",
            draft.source,
            dump_draft(draft),
            dump_findings(draft.findings),
            made=Made.AGAIN,
            since=since,
            who=who,
        )

    def put_back(
        self,
        job_id: str,
        past: Row,
        findings: Iterable[Finding],
        *,
        since: int | None = None,
        who: str = "",
    ) -> None:
        """Make a row what it once was; StaleError as in `put_edit`."""
        self._update(
            job_id,
            past.position,
            "source=?, draft=?, findings=?, edited=?, confirmed=0",
            past.source,
            dump_draft(past.draft) if past.draft else None,
            dump_findings(tuple(findings)),
            past.edited,
            made=Made.RESTORED,
            since=since,
            who=who,
        )

    def put_shape(
        self, job: Job, document: Document, first: int, size: int, rows: Sequence[NewRow]
    ) -> None:
        """Cut an article anew: `rows` take the place of `size` of them from `first` on.

        StaleError where it was cut anew since `job` was read.
        """
        with self._db.transaction() as db:
            cuts.cut(db, job, document, first, size, rows)

    def put_shape_back(self, job: Job, *, redo: bool = False) -> int:
        """Undo the last cut, whose rows are as they were then, or do again what was undone last.

        Returns the first row that is another now. StaleError where there is none, or where the
        article was cut anew since `job` was read.
        """
        with self._db.transaction() as db:
            return cuts.back(db, job, redo=redo)

    def add_comment(self, job: Job, position: int, text: str, who: str) -> None:
        """Note something about a row; the row itself stays as it is."""
        with self._db.transaction() as db:
            db.execute(
                "INSERT INTO comments (job, position, text, who, at) VALUES (?,?,?,?,?)",
                (job.id, position, text, who, time.time()),
            )

    def remove_comment(self, job: Job, position: int, comment: int) -> None:
        """Delete what was noted about a row."""
        with self._db.transaction() as db:
            db.execute(
                "DELETE FROM comments WHERE job=? AND position=? AND id=?",
                (job.id, position, comment),
            )

    def comments(self, job: Job, position: int) -> list[Comment]:
        """What was noted about a row, in order."""
        found = self._db.all(
            "SELECT id, text, who, at FROM comments WHERE job=? AND position=? ORDER BY id",
            job.id,
            position,
        )
        return [Comment(**dict(line)) for line in found]

    def commented(self, job_id: str) -> dict[int, int]:
        """How many comments the rows have that have some."""
        found = self._db.all(
            "SELECT position, count(*) FROM comments WHERE job=? GROUP BY position", job_id
        )
        return {int(position): int(count) for position, count in found}

    def history(self, job: Job, position: int, limit: int = 100) -> list[tuple[float, Row]]:
        """What a row was before, newest first, each with the time of its writing."""
        found = self._db.all(
            "SELECT history.*, block, '[]' AS findings FROM history"
            " JOIN rows USING (job, position)"
            " WHERE job=? AND position=? AND history.draft IS NOT NULL"
            " ORDER BY history.version DESC LIMIT ?",
            job.id,
            position,
            limit,
        )
        segment = next(islice(job.document.segments(), position, None), None)
        return [(line["at"], load_row(line, segment)) for line in found if segment]

    def put_status(
        self, job_id: str, status: Status, *, error: str = "", seconds: float = 0.0
    ) -> None:
        """Write how far an article is; `seconds` of work are added to those before."""
        with self._db.transaction() as db:
            db.execute(
                "UPDATE jobs SET status=?, error=?, seconds=seconds+?, version=version+1"
                " WHERE id=?",
                (status, error, seconds, job_id),
            )

    def put_model(self, job_id: str, model: str, engine: str) -> None:
        """Write which model is at work."""
        with self._db.transaction() as db:
            db.execute("UPDATE jobs SET model=?, engine=? WHERE id=?", (model, engine, job_id))

    def delete(self, job_id: str, owner: str) -> bool:
        """Remove an article for good: its pages are overwritten, also in the journal."""
        return self._db.forget("DELETE FROM jobs WHERE id=? AND owner=?", job_id, owner) > 0

    def _update(
        self,
        job_id: str,
        position: int,
        what: str,
        *values: object,
        made: Made | None = None,
        since: int | None = None,
        who: str = "",
    ) -> None:
        """Change a row. What it was goes into its history if its text changes: `made` says how."""
        where = (job_id, position)
        with self._db.transaction() as db:
            row = db.execute(
                "SELECT version, made, at, confirmed, who FROM rows WHERE job=? AND position=?",
                where,
            ).fetchone()
            if row is None:
                return
            if since is not None and since != row["version"]:
                raise StaleError(f"sentence {position + 1} was changed elsewhere meanwhile")
            now, begun = time.time(), row["at"]
            same = row["made"] == made and row["who"] == who
            goes_on = made is Made.EDIT and same and not row["confirmed"]
            if made and not (goes_on and now - begun < BURST):
                begun = now
                db.execute(
                    "INSERT INTO history SELECT job, position, version, made, at, source, draft,"
                    " edited, confirmed, who FROM rows WHERE job=? AND position=?",
                    where,
                )
            db.execute(
                f"UPDATE rows SET {what}, version=?, made=?, at=?, who=?"
                " WHERE job=? AND position=?",
                (*values, next_version(db, job_id), made or row["made"], begun, who, *where),
            )


def _spans(document: Document) -> Iterator[tuple[int, Segment]]:
    """The segments with the numbers of their blocks."""
    for number, block in enumerate(document.blocks):
        for segment in block.segments:
            yield number, segment
