"""The whole flow of an article: blocks, sentences, languages, English, findings."""

import re
from collections.abc import Callable, Iterator, Sequence

from translate.article.blocks import split_blocks
from translate.article.furniture import label_furniture
from translate.article.language import (
    foreign_language,
    label_languages,
    language_name,
    neighbour_language,
)
from translate.article.sentences import sentence_spans
from translate.document import (
    Block,
    Document,
    Finding,
    Language,
    Segment,
    Severity,
    TranslatedBlock,
    Translation,
)
from translate.drafting.ladder import draft
from translate.engines.base import Translator
from translate.errors import InputError
from translate.settings import Settings
from translate.work import Passage, Work, passages_of


def analyse(text: str, *, markdown: bool = False) -> Document:
    """An article's blocks, sentences and languages, without a model."""
    return analyse_blocks(text, split_blocks(text, markdown=markdown), markdown=markdown)


def analyse_blocks(text: str, blocks: tuple[Block, ...], *, markdown: bool = False) -> Document:
    """What stands in the blocks of an article: 1. furniture  2. sentences  3. languages."""
    blocks = label_furniture(text, blocks)  # 1
    segmented = [_with_segments(text, p) for p in passages_of(Document(text, blocks))]  # 2
    return label_languages(Document(text, tuple(segmented), markdown))  # 3


def work(document: Document, settings: Settings | None = None) -> Work:
    """A document as work; InputError for what cannot be translated."""
    return Work(document, settings or Settings(), examine(document))


def translate_document(
    document: Document,
    translator: Translator,
    settings: Settings | None = None,
    *,
    progress: Callable[[TranslatedBlock], None] | None = None,
) -> Translation:
    """Translate a whole article; `progress` is called with each block as it is finished.

    1. say what cannot be translated  2. translate its blocks in order  3. gather the report
    """
    todo = work(document, settings)  # 1
    blocks = []
    for block in translate_blocks(todo, translator):  # 2
        blocks.append(block)
        if progress:
            progress(block)
    return todo.translation(blocks, translator)  # 3


def translate_documents(
    documents: Sequence[Document], translator: Translator, settings: Settings | None = None
) -> list[Translation]:
    """Translate many articles, all their sentences in one batch. Same output as one by one."""
    return translate_works([work(document, settings) for document in documents], translator)


def translate_works(works: Sequence[Work], translator: Translator) -> list[Translation]:
    """The same of articles of the same settings that have been examined."""
    if not works:
        return []
    portions = [one.whole() for one in works]
    sources = [source for portion in portions for source in portion.sources]
    drafts = draft(sources, translator, works[0].settings)
    return [
        one.translation(portion.blocks(drafts), translator)
        for one, portion in zip(works, portions, strict=True)
    ]


def translate_blocks(todo: Work, translator: Translator) -> Iterator[TranslatedBlock]:
    """Translate block by block, in order; the first ones come as soon as they are ready."""
    for portion in todo.portions():
        yield from portion.blocks(draft(portion.sources, translator, todo.settings))


#: UTF-8 that was read as Windows-1252: é, è, à, ç, ..., quotation marks, apostrophes.
_MOJIBAKE = re.compile("(?:Ã[\u0080-\u00bf§‰Š€]|â€[™œ“”˜¦\u0080-\u00bf])")


def examine(document: Document) -> tuple[Finding, ...]:
    """What is to be said of the article as a whole; raises InputError for another language."""
    return (*_of_language(document), *_of_encoding(document.text))


def _of_encoding(text: str) -> Iterator[Finding]:
    found = _MOJIBAKE.search(text)
    if found:
        before = re.split(r"\s", text[max(0, found.start() - 20) : found.start()])[-1]
        after = re.split(r"\s", text[found.end() : found.end() + 20])[0]
        yield Finding("encoding.mojibake", Severity.WARNING, (before + found[0] + after,))


def _of_language(document: Document) -> tuple[Finding, ...]:
    languages = {segment.language for segment in document.segments()}
    if not languages:
        raise InputError("the article is empty: nothing to translate")
    foreign = foreign_language(document.text)
    if not foreign and languages.isdisjoint({Language.FRENCH, Language.ENGLISH}):
        neighbours = {neighbour_language(document.of(s)) for s in document.segments()} - {None}
        if len(neighbours) > 1:
            return document.findings  # each sentence says it
        foreign = next(iter(neighbours), None)
    if foreign:
        raise InputError(
            f"the article looks like {language_name(foreign)}, not French; the desk translates "
            "French into English only"
        )
    if Language.FRENCH in languages:
        return document.findings
    if Language.ENGLISH in languages:
        return (*document.findings, Finding("language.english", Severity.INFO))
    return (*document.findings, Finding("language.no-words", Severity.INFO))


def _with_segments(text: str, passage: Passage) -> Block:
    block = passage.block
    spans = sentence_spans(
        text[block.start : block.end], carried=passage.carried, runs_on=passage.runs_on
    )
    segments = (Segment(block.start + start, block.start + end) for start, end in spans)
    return Block(block.start, block.end, block.kind, block.language, tuple(segments))
