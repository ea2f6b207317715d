"""Money: an amount with its sign, scale, currency and unit is one expression.

French writes 25 €, 1,2 Md€, 25 000 $ CA, 2'500.- CHF, 12 €/m²; English newspapers €25,
€1.2 billion, $25,000 Canadian, 2,500 Swiss francs (Associated Press Stylebook, "euro", "dollars",
"millions, billions"). A currency: a line in `currencies.tsv`.
"""

import functools
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from importlib import resources
from typing import Any

import regex

from translate.notation import numerals, spelled
from translate.notation.numerals import (
    BILLION,
    MILLION,
    SPACES,
    THOUSAND,
    TRILLION,
    english_digits,
)


class CurrencyStyle(StrEnum):
    """How a house writes amounts."""

    SIGN = "sign"  # €25 million
    WORD = "word"  # 25 million euros
    CODE = "code"  # EUR 25 million


@dataclass(frozen=True, slots=True)
class Currency:
    """A line of `currencies.tsv`."""

    code: str
    signs: tuple[str, ...]
    nouns: tuple[str, ...]
    sign: str
    adjective: str
    one: str
    many: str
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money where it stands in a text.

    `digits` as English writes them, to be multiplied by `scale`; `unit` is what follows: "/m²".
    """

    start: int
    end: int
    surface: str
    digits: str
    scale: Decimal
    currency: str
    sign: str = ""
    unit: str = ""

    @property
    def quantity(self) -> Decimal:
        """What it is worth, without its sign."""
        return numerals.english_value(self.digits) * self.scale


_PLAIN = str.maketrans(dict.fromkeys(SPACES, " "))
_SCALE_NAMES = {MILLION: "million", BILLION: "billion", TRILLION: "trillion"}
_FRENCH_SCALES = {MILLION: "million", BILLION: "milliard", TRILLION: "billion"}
_WORD = regex.compile(r"\w+")
#: 1,280 yuans, of a careless hand: no sum has three decimals.
_GROUPED = regex.compile(r"[1-9]\d{0,2},\d{3}")
_SHORT = regex.compile(r"\d ?(?:[kKM]|Mr?ds?)\b")
_UNITS = {
    **dict.fromkeys(("m²", "m2"), " per square meter"),
    **dict.fromkeys(("h", "heure"), " an hour"),
    **dict.fromkeys(("l", "L", "litre"), " a liter"),
    **dict.fromkeys(("t", "tonne"), " a ton"),
    **{"jour": " a day", "nuit": " a night", "semaine": " a week", "mois": " a month"},
    **{"an": " a year", "baril": " a barrel", "kg": " per kilogram", "km": " per kilometer"},
    **{"MWh": " per megawatt-hour", "kWh": " per kilowatt-hour", "personne": " per person"},
}


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def amounts(text: str) -> tuple[Amount, ...]:
    """The sums of money of a French text, in order; of a range both.

    >>> [render(amount) for amount in amounts("de 2 à 3 Md€, soit 25 000 $ CA ou 12 €/m²")]
    ['€2 billion', '€3 billion', '$25,000 Canadian', '€12 per square meter']
    """
    return tuple(
        found for amount in _written(text) for found in (*_range_start(text, amount), amount)
    )


@functools.lru_cache(maxsize=256)  # the sentence that is masked, and checked
def _written(text: str) -> tuple[Amount, ...]:
    """The sums of a French text that have a currency of their own."""
    if not _begins(_french_codes).is_in(text):
        return ()
    found = map(_french_amount, _french_pattern().finditer(text.translate(_PLAIN)))
    return tuple(filter(None, found))


@functools.lru_cache(maxsize=1024)
def english_amounts(text: str) -> tuple[Amount, ...]:
    """The sums of money of an English text, in order.

    >>> [amount.currency for amount in english_amounts("$3 billion Canadian, EUR 2m, ten pounds")]
    ['CAD', 'EUR', 'GBP']
    """
    if not _begins(_english_codes).is_in(text.casefold()):
        return ()
    return tuple(map(_english_amount, _english_pattern().finditer(text)))


def render(amount: Amount, style: CurrencyStyle = CurrencyStyle.SIGN) -> str:
    """A sum of money as an English newspaper of this style has it."""
    currency = _currencies()[amount.currency]
    number = _number(amount)
    is_one = amount.quantity == 1
    noun = currency.one if is_one else currency.many
    if style is CurrencyStyle.CODE:
        written = f"{amount.sign}{currency.code} {number}"
    elif style is CurrencyStyle.WORD or not currency.sign:
        written = f"{amount.sign}{number} {noun}"
    else:
        adjective = f" {currency.adjective}" if currency.adjective else ""
        written = f"{amount.sign}{currency.sign}{number}{adjective}"
    return written + _UNITS.get(amount.unit, amount.unit and f"/{amount.unit}")


def spelled_out(text: str) -> str:
    """The signs and scales of sums in French words: models know "25 euros" and not "25 €".

    >>> spelled_out("1,2 Md€, 25 000 $ CA et 50 K€")
    "1,2 milliard d'euros, 25 000 dollars canadiens et 50 000 euros"
    """
    words = (
        (amount, _french(amount))
        for amount in _written(text)
        if _currencies()[amount.currency].nouns[0] not in amount.surface.lower()
        or _SHORT.search(amount.surface)
    )
    return replaced(text, words)


def replaced(text: str, written: Iterable[tuple[Amount, str]]) -> str:
    """A text with other words for some of its sums, which come in order."""
    parts, last = [], 0
    for amount, words in written:
        parts += [text[last : amount.start], words]
        last = amount.end
    return "".join((*parts, text[last:]))


def _french(amount: Amount) -> str:
    """A sum in French digits and words."""
    one, many, *_ = _currencies()[amount.currency].nouns
    value, digits = numerals.english_value(amount.digits), amount.digits
    if amount.scale == THOUSAND:
        digits = _digits(amount.quantity)
    digits = digits.replace(",", " ").replace(".", ",")
    scale = _FRENCH_SCALES.get(amount.scale, "")
    if scale:
        digits += f" {scale}{'s' * (value >= 2)}"
        many = f"d'{many}" if many[0] in "aeiouy" else f"de {many}"
    noun = one if amount.quantity < 2 else many
    return f"{amount.sign}{digits} {noun}" + (f"/{amount.unit}" if amount.unit else "")


def lost_and_added(source: str, target: str) -> tuple[list[str], list[str]]:
    """Sums of a French text that its English has in another currency or in none, and new ones.

    Of the first the French is given, of the second the English. A number that is lost altogether
    is no matter of currencies.

    >>> lost_and_added("25 000 $ CA et 3 M€", "$25,000 and 3 million euros")
    (['25 000 $ CA'], ['$25,000'])
    """
    wanted, given = amounts(source), english_amounts(target)
    kept = Counter(map(_worth, wanted)) & Counter(map(_worth, given))
    lost, added = _beyond(wanted, kept), _beyond(given, kept)
    return _unlike(lost, added, target), _unlike(added, lost, source)


def _worth(amount: Amount) -> tuple[str, Decimal]:
    return amount.currency, amount.quantity


def _beyond(amounts: Iterable[Amount], kept: Counter[tuple[str, Decimal]]) -> list[Amount]:
    """The sums but for so many of each worth, the first ones."""
    left = kept.copy()
    beyond = []
    for amount in amounts:
        if left[_worth(amount)]:
            left[_worth(amount)] -= 1
        else:
            beyond.append(amount)
    return beyond


def _unlike(ours: list[Amount], theirs: list[Amount], text: str) -> list[str]:
    """The sums whose currency the other side lacks, or which it has in another currency."""
    other = {amount.quantity: amount.currency for amount in theirs}
    lowered = text.casefold()
    named = {code for code in {amount.currency for amount in ours} if _mentions(lowered, code)}
    return [
        amount.surface
        for amount in ours
        if other.get(amount.quantity, amount.currency) != amount.currency
        or amount.currency not in named
    ]


def _mentions(lowered: str, code: str) -> bool:
    """Whether a text of either language, in small letters, has a name of the currency."""
    if code == "GBP" and "livre" in lowered:
        return True  # or a weight
    currency = _currencies()[code]
    names = (*currency.signs, *currency.nouns, currency.sign, currency.one, *currency.english)
    return any(name.casefold() in lowered for name in names if name)


def _number(amount: Amount) -> str:
    """The digits with the name of their scale: "1.2 billion"; thousands are written out."""
    digits, scale = amount.digits, amount.scale
    value = numerals.english_value(digits)
    if scale == BILLION and value >= THOUSAND:
        digits, scale = _digits(value / THOUSAND), TRILLION
    if scale == THOUSAND:
        digits = _digits(value * THOUSAND)
    name = _SCALE_NAMES.get(scale)
    return f"{digits} {name}" if name else digits


def _digits(value: Decimal) -> str:
    return f"{value.normalize():,f}"


def _french_amount(match: regex.Match[str]) -> Amount | None:
    digits, words = match["digits"], match["words"]
    code = _french_codes()[match["before"] or match["after"]]
    name = match["scale"] or ""
    scale = numerals.FRENCH_SCALES.get(name.lower() if len(name) > 3 else name, Decimal(1))
    if match["before"] and scale == TRILLION:
        scale = BILLION  # English already: French sets its signs behind
    if (match["after"] or "").startswith(".") and _YEAR.fullmatch(digits or ""):
        return None  # a year before a dash
    if words and not name and words.lower() in ("un", "une"):
        return None  # a strong euro
    if digits:
        number = digits if not name and _GROUPED.fullmatch(digits) else english_digits(digits)
        number += f".{match['cents']}" if match["cents"] and "." not in number else ""
    else:
        number = _digits(spelled.french_value(words))
    if match["half"]:
        number = _digits(numerals.english_value(number) + Decimal("0.5"))
    sign = (match["sign"] or "").strip().replace("−", "-").replace("–", "-")
    return Amount(
        match.start(), match.end(), match.group(), number, scale, code, sign, match["unit"] or ""
    )


def _range_start(text: str, amount: Amount) -> Iterator[Amount]:
    """The first number of "de 100 à 200 €", which has the currency of the second."""
    match = _RANGE.search(text, max(0, amount.start - 30), amount.start)
    if match is None:
        return
    digits = english_digits(match["digits"])
    is_scaled = numerals.english_value(digits) < THOUSAND
    scale = amount.scale if is_scaled else Decimal(1)
    yield Amount(
        match.start("digits"),
        match.end("digits"),
        match["digits"],
        digits,
        scale,
        amount.currency,
    )


def _english_amount(match: regex.Match[str]) -> Amount:
    before, after = match["before"] or "", match["after"] or ""
    code = _english_codes()[(after or before).casefold()]
    if before and after and before != _currencies()[code].sign.casefold():
        code = _english_codes()[before.casefold()]
    if match["adjective"]:
        code = _adjectives().get(match["adjective"], code)
    digits = match["digits"]
    if digits is None:
        digits = _digits(spelled.english_value(match["words"]))
    scale = english_scale(match["scale"] or "")
    sign = (match["sign"] or "").replace("−", "-").replace("–", "-")
    return Amount(match.start(), match.end(), match.group(), digits, scale, code, sign)


def english_scale(name: str) -> Decimal:
    """What a word behind an English number multiplies it by: 10**6 for "million" and "m"."""
    short = {"m": MILLION, "mn": MILLION, "bn": BILLION, "b": BILLION, "tn": TRILLION}
    short |= {"k": THOUSAND, "thousand": THOUSAND}
    name = name.lower().strip(" -")
    if name.startswith("thousand million"):
        return BILLION
    return numerals.ENGLISH_SCALES.get(name.rstrip("s")) or short.get(name, Decimal(1))


_YEAR = regex.compile(r"(?:19|20)\d\d")
_RANGE = regex.compile(
    rf"(?:(?i:\bde|\bentre)[{SPACES}](?P<digits>{numerals.FRENCH_DIGITS})[{SPACES}](?:à|et)[{SPACES}]"
    rf"|(?<![\w,.-])(?P<digits>{numerals.FRENCH_DIGITS})[{SPACES}]?[-–][{SPACES}]?)$"
)


#: A currency's name from the lists of `_lists`, and one that may stand before its number ("Euro
#: 2012" is no sum); one that ends in a letter ends there.
_NAME = r"(?:\b\L<words>|\L<signs>)(?!(?<=\w)\w)"
_FIRST = r"(?:\b\L<first_words>|\L<first_signs>)(?!(?<=\w)\w)"


@functools.cache
def _french_pattern() -> regex.Pattern[str]:
    scales = "|".join(sorted(numerals.FRENCH_SCALES, key=len, reverse=True))
    long = r"(?i:millions?|milliards?|billions?)"
    number = rf"(?P<digits>{numerals.FRENCH_DIGITS})|(?P<words>(?i:{spelled.FRENCH_WORDS}))"
    units = "|".join(sorted(_UNITS, key=len, reverse=True))
    return regex.compile(
        rf"""(?<![\w,.])(?P<sign>[+−–-](?=[\d€$£]))?(?:
          (?P<before>{_FIRST})[ ]?(?P<digits>{numerals.FRENCH_DIGITS})(?:\.-|,-|\.–)?
            (?:[ ]?(?P<scale>{scales})\b(?![ ]?[€$£]))?
        | (?:{number})(?:\.-|,-|\.–)?(?:
              [ ]?(?P<scale>{long}|Mr?ds?|MM?)(?:[ ]et[ ](?P<half>demie?))?
                [ ]?(?i:d['’]|de[ ])?(?P<after>{_NAME})
            | [ ]?(?P<scale>[kK])(?P<after>{_NAME})
            | (?:[ ]|(?<=000)[ ](?:d['’]|de[ ]))?(?P<after>{_NAME})
              (?:(?P<cents>\d\d)(?!\w|[.,]\d)|[ ](?P<cents>\d\d)(?=[;:!?)]|[.,]?(?:\s|$)))?
          ))
        (?:[ ]?/[ ]?(?P<unit>{units})(?!\w))?
        """,
        regex.VERBOSE,
        **_lists(_french_codes(), first=[s for c in _currencies().values() for s in c.signs]),
    )


_MILLION = r"a(?=[\s-](?:m|b|tr)illion)"


@functools.cache
def _english_pattern() -> regex.Pattern[str]:
    words = rf"(?:{_MILLION}|{spelled.ENGLISH_WORDS})\b"
    number = rf"(?P<digits>{numerals.ENGLISH_DIGITS})|(?P<words>{words})"
    scale = r"(?:[\s-]?(?P<scale>(?:thousand[\s-])?(?:m|b|tr)illions?|thousand|bn|mn|tn|[mkb])\b)?"
    return regex.compile(
        rf"""(?<![\w.,]|half[ ])(?P<sign>[+−–-](?=[\d€$£]|[A-Z]{{3}}[ ]))?(?i:
          (?P<before>{_FIRST})\s?(?P<digits>{numerals.ENGLISH_DIGITS}){scale}
            (?:\s(?P<adjective>{"|".join(_adjectives())})\b)?(?:\s(?:of\s)?(?P<after>{_NAME}))?
        | (?:{number}){scale}[\s-]?(?:of\s)?(?P<after>{_NAME}))
        """,
        regex.VERBOSE,
        **_lists(_english_codes(), first=_english_first()),
    )


def _lists(names: Iterable[str], first: Iterable[str]) -> dict[str, Any]:
    """The names as the patterns take them, by their first letter."""
    lists: dict[str, list[str]] = {"words": [], "signs": [], "first_words": [], "first_signs": []}
    for prefix, group in (("", names), ("first_", first)):
        for name in group:
            lists[prefix + ("words" if name[0].isalpha() else "signs")].append(name)
    return lists


def _english_first() -> Iterator[str]:
    for currency in _currencies().values():
        yield currency.code
        yield from filter(None, (currency.sign, *currency.english))


@dataclass(frozen=True, slots=True)
class _Beginnings:
    """What names of currencies begin with: words, and what has a sign in it ("US$")."""

    words: frozenset[str]
    signs: tuple[str, ...]

    def is_in(self, text: str) -> bool:
        """Whether a text may have one of the names; most sentences have none."""
        if any(sign in text for sign in self.signs):
            return True
        return not self.words.isdisjoint(_WORD.findall(text))


@functools.cache
def _begins(names: Callable[[], dict[str, str]]) -> _Beginnings:
    first = {name.split()[0] for name in names()}
    words = frozenset(filter(str.isalpha, first))
    return _Beginnings(words, tuple(sorted(first - words)))


@functools.cache
def _french_codes() -> dict[str, str]:
    return {
        written: code
        for code, currency in _currencies().items()
        for name in (*currency.signs, *currency.nouns)
        for written in (name, *((name.capitalize(), name.upper()) if name.islower() else ()))
    }


@functools.cache
def _english_codes() -> dict[str, str]:
    """English names in small letters; the sign alone is the currency without an adjective."""
    codes: dict[str, str] = {}
    for code, currency in _currencies().items():
        own = (currency.one, currency.many, code, *currency.english)
        for name in (*own, currency.sign if not currency.adjective else ""):
            codes.setdefault(name.casefold(), code)
    codes.pop("")
    return codes


@functools.cache
def _adjectives() -> dict[str, str]:
    return {c.adjective: c.code for c in _currencies().values() if c.adjective}


@functools.cache
def _currencies() -> dict[str, Currency]:
    text = resources.files("translate.notation").joinpath("currencies.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
    return {row[0]: _currency(row) for row in rows}


def _currency(row: list[str]) -> Currency:
    code, signs, french, sign, adjective, nouns, more = row
    one, many = nouns.split("|")
    own = _listed(signs), _listed(french)
    return Currency(code, *own, sign, adjective, one, many, _listed(more))


def _listed(names: str) -> tuple[str, ...]:
    return tuple(filter(None, names.split("|")))
