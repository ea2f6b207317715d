"""A termbase (glossary): French terms with the English that a desk has settled on.

    # people
    Vladimir Poutine<TAB>Vladimir Putin
    parquet<TAB>public prosecutor's office | prosecutors

The first English word is written; the others are as good, and so is the other number.

A term with a capital letter is found in its own case, at the beginning of a sentence or in
capitals, one in small letters in any case; both as whole words, in the form that the file has. A
name that the file has with its article ("le Caire") is found without it too ("du Caire").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import compress, pairwise
from operator import not_
from pathlib import Path

import regex

from translate.errors import UsageError
from translate.files import read_bytes

_WORD = regex.compile(r"[\p{L}\p{N}]+")
_PLURAL = regex.compile(r"(?<=ch|sh|ss|x)es$|(?<!s)s$")
_NOT_BLANK = regex.compile(r"\S")
#: Marks of the same length that are written in several ways.
_ALIKE = str.maketrans({"’": "'", "\u00a0": " ", "\u202f": " ", "\n": " ", "\t": " "})
_ARTICLE = regex.compile(r"(?:l['’]|l[ea] )(?=.*\p{Lu})")
_CONTRACTION = regex.compile(r"\b(?:du|au)\s$", regex.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Term:
    """A French term and its English.

    `also`: other English that is as good. `alone`: only where no small word stands beside it.
    `bare`: a name without the article that it usually has. `noun`: not where a capital makes it a
    name ("Mme Maire").
    """

    french: str
    english: str
    also: tuple[str, ...] = ()
    alone: bool = False
    bare: bool = False
    noun: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """All of its English, the one to be written first."""
        return (self.english, *self.also)

    @property
    def written(self) -> str:
        """Its English as a line of a termbase has it."""
        return " | ".join(self.choices)

    @property
    def has_article(self) -> bool:
        """Whether it is a name with an article in French."""
        return self.bare or bare_name(self.french) != self.french

    def is_at(self, text: str, start: int) -> bool:
        """Whether it stands in `text` from `start` on, as whole words."""
        end = start + len(self.french)
        found, wanted = text[start:end], self.french.translate(_ALIKE)
        if end < len(text) and text[end].isalnum() and wanted[-1].isalnum():
            return False
        if self.noun and start and found[0].isupper() and not found.isupper():
            return False
        first_large = wanted[:1].upper() + wanted[1:]
        return found in (wanted, first_large, wanted.upper()) or found.lower() == wanted


@dataclass(frozen=True)
class Termbase:
    """Terms to be kept to; of two that begin at the same word the longer one counts.

    Those of `base` are kept to as well. What finding needs is made once for each layer: a termbase
    of 10,000 terms is neither hashed nor indexed again for a sentence that adds two.
    """

    terms: tuple[Term, ...] = ()
    base: "Termbase | None" = None

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        return hash((self.terms, self.base))

    def plus(self, terms: Iterable[Term]) -> "Termbase":
        """With more terms, as a thin layer; this one where there are none."""
        more = tuple(terms)
        return Termbase(more, self) if more else self

    def all_terms(self) -> tuple[Term, ...]:
        """The terms of all layers."""
        return (*(self.base.all_terms() if self.base else ()), *self.terms)

    def masked(self, text: str) -> Iterator[tuple[str, str]]:
        """A French text in stretches, each with the English of its term or nothing.

        Before a bare name "du" and "au" are "de" and "à", for the article is a part of the name.

        >>> list(Termbase((Term("parquet", "prosecutors"),)).masked("Le parquet enquête"))
        [('Le ', ''), ('parquet', 'prosecutors'), (' enquête', '')]
        """
        last = 0
        for start, term in self.find(text):
            end = start + len(term.french)
            before = text[last:start]
            yield _without_article(before) if term.bare else before, ""
            yield text[start:end], term.english
            last = end
        yield text[last:], ""

    def missing(self, source: str, target: str) -> list[Term]:
        """Terms of a French sentence whose English its translation does not have."""
        return self.compared(source, target)[0]

    def compared(self, source: str, target: str) -> tuple[list[Term], str, str]:
        """The missing terms, and both sentences without the terms that were found in them.

        Numbers and names of terms need not be alike: "9/11" may stand for "11-Septembre".
        """
        missing: list[Term] = []
        rest, last = [], 0
        english = _Remaining(target)
        for start, term in self.find(source):
            rest.append(source[last:start])
            last = start + len(term.french)
            if not english.take(term):
                missing.append(term)
        return missing, "".join((*rest, source[last:])), english.text()

    def find(self, text: str) -> tuple[tuple[int, Term], ...]:
        """The terms of a French text and where they begin, in order."""
        return _found(self, text) if self.terms or self.base else ()

    def search(self, text: str) -> Iterator[tuple[int, Term]]:
        """As `find`, without remembering."""
        plain = text.translate(_ALIKE)
        words = [(word.start(), word.group().lower()) for word in _WORD.finditer(plain)]
        layers = [layer for layer in self._layers() if layer.terms]
        beginnings = [layer._first_words for layer in layers]
        last = 0
        for (start, first), (_, following) in pairwise((*words, (0, ""))):
            if start < last or not any(first in known for known in beginnings):
                continue
            keys = ((first, following), (first,))
            found = [term for layer in layers if (term := layer._own_at(plain, start, keys))]
            term = max(found, key=lambda term: len(term.french), default=None)
            if term and not (term.alone and _is_joined(plain, last, start, term)):
                yield start, term
                last = start + len(term.french)

    def _layers(self) -> Iterator["Termbase"]:
        """The layers, the lowest first."""
        if self.base:
            yield from self.base._layers()
        yield self

    def _own_at(self, text: str, start: int, keys: tuple[tuple[str, ...], ...]) -> Term | None:
        """The longest term of this layer that begins here, by its first words."""
        candidates = (term for key in keys for term in self._by_words.get(key, ()))
        return next((term for term in candidates if term.is_at(text, start)), None)

    @cached_property
    def _first_words(self) -> frozenset[str]:
        return frozenset(first for first, *_ in self._by_words)

    @cached_property
    def _by_words(self) -> dict[tuple[str, ...], list[Term]]:
        """The terms by their first two words, or the only one, the longest first."""
        found: dict[tuple[str, ...], list[Term]] = {}
        for term in sorted(self.terms, key=lambda term: -len(term.french)):
            words = _WORD.findall(term.french.lower())
            found.setdefault(tuple(words[:2]), []).append(term)
        return found


class _Remaining:
    """An English sentence of which the terms are taken one by one, each from left to right."""

    def __init__(self, target: str) -> None:
        self._target = target
        self._plain = target.translate(_ALIKE)
        self._lowered = self._plain.lower()
        self._taken = bytearray(len(target))
        self._places: dict[Term, Iterator[regex.Match[str]]] = {}

    def take(self, term: Term) -> bool:
        """Take the next place of a term; False where there is none left."""
        if not any(stem in self._lowered for stem in _stems(term.choices)):
            return False  # without a pattern, which costs more than all else here
        if term not in self._places:
            pattern = _as_words(term.choices)
            self._places[term] = pattern.finditer(self._plain)
        for place in self._places[term]:
            if not any(self._taken[place.start() : place.end()]):
                self._taken[place.start() : place.end()] = b"\x01" * len(place.group())
                return True
        return False

    def text(self) -> str:
        """What is left of the sentence."""
        return "".join(compress(self._target, map(not_, self._taken)))


NO_TERMS = Termbase()


@lru_cache(maxsize=4096)  # plans, drafts and checks of a window of sentences ask again
def _found(termbase: Termbase, text: str) -> tuple[tuple[int, Term], ...]:
    return tuple(termbase.search(text))


def read_termbase(path: Path) -> Termbase:
    """Read lines of French<TAB>English in UTF-8; empty lines and lines that begin with # are none.

    UsageError names the line that is something else, or the term that has two translations.
    """
    if not path.is_file():
        raise UsageError(f"there is no termbase {path}; give a file of French<TAB>English lines")
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError(
            f"{path} is not UTF-8 (byte {error.start}); save the termbase as UTF-8"
        ) from None
    return Termbase(tuple(parse_terms(text, path.name)))


def parse_terms(text: str, name: str) -> Iterator[Term]:
    """The terms of a termbase's text, last the names without their articles.

    `name` is what its errors call it.
    """
    return with_bare_names(given_terms(text, name))


def with_bare_names(terms: Iterable[Term]) -> Iterator[Term]:
    """Terms as they are given, then the names among them without their articles."""
    given: dict[str, Term] = {}
    for term in terms:
        given[term.french] = term
        yield term
    names = (term for term in given.values() if term.has_article)
    bare = (replace(name, french=bare_name(name.french), bare=True) for name in names)
    yield from (term for term in bare if term.french not in given)


def given_terms(text: str, name: str) -> Iterator[Term]:
    """The terms of a termbase's text as they are given."""
    given: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [column.strip() for column in line.split("\t")]
        words = [word.strip() for word in columns[-1].split("|")]
        if len(columns) != 2 or not all((*columns, *words)):
            raise UsageError(
                f"{name} line {number} is not French<TAB>English; a term and its translation, one "
                "pair a line"
            )
        french = columns[0]
        if not _WORD.match(french):
            raise UsageError(
                f"{name} line {number}: “{french}” does not begin with a letter or a digit; give "
                "the words alone"
            )
        if french in given:
            raise UsageError(
                f"{name} line {number}: “{french}” is in line {given[french]} too; leave one"
            )
        given[french] = number
        yield Term(french, words[0], tuple(words[1:]))


def bare_name(french: str) -> str:
    """A name without its article: "Caire" for "le Caire"; any other term as it is."""
    return _ARTICLE.sub("", french, count=1) if _ARTICLE.match(french) else french


def _without_article(before: str) -> str:
    """A text that ends with "du" or "au", with "de" or "à" in its place and case."""

    def preposition(match: regex.Match[str]) -> str:
        words = match.group()
        new = ("de" if words[0] in "dD" else "à") + words[-1]
        return new.upper() if words.isupper() else new.title() if words[0].isupper() else new

    return _CONTRACTION.sub(preposition, before)


def _is_joined(text: str, last: int, start: int, term: Term) -> bool:
    """Whether a word that is no term stands before it, or a small one behind it."""
    before = text[last:start].rstrip()
    behind = _NOT_BLANK.search(text, start + len(term.french))
    return before[-1:].isalnum() or bool(
        behind and behind.group().isalpha() and not behind.group().isupper()
    )


@lru_cache(maxsize=4096)
def _stems(english: tuple[str, ...]) -> tuple[str, ...]:
    """What of English words is the same in both numbers, in small letters."""
    return tuple(_stem(one.translate(_ALIKE))[0].lower() for one in english)


@lru_cache(maxsize=4096)
def _as_words(english: tuple[str, ...]) -> regex.Pattern[str]:
    words = "|".join(_in_either_number(one.translate(_ALIKE)) for one in english)
    return regex.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])", regex.IGNORECASE)


def _in_either_number(word: str) -> str:
    """A pattern for an English word in the singular and in the plural."""
    stem, endings = _stem(word)
    return regex.escape(stem) + endings


def _stem(word: str) -> tuple[str, str]:
    """An English word without its ending of number, and a pattern for the endings."""
    if word.endswith(("y", "ies")):
        return word.removesuffix("ies").removesuffix("y"), "(?:y|ys|ies)"
    ending = _PLURAL.search(word)
    return word[: ending.start()] if ending else word, "(?:e?s)?"
