"""`depeche models check`: what a model is worth here, kept and shown."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval.check import check_model
from tests.fakes import Fake
from translate.cli.models import models
from translate.engines.checked import last_check
from translate.engines.models import BUILTIN
from translate.errors import InputError, ModelError

FRENCH = ["Le 3 mai, 12 personnes ont été arrêtées.", "« Nous partons », a dit le maire."]
ENGLISH = ["On 3 May, 12 people were arrested.", "“We are leaving,” the mayor said."]


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A test set of two lines, and a data folder of its own."""
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    (tmp_path / "two.fr").write_text("\n".join(FRENCH) + "\n", encoding="utf-8")
    (tmp_path / "two.en").write_text("\n".join(ENGLISH) + "\n", encoding="utf-8")
    return str(tmp_path / "two")


def fake(source: str) -> str:
    """An answer without the numbers, that says each word many times."""
    return "word " * 40


def test_what_is_not_kept_is_named(two: str) -> None:
    found = check_model(BUILTIN, two, load_model=lambda *given, **options: Fake(fake))
    assert "numbers kept" in found.broken
    assert found.measures["loops"]
    assert found.words_per_second > 0


def test_a_check_is_kept_and_shown(two: str) -> None:
    run = CliRunner().invoke
    done = run(models, ["check", BUILTIN, "--on", two])
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("builtin: ")
    assert "all promises kept" in done.output
    kept = last_check(BUILTIN)
    assert kept is not None
    assert kept.measures["numbers kept"] == 100.0
    assert "all promises kept" in run(models, []).output
    (row,) = json.loads(run(models, ["--json"]).output)
    assert row["check"]["words_per_second"] == kept.words_per_second


def test_a_broken_note_of_a_check_is_none(two: str, tmp_path: Path) -> None:
    folder = tmp_path / "data" / "models" / ".checks"
    folder.mkdir(parents=True)
    for content in ("", "[]", '{"model": 1}', '{"promises": 5}'):
        (folder / "builtin.json").write_text(content, encoding="utf-8")
        assert last_check(BUILTIN) is None


def test_names_and_sets_that_are_not(two: str) -> None:
    run = CliRunner().invoke
    assert isinstance(run(models, ["check", "nosuch"]).exception, ModelError)
    assert isinstance(run(models, ["check", BUILTIN, "--on", "nosuch"]).exception, InputError)
