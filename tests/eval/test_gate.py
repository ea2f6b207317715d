"""The gate holds, and gives way only when told to."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval import Evaluation, Measure, Settings, evaluate
from eval.gate import (
    FLOORS,
    SYSTEM,
    Bounds,
    Floors,
    change_rows,
    check_data,
    judge,
    new_floors,
    read_floors,
    verdict_rows,
    write_floors,
)
from eval.testsets import TestSet, load
from translate.errors import InputError, UsageError


@pytest.fixture(scope="module")
def test_set(tmp_path_factory: pytest.TempPathFactory) -> TestSet:
    folder = tmp_path_factory.mktemp("set")
    (folder / "a.fr").write_text("Il a plu.\nIl a neigé hier soir.\n")
    (folder / "a.en").write_text("It rained.\nIt snowed last night in town.\n")
    return load(str(folder / "a"))


def result(test_set: TestSet, *lines: str) -> Evaluation:
    return evaluate(
        {"builtin": lines},
        test_set.references,
        sources=test_set.sources,
        settings=Settings(metrics=("bleu", "ter"), samples=0, trials=0),
    )


@pytest.fixture(scope="module")
def good(test_set: TestSet) -> Evaluation:
    return result(test_set, "It rained.", "It snowed last night in the town.")


@pytest.fixture(scope="module")
def worse(test_set: TestSet) -> Evaluation:
    return result(test_set, "It rained.", "Last night it snowed in the in the in the in the town.")


@pytest.fixture(scope="module")
def floors(test_set: TestSet, good: Evaluation) -> Floors:
    return new_floors(None, test_set, good, allow_regression=False)


def below(floors: Floors, found: Evaluation) -> set[str]:
    return {verdict.name for verdict in judge(floors, found) if not verdict.holds}


def test_what_set_the_floors_passes(floors: Floors, good: Evaluation) -> None:
    assert below(floors, good) == set()


def test_what_is_worse_does_not(floors: Floors, worse: Evaluation) -> None:
    assert {"BLEU", "TER", "loops", "length ratio"} <= below(floors, worse)
    table = verdict_rows(judge(floors, worse))
    assert sum(row[-1] == "BELOW THE GATE" for row in table) == len(below(floors, worse))


def test_floors_survive_their_file(floors: Floors, tmp_path: Path) -> None:
    write_floors(floors, tmp_path / "floors.json")
    assert read_floors(tmp_path / "floors.json") == floors


def test_floors_are_only_raised(
    floors: Floors, test_set: TestSet, good: Evaluation, worse: Evaluation
) -> None:
    with pytest.raises(UsageError, match=r"floors would fall: .*BLEU.*--allow-regression"):
        new_floors(floors, test_set, worse, allow_regression=False)
    lowered = new_floors(floors, test_set, worse, allow_regression=True)
    assert below(lowered, worse) == set()
    assert change_rows(floors, lowered, worse.systems[0])[1][0] == "BLEU"
    raised = new_floors(lowered, test_set, good, allow_regression=False)
    assert raised.bounds == floors.bounds


def test_a_result_within_the_margin_keeps_the_floor(
    floors: Floors, test_set: TestSet, good: Evaluation
) -> None:
    system = good.systems[0]
    slightly = tuple(replace(score, value=score.value - 0.2) for score in system.scores)
    lower = replace(good, systems=(replace(system, scores=slightly),))
    assert (
        new_floors(floors, test_set, lower, allow_regression=False).bounds["BLEU"]
        == (floors.bounds["BLEU"])
    )


def test_promises_have_no_margin(test_set: TestSet, good: Evaluation) -> None:
    measures = (
        Measure("links kept", ((10, 10),)),
        Measure("names consistent", ((10, 10),)),
    )
    system = replace(good.systems[0], measures=measures)
    bounds = new_floors(
        None, test_set, replace(good, systems=(system,)), allow_regression=False
    ).bounds
    assert bounds["links kept"] == Bounds(least=100.0)
    assert bounds["names consistent"] == Bounds(least=98.5)


@pytest.mark.parametrize("side", ["references", "sources"])
def test_other_data_is_refused(side: str, floors: Floors, test_set: TestSet) -> None:
    check_data(floors, test_set)
    other = Floors(
        floors.test_set,
        floors.system,
        "0" * 12 if side == "references" else floors.references,
        "0" * 12 if side == "sources" else floors.sources,
        floors.bounds,
    )
    with pytest.raises(InputError, match=f"the {side} of a are"):
        check_data(other, test_set)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{}", '{"bounds": 3}', '{"bounds": {"BLEU": {"lowest": 3}}}', '{"bounds": {}}'],
)
def test_a_broken_file_is_said(content: str, tmp_path: Path) -> None:
    (tmp_path / "floors.json").write_text(content)
    with pytest.raises(InputError, match="holds no floors"):
        read_floors(tmp_path / "floors.json")


def test_a_missing_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist: make it"):
        read_floors(tmp_path / "floors.json")


def test_an_unknown_bound_is_said(floors: Floors, good: Evaluation) -> None:
    other = replace(floors, bounds={"METEOR": Bounds(1.0)})
    with pytest.raises(InputError, match=r"was not measured \(METEOR\)"):
        judge(other, good)


def test_the_pinned_floors_are_for_the_articles_as_they_are() -> None:
    floors = read_floors()
    check_data(floors, load(floors.test_set))
    assert floors.system == SYSTEM
    assert {"BLEU", "quotations kept", "numbers kept", "links kept"} <= set(floors.bounds)
    assert json.loads(FLOORS.read_text())["bounds"]["links kept"]["least"] >= 90
