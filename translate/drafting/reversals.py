"""What an English sentence says the other way round: a negation lost or added, down for up.

Both languages have many ways to say no (`negations.tsv`), so a negation counts only where one
has a plain one and the other nothing of the kind. Of opposites (`opposites.tsv`) each must have
one pole alone.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

import regex

from translate.notation.vocabulary import zipf

#: Plain negations: "ne ... que" is "only", and "not only" denies nothing.
_NE = regex.compile(
    r"\b(?:ne\s|n['’])(?!(?:ont\s|a\s|avait\s)?(?:pas\s)?(?:cess|arrêt|oubli))"  # goes on
    r"\p{L}[^.;:!?]{0,40}?\b(?:pas|jamais|rien|aucune?|ni|personne|nullement)\b"
    r"(?!\s(?:que|seulement|non plus))"
    r"|\bne\s(?:pas|jamais|rien)\s(?!que|seulement)"
    r"|\b(?:personne|rien|aucune?\s\p{L}+)\s(?:ne\s|n['’])"
    r"|\bni\s[^.;:!?]{1,60}?\bni\s(?!moins)"
)
_NOT = regex.compile(r"\b(?:not(?! only| just| all)|never|cannot|nobody|nothing|\p{L}+n['’]t)\b")
#: « moins » that compares, and what has it and compares nothing (at least, more or less, under 30).
_MOINS = regex.compile(r"(?i)\bmoins\b")
_NO_LESS = regex.compile(
    r"(?i)\b(?:(?:au|du|à|plus ou|pas|ni plus ni) moins|moins que (?:rien|jamais)|ne[^.]{0,40}moins"
    r"|moins (?:de (?=\d|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)|d['’]une?\b|\d))"
    r"|\bn['’]en\b.{0,30}\bmoins\b"
)
_LESS = regex.compile(
    r"(?i)\bless|few|lower|minus|under|below|down|smaller|reduc|decreas|declin|drop|\bcut|short"
    r"|least|younger|cheap|weak|rarely|poor|worse|minor|slow|soft|light|fall|fell|lack|limit"
    r"|(?!\L<more>)\b\p{L}+er\b than|\bas .{1,30} as\b",
    more=["faster", "quicker", "higher", "greater", "larger", "bigger", "stronger", "longer"],
)
_PREFIX = {
    "en": regex.compile(r"^(?:un|in|im|ir|il|dis|non)(?=\p{L}{4})"),
    "fr": regex.compile(r"^(?:in|im|ir|il|dés|dé|dis|mé|mal)(?=\p{L}{4})"),
}
#: What is left without such a beginning is a word at least this common ("im" + "possible").
STEM_ZIPF = 2.5
_WORD = regex.compile(r"[\p{L}\p{M}]+")
#: What has a word of the lists and says nothing of the kind, or denies it: at least, the latter,
#: up to 20, not easy.
_SET_PHRASES = {
    "fr": regex.compile(
        r"\b(?:(?:au|du|à|plus ou) moins|ce(?:s|tte)? derni(?:er|ère)s?"
        r"|(?:pas|peu) (?:si |très )?\p{L}+|n(?:e\b|['’])[^.;:!?]{0,60}?\bplus|non plus"
        r"|(?:de|en) plus(?=,)"
        r"|plus(?=\b[^.;!?]{0,200}\bmoins\b)|(?<=\bmoins\b[^.;!?]{0,200}\b)plus)\b"
    ),
    "en": regex.compile(
        r"\b(?:up (?:to|until|and running)|turn(?:s|ed|ing)? (?:on|out|up|into)"
        r"|(?:not|\p{L}+n['’]t) (?:so |very |strictly )?\p{L}+)\b"
    ),
}

#: A pair of opposites by its number, and one of its two poles.
Pole = tuple[int, int]


def negation(source: str, target: str) -> str:
    """Whether a negation is "lost" or "added"; empty where neither, or in a question.

    What the French says in English already ("Don't Look Up") is not added.

    >>> negation("Les ventes progressent.", "Sales do not grow.")
    'added'
    """
    english = target.lower()
    if "?" in source:
        return ""
    french = _denial(source)
    if french.plain and not _may_deny(english, "en"):
        return "lost"
    added = _negations(english) - french.cited
    return "added" if added and not french.possible else ""


@dataclass(frozen=True, slots=True)
class _Denial:
    """How a French sentence says no: plainly, in some way, in English words that it cites."""

    plain: bool
    possible: bool
    cited: frozenset[str]


@functools.lru_cache(maxsize=1024)  # each hypothesis asks again
def _denial(source: str) -> _Denial:
    french = source.lower()
    plain = _NE.search(french) is not None
    return _Denial(plain, plain or _may_deny(french, "fr"), _negations(french))


def _negations(text: str) -> frozenset[str]:
    """The English negations of a text."""
    return frozenset(_plain(match.group()) for match in _NOT.finditer(text))


def _plain(word: str) -> str:
    return word.replace("’", "'")


def _may_deny(text: str, language: str) -> bool:
    return any(_denies(word, language) for word in _WORD.findall(text))


@functools.lru_cache(maxsize=1 << 16)
def _denies(word: str, language: str) -> bool:
    """Whether a word says no in some way: "without", "fails", "impossible"."""
    if _denials()[f"{language} none"].has(word):
        return False
    if _denials()[language].has(word) or (language == "en" and word.endswith("less")):
        return True
    rest = _PREFIX[language].sub("", word)
    return rest != word and zipf(rest, language) >= STEM_ZIPF


def less_is_lost(source: str, target: str) -> bool:
    """Whether the English has nothing of a French « moins » that compares.

    >>> [less_is_lost("Il pleut moins.", text) for text in ("It rains.", "It rains less.")]
    [True, False]
    >>> less_is_lost("Au moins, il pleut.", "It rains, at that.")
    False
    """
    if "moins" not in source.lower():
        return False
    compares = _MOINS.search(_NO_LESS.sub(" ", source)) is not None
    return compares and not _LESS.search(target)


def opposites(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Words of a sentence whose opposite alone is in its English, with that opposite.

    >>> list(opposites("Les prix baissent.", "Prices rise."))
    [('baissent', 'rise')]
    """
    french = _poles(source, "fr")
    english = _poles(target, "en") if french else {}
    for (pair, pole), said in french.items():
        other = english.get((pair, 1 - pole))
        if other and (pair, 1 - pole) not in french and (pair, pole) not in english:
            yield said, other


@functools.lru_cache(maxsize=1024)  # each hypothesis asks for the French again
def _poles(text: str, language: str) -> dict[Pole, str]:
    """The poles that a sentence has a word of, with the first such word."""
    found: dict[Pole, str] = {}
    text = text.lower()
    if not any(_poles_of(word, language) for word in _WORD.findall(text)):
        return found
    for word in _WORD.findall(_SET_PHRASES[language].sub(" ", text)):
        for pole in _poles_of(word, language):
            found.setdefault(pole, word)
    return found


@functools.lru_cache(maxsize=1 << 16)
def _poles_of(word: str, language: str) -> tuple[Pole, ...]:
    known = _sides()[language]
    beginnings = (f"{word[:end]}*" for end in range(1, min(len(word), _longest(language)) + 1))
    return tuple(sorted({pole for entry in (word, *beginnings) for pole in known.get(entry, ())}))


@dataclass(frozen=True, slots=True)
class _Side:
    """Words of one meaning in one language, and the beginnings of others."""

    words: frozenset[str]
    stems: tuple[str, ...]

    @classmethod
    def of(cls, column: str) -> "_Side":
        entries = column.split()
        stems = tuple(entry[:-1] for entry in entries if entry.endswith("*"))
        return cls(frozenset(entries), stems)

    def has(self, word: str) -> bool:
        return word in self.words or word.startswith(self.stems)


def _rows(name: str) -> list[list[str]]:
    text = resources.files("translate.drafting").joinpath(name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]


@functools.cache
def _denials() -> dict[str, _Side]:
    """What may stand for a negation in each language."""
    return {language: _Side.of(column) for language, column in _rows("negations.tsv")}


@functools.cache
def _longest(language: str) -> int:
    """Letters of the longest entry."""
    return max(map(len, _sides()[language]))


@functools.cache
def _sides() -> dict[str, dict[str, list[Pole]]]:
    """The entries of `opposites.tsv` in each language ("fall*", "down"), each with its poles."""
    sides: dict[str, dict[str, list[Pole]]] = {"fr": {}, "en": {}}
    for pair, row in enumerate(_rows("opposites.tsv")):
        for place, column in enumerate(row):
            for entry in column.split():
                sides["fr" if place < 2 else "en"].setdefault(entry, []).append((pair, place % 2))
    return sides
