"""What a recipe leaves open is chosen by its speed, and a resumed run keeps it."""

from pathlib import Path

import pytest

from tests.train.conftest import shorter
from train.config import Recipe
from train.errors import TrainError
from train.prepare import prepare
from train.speed import CHOICE, Choice, Timer, candidates, choose, pieces_a_second, settled


def speed_of(bf16: float, thread: float) -> Timer:
    """A machine on which bf16 is so many times as fast, and each thread adds so much."""

    def timer(recipe: Recipe) -> float:
        fit = recipe.fit
        return (bf16 if fit.bf16 else 1.0) * (1 + thread * fit.threads)

    return timer


@pytest.mark.parametrize(("bf16", "expected"), [(2.0, True), (0.05, False), (0.5, False)])
def test_the_faster_arithmetic_is_chosen(recipe: Recipe, bf16: float, *, expected: bool) -> None:
    free = shorter(recipe, bf16=None, threads=2)
    assert choose(free, speed_of(bf16, 0.0)) == Choice(expected, 2)


def test_hopeless_arithmetic_is_timed_on_a_small_batch_only(recipe: Recipe) -> None:
    timed = []

    def timer(given: Recipe) -> float:
        timed.append((given.fit.bf16, given.fit.batch_tokens))
        return 0.05 if given.fit.bf16 else 1.0

    choose(shorter(recipe, bf16=None, threads=1), timer)
    assert (True, 64) in timed
    assert (True, recipe.fit.batch_tokens) not in timed


def test_threads_are_chosen_where_none_are_given(recipe: Recipe) -> None:
    free = shorter(recipe, threads=0)
    counts = [choice.threads for choice in candidates(free.fit)]
    assert choose(free, speed_of(1.0, 1.0)).threads == max(counts)
    assert choose(free, speed_of(1.0, -0.01)).threads == 1


def test_a_recipe_that_says_all_is_not_timed(recipe: Recipe) -> None:
    def timer(_: Recipe) -> float:
        raise AssertionError("timed")

    assert choose(recipe, timer) == Choice(bf16=False, threads=2)


def test_a_resumed_run_keeps_what_it_began_with(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    prepare(recipe, data, tmp_path / "prepared")
    free = shorter(recipe, bf16=None, threads=1)
    first = settled(free, tmp_path / "prepared", tmp_path / "run")
    assert first.fit.bf16 is not None
    other = Choice(not first.fit.bf16, 3)
    (tmp_path / "run" / CHOICE).write_text(
        f'{{"bf16": {str(other.bf16).lower()}, "threads": 3}}', encoding="utf-8"
    )
    assert settled(free, tmp_path / "prepared", tmp_path / "run", resume=True) == other.on(free)
    (tmp_path / "run" / CHOICE).write_text("{", encoding="utf-8")
    with pytest.raises(TrainError, match="start anew"):
        settled(free, tmp_path / "prepared", tmp_path / "run", resume=True)


def test_updates_are_timed_at_any_place_of_a_run(
    recipe: Recipe, data: Path, tmp_path: Path
) -> None:
    prepare(recipe, data, tmp_path / "prepared")
    for budget in ({"steps": 100}, {"steps": 0, "tokens": 9000}, {"steps": 0, "minutes": 1.0}):
        given = shorter(recipe, **budget)
        assert pieces_a_second(given, tmp_path / "prepared", share=0.9, updates=1) > 0
