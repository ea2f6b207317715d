import pytest

from tests.fakes import Fake
from translate.drafting.ladder import Source, draft
from translate.notation import markup
from translate.notation.articles import agreed, with_articles
from translate.settings import Settings

BOLD = "\U000f0000"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 8-month baby and a 18-year-old", "An 8-month baby and an 18-year-old"),
        ("a €800 million plan, an 12 euro note", "an €800 million plan, a 12 euro note"),
        ("It is a 18,000-seat stadium.", "It is an 18,000-seat stadium."),
        ("an 1848 law, a 1,848 vote lead", "an 1848 law, a 1,848 vote lead"),
        ("a 110-year lease, a 118 bus", "a 110-year lease, a 118 bus"),
        ("It fell. A 11% drop.", "It fell. An 11% drop."),
        ("“A 8,” he said", "“An 8,” he said"),
        ("Group A 8 won", "Group A 8 won"),
        ("at 3 p.m. a 8-year-old", "at 3 p.m. an 8-year-old"),
        ("a apple, an MP", "a apple, an MP"),  # the model's own words
        (f"a {BOLD}injustice and an {BOLD}European", f"an {BOLD}injustice and a {BOLD}European"),
        (f"an {BOLD}MP", f"an {BOLD}MP"),
    ],
)
def test_articles_of_numbers_and_marked_words(text: str, expected: str) -> None:
    assert with_articles(text) == expected
    assert with_articles(expected) == expected


@pytest.mark.parametrize("before", ["Iran ", "a man ", "the ", "", "a", "van "])
def test_what_is_no_article_stays(before: str) -> None:
    assert agreed(before, "union") == before


def test_a_number_that_is_set_in_has_its_article() -> None:
    french = "C’est un plan de 80 euros."
    model = Fake(lambda source: "It is a ⟦0⟧ plan.")
    model.placeholders = ("⟦0⟧",)
    assert draft([Source(french)], model, Settings())[Source(french)].target == (
        "It is an €80 plan."
    )


def test_words_of_a_link_that_are_set_in_have_their_article() -> None:
    one, end = markup.opening(0), markup.closing(0)
    french = f"C’est une {one}injustice{end} ici."
    answers = {"injustice": "unfairness", "C’est une ⟦0⟧ ici.": "It is a ⟦0⟧ here."}
    model = Fake(lambda source: answers.get(source, "It is unjust here."))
    model.placeholders = ("⟦0⟧",)
    target = draft([Source(french)], model, Settings())[Source(french)].target
    assert target == f"It is an {one}unfairness{end} here."
