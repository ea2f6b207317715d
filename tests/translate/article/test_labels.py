"""Labels of pages: French words with capitals and no grammar, and what they become."""

import time

import pytest

from tests.fakes import Fake
from translate.article.labels import is_label
from translate.pipeline import analyse, translate_document


@pytest.mark.parametrize(
    ("label", "english"),
    [
        ("Médias", "Media"),
        ("Précédent", "Previous"),
        ("DÉBATS", "DEBATES"),
        ("Nom *", "Name *"),
        ("Retour à l’accueil", "Back to home"),
    ],
)
def test_a_phrase_of_a_page_needs_no_model(label: str, english: str) -> None:
    model = Fake(str.upper)
    assert translate_document(analyse(label), model).text == english
    assert model.seen == []


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
