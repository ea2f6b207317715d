"""The half of each golden set that no threshold was tuned on."""

import pytest

from bench.thresholds import SETS, judge, right


@pytest.mark.parametrize("name", SETS)
def test_the_held_out_half_holds(name: str) -> None:
    cases = SETS[name].cases()
    held_out = sum(case.held_out for case in cases)
    assert 0.25 * len(cases) < held_out < 0.75 * len(cases)
    assert right(cases, held_out=True) >= SETS[name].floor / 100 * held_out


@pytest.mark.parametrize("name", ["words", "lengths"])
def test_no_other_value_is_better_on_the_half_to_tune_on(name: str) -> None:
    assert judge(name, SETS[name]) == 0
