"""What is packed for another machine comes out there as it went in."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from train.config import PhaseConfig, Recipe
from train.errors import TrainError
from train.pack import pack, unpack
from train.prepare import prepare
from train.shards import Shard, load


@pytest.fixture
def both(recipe: Recipe, data: Path, tmp_path: Path) -> Recipe:
    """A recipe whose second phase has a corpus that the first has not; prepared."""
    weights = {"toy": 1.0}
    phases = (PhaseConfig(0.5, 120, 120, weights), PhaseConfig(1.0, 120, 120, {"english": 1.0}))
    wanted = replace(recipe.prepare, english_from=("toy",))
    given = replace(recipe, phases=phases, prepare=wanted)
    prepare(given, data, tmp_path / "prepared")
    return given


def same(one: Shard, other: Shard) -> bool:
    return all(np.array_equal(getattr(one, n), getattr(other, n)) for n in Shard.__slots__)


def test_all_comes_out_as_it_went_in(both: Recipe, tmp_path: Path) -> None:
    parts = pack(both, tmp_path / "prepared", tmp_path / "parts", megabytes=1)
    assert [part.name for part in parts] == ["first.tar.xz", "more.tar.xz"]
    there = tmp_path / "there"
    unpack(parts[:1], there)
    assert not (there / "english.npz").exists()
    unpack(parts[1:], there)
    for name in ("toy", "english"):
        assert same(load(there / f"{name}.npz"), load(tmp_path / "prepared" / f"{name}.npz"))
    for name in ("vocab.json", "source.spm", "corpora.json"):
        assert (there / name).read_bytes() == (tmp_path / "prepared" / name).read_bytes()
    assert not list(there.glob(".*"))


def test_parts_are_joined_and_a_missing_one_is_said(both: Recipe, tmp_path: Path) -> None:
    whole = pack(both, tmp_path / "prepared", tmp_path / "parts", megabytes=1)[0].read_bytes()
    halves = [tmp_path / "a", tmp_path / "b"]
    for half, content in zip(halves, (whole[:2000], whole[2000:]), strict=True):
        half.write_bytes(content)
    assert "toy.npz" in unpack(halves, tmp_path / "there")
    with pytest.raises(TrainError, match="give all parts in order"):
        unpack(halves[:1], tmp_path / "there")
    with pytest.raises(TrainError, match="give all parts in order"):
        unpack([tmp_path / "none"], tmp_path / "there")
