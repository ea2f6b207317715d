"""The whole flow of an article: blocks, sentences, languages, English, findings."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from translate import bylines, choose, figures, pieces, quotes
from translate.blocks import split_blocks
from translate.choose import Draft
from translate.document import (
    Block,
    Document,
    Finding,
    Hypothesis,
    Kind,
    Language,
    Origin,
    Segment,
    Severity,
    TranslatedBlock,
    TranslatedSegment,
    Translation,
)
from translate.engines.base import Translator
from translate.errors import InputError
from translate.furniture import label_furniture
from translate.language import foreign_language, label_languages
from translate.phrasebook import peeled, with_names, with_news, with_phrases
from translate.pieces import Plan
from translate.quotes import QuoteStyle
from translate.segmenter import sentence_spans
from translate.termbase import NO_TERMS, Termbase


class Furniture(StrEnum):
    """What becomes of menus, share bars and cookie notices."""

    TRANSLATE = "translate"
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to translate; part of the key of everything that is stored.

    `beam_size` hypotheses are searched and chosen from: 1 is the fastest, 4 the usual.
    """

    beam_size: int = 4
    furniture: Furniture = Furniture.TRANSLATE
    quotes: QuoteStyle = QuoteStyle.AMERICAN
    terms: Termbase = NO_TERMS


@dataclass(frozen=True, slots=True)
class Source:
    """A French sentence to be translated.

    `carried`: it begins inside a quotation that an earlier paragraph opened; `runs_on`: a later
    paragraph closes the quotation that it leaves open. `furniture`: it belongs to the page;
    `byline`: it says who wrote the article.
    """

    text: str
    carried: bool = False
    runs_on: bool = False
    furniture: bool = False
    byline: bool = False


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
#: n-grams that may not come twice when a sentence is translated again because it looped.
NO_REPEAT_NGRAM = 3


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


def draft(
    sources: Iterable[Source], translator: Translator, settings: Settings
) -> dict[Source, Draft]:
    """The English of French sentences; each distinct one is translated once.

    1. whole sentences, numbers and terms masked  2. the names and nouns of the news too that were
    lost  3. with numbers where a placeholder was lost; the garbled ones are mended  4. where a
    promise is broken, cut at quotation marks and links  5. where it still is, cut at clauses and
    without repetition. The best of all is kept.
    """
    drafts: dict[Source, Draft | None] = dict.fromkeys(sources)
    asked: set[tuple[Source, tuple[str, ...], int]] = set()
    for way in WAYS:
        todo = [source for source, found in drafts.items() if way.may_help(found)]
        new: dict[Source, Plan] = {}
        for source in todo:
            plan = way.planned(source, translator, settings.terms, drafts[source])
            key = (source, tuple(plan.requests() if plan else ()), way.ngram(drafts[source]))
            if plan and key not in asked:
                new[source] = plan
                asked.add(key)
        for source, found in _attempt(new, translator, settings, way.no_repeat_ngram).items():
            drafts[source] = choose.better(drafts[source], found)
        if way.mends:
            drafts = {
                s: choose.mended(s.text, found, settings.terms, furniture=s.furniture)
                for s, found in drafts.items()
            }
    return {source: found or _untranslated(source) for source, found in drafts.items()}


def _is_nothing(found: Draft | None) -> bool:
    return found is None


def _is_broken(found: Draft | None) -> bool:
    return found is None or bool(found.errors)


def _lacks_terms(found: Draft | None) -> bool:
    return found is not None and bool(found.lost_terms)


@dataclass(frozen=True, slots=True)
class Way:
    """A way to translate a sentence that earlier ways have not translated, or not well.

    `may_help`: whether it is worth a try after what was found so far; `news`: with all names and
    nouns of the news masked where nothing was found; `mends`: garbled numbers are mended after it.
    """

    plan: Callable[[str, Translator, Termbase], Plan | None]
    may_help: Callable[[Draft | None], bool]
    news: bool = True
    mends: bool = False
    no_repeat_ngram: int = 0

    def planned(
        self, source: Source, translator: Translator, terms: Termbase, found: Draft | None
    ) -> Plan | None:
        """The plan of a source; what was `found` so far says which terms are lost.

        A byline, and the fixed phrases at both ends of furniture, need no model.
        """
        byline = source.byline and bylines.english(source.text, with_names(terms))
        if byline:
            return Plan("", ()).between(byline, "", source.text)
        terms = with_phrases(terms) if source.furniture else terms
        if found:
            terms = Termbase((*terms.terms, *found.lost_terms))
        elif self.news:
            terms = with_news(terms)
        if not source.furniture:
            return self.plan(source.text, translator, terms)
        before, words, after = peeled(source.text, terms)
        plan = self.plan(words, translator, terms) if words else Plan("", ())
        return plan and plan.between(before, after, source.text)

    def ngram(self, found: Draft | None) -> int:
        """`no_repeat_ngram` where it makes a difference: after a loop."""
        return self.no_repeat_ngram if found and "repetition" in found.broken else 0


WAYS = (
    Way(pieces.whole, _is_nothing, news=False),
    Way(pieces.whole, _lacks_terms),
    Way(pieces.unmasked, _is_nothing, mends=True),
    Way(pieces.cut_at_marks, _is_broken),
    Way(pieces.cut_at_clauses, _is_broken, no_repeat_ngram=NO_REPEAT_NGRAM),
)


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
        message = "the article is already English: nothing to translate, left unchanged"
    else:
        message = "the article has no words to translate, left unchanged"
    return (Finding("language", Severity.INFO, message),)


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
            target = figures.english_amount(text) if amount else text
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


def _attempt(
    plans: dict[Source, Plan], translator: Translator, settings: Settings, no_repeat_ngram: int
) -> dict[Source, Draft | None]:
    requests = list(
        dict.fromkeys(
            text
            for plan in plans.values()
            for text in (*plan.requests(), *(anchor.words for anchor in plan.anchors))
        )
    )
    answers = translator.translate(
        requests,
        beam_size=settings.beam_size,
        hypotheses=settings.beam_size,
        no_repeat_ngram=no_repeat_ngram,
    )
    found = dict(zip(requests, answers, strict=True))
    return {source: _drafted(source, plan, found, settings) for source, plan in plans.items()}


def _drafted(
    source: Source, plan: Plan, found: dict[str, list[Hypothesis]], settings: Settings
) -> Draft | None:
    requests = plan.requests()
    anchors = [found[anchor.words][0].text for anchor in plan.anchors]
    if len(requests) == 1:
        rows = [[hypothesis] for hypothesis in found[requests[0]]]
    else:
        rows = [[_best_piece(text, found[text]) for text in requests]]
    candidates = []
    for row in rows:
        targets = [hypothesis.text for hypothesis in row]
        text = pieces.finish(
            plan, targets, anchors, settings.quotes, carried=source.carried, runs_on=source.runs_on
        )
        if text is not None:
            candidates.append(Hypothesis(text, _mean_score(row)))
    origin = Origin.MODEL if len(requests) == 1 else Origin.PIECES
    return choose.choose(
        source.text, candidates, origin, settings.terms, furniture=source.furniture
    )


def _best_piece(text: str, hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    chosen = choose.choose(text, hypotheses, Origin.PIECES)
    return Hypothesis(chosen.target, chosen.score or 0.0) if chosen else Hypothesis(text, 0.0)


def _mean_score(row: Sequence[Hypothesis]) -> float:
    words = [max(1, len(hypothesis.text.split())) for hypothesis in row]
    total = sum(hypothesis.score * count for hypothesis, count in zip(row, words, strict=True))
    return total / sum(words) if words else 0.0


def _untranslated(source: Source) -> Draft:
    finding = Finding(
        "untranslated", Severity.ERROR, "the model gave no English; the French stands here"
    )
    return Draft(source.text, Origin.KEPT, None, (finding,))
