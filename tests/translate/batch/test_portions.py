"""Big files of JSON Lines: cut, translated in portions with any driver, and joined."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest

from tests.fakes import Fake
from tests.translate.batch.test_processes import fragile, load
from translate.batch import Cut, Folder, Order, Place, Store, Summary, find_tasks, join, run
from translate.batch.portions import Portion, portions
from translate.batch.processes import run_in_processes
from translate.errors import InputError
from translate.formats import Reading

BODY = Reading(parts=("body",))
CUT = Cut(big=2000, portion=500)


def records(count: int) -> bytes:
    """Records of different lengths; the first has a subtitle, others have none."""
    rows = [
        {"id": n, "body": f"Le maire {n} a parlé. " + "Le pont est fermé. " * (n % 7)}
        for n in range(count)
    ]
    rows[0]["subtitle"] = "Le pont"
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


@pytest.fixture(params=["folder", "memory"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[Place, Place]]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    if request.param == "folder":
        yield Folder(tmp_path / "in"), Folder(tmp_path / "out")
    else:
        yield Store("memory://paper/in"), Store("memory://paper/out")
    files.store.clear()


def go(order: Order, drive: Any = None, cut: Cut | None = CUT) -> tuple[Summary, list[str]]:
    tasks = find_tasks(order.source, order.output, reading=order.reading, cut=cut)
    drive = drive or (lambda tasks, order: run(tasks, order, Fake()))
    summary = drive(tasks, order)
    return summary, join(tasks.big, order.output)


def whole(order: Order, tmp_path: Path) -> bytes:
    """What comes of the file without cutting it."""
    plain = Order(order.source, Folder(tmp_path / "plain"), reading=order.reading)
    go(plain, cut=None)
    return plain.output.read("a.jsonl")


@pytest.mark.parametrize("each", [1, 3, 7, 40, 1000])
@pytest.mark.parametrize(
    "data", [b"a\nbb\n\nccc\n", b"no end", b"\n\n\n", b"a\n" + b"l" * 70_000 + b"\nz\nlast"]
)
def test_each_line_is_in_one_portion(tmp_path: Path, data: bytes, each: int) -> None:
    each = max(each, len(data) // 50)
    (tmp_path / "a.jsonl").write_bytes(data)
    parts = [p.read(Folder(tmp_path)) for p in portions("a.jsonl", len(data), each)]
    assert b"".join(parts) == data
    lines = [part for part in parts if part]
    assert all(part.endswith(b"\n") for part in lines[:-1])


def test_the_joined_file_is_what_the_whole_one_would_be(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    order = Order(*places, reading=BODY)
    order.source.write("a.jsonl", records(60))
    order.source.write("small.jsonl", records(3))
    summary, joined = go(order)
    assert joined == ["a.jsonl"]
    assert summary.done > 10
    assert not summary.failed
    assert order.output.read("a.jsonl") == whole(order, tmp_path)
    assert [name for name in order.output.names() if name != "manifest.jsonl"] == [
        "a.jsonl",
        "small.jsonl",
    ]
    again, joined = go(order)
    assert (again.done, again.kept, joined) == (0, summary.done, [])


def test_a_file_that_grew_is_translated_from_there_on(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    order = Order(*places, reading=BODY)
    data = records(60)
    order.source.write("a.jsonl", data)
    first, _ = go(order)
    order.source.write("a.jsonl", data + b'{"body": "Le maire est revenu."}\n')
    summary, joined = go(order)
    assert 0 < summary.done <= 2
    assert summary.kept >= first.done - 1
    assert joined == ["a.jsonl"]
    assert order.output.read("a.jsonl") == whole(order, tmp_path)
    order.source.write("a.jsonl", data[: data.index(b"\n", 3000) + 1])
    assert go(order)[1] == ["a.jsonl"]
    assert order.output.read("a.jsonl") == whole(order, tmp_path)


def test_a_portion_that_fails_keeps_the_file_from_being_joined(
    places: tuple[Place, Place], tmp_path: Path
) -> None:
    order = Order(*places, reading=BODY)
    data = records(60)
    at = data.index(b"\n", 3000) + 1
    order.source.write("a.jsonl", data[:at] + b"{broken\n" + data[at:])
    summary, joined = go(order)
    assert joined == []
    assert not order.output.exists("a.jsonl")
    (failed,) = summary.failed
    assert failed.file.startswith("a.jsonl[")
    assert "is no JSON" in failed.reason
    order.source.write("a.jsonl", data[:at] + b'{"b":1}\n' + data[at:])
    summary, joined = go(order)
    assert (summary.done, joined) == (1, ["a.jsonl"])
    assert order.output.read("a.jsonl") == whole(order, tmp_path)


def test_a_field_has_to_be_in_the_first_portion(tmp_path: Path) -> None:
    source, output = Folder(tmp_path / "in"), Folder(tmp_path / "out")
    source.write("a.jsonl", records(60))
    order = Order(source, output, reading=Reading(parts=("body", "subtitle")))
    assert not go(order)[0].failed
    order = Order(source, output, reading=Reading(parts=("bodi",)))
    summary, joined = go(order)
    assert joined == []
    assert "has no 'bodi' (--field); there: id" not in summary.failed[0].reason
    assert "has no 'bodi' (--field); there: body" in summary.failed[0].reason


def test_processes_take_portions(tmp_path: Path) -> None:
    order = Order(Folder(tmp_path / "in"), Folder(tmp_path / "out"), reading=BODY)
    order.source.write("a.jsonl", records(60))
    summary, joined = go(order, lambda tasks, order: run_in_processes(tasks, order, load, 2))
    assert not summary.failed
    assert joined == ["a.jsonl"]
    plain = Order(order.source, Folder(tmp_path / "plain"), reading=BODY)
    go(plain, lambda tasks, order: run(tasks, order, Fake(fragile)), cut=None)
    assert order.output.read("a.jsonl") == plain.output.read("a.jsonl")


def test_only_json_lines_that_keep_their_form_are_cut(tmp_path: Path) -> None:
    source, output = Folder(tmp_path / "in"), Folder(tmp_path / "out")
    source.write("a.jsonl", records(60))
    source.write("b.csv", b"body\n" + b"Le maire a parle.\n" * 200)
    assert [big.name for big in find_tasks(source, output, reading=BODY, cut=CUT).big] == [
        "a.jsonl"
    ]
    assert not find_tasks(source, output, reading=BODY, cut=CUT, target="html").big
    assert not find_tasks(source, output, reading=BODY).big
    lines = Reading("text")
    assert not find_tasks(source, output, pattern="*.jsonl", reading=lines, cut=CUT).big


def test_what_cannot_be_read(places: tuple[Place, Place]) -> None:
    with pytest.raises(InputError, match="cannot read"):
        places[0].size("none.jsonl")
    with pytest.raises(InputError, match="cannot read"):
        Portion("none.jsonl", 0, 10).read(places[0])
