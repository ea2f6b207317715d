"""What BLEU does not see: the news measures, each defined in docs/metrics.md.

A measure counts in each segment of one system what is right (or wrong) and of how many; the sums
are the measure. Measures that need the French are left out where there is none. The reference is
measured too: what it does not reach cannot be asked.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, lru_cache
from itertools import pairwise

from eval.values import Data, Measure, Tally
from translate.article.language import identify
from translate.document import Language
from translate.drafting import checks
from translate.notation import markup, numbers, quotes, vocabulary

#: A word renders a name when it is this similar to it ("Londres", "London": 0.62).
NAME_SIMILARITY = 0.6
#: Shorter capitalised words are initials, articles and abbreviations.
NAME_MIN_LETTERS = 4
#: The longest run of words that is looked for twice over.
DOUBLED_WORDS = 6
NOTHING: Tally = (0, 0)

_DOUBLE_MARKS = re.compile(r"[«‹][ \u00a0\u202f]*|[ \u00a0\u202f]*[»›]|[“”„‟〝〞]|``|''")
_SINGLE_MARKS = re.compile("[‘’‚‛`´]")
_RUN = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Ý][\w’'-]*[\w]")
_MID_SENTENCE = re.compile(r"(?<=[\w,;)] )[A-ZÀ-ÖØ-Ý][\w-]*\w")


def normalise_quotes(text: str) -> str:
    """Every quotation mark as " or ', so that the style of the marks does not count.

    >>> normalise_quotes("“Yes,” said « Léa »’s mother")
    '"Yes," said "Léa"\\'s mother'
    """
    return _SINGLE_MARKS.sub("'", _DOUBLE_MARKS.sub('"', text))


@dataclass(frozen=True)
class Texts:
    """The French and the references, and what is read of them once for all systems."""

    data: Data

    @cached_property
    def languages(self) -> tuple[Language, ...]:
        """The language of each source."""
        return tuple(map(identify, self.data.sources))

    @cached_property
    def figures(self) -> tuple[int, ...]:
        """How many numbers each source has."""
        return tuple(len(numbers.french_figures(source)) for source in self.data.sources)

    @cached_property
    def codes(self) -> tuple[Counter[str], ...]:
        """Links, addresses, tags and codes of each source."""
        return tuple(Counter(_codes(source)) for source in self.data.sources)

    @cached_property
    def quotations(self) -> tuple["_Quotations", ...]:
        """The quotations of each source."""
        return tuple(
            _quotations(self.data.sources[at], carried, runs_on)
            for at, carried, runs_on in self._carried()
        )

    @cached_property
    def looping(self) -> tuple[bool, ...]:
        """Whether each first reference repeats a run of words itself."""
        return tuple(map(_loops, self.data.references[0]))

    @cached_property
    def articles(self) -> tuple[tuple[int, ...], ...]:
        """The places of each article's segments; a segment alone where no article is named."""
        groups: dict[str | int, list[int]] = defaultdict(list)
        names: Sequence[str | int] = self.data.articles or range(self.data.segments)
        for place, name in enumerate(names):
            groups[name].append(place)
        return tuple(map(tuple, groups.values()))

    @cached_property
    def names(self) -> tuple[frozenset[str], ...]:
        """The names that each article mentions."""
        return tuple(
            frozenset(_names_of(self.data.sources[place] for place in places))
            for places in self.articles
        )

    def french(self, place: int) -> bool:
        """Whether a source is French."""
        return self.languages[place] is Language.FRENCH

    def _carried(self) -> Iterator[tuple[int, bool, bool]]:
        """Each place with whether a quotation runs into it and out of it."""
        for places in self.articles:
            inside = quotes.carried_quotations([self.data.sources[place] for place in places])
            yield from zip(places, inside, [*inside[1:], False], strict=True)


@dataclass(frozen=True, slots=True)
class _Quotations:
    """Quotations of a segment, the marks without a partner, and what the article carries over."""

    count: int
    broken: int
    carried: bool
    runs_on: bool


def _quotations(text: str, carried: bool, runs_on: bool) -> _Quotations:
    found = quotes.find_quotations(text, carried=carried, runs_on=runs_on)
    marks = quotes.marks(text, carried=carried, runs_on=runs_on)
    broken = 0 if runs_on else sum(not mark.paired for mark in marks)
    return _Quotations(len(found), broken, carried, runs_on)


def measure_system(texts: Texts, hypotheses: Sequence[str]) -> tuple[Measure, ...]:
    """All measures that the data allows for one system's hypotheses."""
    names = MEASURES if texts.data.sources else WITHOUT_SOURCE
    return tuple(
        replace(MEASURES[name].empty, tallies=tuple(MEASURES[name].count(texts, hypotheses)))
        for name in names
    )


def english_unchanged(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Segments that are English in the source and come out byte for byte."""
    for place, (source, target) in enumerate(zip(texts.data.sources, hypotheses, strict=True)):
        yield (source == target, 1) if texts.languages[place] is Language.ENGLISH else NOTHING


def quotations_kept(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Quotations of the source that the hypothesis has as many of, each with both its marks.

    Marks without a partner cost nothing where the source has as many.
    """
    for wanted, target in zip(texts.quotations, hypotheses, strict=True):
        given = _quotations(target, wanted.carried, wanted.runs_on)
        broken = max(0, given.broken - wanted.broken)
        yield max(0, min(wanted.count, given.count) - broken), wanted.count


def numbers_kept(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Numbers of the source that are in the hypothesis, in English notation or in words."""
    for place, (source, target) in enumerate(zip(texts.data.sources, hypotheses, strict=True)):
        wanted = texts.figures[place]
        if wanted and texts.french(place):
            yield wanted - len(numbers.missing_and_extra(source, target)[0]), wanted
        else:
            yield NOTHING


def links_kept(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Links, addresses, tags and codes of the source that are in the hypothesis byte for byte."""
    for wanted, target in zip(texts.codes, hypotheses, strict=True):
        yield ((wanted & Counter(_codes(target))).total(), wanted.total()) if wanted else NOTHING


def _codes(text: str) -> list[str]:
    tokens = markup.parse_inline(text)
    return [token.text for token in tokens if token.kind is not markup.TokenKind.TEXT]


def names_consistent(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Mentions of a name within an article that are rendered like most of its mentions.

    A name that is never rendered by a similar word ("Allemagne", "Germany") is left out.
    """
    alike, mentions = ([0] * len(hypotheses) for _ in range(2))
    for places, names in zip(texts.articles, texts.names, strict=True):
        for found in _renderings(texts, hypotheses, places, names).values():
            common = Counter(word for _, word in found if word).most_common(1)
            if common and len(found) > 1:
                for place, word in found:
                    alike[place] += word == common[0][0]
                    mentions[place] += 1
    yield from zip(alike, mentions, strict=True)


def _names_of(sources: Iterable[str]) -> Iterator[str]:
    for source in sources:
        for name in _MID_SENTENCE.findall(source):
            if len(name) >= NAME_MIN_LETTERS and not name.isupper():
                yield name


def _renderings(
    texts: Texts, hypotheses: Sequence[str], places: Sequence[int], names: frozenset[str]
) -> Mapping[str, list[tuple[int, str]]]:
    """For each name of an article, the places that mention it and the words that render it."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for place in places:
        words = _CAPITALISED.findall(hypotheses[place])
        for name in names.intersection(_CAPITALISED.findall(texts.data.sources[place])):
            found[name].append((place, _most_similar(name, words)))
    return found


def _most_similar(name: str, words: Sequence[str]) -> str:
    """The word that renders a name; empty where none is similar."""
    if name in words:
        return name
    scored = [(SequenceMatcher(None, name.lower(), word.lower()).ratio(), word) for word in words]
    score, word = max(scored, default=(0.0, ""))
    return word.removesuffix("’s").removesuffix("'s") if score >= NAME_SIMILARITY else ""


def non_words(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Words of the hypothesis that no language has, and its French neither."""
    return _words_counted(vocabulary.non_words, texts, hypotheses)


def french_left(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """French words of the hypothesis; those of names and titles are none."""
    return _words_counted(vocabulary.french_left, texts, hypotheses)


def _words_counted(
    find: Callable[[str, str], list[str]], texts: Texts, hypotheses: Sequence[str]
) -> Iterator[Tally]:
    """How many words of French segments are found, of all their words."""
    for place, (source, target) in enumerate(zip(texts.data.sources, hypotheses, strict=True)):
        if not texts.french(place):
            yield NOTHING
            continue
        words = vocabulary.words(target)
        yield len(find(source, target)) if any(map(_is_suspect, words)) else 0, len(words)


@lru_cache(maxsize=1 << 16)
def _is_suspect(word: str) -> bool:
    """Whether a word may be no English: only segments with one are looked at closely."""
    if not vocabulary.is_english_word(word):
        return True
    parts = (word, *_LETTERS.findall(word))
    lead = (vocabulary.zipf(part, "fr") - vocabulary.zipf(part, "en") for part in parts)
    return max(lead) >= vocabulary.LEAD_OF_RARE


def loops(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Segments whose hypothesis repeats a run of words and whose reference does not."""
    for target, usual in zip(hypotheses, texts.looping, strict=True):
        yield not usual and _loops(target), 1


def _loops(text: str) -> bool:
    """Whether a text loops as the desk's check says, or has a run of words twice over.

    Both take two words that stand twice side by side, which most segments lack.
    """
    words = _RUN.findall(text.lower())
    if len(set(pairwise(words))) == max(0, len(words) - 1):
        return False
    return bool(checks.looping(text)) or doubled(text) != ""


def doubled(text: str) -> str:
    """The run of two to six words that a text has twice over; empty where there is none.

    >>> doubled("They left this summer this summer.")
    'this summer'
    """
    words = [word.lower() for word in _RUN.findall(text)]
    for size in range(2, DOUBLED_WORDS + 1):
        same = 0
        for at in range(size, len(words)):
            same = same + 1 if words[at] == words[at - size] else 0
            run = words[at - size + 1 : at + 1]
            if same == size and len(set(run)) > 1 and not all(map(str.isdigit, run)):
                return " ".join(run)
    return ""


def length_ratio(texts: Texts, hypotheses: Sequence[str]) -> Iterator[Tally]:
    """Characters of the hypotheses per character of the first reference."""
    return zip(map(len, hypotheses), map(len, texts.data.references[0]), strict=True)


@dataclass(frozen=True, slots=True)
class Definition:
    """How a measure counts, and the measure without its counts."""

    count: Callable[[Texts, Sequence[str]], Iterable[Tally]]
    empty: Measure


def _defined(
    name: str,
    count: Callable[[Texts, Sequence[str]], Iterable[Tally]],
    *,
    higher: bool = True,
    percent: bool = True,
) -> tuple[str, Definition]:
    return name, Definition(count, Measure(name, (), higher, percent))


MEASURES: Mapping[str, Definition] = dict(
    [
        _defined("English unchanged", english_unchanged),
        _defined("quotations kept", quotations_kept),
        _defined("numbers kept", numbers_kept),
        _defined("links kept", links_kept),
        _defined("names consistent", names_consistent),
        _defined("non-words", non_words, higher=False),
        _defined("French words left", french_left, higher=False),
        _defined("loops", loops, higher=False),
        _defined("length ratio", length_ratio, percent=False),
    ]
)
WITHOUT_SOURCE = ("loops", "length ratio")
