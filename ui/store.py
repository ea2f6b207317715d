"""Articles, their rows and the translator's edits: one SQLite file in the user's data folder.

A row is a segment. What the model gave (`draft`) and what the translator wrote (`edited`) are
separate columns, so that a draft that arrives late never overwrites an edit. Every write to a row
takes the next `version` of its job; a page asks for the rows that are newer than what it has. What
a row was before is kept in `history`, to go back to.
"""

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any

from translate.document import (
    Block,
    Document,
    Finding,
    Hypothesis,
    Kind,
    Language,
    Match,
    Origin,
    Segment,
    Severity,
    SourceFile,
    TranslatedSegment,
)
from translate.errors import DepecheError, OutputError

_SCHEMA = """
CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY, owner TEXT NOT NULL, name TEXT NOT NULL, title TEXT NOT NULL,
    text TEXT NOT NULL, blocks TEXT NOT NULL, markdown INTEGER NOT NULL, choices TEXT NOT NULL,
    status TEXT NOT NULL, error TEXT NOT NULL DEFAULT '', model TEXT NOT NULL DEFAULT '',
    engine TEXT NOT NULL DEFAULT '', findings TEXT NOT NULL DEFAULT '[]',
    created REAL NOT NULL, seconds REAL NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS jobs_of ON jobs (owner, created);
CREATE TABLE IF NOT EXISTS rows (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    block INTEGER NOT NULL, source TEXT NOT NULL, draft TEXT, edited TEXT, findings TEXT,
    confirmed INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 0,
    made TEXT NOT NULL DEFAULT 'draft', at REAL NOT NULL DEFAULT 0, who TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (job, position)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS history (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, position INTEGER NOT NULL,
    version INTEGER NOT NULL, made TEXT NOT NULL, at REAL NOT NULL, source TEXT NOT NULL,
    draft TEXT, edited TEXT, confirmed INTEGER NOT NULL, who TEXT NOT NULL DEFAULT '',
    PRIMARY KEY (job, position, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS files (
    job TEXT PRIMARY KEY REFERENCES jobs (id) ON DELETE CASCADE, format TEXT NOT NULL,
    data BLOB NOT NULL, parts TEXT NOT NULL
);
"""
#: Columns that stores of earlier versions lack.
_ADDED = {
    "rows": {
        "made": "TEXT NOT NULL DEFAULT 'draft'",
        "at": "REAL NOT NULL DEFAULT 0",
        "who": "TEXT NOT NULL DEFAULT ''",
    },
    "history": {"who": "TEXT NOT NULL DEFAULT ''"},
}
#: Edits of a row that follow each other within so many seconds are one step of its history.
BURST = 20.0


class StaleError(DepecheError):
    """A row was changed since the writer saw it."""


class Made(StrEnum):
    """How a row came to say what it says."""

    DRAFT = "draft"
    EDIT = "edit"
    ALTERNATIVE = "alternative"
    COPIED = "copied"
    AGAIN = "again"
    MEMORY = "memory"
    RESTORED = "restored"


class Status(StrEnum):
    """Where an article is on its way."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """An article of one browser; `choices` are the settings that it was started with.

    `form` is the format of the file that it came in, if that is more than text; its bytes are only
    there where they are needed (`Store.file`).
    """

    id: str
    owner: str
    name: str
    title: str
    document: Document
    choices: dict[str, str | int]
    status: Status = Status.RUNNING
    error: str = ""
    model: str = ""
    engine: str = ""
    findings: tuple[Finding, ...] = ()
    created: float = 0.0
    seconds: float = 0.0
    version: int = 0
    form: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A segment on the page: the French (perhaps corrected), the draft, and the edit."""

    position: int
    block: int
    segment: Segment
    source: str
    draft: TranslatedSegment | None = None
    edited: str | None = None
    findings: tuple[Finding, ...] = ()
    confirmed: bool = False
    version: int = 0
    made: Made = Made.DRAFT
    who: str = ""  # changed it last, where the desk has users

    @property
    def english(self) -> str:
        """What stands at the right: the edit, or the draft, or nothing yet."""
        if self.edited is not None:
            return self.edited
        return self.draft.target if self.draft else ""

    @property
    def finished(self) -> TranslatedSegment:
        """The segment as it goes into a download; not yet translated, its French stands."""
        if self.draft is None:
            return TranslatedSegment(self.segment, self.source, self.source, Origin.KEPT)
        origin = Origin.MODEL if self.edited is not None else self.draft.origin
        return replace(
            self.draft,
            source=self.source,
            target=self.english,
            origin=origin,
            findings=self.findings,
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """What a translator wrote: it takes the place of a draft."""

    english: str
    findings: tuple[Finding, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Summary:
    """A line in the list of recent articles."""

    id: str
    title: str
    name: str
    status: Status
    created: float
    total: int
    done: int
    confirmed: int


class Store:
    """The job store; safe to use from several threads. Every method is one transaction."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._db = sqlite3.connect(path, check_same_thread=False, isolation_level=None)
            path.chmod(0o600)
            self._db.row_factory = sqlite3.Row
            for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(_SCHEMA)
            self._bring_up_to_date()
        except (OSError, sqlite3.Error) as error:
            raise OutputError(
                f"the job store {path} cannot be opened ({error}); choose another folder with "
                "DEPECHE_DATA, or move the file away"
            ) from None
        self._lock = threading.RLock()

    def _bring_up_to_date(self) -> None:
        for table, columns in _ADDED.items():
            there = {line["name"] for line in self._db.execute(f"PRAGMA table_info({table})")}
            for name, kind in columns.items():
                if name not in there:
                    self._db.execute(f"ALTER TABLE {table} ADD COLUMN {name} {kind}")

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            self._db.close()

    def add(self, job: Job, edits: Mapping[int, Edit] = MappingProxyType({})) -> None:
        """Put in a new article with its empty rows; `edits` are of rows, by their positions."""
        document = job.document
        with self._transaction() as db:
            db.execute(
                "INSERT INTO jobs (id, owner, name, title, text, blocks, markdown, choices,"
                " status, findings, created) VALUES (?,?,?,?,?,?,?,?,?,?,?)",
                (
                    job.id,
                    job.owner,
                    job.name,
                    job.title,
                    document.text,
                    _dump_blocks(document.blocks),
                    document.markdown,
                    json.dumps(job.choices),
                    job.status,
                    _dump_findings(job.findings),
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
                        _dump_findings(edit.findings),
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
        found = self._one(
            "SELECT jobs.*, coalesce(format, '') AS form FROM jobs LEFT JOIN files ON job = id"
            " WHERE id=? AND owner=?",
            job_id,
            owner,
        )
        if found is None:
            return None
        document = Document(found["text"], _load_blocks(found["blocks"]), bool(found["markdown"]))
        same = ("id", "owner", "name", "title", "error", "model", "engine", "form")
        numbers = ("created", "seconds", "version")
        return Job(
            **{key: found[key] for key in (*same, *numbers)},
            document=document,
            choices=json.loads(found["choices"]),
            status=Status(found["status"]),
            findings=load_findings(found["findings"]),
        )

    def file(self, job_id: str) -> SourceFile | None:
        """The file that an article came in, where that is more than text."""
        found = self._one("SELECT * FROM files WHERE job=?", job_id)
        if found is None:
            return None
        return SourceFile(found["format"], found["data"], tuple(json.loads(found["parts"])))

    def version(self, job_id: str) -> int | None:
        """The number of the last write to an article; None where it is gone."""
        found = self._one("SELECT version FROM jobs WHERE id=?", job_id)
        return int(found["version"]) if found else None

    def recent(self, owner: str, limit: int = 50) -> list[Summary]:
        """The articles of a browser, newest first."""
        with self._lock:
            found = self._db.execute(
                "SELECT id, title, name, status, created, count(position) AS total,"
                " count(draft) AS done, coalesce(sum(confirmed), 0) AS confirmed"
                " FROM jobs JOIN rows ON job = id WHERE owner=? GROUP BY id"
                " ORDER BY created DESC LIMIT ?",
                (owner, limit),
            ).fetchall()
        return [Summary(**{**dict(line), "status": Status(line["status"])}) for line in found]

    def rows(self, job: Job, after: int = -1) -> list[Row]:
        """The rows of an article that were written after a version; all of them by default."""
        segments = list(job.document.segments())
        with self._lock:
            found = self._db.execute(
                "SELECT * FROM rows WHERE job=? AND version>? ORDER BY position", (job.id, after)
            ).fetchall()
        return [_load_row(line, segments[line["position"]]) for line in found]

    def row(self, job: Job, position: int) -> Row | None:
        """One row."""
        found = self._one("SELECT * FROM rows WHERE job=? AND position=?", job.id, position)
        if found is None:
            return None
        return _load_row(found, next(_nth(job.document.segments(), position)))

    def put_drafts(self, job_id: str, drafts: Sequence[tuple[int, TranslatedSegment]]) -> None:
        """Write what the model gave; edits and the findings of edited rows stay."""
        with self._transaction() as db:
            version = _next_version(db, job_id)
            db.executemany(
                "UPDATE rows SET draft=?, version=?, at=?,"
                " findings=CASE WHEN edited IS NULL THEN ? ELSE findings END"
                " WHERE job=? AND position=?",
                (
                    (
                        _dump_draft(draft),
                        version,
                        time.time(),
                        _dump_findings(draft.findings),
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
            _dump_findings(tuple(findings)),
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
        with self._transaction() as db:
            version = _next_version(db, job_id)
            db.executemany(
                "UPDATE rows SET confirmed=?, version=?, who=?"
                " WHERE job=? AND position=? AND draft IS NOT NULL",
                ((confirmed, version, who, job_id, position) for position in positions),
            )

    def put_title(self, job_id: str, title: str) -> None:
        """Give an article another name in the list."""
        with self._transaction() as db:
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
            _dump_draft(draft),
            _dump_findings(draft.findings),
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
            _dump_draft(past.draft) if past.draft else None,
            _dump_findings(tuple(findings)),
            past.edited,
            made=Made.RESTORED,
            since=since,
            who=who,
        )

    def history(self, job: Job, position: int, limit: int = 100) -> list[tuple[float, Row]]:
        """What a row was before, newest first, each with the time of its writing."""
        with self._lock:
            found = self._db.execute(
                "SELECT history.*, block, '[]' AS findings FROM history"
                " JOIN rows USING (job, position)"
                " WHERE job=? AND position=? AND history.draft IS NOT NULL"
                " ORDER BY history.version DESC LIMIT ?",
                (job.id, position, limit),
            ).fetchall()
        segment = next(_nth(job.document.segments(), position), None)
        return [(line["at"], _load_row(line, segment)) for line in found if segment]

    def put_status(
        self, job_id: str, status: Status, *, error: str = "", seconds: float = 0.0
    ) -> None:
        """Write how far an article is; `seconds` of work are added to those before."""
        with self._transaction() as db:
            db.execute(
                "UPDATE jobs SET status=?, error=?, seconds=seconds+?, version=version+1"
                " WHERE id=?",
                (status, error, seconds, job_id),
            )

    def put_model(self, job_id: str, model: str, engine: str) -> None:
        """Write which model is at work."""
        with self._transaction() as db:
            db.execute("UPDATE jobs SET model=?, engine=? WHERE id=?", (model, engine, job_id))

    def delete(self, job_id: str, owner: str) -> bool:
        """Remove an article for good: its pages are overwritten, also in the journal."""
        with self._lock:
            with self._transaction() as db:
                gone = db.execute("DELETE FROM jobs WHERE id=? AND owner=?", (job_id, owner))
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone.rowcount > 0

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
        with self._transaction() as db:
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
                (*values, _next_version(db, job_id), made or row["made"], begun, who, *where),
            )

    def _one(self, query: str, *values: object) -> sqlite3.Row | None:
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(query, values).fetchone()
        return found

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _next_version(db: sqlite3.Connection, job_id: str) -> int:
    found = db.execute(
        "UPDATE jobs SET version=version+1 WHERE id=? RETURNING version", (job_id,)
    ).fetchone()
    return int(found[0]) if found else 0  # deleted meanwhile: its rows are gone as well


def _spans(document: Document) -> Iterator[tuple[int, Segment]]:
    for number, block in enumerate(document.blocks):
        for segment in block.segments:
            yield number, segment


def _nth(segments: Iterator[Segment], position: int) -> Iterator[Segment]:
    return (segment for number, segment in enumerate(segments) if number == position)


def _load_row(line: sqlite3.Row, segment: Segment) -> Row:
    return Row(
        position=line["position"],
        block=line["block"],
        segment=segment,
        source=line["source"],
        draft=_load_draft(line["draft"], segment, line["source"]),
        edited=line["edited"],
        findings=load_findings(line["findings"]),
        confirmed=bool(line["confirmed"]),
        version=line["version"],
        made=Made(line["made"]),
        who=line["who"],
    )


def _dump_blocks(blocks: Iterable[Block]) -> str:
    return json.dumps(
        [
            [b.start, b.end, b.kind, b.language, [[s.start, s.end, s.language] for s in b.segments]]
            for b in blocks
        ]
    )


def _load_blocks(text: str) -> tuple[Block, ...]:
    return tuple(
        Block(
            start,
            end,
            Kind(kind),
            Language(language),
            tuple(Segment(first, last, Language(code)) for first, last, code in segments),
        )
        for start, end, kind, language, segments in json.loads(text)
    )


def _dump_draft(draft: TranslatedSegment) -> str:
    values: dict[str, Any] = {
        "target": draft.target,
        "origin": draft.origin,
        "score": draft.score,
        "alternatives": [[other.text, other.score] for other in draft.alternatives],
        "findings": [asdict(finding) for finding in draft.findings],
        "matches": [asdict(match) for match in draft.matches],
    }
    return json.dumps(values, ensure_ascii=False)


def _load_draft(text: str | None, segment: Segment, source: str) -> TranslatedSegment | None:
    if text is None:
        return None
    values = json.loads(text)
    return TranslatedSegment(
        segment,
        source,
        values["target"],
        Origin(values["origin"]),
        values["score"],
        tuple(Hypothesis(other, score) for other, score in values["alternatives"]),
        tuple(_finding(finding) for finding in values["findings"]),
        tuple(Match(**match) for match in values.get("matches", ())),  # earlier stores have none
    )


def _dump_findings(findings: Iterable[Finding]) -> str:
    return json.dumps([asdict(finding) for finding in findings], ensure_ascii=False)


def load_findings(text: str | None) -> tuple[Finding, ...]:
    """Findings as they were stored, by this version or an earlier one."""
    return tuple(_finding(values) for values in json.loads(text or "[]"))


def _finding(values: dict[str, Any]) -> Finding:
    """A finding; stores of earlier versions have its sentence in the place of code and values."""
    code = values.get("code") or f"{values['check']}.told"
    said = values["values"] if "values" in values else [values["message"]]
    return Finding(code, Severity(values["severity"]), tuple(said))
