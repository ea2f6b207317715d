"""Training learns, and a run that was interrupted is the run that was not."""

from pathlib import Path

import torch
from transformers import MarianMTModel

from tests.train.conftest import invented_pairs, shorter
from train.config import Recipe
from train.export import export
from train.fit import CHECKPOINT, Run, fit
from train.history import LOG, lineage
from train.measure import ParallelText, quick_scores
from train.plot import read_log
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
    with (halves / LOG).open("a", encoding="utf-8") as log:
        log.write('{"step": 12, "loss": 1.0}\n{"step": 50, "loss": 1.0}\n{"step": 51, "lo')
    fit(short, prepared, halves, resume=True)
    first, second = (torch.load(f / CHECKPOINT, weights_only=True) for f in (whole, halves))
    assert [row["step"] for row in read_log(halves / LOG)] == [12]
    assert first["data"] == second["data"]
    assert torch.equal(first["weights"]["master"], second["weights"]["master"])
    assert torch.equal(first["weights"]["average"], second["weights"]["average"])


def test_budget_of_tokens_ends_the_run(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    prepare(recipe, data, tmp_path / "prepared")
    short = shorter(recipe, steps=0, tokens=9000, minutes=0.0)
    progress = fit(short, tmp_path / "prepared", tmp_path / "run")
    assert 9000 <= progress.target_tokens < 11_000


def test_second_run_starts_from_the_first(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    prepare(recipe, data, first)
    fit(shorter(recipe, steps=60), first, tmp_path / "run")
    (tmp_path / "recipe.toml").write_text("# the first\n", encoding="utf-8")
    model = tmp_path / "model"
    export(recipe, tmp_path / "recipe.toml", first, tmp_path / "run", model)

    prepare(recipe, data, second, vocabulary=model)
    assert (second / "vocab.json").read_bytes() == (first / "vocab.json").read_bytes()
    run = Run(recipe, second, tmp_path / "run2", start=model)
    before = MarianMTModel.from_pretrained(model, dtype=torch.float32).state_dict()
    with run.averaged() as network:
        assert all(torch.equal(value, before[name]) for name, value in network.state_dict().items())
    fit(shorter(recipe, steps=50), second, tmp_path / "run2", start=model)
    (tmp_path / "second.toml").write_text("# the second\n", encoding="utf-8")
    export(recipe, tmp_path / "second.toml", second, tmp_path / "run2", tmp_path / "model2")
    kept = tmp_path / "model2/runs"
    assert (kept / "recipe/recipe.toml").read_text("utf-8") == "# the first\n"
    assert lineage(kept, "second") == ["recipe", "second"]
    assert "in 2 runs" in (tmp_path / "model2/README.md").read_text("utf-8")


def test_lineage_ends_where_it_is_not_kept(tmp_path: Path) -> None:
    for name, start in (("a", "b"), ("b", "a"), ("c", "gone"), ("d", "")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "start").write_text(f"{start}\n", encoding="utf-8")
    assert lineage(tmp_path, "a") == ["b", "a"]
    assert lineage(tmp_path, "c") == ["gone", "c"]
    assert lineage(tmp_path, "d") == ["d"]
