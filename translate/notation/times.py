"""Times of day and lengths of time, which French writes alike: 14 h 30, 24 h, 2h15, 5h58'06''.

What stands around tells them apart: "à 18 h" is a time, "en 2 h 30", "24 h de garde à vue" and
"une grève de 48 h" are lengths. English has 2:30 p.m. for the one, 2 hours 30 minutes for the
other (Chicago Manual of Style 9.37; Associated Press Stylebook, "times").
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from translate.notation.numerals import SPACES, plain

_S = rf"[{SPACES}]"
_SECONDS = rf"(?P<second>[0-5]?\d)(?:{_S}?(?:s(?:ec(?:ondes?)?)?\b|[\"”″]|['’′]{{2}}))"
_HOURS = rf"(?P<hour>\d{{1,3}}){_S}?(?:h|H|heures?|HEURES?)"
_TIME = regex.compile(
    rf"""(?<![\w,.:/])(?:
      (?P<day>24{_S}?h(?:eures)?{_S}?(?:/|sur){_S}?24)(?:{_S}?h(?:eures)?\b)?(?!\w)
    | (?P<week>7{_S}?j(?:ours)?{_S}?(?:/|sur){_S}?7)(?:{_S}?j(?:ours)?\b)?(?!\w)
    | {_HOURS}{_S}?(?P<minute>[0-5]?\d)(?:{_S}?(?P<unit>min(?:utes?)?\b|mn\b|['’′]))
        (?:{_S}?{_SECONDS})?
    | {_HOURS}{_S}?(?P<minute>[0-5]\d)\b(?![%€]|,\d|{_S}(?:\d{{3}}|%|€|\$))
    | {_HOURS}\b(?!{_S}?\d)
    | (?:(?P<minute>\d{{1,3}}){_S}?(?:min\b|mn\b|['’′]){_S}?)?
        (?P<second>\d{{1,2}})(?:{_S}?s{_S}?|''|’’|″|\")(?P<hundredth>\d\d)(?!\w)
    | (?P<minute>\d{{1,3}}){_S}?(?:min\b|mn\b|['’′]){_S}?{_SECONDS}
    | (?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])
    )""",
    regex.VERBOSE,
)


def _any(*words: str) -> str:
    """A pattern of words, each in the white space of a text."""
    return "|".join(_S.join(word.split()) for words_ in words for word in words_.split("/"))


#: What stands before a length of time.
_LENGTH = regex.compile(
    rf"""(?i)\b(?:{
        _any(
            "en/pendant/durant/dure/duré/durée/durera/durait/durent/presque/sous/quelque/encore",
            "plus de/moins de/près de/durée de/au bout de/il y a/ça fait/cela fait/reste/restent",
            "les/des/ces/ses/leurs/premières/dernières/prochaines",
        )
    }){_S}(?::{_S})?$"""
)
#: What stands before a time of day.
_CLOCK = regex.compile(
    rf"""(?i)\b(?:{
        _any(
            "à/vers/dès/avant/depuis/entre/jusqu['’]à/aux? alentours de/sur le coup de",
            "il est/il était/à partir de/après",
        )
    })(?:{_S}(?:environ|exactement))?{_S}$"""
)
#: What has a time of day and no length: the news at 8 p.m.
_EVENT = regex.compile(
    rf"""(?i)\b(?:{
        _any(
            "journal/journaux/jt/bulletins?/flash/éditions?/matinale/infos?/trains?/tgv/vols?",
            "avions?/bus/ferry/messes?/séances?/office/prière/rendez-vous/tirage",
        )
    }){_S}de{_S}$"""
)
#: What stands behind a length of time.
_MUCH = regex.compile(
    rf"""{_S}(?:d(?:e{_S}|['’])(?!l['’]après-midi)\p{{Ll}}|(?:{
        _any("par/supplémentaires/consécutives/durant/plus tard/auparavant/maximum")
    })\b)"""
)
_OF = regex.compile(rf"(?i)\p{{L}}{_S}(?:de|d['’]){_S}?$")
_AFTER_NUMBER = regex.compile(rf"\d{_S}(?:à|et|ou){_S}$")  # de 8 à 10 heures
_AT = regex.compile(rf"(?i)\bà{_S}$")
#: How far a place is: à 3 heures d'Oslo.
_FROM_PLACE = regex.compile(rf"{_S}d(?:e{_S}|['’])\p{{Lu}}")
_FARTHEST = 15
#: What is cut to a length of time: le trajet passe à 2 h 04.
_TRIP = regex.compile(r"(?i)\b(?:trajets?|parcours|voyages?|durée|records?|traversée|temps de)\b")
_CUT_TO = regex.compile(
    rf"(?i)\b(?:pass(?:e|er|era|é)|ramen|rédui|abaiss|tomb)\p{{L}}*{_S}"
    rf"(?:(?:de{_S}\d+{_S}?h(?:eures?)?{_S}?\d*{_S})?à|de){_S}$"
)
#: A day before a time of day: mercredi, 18 h.
_ON_DAY = regex.compile(
    rf"(?i)\b(?:(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|demain|hier){_S}?,?{_S}?$"
)
_MINUTES = regex.compile(rf"(?<=\d){_S}?(?:min|mn)\b(?!\.?{_S}?[/\d])")
_OPENING = regex.compile(r"^\W*$")
_HOUR = rf"[012]?\d{_S}?[hH](?:eures)?(?:{_S}?\d\d)?"
#: The other end of a stretch between two times of day.
_FROM_TO = regex.compile(rf"(?:{_S}(?:à|et){_S}|{_S}?[-–]{_S}?){_HOUR}")
_TO = regex.compile(rf"(?i)(?:\b(?:de|entre){_S}{_HOUR}{_S}(?:à|et){_S}|{_HOUR}{_S}?[-–]{_S}?)$")
_ZONE = regex.compile(rf"{_S}?\(?(?:GMT|UTC|TU\b|heures?{_S}(?:locale|de{_S}\p{{Lu}}))|{_S}\(\d")
_EVENING = regex.compile(rf"{_S}(?:du{_S}soir|de{_S}l['’]après-midi)\b")
_MORNING = regex.compile(rf"{_S}du{_S}matin\b")
_ALWAYS = {24: "24 hours a day", 7: "seven days a week"}
_NAMES = ("hour", "minute", "second", "hundredth")


@dataclass(frozen=True, slots=True)
class Time:
    """A time of day or a length of time where it stands in a French text.

    `is_length` is None where nothing around tells which of the two it is; `always` is 24 for
    24h/24, 7 for 7j/7.
    """

    start: int
    end: int
    surface: str
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    hundredth: int | None = None
    is_length: bool | None = None
    always: int | None = None

    @property
    def is_whole_hours(self) -> bool:
        """Whether only hours are given, and it is no time of day for sure."""
        return self.is_length is not False and self.minute is None and self.hour is not None


def times(text: str) -> Iterator[Time]:
    """The times of day and lengths of time of a French text, in order.

    >>> [english(time) for time in times("à 18h30, en 2 h 30, une grève de 48 h")]
    ['6:30 p.m.', '2 hours 30 minutes', '48 hours']
    """
    for match in _TIME.finditer(text):
        span = match.start(), match.end(), match.group()
        if match["day"] or match["week"]:
            yield Time(*span, is_length=True, always=24 if match["day"] else 7)
            continue
        hour, minute, second, hundredth = (_integer(match[name]) for name in _NAMES)
        is_length = _is_length(match, hour, minute)
        if hour is not None and hour < 12 and _EVENING.match(text, match.end()):
            hour += 12
        yield Time(*span, hour, minute, second, hundredth, is_length)


def english(time: Time) -> str:
    """A time of day or a length of time in English; 10:02 stays where it may be anything."""
    if time.always:
        return _ALWAYS[time.always]
    if time.is_length is None and time.minute is not None:
        return time.surface
    if time.is_length is False:
        return clock(time.hour or 0, time.minute or 0)
    if time.hundredth is not None and time.minute:
        return f"{time.minute}:{time.second or 0:02}.{time.hundredth:02}"
    if time.hundredth is not None:
        return f"{time.second}.{time.hundredth:02} seconds"
    numbers = ((time.hour, "hour"), (time.minute, "minute"), (time.second, "second"))
    return " ".join(f"{n} {unit}{'s' * (n != 1)}" for n, unit in numbers if n)


def clock(hour: int, minute: int) -> str:
    """A time of day.

    >>> clock(12, 0), clock(0, 30), clock(18, 5)
    ('noon', '12:30 a.m.', '6:05 p.m.')
    """
    if hour % 12 == 0 and not minute:
        return "noon" if hour == 12 else "midnight"
    half = "a.m." if hour % 24 < 12 else "p.m."
    return f"{hour % 12 or 12}{f':{minute:02}' if minute else ''} {half}"


def values(time: Time) -> Iterator[str]:
    """What a time may be compared as: "18:30", a length "2h30", a number of hours, of minutes.

    >>> sorted(values(next(times("en 1 h 15"))))
    ['1.25', '1h15', '75']
    """
    if time.always:
        yield str(time.always)
    if time.hundredth is not None:
        yield english(time).removesuffix(" seconds")
    if time.hour is None:
        return
    if time.is_whole_hours:
        yield str(time.hour)
    if time.second is not None:
        yield f"{time.hour}:{time.minute:02}:{time.second:02}"
    elif time.is_length and time.minute is not None:
        minutes = 60 * time.hour + time.minute
        yield from (f"{time.hour}h{time.minute:02}", str(minutes), plain(Decimal(minutes) / 60))
    if not time.is_length:
        yield f"{time.hour % 24}:{time.minute or 0:02}"


def parts(time: Time) -> tuple[str, ...]:
    """The numbers of a length of time, one by one: 2 and 30 of "2 h 30"."""
    if time.is_length is False or time.hundredth is not None:
        return ()
    return tuple(str(n) for n in (time.hour, time.minute, time.second) if n is not None)


def spelled_out(text: str) -> str:
    """Lengths of whole hours, and minutes, with their word: models know "24 heures", not "24 h".

    >>> spelled_out("après 24 h de garde à vue, à 18 h")
    'après 24 heures de garde à vue, à 18 h'
    """
    text = _MINUTES.sub(" minutes", text)
    for time in reversed(list(times(text))):
        if time.is_whole_hours and time.surface[-1] in "hHSE":
            hours = "heure" if time.hour == 1 else "heures"
            text = f"{text[: time.start]}{time.hour} {hours}{text[time.end :]}"
    return text


def _is_length(match: regex.Match[str], hour: int | None, minute: int | None) -> bool | None:
    text, end = match.string, match.end()
    if hour is None or hour > 24 or match["second"] or match["unit"]:
        return True
    before = text[max(0, match.start() - 30) : match.start()]
    if match.group()[0] == "0":
        return False  # 07h42: a length has no zero before it
    if hour == 24 and minute is None:
        return not _AT.search(before)
    if any(after.match(text, end) for after in (_EVENING, _MORNING, _ZONE)):
        return False
    if _MUCH.match(text, end) or _LENGTH.search(before):
        return True
    if hour < _FARTHEST and minute is None and _FROM_PLACE.match(text, end):
        return True
    if _CUT_TO.search(before) and _TRIP.search(text, 0, match.start()):
        return True
    if match.group()[-1] in "hH" and _ON_DAY.search(before):
        return False
    if _TO.search(before) or _FROM_TO.match(text, end):
        return False
    if _AFTER_NUMBER.search(before):
        return None
    if _CLOCK.search(before) or _EVENT.search(before):
        return False
    if ":" in match.group():
        return None
    if _OF.search(before):
        return True
    is_first = match.start() < 30 and _OPENING.search(before)
    return False if minute is not None or is_first else None


def _integer(digits: str | None) -> int | None:
    return int(digits) if digits else None
