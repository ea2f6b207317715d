"""The half of each golden set that no threshold was tuned on; cases that tip with a threshold."""

import pytest

from bench.thresholds import SETS, Threshold, judge, right
from translate.article import language
from translate.article.language import identify
from translate.document import Language
from translate.pipeline import analyse


@pytest.mark.parametrize("name", SETS)
def test_the_held_out_half_holds(name: str) -> None:
    cases = SETS[name].cases()
    held_out = sum(case.held_out for case in cases)
    assert 0.25 * len(cases) < held_out < 0.75 * len(cases)
    assert right(cases, held_out=True) >= SETS[name].floor / 100 * held_out


@pytest.mark.parametrize("name", ["lines", "words", "lengths"])
def test_no_other_value_is_better_on_the_half_to_tune_on(name: str) -> None:
    assert judge(name, SETS[name]) == 0


@pytest.mark.parametrize(
    ("name", "factor", "line", "label"),
    [
        ("COMMON_WEIGHT", 0.5, "Election, voter registration", "en"),
        ("COMMON_WEIGHT", 2.0, "Leader exigeant", "fr"),
        ("COMMON_WEIGHT", 2.0, "Stocks pleins", "fr"),
        ("COMMON_WEIGHT", 2.0, "Three-way plan", "en"),
        ("COMMON_WEIGHT", 2.0, "They vote", "en"),
        ("ENDING_WEIGHT", 0.3, "Europe, bypassing", "en"),
        ("ENDING_WEIGHT", 2.0, "Parking souterrain", "fr"),
        ("ENDING_WEIGHT", 2.0, "Law enforcement", "en"),
        ("ENDING_WEIGHT", 2.0, "Museum entrance", "en"),
        ("MODEL_CAP", 0.5, "Three-way plan", "en"),
        ("MODEL_CAP", 0.3, "A face like cake", "en"),
    ],
)
def test_a_line_tips_with_a_weight(name: str, factor: float, line: str, label: str) -> None:
    assert identify(line) == label
    with Threshold(language, name).trying(factor):
        assert identify(line) != label


FRENCH = "Le maire est parti hier soir avec sa sœur."
ENGLISH = "The mayor left the town last night with her brother."


@pytest.mark.parametrize(
    ("factor", "block", "sentence", "label"),
    [
        (0.7, ENGLISH, "Final vote.", Language.ENGLISH),  # French by itself, but hardly
        (0.5, ENGLISH, "Accord final.", Language.ENGLISH),
        (1.4, ENGLISH, "Version longue.", Language.FRENCH),
        (1.6, FRENCH, "Market reforms.", Language.ENGLISH),
    ],
)
def test_a_sentence_tips_with_the_confidence(
    factor: float, block: str, sentence: str, label: Language
) -> None:
    def found() -> Language:
        (*_, last) = analyse(f"{block} {block} {sentence}").segments()
        return last.language

    assert found() is label
    with Threshold(language, "CONFIDENT").trying(factor):
        assert found() is not label


@pytest.mark.parametrize(
    ("factor", "line", "label"),
    [(2.8, "Accord final", Language.FRENCH), (0.4, "Transport public", Language.ENGLISH)],
)
def test_a_line_tips_with_what_is_thin(factor: float, line: str, label: Language) -> None:
    def found() -> Language:
        return analyse(f"{ENGLISH}\n\n{line}\n\n{ENGLISH}").blocks[1].language

    assert found() is label
    with Threshold(language, "THIN").trying(factor):
        assert found() is not label
