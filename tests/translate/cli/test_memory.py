"""`depeche memory`: in, out, looked up, cleaned, removed."""

import json
from pathlib import Path

import pytest

from translate.cli.main import run


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    (tmp_path / "a.tsv").write_text(
        "Le chat dort.\tThe cat sleeps.\nLe chien dort.\tThe dog sleeps.\n", encoding="utf-8"
    )
    path = tmp_path / "m.sqlite"
    assert run(["memory", "import", str(tmp_path / "a.tsv"), "--memory", str(path)]) == 0
    return path


def test_import_says_what_is_new(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["memory", "import", str(memory.parent / "a.tsv"), "--memory", str(memory)]) == 0
    assert capsys.readouterr().out.startswith("0 new units of")


def test_stats_search_and_remove(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["memory", "stats", "--json", "--memory", str(memory)]) == 0
    assert json.loads(capsys.readouterr().out)["origins"] == {"a.tsv": 2}
    assert run(["memory", "search", "cat", "--json", "--memory", str(memory)]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    assert found["source"] == "Le chat dort."
    assert run(["memory", "remove", str(found["id"]), "--memory", str(memory)]) == 0
    assert capsys.readouterr().out.startswith("1 units gone; 1 left")
    assert run(["memory", "remove", "--origin", "a.tsv", "--memory", str(memory)]) == 0
    assert capsys.readouterr().out.startswith("1 units gone; 0 left")


def test_export_and_clean(memory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = memory.parent / "out.tmx"
    assert run(["memory", "export", str(out), "--memory", str(memory)]) == 0
    assert out.read_bytes().count(b"<tu>") == 2
    capsys.readouterr()
    assert run(["memory", "clean", "--memory", str(memory)]) == 0
    assert capsys.readouterr().out == "gone: none\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["stats"], "there is no memory"),
        (["remove"], "give either numbers"),
        (["import", "none.tmx"], "there is no file"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str], said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["memory", *arguments, "--memory", str(tmp_path / "none")]) == 2
    error = capsys.readouterr().err
    assert said in error
    assert error.count("\n") == 1
    assert not (tmp_path / "none").exists()
