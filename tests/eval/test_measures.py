"""The news measures on golden cases, and on the articles' own references."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from eval.measures import MEASURES, WITHOUT_SOURCE, Texts, measure_system, normalise_quotes
from eval.testsets import load
from eval.values import Data

CASES = tomllib.loads(Path(__file__).with_name("measures.toml").read_text())["case"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counts(case: dict[str, Any]) -> None:
    target = tuple(case["target"])
    articles = ("article",) * len(target)
    data = Data("case", "", (target,), tuple(case["source"]), articles)
    # a loop is one only where the reference has none
    data = Data("case", "", (("",) * len(target),), data.sources, articles)
    found = {m.name: [m.count, m.total] for m in measure_system(Texts(data), target)}
    assert {name: found[name] for name in case["expect"]} == case["expect"]


def test_every_measure_has_a_case() -> None:
    covered = {name for case in CASES for name in case["expect"]}
    assert covered | {"length ratio"} == set(MEASURES)


def test_without_sources() -> None:
    data = Data("case", "", (("A cat.", "A dog."),))
    measures = measure_system(Texts(data), ("A cat.", "A dog dog."))
    assert tuple(measure.name for measure in measures) == WITHOUT_SOURCE
    assert measures[-1].value == pytest.approx(16 / 12)


def test_the_references_of_the_articles_reach_almost_everything() -> None:
    found = load("news-desk")
    data = Data(found.name, found.hash, found.references, found.sources, found.articles)
    values = {m.name: m.value for m in measure_system(Texts(data), found.references[0])}
    assert values["English unchanged"] == 100
    assert values["loops"] == 0
    assert values["length ratio"] == 1
    for name in ("quotations kept", "numbers kept", "links kept", "names consistent"):
        value = values[name]
        assert value is not None
        assert value > 90


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("« Oui »", '"Oui"'),
        ("«\u202fOui\u202f»", '"Oui"'),
        ("“Yes,” she said", '"Yes," she said'),
        ("‘Yes’ it’s", "'Yes' it's"),
        ("``Yes''", '"Yes"'),
        ("5 > 3", "5 > 3"),
    ],
)
def test_normalise_quotes(text: str, expected: str) -> None:
    assert normalise_quotes(text) == expected
