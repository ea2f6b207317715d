"""The whole flow of an article: blocks, sentences, languages, English, findings."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from translate.article.blocks import split_blocks
from translate.article.furniture import label_furniture
from translate.article.language import foreign_language, label_languages
from translate.article.sentences import sentence_spans
from translate.document import (
    Block,
    Document,
    Finding,
    Kind,
    Language,
    Origin,
    Segment,
    Severity,
    TranslatedBlock,
    TranslatedSegment,
    Translation,
)
from translate.drafting.choose import Draft
from translate.drafting.ladder import Source, draft
from translate.engines.base import Translator
from translate.errors import InputError
from translate.notation import numbers, quotes
from translate.settings import Furniture, Settings


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, and whether a quotation runs into it and out of it."""

    block: Block
    carried: bool
    runs_on: bool


#: How many segments are given to the engine at once while a single article is streamed; the
#: first group is small so that the first rows are there at once.
FIRST_GROUP = 6
GROUP = 48


def analyse(text: str, *, markdown: bool = False) -> Document:
    """An article's blocks, sentences and languages, without a model.

    1. blocks with their kinds  2. furniture  3. sentences  4. languages
    """
    blocks = label_furniture(text, split_blocks(text, markdown=markdown))  # 1, 2
    segmented = [
        _with_segments(text, passage.block, passage.carried, passage.runs_on)
        for passage in passages_of(Document(text, blocks))
    ]  # 3
    return label_languages(Document(text, tuple(segmented), markdown))  # 4


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
    findings = examine(document)  # 1
    blocks = []
    for block in translate_blocks(document, translator, settings or Settings()):  # 2
        blocks.append(block)
        if progress:
            progress(block)
    return Translation(document, tuple(blocks), translator.model, translator.engine, findings)  # 3


def translate_documents(
    documents: Sequence[Document], translator: Translator, settings: Settings | None = None
) -> list[Translation]:
    """Translate many articles, all their sentences in one batch. Same output as one by one."""
    settings = settings or Settings()
    walks = [(document, list(passages_of(document))) for document in documents]
    sources = (
        source
        for document, passages in walks
        for passage in passages
        for source in sources_of(document, passage, settings)
    )
    drafts = draft(sources, translator, settings)
    return [
        Translation(
            document,
            tuple(translated(document, passage, drafts, settings) for passage in passages),
            translator.model,
            translator.engine,
            examine(document),
        )
        for document, passages in walks
    ]


def translate_blocks(
    document: Document, translator: Translator, settings: Settings
) -> Iterator[TranslatedBlock]:
    """Translate block by block, in order; the first ones come as soon as they are ready."""
    for group in _groups(document):
        sources = (s for passage in group for s in sources_of(document, passage, settings))
        drafts = draft(sources, translator, settings)
        for passage in group:
            yield translated(document, passage, drafts, settings)


def examine(document: Document) -> tuple[Finding, ...]:
    """What is to be said of the article as a whole; raises InputError for another language."""
    languages = {segment.language for segment in document.segments()}
    if not languages:
        raise InputError("the article is empty: nothing to translate")
    foreign = foreign_language(document.text)
    if foreign:
        raise InputError(
            f"the article looks like {foreign}, not French; the desk translates French into "
            "English only"
        )
    if Language.FRENCH in languages:
        return ()
    if Language.ENGLISH in languages:
        return (Finding("language.english", Severity.INFO),)
    return (Finding("language.no-words", Severity.INFO),)


def _with_segments(text: str, block: Block, carried: bool, runs_on: bool) -> Block:
    spans = sentence_spans(text[block.start : block.end], carried=carried, runs_on=runs_on)
    segments = (Segment(block.start + start, block.start + end) for start, end in spans)
    return Block(block.start, block.end, block.kind, block.language, tuple(segments))


def passages_of(document: Document) -> Iterator[Passage]:
    """Blocks with whether a quotation runs into and out of each."""
    texts = [document.of(block) for block in document.blocks]
    carried = quotes.carried_quotations(texts)
    for block, inside, runs_on in zip(
        document.blocks, carried, [*carried[1:], False], strict=False
    ):
        yield Passage(block, inside, runs_on)


def _groups(document: Document) -> Iterator[list[Passage]]:
    group: list[Passage] = []
    size = FIRST_GROUP
    for passage in passages_of(document):
        group.append(passage)
        if sum(len(passage.block.segments) for passage in group) >= size:
            yield group
            group, size = [], GROUP
    if group:
        yield group


def sources_of(document: Document, passage: Passage, settings: Settings) -> Iterator[Source]:
    """What of a passage has to be translated; kept segments are not among it."""
    for index, segment in enumerate(passage.block.segments):
        if _is_translated(passage.block, segment, settings):
            yield source_of(document, passage, index)


def source_of(document: Document, passage: Passage, index: int) -> Source:
    """A segment of a passage with what its quotations carry over."""
    segments = passage.block.segments
    return Source(
        document.of(segments[index]),
        carried=passage.carried and index == 0,
        runs_on=passage.runs_on and index == len(segments) - 1,
        furniture=passage.block.kind is Kind.FURNITURE,
        byline=passage.block.kind is Kind.BYLINE,
    )


def _is_translated(block: Block, segment: Segment, settings: Settings) -> bool:
    wanted = block.kind is not Kind.FURNITURE or settings.furniture is Furniture.TRANSLATE
    return wanted and segment.language is Language.FRENCH


def translated(
    document: Document, passage: Passage, drafts: dict[Source, Draft], settings: Settings
) -> TranslatedBlock:
    """A passage with the drafts of its sources; `draft` of `sources_of` gives them."""
    block = passage.block

    def one(index: int, segment: Segment) -> TranslatedSegment:
        text = document.of(segment)
        if not _is_translated(block, segment, settings):
            amount = segment.language is Language.NEITHER
            target = numbers.english_amount(text) if amount else text
            return TranslatedSegment(segment, text, target, Origin.KEPT)
        found = drafts[source_of(document, passage, index)]
        return TranslatedSegment(
            segment,
            text,
            found.target,
            found.origin,
            found.score,
            found.alternatives,
            found.findings,
        )

    segments = tuple(one(index, segment) for index, segment in enumerate(block.segments))
    skipped = block.kind is Kind.FURNITURE and settings.furniture is Furniture.SKIP
    return TranslatedBlock(block, segments, skipped)
