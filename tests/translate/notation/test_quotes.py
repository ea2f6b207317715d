"""The model of quotations against its golden cases and its promises."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation.quotes import (
    Quotation,
    QuoteStyle,
    Role,
    carried_quotations,
    find_quotations,
    is_balanced,
    marks,
    to_english,
)
from translate.notation.spaces import BLANKS

GOLDEN = Path(__file__).parents[2] / "golden" / "quotes.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text("utf-8").splitlines()]
STYLES = {"american": QuoteStyle.AMERICAN, "british": QuoteStyle.BRITISH}
STYLES["straight"] = QuoteStyle.STRAIGHT

MARKS = st.sampled_from([*"«»“”„‹›\"'‘’", "« ", " »", "\u00a0»", "l’", " ' ", ' " '])
TEXTS = st.lists(MARKS | st.sampled_from(["mot", " ", ", ", "12", ". "]) | st.text(max_size=2))
ANY = TEXTS.map("".join)
WORDS = st.sampled_from(["Il dit ", "l’ami ", "non, ", "oui. ", "12 ", "qu’il parte ! "])
INNERMOST = st.lists(WORDS, min_size=1, max_size=4).map("".join)


def quoted(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    forms = st.sampled_from(["« {} »", "«\u00a0{}\u00a0»", "“{}”", "‹ {} ›"])
    one = st.builds(lambda form, text: form.format(text.strip()) + " ", forms, inner)
    return st.lists(one | INNERMOST, min_size=1, max_size=4).map("".join)


UNBALANCED = st.sampled_from([["« ", " » "], ["“", "” "], [' "', '" ', ' " ']]).flatmap(
    lambda kind: st.lists(WORDS | st.sampled_from(kind)).map("".join)
)
BALANCED = st.recursive(INNERMOST, quoted, max_leaves=10)


def count_quotations(text: str) -> int:
    return sum(quotation.complete for quotation in find_quotations(text))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"])
def test_golden(case: dict[str, object]) -> None:
    text = str(case["text"])
    assert count_quotations(text) == case["count"]
    assert is_balanced(text) == case["balanced"]
    for name, style in STYLES.items():
        assert to_english(text, style) == case[name]


def test_nested_quotations_come_in_order_with_their_depth() -> None:
    assert find_quotations("a « b “c” d ‹e› » f « g »") == (
        Quotation(2, 17, 0, opened=True, closed=True),
        Quotation(6, 9, 1, opened=True, closed=True),
        Quotation(12, 15, 1, opened=True, closed=True),
        Quotation(20, 25, 0, opened=True, closed=True),
    )


def test_a_missing_mark_is_told() -> None:
    assert find_quotations("a « b") == (Quotation(2, 5, 0, opened=True, closed=False),)
    assert find_quotations("a » b") == (Quotation(0, 3, 0, opened=False, closed=True),)
    assert [mark.paired for mark in marks("« a » b »")] == [True, True, False]


def test_a_carried_quotation_begins_with_the_paragraph() -> None:
    for text in ("« Demain. » Il part « tôt ».", "» Demain. » Il part « tôt »."):
        first, second = find_quotations(text, carried=True)
        assert first == Quotation(0, 11, 0, opened=False, closed=True)
        assert second == Quotation(20, 27, 0, opened=True, closed=True)
        assert [mark.role for mark in marks(text, carried=True)] == [Role.OPEN, Role.CLOSE] * 2
    (whole,) = find_quotations("Demain.", carried=True)
    assert whole == Quotation(0, 7, 0, opened=False, closed=False)


def test_english_repeats_the_opening_mark_in_each_paragraph() -> None:
    assert to_english("« Un “deux”.", runs_on=True) == "“Un ‘deux’."
    assert to_english("» Trois.", carried=True, runs_on=True) == "“Trois."
    assert to_english(" Quatre “cinq”. »", carried=True) == " “Quatre ‘cinq’.”"
    assert to_english("", carried=True) == ""


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ([], ()),
        (["« Un. »", "Deux."], (False, False)),
        (["« Un.", "« Deux. »", "Trois."], (False, True, False)),
        (["« Un.", "» Deux.", "» Trois. »", "Quatre."], (False, True, True, False)),
        (["Il dit : « Un.", "Deux.", "Trois. »", "« Quatre. »"], (False, True, True, False)),
        (["« Un.", "Deux.", "« Trois », dit-il."], (False, False, False)),
        (["« Un.", "Deux « trois » quatre.", "Cinq. »"], (False, True, True)),
        (["« Un.", "2.", "3.", "4.", "5.", "6.", "Sept. »"], (False,) * 7),
        (["« Un “deux.", "“Trois”. »"], (False, True)),
        (['"Un.', '"Deux."', "Trois."], (False, True, False)),
        (["L’été. ‘Un.", "Deux’ et l’hiver."], (False, False)),
    ],
)
def test_carried_quotations(blocks: list[str], expected: tuple[bool, ...]) -> None:
    assert carried_quotations(blocks) == expected


@given(ANY, st.booleans(), st.booleans())
def test_quotations_are_ordered_and_nested(text: str, carried: bool, runs_on: bool) -> None:
    found = find_quotations(text, carried=carried, runs_on=runs_on)
    enclosing: list[Quotation] = []
    for quotation in found:
        assert 0 <= quotation.start < quotation.end <= len(text) or text == ""
        assert quotation.depth >= 0
        while enclosing and enclosing[-1].end <= quotation.start:
            enclosing.pop()
        assert not enclosing or quotation.end <= enclosing[-1].end
        enclosing.append(quotation)
    assert [q.start for q in found] == sorted(q.start for q in found)


@given(ANY, st.booleans())
def test_marks_are_ordered_and_single_characters(text: str, carried: bool) -> None:
    positions = [mark.position for mark in marks(text, carried=carried)]
    assert positions == sorted(set(positions))
    assert all(text[position] in "«»‹›“”„\"‘’'" for position in positions)


@given(BALANCED)
def test_english_keeps_count_balance_and_words(text: str) -> None:
    for style in (QuoteStyle.AMERICAN, QuoteStyle.BRITISH):
        english = to_english(text, style)
        assert is_balanced(text)
        assert is_balanced(english)
        assert count_quotations(english) == count_quotations(text)
        drop = str.maketrans("", "", BLANKS + "«»‹›“”‘’")
        assert english.translate(drop) == text.translate(drop)


@given(BALANCED)
def test_english_twice_is_english_once(text: str) -> None:
    for style in QuoteStyle:
        once = to_english(text, style)
        assert to_english(once, style) == once


@given(UNBALANCED)
def test_american_twice_is_american_once_even_where_a_mark_is_missing(text: str) -> None:
    once = to_english(text)
    assert to_english(once) == once


@given(st.lists(ANY, max_size=6))
def test_first_block_is_never_carried(blocks: list[str]) -> None:
    carried = carried_quotations(blocks)
    assert len(carried) == len(blocks)
    assert not any(carried[:1])


def test_many_marks_take_linear_time() -> None:
    for unit in ("« ", "» ", '" ', "‘a ", "« “ » ", "l’"):
        to_english(unit * 20_000)


def test_a_mark_between_letters_closes_what_is_open() -> None:
    assert to_english('Il dit "oui"et part.') == "Il dit “oui”et part."
    assert to_english('l"équipe') == 'l"équipe'


def test_a_mark_that_is_forgotten_inside_a_quotation_does_not_run_on() -> None:
    assert carried_quotations(["« Il dit “oui. »", "« Non. »"]) == (False, False)
