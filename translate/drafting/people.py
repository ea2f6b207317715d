"""People with their titles: "le Pr Morel" is "Professor Morel", "Me Morel" is "attorney Morel".

A model leaves an abbreviated title as it is, or takes it for a word. Where the English has the name
behind some form of the title, the house's form is set (`terms/titles.tsv`); where it has not, the
two together are masked in a second try.
"""

import functools
from dataclasses import dataclass
from itertools import islice

import regex

from translate.notation.quotes import QuoteStyle
from translate.terms.house import own_terms, with_names
from translate.terms.termbase import NO_TERMS, Term

_PARTICLE = r"(?:(?:de|von der|von|van de[rn]?|van|di|da|ben|bin|al)\s|d['’])"
_LARGE = r"\p{Lu}[\p{L}\p{M}'’-]*+(?<!['’])"
_NAME = rf"{_PARTICLE}?{_LARGE}(?:\s{_PARTICLE}?{_LARGE})*+"
#: An office behind a courtesy, of which English has no need, but in an address.
_OFFICE = regex.compile(
    r"(?P<before>(?:^|[.!?«“\"])\s?)?\b(?P<courtesy>M\.|Mme)\s(?P<office>l(?:[ae]\s|['’])\p{Ll}+)"
    r"(?P<addressed>(?=\s?[,!?]))?"
)
#: People of a sentence who are looked for: each is sought in the whole of its English.
MOST = 24
#: Characters of a name; longer ones are lists, whose pattern would take long to look for.
LONGEST_NAME = 80
_ADDRESSES = {"M.": "Monsieur", "Mme": "Madame"}
_LAWYER = regex.compile(r"\bavocate?s?\b[^.,;:!?]*,\s$")
#: A courtesy is not missed where the name stands without it.
_COURTESIES = frozenset({"M.", "MM.", "Mme", "Mmes", "Mlle", "Mlles"})
#: The only titles in small letters before a name with "de": not "le père de Morel".
_NOBLE = ("général", "colonel", "commandant", "capitaine", "amiral", "maréchal")
_AND_ANOTHER = regex.compile(r"(?:\set|,)\s\p{Lu}")
_NOBODY = frozenset({"Noël", "Fouettard", "Too"})


@dataclass(frozen=True, slots=True)
class Person:
    """A name with its title in a French sentence: `term` is the two together in both languages.

    `forms` finds them in the English, under the house's title or another.
    """

    term: Term
    name: str
    forms: regex.Pattern[str]
    courtesy: bool

    def is_in(self, english: str) -> bool:
        """Whether the English has the name with its title, or without its courtesy."""
        if self.courtesy:
            return regex.search(rf"(?<!\w){_alike(self.name)}(?!\w)", english) is not None
        return self.forms.search(english) is not None


@functools.lru_cache(maxsize=256)  # each hypothesis asks again
def people(source: str) -> tuple[Person, ...]:
    """The people of a French sentence who have a title."""
    matches = (m for m in _pattern().finditer(source) if len(m["name"]) <= LONGEST_NAME)
    found = {m.group(): m for m in matches if _is_person(m)}
    return tuple(map(_person, islice(found.values(), MOST)))


def mended(source: str, english: str, style: QuoteStyle) -> str:
    """The English with the house's form of each title.

    >>> mended("Le Pr Morel et Mme Brix.", "The Pr Morel and Mrs Brix.", QuoteStyle.AMERICAN)
    'Professor Morel and Ms. Brix.'
    """
    for person in people(source):
        full = person.term.english
        full = full.replace(". ", " ") if style is QuoteStyle.BRITISH else full
        english = person.forms.sub(full.replace("\\", ""), english)
    return english


def lost(source: str, english: str) -> tuple[Term, ...]:
    """The people of a French sentence whom its English does not have, as terms to be masked."""
    return tuple(person.term for person in people(source) if not person.is_in(english))


def written_out(text: str) -> str:
    """French offices without the courtesy before them, of which models make a name.

    >>> written_out("M. le maire a dit : « Mme la préfète, partez ! »")
    'Le maire a dit : « Madame la préfète, partez ! »'
    """
    return _OFFICE.sub(_office, text)


def _office(match: regex.Match[str]) -> str:
    office = match["office"]
    if match["before"] is None:
        return office
    if match["addressed"] is not None:
        return f"{match['before']}{_ADDRESSES[match['courtesy']]} {office}"
    return match["before"] + office[0].upper() + office[1:]


@functools.cache
def _titles() -> dict[str, Term]:
    return {term.french: term for term in own_terms("titles.tsv")}


@functools.cache
def _pattern() -> regex.Pattern[str]:
    """A title with the name behind it, and the article or contraction before it."""
    names = "|".join(map(_in_either_case, sorted(_titles(), key=len, reverse=True)))
    before = r"(?:(?P<article>(?i:l[ae]\s|l['’]))|(?P<other>(?i:du|au|les|des|aux)\s))?"
    return regex.compile(rf"(?<![\p{{L}}’'-]){before}(?P<title>{names})\s(?P<name>{_NAME})")


def _in_either_case(title: str) -> str:
    return (
        f"(?i:{title[0]}){regex.escape(title[1:])}" if title[0].islower() else regex.escape(title)
    )


def _is_person(match: regex.Match[str]) -> bool:
    """Whether a title is one: not "sa sœur Anne", "le père de Morel" or "le père Noël"."""
    title, name = _term(match), match["name"]
    if title.french == "Mes" and not _AND_ANOTHER.match(match.string, match.end()):
        return False  # my Alps
    if title.french[0].isupper():
        return name not in _NOBODY
    is_named = match["article"] or match["other"] or match["title"][0].isupper()
    is_own = name[0].isupper() or title.french in _NOBLE
    return bool(is_named) and is_own and name not in _NOBODY


def _term(match: regex.Match[str]) -> Term:
    title = match["title"]
    return _titles().get(title) or _titles()[title[0].lower() + title[1:]]


def _person(match: regex.Match[str]) -> Person:
    title, given = _term(match), match["name"]
    name = "".join(english or words for words, english in with_names(NO_TERMS).masked(given))
    english = name if _LAWYER.search(match.string[: match.start()]) else f"{title.english} {name}"
    article = match["article"] or ""
    french = f"{article}{match['title']} {given}"
    forms = "|".join(map(_form, {title.french, title.english, *title.also}))
    pattern = rf"(?:\b[Tt]he\s)?(?<!\p{{L}})(?i:{forms})\s{_alike(name)}(?!\p{{L}})"
    return Person(
        Term(french, english, bare=not article),
        name,
        regex.compile(pattern),
        courtesy=title.french in _COURTESIES or english == name,
    )


def _form(title: str) -> str:
    return regex.escape(title.removesuffix(".")) + r"\.?"


def _alike(name: str) -> str:
    """A pattern for a name with either apostrophe."""
    return regex.sub("['’]", "['’]", regex.escape(name))
