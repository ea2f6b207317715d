"""Every stage of an article's way takes time that grows with the length, whatever the text.

Each stage is given hundreds of shapes (golden/shapes.jsonl), repeated, and the processor time of an
eighth of the length is compared with that of the whole. `make linear` takes all shapes to 200,000
characters, for an hour and more; here each stage has a share of them, to 8,000 characters, in which
a square that would take more than seconds of 200,000 shows already, and the shapes that once grew
with a square somewhere, to twice the length.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from html import escape
from typing import Any

import pytest

from tests.fakes import Fake
from tests.shapes import SHAPES, Shape
from tests.timing import GROWTH, cpu_seconds, growth
from translate import formats
from translate.article import language
from translate.article.blocks import split_blocks
from translate.article.furniture import label_furniture
from translate.article.sentences import sentence_spans, sentence_spans_flat
from translate.document import Block, Kind
from translate.drafting import bylines, checks, choose, ladder, plans
from translate.engines.base import Translator
from translate.errors import DepecheError
from translate.formats import Reading, markdown_page
from translate.notation import markup, names, newspaper, numbers, quotes, typography
from translate.notation.quotes import QuoteStyle
from translate.pipeline import analyse, translate_document
from translate.settings import Settings
from translate.terms.house import lost_terms, peeled, with_news, with_phrases
from translate.terms.termbase import NO_TERMS

ALL = "DEPECHE_LINEAR" in os.environ
LENGTH = 200_000 if ALL else 8_000
SHARE = 1 if ALL else 20  # each stage has every twentieth shape, not all the same ones
#: Shapes that once took a stage the square of their length.
ONCE_SQUARE = ("{W} ", "{W}-{W} ", "XIXe ", "Par A", "Accueil ", "{n} 000 ", "12 Md€ ", "“")

Stage = Callable[[str], Any]


class Unlettered(Fake):
    """A model that can spell plain letters only."""

    def covers(self, text: str) -> bool:
        return text.isascii()


WIDE: Translator = Fake(max_tokens=10**9)


def _furniture(text: str) -> object:
    lines = [line for line in text.split("\n") if line] or [text]
    blocks, at = [], 0
    for line in lines:
        at = text.index(line, at)
        blocks.append(Block(at, at + len(line), Kind.PARAGRAPH))
        at += len(line)
    return label_furniture(text, tuple(blocks))


def _draft(translator: Translator) -> Stage:
    return lambda text: ladder.draft([ladder.Source(text)], translator, Settings())


#: What a file of a format needs around an article, so that the article is come to.
AROUND = {
    "html": ("<html><p>", ""),
    "csv": ("a,b\n1,", "\n"),
    "tsv": ("a\tb\n1\t", "\n"),
    "records": ('{"b": "', '"}\n'),
    "srt": ("1\n00:00:01,000 --> 00:00:02,000\n", "\n"),
    "vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", "\n"),
    "po": ('msgid "', '"\nmsgstr ""\n'),
    "tmx": (
        '<tmx version="1.4"><header srclang="fr"/><body><tu><tuv xml:lang="fr"><seg>',
        "</seg></tuv></tu></body></tmx>",
    ),
    "xliff": (
        '<xliff version="1.2"><file source-language="fr"><body><trans-unit id="1"><source>',
        "</source></trans-unit></body></file></xliff>",
    ),
    "feed": ("<rss><channel><item><title>", "</title></item></channel></rss>"),
}


def _read(form: str, text: str) -> None:
    before, after = AROUND.get(form, ("", ""))
    parts = ("b",) if "parts" in formats.FORMATS[form].takes else ()
    for article in (text, before + text + after, before + escape(text) + after):
        with suppress(DepecheError):
            formats.read(article.encode(), "a", Reading(form, parts=parts))


STAGES: dict[str, Stage] = {
    "blocks": split_blocks,
    "blocks of Markdown": lambda text: split_blocks(text, markdown=True),
    "furniture": _furniture,
    "language": lambda text: (language.identify(text), language.foreign_language(text)),
    "caption": language.is_caption_line,
    "sentences": sentence_spans,
    "sentences in quotations": sentence_spans_flat,
    "quotations": quotes.marks,
    "quotations of paragraphs": lambda text: quotes.carried_quotations(text.split(" ")),
    "markup": markup.parse_inline,
    "figures": lambda text: (numbers.french_figures(text), numbers.english_figures(text)),
    "figures compared": lambda text: numbers.missing_and_extra(text, text[::-1]),
    "figures mended": lambda text: numbers.mended(text, text + " 12"),
    "figures masked": lambda text: list(numbers.masked(text)),
    "typography": lambda text: typography.to_english(text, text),
    "typography, straight": lambda text: typography.to_english(text, text, QuoteStyle.STRAIGHT),
    "newspaper": lambda text: newspaper.to_usage(text, text, QuoteStyle.AMERICAN),
    "terms": lambda text: lost_terms(text, text),
    "terms masked": lambda text: list(with_news(NO_TERMS).masked(text)),
    "terms of pages": lambda text: peeled(text, with_phrases(NO_TERMS)),
    "bylines": lambda text: bylines.english(text, NO_TERMS),
    "checks": lambda text: checks.check(text, text[: len(text) // 2]),
    "checks of nothing": lambda text: checks.check(text, "Nothing."),
    "checks of names": lambda text: checks.check(text, text.swapcase().title()),
    "surnames": lambda text: names.alone(text, names.surnames(text)),
    "guard of English": lambda text: choose.is_english_already(text, text),
    "plan": lambda text: plans.whole(text, WIDE),
    "plan cut at marks": lambda text: plans.cut_at_marks(text, Fake()),
    "plan cut at clauses": lambda text: plans.cut_at_clauses(text, Fake()),
    "draft": _draft(Fake()),
    "draft in one": _draft(WIDE),
    "draft of a model without letters": _draft(Unlettered(max_tokens=10**9)),
    "article": lambda text: translate_document(analyse(text), Fake()),
    **{f"reader of {form}": partial(_read, form) for form in formats.READERS},
    "page of Markdown": lambda text: markdown_page.rendered(text, lambda _target: True),
}


def _refused(stage: Stage, text: str) -> None:
    """Run a stage; an article that is refused in words is fine too, and half a character."""
    with suppress(DepecheError, UnicodeEncodeError):
        stage(text)


def _growth(stage: Stage, shape: Shape, length: int) -> float:
    def seconds(length: int) -> float:
        text = shape.text(length)
        return cpu_seconds(lambda: _refused(stage, text))

    return growth(seconds, length)


@pytest.mark.timeout(7200)
@pytest.mark.parametrize("stage", STAGES)
def test_the_time_of_each_stage_is_linear(stage: str) -> None:
    lengths = dict.fromkeys(SHAPES[[*STAGES].index(stage) % SHARE :: SHARE], LENGTH)
    lengths |= dict.fromkeys(map(Shape, ONCE_SQUARE), max(LENGTH, 16_000))
    found = {str(shape): _growth(STAGES[stage], shape, n) for shape, n in lengths.items()}
    grown = {shape: round(exponent, 2) for shape, exponent in found.items() if exponent > GROWTH}
    assert not grown
