"""Articles cut anew, in the tables: rows make room for others, and stay to be put back.

The rows that were there before are in `shapes`, with their history; comments move along. Its lines
are two stacks: what was cut, and (`undone`) what was undone and can be cut again.
"""

import json
import sqlite3
import time
from collections.abc import Mapping, Sequence
from typing import Any

from translate.document import Document
from ui import shapes
from ui.database import next_version
from ui.records import Job, Made, NewRow, StaleError
from ui.stored import dump_blocks, dump_draft, dump_findings

_BETWEEN = "job=? AND position>=? AND position<?"


def cut(
    db: sqlite3.Connection,
    job: Job,
    document: Document,
    first: int,
    size: int,
    rows: Sequence[NewRow],
) -> None:
    """`rows` take the place of `size` of them from `first` on, as `document` has them.

    StaleError where the article was cut anew since `job` was read.
    """
    version = _keep(db, job, first, size, len(rows))
    db.execute("DELETE FROM shapes WHERE job=? AND undone", (job.id,))
    number = shapes.place(document, first)[0]
    db.executemany(
        "INSERT INTO rows (job, position, block, source, draft, edited, findings, made, at,"
        " version) VALUES (?,?,?,?,?,?,?,?,?,?)",
        (
            (
                *(job.id, first + at, number, row.source, dump_draft(row.draft)),
                *(row.edited, dump_findings(row.findings)),
                Made.DRAFT if row.edited is None else Made.EDIT,
                *(time.time(), version),
            )
            for at, row in enumerate(rows)
        ),
    )
    _put_blocks(db, job.id, dump_blocks(document.blocks))


def back(db: sqlite3.Connection, job: Job, *, redo: bool) -> int:
    """Undo the last cut, whose rows are as they were then, or do again what was undone last.

    Returns the first row that is another now. StaleError where there is none, or where the article
    was cut anew since `job` was read.
    """
    kept = db.execute(
        "SELECT * FROM shapes WHERE job=? AND undone=? ORDER BY version DESC LIMIT 1",
        (job.id, redo),
    ).fetchone()
    if kept is None:
        raise StaleError("the article was cut anew elsewhere meanwhile")
    rows, history = json.loads(kept["rows"]), json.loads(kept["history"])
    version = _keep(db, job, kept["first"], kept["size"], len(rows), undone=not redo)
    place = (job.id, kept["version"])
    db.execute("DELETE FROM shapes WHERE job=? AND version=?", place)
    for row in rows:
        _insert(db, "rows", {**row, "version": version})
    for row in history:
        _insert(db, "history", row)
    places = "UPDATE comments SET position=? WHERE id=?"
    db.executemany(places, json.loads(kept["comments"]))
    _put_blocks(db, job.id, kept["blocks"])
    return int(kept["first"])


def _keep(
    db: sqlite3.Connection, job: Job, first: int, size: int, new: int, *, undone: bool = False
) -> int:
    """Keep how the article is cut now, and make room for `new` rows; the version of the cut."""
    shape = "SELECT coalesce(max(version), 0) FROM shapes WHERE job=?"
    if db.execute(shape, (job.id,)).fetchone()[0] != job.shape:
        raise StaleError("the article was cut anew elsewhere meanwhile")
    version = next_version(db, job.id)
    place = (job.id, first, first + size)
    kept = [_taken(db, table, place) for table in ("rows", "history")]
    noted = db.execute(f"SELECT position, id FROM comments WHERE {_BETWEEN}", place)
    kept.append(json.dumps([tuple(line) for line in noted]))
    if new != size:
        db.execute(f"UPDATE comments SET position=? WHERE {_BETWEEN}", (first, *place))
        for table in ("rows", "history", "comments"):
            _move(db, table, job.id, first + size, new - size)
        # what was written for one row must not come to another
        db.execute(
            "UPDATE rows SET version=? WHERE job=? AND position>=?", (version, job.id, first)
        )
    blocks = db.execute("SELECT blocks FROM jobs WHERE id=?", (job.id,)).fetchone()[0]
    db.execute(
        "INSERT INTO shapes (job, version, blocks, first, size, rows, history, comments,"
        " undone) VALUES (?,?,?,?,?,?,?,?,?)",
        (job.id, version, blocks, first, new, *kept, undone),
    )
    return version


def _taken(db: sqlite3.Connection, table: str, place: tuple[str, int, int]) -> str:
    """Take lines out of a table; as JSON."""
    found = db.execute(f"SELECT * FROM {table} WHERE {_BETWEEN}", place).fetchall()
    db.execute(f"DELETE FROM {table} WHERE {_BETWEEN}", place)
    return json.dumps([dict(line) for line in found], ensure_ascii=False)


def _move(db: sqlite3.Connection, table: str, job_id: str, first: int, by: int) -> None:
    """Move lines to other positions, by way of the negative numbers, or two would meet."""
    moved = f"UPDATE {table} SET position=? - position WHERE job=? AND position"
    db.execute(f"{moved}>=?", (-by - 1, job_id, first))
    db.execute(f"{moved}<0", (-1, job_id))


def _insert(db: sqlite3.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Put a row back as it was read."""
    columns = {line["name"] for line in db.execute(f"PRAGMA table_info({table})")}
    values = {name: value for name, value in row.items() if name in columns}
    marks = ",".join("?" * len(values))
    db.execute(f"INSERT INTO {table} ({','.join(values)}) VALUES ({marks})", (*values.values(),))


def _put_blocks(db: sqlite3.Connection, job_id: str, blocks: str) -> None:
    db.execute("UPDATE jobs SET blocks=? WHERE id=?", (blocks, job_id))
