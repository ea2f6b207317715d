"""Numbers in French and in English notation: found, compared, converted.

French writes 3,5 %, 12 000, 1er, XIXe, 14 h 30 or 14h30; English 3.5%, 12,000, 1st, 19th, 2:30 p.m.
(Imprimerie nationale, Lexique des règles typographiques; Chicago Manual of Style, ch. 9).
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise

import regex

SPACES = "\u0020\u00a0\u202f\u2009"

#: Share of common digits from which a wrong number counts as the right one, garbled.
GARBLED_SIMILARITY = 0.6

_FRENCH = regex.compile(
    rf"""(?<![\w,.])(?:
      (?P<hour>[01]?\d|2[0-4])[{SPACES}]?(?:h|heures?)(?:[{SPACES}]?(?P<minute>[0-5]\d)\b|\b)
    | (?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)\b
    | (?P<roman>[IVX]{{1,6}})(?:e|er|ère|ème)\b
    | (?P<number>(?:\d{{1,3}}(?:[{SPACES}.]\d{{3}})+|\d+)(?!\d)(?:,\d+|\.\d{{1,2}}(?!\d))?)
      (?:er|re|ère|e|ème|nd|nde)?(?![^\W\d])
    )""",
    regex.VERBOSE,
)
_ENGLISH = regex.compile(
    r"""(?<![\w,.])(?:
      (?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap])\.?m\b\.?
    | (?P<hour>[01]?\d|2[0-4])[:](?P<minute>[0-5]\d)\b
    | (?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?!\d)(?:\.\d+)?)
    )""",
    regex.VERBOSE,
)
_COMPOUND = regex.compile(r"\p{L}+(?:-\p{L}+)*")
_HALF_AGAIN = regex.compile(r"(?<=\b[ap]\.m\.) in the (?:morning|afternoon|evening)\b")
_FULL_STOP_AGAIN = regex.compile(r"(?<=\b[ap]\.m\.)\.(?!\.)")
_SPACE_BEFORE_PERCENT = regex.compile(rf"(?<=\d)[{SPACES}]+(?=%)")
_FRENCH_PERCENT = regex.compile(r"(?<![\w,.])(\d+),(\d{1,2})(?![\d,])(?=\s?(?:%|percent|per cent))")
_DOTTED = r"\d+\.\d{1,2}"  # a version, an article of a law
_NO_DIGIT = regex.compile(r"\D")
_SPACE = regex.compile(rf"[{SPACES}]")
_GROUP_END = regex.compile(rf"[{SPACES}.]")
_PLAIN_NUMBER = regex.compile(rf"(?:\d{{1,3}}(?:[{SPACES}.]\d{{3}})+|\d+)(?:,\d+)?|{_DOTTED}")
_DIGITS = regex.compile(r"(?<![\d.,])\d(?:[.,]?\d)*(?!\p{L})")
_TIME_OR_GROUPED = regex.compile(rf"\d[{SPACES},.]\d|\d[{SPACES}]?h[{SPACES}]?\d")
_ENGLISH_WORDS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen twenty"
).split()
_ENGLISH_ORDINALS = (
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
    "twentieth"
).split()
_TENS = {
    word: 10 * tens
    for tens, word in enumerate("thirty forty fifty sixty seventy eighty ninety".split(), 3)
}
#: Words a text may use instead of digits -> the value in digits.
ENGLISH_WORDS: dict[str, str] = {
    **{word: str(value) for value, word in enumerate(_ENGLISH_WORDS)},
    **{word: str(value) for value, word in enumerate(_ENGLISH_ORDINALS)},
    **{word: str(value) for word, value in _TENS.items()},
    **{word.replace("y", "ieth"): str(value) for word, value in _TENS.items()},
    **{"a": "1", "an": "1", "once": "1", "twice": "2", "hundred": "100", "thousand": "1000"},
    **{"dozen": "12", "half": "2", "noon": "12:00", "midnight": "0:00"},
}
FRENCH_WORDS: dict[str, str] = {
    word: value
    for value, words in {
        "1": "un une premier première",
        "2": "deux deuxième second seconde demi demie moitié",
        "3": "trois troisième tiers",
        "4": "quatre quatrième quart quarts",
        "5": "cinq cinquième",
        "6": "six sixième",
        "7": "sept septième",
        "8": "huit huitième",
        "9": "neuf neuvième",
        "10": "dix dixième dizaine dizaines",
        "11": "onze onzième",
        "12": "douze douzième douzaine",
        "13": "treize treizième",
        "14": "quatorze quatorzième",
        "15": "quinze quinzième quinzaine",
        "16": "seize seizième",
        "17": "dix-sept",
        "18": "dix-huit",
        "19": "dix-neuf",
        "20": "vingt vingtième vingtaine",
        "30": "trente trentaine trentième",
        "40": "quarante quarantaine",
        "50": "cinquante cinquantaine",
        "60": "soixante soixantaine",
        "70": "soixante-dix septante",
        "80": "quatre-vingts quatre-vingt huitante",
        "90": "quatre-vingt-dix nonante",
        "100": "cent cents centaine centaines",
        "1000": "mille millier milliers",
        "12:00": "midi",
        "0:00": "minuit",
    }.items()
    for word in words.split()
}


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text, and the values it may be read as ("14.5", "14:30")."""

    start: int
    end: int
    surface: str
    values: frozenset[str]


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def french_figures(text: str) -> tuple[Figure, ...]:
    """The numbers of a French text.

    >>> [sorted(figure.values) for figure in french_figures("3,5 % de 12 000")]
    [['3.5'], ['12000']]
    """
    return tuple(_figure(match, _french_values(match)) for match in _FRENCH.finditer(text))


@functools.lru_cache(maxsize=1024)
def english_figures(text: str) -> tuple[Figure, ...]:
    """The numbers of an English text."""
    return tuple(_figure(match, _english_values(match)) for match in _ENGLISH.finditer(text))


def missing_and_extra(source: str, target: str) -> tuple[list[Figure], list[Figure]]:
    """French numbers that the English lacks, and English numbers that the French lacks.

    Numbers may be spelled out on either side ("3" and "three"); each is counted as often as it
    stands.
    """
    wanted, given = list(french_figures(source)), list(english_figures(target))
    for figure in list(wanted):
        match = next((other for other in given if other.values & figure.values), None)
        matches = [match] if match else _hours_and_minutes(figure, given)
        if matches:
            wanted.remove(figure)
            for other in matches:
                given.remove(other)
    missing = _unmatched(wanted, _spelled(target, ENGLISH_WORDS))
    extra = _unmatched(given, _spelled(source, FRENCH_WORDS))
    return missing, extra


def mended(target: str, source: str) -> str | None:
    """The English with garbled numbers set right: "150,00,000" where the French has 150 000.

    None unless as many numbers are missing as are new, in the same order, and each new one has
    most digits of the missing one: a number is never set in the place of a different one.

    >>> mended("a fine of 150,00,000 euros", "150 000 euros d'amende")
    'a fine of 150,000 euros'
    """
    missing, extra = missing_and_extra(source, target)
    if not missing or len(missing) != len(extra):
        return None
    runs = {match.start(): match for match in _DIGITS.finditer(target)}
    for wanted, found in reversed(list(zip(missing, extra, strict=True))):
        run = runs.get(found.start)
        if run is None or not _is_garbled(run.group(), wanted.surface):
            return None
        target = target[: run.start()] + english_notation(wanted.surface) + target[run.end() :]
    return target


def _is_garbled(written: str, wanted: str) -> bool:
    """Whether the digits written are those of a plain French number, a few of them wrong."""
    if not _PLAIN_NUMBER.fullmatch(wanted):
        return False
    ours, theirs = (_NO_DIGIT.sub("", number) for number in (wanted, written))
    return SequenceMatcher(None, ours, theirs).ratio() >= GARBLED_SIMILARITY


def to_english(target: str, source: str) -> str:
    """French notation that a model copied from the source, in English notation."""
    for surface, english in _conversions(source):
        target = _surface_pattern(surface).sub(english.replace("\\", ""), target)
    target = _FULL_STOP_AGAIN.sub("", _HALF_AGAIN.sub("", target))
    return _FRENCH_PERCENT.sub(r"\1.\2", _SPACE_BEFORE_PERCENT.sub("", target))


def masked(text: str) -> Iterator[tuple[str, str]]:
    """A French text in stretches, each with the English of its number or nothing.

    A unit that is a symbol goes with its number. Left to the model are numbers that it has to put
    into words: 1er, Louis XIVe, 20 heures de travail.

    >>> list(masked("de 3,5 % le 1er mai"))
    [('de ', ''), ('3,5', '3.5'), (' % le 1er mai', '')]
    """
    last = 0
    for figure in french_figures(text):
        english = _in_context(text, figure)
        if english:
            unit = _UNIT.match(text, figure.end)
            end = unit.end() if unit else figure.end
            yield text[last : figure.start], ""
            yield text[figure.start : end], english + text[figure.end : end]
            last = end
    yield text[last:], ""


def english_notation(surface: str) -> str:
    """One French number in English notation.

    >>> english_notation("12 000,5")
    '12,000.5'
    """
    match = _FRENCH.fullmatch(surface)
    if match is None:
        return surface
    if match["hour"]:
        return _clock(int(match["hour"]), match["minute"])
    if match["number"] is None or regex.fullmatch(_DOTTED, surface):
        return surface
    whole, _, decimals = match["number"].partition(",")
    groups = _GROUP_END.split(whole)
    return ",".join(groups) + ("." + decimals if decimals else "")


def english_amount(text: str) -> str:
    """A line that is nothing but an amount in English notation; any other line unchanged.

    >>> english_amount("12 000,5 €")
    '12,000.5 €'
    """
    amount = regex.fullmatch(
        rf"([^\p{{L}}\p{{N}}]*)(\d[\d{SPACES}.,]*\d)([{SPACES}]?[%€$£]?\s*)", text
    )
    if amount is None or not _FRENCH.fullmatch(amount[2]):
        return text
    unit = amount[3].lstrip(SPACES) if "%" in amount[3] else amount[3]
    return amount[1] + english_notation(amount[2]) + unit


def _clock(hour: int, minute: str | None) -> str:
    if hour % 12 == 0 and minute in (None, "00"):
        return "noon" if hour == 12 else "midnight"
    half = "a.m." if hour % 24 < 12 else "p.m."
    return f"{hour % 12 or 12}{':' + minute if minute and minute != '00' else ''} {half}"


def _ordinal(surface: str) -> str:
    """The English of a Roman or Arabic ordinal: "19th" for "XIXe"; empty for another number."""
    ordinal = regex.fullmatch(r"(?:([IVX]+)|(\d+))(?:er|re|ère|e|ème)", surface)
    if ordinal is None:
        return ""
    value = _roman(ordinal[1]) if ordinal[1] else int(ordinal[2])
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{'th' if value in (11, 12, 13) else ending}"


#: What follows an ordinal that English writes in digits, and a number with a symbol.
_CENTURY = regex.compile(
    rf"(?:[{SPACES}](?:et|au|ou)[{SPACES}][IVX]+e)?[{SPACES}](?:siècles?|arrondissements?)\b"
)
_UNIT = regex.compile(
    rf"[{SPACES}]?(?:k?m[²³23]|km/h|°[CF]?|[kMGT]Wh?|[mk]g|ha|k?m)(?![\p{{L}}\d²³/])"
)
#: Words before an amount of time, and before and after a time of day.
_DURATION = regex.compile(
    rf"(?:\ben|pendant|durant|après|dur[eé]|durera|presque|plus de|moins de)[{SPACES}]$"
)
_CLOCK = regex.compile(rf"(?i:\bà|vers|dès|avant|jusqu['’]à|depuis|entre)[{SPACES}]$")
_TO_HOUR = regex.compile(rf"[{SPACES}](?:à|et)[{SPACES}][012]?\d[{SPACES}]?h")
_EVENING = regex.compile(rf"[{SPACES}](?:du soir|de l['’]après-midi)\b")
_AMOUNT = regex.compile(rf"[{SPACES}](?:d(?:e |['’])(?!l['’]après-midi)|par\b|supplémentaires)")
_AMOUNTS = regex.compile(rf"\d[{SPACES}](?:à|et|ou)[{SPACES}]$")  # de 8 à 10 heures
_TIME = regex.compile(
    rf"(\d+)(?:[{SPACES}]?h(?:eures?)?(?:[{SPACES}]?(?P<minute>\d\d))?|:(?P<minute>\d\d))"
)


def _in_context(text: str, figure: Figure) -> str:
    """The English of a number that stands for itself; empty where words have to be found."""
    surface = figure.surface
    if _CENTURY.match(text, figure.end):
        return _ordinal(surface)
    if _PLAIN_NUMBER.fullmatch(surface):
        return english_notation(surface)
    time = _TIME.fullmatch(surface)
    if time is None:
        return ""
    before = text[max(0, figure.start - 12) : figure.start]
    hour, minute = int(time[1]), time["minute"]
    if minute and _DURATION.search(before):
        return f"{hour} hours {int(minute)} minutes"
    is_time = (
        (minute and "h" in surface) or _CLOCK.search(before) or _TO_HOUR.match(text, figure.end)
    )
    if not is_time or _AMOUNT.match(text, figure.end):
        return ""
    if "heure" in surface and _AMOUNTS.search(before):
        return ""
    return _clock(hour + 12 if hour < 12 and _EVENING.match(text, figure.end) else hour, minute)


def _hours_and_minutes(figure: Figure, given: list[Figure]) -> list[Figure]:
    """The two English numbers of a duration: "2 h 47" is "2 hours 47 minutes"."""
    time = _TIME.fullmatch(figure.surface)
    if time is None or not time["minute"]:
        return []
    wanted = [_plain(time[1]), _plain(time["minute"])]
    pairs = [[one, two] for one, two in pairwise(given) if wanted[0] in one.values]
    return next((pair for pair in pairs if wanted[1] in pair[1].values), [])


def _conversions(source: str) -> Iterator[tuple[str, str]]:
    for figure in sorted(french_figures(source), key=lambda figure: -len(figure.surface)):
        surface = figure.surface
        if not _TIME_OR_GROUPED.search(surface):
            continue
        english = _in_context(source, figure)
        if english and english != surface:
            yield surface, english


@functools.lru_cache(maxsize=4096)
def _surface_pattern(surface: str) -> regex.Pattern[str]:
    """What a model makes of a French number's digits: "1 200", "1.200", "1, 200", "1200"."""
    if "h" in surface:
        body = rf"[{SPACES}]?".join(map(regex.escape, _SPACE.split(surface)))
    else:
        whole, _, decimals = surface.partition(",")
        body = rf"[{SPACES},.]{{0,2}}".join(_GROUP_END.split(whole))
        body += rf"[,.][{SPACES}]?{decimals}" if decimals else ""
    return regex.compile(rf"(?<![\w,.]){body}(?![\w]|[.,]\d)")


def _figure(match: regex.Match[str], values: Iterable[str]) -> Figure:
    return Figure(match.start(), match.end(), match.group(), frozenset(values))


def _french_values(match: regex.Match[str]) -> Iterator[str]:
    if match["hour"]:
        hour, minute = int(match["hour"]) % 24, match["minute"] or "00"
        yield f"{hour}:{minute}"
        if hour < 12 and _EVENING.match(match.string, match.end()):
            yield f"{hour + 12}:{minute}"
        if not match["minute"]:
            yield str(int(match["hour"]))
    elif match["roman"]:
        yield str(_roman(match["roman"]))
        yield match["roman"]
    else:
        number = _SPACE.sub("", match["number"])
        if regex.fullmatch(_DOTTED, number):
            yield _plain(number)
            return
        yield _plain(number.replace(".", "").replace(",", "."))
        if "." in number and "," not in number:
            yield _plain(number) if number.count(".") == 1 else number


def _english_values(match: regex.Match[str]) -> Iterator[str]:
    if match["hour"]:
        hour, minute = int(match["hour"]), match["minute"] or "00"
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        yield f"{hour % 24}:{minute}"
    else:
        yield _plain(match["number"].replace(",", ""))


def _plain(number: str) -> str:
    value = Decimal(number).normalize()
    return f"{value:f}"


def _roman(numeral: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in numeral]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


def _spelled(text: str, words: dict[str, str]) -> list[str]:
    tokens = _COMPOUND.findall(text.lower())
    parts = (part for token in tokens for part in {token, *token.split("-")})
    return [words[part] for part in parts if part in words]


def _unmatched(figures: list[Figure], spelled: list[str]) -> list[Figure]:
    left = []
    for figure in figures:
        value = next((value for value in spelled if value in figure.values), None)
        if value is None:
            left.append(figure)
        else:
            spelled.remove(value)
    return left
