"""The one calendar: months and days of both languages, and the dates of a French text.

English newspapers write June 1, 2018; the 1990s; mid-January (Associated Press Stylebook).
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from translate.notation.numerals import SPACES, ordinal

#: French months, in full and as they are abbreviated -> English.
ENGLISH_MONTHS = {
    "janvier": "January",
    "février": "February",
    "mars": "March",
    "avril": "April",
    "mai": "May",
    "juin": "June",
    "juillet": "July",
    "août": "August",
    "septembre": "September",
    "octobre": "October",
    "novembre": "November",
    "décembre": "December",
}
ENGLISH_DAYS = {
    "lundi": "Monday",
    "mardi": "Tuesday",
    "mercredi": "Wednesday",
    "jeudi": "Thursday",
    "vendredi": "Friday",
    "samedi": "Saturday",
    "dimanche": "Sunday",
}
#: "mars", "mai", "juin" and "août" are not abbreviated.
FULL_MONTHS = {
    **{"janv": "janvier", "jan": "janvier", "févr": "février", "fév": "février", "avr": "avril"},
    **{"juil": "juillet", "juill": "juillet", "sept": "septembre", "oct": "octobre"},
    **{"nov": "novembre", "déc": "décembre"},
}
MONTHS = frozenset(FULL_MONTHS)
#: Full names of the months, to know a date.
MONTH_NAMES = frozenset(ENGLISH_MONTHS)

_S = rf"[{SPACES}]"
_MONTH = rf"(?:{'|'.join(ENGLISH_MONTHS)}|(?:{'|'.join(FULL_MONTHS)})\b\.?)"
_DAY = rf"(?:{'|'.join(ENGLISH_DAYS)})"
#: A date in words, for regular expressions without VERBOSE: groups weekday, day, month, year.
IN_WORDS = (
    rf"(?i:(?:(?P<weekday>{_DAY}){_S})?(?P<day>[12]?\d|3[01])(?:er)?{_S}"
    rf"(?P<month>{_MONTH})(?:{_S}(?P<year>[12]\d{{3}}))?)(?!\w)"
)
IN_DIGITS = (
    r"(?P<day>0?[1-9]|[12]\d|3[01])(?P<mark>[/.])(?P<month>0?[1-9]|1[0-2])"
    r"(?P=mark)(?P<year>[12]\d{3}|\d{2})(?![\w/]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class Date:
    """A date, or a part of one, where it stands in a French text, with its English.

    `parts` are its numbers in the order that English has them.
    """

    start: int
    end: int
    surface: str
    english: str
    parts: tuple[str, ...]


_DATE = regex.compile(
    rf"""(?<![\w,./-])(?:{IN_DIGITS}
    | (?P<decade>(?i:années){_S}(?:(?P<century>1[5-9]|20))?(?P<ten>\d0))
        (?:(?P<and>{_S}(?:et|à|ou){_S}|[-–])(?:(?P<century2>1[5-9]|20))?(?P<ten2>\d0))?(?!\w|,\d)
    | (?P<day>[12]?\d|3[01])-(?P<name>(?i:{"|".join(ENGLISH_MONTHS)}))(?!\w)
    | (?P<may>(?i:mai){_S})(?P<year>68)(?!\w|,\d)
    | (?<=(?i:le){_S})(?P<day>\d{{1,2}})(?P<of>)(?={_S}(?:du|de{_S}chaque|de{_S}ce){_S}mois\b)
    | (?P<middle>(?i:mi|début|fin))-(?P<name>(?i:{"|".join(ENGLISH_MONTHS)}))(?!\w)
    )""",
    regex.VERBOSE,
)
_IN_WORDS = regex.compile(rf"(?<![\w,./-])(?P<le>(?i:le){_S})?{IN_WORDS}")
_PARTS = {"mi": "mid-", "début": "early ", "fin": "late "}
_DAY_NAME = regex.compile(rf"(?i)\b(?P<day>{_DAY})(?P<days>s)?\b")
#: Months whose names are other words too count where a date is near: le 3 mars, in May.
_UNSURE = ("mars", "mai")
_NAMED_MONTH = regex.compile(
    rf"(?i)\b({'|'.join(month for month in ENGLISH_MONTHS if month not in _UNSURE)})\b"
    rf"|(?:(?<=\d{_S})|(?<=1er{_S})"
    rf"|(?<=\b(?:en|du|fin|dès|mois{_S}de){_S})|(?<=\b(?:début|mi)[ -]))"
    rf"({'|'.join(_UNSURE)})\b|(?<=\d{_S})({'|'.join(FULL_MONTHS)})(?=\.|{_S}\d)"
    rf"|\b({'|'.join(FULL_MONTHS)})(?=\.{_S}[12]\d{{3}}\b)"
)
_ENGLISH_DAY = regex.compile(rf"\b({'|'.join(ENGLISH_DAYS.values())})s?\b")
_ENGLISH_UNSURE = ("March", "May")
_ENGLISH_SHORT = {
    **{"Jan": "January", "Feb": "February", "Aug": "August", "Sept": "September"},
    **{"Sep": "September", "Oct": "October", "Nov": "November", "Dec": "December"},
}
_ENGLISH_MONTH = regex.compile(
    rf"\b({'|'.join(m for m in ENGLISH_MONTHS.values() if m not in _ENGLISH_UNSURE)})\b"
    rf"|\b({'|'.join(_ENGLISH_SHORT)})(?=\.? \d)|(?<=\d )({'|'.join(_ENGLISH_SHORT)})\b"
    rf"|(?:(?<=\d )|(?<=\b(?i:in|of|since|last|until|late|early|from|to|and) )|(?<=\bmid-))"
    rf"({'|'.join(_ENGLISH_UNSURE)})\b|\b({'|'.join(_ENGLISH_UNSURE)})(?= \d)"
)

#: What each name of a day or month begins with.
_ENGLISH_BEGINNINGS = tuple(
    dict.fromkeys(name[:3] for name in (*ENGLISH_DAYS.values(), *ENGLISH_MONTHS.values()))
)


def english_month(name: str) -> str:
    """The English of a French month, in full or abbreviated.

    >>> english_month("Sept.")
    'September'
    """
    bare = name.lower().rstrip(".")
    return ENGLISH_MONTHS[FULL_MONTHS.get(bare, bare)]


def english_date(match: regex.Match[str]) -> str:
    """The English of a match of `IN_WORDS`."""
    date = f"{english_month(match['month'])} {int(match['day'])}"
    date += f", {match['year']}" if match["year"] else ""
    return f"{ENGLISH_DAYS[match['weekday'].lower()]}, {date}" if match["weekday"] else date


def dates(text: str) -> Iterator[Date]:
    """The dates of a French text that a model does not know, in order.

    >>> [date.english for date in dates("le 01/06/18, les années 90, mi-janvier, le 13-Novembre")]
    ['June 1, 2018', '1990s', 'mid-January', 'November 13']
    """
    for match in _DATE.finditer(text):
        english, parts = _english(match)
        if english:
            yield Date(match.start(), match.end(), match.group(), english, parts)


def dates_in_words(text: str) -> Iterator[Date]:
    """The dates in words of a French text, with "le" as the preposition that English has."""
    for match in _IN_WORDS.finditer(text):
        start = match.start()
        english = ("on " if match["le"] else "") + english_date(match)
        english = english[0].upper() + english[1:] if match.group()[0].isupper() else english
        parts = tuple(filter(None, (match["day"], match["year"])))
        yield Date(start, match.end(), match.group(), english, parts)


def _english(match: regex.Match[str]) -> tuple[str, tuple[str, ...]]:
    if match["mark"]:
        return _numeric(match)
    if match["decade"]:
        return _decades(match)
    if match["of"] is not None:
        return ordinal(int(match["day"])), (match["day"],)
    if match["may"]:
        return "May 1968", ("1968",)
    if match["middle"]:
        return _PARTS[match["middle"].lower()] + english_month(match["name"]), ()
    return f"{english_month(match['name'])} {match['day']}", (match["day"],)


def _numeric(match: regex.Match[str]) -> tuple[str, tuple[str, ...]]:
    day, month, year = (int(match[name]) for name in ("day", "month", "year"))
    if year < 100:
        year += 2000 if year < 50 else 1900
    name = list(ENGLISH_MONTHS.values())[month - 1]
    return f"{name} {day}, {year}", (str(day), str(year))


def _decades(match: regex.Match[str]) -> tuple[str, tuple[str, ...]]:
    first = _decade(match["century"], match["ten"])
    if not match["ten2"]:
        return f"{first}s", (first,)
    second = _decade(match["century2"], match["ten2"])
    between = "-" if match["and"] in ("-", "–") else " and "
    return f"{first}s{between}{second}s", (first, second)


def _decade(century: str | None, ten: str) -> str:
    return (century or ("20" if ten in ("00", "10") else "19")) + ten


def day_names(text: str) -> Iterator[tuple[int, int, str]]:
    """The days of the week of a French text, where one is meant: start, end, English.

    >>> list(day_names("reçu mardi"))
    [(5, 10, 'Tuesday')]
    """
    for match in _DAY_NAME.finditer(text):
        if not match["days"]:
            yield *match.span("day"), ENGLISH_DAYS[match["day"].lower()]


def contradictions(source: str, target: str) -> tuple[list[str], list[str]]:
    """Months and days of dates that only the French has, and that only the English has.

    What the French says in English already ("Sunday Bloody Sunday") is in both.

    >>> contradictions("lundi 3 novembre", "Tuesday, November 3")
    (['lundi'], ['Tuesday'])
    """
    wanted, given = _named(source), _days_and_months(target)
    missing = [french for french, english in wanted.items() if english not in given]
    unsure = {ENGLISH_MONTHS[name] for name in _UNSURE if name in source.lower()}
    known = {*wanted.values(), *unsure, *_days_and_months(source)}
    return missing, [name for name in given if name not in known]


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def _named(source: str) -> dict[str, str]:
    """The days and months of a French text, with their English."""
    days = (match["day"] for match in _DAY_NAME.finditer(source))
    months = (match.group() for match in _NAMED_MONTH.finditer(source))
    numeric = (match for match in _DATE.finditer(source) if match["mark"])
    return (
        {day: ENGLISH_DAYS[day.lower()] for day in days}
        | {month: english_month(month) for month in months}
        | {match.group(): _numeric(match)[0].split()[0] for match in numeric}
    )


@functools.lru_cache(maxsize=1024)
def _days_and_months(target: str) -> tuple[str, ...]:
    """The days and months of an English text, in full."""
    if not (target.isupper() or any(name in target for name in _ENGLISH_BEGINNINGS)):
        return ()  # as in most sentences
    target = target.title() if target.isupper() else target
    found = (*_ENGLISH_DAY.finditer(target), *_ENGLISH_MONTH.finditer(target))
    names = (next(filter(None, match.groups())) for match in found)
    return tuple(_ENGLISH_SHORT.get(name, name) for name in names)
