"""A student learns from what its teacher says."""

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from tests.train.conftest import shorter
from train.config import PhaseConfig, Recipe
from train.distil import distil
from train.errors import TrainError
from train.fit import fit
from train.prepare import prepare
from train.shards import Shard, load


@pytest.fixture
def taught(recipe: Recipe, data: Path, tmp_path: Path) -> Path:
    """A prepared folder with the translations of a teacher that knows the toy corpus by heart."""
    prepared = tmp_path / "prepared"
    prepare(recipe, data, prepared)
    fit(recipe, prepared, tmp_path / "run")
    assert distil(recipe, prepared, tmp_path / "run", ["toy"], minutes=5)["taught_toy"] > 190
    return prepared


def pairs(shard: Shard) -> dict[tuple[int, ...], list[int]]:
    sources = [tuple(shard.source[a:b].tolist()) for a, b in pairwise(shard.source_at)]
    targets = [shard.target[a:b].tolist() for a, b in pairwise(shard.target_at)]
    return dict(zip(sources, targets, strict=True))


def test_the_teacher_is_followed(recipe: Recipe, taught: Path, tmp_path: Path) -> None:
    given, said = pairs(load(taught / "toy.npz")), pairs(load(taught / "taught_toy.npz"))
    assert said.keys() <= given.keys()
    assert sum(said[source] == given[source] for source in said) > 150
    assert all(target[-1] == 0 and 0 not in target[:-1] for target in said.values())
    rows = json.loads((taught / "corpora.json").read_text(encoding="utf-8"))
    assert [row["name"] for row in rows] == ["toy", "taught_toy"]
    assert rows[1]["licence"] == rows[0]["licence"]
    student = replace(recipe, phases=(PhaseConfig(1.0, 120, 120, {"taught_toy": 1.0}),))
    assert fit(shorter(student, steps=5), taught, tmp_path / "student").step == 5


def test_time_is_kept_and_an_unknown_corpus_is_said(
    recipe: Recipe, data: Path, tmp_path: Path
) -> None:
    prepared = tmp_path / "prepared"
    prepare(recipe, data, prepared)
    fit(shorter(recipe, steps=5), prepared, tmp_path / "run")
    ticks = iter(range(0, 9000, 600))
    found = distil(
        recipe, prepared, tmp_path / "run", ["toy"], minutes=1, clock=lambda: float(next(ticks))
    )
    assert found == {"taught_toy": 0}
    assert not (prepared / "taught_toy.npz").exists()
    with pytest.raises(TrainError, match="'tow' is not prepared; there: toy"):
        distil(recipe, prepared, tmp_path / "run", ["tow"], minutes=1)
