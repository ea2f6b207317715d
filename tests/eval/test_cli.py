"""The commands that translate, with the built-in model on little data."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from eval.cli.main import cli
from translate.errors import InputError, UsageError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    (tmp_path / "two.fr").write_text("Il pleut.\nLe ministre a dit « oui » hier.\n")
    (tmp_path / "two.en").write_text("It is raining.\nThe minister said “yes” yesterday.\n")
    (tmp_path / "theirs.en").write_text("It rains.\nThe minister said yes yesterday.\n")
    return tmp_path


def depeche_eval(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, catch_exceptions=False)


def test_run_writes_everything(folder: Path) -> None:
    done = depeche_eval(
        *("run", "--set", str(folder / "two"), "--hyp", str(folder / "theirs.en")),
        *("--samples", "100", "--trials", "100", "--save", str(folder / "saved")),
        *("--html", str(folder / "report.html"), "--json", str(folder / "scores.json")),
        *("--plots", str(folder / "plots"), "--format", "markdown"),
    )
    assert done.exit_code == 0
    assert "| builtin | BLEU |" in done.stdout
    document = json.loads((folder / "scores.json").read_text())
    assert [system["system"] for system in document["systems"]] == ["builtin", "theirs"]
    assert document["comparisons"][0]["baseline"] == "builtin"
    assert (folder / "report.html").read_text().startswith("<!DOCTYPE html>")
    assert (folder / "plots" / "intervals.png").exists()
    assert (folder / "saved" / "builtin.en").read_text().count("\n") == 2


def test_sets_lists_folders(folder: Path) -> None:
    done = depeche_eval("sets", str(folder / "two"))
    assert "news-desk" in done.stdout
    assert "not downloaded" in done.stdout
    assert any(line.split()[:2] == ["two", "2"] for line in done.stdout.splitlines())


def test_gate_and_update(folder: Path) -> None:
    floors = {
        "test_set": str(folder / "two"),
        "system": "builtin",
        "references": "",
        "sources": "",
        "bounds": {},
    }
    path = folder / "floors.json"
    path.write_text(json.dumps(floors | {"bounds": {"BLEU": {"least": 0.0}}}))
    update = depeche_eval("gate", "--floors", str(path), "--update")
    assert "BLEU" in update.stdout
    written = json.loads(path.read_text())
    assert written["references"] != ""
    passed = depeche_eval("gate", "--floors", str(path))
    assert (passed.exit_code, "BELOW" in passed.stdout) == (0, False)
    written["bounds"]["BLEU"]["least"] = 101.0
    path.write_text(json.dumps(written))
    failed = depeche_eval("gate", "--floors", str(path))
    assert (failed.exit_code, failed.stdout.count("BELOW THE GATE")) == (1, 1)


def test_standard_input(folder: Path) -> None:
    arguments = ["score", "--ref", str(folder / "two.en"), "-", "--format", "json"]
    given = (folder / "theirs.en").read_text()
    done = CliRunner().invoke(cli, arguments, input=given, catch_exceptions=False)
    assert json.loads(done.stdout)["systems"][0]["system"] == "standard input"


def test_several_sets(folder: Path) -> None:
    (folder / "one.fr").write_text("Il neige.\n")
    (folder / "one.en").write_text("It is snowing.\n")
    (folder / "sets").mkdir()
    for name in ("one", "two"):
        (folder / "sets" / f"{name}.x.en").write_text((folder / f"{name}.en").read_text())
    quick = ("--samples", "0", "--trials", "0", "-m", "bleu")
    sets = ("--set", str(folder / "one"), "--set", str(folder / "two"))
    hyps = ("--hyp", str(folder / "sets" / "{set}.x.en"))
    done = depeche_eval("run", *sets, *hyps, *quick, "--html", str(folder / "r.html"))
    rows = [line.split() for line in done.stdout.splitlines()]
    assert ["BLEU", "mean"] in [row[:2] for row in rows]
    assert (folder / "r-one.html").exists()
    assert (folder / "r-two.html").exists()
    with pytest.raises(UsageError, match="is one file for 2 sets"):
        depeche_eval("run", *sets, "--hyp", str(folder / "theirs.en"), *quick)


def test_history(folder: Path) -> None:
    quick = ("--samples", "0", "--trials", "0", "-m", "bleu")
    for _ in range(2):
        depeche_eval("run", "--set", str(folder / "two"), *quick)
    depeche_eval("run", "--set", str(folder / "two"), *quick, "--no-history")
    done = depeche_eval("history", "--plot", str(folder / "curve.png"))
    rows = [line for line in done.stdout.splitlines() if " two " in line]
    assert len(rows) == 2
    assert "+0.00" in rows[1]
    assert "MB" in rows[0]
    assert (folder / "curve.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(InputError, match="has no TER of that set and system; it has BLEU"):
        depeche_eval("history", "--metric", "TER")
