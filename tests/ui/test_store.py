import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.ui.helpers import ARTICLE
from translate.document import Finding, Hypothesis, Origin, Severity, TranslatedSegment
from translate.errors import OutputError
from translate.pipeline import analyse
from ui.choices import Choices
from ui.records import Job, Made, StaleError, Status
from ui.store import Store
from ui.stored import load_findings


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(Store(tmp_path / "deep" / "desk.sqlite")) as made:
        yield made


def job(store: Store, owner: str = "me", job_id: str = "one") -> Job:
    made = Job(job_id, owner, "a.txt", "Title", analyse(ARTICLE), Choices().as_dict(), created=1.0)
    store.add(made)
    return made


def draft(store: Store, made: Job, position: int, target: str) -> TranslatedSegment:
    row = store.row(made, position)
    assert row is not None
    finding = Finding("numbers.missing", Severity.ERROR, ("12",))
    return TranslatedSegment(
        row.segment,
        row.source,
        target,
        Origin.MODEL,
        -0.25,
        (Hypothesis("other", -0.5),),
        (finding,),
    )


def test_what_is_stored_comes_back(store: Store) -> None:
    made = job(store)
    assert store.job("one", "me") == made
    drafted = draft(store, made, 1, "English")
    store.put_drafts("one", [(1, drafted)])
    row = store.row(made, 1)
    assert row is not None
    assert row.draft == drafted
    assert row.english == "English"
    assert row.findings == drafted.findings


def test_every_segment_has_a_row_and_unfinished_rows_stand_in_french(store: Store) -> None:
    made = job(store)
    rows = store.rows(made)
    assert [row.segment for row in rows] == list(made.document.segments())
    assert [row.finished.target for row in rows] == [row.source for row in rows]


def test_a_late_draft_leaves_the_edit(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "first"))])
    store.put_edit("one", 0, "mine", [])
    store.put_drafts("one", [(0, draft(store, made, 0, "late"))])
    row = store.row(made, 0)
    assert row is not None
    assert (row.english, row.findings) == ("mine", ())


def test_rows_after_a_version_are_those_written_since(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "a")), (1, draft(store, made, 1, "b"))])
    seen = max(row.version for row in store.rows(made))
    assert store.rows(made, seen) == []
    store.put_confirmed("one", 1, True)
    assert [row.position for row in store.rows(made, seen)] == [1]


def test_another_browser_sees_nothing(store: Store) -> None:
    job(store)
    assert store.job("one", "somebody") is None
    assert store.recent("somebody") == []
    assert not store.delete("one", "somebody")
    assert store.job("one", "me") is not None


def test_everything_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Store(tmp_path / "desk.sqlite")
    made = job(first)
    first.put_drafts("one", [(0, draft(first, made, 0, "a"))])
    first.put_edit("one", 0, "edited", [])
    first.close()
    with closing(Store(tmp_path / "desk.sqlite")) as second:
        assert next(row.english for row in second.rows(made)) == "edited"


def test_deleted_text_is_in_no_file(store: Store, tmp_path: Path) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "unmistakable English"))])
    job(store, job_id="two", owner="other")

    def bytes_on_disk() -> bytes:
        return b"".join(path.read_bytes() for path in (tmp_path / "deep").iterdir())

    assert b"unmistakable English" in bytes_on_disk()
    assert store.delete("one", "me")
    assert b"unmistakable English" not in bytes_on_disk()
    assert [summary.id for summary in store.recent("other")] == ["two"]


def test_recent_counts_what_is_done(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "a"))])
    store.put_confirmed("one", 0, True)
    store.put_status("one", Status.STOPPED, seconds=1.5)
    (summary,) = store.recent("me")
    assert (summary.done, summary.confirmed, summary.status) == (1, 1, Status.STOPPED)
    assert summary.total == len(list(made.document.segments()))


def test_many_threads_lose_no_write(store: Store) -> None:
    made = job(store)
    total = len(store.rows(made))

    def write(position: int) -> None:
        for number in range(20):
            store.put_edit("one", position, f"{position}-{number}", [])

    store.put_drafts("one", [(n, draft(store, made, n, "x")) for n in range(total)])
    threads = [threading.Thread(target=write, args=(n,)) for n in range(total)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [row.english for row in store.rows(made)] == [f"{n}-19" for n in range(total)]
    found = store.job("one", "me")
    assert found is not None
    assert found.version == 1 + 20 * total


def test_a_file_that_is_no_store_is_said(tmp_path: Path) -> None:
    (tmp_path / "desk.sqlite").write_bytes(b"not a database" * 100)
    with pytest.raises(OutputError, match="cannot be opened"):
        Store(tmp_path / "desk.sqlite")


def test_the_file_is_for_its_user_only(store: Store, tmp_path: Path) -> None:
    assert (tmp_path / "deep" / "desk.sqlite").stat().st_mode & 0o077 == 0
    with closing(sqlite3.connect(tmp_path / "deep" / "desk.sqlite")) as db:
        assert db.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_findings_of_an_earlier_store_keep_their_sentence() -> None:
    old = '[{"check": "numbers", "severity": "error", "message": "12 is lost"}]'
    assert [(f.check, f.message) for f in load_findings(old)] == [("numbers", "12 is lost")]


def past(store: Store, made: Job) -> list[tuple[Made, str]]:
    return [(row.made, row.english) for _, row in store.history(made, 0)]


def test_what_a_row_was_is_kept_and_a_burst_of_typing_is_one_step(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "the draft"))])
    for typed in ("m", "mi", "mine"):
        store.put_edit("one", 0, typed, [])
    assert past(store, made) == [(Made.DRAFT, "the draft")]
    store.put_again("one", 0, draft(store, made, 0, "another draft"))
    assert past(store, made) == [(Made.EDIT, "mine"), (Made.DRAFT, "the draft")]
    _, mine = store.history(made, 0)[0]
    store.put_back("one", mine, [])
    row = store.row(made, 0)
    assert row is not None
    assert (row.english, row.made, row.confirmed) == ("mine", Made.RESTORED, False)
    assert past(store, made)[0] == (Made.AGAIN, "another draft")


def test_an_edit_after_a_confirmation_is_a_step_of_its_own(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "the draft"))])
    store.put_edit("one", 0, "confirmed", [])
    store.put_confirmed("one", 0, True)
    store.put_edit("one", 0, "changed", [])
    assert past(store, made) == [(Made.EDIT, "confirmed"), (Made.DRAFT, "the draft")]
    row = store.row(made, 0)
    assert row is not None
    assert not row.confirmed


def test_a_write_to_a_row_that_changed_is_refused(store: Store) -> None:
    made = job(store)
    store.put_drafts("one", [(0, draft(store, made, 0, "the draft"))])
    row = store.row(made, 0)
    assert row is not None
    store.put_edit("one", 0, "theirs", [], since=row.version)
    with pytest.raises(StaleError, match="sentence 1 was changed"):
        store.put_edit("one", 0, "mine", [], since=row.version)
    with pytest.raises(StaleError):
        store.put_confirmed("one", 0, True, since=row.version)
    now = store.row(made, 0)
    assert now is not None
    assert (now.english, now.confirmed) == ("theirs", False)


def test_a_store_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "desk.sqlite"
    before = Store(path)
    made = job(before)
    before.put_drafts("one", [(0, draft(before, made, 0, "the draft"))])
    before.close()
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TABLE history")
        for column in ("made", "at"):
            db.execute(f"ALTER TABLE rows DROP COLUMN {column}")
    with closing(Store(path)) as store:
        store.put_edit("one", 0, "mine", [])
        assert past(store, made) == [(Made.DRAFT, "the draft")]
