"""Subtitles: whole sentences are translated, and shared out over the cues again."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import written
from translate import formats
from translate.errors import InputError
from translate.formats.lines import shared

TIMES = re.compile(r"\d\d:\d\d:\d\d,\d{3} --> \d\d:\d\d:\d\d,\d{3}")


def cues(*words: str) -> str:
    return "".join(
        f"{n}\n00:00:{2 * n:02},000 --> 00:00:{2 * n + 2:02},000\n{text}\n\n"
        for n, text in enumerate(words, 1)
    )


def units(*words: str) -> list[str]:
    document = formats.read(cues(*words).encode(), "a.srt")
    return [document.of(block) for block in document.blocks]


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        (["Le pont,", "dit-il, est", "fermé."], ["Le pont, dit-il, est fermé."]),
        (["Le pont est fermé.", "Il rouvrira."], ["Le pont est fermé.", "Il rouvrira."]),
        (["Le pont est...", "...fermé."], ["Le pont est fermé."]),
        (["Le pont…", "Il est fermé."], ["Le pont…", "Il est fermé."]),
        (["Le pont\nest fermé"], ["Le pont est fermé"]),
        (["- Oui ?\n- Non."], ["Oui ?", "Non."]),
        (["Le pont est", "- Non."], ["Le pont est", "- Non."]),
        (["« Le pont est fermé ! »", "dit-il."], ["« Le pont est fermé ! » dit-il."]),
        (["« Le pont est fermé ! »", "Il part."], ["« Le pont est fermé ! »", "Il part."]),
        (["♪ la la ♪", "Le pont."], ["♪ la la ♪", "Le pont."]),
        (["12", "…"], ["12"]),
    ],
)
def test_cues_of_a_sentence_are_a_unit(words: list[str], wanted: list[str]) -> None:
    assert units(*words) == wanted


def test_a_long_pause_ends_a_sentence() -> None:
    text = (
        "1\n00:00:01,000 --> 00:00:02,000\nLe pont\n\n"
        "2\n00:01:01,000 --> 00:01:02,000\nest fermé.\n"
    )
    assert len(formats.read(text.encode(), "a.srt").blocks) == 2


@pytest.mark.parametrize(
    ("text", "lengths", "parts"),
    [
        ("one two three four", [9, 9], ["one two", "three four"]),
        ("one two three four", [3, 14], ["one", "two three four"]),
        ("word", [5, 5], ["word", ""]),
        ("", [5, 5], ["", ""]),
        ("I came, I saw and won", [8, 8], ["I came,", "I saw and won"]),
    ],
)
def test_english_is_shared_out_by_length(text: str, lengths: list[int], parts: list[str]) -> None:
    assert shared(text, lengths) == parts


@given(
    st.lists(st.text("abc.,", min_size=1, max_size=9), max_size=12),
    st.lists(st.integers(1, 40), min_size=1, max_size=8),
)
def test_no_word_is_lost_and_none_comes_twice(words: list[str], lengths: list[int]) -> None:
    parts = shared(" ".join(words), lengths)
    assert len(parts) == len(lengths)
    assert " ".join(filter(None, parts)) == " ".join(words)


CUES = ["Le pont,", "il est fermé.", "<i>Non</i>", "- Oui.\n- Non.", "Et..."]


@given(st.lists(st.sampled_from(CUES), min_size=1, max_size=8))
def test_times_and_numbers_stay(words: list[str]) -> None:
    text = cues(*words)
    document = formats.read(text.encode(), "a.srt")
    english = written(document, lambda _: "He said it, and came back to the town.").decode()
    assert TIMES.findall(english) == TIMES.findall(text)
    assert english.count("\n\n") == text.count("\n\n")


def test_what_has_no_cue_is_refused() -> None:
    with pytest.raises(InputError, match="has no cue"):
        formats.read(b"Le pont.\n", "a.srt")
