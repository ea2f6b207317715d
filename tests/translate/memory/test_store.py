"""The memory keeps what it is given, whoever writes and whatever dies."""

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from translate.errors import DepecheError, InputError
from translate.memory import exchange
from translate.memory.cleaning import faults
from translate.memory.store import BATCH, Memory, Unit

WRITE = """
import sys
from pathlib import Path
from translate.memory.store import Memory, Unit
name, count = sys.argv[2], int(sys.argv[3])
with Memory(Path(sys.argv[1]), create=True) as memory:
    print("ready", flush=True)
    memory.add(Unit(f"Phrase {name} {i}.", f"Sentence {name} {i}.") for i in range(count))
"""


def writer(path: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", WRITE, str(path), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_exact_units_are_found_whatever_their_spaces_and_apostrophes(tmp_path: Path) -> None:
    with Memory(tmp_path / "m", create=True) as memory:
        assert memory.add([Unit("L’eau\u202f!", "Water!"), Unit("L'eau\u202f!", "Water!")]) == 2
        assert memory.add([Unit("L’eau\u202f!", "Water!")]) == 0
        assert [unit.target for unit in memory.exact("L'eau !")] == ["Water!", "Water!"]
        assert memory.exact("L'eau.") == []


def test_near_units_share_words(tmp_path: Path) -> None:
    with Memory(tmp_path / "m", create=True) as memory:
        memory.add([Unit("Le ministre a parlé hier.", "A"), Unit("Un chat dort.", "B")])
        assert [unit.target for unit in memory.near("Le ministre a dormi hier.")] == ["A"]
        assert memory.near("…") == memory.near("") == []


def test_search_finds_both_languages_and_remove_takes_out(tmp_path: Path) -> None:
    with Memory(tmp_path / "m", create=True) as memory:
        memory.add([Unit("Un élève dort.", "A pupil sleeps.", origin="x")])
        ((number, unit),) = memory.search("eleve pupil")
        assert unit.origin == "x"
        assert memory.remove([number, 99]) == 1
        assert memory.search("pupil") == []
        assert len(memory) == 0
        with pytest.raises(InputError, match="no words"):
            memory.search("?!")
        with pytest.raises(InputError, match="at most 50"):
            memory.search("oui " * 5_000)


@given(st.text(max_size=30))
@settings(deadline=None, max_examples=60)
def test_no_words_break_a_look_up(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    with Memory(tmp_path_factory.mktemp("m") / "m", create=True) as memory:
        memory.add([Unit(text, "x")])
        memory.near(text)
        assert bool(memory.exact(text)) == bool(Unit(text, "x").clean().source)
        with suppress(InputError):
            memory.search(text)


def test_kill_in_an_import_leaves_whole_batches(tmp_path: Path) -> None:
    path = tmp_path / "m"
    process = writer(path, "a", 40 * BATCH)
    assert process.stdout
    assert process.stdout.readline() == "ready\n"
    deadline = time.monotonic() + 120
    while _count(path) == 0 and time.monotonic() < deadline:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    with Memory(path) as memory:
        assert len(memory) > 0
        assert len(memory) % BATCH == 0
        assert memory.exact("Phrase a 1.")
        assert memory.add([Unit("Encore.", "Again.")]) == 1
    with closing(sqlite3.connect(path)) as db, db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        db.execute("INSERT INTO words (words) VALUES ('integrity-check')")
    db.close()


def _count(path: Path) -> int:
    db = sqlite3.connect(path, timeout=60)
    try:
        return int(db.execute("SELECT count(*) FROM units").fetchone()[0])
    finally:
        db.close()


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    processes = [writer(tmp_path / "m", name, 2 * BATCH) for name in "ab"]
    assert [process.communicate() and process.returncode for process in processes] == [0, 0]
    with Memory(tmp_path / "m") as memory:
        assert len(memory) == 4 * BATCH


def test_other_files_are_refused_and_left_alone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="there is no memory"):
        Memory(tmp_path / "none")
    (tmp_path / "text").write_text("Bonjour. " * 1000, encoding="utf-8")
    other = sqlite3.connect(tmp_path / "other")
    other.execute("CREATE TABLE t (x)")
    other.close()
    for name in ("text", "other"):
        before = (tmp_path / name).read_bytes()
        for create in (False, True):
            with pytest.raises(DepecheError, match="cannot be used as a memory"):
                Memory(tmp_path / name, create=create)
        assert (tmp_path / name).read_bytes() == before


TEXTS = st.text(max_size=40)
UNITS = st.lists(st.builds(Unit, *[TEXTS] * 8), max_size=8)


@pytest.mark.parametrize("name", ["m.tmx", "m.tsv"])
@given(units=UNITS)
@settings(deadline=None, max_examples=80)
def test_export_and_import_give_back_every_unit(
    tmp_path_factory: pytest.TempPathFactory, name: str, units: list[Unit]
) -> None:
    folder = tmp_path_factory.mktemp("m")
    with Memory(folder / "one", create=True) as one, Memory(folder / "two", create=True) as two:
        one.add(units)
        given_units = [unit for _, unit in one.units()]
        two.add(exchange.read(exchange.write(given_units, name), name))
        assert [unit for _, unit in two.units()] == given_units


def test_clean_names_its_reasons() -> None:
    long = "Le ministre des affaires étrangères a parlé hier soir à Paris."
    english = "The minister of foreign affairs spoke in Paris yesterday evening."
    units = [
        Unit(long, english),
        Unit(long, english),
        Unit(long, long),
        Unit(long, "The minister."),
        Unit(english, english + " And more."),
    ]
    reasons = [(number, reason) for number, _, reason in faults(enumerate(units))]
    assert reasons == [
        (1, "duplicate"),
        (2, "untranslated"),
        (3, "lopsided"),
        (4, "wrong language"),
    ]


def test_a_new_memory_is_for_its_owner_only(tmp_path: Path) -> None:
    with Memory(tmp_path / "new.sqlite", create=True) as memory:
        memory.add([Unit("Bonjour.", "Hello.")])
    assert stat.S_IMODE((tmp_path / "new.sqlite").stat().st_mode) == 0o600


def test_only_an_own_unit_is_discarded(tmp_path: Path) -> None:
    own = Unit("Bonjour.", "Hello.", article="One", origin="confirmed")
    with Memory(tmp_path / "new.sqlite", create=True) as memory:
        memory.add([own, Unit("Bonsoir.", "Hello.", article="One", origin="old.tmx")])
        memory.discard([replace(own, article="Two"), Unit("Bonsoir.", "Hello.", article="One")])
        assert len(memory) == 2
        memory.discard([own])
        assert len(memory) == 1
