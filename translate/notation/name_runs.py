"""The names of a French sentence: runs of capitalised words with their particles.

Of each it is told which words have to stand in the English as they are, and which of those to the
letter: people with a French given name or initials, and places named after a saint.
"""

import functools
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

import regex

from translate.notation import likeness
from translate.notation.given_names import given_name
from translate.notation.own_names import FAMOUS, has_noun, is_own, is_saint, may_be_own
from translate.notation.vocabulary import PARTICLES, Word, plain, read, zipf

#: A given name is French alone that French writes so much more often (10 to this power).
FRENCH_LEAD = 1.0
#: Names of a sentence, words of one, and strange words of its English, that are compared.
MOST = 48
_TITLES = frozenset(
    "M MM Mme Mmes Mlle Mlles Dr Dre Drs Pr Pre Prs Me Mes Mgr Lt Col Gal Sgt".split()
)
_DIRECTION = regex.compile(r" (?:du (?:Nord|Sud)|de l['’](?:Est|Ouest))$")
#: Who stands before a given name has an English one (le roi Philippe), or is a saint.
_RULER = regex.compile(
    r"(?i)\b(?:papes?|rois?|reines?|saints?|saintes?|princes?|princesses?|empereurs?|impératrices?"
    r"|tsars?|ducs?|duchesses?|sultans?|apôtres?|évangile|prophètes?|frères?|sœurs?|pères?|mères?)"
    r"\s(?:d(?:e\s|['’])|selon\s)?$"
)
_NUMERAL = regex.compile(r"[IVX]+(?:er|e|ème)?")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words that make a name; `proper` are those that English has to write as French does.

    `exact`: to the letter, since it is a person's or a saint's place. `others`: names that English
    may have otherwise. `is_sure`: the word lists say so of one of them at least, or a given name
    does.
    """

    text: str
    words: tuple[Word, ...]
    proper: tuple[Word, ...]
    exact: frozenset[Word]
    others: tuple[Word, ...]
    is_sure: bool


@functools.lru_cache(maxsize=256)  # each hypothesis asks again
def runs(french: str, known: tuple[Span, ...]) -> tuple[Run, ...]:
    """The names of a French sentence that have a word which must stand as it is."""
    found: list[list[Word]] = [[]]
    for word in read(french):
        if found[-1] and not _follows(word, found[-1][-1], french):
            found.append([])
        is_particle = bool(found[-1]) and plain(word.bare) in PARTICLES
        if is_particle or word.is_name or (word.bare[0].isupper() and _may_begin(word.bare)):
            found[-1].append(word)
        elif found[-1]:
            found.append([])
    named = (run for words in found if _matters(run := _run(words, french, known)))
    return tuple(islice(named, MOST))


def _matters(run: Run) -> bool:
    return bool(run.proper or run.others)


def _may_begin(word: str) -> bool:
    """Whether a word whose capital says nothing, since it begins a sentence, is a name."""
    given = given_name(word)
    return is_own(word) or is_saint(word) or bool(given)


def _follows(word: Word, before: Word, french: str) -> bool:
    """Whether a word may belong to the name before it: one space apart, and without its article."""
    start = word.end - len(word.text)
    between = french[before.end : start]
    if len(before.bare) == 1 and before.bare.isupper() and between[:1] == ".":
        between = between[1:] or " "  # J. C. Morel, J.C. Morel
    return between == " " and french[start].lower() != "l" * (start < word.start)


def _run(words: Sequence[Word], french: str, known: tuple[Span, ...]) -> Run:
    words = words[:MOST]
    while words and not words[-1].bare[0].isupper():
        words = words[:-1]
    while words and words[0].bare in _TITLES:
        words = words[1:]
    text = french[words[0].start : words[-1].end] if words else ""
    large = [word for word in words if word.bare[0].isupper()]
    unknown = [w for w in large if not (_overlaps(w, known) or has_noun(w.bare))]
    person = set(_person(words, french))
    person = person if person <= set(unknown) else set()  # foreigners: Viktor Yanukovych
    exact = {word for word in unknown if word in person or is_saint(word.bare)}
    others = (
        word
        for word in unknown
        if (word.is_name or is_own(word.bare))
        and word not in exact
        and len(word.bare) > likeness.MIN_LETTERS
    )
    own = [word for word in large if word.is_name and is_own(word.bare)]
    is_sure = bool(exact or own)
    is_place = is_sure and not exact and all(word.bare in FAMOUS for word in own)
    names = (word for word in large if not has_noun(word.bare))
    proper = (  # what stands beside Paris may be any noun: la Bourse de Paris
        w for w in names if w in exact or is_own(w.bare) or (not is_place and may_be_own(w.bare))
    )
    is_name = (is_sure or len(large) > 1) and not _DIRECTION.search(text)
    return Run(
        text,
        tuple(words),
        proper=tuple(proper) if is_name else (),
        exact=frozenset(exact),
        others=tuple(others),
        is_sure=is_sure,
    )


def _overlaps(word: Word, spans: Sequence[Span]) -> bool:
    """Whether a word has letters in one of the spans, which come in order and lie apart."""
    before = bisect_left(spans, (word.end, 0))
    return before > 0 and spans[before - 1][1] > word.start


def _person(words: Sequence[Word], french: str) -> list[Word]:
    """The given name of a person and what is behind it; nothing where there is none.

    Kings, popes and saints have English names.
    """
    first = next((i for i, word in enumerate(words) if given_name(word.bare)), None)
    size = initials(words)
    if size and (first is None or first > 0):
        return list(words[size : size + 1])
    if first is None or any(_NUMERAL.fullmatch(word.bare) for word in words[first:]):
        return []
    large = [word for word in words[first:] if word.bare[0].isupper()]
    is_epithet = len(words) > first + 1 and words[first + 1].bare in ("le", "la")
    before = french[max(0, large[0].start - 20) : large[0].start]
    if is_epithet or (len(large) == 1 and _RULER.search(before)):
        return []
    given = given_name(large[0].bare)
    return [] if len(large) == 1 and given and given.is_word else large


def initials(words: Sequence[Word]) -> int:
    """How many initials a name begins with, before a surname; one of them may be an article (A)."""
    letters = list(takewhile(lambda word: len(word.bare) == 1 and word.bare.isupper(), words))
    behind = words[len(letters)].bare if len(letters) < len(words) else ""
    return len(letters) if len(behind) > likeness.MIN_LETTERS and behind[0].isupper() else 0


def is_of_france(run: Run) -> bool:
    """Whether a person has a given name that only French has, or initials: no form but by sound."""
    first = next((word.bare for word in run.words if word in run.exact), "")
    lead = zipf(first, "fr") - zipf(first, "en")
    is_french = lead >= FRENCH_LEAD or "-" in first or likeness.has_accents(first)
    return bool(initials(run.words)) or (given_name(first) is not None and is_french)
