"""`depeche analyse`: the words of a job by what the memory has."""

import json
from pathlib import Path

import pytest

from translate.cli.main import run
from translate.memory.leverage import BANDS
from translate.memory.store import Memory, Unit


@pytest.fixture
def job(tmp_path: Path) -> list[str]:
    with Memory(tmp_path / "m", create=True) as memory:
        memory.add(
            [
                Unit("Le chat dort dans la maison.", "The cat is asleep at home."),
                Unit("Le ministre a parlé hier.", "The minister spoke yesterday."),
            ]
        )
    text = "Le chat dort dans la maison. Le ministre a chanté hier. Il pleut sur la ville.\n"
    for name in "ab":
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    return [*(str(tmp_path / f"{name}.txt") for name in "ab"), "--memory", str(tmp_path / "m")]


def test_words_are_counted_by_band(job: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", *job, "--to", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    words = {(Path(one["file"]).name, one["band"]): one["words"] for one in found["lines"]}
    assert {key: count for key, count in words.items() if count} == {
        ("a.txt", "exact"): 6,
        ("a.txt", "75-84"): 5,
        ("a.txt", "new"): 5,
        ("b.txt", "exact"): 6,
        ("b.txt", "repeated"): 10,
    }
    assert {one["band"]: one["words"] for one in found["total"]}["exact"] == 12


def test_table_and_csv(job: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", *job]) == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split() == ["words", *BANDS]
    assert rows[-1].split() == ["total", "0", "12", "10", "0", "0", "5", "5", "0"]
    assert run(["analyse", *job, "--to", "csv"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "file,band,segments,words"
    assert len(lines) == 1 + 2 * len(BANDS)


def test_a_missing_memory_is_one_line(job: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["analyse", *job[:2], "--memory", "none"]) == 2
    assert "there is no memory" in capsys.readouterr().err
