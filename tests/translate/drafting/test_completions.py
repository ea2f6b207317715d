"""A sentence goes on from a reviser's own words."""

import pytest

from tests.fakes import Fake
from translate.drafting.completions import completions
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.errors import UsageError
from translate.notation.quotes import QuoteStyle

FRENCH = "Le maire a reçu mardi les pêcheurs du port, qui demandent « une réponse »."
STYLE = QuoteStyle.AMERICAN


@pytest.fixture(scope="module")
def builtin() -> Translator:
    return load_translator("builtin")


@pytest.mark.parametrize("prefix", ["The mayor met", "On Tuesday, the", "The mayor’s", ""])
def test_every_sentence_begins_with_the_prefix(builtin: Translator, prefix: str) -> None:
    found = completions(FRENCH, prefix, builtin, STYLE)
    assert 1 < len(found) <= 5
    assert len(set(found)) == len(found)
    for sentence in found:
        assert sentence.startswith(prefix)
        assert len(sentence.split()) > len(prefix.split()) + 5
        assert "“" in sentence


def test_the_rest_is_a_translation_of_the_rest(builtin: Translator) -> None:
    found = completions(FRENCH, "The mayor met", builtin, STYLE)
    assert all("port" in sentence for sentence in found)
    assert any("on Tuesday" in sentence for sentence in found)


def test_an_engine_that_cannot_gives_none() -> None:
    assert completions(FRENCH, "The", Fake(), STYLE) == []


def test_a_sentence_that_is_too_long_is_said() -> None:
    with pytest.raises(UsageError, match="over 5 tokens"):
        completions(FRENCH, "The", Fake(max_tokens=5), STYLE)
