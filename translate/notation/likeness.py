"""How like a name a word is, and which words are English forms of names.

Letters are compared without accents; letters of other alphabets by the sound that French and
English give them (Chternberg, Shternberg).
"""

import functools
import unicodedata
from collections.abc import Iterable
from difflib import SequenceMatcher

import regex

from translate.notation.vocabulary import POSSESSIVE, Word, is_english_word, plain, zipf

#: A shorter word is no name.
MIN_LETTERS = 3
#: A damaged name is so like it (Mbapped, Elugio for Sergio).
SIMILARITY = 0.65
#: Joined names are as alike as the parts in one place that are at least so alike.
PART_SIMILARITY = 0.9
#: A word so like a name is at least its English form (Chile, Dominic).
FORM_SIMILARITY = 0.5
#: A word of English is a name's other form where it is nearly as common as the name in French.
FORM_LEAD = 1.0
#: Without its French accents a word is one of English (President, Ceres) where it is so common
#: there, and so much more than with them.
PLAIN_ZIPF, PLAIN_LEAD = 2.3, 1.0
#: Endings of who or what is of a place, and letters that are left of its name.
_OF_A_PLACE = regex.compile(r"(?:i?an|ese|ish)s?$")
_SHORTEST_PLACE = 5
#: Letters of other alphabets as French and as English write them.
_SOUNDS = (
    (regex.compile("iste?s?$|ites?$"), "ist"),
    (regex.compile("(?<=in)e$"), ""),
    (regex.compile("t?s?ch|t?sh|c(?=[eiy])"), "s"),
    (regex.compile("ou|oo|w"), "u"),
    (regex.compile("kh|k|c|q(?:u(?=[eiy]))?"), "k"),
    (regex.compile("dj|dzh|zh|j"), "j"),
    (regex.compile("gu(?=[eiy])"), "g"),
    (regex.compile("ii|y|ey|e"), "i"),
)
#: The trema is how French writes foreign vowels (Mikhaïlov, Haïti): English goes without.
_ACCENTS = regex.compile(r"[^\P{L}a-zæœïüÿ]", regex.IGNORECASE)
_FOREIGN_LETTER = regex.compile(r"[^\P{L}a-zàâæçéèêëîïôœùûüÿ]", regex.IGNORECASE)
#: Letters that are not made of one and an accent.
_BARRED = str.maketrans("łøđðı", "loddi")


@functools.lru_cache(maxsize=1 << 14)
def folded(word: str) -> str:
    """A word in small letters without accents, and without the possessive."""
    decomposed = unicodedata.normalize("NFKD", plain(POSSESSIVE.sub("", word)))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_BARRED)


def similarity(name: Word, word: Word) -> float:
    """How alike two words are, from 0 to 1; joined ones as much as the parts in the same place."""
    own, other = folded(name.bare), folded(word.bare)
    pairs = [*zip(own.split("-"), other.split("-"), strict=False)]
    large = all(part[:1].isupper() for part in name.bare.split("-"))
    joined = large and own.count("-") == other.count("-") > 0
    parts = [p for p in pairs if joined and len(p[0]) > MIN_LETTERS]
    likeness = max((_ratio(*pair) for pair in parts), default=0.0)
    whole = _ratio(own, other)
    return max(whole, likeness) if likeness >= PART_SIMILARITY else whole


def _ratio(own: str, other: str) -> float:
    return SequenceMatcher(None, own, other, autojunk=False).ratio()


def are_alike(name: Word, word: Word) -> bool:
    """Whether a word is so like a name that it may be that name, damaged."""
    return similarity(name, word) >= SIMILARITY


def may_be_form(name: Word, word: Word) -> bool:
    """Whether a word is as like a name as the English form of one is, at least."""
    return similarity(name, word) >= FORM_SIMILARITY


def most_alike(name: Word, words: Iterable[Word]) -> Word | None:
    """The word that is most like a name, where it is like it."""
    best = max(words, key=lambda word: (similarity(name, word), -word.start), default=None)
    return best if best and are_alike(name, best) else None


def is_form(word: str, name: str) -> bool:
    """Whether a word may be what English writes for a name, and not a damaged one."""
    if "-" in word and "-" not in name and is_english_word(word):
        return True
    english, own = zipf(word, "en"), folded(name)
    if "-" not in word and english and english >= zipf(name, "fr") - FORM_LEAD:
        return True
    if {word, word.removesuffix("s")} & {own, *own.split("-")} or own in word.split("-"):
        return True
    stem = _OF_A_PLACE.sub("", word)
    if stem != word and len(stem) >= _SHORTEST_PLACE and own.startswith(stem):
        return True  # the Canaries, Canarian
    return sounds_alike(word, name)


def sounds_alike(word: str, name: str) -> bool:
    """Whether a word in letters without accents sounds as a name does."""
    return _sound(word) == _sound(folded(name))


def begins(word: str, name: str) -> bool:
    """Whether a word is the beginning of a name, and long enough to be a name itself."""
    return len(word) >= _SHORTEST_PLACE and folded(name).startswith(word)


def _sound(folded: str) -> str:
    """A name from another alphabet as it sounds: French "Chternberg", English "Shternberg"."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


def has_accents(name: str) -> bool:
    """Whether a name has accents that English might drop."""
    return _ACCENTS.search(name) is not None


def is_bare_form(own: str, name: str) -> bool:
    """Whether English writes a French name without its accents; those of others it copies."""
    english = zipf(own, "en")
    is_french = not _FOREIGN_LETTER.search(name)
    return is_french and english >= max(PLAIN_ZIPF, zipf(name, "en") + PLAIN_LEAD)
