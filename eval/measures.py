"""What BLEU does not see: the news measures, each defined in docs/metrics.md.

A measure looks at all segments of one system at once. Measures that need the French are left out
where there is none. The reference is measured too: what it does not reach cannot be asked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from eval.values import Data, Measure
from translate.article.language import identify
from translate.document import Language
from translate.drafting import checks
from translate.notation import markup, numbers, quotes

#: A word renders a name when it is this similar to it ("Londres", "London": 0.62).
NAME_SIMILARITY = 0.6
#: Shorter capitalised words are initials, articles and abbreviations.
NAME_MIN_LETTERS = 4

_DOUBLE_MARKS = re.compile(r"[«‹][ \u00a0\u202f]*|[ \u00a0\u202f]*[»›]|[“”„‟〝〞]|``|''")
_SINGLE_MARKS = re.compile("[‘’‚‛`´]")
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Ý][\w’'-]*[\w]")
_MID_SENTENCE = re.compile(r"(?<=[\w,;)] )[A-ZÀ-ÖØ-Ý][\w-]*\w")


def normalise_quotes(text: str) -> str:
    """Every quotation mark as " or ', so that the style of the marks does not count.

    >>> normalise_quotes("“Yes,” said « Léa »’s mother")
    '"Yes," said "Léa"\\'s mother'
    """
    return _SINGLE_MARKS.sub("'", _DOUBLE_MARKS.sub('"', text))


@dataclass(frozen=True)
class Pairs:
    """A system's segments beside their references and, if there are any, their sources."""

    sources: Sequence[str]
    hypotheses: Sequence[str]
    references: Sequence[str]
    articles: Sequence[str]

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The language of each source."""
        return tuple(identify(source) for source in self.sources)

    @cached_property
    def french(self) -> list[tuple[str, str]]:
        """Source and hypothesis where the source is French."""
        rows = zip(self.languages, self.sources, self.hypotheses, strict=True)
        return [(source, target) for code, source, target in rows if code is Language.FRENCH]

    def by_article(self) -> Iterator[list[tuple[str, str]]]:
        """Source and hypothesis pairs of each article; a segment alone where none is named."""
        groups: dict[str | int, list[tuple[str, str]]] = defaultdict(list)
        names: Sequence[str | int] = self.articles or range(len(self.hypotheses))
        for name, source, target in zip(names, self.sources, self.hypotheses, strict=True):
            groups[name].append((source, target))
        yield from groups.values()


def measure_system(data: Data, hypotheses: Sequence[str]) -> tuple[Measure, ...]:
    """All measures that the data allows for one system's hypotheses."""
    pairs = Pairs(data.sources, hypotheses, data.references[0], data.articles)
    names = MEASURES if data.sources else WITHOUT_SOURCE
    return tuple(MEASURES[name](pairs) for name in names)


def english_unchanged(pairs: Pairs) -> Measure:
    """Segments that are English in the source and come out byte for byte."""
    rows = zip(pairs.languages, pairs.sources, pairs.hypotheses, strict=True)
    same = [source == target for code, source, target in rows if code is Language.ENGLISH]
    return Measure("English unchanged", sum(same), len(same))


def quotations_kept(pairs: Pairs) -> Measure:
    """Quotations of the source that the hypothesis has as many of, each with both its marks."""
    kept = total = 0
    for article in pairs.by_article():
        texts = [source for source, _ in article]
        inside = quotes.carried_quotations(texts)
        for (source, target), carried, runs_on in zip(
            article, inside, [*inside[1:], False], strict=True
        ):
            wanted = len(quotes.find_quotations(source, carried=carried, runs_on=runs_on))
            given = len(quotes.find_quotations(target, carried=carried, runs_on=runs_on))
            marks = quotes.marks(target, carried=carried, runs_on=runs_on)
            broken = sum(not mark.paired for mark in marks) if not runs_on else 0
            total += wanted
            kept += max(0, min(wanted, given) - broken)
    return Measure("quotations kept", kept, total)


def numbers_kept(pairs: Pairs) -> Measure:
    """Numbers of the source that are in the hypothesis, in English notation or in words."""
    wanted = missing = 0
    for source, target in pairs.french:
        wanted += len(numbers.french_figures(source))
        missing += len(numbers.missing_and_extra(source, target)[0])
    return Measure("numbers kept", wanted - missing, wanted)


def links_kept(pairs: Pairs) -> Measure:
    """Links, addresses, tags and codes of the source that are in the hypothesis byte for byte."""
    wanted = kept = 0
    for source, target in zip(pairs.sources, pairs.hypotheses, strict=True):
        codes, found = Counter(_codes(source)), Counter(_codes(target))
        wanted += codes.total()
        kept += (codes & found).total()
    return Measure("links kept", kept, wanted)


def _codes(text: str) -> list[str]:
    tokens = markup.parse_inline(text)
    return [token.text for token in tokens if token.kind is not markup.TokenKind.TEXT]


def names_consistent(pairs: Pairs) -> Measure:
    """Mentions of a name within an article that are rendered like most of its mentions.

    A name that is never rendered by a similar word ("Allemagne", "Germany") is left out.
    """
    alike = mentions = 0
    for article in pairs.by_article():
        for renderings in _renderings(article).values():
            common = Counter(word for word in renderings if word).most_common(1)
            if common and len(renderings) > 1:
                alike += common[0][1]
                mentions += len(renderings)
    return Measure("names consistent", alike, mentions)


def _renderings(article: Sequence[tuple[str, str]]) -> Mapping[str, list[str]]:
    """For each name of an article, the word that renders it in each segment that mentions it."""
    names = {name for source, _ in article for name in _MID_SENTENCE.findall(source)}
    names = {name for name in names if len(name) >= NAME_MIN_LETTERS and not name.isupper()}
    found: dict[str, list[str]] = defaultdict(list)
    for source, target in article:
        words = _CAPITALISED.findall(target)
        for name in names.intersection(_CAPITALISED.findall(source)):
            found[name].append(_most_similar(name, words))
    return found


def _most_similar(name: str, words: Sequence[str]) -> str:
    """The word that renders a name; empty where none is similar."""
    if name in words:
        return name
    scored = [(SequenceMatcher(None, name.lower(), word.lower()).ratio(), word) for word in words]
    score, word = max(scored, default=(0.0, ""))
    return word.removesuffix("’s").removesuffix("'s") if score >= NAME_SIMILARITY else ""


def french_left(pairs: Pairs) -> Measure:
    """French segments whose hypothesis still has French in it."""
    left = sum(any(checks.check_untranslated(*pair)) for pair in pairs.french)
    return Measure("French left over", left, len(pairs.french), higher_is_better=False)


def loops(pairs: Pairs) -> Measure:
    """Segments whose hypothesis repeats a run of words and whose reference does not."""
    rows = zip(pairs.hypotheses, pairs.references, strict=True)
    looping = sum(bool(checks.looping(a)) and not checks.looping(b) for a, b in rows)
    return Measure("loops", looping, len(pairs.hypotheses), higher_is_better=False)


def length_ratio(pairs: Pairs) -> Measure:
    """Characters of the hypotheses per character of the first reference."""
    given, wanted = (sum(map(len, side)) for side in (pairs.hypotheses, pairs.references))
    return Measure("length ratio", given, wanted, percent=False)


MEASURES: Mapping[str, Callable[[Pairs], Measure]] = {
    "English unchanged": english_unchanged,
    "quotations kept": quotations_kept,
    "numbers kept": numbers_kept,
    "links kept": links_kept,
    "names consistent": names_consistent,
    "French left over": french_left,
    "loops": loops,
    "length ratio": length_ratio,
}
WITHOUT_SOURCE = ("loops", "length ratio")
