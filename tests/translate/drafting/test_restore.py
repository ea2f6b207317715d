"""The English of a plan: words set into the places of placeholders, pieces into their sentence."""

import pytest

from tests.fakes import Fake
from translate.drafting import plans, restore
from translate.drafting.anchors import Answers
from translate.drafting.ladder import Source, draft
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings
from translate.terms.termbase import NO_TERMS, Term, Termbase

MARKS = ("⟦0⟧", "⟦1⟧", "⟦2⟧")


def finished(
    french: str, english: str, *words: str, terms: Termbase = NO_TERMS, set_in: bool = False
) -> str | None:
    """The sentence where the model says `english` of the whole and `words` of what is marked up."""
    model = Fake()
    model.placeholders = MARKS
    plan = plans.whole(french, model, terms)
    assert plan is not None
    answers = Answers(tuple((answer,) for answer in words), are_set_in=set_in)
    return restore.finish(plan, [english], answers, QuoteStyle.AMERICAN)


@pytest.mark.parametrize(
    ("english", "words", "expected"),
    [
        ("The ⟦0⟧ saw ⟦1⟧.", ("mayor", "the bridge"), "The [mayor](/m) saw **the bridge**."),
        ("⟦1⟧ saw the ⟦0⟧.", ("mayor", "The bridge."), "**The bridge** saw the [mayor](/m)."),
        ("The ⟦0⟧ saw a ⟦1⟧.", ("the mayor", " bridge "), "The [mayor](/m) saw a **bridge**."),
        ("The ⟦0⟧ saw ⟦1⟧.", ("mayor", ""), "The [mayor](/m) saw **le pont**."),  # French, not lost
        ("The ⟦0⟧ saw it.", ("mayor", "the bridge"), None),
        ("The ⟦0⟧ saw ⟦1⟧ and ⟦1⟧.", ("mayor", "the bridge"), None),
    ],
)
def test_words_are_set_into_the_places_of_their_placeholders(
    english: str, words: tuple[str, ...], expected: str | None
) -> None:
    french = "Le [maire](/m) a vu **le pont**."
    assert finished(french, english, *words, set_in=True) == expected


def test_markup_inside_what_is_set_in_stands_around_its_own_words() -> None:
    french = "Le [maire](/m) a vu [le **vieux** pont](/a) et [la *belle* place](/b)."
    words = "mayor", "the old bridge", "old", "the fine square", "fine"
    assert finished(french, "The ⟦2⟧ saw ⟦1⟧ and the ⟦0⟧.", *words, set_in=True) == (
        "The [the *fine* square](/b) saw [the **old** bridge](/a) and the [mayor](/m)."
    )
    words = "mayor", "the new bridge", "old", "the fine square", "fine"
    assert finished(french, "The ⟦0⟧ saw ⟦1⟧ and ⟦2⟧.", *words, set_in=True) is None


def test_markup_inside_markup_and_beside_it() -> None:
    french = "Le [**maire**](/m)[ de Lyon](/l) parle."
    english = "The mayor of Lyon speaks."
    assert finished(french, english, "mayor", "mayor", "of Lyon") == (
        "The [**mayor**](/m) [of Lyon](/l) speaks."
    )


def test_where_words_are_not_found_the_sentence_with_placeholders_is_taken() -> None:
    answers = {
        "Le maire a vu le pont hier.": "Nothing is alike here.",
        "le pont": "the bridge",
        "Le maire a vu ⟦0⟧ hier.": "The mayor saw ⟦0⟧ yesterday.",
    }
    model = Fake(lambda text: answers.get(text, text))
    model.placeholders = MARKS
    source = Source("Le maire a vu **le pont** hier.")
    found = draft([source], model, Settings())[source]
    assert found.target == "The mayor saw **the bridge** yesterday."


def test_a_term_has_one_article() -> None:
    terms = Termbase((Term("OMS", "the WHO"),))
    assert finished("L’**OMS** parle.", "The ⟦0⟧ speaks.", "⟦0⟧", terms=terms) == (
        "The **WHO** speaks."
    )
    assert finished("Selon l’OMS, non.", "According to ⟦0⟧, no.", terms=terms) == (
        "According to the WHO, no."
    )


def test_letters_that_the_model_lacks_come_back_beside_a_placeholder() -> None:
    class Plain(Fake):
        def covers(self, text: str) -> bool:
            return "ř" not in text

    model = Plain()
    model.placeholders = MARKS
    plan = plans.whole("Dvořák a écrit à a@b.fr hier.", model)
    assert plan is not None
    assert plan.requests() == ["Dvorak a écrit à ⟦0⟧ hier."]
    english = "Yesterday Dvorak wrote to ⟦0⟧."
    assert restore.finish(plan, [english], Answers(), QuoteStyle.AMERICAN) == (
        "Yesterday Dvořák wrote to a@b.fr."
    )


@pytest.mark.parametrize(
    ("french", "table", "expected"),
    [
        # A piece that begins no sentence begins small, unless with a name of the French.
        (
            "Il dit : « hier Macron part. Tu pars. »",
            {"Il dit": "He says.", "hier Macron part.": "Macron, yesterday, left."},
            "He says: “Macron, yesterday, left. Tu pars.”",
        ),
        (
            "Il dit : « hier il part. Tu pars. »",
            {"Il dit": "He says.", "hier il part.": " Yesterday he left. "},
            "He says: “yesterday he left. Tu pars.”",
        ),
        # One behind a full stop begins one, with a mark before it or without.
        (
            "Il part. « hier il dort. Tu pars. »",
            {"hier il dort.": "Yesterday he slept."},
            "Il part. “Yesterday he slept. Tu pars.”",
        ),
        (
            "hier il dit : « Oui. Non. »",
            {"hier il dit": "Yesterday he says"},
            "Yesterday he says: “Oui. Non.”",
        ),
    ],
)
def test_pieces_are_fitted_into_their_sentence(
    french: str, table: dict[str, str], expected: str
) -> None:
    plan = plans.cut_at_marks(french, Fake())
    targets = [table.get(request, request) for request in plan.requests()]
    assert restore.finish(plan, targets, Answers(), QuoteStyle.AMERICAN) == expected
