"""Training learns, and a run that was interrupted is the run that was not."""

from pathlib import Path

import torch

from tests.train.conftest import invented_pairs, shorter
from train.config import Recipe
from train.fit import CHECKPOINT, Run, fit
from train.measure import ParallelText, quick_scores
from train.prepare import prepare


def test_overfits_two_hundred_pairs(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    prepared, out = tmp_path / "prepared", tmp_path / "run"
    prepare(recipe, data, prepared)
    fit(recipe, prepared, out)
    run = Run(recipe, prepared, out, resume=True)
    french, english = map(list, zip(*invented_pairs(200), strict=True))
    with run.averaged() as model:
        scores = quick_scores(model, prepared, ParallelText("toy", french, english), threads=1)
    assert scores["bleu"] > 90


def test_resumed_run_equals_uninterrupted_run(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    prepared = tmp_path / "prepared"
    prepare(recipe, data, prepared)
    short = shorter(recipe, steps=40)
    whole, halves = tmp_path / "whole", tmp_path / "halves"
    fit(short, prepared, whole)
    fit(short, prepared, halves, stop_at=17)
    fit(short, prepared, halves, resume=True)
    first, second = (torch.load(f / CHECKPOINT, weights_only=True) for f in (whole, halves))
    assert first["data"] == second["data"]
    assert torch.equal(first["weights"]["master"], second["weights"]["master"])
    assert torch.equal(first["weights"]["average"], second["weights"]["average"])
