"""Decisions and thresholds that nothing else would miss if they moved."""

import pytest

from tests.fakes import Fake
from translate.article.language import foreign_language
from translate.document import Hypothesis, Language, Origin, Severity
from translate.drafting import plans, restore
from translate.drafting.checks import check, check_length
from translate.drafting.choose import choose
from translate.notation.quotes import QuoteStyle, carried_quotations
from translate.pipeline import analyse, translate_document
from translate.terms.termbase import Term, Termbase


def masked(text: str, terms: Termbase) -> plans.Plan:
    translator = Fake()
    translator.placeholders = ("⟦0⟧", "⟦1⟧")
    plan = plans.whole(text, translator, terms)
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("answer", "english"),
    [
        ("The ⟦0⟧ spoke.", "The prosecutors spoke."),
        ("The ⟦0⟧ spoke of the ⟦0⟧.", None),  # a placeholder that comes back twice
        ("The man spoke.", None),
    ],
)
def test_a_placeholder_comes_back_once(answer: str, english: str | None) -> None:
    plan = masked("Le parquet a parlé.", Termbase((Term("parquet", "prosecutors"),)))
    assert restore.finish(plan, [answer], [], QuoteStyle.AMERICAN) == english


def test_a_code_comes_back_once() -> None:
    plan = masked("Écrire à a@b.fr avant lundi.", Termbase())
    twice = "Write to ⟦0⟧ or ⟦0⟧ before Monday."
    assert restore.finish(plan, [twice], [], QuoteStyle.AMERICAN) is None


def test_a_lost_term_costs_a_hypothesis_its_place() -> None:
    beam = [Hypothesis("Celebration in Chad.", -0.1), Hypothesis("Ceasefire in Chad.", -0.2)]
    found = choose("Cessez-le-feu au Tchad.", beam, Origin.MODEL)
    assert found is not None
    assert found.target == "Ceasefire in Chad."


def test_the_names_of_a_termbase_are_not_looked_for_again() -> None:
    terms = Termbase((Term("Paul Verdier", "the mayor"),))
    assert check("Hier, Paul Verdier a parlé.", "Yesterday the mayor spoke.", terms=terms) == ()


@pytest.mark.parametrize(("english", "said"), [(2, True), (3, False), (10, False), (11, True)])
def test_the_length_of_six_words_may_be_from_three_to_ten(english: int, said: bool) -> None:
    assert bool(list(check_length("mot " * 6, "word " * english))) is said


@pytest.mark.parametrize(
    ("between", "carried"),
    [(0, True), (3, True), (4, False), (8, False)],
)
def test_an_open_quotation_is_looked_for_in_the_next_four_paragraphs(
    between: int, carried: bool
) -> None:
    paragraphs = ["« Nous partons.", *["Il pleut."] * between, "Demain. »", "Il est parti."]
    assert carried_quotations(paragraphs)[between + 1] is carried


def test_sentences_that_were_glued_together_are_parted() -> None:
    text = "Le maire est parti hier soir.Elle reste à la mairie ce matin."
    document = analyse(text)
    assert len(list(document.segments())) == 2
    english = translate_document(document, Fake(lambda source: source.replace("é", "e"))).text
    assert ".Elle" not in english
    assert ". Elle" in english


@pytest.mark.parametrize(
    ("line", "language"),
    [("Accord final", Language.FRENCH), ("Transport public", Language.ENGLISH)],
)
def test_only_a_thin_line_goes_with_its_article(line: str, language: Language) -> None:
    around = "The mayor left the town last night. She comes back with her brother tomorrow."
    block = analyse(f"{around}\n\n{line}\n\n{around}").blocks[1]
    assert block.language is language


def test_an_article_with_a_french_word_in_thirteen_is_not_foreign() -> None:
    german = "Die Regierung hat am Montag {} ein neues Gesetz über den Verkehr beschlossen. "
    assert foreign_language(german.format("nun") * 12) == "de"
    assert foreign_language(german.format("dans") * 12) is None


def test_a_warning_is_no_error() -> None:
    (finding,) = check_length("mot " * 6, "word " * 20)
    assert finding.severity is Severity.WARNING
