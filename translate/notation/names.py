"""The names of a French sentence in its English: kept, damaged by a letter or two, or lost.

A name is a run of capitalised words with its particles ("Ursula von der Leyen"). Many have another
form in English (Londres) or are words (la Maison Blanche); one must stand as it is where English
writes it nearly as often as French, which the word lists tell, or where a word beside it is such a
one (Emmanuel Macron).
"""

import functools
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise

import regex

from translate.notation.vocabulary import PARTICLES, Word, is_english_word, plain, read, zipf

#: French writes a word that English has otherwise so much more often (10 to this power).
OWN_LEAD = 1.5
#: A rarer word is a name whatever its lead, unless it ends like a noun or an adjective.
RARE_ZIPF = 2.6
#: A word that is as common as this in both is more likely a noun (Direction, Institution).
NOUN_ZIPF = 4.0
#: A word of English is a name's other form where it is nearly as common as the name in French.
FORM_LEAD = 1.0
#: A damaged name is so like it (Mbapped, Elugio for Sergio).
SIMILARITY = 0.65
#: A word so like a name is at least its English form (Chile, Dominic).
FORM_SIMILARITY = 0.5
#: First names are rarer in English than nouns that begin a name (Festival de Cannes).
FIRST_NAME_ZIPF = 4.0
#: What is shorter, or in French as common as small words are, is no name.
MIN_LETTERS, SMALL_ZIPF = 3, 5.3
#: So many words may stand in the place of particles (Ursula voted from Leyen).
MAX_BETWEEN = 3

_DERIVED = regex.compile(
    r"(?:i[ae]|[ie]en(?:ne)?s?|[ao]is(?:es?)?|iques?|tions?|te|ments?|eurs?|istes?|ain(?:es?|s)?"
    r"|ees?|es|[ts]s|oires?|[ae]nces?|ismes?)$"
)
_POSSESSIVE = regex.compile(r"['’]s?$")
#: Letters of other alphabets as French and as English write them.
_SOUNDS = (
    (regex.compile("t?s?ch|t?sh|c(?=[eiy])"), "s"),
    (regex.compile("ou|oo|w"), "u"),
    (regex.compile("kh|k|c|q(?:u(?=[eiy]))?"), "k"),
    (regex.compile("dj|dzh|zh|j"), "j"),
    (regex.compile("gu(?=[eiy])"), "g"),
    (regex.compile("ii|y|ey|e"), "i"),
)
_TITLES = frozenset(
    "M MM Mme Mmes Mlle Mlles Dr Dre Drs Pr Pre Prs Me Mes Mgr Lt Col Gal Sgt".split()
)
_PERSON = regex.compile(r"[\p{L}-]+ (?:d(?:e|u|es) |d['’])[\p{L}-]+")
#: Particles that are no French words, and so are not translated.
_FRENCH = frozenset("de du des d la le les l".split())
_FOREIGN = PARTICLES - _FRENCH


#: Names of a sentence, and strange words of its English, that are compared with each other.
MOST = 48


@dataclass(frozen=True, slots=True)
class Fault:
    """A name that is not in the English as the French has it.

    `written` is what stands there instead, from `start` on; nothing where the name is lost.
    """

    name: str
    written: str = ""
    start: int = 0


def faults(french: str, english: str) -> list[Fault]:
    """The names that are damaged or lost, in the order of the French.

    >>> faults("Selon Mbappé, c’est perdu.", "According to Mbapped, it is lost.")
    [Fault(name='Mbappé', written='Mbapped', start=13)]
    >>> faults("Londres salue Emmanuel Macron.", "London hails Emmanuel Macron.")
    []
    """
    runs = [run for run in _runs(french) if not _stands(run.text, english)]
    if not runs:
        return []
    target = _target(french, english)
    found: dict[int, Fault] = {}
    lost: list[Fault] = []
    for run in runs:
        damaged = {fault.start: fault for fault in _damaged(run, target)}
        found |= damaged
        lost += [] if damaged else _lost(run, target)
    return [*found.values(), *lost]


def _stands(name: str, english: str) -> bool:
    at = english.find(name)
    return at >= 0 and not english[at + len(name) : at + len(name) + 1].isalpha()


def mended(french: str, english: str) -> str:
    """The English with each damaged name as the French has it.

    >>> mended("Ursula von der Leyen est là.", "Ursula voted from Leyen is there.")
    'Ursula von der Leyen is there.'
    """
    for fault in sorted(faults(french, english), key=lambda fault: -fault.start):
        if fault.written:
            end = fault.start + len(fault.written)
            english = english[: fault.start] + fault.name + english[end:]
    return english


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that make a name; `proper` are those that English has to write as French does.

    `is_sure`: the word lists say so of one of them at least.
    """

    text: str
    words: tuple[Word, ...]
    proper: tuple[Word, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Target:
    """An English sentence; `strange` are its capitalised words that the French does not have."""

    text: str
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    strange: frozenset[Word]

    def only(self, word: Word) -> int | None:
        """Where a word stands that stands there once."""
        name = _folded(word.bare)
        return self.folded.index(name) if self.folded.count(name) == 1 else None


def _target(french: str, english: str) -> _Target:
    found = read(english)
    folded = tuple(_folded(word.bare) for word in found)
    given = {_folded(word.bare) for word in read(french)}
    strange = (
        word
        for word, plain_word in zip(found, folded, strict=True)
        if word.bare[0].isupper() and plain_word not in given
    )
    return _Target(english, found, folded, frozenset(islice(strange, MOST)))


@functools.lru_cache(maxsize=256)  # each hypothesis asks again
def _runs(french: str) -> tuple[_Run, ...]:
    """The names of a French sentence that have a word which must stand as it is."""
    runs: list[list[Word]] = [[]]
    for word in read(french):
        if runs[-1] and not _follows(word, runs[-1][-1], french):
            runs.append([])
        is_particle = bool(runs[-1]) and plain(word.bare) in PARTICLES
        if is_particle or word.is_name or (word.bare[0].isupper() and _is_own(word.bare)):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    named = (run for words in runs if (run := _run(words, french)).proper)
    return tuple(islice(named, MOST))


def _follows(word: Word, before: Word, french: str) -> bool:
    """Whether a word may belong to the name before it: one space apart, and without its article."""
    start = word.end - len(word.text)
    return french[before.end : start] == " " and french[start].lower() != "l" * (start < word.start)


def _run(words: Sequence[Word], french: str) -> _Run:
    while words and not words[-1].bare[0].isupper():
        words = words[:-1]
    while words and words[0].bare in _TITLES:
        words = words[1:]
    text = french[words[0].start : words[-1].end] if words else ""
    large = [word for word in words if word.bare[0].isupper()]
    is_sure = any(word.is_name and _is_own(word.bare) for word in large)
    proper = (word for word in large if _is_own(word.bare) or _may_be_own(word.bare))
    is_name = is_sure or len(large) > 1
    return _Run(text, tuple(words), tuple(proper) if is_name else (), is_sure)


@functools.lru_cache(maxsize=1 << 14)
def _is_own(word: str) -> bool:
    """Whether English writes a name as French does, by itself."""
    french, english = zipf(word, "fr"), zipf(word, "en")
    if len(word) < MIN_LETTERS or word.isupper() or min(french, english) > NOUN_ZIPF:
        return False
    if "-" in word:
        return all(_is_own(part) or zipf(part, "en") > NOUN_ZIPF for part in word.split("-"))
    return french - english < OWN_LEAD if english else _may_be_own(word) and french < RARE_ZIPF


def _may_be_own(word: str) -> bool:
    """Whether English writes it so beside such a name: no small word, noun or adjective."""
    is_small = len(word) < MIN_LETTERS or word.isupper() or zipf(word, "fr") > SMALL_ZIPF
    return not is_small and not _DERIVED.search(_folded(word))


def _damaged(run: _Run, target: _Target) -> Iterator[Fault]:
    for word in run.proper:
        found = None if _folded(word.bare) in target.folded else _like(word, target)
        if found and (run.is_sure or not zipf(_folded(found.bare), "en")):
            yield Fault(word.bare, _POSSESSIVE.sub("", found.bare), found.start)
    yield from _between(run, target)


def _like(name: Word, target: _Target) -> Word | None:
    """The strange word that is most like a name, where it is like it and no form of it."""
    wrong = [word for word in target.strange if not _is_form(_folded(word.bare), name.bare)]
    best = max(wrong, key=lambda word: (_similarity(name, word), -word.start), default=None)
    return best if best and _similarity(name, best) >= SIMILARITY else None


def _between(run: _Run, target: _Target) -> Iterator[Fault]:
    """Foreign particles that were taken for words."""
    large = [index for index, word in enumerate(run.words) if word.bare[0].isupper()]
    for start, end in pairwise(large):
        particles = [_folded(word.bare) for word in run.words[start + 1 : end]]
        first, last = target.only(run.words[start]), target.only(run.words[end])
        if not particles or not set(particles) <= _FOREIGN or first is None or last is None:
            continue
        written = target.folded[first + 1 : last]
        if 0 < len(written) <= MAX_BETWEEN and list(written) != particles:
            begin, stop = target.words[first].start, target.words[last].end
            name = run.text[run.words[start].start - run.words[0].start :]
            yield Fault(
                name[: run.words[end].end - run.words[start].start],
                _POSSESSIVE.sub("", target.text[begin:stop]),
                begin,
            )


def _lost(run: _Run, target: _Target) -> list[Fault]:
    """The whole name, where a word of it is nowhere, or its words stand apart."""
    if not run.is_sure:
        return []
    absent = [word for word in run.proper if not _is_there(word, target)]
    nouns = all(min(zipf(word.bare, "fr"), zipf(word.bare, "en")) > NOUN_ZIPF for word in absent)
    other = any(word.is_name for word in target.strange)
    if (absent and not nouns and not other) or _is_apart(run, target):
        return [Fault(run.text)]
    return []


def _is_there(name: Word, target: _Target) -> bool:
    """Whether a name, or another form of it, is in the target."""
    found = _folded(name.bare) in target.folded
    return found or any(_similarity(name, word) >= FORM_SIMILARITY for word in target.strange)


def _is_apart(run: _Run, target: _Target) -> bool:
    """Whether a first name and a surname with a French particle do not stand together."""
    if len(run.proper) != 2 or not _PERSON.fullmatch(run.text):
        return False
    first, last = (_folded(word.bare) for word in run.proper)
    if not _is_own(run.proper[0].bare) or zipf(first, "en") > FIRST_NAME_ZIPF:
        return False
    pairs = set(pairwise(word for word in target.folded if word not in _FRENCH))
    return not pairs & {(first, last), (first, "of"), ("of", last)}


def _is_form(word: str, name: str) -> bool:
    """Whether a word may be what English writes for a name, and not a damaged one."""
    if "-" in word and is_english_word(word):
        return True
    english, own = zipf(word, "en"), _folded(name)
    if english and english >= zipf(name, "fr") - FORM_LEAD:
        return True
    if {word, word.removesuffix("s")} & {own, *own.split("-")} or own in word.split("-"):
        return True
    return _sound(word) == _sound(own)


def _sound(folded: str) -> str:
    """A name from another alphabet as it sounds: French "Chternberg", English "Shternberg"."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


@functools.lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    """A word in small letters without accents, and without the possessive."""
    decomposed = unicodedata.normalize("NFKD", plain(_POSSESSIVE.sub("", word)))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _similarity(name: Word, word: Word) -> float:
    return SequenceMatcher(None, _folded(name.bare), _folded(word.bare), autojunk=False).ratio()
