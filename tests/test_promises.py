"""The seven promises, for any article: random French, English, quotations, numbers, links, rubbish.

The translators are fakes, one of them with every bad habit of a model, so that what holds here is
held by the desk and not by the model.
"""

import random
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Careless, Fake
from tests.texts import articles, sentences
from translate.document import Language, Origin, Severity, Translation
from translate.drafting.ladder import Source, draft
from translate.engines.base import Translator
from translate.engines.standins import StandIns
from translate.errors import DepecheError
from translate.notation import quotes, speech
from translate.notation.markup import TokenKind, addresses, parse_inline
from translate.pipeline import analyse, translate_document, translate_documents
from translate.settings import Furniture, Settings

TRANSLATORS: list[Translator] = [
    Fake(),
    Fake(max_tokens=5),
    Careless(),
    StandIns(Careless()),
]
translators = st.sampled_from(TRANSLATORS)


def translated(text: str, translator: Translator, **options: object) -> Translation | None:
    """None where the article is refused in words."""
    try:
        return translate_document(analyse(text), translator, Settings(**options))  # type: ignore[arg-type]
    except DepecheError:
        return None


@given(articles(), st.booleans())
def test_1_every_character_is_in_one_segment_or_gap(text: str, markdown: bool) -> None:
    document = analyse(text, markdown=markdown)
    gaps = list(document.gaps())
    segments = [document.of(segment) for segment in document.segments()]
    whole = [gaps[0]] + [part for pair in zip(segments, gaps[1:], strict=True) for part in pair]
    assert "".join(whole) == text
    assert all(segment.strip() == segment and segment for segment in segments)


@given(articles(), translators)
def test_1_blocks_come_out_in_order_and_none_is_lost(text: str, translator: Translator) -> None:
    translation = translated(text, translator)
    if translation is not None:
        assert [b.block for b in translation.blocks] == list(translation.document.blocks)
        assert all(s.target.strip() for s in translation.segments())
        document = translation.document
        ends = [0, *(block.block.end for block in translation.blocks)]
        starts = [*(block.block.start for block in translation.blocks), len(text)]
        gaps = [text[end:start] for end, start in zip(ends, starts, strict=True)]
        english = [block.text(document) for block in translation.blocks]
        parts = [gaps[0], *(p for pair in zip(english, gaps[1:], strict=True) for p in pair)]
        assert translation.text == "".join(parts)


@given(articles(), translators)
def test_2_english_stays_byte_for_byte(text: str, translator: Translator) -> None:
    translation = translated(text, translator)
    for segment in translation.segments() if translation else []:
        if segment.segment.language is Language.ENGLISH:
            assert segment.target == segment.source
            assert segment.origin is Origin.KEPT


@given(articles())
def test_3_no_segment_begins_or_ends_inside_a_quotation(text: str) -> None:
    document = analyse(text)
    for block in document.blocks:
        inside = [q for q in quotes.find_quotations(document.of(block)) if q.complete]
        for segment in block.segments:
            start, end = segment.start - block.start, segment.end - block.start
            for quotation in inside:
                assert not quotation.start < start < quotation.end
                assert not quotation.start < end < quotation.end


@given(sentences(), translators)
def test_3_as_many_quotations_come_out_or_it_is_said(text: str, translator: Translator) -> None:
    source = Source(text)
    found = draft([source], translator, Settings())[source]
    same = len(quotes.marks(speech.parted(text))) == len(quotes.marks(found.target))
    balanced = quotes.is_balanced(found.target) or not quotes.is_balanced(text)
    assert (same and balanced) or "quotations" in {finding.check for finding in found.findings}


@given(sentences(), translators)
def test_4_numbers_survive_or_it_is_said(text: str, translator: Translator) -> None:
    """Told by the bare digits, so that the desk's own reading of numbers is judged as well."""
    source = Source(text)
    found = draft([source], translator, Settings())[source]
    wanted = Counter(digits(FRENCH_NUMBER, text))
    given = Counter(digits(ENGLISH_NUMBER, in_figures(found.target)))
    assert wanted <= given or "numbers" in {finding.check for finding in found.findings}


FRENCH_NUMBER = r"(?<![\w,.])\d+(?:\u202f\d{3})*(?:,\d+)?(?=er\b|[\s,.;:!?…»”\"]|$)(?!\u00a0h)"
ENGLISH_NUMBER = r"(?<![\w,.])\d+(?:,\d{3})*(?:\.\d+)?"


def in_figures(text: str) -> str:
    """Ordinals under ten are words in English: "1er" is "first"."""
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth".split()
    ):
        text = re.sub(rf"(?i)\b{word}\b", str(number + 1), text)
    return text


def digits(pattern: str, text: str) -> list[str]:
    """The numbers outside markup, without their separators; times of day left out."""
    plain = re.sub(r"\d+\u00a0h\u00a0\d+|\d+:\d+ [ap]\.m\.", " ", without_markup(text))
    return [re.sub(r"\D", "", number) for number in re.findall(pattern, plain)]


@given(sentences(), translators)
def test_5_links_and_codes_are_untouched(text: str, translator: Translator) -> None:
    source = Source(text)
    target = draft([source], translator, Settings())[source].target
    for markup, times in Counter(markup_of(text)).items():
        assert target.count(markup) >= times


@given(articles(), translators)
def test_5_links_and_codes_are_untouched_in_whole_articles(
    text: str, translator: Translator
) -> None:
    """No cut, no space and no repair at the joints of an article goes through an address."""
    translation = translated(text, translator)
    if translation is not None:
        for address, times in Counter(text[slice(*at)] for at in addresses(text)).items():
            assert translation.text.count(address) >= times


@given(st.lists(articles(), min_size=2, max_size=4), translators, st.randoms())
def test_6_the_same_output_whatever_the_batch(
    texts: list[str], translator: Translator, dice: random.Random
) -> None:
    documents = []
    for text in texts:
        if translated(text, translator) is not None:
            documents.append(analyse(text))
    alone = [translate_document(document, translator) for document in documents]
    shuffled = list(range(len(documents)))
    dice.shuffle(shuffled)
    together = translate_documents([documents[index] for index in shuffled], translator)
    assert [alone[index] for index in shuffled] == together


@given(st.binary(max_size=200))
def test_7_any_bytes_are_read_or_refused_in_one_line(data: bytes) -> None:
    from translate.formats import READERS

    for read in READERS.values():
        said = ""
        try:
            read(data, "the file")
        except DepecheError as error:
            said = str(error)
        assert "\n" not in said


@given(articles(), st.sampled_from(Furniture))
def test_furniture_is_translated_kept_or_left_out(text: str, furniture: Furniture) -> None:
    translation = translated(text, Fake(str.upper), furniture=furniture)
    for block in translation.blocks if translation else []:
        is_furniture = block.block.kind == "furniture"
        assert block.skipped == (is_furniture and furniture is Furniture.SKIP)
        if is_furniture and furniture is Furniture.KEEP:
            assert {segment.origin for segment in block.segments} <= {Origin.KEPT}


def without_markup(text: str) -> str:
    return " ".join(t.text for t in parse_inline(text) if t.kind is TokenKind.TEXT)


def markup_of(text: str) -> list[str]:
    return [token.text for token in parse_inline(text) if token.kind is not TokenKind.TEXT]


@pytest.mark.parametrize("translator", TRANSLATORS)
def test_a_careless_model_is_answered_and_what_remains_is_said(translator: Translator) -> None:
    text = "« Nous avons 12 blessés », a dit [Marie](https://a.fr/b). Elle attend 3,5 % de plus."
    translation = translate_document(analyse(text), translator)
    assert "](https://a.fr/b)" in translation.text
    broken = [f for f in translation.all_findings() if f.severity is Severity.ERROR]
    assert "12" in translation.text or broken
