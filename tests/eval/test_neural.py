"""Learned metrics as peers of BLEU, and what is said where they are not to be had."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import Settings, evaluate
from eval.neural import NEURAL, Row, add_neural, find_neural, load_neural
from eval.ranks import ranks
from eval.tables import render_latex, render_text
from translate.errors import ModelError, UsageError

QUICK = Settings(metrics=("bleu",), samples=0, trials=0)


COMET = NEURAL["comet"]


def overlap(rows: Sequence[Row]) -> list[float]:
    """Stands for the model: the share of equal words."""
    return [
        len(set(row["mt"].split()) & set(row["ref"].split())) / len(set(row["ref"].split()))
        for row in rows
    ]


def test_it_is_a_peer(systems: dict[str, list[str]], reference: list[str]) -> None:
    settings = Settings(metrics=("bleu",), trials=500, all_pairs=True)
    result = evaluate(systems, [reference], sources=reference, settings=settings)
    scored = add_neural(result, COMET, overlap, model="m", settings=settings)
    for before, after in zip(result.systems, scored.systems, strict=True):
        assert after.scores[:-1] == before.scores
        score = after.score("COMET")
        values = overlap(
            [{"mt": h, "ref": r} for h, r in zip(before.hypotheses, reference, strict=True)]
        )
        assert after.by_segment["COMET"] == pytest.approx([100 * value for value in values])
        assert score.value == pytest.approx(100 * sum(values) / len(values))
        assert score.low is not None
        assert score.high is not None
        assert score.low < score.value < score.high
        assert score.signature == "nrefs:1|bs:1000|seed:12345|model:m"
    comparison = scored.comparison("poor", "COMET")
    assert comparison is not None
    assert comparison.counts()
    assert [rank.system for rank in ranks(scored, "COMET")][-1] == "poor"
    assert "COMET, randomization" in render_text(scored)


def test_errors_are_better_when_fewer(systems: dict[str, list[str]], reference: list[str]) -> None:
    settings = Settings(metrics=("bleu",), trials=500, all_pairs=True)
    result = evaluate(systems, [reference], sources=reference, settings=settings)

    def errors(rows: Sequence[Row]) -> list[float]:
        assert all("ref" not in row for row in rows)
        return [25 - len(row["mt"]) / 10 for row in rows]

    scored = add_neural(result, NEURAL["metricx-qe"], errors, model="m", settings=settings)
    values = {system.name: system.score("MetricX-QE").value for system in scored.systems}
    assert ranks(scored, "MetricX-QE")[0].system == min(values, key=lambda name: values[name])


def test_it_needs_the_french(reference: list[str]) -> None:
    result = evaluate({"s": reference}, [reference], settings=QUICK)
    with pytest.raises(UsageError, match="give it with --src"):
        add_neural(result, COMET, overlap, model="m", settings=QUICK)


def test_an_unknown_metric_is_said() -> None:
    with pytest.raises(UsageError, match="unknown learned metric 'bleurt'; known are comet"):
        find_neural("bleurt")


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
    predict = load_neural(COMET, str(tmp_path / "model.ckpt"), python=python)
    rows = [{"src": "Un.", "mt": "One.", "ref": "One."}, {"src": "Été.", "mt": "Su", "ref": "Sum."}]
    assert predict(rows) == [1.0, 0.5]


def test_scores_are_kept(python: str, tmp_path: Path) -> None:
    model = tmp_path / "model.ckpt"
    model.touch()
    rows = [{"src": "Un.", "mt": "One.", "ref": "One."}]
    first = load_neural(COMET, str(model), python=python, cache=tmp_path / "cache")(rows)
    (tmp_path / "packages" / "comet.py").write_text("import sys\nsys.exit('asked again')\n")
    again = load_neural(COMET, str(model), python=python, cache=tmp_path / "cache")
    assert again(rows) == first
    model.write_text("another model")
    with pytest.raises(ModelError, match="asked again"):
        load_neural(COMET, str(model), python=python, cache=tmp_path / "cache")(rows)


def test_a_model_that_is_not_to_be_had_is_said(python: str) -> None:
    predict = load_neural(COMET, "no/model", python=python)
    with pytest.raises(ModelError, match=r"no/model cannot be used \(KeyError.*comet=PATH"):
        predict([{"src": "Un.", "mt": "One.", "ref": "One."}])


@pytest.mark.parametrize("path", [sys.executable, "/no/such/python"])
def test_an_environment_without_comet_is_said(path: str) -> None:
    with pytest.raises(UsageError, match="unbabel-comet"):
        load_neural(COMET, COMET.model, python=path)


def test_in_a_table(reference: list[str]) -> None:
    result = evaluate({"s": reference}, [reference], sources=reference, settings=QUICK)
    scored = add_neural(result, COMET, overlap, model="m", settings=QUICK)
    assert r"COMET $\uparrow$" in render_latex(scored)


#: Makes an mT5 model of MetricX's architecture, but tiny: in a process of its own, for torch.
TINY = """
import sys
import torch
from tokenizers import Tokenizer, models, pre_tokenizers
from transformers import MT5Config, MT5ForConditionalGeneration, PreTrainedTokenizerFast
folder = sys.argv[1]
torch.manual_seed(1)
config = MT5Config(vocab_size=250112, d_model=8, d_kv=4, d_ff=16, num_layers=1, num_heads=2)
MT5ForConditionalGeneration(config).save_pretrained(folder)
words = "<pad> </s> <unk> source: candidate: reference: One . Two cats".split()
tokenizer = Tokenizer(models.WordLevel({w: n for n, w in enumerate(words)}, unk_token="<unk>"))
tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
PreTrainedTokenizerFast(
    tokenizer_object=tokenizer, unk_token="<unk>", eos_token="</s>"
).save_pretrained(folder)
"""


def test_metricx_on_a_tiny_model(tmp_path: Path) -> None:
    command = [sys.executable, "-c", TINY, str(tmp_path / "tiny")]
    subprocess.run(command, check=True, capture_output=True)
    predict = load_neural(NEURAL["metricx"], str(tmp_path / "tiny"))
    rows = [
        {"src": "Un.", "mt": text, "ref": "One."} for text in ("One.", "Two cats sleep.", "One.")
    ]
    scores = predict(rows)
    assert scores[0] == scores[2]
    assert all(0 <= score <= 25 for score in scores)
