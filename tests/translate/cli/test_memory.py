"""`depeche memory`: in, out, looked up, cleaned, removed."""

import json
from pathlib import Path

import pytest

from tests.fakes import Fake
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


def test_translate_and_batch_look_into_it(
    memory: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("Le chat dort. Il pleut.\n", encoding="utf-8")
    model = Fake(lambda source: "It rains.")

    def load(*_: object, **__: object) -> Fake:
        return model

    capsys.readouterr()
    named = ["--memory", str(memory)]
    assert run(["translate", "Le chat dort. Il pleut.", "--to", "json", *named], load=load) == 0
    (block,) = json.loads(capsys.readouterr().out)["blocks"]
    assert [one["origin"] for one in block["segments"]] == ["memory", "model"]
    assert block["segments"][0]["matches"][0] == {
        "score": 100,
        "source": "Le chat dort.",
        "target": "The cat sleeps.",
        "origin": "a.tsv",
    }
    folders = [str(tmp_path / "in"), str(tmp_path / "out")]
    assert run(["batch", *folders, *named], load=load) == 0
    (out,) = (tmp_path / "out").glob("a*.txt")
    assert out.read_text(encoding="utf-8") == "The cat sleeps. It rains.\n"


def test_translate_refuses_what_is_no_memory(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "m").write_text("Bonjour", encoding="utf-8")
    assert run(["translate", "Le chat dort.", "--memory", str(tmp_path / "m")]) == 2
    assert "cannot be used as a memory" in capsys.readouterr().err


def test_a_fault_at_the_end_of_a_file_leaves_nothing_of_it(
    memory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = "".join(f"Phrase {n}.\tSentence {n}.\n" for n in range(6_000)) + "Sans tabulation.\n"
    (memory.parent / "b.tsv").write_text(lines, encoding="utf-8")
    assert run(["memory", "import", str(memory.parent / "b.tsv"), "--memory", str(memory)]) == 2
    assert "line 6001: no tab" in capsys.readouterr().err
    assert run(["memory", "stats", "--memory", str(memory)]) == 0
    assert capsys.readouterr().out.startswith("2 units")
