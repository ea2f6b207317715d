"""The segmenter against its golden cases and its promises."""

import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article import abbreviations
from translate.article.sentences import sentence_spans, sentence_spans_flat
from translate.notation import calendar, spaces
from translate.notation.quotes import find_quotations

GOLDEN = Path(__file__).parents[2] / "golden" / "segments.txt"
ABBREVIATIONS = sorted(
    abbreviations.TITLES
    | abbreviations.FIRST_NAMES
    | abbreviations.CONTINUED
    | abbreviations.NUMBERED
    | calendar.MONTHS
    | abbreviations.WEEKDAYS
)


class Case(NamedTuple):
    name: str
    text: str
    segments: list[str]


def golden_cases() -> Iterator[Case]:
    name = ""
    for number, line in enumerate(GOLDEN.read_text("utf-8").splitlines(), 1):
        if line.startswith("== "):
            name = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            line = line.replace("\\n", "\n")
            text = line.replace(" | ", " ").replace("|", "")
            segments = [part.strip() for part in line.split("|")]
            yield Case(f"{name}-{number}", text, segments)


CASES = list(golden_cases())


def texts(text: str, **options: bool) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, **options)]


def flat(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans_flat(text)]


def with_no_break_spaces(text: str) -> str:
    """As French typography has it: no-break inside guillemets, narrow before ; ! ?"""
    text = text.replace("« ", "«\u00a0").replace(" »", "\u00a0»")
    return re.sub(" (?=[;!?])", "\u202f", text)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden(case: Case) -> None:
    assert texts(case.text) == case.segments


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_with_no_break_spaces(case: Case) -> None:
    segments = [with_no_break_spaces(segment) for segment in case.segments]
    assert texts(with_no_break_spaces(case.text)) == segments


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_golden_with_typewriter_apostrophes(case: Case) -> None:
    if "‘" not in case.text:
        segments = [segment.replace("’", "'") for segment in case.segments]
        assert texts(case.text.replace("’", "'")) == segments


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 160
    assert len({case.text for case in CASES}) == len(CASES)


@pytest.mark.parametrize("abbreviation", ABBREVIATIONS)
def test_each_abbreviation_has_a_case(abbreviation: str) -> None:
    inside = re.compile(rf"(?<![\w.]){re.escape(abbreviation)}\.\s*\S", re.IGNORECASE)
    assert any(inside.search(segment) for case in CASES for segment in case.segments)


@pytest.mark.parametrize("noun", sorted(abbreviations.LETTERED))
def test_each_noun_with_a_letter_has_a_case(noun: str) -> None:
    inside = re.compile(rf"\b{noun} (?:\w et )?[A-Z]\.?$", re.IGNORECASE)
    assert any(inside.search(segment) for case in CASES for segment in case.segments[:-1])


@pytest.mark.parametrize("text", ["", " ", "\u00a0\u202f\n", "\ufeff\u200b"])
def test_blank_text_has_no_sentence(text: str) -> None:
    assert sentence_spans(text) == ()
    assert sentence_spans_flat(text) == ()


def test_many_blanks_part_sentences() -> None:
    assert texts("Il part." + " " * 500 + "Elle reste.") == ["Il part.", "Elle reste."]


def test_marks_alone_are_no_sentence() -> None:
    assert texts("Il part. —") == ["Il part. —"]


def test_a_carried_quotation_stays_whole() -> None:
    text = "« Nous partons. Demain. » Le train attend. « Oui. Non. »"
    assert texts(text, carried=True) == [
        "« Nous partons. Demain. »",
        "Le train attend.",
        "« Oui. Non. »",
    ]
    text = "Nous partons. Demain. » Le train attend."
    assert texts(text, carried=True) == ["Nous partons. Demain. »", "Le train attend."]


def test_a_quotation_that_runs_on_stays_whole() -> None:
    text = "Il se lève. « Nous partons. Demain."
    assert texts(text, runs_on=True) == ["Il se lève.", "« Nous partons. Demain."]
    assert texts("« Un. Deux.", carried=True, runs_on=True) == ["« Un. Deux."]


def test_flat_cuts_inside_quotations() -> None:
    text = "Il dit : « Un. Deux ! “Trois ? Quatre.” » Cinq."
    assert flat(text) == ["Il dit : « Un.", "Deux !", "“Trois ?", "Quatre.” »", "Cinq."]
    assert flat("« Vraiment ? », dit-il. Non.") == ["« Vraiment ? », dit-il.", "Non."]


MARKS = st.sampled_from([*"«»“”„‹›\"'‘’", "« ", " »", "\u00a0»"])
WORDS = st.sampled_from(
    ["M.", "Mme", "Il", "part", "l’", "J.-C.", "12", "3,5", "etc.", "art.", "fini.Le", "— ", "a)"]
)
ENDS = st.sampled_from(
    [". ", "… ", "... ", " ? ", " ! ", ", ", ".", "\n", " ", "\u202f", " : ", "🌟"]
)
FRENCHLIKE = st.lists(MARKS | WORDS | ENDS | st.text(max_size=3), max_size=40).map("".join)
INNERMOST = st.lists(WORDS | ENDS, max_size=8).map("".join)


def quoted(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    one = st.builds(str.format, st.sampled_from(["« Il {} » ", "“Il {}” "]), inner)
    return st.lists(one | INNERMOST, max_size=6).map("".join)


BALANCED = st.recursive(INNERMOST, quoted, max_leaves=12)
ANY = st.text(max_size=60) | FRENCHLIKE


@given(ANY, st.booleans(), st.booleans())
def test_round_trip(text: str, carried: bool, runs_on: bool) -> None:
    for spans in (
        sentence_spans(text, carried=carried, runs_on=runs_on),
        sentence_spans_flat(text),
    ):
        last = 0
        for start, end in spans:
            assert last <= start < end <= len(text)
            assert text[last:start].strip(spaces.BLANKS) == ""
            assert text[start:end].strip(spaces.BLANKS) == text[start:end]
            last = end
        assert text[last:].strip(spaces.BLANKS) == ""


@given(FRENCHLIKE | BALANCED)
def test_no_span_begins_or_ends_inside_a_quotation(text: str) -> None:
    whole = [q for q in find_quotations(text) if q.complete]
    for start, end in sentence_spans(text):
        assert not any(q.start < edge < q.end for edge in (start, end) for q in whole)


@given(BALANCED | st.lists(WORDS | ENDS | st.text(max_size=3), max_size=30).map("".join))
def test_a_sentence_is_not_cut_again(text: str) -> None:
    for sentence in texts(text):
        assert texts(sentence) == [sentence]


def test_two_megabytes_without_white_space_take_seconds() -> None:
    assert seconds_for("a.", 2_000_000) < 60


UNITS = [
    "a",
    "« Oui. » ",
    "a.B",
    '" ',
    "' ",
    "‘a ",
    "(",
    "(a. ",
    "! ",
    ". $ ",
    " ",
    "\u00a0",
    "Oui. ",
    "M. ",
]
UNITS += ["1. ", "a@", "http://a.", "– ! ", '12" ', "🌟", "» ", ". » ", "…A", "( . ", "x (! ", "_"]


@pytest.mark.parametrize("unit", UNITS)
def test_time_is_linear(unit: str) -> None:
    # 50,000 characters take half a second; quadratic time would be minutes.
    assert seconds_for(unit, 50_000) < 10


def seconds_for(unit: str, characters: int) -> float:
    text = unit * (characters // len(unit))
    began = time.process_time()
    sentence_spans(text)
    return time.process_time() - began
