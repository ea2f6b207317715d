"""COMET as a further score, and what is said where it is not to be had."""

import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import Settings, evaluate
from eval.comet import add_comet, load_comet
from eval.tables import render_latex
from translate.errors import ModelError, UsageError

QUICK = Settings(metrics=("bleu",), samples=0, trials=0)


def overlap(
    sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]
) -> list[float]:
    """Stands for the model: the share of equal words."""
    rows = zip(hypotheses, references, strict=True)
    return [len(set(a.split()) & set(b.split())) / len(set(b.split())) for a, b in rows]


def test_comet_is_a_further_score(systems: dict[str, list[str]], reference: list[str]) -> None:
    result = evaluate(systems, [reference], sources=reference, settings=QUICK)
    scored = add_comet(result, overlap)
    for before, after in zip(result.systems, scored.systems, strict=True):
        assert after.scores[:-1] == before.scores
        score = after.score("COMET")
        values = overlap(reference, before.hypotheses, reference)
        assert score.value == pytest.approx(100 * sum(values) / len(values))
        assert score.low is not None
        assert score.high is not None
        assert score.low < score.value < score.high
        assert "model:Unbabel/wmt22-comet-da" in score.signature


def test_comet_needs_the_french(reference: list[str]) -> None:
    result = evaluate({"s": reference}, [reference], settings=QUICK)
    with pytest.raises(UsageError, match="give it with --src"):
        add_comet(result, overlap)


PACKAGE = """
import sys

class Output:
    def __init__(self, scores):
        self.scores = scores

class Model:
    def predict(self, rows, batch_size, gpus, progress_bar):
        assert all(set(row) == {"src", "mt", "ref"} for row in rows)
        print("noise on standard output")
        return Output([len(row["mt"]) / len(row["ref"]) for row in rows])

def download_model(name):
    raise KeyError(f"Model '{name}' not supported by COMET.")

def load_from_checkpoint(path):
    return Model()
"""


@pytest.fixture
def python(tmp_path: Path) -> str:
    """A Python with a package that has COMET's interface."""
    (tmp_path / "packages").mkdir()
    (tmp_path / "packages" / "comet.py").write_text(PACKAGE)
    path = tmp_path / "python"
    path.write_text(f'#!/bin/sh\nPYTHONPATH="{tmp_path}/packages" exec "{sys.executable}" "$@"\n')
    path.chmod(0o755)
    return str(path)


def test_comet_runs_in_its_own_environment(python: str, tmp_path: Path) -> None:
    (tmp_path / "model.ckpt").touch()
    predict = load_comet(str(tmp_path / "model.ckpt"), python=python)
    assert predict(["Un.", "Été."], ["One.", "Su"], ["One.", "Sum."]) == [1.0, 0.5]


def test_a_model_that_is_not_to_be_had_is_said(python: str) -> None:
    predict = load_comet("no/model", python=python)
    with pytest.raises(ModelError, match=r"no/model cannot be used \(KeyError.*--comet-model"):
        predict(["Un."], ["One."], ["One."])


@pytest.mark.parametrize("path", [sys.executable, "/no/such/python"])
def test_an_environment_without_comet_is_said(path: str) -> None:
    with pytest.raises(UsageError, match="unbabel-comet"):
        load_comet(python=path)


def test_comet_in_a_table(reference: list[str]) -> None:
    result = evaluate({"s": reference}, [reference], sources=reference, settings=QUICK)
    scored = add_comet(result, overlap, samples=0)
    assert r"COMET $\uparrow$" in render_latex(scored)
