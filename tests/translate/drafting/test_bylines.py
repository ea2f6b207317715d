"""Bylines are written by rule, whole, or left to the model."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Fake
from translate.document import Kind
from translate.drafting.bylines import english
from translate.drafting.checks import check
from translate.drafting.ladder import Source, draft
from translate.pipeline import analyse, translate_document
from translate.settings import Settings
from translate.terms.house import with_names
from translate.terms.termbase import NO_TERMS

NAMES = with_names(NO_TERMS)
ARTICLE = "Un accord a été signé\n\n{}\n\nLe sommet a pris fin mercredi.\n"


@pytest.mark.parametrize(
    ("byline", "wanted"),
    [
        ("Par Jean Dupont", "By Jean Dupont"),
        ("par Chia", "by Chia"),
        ("PAR ANNE MOREL", "BY ANNE MOREL"),
        ("Par Anne Morel et Luc Besnard", "By Anne Morel and Luc Besnard"),
        ("Par Le Monde avec AFP", "By Le Monde with AFP"),
        ("Par Camille Lefèvre (avec l’AFP)", "By Camille Lefèvre (with AFP)"),
        ("Par Jean-Paul de La Tour, à Pékin", "By Jean-Paul de La Tour, in Beijing"),
        ("Par Léa d’Arcy, au Mali", "By Léa d’Arcy, in Mali"),
        ("Par Jean Maire", "By Jean Maire"),
        ("Propos recueillis par Anne Morel", "Interview by Anne Morel"),
        (
            "De notre envoyée spéciale à Gaza, Anne Morel",
            "From our special correspondent in Gaza, Anne Morel",
        ),
        (
            "Par Anne Morel | Publié le 12 mars 2024 à 18h30, mis à jour à 19 h 05",
            "By Anne Morel | Published on March 12, 2024 at 6:30 p.m., updated at 7:05 p.m.",
        ),
        ("Publié le 3 sept. 2024", "Published on September 3, 2024"),
        ("Par Anne Morel, le 12 janv. 2024", "By Anne Morel, January 12, 2024"),
        ("Publié le mardi 1er mai 2024", "Published on Tuesday, May 1, 2024"),
        ("Mis à jour le 12/03/2024 à 08:15", "Updated on March 12, 2024 at 8:15 a.m."),
        ("**Par Anne Morel**", "**By Anne Morel**"),
        ("Par notre service international", None),
        ("Par [Anne Morel](https://a.fr/anne)", None),
        ("Publié hier", None),
    ],
)
def test_a_byline_is_written_whole_or_not_at_all(byline: str, wanted: str | None) -> None:
    assert english(byline, NAMES) == wanted
    if wanted:
        assert [finding.check for finding in check(byline, wanted)] == []


def test_a_byline_needs_no_model() -> None:
    translator = Fake(str.upper)
    document = analyse(ARTICLE.format("Par Anne Morel | Publié le 12 mars 2024 à 18h30"))
    assert document.blocks[1].kind is Kind.BYLINE
    found = translate_document(document, translator)
    assert found.blocks[1].text(document) == (
        "By Anne Morel | Published on March 12, 2024 at 6:30 p.m."
    )
    assert len(translator.seen) == 2


def test_other_bylines_go_to_the_model() -> None:
    source = Source("Par notre service international", byline=True)
    assert draft([source], Fake(str.upper), Settings())[source].target == source.text.upper()


@given(
    st.lists(
        st.sampled_from(
            "Par/et/avec/Anne Morel/AFP/publié le/12 mars 2024/à/18h30/1er mai/|/,/(/)/de/Le Monde/"
            "mis à jour/dit/3".split("/")
        )
    )
)
def test_no_number_and_no_name_is_lost(words: list[str]) -> None:
    byline = " ".join(words)
    found = english(byline, NAMES)
    assert found is None or check(byline, found, ["numbers"]) == ()
    for name in ("Anne Morel", "AFP", "Le Monde", "|"):
        assert found is None or found.count(name) == byline.count(name)
