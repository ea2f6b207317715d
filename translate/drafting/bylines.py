"""Bylines by rule: who wrote an article, where from, and when.

A model that has learnt from sentences drops half of "Par Anne Morel | Publié le 12 mars 2024 à
18h30". A byline is made of names, dates, times and few other words (`bylines.tsv`). One that has
anything else in it is left to the model.
"""

import functools

import regex

from translate.notation import calendar, times
from translate.notation.typography import capitalise_first
from translate.terms.house import own_terms
from translate.terms.termbase import Termbase

_NAME = r"\p{Lu}[\p{L}\p{M}\p{N}.'’-]*"
_PARTICLE = r"(?:d[eu]|des|de l[ae]|la|le|van|von|der|den|el|al|ben|bin|di|da|dos|y)"


_DATED = regex.compile(r"(?i)\b(?:publiée?|postée?|modifiée?|actualisée?|mise? à jour)\b.{0,12}\d")
_SPACE_BEFORE_COLON = regex.compile(r"(?<=\w)\s+(?=:\s)")


def is_dated(line: str) -> bool:
    """Whether a line says when an article was published or changed.

    >>> is_dated("AFP 3 sept. 2024 (Mis à jour : 4 sept. 2024)")
    True
    """
    return _DATED.search(line) is not None


def english(byline: str, names: Termbase) -> str | None:
    """The English of a French byline, or None where it has other words; `names` are written so.

    >>> english("Par Anne Morel (avec AFP), le 1er mai 2024 à 18h30", Termbase())
    'By Anne Morel (with AFP), May 1, 2024 at 6:30 p.m.'
    """
    parts, at = [], 0
    while at < len(byline):
        part = _parts().match(byline, at)
        if part is None:
            return None
        parts.append(_written(part, names))
        at = part.end()
    return _SPACE_BEFORE_COLON.sub("", "".join(parts))


def _written(part: regex.Match[str], names: Termbase) -> str:
    found = part.group()
    match part.lastgroup:
        case "phrase":
            return _in_case(_phrases()[_plain(found)], found)
        case "date":
            return calendar.english_date(part)
        case "numeric":
            return next(calendar.dates(found)).english
        case "time":
            return times.english(next(times.times(f"à {found}")))
        case "at":
            return _in_case("at", found)
        case "place":
            return _in_case("in", found)
        case "name":
            return "".join(term or text for text, term in names.masked(found))
        case _:
            return found


def _in_case(words: str, like: str) -> str:
    if len(like) > 1 and like.isupper():
        return words.upper()
    return capitalise_first(words) if like[:1].isupper() else words


def _plain(phrase: str) -> str:
    return " ".join(phrase.lower().replace("’", "'").split())


@functools.cache
def _phrases() -> dict[str, str]:
    return {term.french.lower(): term.english for term in own_terms("bylines.tsv")}


def _pattern(phrase: str) -> str:
    """A phrase in the white space and apostrophe of a text; "publié le" has a date behind it."""
    pattern = r"\s".join(map(regex.escape, phrase.replace("'", "’").split())).replace("’", "['’]")
    return pattern + r"(?=\s(?:\d|\p{Ll}+di\s|dimanche\s))" * phrase.endswith((" le", " à"))


@functools.cache
def _parts() -> regex.Pattern[str]:
    longest_first = sorted(_phrases(), key=len, reverse=True)
    phrases = "|".join(map(_pattern, longest_first))
    return regex.compile(
        rf"""
          (?P<numeric>\d\d?[/.]\d\d?[/.](?:\d{{4}}|\d\d)(?!\w))
        | (?P<date>(?i:(?:le\s)?){calendar.IN_WORDS})
        | (?P<time>\d{{1,2}}\s?[hH](?:\s?\d\d)?\b|\d\d?:\d\d\b)
        | (?P<digits>\d[\d/.-]*)
        | (?P<phrase>(?i:{phrases})\b)
        | (?P<at>[àÀ](?=\s\d))
        | (?P<place>(?i:à|en|au|aux)\b(?=\s\p{{Lu}}))
        | (?P<name>{_NAME}(?:\s(?:{_PARTICLE}\s|d['’])?{_NAME})*)
        | (?P<between>[\s|,;:/()\[\]•·*_–—-]+)
        """,
        regex.VERBOSE,
    )
