"""The tables of the job store in one SQLite file, and one transaction at a time on them."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

from translate.errors import OutputError

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
CREATE TABLE IF NOT EXISTS shapes (
    job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE, version INTEGER NOT NULL,
    blocks TEXT NOT NULL, first INTEGER NOT NULL, size INTEGER NOT NULL, rows TEXT NOT NULL,
    history TEXT NOT NULL, comments TEXT NOT NULL, undone INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (job, version)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS comments (
    id INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    position INTEGER NOT NULL, text TEXT NOT NULL, who TEXT NOT NULL, at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS comments_of ON comments (job, position);
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
    "shapes": {"undone": "INTEGER NOT NULL DEFAULT 0"},
}


class Database:
    """The file, opened and brought up to date; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with ExitStack() as unless_it_works:
                self._db = unless_it_works.enter_context(
                    closing(sqlite3.connect(path, check_same_thread=False, isolation_level=None))
                )
                path.chmod(0o600)
                self._db.row_factory = sqlite3.Row
                for pragma in ("journal_mode=WAL", "foreign_keys=ON", "secure_delete=ON"):
                    self._db.execute(f"PRAGMA {pragma}")
                self._db.executescript(_SCHEMA)
                self._bring_up_to_date()
                unless_it_works.pop_all()
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

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is written within, or nothing."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    def one(self, query: str, *values: object) -> sqlite3.Row | None:
        """The first line that is found."""
        with self._lock:
            found: sqlite3.Row | None = self._db.execute(query, values).fetchone()
        return found

    def all(self, query: str, *values: object) -> list[sqlite3.Row]:
        """All lines that are found."""
        with self._lock:
            return self._db.execute(query, values).fetchall()

    def forget(self, query: str, *values: object) -> int:
        """Delete lines for good: the journal is emptied as well; how many there were."""
        with self._lock:
            with self.transaction() as db:
                gone = db.execute(query, values)
            self._db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return gone.rowcount


def next_version(db: sqlite3.Connection, job_id: str) -> int:
    """The number of a write to an article, one more than the last."""
    found = db.execute(
        "UPDATE jobs SET version=version+1 WHERE id=? RETURNING version", (job_id,)
    ).fetchone()
    return int(found[0]) if found else 0  # deleted meanwhile: its rows are gone as well
