"""Which words of a reference a system finds, and which phrases one system has."""

import pytest

from eval import Settings, evaluate, speech_parts
from eval.analysis import phrases, recalls
from translate.errors import UsageError

REFERENCE = ["The minister met Wolfgang Schäuble on 12 May.", "The hegemony of the city ended."]
SYSTEM = ["the Minister met Schäuble on 13 May.", "The egemony of a city ended."]


def test_words_are_counted_by_kind() -> None:
    found = {
        (recall.axis, recall.label): (recall.found, recall.total)
        for recall in recalls({"s": SYSTEM}, REFERENCE, samples=0)
    }
    assert found["class", "names"] == (2, 3)  # Schäuble and May of Wolfgang Schäuble, May
    assert found["class", "numbers"] == (0, 1)
    assert found["frequency", "Zipf 3–4"][1] >= 1
    assert sum(total for (axis, _), (_, total) in found.items() if axis == "class") == 14


def test_a_word_is_found_as_often_as_it_is_there() -> None:
    found = list(recalls({"s": ["the the"]}, ["the the the dog"], samples=0))
    assert sum(recall.found for recall in found if recall.axis == "class") == 2


def test_words_are_counted_by_part_of_speech() -> None:
    reference = ["The new minister quickly met Anna in Rome.", "He had two dogs and met them."]
    system = ["A new minister met Anna in Rome.", "He had two hounds and saw them."]
    found = {
        recall.label: (recall.found, recall.total)
        for recall in recalls({"s": system}, reference, samples=0, tag=speech_parts.tagger())
        if recall.axis == "part of speech"
    }
    assert found == {
        "nouns": (1, 2),
        "names": (2, 2),
        "verbs": (2, 3),
        "adjectives": (1, 1),
        "adverbs": (0, 1),
        "pronouns, determiners": (2, 3),
        "prepositions, conjunctions": (2, 2),
        "numerals": (1, 1),
    }


def test_without_a_tagger_there_are_no_parts_of_speech() -> None:
    assert {r.axis for r in recalls({"s": SYSTEM}, REFERENCE, samples=0)} == {"frequency", "class"}


def test_parts_of_speech_are_there_if_asked_for(reference: list[str]) -> None:
    def axes(**settings: bool) -> set[str]:
        quick = Settings(metrics=("bleu",), samples=0, trials=0, **settings)
        return {r.axis for r in evaluate({"s": reference}, [reference], settings=quick).recalls}

    assert axes() == {"frequency", "class"}
    assert axes(parts_of_speech=True) == {"frequency", "class", "part of speech"}


def test_a_missing_tagger_is_said() -> None:
    with pytest.raises(UsageError, match=r'no_tagger.*pip install "depeche-desk\[pos\]"'):
        speech_parts.require("no_tagger")


def test_intervals_hold_the_value(systems: dict[str, list[str]], reference: list[str]) -> None:
    for recall in recalls(systems, reference, samples=200):
        assert recall.low is not None
        assert recall.high is not None
        assert recall.low <= recall.value <= recall.high


def test_phrases_that_one_system_has() -> None:
    reference = ["The prime minister spoke."] * 5
    systems = {"good": reference, "poor": ["The first minister spoke."] * 5}
    found = [
        (p.first, p.second, p.text, p.first_count, p.second_count)
        for p in phrases(systems, [reference], "poor")
    ]
    assert found[0] == ("good", "poor", "The prime minister spoke", 5, 0)
    assert all(first == "good" for first, *_ in found)
    assert len(found) == 1  # parts of a phrase are not shown again


@pytest.mark.parametrize("lines", [["", " "], ["…", "!!"], ["a", ""]])
def test_odd_texts(lines: list[str]) -> None:
    result = evaluate({"s": ["a", "b"]}, [lines], settings=Settings(samples=40, trials=0))
    assert all(recall.total for recall in result.recalls)
