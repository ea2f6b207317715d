"""The numbers of a French and of an English text, each with what it may be worth.

Dates, codes, amounts, times, ordinals and plain numbers are read by their own modules, in this
order; what one has taken the next does not read again.
"""

import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from translate.notation import calendar, codes, money, numerals, spelled, times
from translate.notation.numerals import SPACES, plain


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands in a text, and the values it may be read as ("14.5", "14:30").

    A code, which stays as it is, has none.

    `english` is what a newspaper writes for `text[start:end]`, empty where a model has to find
    words; `digits` are a French number's own digits, `scale` what the word behind it multiplies by,
    `parts` the numbers that it may be written as: 2 and 30 of "2 h 30".
    """

    start: int
    end: int
    surface: str
    values: frozenset[str]
    english: str = ""
    digits: str = ""
    scale: Decimal = Decimal(1)
    parts: tuple[str, ...] = ()


_S = rf"[{SPACES}]"
_DIGIT = regex.compile(r"\d")
_GROUPED_IN_ENGLISH = regex.compile(r"[1-9]\d{0,2},\d{3}")  # 8,733 habitants, of a careless hand
#: No letter stands behind a number but those of a unit: 90kg.
_LETTER_AFTER = r"(?:(?![^\W\d])|(?=(?:k?m|[cm][mlg]|kg|ha|km/h|[kMG]Wh?|ans)(?!\w)))"
_FRENCH_NUMBER = regex.compile(
    rf"(?<![\w,.])(?P<digits>{numerals.FRENCH_DIGITS}){_LETTER_AFTER}"
    rf"(?:{_S}(?P<scale>milles?|millions?|milliards?|billions?|(?:M|Mr?ds?)(?={_S}d(?:['’]|e\s)))\b(?P<half>{_S}et{_S}demie?\b)?)?"
)
_ORDINAL = regex.compile(
    r"(?<![\w,.])(?:(?P<roman>I)(?=er|re|ère)|(?P<roman>[IVX]{1,6})(?=[eèᵉ](?!r))"
    rf"|(?P<digits>\d{{1,3}}(?:[{SPACES}]\d{{3}}){{1,4}}+|\d{{1,4}}))"
    r"(?:[eè]?re?|RE|ÈRE|ER|nde?|ND|[eè]me|ÈME|EME|[eᵉE])s?(?!\w)"
)
_ENGLISH_NUMBER = regex.compile(
    rf"(?<![\w,.])(?P<digits>{numerals.ENGLISH_DIGITS})"
    r"(?:[\s-]?(?P<scale>(?:thousand )?(?:m|b|tr)illions?|bn|thousand)\b|(?P<short>m)\b)?"
    r"(?P<decade>['’]?s\b)?"
)
_ENGLISH_DATE = regex.compile(r"(?<![\w,./])\d\d?([./])\d\d?\1(?:\d{4}|\d\d)(?![\w/]|[.,]\d)")
_ENGLISH_TIME = regex.compile(
    r"(?<![\w,.])(?:(?P<hour>\d{1,2}):(?P<minute>[0-5]\d)(?P<second>:[0-5]\d|\.\d\d(?!\d))"
    r"|(?P<hour>\d{1,2})(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[apAP])\.?[mM]\b\.?"
    r"|(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)\b|(?P<hour>1?\d) o['’]clock)"
)
_MONTHS = "|".join([*calendar.ENGLISH_MONTHS, *calendar.FULL_MONTHS])
_MONTH_AFTER = regex.compile(rf"{_S}(?:{_MONTHS})\b")
_CAPITAL_AFTER = regex.compile(rf"{_S}\p{{Lu}}\p{{Ll}}")
_DISTRICT = regex.compile(rf"{_S}(?:arr\b|arrdt|arrondissement|circonscription)")
#: The rounds of a cup: English counts the teams of the 8es de finale.
_OF_FINAL = regex.compile(rf"{_S}de{_S}finale\b")
_TEAMS = {4: (8, "quarterfinals"), 8: (16, "round of 16"), 16: (32, "round of 32")}
_TEAMS |= {32: (64, "round of 64"), 64: (128, "round of 128")}
_NAME_BEFORE = regex.compile(rf"\p{{Lu}}\p{{Ll}}{{2,}}{_S}$")
_RANGE = regex.compile(r"\s?(?:à|et|ou|to|and|or|[-–])\s?")


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def french_figures(text: str) -> tuple[Figure, ...]:
    """The numbers of a French text.

    >>> [sorted(figure.values) for figure in french_figures("3,5 % de 12 000")]
    [['3.5'], ['12000']]
    """
    named = list(codes.codes(text))
    readers = (
        map(_date, calendar.dates(text)),
        (_code(code) for code in named if not code.is_word),
        map(_amount, money.amounts(text)),
        map(_time, times.times(text)),
        (_code(code, masks=False) for code in named if code.is_word),
        (_ordinal(text, match) for match in _ORDINAL.finditer(text)),
        map(_french_number, _FRENCH_NUMBER.finditer(text)),
    )
    return _in_order(text, readers)


def masked_figures(text: str, *, everything: bool = False) -> tuple[Figure, ...]:
    """The numbers of a French text that are masked, with the long ones in words.

    With `everything` those too that models know: all in words, in dates, in names (A380), and the
    days of the week.
    """
    words = (word for word in spelled.french(text) if everything or word.is_long)
    figures = french_figures(text)
    if not everything:
        return _in_order(text, (figures, map(_word, words)))
    named = {code.start: code.surface for code in codes.codes(text) if code.is_word}
    known = (replace(f, english=f.english or named.get(f.start, "")) for f in figures)
    days = (
        Figure(start, end, text[start:end], frozenset({english}), english)
        for start, end, english in calendar.day_names(text)
    )
    dates = map(_date, calendar.dates_in_words(text))
    return _in_order(text, (dates, known, map(_word, words), days))


@functools.lru_cache(maxsize=1024)
def english_figures(text: str) -> tuple[Figure, ...]:
    """The numbers of an English text."""
    if not _DIGIT.search(text):
        return _in_order(text, [map(_english_amount, money.english_amounts(text))])
    readers = (
        map(_numeric_date, _ENGLISH_DATE.finditer(text)),
        map(_english_time, _ENGLISH_TIME.finditer(text)),
        map(_english_amount, money.english_amounts(text)),
        map(_code, codes.codes(text)),
        map(_english_number, _ENGLISH_NUMBER.finditer(text)),
    )
    return _in_order(text, readers)


def _in_order(text: str, readers: Iterable[Iterable[Figure]]) -> tuple[Figure, ...]:
    """What the readers find, the first before the next where two find the same."""
    taken = bytearray(len(text) + 1)
    found = []
    for reader in readers:
        for figure in reader:
            if not any(taken[figure.start : figure.end]):
                taken[figure.start : figure.end] = b"\1" * (figure.end - figure.start)
                found.append(figure)
    found.sort(key=lambda figure: figure.start)
    return tuple(_with_ranges(text, found))


def _with_ranges(text: str, figures: list[Figure]) -> Iterator[Figure]:
    """In "de 2 à 3 milliards" the first number may be worth two milliards."""
    for figure, after in zip(figures, [*figures[1:], *figures[:1]], strict=True):
        if (
            after.scale > figure.scale
            and len(figure.values) == 1
            and _RANGE.fullmatch(text, figure.end, after.start)
        ):
            scaled = {plain(Decimal(value) * after.scale) for value in figure.values}
            yield replace(figure, values=figure.values | scaled)
        else:
            yield figure


def _date(date: calendar.Date) -> Figure:
    """A date, told by its numbers; one without any is told by its month alone."""
    values = {date.surface} if date.parts else set()
    if len(date.parts) == 1:
        values |= {date.parts[0], date.parts[0][-2:]}
    return Figure(
        date.start, date.end, date.surface, frozenset(values), date.english, parts=date.parts
    )


def _code(code: codes.Code, *, masks: bool = True) -> Figure:
    """A code; one whose name is a plain number counts as that number."""
    values = frozenset(filter(None, [code.number]))
    english = code.english if masks else ""
    return Figure(code.start, code.end, code.surface, values, english)


def _word(word: spelled.Spelled) -> Figure:
    return Figure(word.start, word.end, word.surface, frozenset(word.values), word.english)


def _numeric_date(match: regex.Match[str]) -> Figure:
    return _figure(match, {match.group()})


def _amount(amount: money.Amount) -> Figure:
    digits = regex.search(numerals.FRENCH_DIGITS, amount.surface)
    return Figure(
        amount.start,
        amount.end,
        amount.surface,
        frozenset({plain(amount.quantity)}),
        money.render(amount),
        digits.group() if digits else "",
        amount.scale,
    )


def _time(time: times.Time) -> Figure:
    values, parts = frozenset(times.values(time)), times.parts(time)
    if time.is_whole_hours:
        number = str(time.hour)  # the model has a word for hours
        return Figure(time.start, time.start + len(number), time.surface, values, number, number)
    return Figure(time.start, time.end, time.surface, values, times.english(time), parts=parts)


def _ordinal(text: str, match: regex.Match[str]) -> Figure:
    roman = match["roman"]
    value = numerals.roman_value(roman) if roman else int(numerals.french_value(match["digits"]))
    values = frozenset({str(value), roman} if roman else {str(value)})
    final = _OF_FINAL.match(text, match.end())
    if final and value in _TEAMS:
        teams, english = _TEAMS[value]
        surface = match.group() + final.group()
        return Figure(match.start(), final.end(), surface, values | {str(teams)}, english)
    english = _ordinal_english(text, match, value)
    return Figure(match.start(), match.end(), match.group(), values, english)


def _ordinal_english(text: str, match: regex.Match[str], value: int) -> str:
    """In words below 10th; empty before a month and after a king's name."""
    if not value or _MONTH_AFTER.match(text, match.end()):
        return ""
    if match["roman"] == "I" and _NAME_BEFORE.search(
        text, max(0, match.start() - 20), match.start()
    ):
        return ""
    if _DISTRICT.match(text, match.end()):
        return numerals.ordinal(value)
    english = numerals.news_ordinal(value)
    return english.capitalize() if _CAPITAL_AFTER.match(text, match.end()) else english


def _french_number(match: regex.Match[str]) -> Figure:
    digits = match["digits"]
    scale = numerals.FRENCH_SCALES.get(match["scale"] or "", Decimal(1))
    values = {plain(numerals.french_value(digits) * scale)}
    if "." in digits and "," not in digits and not numerals.is_dotted(digits):
        values |= {plain(Decimal(digits)) if digits.count(".") == 1 else digits}
    if match["half"]:
        values = {plain((numerals.french_value(digits) + Decimal("0.5")) * scale)}
    if _GROUPED_IN_ENGLISH.fullmatch(digits):
        values |= {plain(numerals.english_value(digits) * scale)}
    english = numerals.english_digits(digits)
    end = match.end("digits")
    if scale == numerals.TRILLION:
        english, end = f"{english} trillion", match.end()
    return Figure(match.start(), end, match.group(), frozenset(values), english, digits, scale)


def _english_time(match: regex.Match[str]) -> Figure:
    hour, minute = int(match["hour"]), match["minute"] or "00"
    if match["second"]:
        values = {match.group()}
    elif match["half"]:
        hour = hour % 12 + (12 if match["half"] in "pP" else 0)
        values = {f"{hour % 24}:{minute}"}
    elif match["minute"]:
        values = {f"{hour % 24}:{minute}", f"{hour}h{minute}"}
    else:
        values = {f"{hour}:00", f"{hour % 12 + 12}:00"}  # o'clock
    return _figure(match, values)


def _english_amount(amount: money.Amount) -> Figure:
    values = frozenset({plain(amount.quantity)})
    return Figure(amount.start, amount.end, amount.surface, values, scale=amount.scale)


def _english_number(match: regex.Match[str]) -> Figure:
    scale = money.english_scale(match["scale"] or "")
    value = numerals.english_value(match["digits"])
    values = {plain(value * scale)}
    if match["short"]:
        values |= {plain(value * numerals.MILLION)}  # or meters
    if match["decade"]:
        values |= {plain(value % 100), plain(1900 + value % 100)}
    return replace(_figure(match, values), scale=scale)


def _figure(match: regex.Match[str], values: Iterable[str]) -> Figure:
    return Figure(match.start(), match.end(), match.group(), frozenset(values))
