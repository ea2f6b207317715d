"""The promises with a second model: another vocabulary, no placeholders, and it writes rubbish.

What holds for it is held by the desk around any model of the hub.
"""

import random
from collections.abc import Callable
from pathlib import Path

import pytest

from tests import test_promises as promises
from tests.models import other_vocabulary
from translate.article.sentences import sentence_spans
from translate.engines import Translator, load_translator

EXAMPLES = Path(__file__).parent.parent / "examples"
ARTICLES = [
    "Le sommet s’ouvre lundi.\n\n"
    "« Nous avons 12 blessés », a dit Marie. Elle attend 3,5 % de plus.",
    "A woman walks past a poster in Ankara, Turkey.\n\n"
    "Voir https://example.org/a?b=1 et le [carnet](https://a.fr/b), écrit par jean@example.org.",
    "LE MAIRE DÉMISSIONNE\n\nPar Anne Petit\n\n"
    "« On part », dit-il, « et 14\u202f000 personnes avec nous. »",
]


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Translator:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(EXAMPLES.glob("*.txt")))
    folder = other_vocabulary(tmp_path_factory.mktemp("second") / "other", text)
    return load_translator(str(folder), device="cpu", threads=1)


@pytest.mark.parametrize("text", ARTICLES)
@pytest.mark.parametrize(
    "promise",
    [
        promises.test_1_blocks_come_out_in_order_and_none_is_lost,
        promises.test_2_english_stays_byte_for_byte,
        promises.test_5_links_and_codes_are_untouched_in_whole_articles,
    ],
)
def test_articles(promise: Callable[..., None], text: str, second: Translator) -> None:
    _of(promise)(text, second)


@pytest.mark.parametrize("text", ARTICLES)
@pytest.mark.parametrize(
    "promise",
    [
        promises.test_3_as_many_quotations_come_out_or_it_is_said,
        promises.test_4_numbers_survive_or_it_is_said,
        promises.test_5_links_and_codes_are_untouched,
    ],
)
def test_sentences(promise: Callable[..., None], text: str, second: Translator) -> None:
    for block in text.split("\n\n"):
        for start, end in sentence_spans(block):
            _of(promise)(block[start:end], second)


def test_the_same_output_whatever_the_batch(second: Translator) -> None:
    _of(promises.test_6_the_same_output_whatever_the_batch)(ARTICLES, second, random.Random(1))


def test_a_word_that_the_vocabulary_lacks_is_kept(second: Translator) -> None:
    assert not second.covers("日本")
    assert second.count_tokens("Le sommet ⟦0⟧") > 1
    promises.test_a_careless_model_is_answered_and_what_remains_is_said(second)


def _of(promise: Callable[..., None]) -> Callable[..., None]:
    """The test inside of hypothesis' loop."""
    inner: Callable[..., None] = promise.hypothesis.inner_test  # type: ignore[attr-defined]
    return inner
