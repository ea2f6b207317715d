"""What a reviser would mark in a French sentence and its English: each check is one function.

A check takes the source and the finished target and yields findings. ERROR means that a promise
of the desk is broken (a number, quotation or link is lost, the text loops or is still French);
WARNING means that a reviser should look.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import pairwise, zip_longest

import regex

from translate.document import Finding, Severity
from translate.drafting import rare, reversals
from translate.notation import calendar, markup, money, names, numbers, quotes, speech, vocabulary
from translate.notation.typography import is_in_capitals
from translate.terms import house
from translate.terms.termbase import NO_TERMS, Term, Termbase

Check = Callable[[str, str], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands: in page furniture; with a quotation that runs into or out of it.

    `surnames`: words of it that the article has as surnames behind given names.
    """

    furniture: bool = False
    carried: bool = False
    runs_on: bool = False
    surnames: tuple[str, ...] = ()


#: A sentence of the article's text that begins and ends its own quotations.
ALONE = Place()

#: A run of words that comes this often in a row, or covers this share of a text, is a loop.
LOOP_TIMES = 3
LOOP_SHARE = 0.4
LOOP_MIN_WORDS = 8
#: English words per French word; examples/ have 0.44 to 1.22, their drafts up to 1.38
#: (tuned by `bench/thresholds.py lengths`).
LENGTH_RATIO = (0.45, 1.5)
LENGTH_MIN_WORDS = 6
#: Share of the source's words that the target repeats before it counts as untranslated.
COPIED_SHARE = 0.6

_WORD = regex.compile(r"\p{L}[\p{L}\p{M}’'-]*")
_BRACKETS = regex.compile(r"[()\[\]]")
_RUN = regex.compile(r"\w+")
_TWICE = regex.compile(r"\b(\p{L}++|\p{L}{4,} \p{L}{4,}+) \1\b", regex.IGNORECASE)
#: What good English has twice: “all that that means”, “the plan that he had had”, “very very good”.
_SAID_TWICE = frozenset(
    "that had is you it do her in no so very much many far long really now there ha bye".split()
)
_QUOTED = regex.compile(r"“[^“”]*+”")
#: Small words that only French has; two of them in a target are left French.
_FRENCH_WORDS = frozenset(
    (
        "le la les des du une et est dans pour que qui sur avec par pas plus sont ont aux "
        "cette ces leur mais ou où il elle nous vous ils elles au été être sans sous après "
        "avant"
    ).split()
)


def check_numbers(source: str, target: str) -> Iterator[Finding]:
    """Each number, day and month of the source is in the target; none is invented.

    So with currencies: "300 M$ et 2 M€" are not two sums of dollars. What the desk has a term for
    may have another number, or none (Bastille Day).
    """
    found = list(_numbers(source, target))
    return _numbers(*house.without_terms(source, target)) if found else iter(found)


def _numbers(source: str, target: str) -> Iterator[Finding]:
    source, target = markup.without_atoms(source), markup.without_atoms(target)
    missing, extra = numbers.missing_and_extra(source, target)
    yield from _changed(
        [figure.surface for figure in missing], [figure.surface for figure in extra]
    )
    yield from _changed(*calendar.contradictions(source, target))
    lost, added = money.lost_and_added(source, target)
    for amount in _not_among(lost, missing):
        yield _error("numbers.currency-missing", amount)
    for amount in _not_among(added, extra):
        yield _error("numbers.currency-added", amount)


def _not_among(amounts: Iterable[str], told: Sequence[numbers.Figure]) -> Iterator[str]:
    """The sums whose figure is not told already."""
    return (a for a in amounts if not any(f.surface in a or a in f.surface for f in told))


def _changed(missing: list[str], extra: list[str]) -> Iterator[Finding]:
    """What is missing with what stands in its place, as far as there is something."""
    for french, english in zip_longest(missing, extra):
        if french and english:
            yield _error("numbers.changed", french, english)
        elif french:
            yield _error("numbers.missing", french)
        else:
            yield _error("numbers.added", english)


def check_quotations(source: str, target: str, place: Place = ALONE) -> Iterator[Finding]:
    """As many quotation marks as in the source, and balanced where the source is.

    An incise parts a quotation in two in English; a paragraph that goes on with one begins with
    its mark there.
    """
    wanted, given = (
        quotes.marks(text, carried=place.carried, runs_on=place.runs_on)
        for text in (speech.parted(source), target)
    )
    unmarked = place.carried and bool(source.strip()) and not quotes.is_continued(source)
    if len(wanted) + unmarked != len(given):
        counts = str(len(wanted) + unmarked), str(len(given))
        if unmarked:
            yield _error("quotations.carried", *counts)
        else:
            yield _error("quotations.count", *counts)
    elif not all(mark.paired for mark in wanted):
        if not (place.carried or place.runs_on):
            yield _warning("quotations.alone")
    elif not all(mark.paired for mark in given):
        yield _error("quotations.unbalanced")


def check_brackets(source: str, target: str) -> Iterator[Finding]:
    """No bracket lost its partner. Commas in place of both are a translator's choice."""
    wanted, given = (_BRACKETS.findall(markup.without_atoms(text)) for text in (source, target))
    if _in_pairs(wanted) and not _in_pairs(given):
        yield _error("brackets.unbalanced", str(len(wanted)), str(len(given)))


def _in_pairs(brackets: Sequence[str]) -> bool:
    return all(brackets.count(one) == brackets.count(other) for one, other in ("()", "[]"))


def check_links(source: str, target: str) -> Iterator[Finding]:
    """Every link, address, tag and code of the source is in the target, byte for byte."""
    wanted = Counter(_markup(source))
    lost = wanted - Counter(_markup(target))
    for text in lost:
        yield _error("links.missing", markup.shown(text))


def check_names(source: str, target: str, place: Place = ALONE) -> Iterator[Finding]:
    """Names that English writes as French does stand in the target, to the letter.

    Drafts have their accents too; a person may leave them out.
    """
    if is_in_capitals(source):
        return
    faults = names.faults(source, target, house.name_spans(source))
    for surname in place.surnames:
        if surname not in target and not any(surname in fault.name for fault in faults):
            yield _warning("names.missing", surname)
    for fault in faults:
        if fault.is_of_accents:
            continue
        if fault.written:
            yield _error("names.changed", fault.name, fault.written)
        else:
            yield _warning("names.missing", fault.name)


def check_length(source: str, target: str) -> Iterator[Finding]:
    """The target is neither much shorter nor much longer than the source."""
    french, english = len(_words(source)), len(_words(target))
    if not target.strip():
        yield _error("length.empty")
    elif french >= LENGTH_MIN_WORDS:
        low, high = LENGTH_RATIO
        if not low <= english / french <= high:
            yield _warning("length.ratio", str(french), str(english))


def check_repetition(source: str, target: str) -> Iterator[Finding]:
    """The target neither loops nor has a word twice running, unless the source does."""
    loop = looping(target)
    if loop and not looping(source):
        yield _error("repetition.loop", loop)
    elif (word := _doubled(target)) and not _doubled(source):
        yield _warning("repetition.twice", word)


def check_untranslated(source: str, target: str) -> Iterator[Finding]:
    """No French is left in the target."""
    source, target = markup.without_atoms(source), markup.without_atoms(target)
    words = [word.lower() for word in _words(_without_quoted(target))]
    french = _small_french(source, target) if len(_FRENCH_WORDS.intersection(words)) > 1 else []
    if len(french) >= 2 and len(french) >= 0.12 * len(words):
        yield _error("untranslated.words", "”, “".join(french[:3]))
    elif _copied(source, words):
        yield _warning("untranslated.copied")


def check_words(source: str, target: str) -> Iterator[Finding]:
    """Each word of the target is English, or a name, or as the source has it."""
    for word in dict.fromkeys(vocabulary.non_words(source, target)):
        yield _warning("words.unknown", word)


def check_french_words(source: str, target: str, place: Place = ALONE) -> Iterator[Finding]:
    """No single French word is left in the target, nor a name that has an English form."""
    copied = house.copied_names(source, target)
    found = vocabulary.french_left(source, target)
    if found:  # not of what the desk writes so: gendarmes
        found = vocabulary.french_left(*house.without_terms(source, target))
    for word in dict.fromkeys((*copied, *found)):
        if word not in place.surnames:
            yield _warning("french.left", word)


def check_reversal(source: str, target: str) -> Iterator[Finding]:
    """The target says neither no for yes nor down for up."""
    negation = reversals.negation(source, target)
    if negation == "lost":
        yield _warning("reversal.negation-lost")
    elif negation == "added":
        yield _warning("reversal.negation-added")
    opposites = list(reversals.opposites(source, target))
    for said, other in opposites:
        yield _warning("reversal.opposite", said, other)
    if not opposites and reversals.less_is_lost(source, target):
        yield _warning("reversal.less-lost")


def check_unknown(source: str, target: str) -> Iterator[Finding]:
    """The model wrote no character that it does not know, and lost no symbol."""
    if "⁇" in target and "⁇" not in source:
        yield _error("unknown.spelling")
    for symbol in rare.lost(markup.without_atoms(source), target):
        yield _warning("unknown.symbol", symbol)


CHECKS: dict[str, Check] = {
    "numbers": check_numbers,
    "quotations": check_quotations,
    "brackets": check_brackets,
    "links": check_links,
    "names": check_names,
    "length": check_length,
    "repetition": check_repetition,
    "untranslated": check_untranslated,
    "words": check_words,
    "french": check_french_words,
    "reversal": check_reversal,
    "unknown": check_unknown,
}

#: Warnings that cost a hypothesis its place: a better one may be next in the beam.
COSTLY = frozenset({"repetition", "words", "french", "reversal"})


#: Checks that ask where a sentence stands.
_OF_A_PLACE = {
    "quotations": check_quotations,
    "names": check_names,
    "french": check_french_words,
}
#: Checks that leave out the terms of the termbase.
_APART_FROM_TERMS = ("numbers", "names", "french")


def check(
    source: str,
    target: str,
    checks: Sequence[str] = tuple(CHECKS),
    *,
    terms: Termbase = NO_TERMS,
    place: Place = ALONE,
) -> tuple[Finding, ...]:
    """All findings of a French sentence and its English, in the order of `CHECKS`, then terms.

    In page furniture every word may have a capital, so no names are looked for.
    """
    known = CHECKS | {name: partial(look, place=place) for name, look in _OF_A_PLACE.items()}
    missing, *rest = terms.compared(source, target)
    found = (
        finding
        for name in checks
        if not (place.furniture and name == "names")
        for finding in known[name](*(rest if name in _APART_FROM_TERMS else (source, target)))
    )
    return (*found, *map(_missing_term, missing))


def _missing_term(term: Term) -> Finding:
    return _warning("terms.missing", term.english, term.french)


def looping(text: str) -> str:
    """The run of words that a text repeats like a broken record; empty where there is none.

    >>> looping("the aid of the aid of the aid of the aid of")
    'the aid of'
    """
    words = [word.lower() for word in _RUN.findall(text)]
    pairs = Counter(pairwise(words))
    if max(pairs.values(), default=0) < LOOP_TIMES:
        return ""  # whatever comes so often has a pair of words that does
    for size in range(1, 7):
        run = _in_a_row(words, size)
        if run:
            return run
    return _too_often(words)


def _in_a_row(words: list[str], size: int) -> str:
    times = LOOP_TIMES + (size == 1)
    same = 0
    for index in range(size, len(words)):
        same = same + 1 if words[index] == words[index - size] else 0
        run = words[index - size + 1 : index + 1]
        if same >= size * (times - 1) and not all(word.isdigit() for word in run):
            return " ".join(run)
    return ""


def _doubled(text: str) -> str:
    """The first words that stand twice running, with a space only between them; else empty.

    >>> _doubled("It is raw sugar sugar.")
    'sugar'
    """
    twice = (found[1] for found in _TWICE.finditer(text))
    return next((words for words in twice if words.lower() not in _SAID_TWICE), "")


def _too_often(words: list[str]) -> str:
    if len(words) < LOOP_MIN_WORDS:
        return ""
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    run, times = runs.most_common(1)[0]
    covered = 3 * times / len(words)
    return " ".join(run) if times >= LOOP_TIMES and covered >= LOOP_SHARE else ""


def _markup(text: str) -> list[str]:
    return [
        token.text for token in markup.parse_inline(text) if token.kind is not markup.TokenKind.TEXT
    ]


def _without_quoted(text: str) -> str:
    return _QUOTED.sub(" ", text)


def _small_french(source: str, target: str) -> list[str]:
    """The small French words of a target that belong to no name ("La Voix du Nord")."""
    words = (word.bare.lower() for word in vocabulary.prose(source, _without_quoted(target)))
    return [word for word in words if word in _FRENCH_WORDS]


def _copied(source: str, target_words: list[str]) -> bool:
    given = _words(source)
    if len(given) < LENGTH_MIN_WORDS:
        return False
    capitals = is_in_capitals(source)
    words = [word.lower() for word in given if capitals or not word[0].isupper()]
    known = set(target_words)
    if sum(word in known for word in words) < COPIED_SHARE * len(words):
        return False  # nor do they share so many one by one
    shared = Counter(words) & Counter(target_words)
    return bool(words) and shared.total() >= COPIED_SHARE * len(words)


@lru_cache(maxsize=256)  # each hypothesis asks for the French again
def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text))


def _error(code: str, *values: str) -> Finding:
    return Finding(code, Severity.ERROR, values)


def _warning(code: str, *values: str) -> Finding:
    return Finding(code, Severity.WARNING, values)
