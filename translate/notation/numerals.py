"""Numerals: what digits and Roman numerals are worth, in French and in English.

French groups digits with spaces, full stops or (in Switzerland) apostrophes and has a decimal
comma; English groups with commas and has a decimal point.
"""

from decimal import Decimal
from itertools import pairwise

import regex

#: The white space that may stand inside a number: plain, no-break, narrow no-break, thin.
SPACES = "\u0020\u00a0\u202f\u2009"
_GROUP = rf"[{SPACES}.'’]"
#: French digits: 12 000; 12.000; 2'500; 3,5; 49.3 (an article, a version).
FRENCH_DIGITS = (
    rf"(?:\d{{1,3}}(?:[{SPACES}.]\d{{3}})+|\d{{1,3}}(?:['’]\d{{3}})+|\d+)(?!\d)"
    r"(?:,\d+|\.\d{1,2}(?!\d))?"
)
ENGLISH_DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?!\d)(?:\.\d+)?"
_DOTTED = regex.compile(r"\d+\.\d{1,2}")  # a version, an article of a law
_FOREIGN = regex.compile(r"(?<=^[1-9]\d{0,2}),(?=000$)")
#: Digits of a later Unicode than Python's own; `regex` knows their values.
_NEW_DIGIT = regex.compile(r"[^\P{Nd}0-9]")
_OF_VALUE = [regex.compile(rf"\p{{Numeric_Value={value}}}") for value in range(10)]
_GROUP_END = regex.compile(_GROUP)

THOUSAND, MILLION, BILLION, TRILLION = (Decimal(10) ** power for power in (3, 6, 9, 12))
#: Large numbers, by their names; French counts by milliards where English has billions.
FRENCH_SCALES = {
    **dict.fromkeys(("k", "K", "mille", "milles"), THOUSAND),
    **dict.fromkeys(("M", "million", "millions"), MILLION),
    **dict.fromkeys(("Md", "Mds", "Mrd", "Mrds", "MM", "milliard", "milliards"), BILLION),
    **dict.fromkeys(("billion", "billions"), TRILLION),
}
ENGLISH_SCALES = {"million": MILLION, "billion": BILLION, "trillion": TRILLION}


def is_dotted(digits: str) -> bool:
    """Whether French digits are those of an article or a version: 49.3."""
    return _DOTTED.fullmatch(digits) is not None


def _normal(digits: str) -> str:
    """French digits without the commas of a writer who groups as English does: 57,000 cas."""
    return _FOREIGN.sub("", digits)


def french_value(digits: str) -> Decimal:
    """What French digits are worth.

    >>> french_value("12 000,5")
    Decimal('12000.5')
    """
    if is_dotted(digits):
        return _decimal(digits)
    return _decimal(_GROUP_END.sub("", _normal(digits)).replace(",", "."))


def english_value(digits: str) -> Decimal:
    """What English digits are worth."""
    return _decimal(digits.replace(",", ""))


def _decimal(digits: str) -> Decimal:
    return Decimal(_NEW_DIGIT.sub(_plain_digit, digits))


def _plain_digit(match: regex.Match[str]) -> str:
    return next(str(value) for value, one in enumerate(_OF_VALUE) if one.match(match.group()))


def english_digits(digits: str) -> str:
    """French digits in English notation; decimals stay as they are.

    >>> english_digits("12 000,50")
    '12,000.50'
    """
    if is_dotted(digits):
        return digits
    if _FOREIGN.search(digits):
        return digits
    whole, _, decimals = digits.partition(",")
    return ",".join(_GROUP_END.split(whole)) + ("." + decimals if decimals else "")


def plain(value: Decimal) -> str:
    """A value as the checks compare it: no separators, no zeros behind the point."""
    return f"{value.normalize():f}"


def roman_value(numeral: str) -> int:
    """What a Roman numeral is worth.

    >>> roman_value("XIX")
    19
    """
    values = [{"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}[letter] for letter in numeral.upper()]
    return sum(-value if value < after else value for value, after in pairwise([*values, 0]))


_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth".split()


def ordinal(value: int) -> str:
    """An English ordinal in digits.

    >>> ordinal(101), ordinal(12)
    ('101st', '12th')
    """
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value:,}{'th' if value % 100 in (11, 12, 13) else ending}"


def news_ordinal(value: int) -> str:
    """An English ordinal as newspapers have it: in words below 10th.

    >>> news_ordinal(3), news_ordinal(21)
    ('third', '21st')
    """
    return _ORDINAL_WORDS[value - 1] if 1 <= value <= 9 else ordinal(value)
