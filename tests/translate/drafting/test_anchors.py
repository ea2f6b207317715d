import re
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.inline_tags import cases, right
from tests.fakes import Careless, Fake
from translate.drafting.anchors import Anchor, Answers, placed
from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.notation import markup
from translate.settings import Settings

#: What the built-in model must have right: 64 of the 69 golden pairs (bench/inline_tags.py).
MIN_SHARE = 0.92


def test_there_are_sixty_golden_sentences() -> None:
    assert len(cases()) >= 60


def test_tags_stand_around_the_right_words() -> None:
    pairs = [fit for _, _, fits in right(load_translator()) for fit in fits]
    assert sum(pairs) >= MIN_SHARE * len(pairs)


@pytest.mark.parametrize(
    ("english", "french", "answers", "expected"),
    [
        ("The mayor reopens the bridge.", "le pont", ["The bridge."], "the bridge"),
        ("The mayor reopens the bridge.", "pont", ["Bridge"], "bridge"),
        ("The Le Monde daily says so.", "Le Monde", ["The World"], "Le Monde"),
        ("The bridge reopens Tuesday.", "rouvre", ["is reopening"], "reopens"),
        ("He announced the reopening.", "la réouverture", ["The reopened"], "the reopening"),
        ("A strong answer and a weak one.", "une réponse ferme", ["A strong reply"], "A strong"),
        ("Nothing is alike here.", "la grève", ["The strike"], None),
    ],
)
def test_where_words_are_found(
    english: str, french: str, answers: list[str], expected: str | None
) -> None:
    spans = placed(english, [Anchor("[", french, "]")], Answers((tuple(answers),)))
    assert (spans and english[slice(*spans[0])]) == expected


def test_the_nearest_of_two_is_taken() -> None:
    anchors = [Anchor("<", "le pont", ">", place=0.9)]
    text = "The bridge is a bridge, the bridge."
    spans = placed(text, anchors, Answers((("the bridge",),)))
    assert spans == [(24, 34)]


def test_what_stands_between_the_same_words() -> None:
    anchor = Anchor("<", "une réponse ferme", ">", mark="⟦0⟧")
    text = "The minister promised a firm answer on Monday."
    answers = Answers((("A solid reply",),), ("The minister has promised ⟦0⟧ on Monday.",))
    spans = placed(text, [anchor], answers)
    assert spans
    assert text[slice(*spans[0])] == "a firm answer"


def test_numbers_are_not_taken_from_other_words() -> None:
    anchor = Anchor("<", "des réponses", ">", mark="⟦1⟧")
    answers = Answers((("replies",),), ("They wait for ⟦1⟧ years.",))
    assert placed("They wait for ⟦0⟧ years.", [anchor], answers) is None


PAIR = (markup.opening(0), markup.closing(0), markup.opening(1), markup.closing(1))
CODED = st.lists(
    st.sampled_from(["le pont", "12 %", "«", "»", ".", ", ", " ", markup.single(2), "rouvre"]),
    max_size=6,
).map("".join)


@given(CODED, CODED, CODED, st.booleans(), st.sampled_from([Fake(), Fake(str.upper), Careless()]))
def test_no_code_is_ever_lost(one: str, two: str, three: str, nested: bool, model: Fake) -> None:
    first, last, inner, end = PAIR
    text = f"{first}{one}{inner}{two}{end}{last}{three}"
    if not nested:
        text = f"{first}{one}{last}{inner}{two}{end}{three}"
    text = f"Le maire {text} parle."
    if text.count(markup.single(2)) > 1:
        return
    english = draft([Source(text)], model, Settings())[Source(text)].target
    assert sorted(filter(markup.is_code, english)) == sorted(filter(markup.is_code, text))


def test_many_anchors_take_little_time() -> None:
    pairs = [f"{markup.opening(n)}mot{markup.closing(n)}" for n in range(2_000)]
    text = "Le " + " ".join(pairs) + "."
    started = perf_counter()
    found = draft([Source(text)], Fake(max_tokens=10_000), Settings())[Source(text)]
    assert re.search("mot", found.target, re.IGNORECASE)
    assert perf_counter() - started < 20
