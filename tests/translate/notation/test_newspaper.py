"""Titles, ages, sums and times as newspapers have them; nothing that the French does not have."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation.newspaper import to_usage
from translate.notation.quotes import QuoteStyle


@pytest.mark.parametrize(
    ("french", "english", "wanted"),
    [
        ("M. Brix est là.", "M. Brix is there.", "Mr. Brix is there."),
        ("MM. Brix et Zorn", "MM. Brix and Zorn", "Messrs. Brix and Zorn"),
        ("Mme Brix et Mlle Zorn", "Mme Brix and Mlle Zorn", "Ms. Brix and Ms. Zorn"),
        ("Le plan M.", "Plan M. It works", "Plan M. It works"),
        ("Monsieur Brix, oui.", "Mr Brix, yes.", "Mr. Brix, yes."),
        ("en 44 avant J.-C. à Rome", "in 44 before Jesus-Christ in Rome", "in 44 B.C. in Rome"),
        ("en 64 apr. J.-C.", "in 64 after Christ", "in A.D. 64"),
        ("avant le Christ", "before Christ", None),
        ("chaque 1er janvier", "every 1 January", "every January 1"),
        ("le 12 mars 2024, il", "on 12th March 2024, he", "on March 12, 2024, he"),
        ("le 3 mai", "on the 3rd of May", "on May 3"),
        ("du 12 au 30 octobre", "from 12 to 30 October", "from October 12 to 30"),
        ("du 14 au 18 mai", "from 14 to May 18", "from May 14 to 18"),
        ("à 18 h", "it meets in 6 p.m.", "it meets at 6 p.m."),
        ("la France, dit-il", "“The France,” he says", "“France,” he says"),
        ("la France de Vichy", "the France of Vichy", None),
        ("les 12 et 13 mai", "on 12 and 13 May", None),
        ("En mai, 12 partent", "The 12 May leave", None),
        ("Henri M. Brix", "Henri P. Brix", "Henri P. Brix"),
        ("Brix, 47 ans, part.", "Brix, 47 years, leaves.", "Brix, 47, leaves."),
        ("Brix, âgée de 47 ans, part.", "Brix, 47 years old, leaves.", "Brix, 47, leaves."),
        ("Il dort 47 ans, dit-il.", "He sleeps, 47 years, he says.", None),
        ("80 dollars", "$80 dollars", "$80"),
        ("80 millions d'euros", "€80 million euros", "€80 million"),
        ("12,6 milliards d'euros", "12.6 thousand million Euros", "12.6 billion euros"),
        ("le 3 juin à 9 h", "on June 3 to 9 a.m.", "on June 3 at 9 a.m."),
        ("de lundi à mardi 18 h", "from 9 a.m. Monday to 6 p.m.", None),
        ("la Méditerranée", "the the Mediterranean", "the Mediterranean"),
        ("mardi à midi", "on Tuesday to noon", "on Tuesday at noon"),
        ("de 9 h à 18 h", "from 9 a.m. to 6 p.m.", "from 9 a.m. to 6 p.m."),
        ("Elle parlait à 14 h 30.", "She spoke to 2:30 p.m.", "She spoke at 2:30 p.m."),
        (
            "Elle a parlé à 9h devant lui",
            "She spoke to 9 a.m. to him",
            "She spoke at 9 a.m. to him",
        ),
        ("Ouvert de 14 h à 18 h", "Open 2 p.m. to 6 p.m.", None),
        ("Ouvert 9h30 à 12h", "Open 9:30 a.m. to noon", None),
        ("Ouvert de midi à 14h", "Open noon to 2 p.m.", None),
        ("Ouvert jusqu’à 21 h", "Open to 9 p.m.", None),
        ("Le match est reporté à 21 h", "The game is postponed to 9 p.m.", None),
        ("au 19e siècle", "At the 19th century", "In the 19th century"),
        ("Le n°1 mondial", "The world’s n°1", "The world’s No. 1"),
        ("La loi n° 78-17", "Act No. °, 78-17", "Act No. 78-17"),
        ("Le ministre", "The hon. Minister", "The Minister"),
        ("L'hon. ministre", "The hon. Minister", "The hon. Minister"),
    ],
)
def test_usage_of_newspapers(french: str, english: str, wanted: str | None) -> None:
    found = to_usage(english, french, QuoteStyle.AMERICAN)
    assert found == (wanted or english)
    assert to_usage(found, french, QuoteStyle.AMERICAN) == found


def test_british_titles_have_no_full_stop() -> None:
    assert to_usage("M. Brix, MM. Zorn", "M. Brix, MM. Zorn", QuoteStyle.BRITISH) == (
        "Mr Brix, Messrs Zorn"
    )
    assert to_usage("Mr Brix", "Monsieur Brix", QuoteStyle.BRITISH) == "Mr Brix"


@given(st.text(), st.text())
def test_any_text_is_taken(text: str, source: str) -> None:
    found = to_usage(text, source, QuoteStyle.AMERICAN)
    assert to_usage(found, source, QuoteStyle.AMERICAN) == found
