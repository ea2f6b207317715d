"""What is a word of English, and of French; what in an English sentence is neither, or left French.

The word lists are those of `wordfreq` (`wordlists`). How common a word is stands on the Zipf scale:
the logarithm of how often it comes in a billion words. "the" has 7.7, "hegemony" 3.1. The lists
were counted, not edited: their lower end has typing errors and words of other languages, hence the
floors, each measured by `bench/vocabulary.py`.
"""

import functools
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from importlib import resources
from itertools import pairwise
from typing import NamedTuple

import regex

from translate.notation import markup
from translate.notation.wordlists import word_list

#: From here on a listed word is one; "barian" (1.0), "terrian" and "cracy" (1.2) are below.
WORD_ZIPF = 1.25
#: What a word is derived from is a better known one.
STEM_ZIPF = 2.0
#: French alone is what French writes so much more often than English, by how common it is there;
#: less is asked of a word that stands in the French sentence too ("cas"; but "plus", "coup").
LEAD_OF_RARE, LEAD_OF_COMMON, LEAD_OF_COPIED_COMMON = 1.5, 2.5, 2.0
COMMON_ZIPF, COPIED_COMMON_ZIPF = 2.2, 3.6
#: A word so like one of the French is a name as English writes it ("Eltsine", "Yeltsin").
NAME_SIMILARITY = 0.55
#: Inside a sentence, where more capitals are no names, it is so like one (Shternberg, Chternberg).
INVENTED_SIMILARITY = 0.66
#: A shorter name may be any.
SHORTEST_NAME = 5
#: A quotation of so few words that stands in the French as it is is a title ("Le Monde").
TITLE_WORDS = 6

_WORD = regex.compile(r"[\p{L}\p{M}\p{N}]+(?:['’\-‐‑][\p{L}\p{M}\p{N}]+)*")
_PART = regex.compile(r"[\p{L}\p{M}]+")
#: What stands before a word whose capital says nothing; titles and initials end no sentence.
_BEGINNING = regex.compile(r"(?:^|(?<!\b\p{Lu}\p{L}{0,3})\.|[!?…«»“”\"‘]|^\W)\s*$")
_ELISION = regex.compile(r"^(?:[cdjlmnst]|qu)['’]", regex.IGNORECASE)
#: A name that begins a sentence without an article: Bercy dément.
_SUBJECT = regex.compile(
    r"\W*(?P<name>\p{Lu}[\p{L}\p{M}-]+) (?:a|est|était|avait|aura|sera|fut|va|veut|peut|doit"
    r"|dit|dément|assure|affirme|annonce|confirme|se|ne) "
)
POSSESSIVE = regex.compile(r"['’]s?$")
_QUOTED = regex.compile(r"[“\"]([^“”\"]+)[”\"]")
PARTICLES = frozenset("de du des d la le les l von van der di da del della bin ben al el".split())
_ALIKE = str.maketrans({"œ": "oe", "æ": "ae", "’": "'", "‐": "-", "‑": "-"})
#: Endings and beginnings of English with what is left without them.
_DERIVED = (
    (regex.compile(r"(?<=[^sxzy]|[aeou]y)(?<![cs]h)s$|(?<=[sxz]|[cs]h)es$"), ""),
    (regex.compile(r"(?<=[^aeiou])ies$"), "y"),
    (regex.compile(r"(?<=ic)ally$|ly$"), ""),
    (regex.compile(r"is(?=(?:e[ds]?|ing|ations?|ers?)$)"), "iz"),
    (regex.compile(r"our(?=(?:s|ed|ing|able)?$)"), "or"),
    (regex.compile(r"^(?:un|non|anti|pro|re|ex|in)"), ""),
)


class Word(NamedTuple):
    """A word as it stands, `bare` without an article or pronoun that is written together with it.

    `is_name`: its capital says so, for it begins no sentence or quotation, or it has two. `end` is
    its end in the text that was read. A tuple, which is made three times as fast as a frozen
    dataclass: each sentence and each of its hypotheses is read so.
    """

    text: str
    bare: str
    is_name: bool
    end: int = 0

    @property
    def start(self) -> int:
        """Where the bare word begins in the text that was read."""
        return self.end - len(self.bare)


@functools.lru_cache(maxsize=1 << 16)
def zipf(word: str, language: str) -> float:
    """How common a word is in "en" or "fr"; 0.0 where it is in no list, or near its end."""
    return _listed(plain(word), language)


@functools.lru_cache(maxsize=256)
def words(text: str) -> tuple[str, ...]:
    """The words of a text, those with hyphens and apostrophes whole.

    >>> words("The ex-minister’s “no” to G20")
    ('The', 'ex-minister’s', 'no', 'to', 'G20')
    """
    return tuple(_WORD.findall(text))


#: Small words of English that are none of French.
_SMALL_ENGLISH = frozenset(
    "the of and with without to from by for at is are was my your his her its our their this that "
    "these you we they he she it not no how what when where who why into over under all".split()
)


def is_english_title(text: str) -> bool:
    """Whether three words or more are an English title, which stays as it is.

    >>> [is_english_title(t) for t in ("Selfie with a Whale", "Le Monde", "Made in France", "Lost")]
    [True, False, False, False]
    """
    found = [word.bare for word in read(text)]
    return (
        len(found) >= 3
        and not _SMALL_ENGLISH.isdisjoint(map(str.lower, found))
        and all(map(is_english_word, found))
    )


@functools.lru_cache(maxsize=1 << 16)
def is_english_word(word: str) -> bool:
    """Whether a word, or each part of one with hyphens, is English; numbers always are.

    >>> [is_english_word(word) for word in ("Ceasefires", "state-owned", "egemony", "crisiss")]
    [True, True, False, False]
    """
    return bool(zipf(word, "en")) or all(map(_is_english, _parts(word)))


@functools.lru_cache(maxsize=1 << 16)
def is_french_word(word: str) -> bool:
    """Whether a word, or each part of one with hyphens or an elision, is French; numbers are.

    >>> [is_french_word(word) for word in ("abstenus", "l’accord", "chef-d’œuvre", "hegemony")]
    [True, True, True, False]
    """
    return all(zipf(part, "fr") for part in _parts(word))


def is_french_only(word: str) -> bool:
    """Whether a word is French, and none that English has borrowed.

    >>> [is_french_only(word) for word in ("devance", "abstenus", "regime", "table", "minister")]
    [True, True, False, False, False]
    """
    return any(_is_french_only(part, copied=False) for part in _parts(word))


def non_words(french: str, english: str) -> list[str]:
    """The words of an English sentence that no language has, and its French sentence neither.

    A capitalised word that is like one of the French is a name.

    >>> non_words("L’hégémonie de Bari est finie.", "The egemony of Barri is over.")
    ['egemony']
    >>> non_words("Il joue à la Comédie-Française.", "He plays on the Mediterrancian side.")
    ['Mediterrancian']
    """
    if all(map(is_english_word, words(english))):
        return []
    given = _given(french)
    return [
        word.text
        for word in read(english)
        if not (is_english_word(word.text) or plain(word.text) in given)
        and not is_french_only(word.text)
        and (
            _is_invented(word.bare, french)
            if word.is_name
            else not (word.text[0].isupper() and _is_like_one(word.text, _names(french)))
        )
    ]


def _is_invented(name: str, french: str) -> bool:
    """Whether a name is in no list and like nothing in the French that has a capital."""
    own = without_accents(name)
    if len(own) < SHORTEST_NAME or name.isupper() or not name.isalpha() or zipf(name, "fr"):
        return False
    given = {without_accents(word.bare): word.bare[0].isupper() for word in read(french)}
    return own not in given and not any(
        SequenceMatcher(None, own, word).ratio() >= INVENTED_SIMILARITY
        for word, is_large in given.items()
        if is_large
    )


def french_left(french: str, english: str) -> list[str]:
    """The French words of an English sentence; those of names and titles taken over are none.

    >>> french_left("Chez nous, 3 % se sont abstenus.", "Chez us, 3% abstenus.")
    ['Chez', 'abstenus']
    >>> french_left("Le général de Gaulle lit « Le Monde ».", "General de Gaulle reads “Le Monde.”")
    []
    """
    if not any(map(_may_be_french, words(english))):
        return []
    given = _given(french)
    return [
        word.text
        for word in prose(french, _without_borrowed(english))
        if any(_is_french_only(part, copied=part in given) for part in _parts(word.bare))
    ]


def _without_borrowed(english: str) -> str:
    """An English text without the expressions that it has from French."""
    folded = without_accents(english)
    for match in _borrowed().finditer(folded if len(folded) == len(english) else ""):
        start, end = match.span()
        english = f"{english[:start]}{' ' * (end - start)}{english[end:]}"
    return english


@functools.cache
def _borrowed() -> regex.Pattern[str]:
    text = resources.files("translate.notation").joinpath("borrowed.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return regex.compile(r"(?<![\w'-])(?:\L<lines>)(?:s|es)?(?![\w'-])", lines=lines)


def without_accents(text: str) -> str:
    """In small letters without accents, with straight apostrophes; as many as there were.

    >>> without_accents("Déjà vu, l’État")
    "deja vu, l'etat"
    """
    return plain(text) if text.isascii() else "".join(map(_bare_letter, text))


@functools.lru_cache(maxsize=1024)
def _bare_letter(letter: str) -> str:
    bare = unicodedata.normalize("NFD", letter.lower())[0]
    return "'" if bare == "’" else bare


def prose(french: str, english: str) -> list[Word]:
    """The words of an English sentence that belong to no name or title taken over from the French.

    >>> [word.text for word in prose("La Voix du Nord change.", "La Voix du Nord is changing.")]
    ['is', 'changing']
    """
    return list(_outside_names(read(_without_titles(english, french)), french))


def _outside_names(found: Sequence[Word], french: str) -> Iterator[Word]:
    """The words that are no part of a name: what stands beside its capital, as in the French."""
    given = read(french)
    pairs = {(plain(one.bare), plain(two.bare)) for one, two in pairwise(given)}
    names = {word.bare for word in given if word.is_name}
    subject = _SUBJECT.match(french)
    inside = False
    for before, word, behind in zip([None, *found], found, [*found[1:], None], strict=False):
        leads = behind is not None and behind.is_name and _may_lead(word)
        follows = before is not None and (plain(before.bare), plain(word.bare)) in pairs
        is_known = POSSESSIVE.sub("", word.bare) in names
        inside = word.is_name or is_known or leads or (inside and follows)
        is_subject = subject is not None and word.bare == subject["name"]
        if not (inside or is_subject):
            yield word


def _may_lead(word: Word) -> bool:
    """Whether a word before a capital is a part of its name: "de Gaulle", "Hélène Morel"."""
    return word.text[0].isupper() or plain(word.bare) in PARTICLES


def _without_titles(english: str, french: str) -> str:
    """An English text without the short quotations that the French has word for word."""
    given = f" {' '.join(map(plain, words(french)))} "

    def shown(match: regex.Match[str]) -> str:
        title = [plain(word) for word in words(match[1])]
        is_title = len(title) <= TITLE_WORDS and f" {' '.join(title)} " in given
        return "“”" if is_title else match[0]

    return _QUOTED.sub(shown, english)


@functools.lru_cache(maxsize=256)  # each hypothesis asks for the French again
def read(text: str) -> tuple[Word, ...]:
    """The words of a text outside addresses, tags and codes."""
    text = markup.without_atoms(text)
    return tuple(_word(match, text) for match in _WORD.finditer(text))


def _word(match: regex.Match[str], text: str) -> Word:
    word, end = match.group(), match.end()
    bare = _ELISION.sub("", word) if "'" in word or "’" in word else word
    if word.islower():
        return Word(word, bare, False, end)
    is_name = bare[0].isupper() and not _begins(text, match.start())
    return Word(word, bare, is_name or sum(map(str.isupper, bare)) > 1, end)


def _begins(text: str, start: int) -> bool:
    return _BEGINNING.search(text[max(0, start - 7) : start]) is not None


@functools.lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """In small letters, ligatures and apostrophes as a typewriter has them."""
    return word.lower().translate(_ALIKE)


def _parts(word: str) -> list[str]:
    """What of a word can be judged, in small letters: all of it, or its parts; none of a number's.

    French writes several words with one apostrophe; "aujourd’hui" is one.
    """
    if any(letter.isdigit() for letter in word):
        return []
    if zipf(word, "fr"):
        return [plain(word)]
    return [part for part in _PART.findall(plain(word)) if len(part) > 1]


@functools.lru_cache(maxsize=256)
def _given(french: str) -> frozenset[str]:
    """The words of a French sentence, whole and in parts."""
    whole = words(french)
    return frozenset([*map(plain, whole), *(part for word in whole for part in _parts(word))])


@functools.lru_cache(maxsize=256)
def _names(french: str) -> frozenset[str]:
    """What may be a name in a French sentence: what has its capital, and a first word of none."""
    found = read(french)
    return frozenset(word.bare for word in found if word.is_name or not is_french_word(word.bare))


def _is_like_one(word: str, names: Iterable[str]) -> bool:
    return any(
        word[:3] == name[:3] or SequenceMatcher(None, word, name).ratio() >= NAME_SIMILARITY
        for name in names
    )


@functools.lru_cache(maxsize=1 << 16)
def _is_english(word: str) -> bool:
    """Whether a word is listed, or made of a listed one by a rule of English."""
    if _listed(word, "en"):
        return True
    stems = (pattern.sub(stem, word) for pattern, stem in _DERIVED)
    return any(s != word and len(s) > 2 and _listed(s, "en") >= STEM_ZIPF for s in stems)


@functools.lru_cache(maxsize=1 << 16)
def _may_be_french(word: str) -> bool:
    return any(_is_french_only(part, copied=True) for part in _parts(_ELISION.sub("", word)))


@functools.lru_cache(maxsize=1 << 16)
def _is_french_only(word: str, *, copied: bool) -> bool:
    """`copied`: the French sentence has the word as well."""
    lead, english = zipf(word, "fr") - zipf(word, "en"), zipf(word, "en")
    if english < (COPIED_COMMON_ZIPF if copied else COMMON_ZIPF):
        return lead >= LEAD_OF_RARE
    return lead >= (LEAD_OF_COPIED_COMMON if copied else LEAD_OF_COMMON)


@functools.lru_cache(maxsize=1 << 14)
def _listed(word: str, language: str) -> float:
    """How common a word is as it is written; 0.0 below the floor."""
    listed = word_list(language).zipf(word)
    return listed if listed >= WORD_ZIPF else 0.0
