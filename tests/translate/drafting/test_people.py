import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Fake
from translate.drafting import people
from translate.drafting.ladder import Source, draft
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings

GOLDEN = Path(__file__).parents[2] / "golden" / "people.tsv"
CASES = [
    line.split("\t")
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("french", "english", "wanted"), CASES)
def test_titles_before_names(french: str, english: str, wanted: str) -> None:
    found = people.mended(french, english, QuoteStyle.AMERICAN)
    missing = people.lost(french, found)
    assert ("lost" if missing else found) == wanted
    assert people.mended(french, found, QuoteStyle.AMERICAN) == found


def test_british_titles_have_no_full_stop() -> None:
    found = people.mended("Mme Roux et le Dr Blin.", "Mrs. Roux and Dr. Blin.", QuoteStyle.BRITISH)
    assert found == "Ms Roux and Dr Blin."


@pytest.mark.parametrize(
    ("french", "given"),
    [
        ("M. le maire est absent.", "Le maire est absent."),
        ("Selon M. le préfet, oui.", "Selon le préfet, oui."),
        ("Mme la ministre répondra.", "La ministre répondra."),
        ("Mme l’ambassadrice répondra.", "L’ambassadrice répondra."),
        ("M. le président, merci.", "Monsieur le président, merci."),
        ("« Mme la maire ! »", "« Madame la maire ! »"),
        ("M. Le Maire est absent.", "M. Le Maire est absent."),
        ("M. Lebrun part.", "M. Lebrun part."),
    ],
)
def test_an_office_needs_no_courtesy(french: str, given: str) -> None:
    assert people.written_out(french) == given


def test_a_title_that_is_lost_is_masked() -> None:
    fake = Fake(lambda text: text if "⟦" in text else "Gaulle’s general is speaking.")
    fake.placeholders = ("⟦0⟧", "⟦1⟧")
    source = Source("Le général de Gaulle parle.")
    assert draft([source], fake, Settings())[source].target == "General de Gaulle parle."


@given(st.text(), st.text())
def test_any_text_is_taken(french: str, english: str) -> None:
    people.mended(french, english, QuoteStyle.AMERICAN)
    people.written_out(french)
    assert all(term.french in french for term in people.lost(french, english))


@pytest.mark.parametrize(
    "text", ["M. A " * 40_000, "le " * 66_000, "Dr Aa " * 33_000, "M. de " * 33_000]
)
def test_long_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    people.people(text)
    people.written_out(text)
    assert time.process_time() - started < 3
