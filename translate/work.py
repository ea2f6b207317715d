"""The work that an article is: portions of sentences to be drafted, and the blocks made of them.

Every driver goes this way: one article at once, a batch, the page's worker, the evaluation.
`pipeline.work` makes it, and says first what cannot be translated.

    for portion in work.portions():
        blocks = portion.blocks(draft(portion.sources, translator, settings))
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from translate.article.language import neighbour_language
from translate.document import (
    Block,
    Document,
    Finding,
    Hypothesis,
    Kind,
    Language,
    Match,
    Origin,
    Segment,
    Severity,
    TranslatedBlock,
    TranslatedSegment,
    Translation,
)
from translate.drafting.checks import check
from translate.drafting.choose import Draft
from translate.drafting.ladder import Source
from translate.engines.base import Translator
from translate.notation import names, numbers, quotes
from translate.settings import Furniture, Settings

#: Sentences of the first portion of a streamed article: few, so that its rows are there at once.
FIRST_PORTION = 6
#: Sentences of the others.
PORTION = 48


@dataclass(frozen=True, slots=True)
class Passage:
    """A block, and whether a quotation runs into it and out of it."""

    block: Block
    carried: bool
    runs_on: bool


def passages_of(document: Document) -> Iterator[Passage]:
    """Blocks with whether a quotation runs into and out of each."""
    texts = [document.of(block) for block in document.blocks]
    carried = quotes.carried_quotations(texts)
    for block, inside, runs_on in zip(
        document.blocks, carried, [*carried[1:], False], strict=False
    ):
        yield Passage(block, inside, runs_on)


@dataclass(frozen=True, slots=True)
class Portion:
    """Passages of a document that are translated together."""

    document: Document
    settings: Settings
    passages: tuple[Passage, ...]
    matches: Mapping[Segment, tuple[Match, ...]] = field(default_factory=dict)

    @property
    def sources(self) -> tuple[Source, ...]:
        """What has to be translated; kept segments, and those a memory has, are not among it."""
        return tuple(
            source_of(self.document, passage, index)
            for passage in self.passages
            for index, segment in enumerate(passage.block.segments)
            if self._is_translated(passage.block, segment) and not self._is_known(segment)
        )

    def blocks(self, drafts: Mapping[Source, Draft]) -> list[TranslatedBlock]:
        """The passages in English, given the draft of each source."""
        languages = {segment.language for segment in self.document.segments()}
        in_english = Language.ENGLISH in languages and Language.FRENCH not in languages
        return [self._block(passage, drafts, in_english) for passage in self.passages]

    def _is_translated(self, block: Block, segment: Segment) -> bool:
        return is_translated(block, segment, self.settings)

    def _is_known(self, segment: Segment) -> bool:
        return any(match.is_exact for match in self.matches.get(segment, ()))

    def _block(
        self, passage: Passage, drafts: Mapping[Source, Draft], in_english: bool
    ) -> TranslatedBlock:
        block = passage.block
        segments = tuple(
            self._segment(segment, source_of(self.document, passage, index), drafts)
            if self._is_translated(block, segment)
            else kept(segment, self.document.of(segment), None if in_english else self.settings)
            for index, segment in enumerate(block.segments)
        )
        skipped = block.kind is Kind.FURNITURE and self.settings.furniture is Furniture.SKIP
        return TranslatedBlock(block, segments, skipped)

    def _segment(
        self, segment: Segment, source: Source, drafts: Mapping[Source, Draft]
    ) -> TranslatedSegment:
        matches = self.matches.get(segment, ())
        if self._is_known(segment):
            return remembered(segment, source, matches, self.settings)
        return replace(translated(segment, source.text, drafts[source]), matches=matches)


@dataclass(frozen=True, slots=True)
class Work:
    """A document that was found fit to be translated, with what is to be said of it."""

    document: Document
    settings: Settings
    findings: tuple[Finding, ...] = ()

    def whole(self) -> Portion:
        """All of it at once."""
        return self._portion(list(passages_of(self.document)))

    def portions(
        self, *, first: int = FIRST_PORTION, size: int = PORTION, first_block: int = 0
    ) -> Iterator[Portion]:
        """It in order from a block on: at least `first` sentences, then `size` at a time."""
        group: list[Passage] = []
        count, limit = 0, first
        for passage in list(passages_of(self.document))[first_block:]:
            group.append(passage)
            count += len(passage.block.segments)
            if count >= limit:
                yield self._portion(group)
                group, count, limit = [], 0, size
        if group:
            yield self._portion(group)

    def _portion(self, group: Sequence[Passage]) -> Portion:
        found = _recalled(self.document, self.settings.memories, group)
        return Portion(self.document, self.settings, tuple(group), found)

    def translation(self, blocks: Sequence[TranslatedBlock], by: Translator) -> Translation:
        """The whole article, of the blocks of all its portions."""
        return Translation(self.document, tuple(blocks), by.model, by.engine, self.findings)


def _recalled(
    document: Document, memories: Sequence[str], group: Sequence[Passage]
) -> dict[Segment, tuple[Match, ...]]:
    if not memories:
        return {}
    from translate.memory.matches import recalled

    wanted = [segment for passage in group for segment in passage.block.segments]
    return recalled(document, wanted, memories)


def is_translated(block: Block, segment: Segment, settings: Settings) -> bool:
    """Whether a segment is for the model: French, and no furniture that is left alone."""
    translates = settings.furniture is Furniture.TRANSLATE
    wanted = block.kind is not Kind.FURNITURE or translates
    return wanted and segment.language is Language.FRENCH


def source_of(document: Document, passage: Passage, index: int) -> Source:
    """A segment of a passage with what its quotations carry over, and whom the article names."""
    segments = passage.block.segments
    text = document.of(segments[index])
    return Source(
        text,
        carried=passage.carried and index == 0,
        runs_on=passage.runs_on and index == len(segments) - 1,
        furniture=passage.block.kind is Kind.FURNITURE,
        byline=passage.block.kind is Kind.BYLINE,
        surnames=names.alone(text, names.surnames(document.text)),
    )


def remembered(
    segment: Segment, source: Source, matches: tuple[Match, ...], settings: Settings
) -> TranslatedSegment:
    """A segment whose English a memory has; its other translations are the alternatives."""
    target = matches[0].target
    others = tuple(Hypothesis(match.target, 0.0) for match in matches[1:])
    findings = check(source.text, target, terms=settings.terms, place=source.place)
    return TranslatedSegment(
        segment, source.text, target, Origin.MEMORY, None, others, findings, matches
    )


def translated(segment: Segment, source: str, draft: Draft) -> TranslatedSegment:
    """A segment with its draft; `source` is its French, which a translator may have corrected."""
    return TranslatedSegment(
        segment,
        source,
        draft.target,
        draft.origin,
        draft.score,
        draft.alternatives,
        draft.findings,
    )


#: What is said of a sentence in a neighbouring language, by its code.
_OTHER = {
    "de": Finding("language.de", Severity.WARNING),
    "it": Finding("language.it", Severity.WARNING),
    "es": Finding("language.es", Severity.WARNING),
    "pt": Finding("language.pt", Severity.WARNING),
    "nl": Finding("language.nl", Severity.WARNING),
}


def kept(segment: Segment, text: str, settings: Settings | None) -> TranslatedSegment:
    """A segment that no model sees: numbers without grammatical words change their notation.

    But not in an English article, which has no settings.
    """
    is_neither = segment.language is Language.NEITHER
    other = neighbour_language(text) if is_neither else None
    findings: tuple[Finding, ...] = ()
    if other:
        findings = (_OTHER[other],)
    target = text
    if settings and is_neither and not other:
        target = numbers.english_line(text, settings.currency)
    if target != text:
        findings += check(text, target, ["numbers"])
    return TranslatedSegment(segment, text, target, Origin.KEPT, findings=findings)
