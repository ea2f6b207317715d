"""Labels of pages: French words with capitals and no grammar, and what they become."""

import time

import pytest

from tests.fakes import Fake
from translate.article.labels import is_label
from translate.pipeline import analyse, translate_document
from translate.settings import Settings
from translate.terms.termbase import Term, Termbase


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("Médias", "Media"),
        ("Précédent", "Previous"),
        ("DÉBATS", "DEBATES"),
        ("Nom *", "Name *"),
        ("Retour à l’accueil", "Back to home"),
        ("Précédent Suivant", "Previous Next"),
        ("Commenter Imprimer", "Comment Print"),
    ],
)
def test_a_phrase_of_a_page_needs_no_model(label: str, english: str) -> None:
    model = Fake(str.upper)
    assert translate_document(analyse(label), model).text == english
    assert model.seen == []


@pytest.mark.parametrize(
    ("row", "english"), [("Précédent Suivant", "Previous Onward"), ("Suivant", "Onward")]
)
def test_the_termbase_goes_before_the_phrases_of_a_page(row: str, english: str) -> None:
    terms = Termbase((Term("Suivant", "Onward"),))
    done = translate_document(analyse(row), Fake(str.upper), Settings(terms=terms))
    assert done.text == english


def test_a_row_of_labels_under_an_article_is_no_name() -> None:
    done = translate_document(analyse("Le maire a parlé.\n\nPartager Imprimer"), Fake(str.upper))
    assert done.text.endswith("\n\nShare Print")


def test_a_label_in_an_article_is_translated() -> None:
    done = translate_document(
        analyse("Le maire a parlé.\n\nDiffusions\n\nIl dort."), Fake(str.upper)
    )
    assert "DIFFUSIONS" in done.text


@pytest.mark.parametrize("unit", ["Débats ", "À ", "Sortie de ", "é"])
def test_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    is_label(text, text.split())
    assert time.process_time() - started < 5
