"""Numbers in words: quatre-vingt-dix-sept, deux cents, septante; ninety-seven, two hundred and one.

Both languages are read by a grammar, with their ordinals (troisième, third), round numbers (une
dizaine, a dozen), fractions (un quart, a quarter) and scales (deux milliards, two billion).
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from translate.notation.numerals import (
    ENGLISH_SCALES,
    FRENCH_SCALES,
    SPACES,
    THOUSAND,
    ordinal,
    plain,
)


@dataclass(frozen=True, slots=True)
class Spelled:
    """A number in words where it stands in a text, and what it may be worth.

    `english` is what a newspaper writes, empty where a model has to find words; `is_needed` where
    its English has to have it too: not so "un", "deux", "premier".
    """

    start: int
    end: int
    surface: str
    values: tuple[str, ...]
    english: str = ""
    is_needed: bool = False

    @property
    def is_long(self) -> bool:
        """Whether it is of three words or more: a small model makes little of it."""
        return self.is_needed and len(_LETTERS.findall(self.surface)) > 2


# Each grammar is bounded: no sub-pattern repeats without end.

_UNITS = dict(
    zip("un deux trois quatre cinq six sept huit neuf".split(), range(1, 10), strict=True)
)
_TEENS = dict(
    zip("dix onze douze treize quatorze quinze seize".split(), range(10, 17), strict=True)
)
_TENS = dict(
    zip("vingt trente quarante cinquante soixante".split(), range(20, 70, 10), strict=True)
)
_TENS |= {"septante": 70, "huitante": 80, "octante": 80, "nonante": 90}
_FRENCH_VALUES = {
    **_UNITS,
    **_TEENS,
    **_TENS,
    **{"une": 1, "vingts": 20, "cent": 100, "cents": 100, "mille": 1000},
}
_S = rf"[{SPACES}-]"
_UNIT = "(?:" + "|".join(_UNITS) + ")"
_TEEN = rf"(?:dix{_S}(?:sept|huit|neuf)|{'|'.join(_TEENS)})"
_BELOW_100 = rf"""(?:
    quatre{_S}vingts?(?:{_S}(?:{_TEEN}|{_UNIT})\b)?
  | soixante(?:{_S}et)?{_S}{_TEEN}\b
  | (?:{"|".join(_TENS)})(?:{_S}et{_S}une?\b|{_S}{_UNIT}\b)?
  | {_TEEN} | (?:une|{_UNIT}))"""
_BELOW_1000 = rf"(?:(?:(?!un\b){_UNIT}{_S})?cents?\b(?:{_S}{_BELOW_100})?|{_BELOW_100})"
#: A French number in words. For regular expressions with VERBOSE; small letters.
FRENCH_WORDS = rf"(?:(?:{_BELOW_1000}{_S})?mille\b(?:{_S}{_BELOW_1000})?|{_BELOW_1000})\b"

_ENGLISH_ONES = dict(
    zip(
        (
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
            "fifteen sixteen seventeen eighteen nineteen"
        ).split(),
        range(1, 20),
        strict=True,
    )
)
_ENGLISH_TENS = dict(
    zip(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(20, 100, 10),
        strict=True,
    )
)
_ENGLISH_VALUES = {**_ENGLISH_ONES, **_ENGLISH_TENS, "a": 1, "hundred": 100, "thousand": 1000}
_ENGLISH_BELOW_100 = (
    rf"(?:(?:{'|'.join(_ENGLISH_TENS)})(?:[\s-](?:{'|'.join(list(_ENGLISH_ONES)[:9])})\b)?"
    rf"|(?:{'|'.join(reversed(_ENGLISH_ONES))}))"
)
_AND = r"[\s-](?:and[\s-])?"
_ENGLISH_BELOW_1000 = (
    rf"(?:(?:{_ENGLISH_BELOW_100}|a)[\s-]hundred\b(?:{_AND}{_ENGLISH_BELOW_100}\b)?"
    rf"|{_ENGLISH_BELOW_100})"
)
#: An English number in words; small letters.
ENGLISH_WORDS = (
    rf"(?:(?:{_ENGLISH_BELOW_1000}|a)[\s-]thousand\b(?:{_AND}{_ENGLISH_BELOW_1000}\b)?"
    rf"|{_ENGLISH_BELOW_1000})\b"
)
_LETTERS = regex.compile(r"\p{L}+")


def french_value(words: str) -> Decimal:
    """What a match of `FRENCH_WORDS` is worth.

    >>> french_value("Quatre-vingt-dix-sept mille deux cents")
    Decimal('97200')
    """
    return _words_value(words, _FRENCH_VALUES)


def english_value(words: str) -> Decimal:
    """What a match of `ENGLISH_WORDS` is worth.

    >>> english_value("twenty-two thousand and five")
    Decimal('22005')
    """
    return _words_value(words, _ENGLISH_VALUES)


def _words_value(words: str, values: dict[str, int]) -> Decimal:
    thousands = hundreds = rest = 0
    for word in _LETTERS.findall(words.lower()):
        value = values.get(word, 0)
        if value == 1000:
            thousands, hundreds, rest = (hundreds + rest or 1) * value, 0, 0
        elif value == 100:
            hundreds, rest = (rest or 1) * value, 0
        elif (rest, value) == (4, 20):  # quatre-vingts
            rest = 80
        else:
            rest += value
    return Decimal(thousands + hundreds + rest)


def english_words(value: int) -> str:
    """A number below a million in English words.

    >>> english_words(97)
    'ninety-seven'
    """
    return " ".join(_english_words(value)) or "zero"


def _english_words(value: int) -> Iterator[str]:
    for size, name in ((1000, "thousand"), (100, "hundred")):
        if value >= size:
            yield from (*_english_words(value // size), name)
            value %= size
    if value >= 20:
        tens = next(word for word, ten in _ENGLISH_TENS.items() if ten == value // 10 * 10)
        yield "-".join([tens, *_english_words(value % 10)])
    elif value:
        yield next(word for word, one in _ENGLISH_ONES.items() if one == value)


_FRENCH_ORDINALS = (
    "deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
    "douzième treizième quatorzième quinzième seizième"
).split()
#: Other words that stand for a number -> what an English number may be worth in its place.
_FRENCH_OTHERS: dict[str, tuple[str, ...]] = {
    **{word + s: (str(n),) for n, word in enumerate(_FRENCH_ORDINALS, 2) for s in ("", "s")},
    **{f"{word}ième": (str(n),) for word, n in (("vingt", 20), ("trent", 30), ("cent", 100))},
    **{"premier": ("1",), "première": ("1",), "premiers": ("1",), "premières": ("1",)},
    **dict.fromkeys(("second", "seconde", "seconds", "secondes"), ("2",)),
    **dict.fromkeys(("demi", "demie", "moitié"), ("2", "0.5", "50")),
    **dict.fromkeys(("tiers",), ("3",)),
    **dict.fromkeys(("quart", "quarts"), ("4", "25", "15")),
    **dict.fromkeys(("double", "doubles", "doublé"), ("2",)),
    **dict.fromkeys(("triple", "triplé"), ("3",)),
    **dict.fromkeys(("millier", "milliers"), ("1000",)),
    **dict.fromkeys(("centaine", "centaines"), ("100",)),
    **dict.fromkeys(("dizaine", "dizaines"), ("10", "12")),
    **{"douzaine": ("12",), "quinzaine": ("15", "2", "14"), "vingtaine": ("20",)},
    **{"trentaine": ("30",), "quarantaine": ("40",), "cinquantaine": ("50",)},
    **{"soixantaine": ("60",)},
    **{"midi": ("12:00",), "minuit": ("0:00",)},
    **{"huitièmes": ("8", "16"), "seizièmes": ("16", "32")},  # of a cup, whose teams English counts
}
_ENGLISH_OTHERS: dict[str, tuple[str, ...]] = {
    **{
        word: (str(value),)
        for value, word in enumerate(
            "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
            "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth "
            "twentieth".split(),
            1,
        )
    },
    **{word.replace("y", "ieth"): (str(value),) for word, value in _ENGLISH_TENS.items()},
    **{"a": ("1",), "an": ("1",), "i": ("1",), "once": ("1",), "twice": ("2",), "both": ("2",)},
    **{"couple": ("2",), "pair": ("2",), "double": ("2",), "triple": ("3",), "half": ("2", "0.5")},
    **{"quarter": ("4", "25", "15"), "quarters": ("4",), "thirds": ("3",), "dozen": ("12", "10")},
    **{"dozens": ("12", "10"), "fortnight": ("15", "14", "2")},
    **{"hundred": ("100",), "hundreds": ("100",), "thousand": ("1000",), "thousands": ("1000",)},
    **{
        word: (value, "10", "12")
        for word, value in (("tens", "10"), ("decade", "10"), ("scores", "20"))
    },
    **{"noon": ("12:00",), "midnight": ("0:00",), "century": ("100", "1")},
    **{
        word.replace("y", "ies"): (str(value), str(1900 + value))
        for word, value in _ENGLISH_TENS.items()
    },
}


#: Round numbers that the English has to have, and how it says them of what is counted.
_ROUND = {
    **{"dizaine": "about 10", "douzaine": "a dozen", "quinzaine": "about 15"},
    **{"vingtaine": "about 20", "trentaine": "about 30", "quarantaine": "about 40"},
    **{"cinquantaine": "about 50", "soixantaine": "about 60", "centaine": "about 100"},
    **{"millier": "about 1,000"},
}
_MANY = ("centaines", "milliers")


#: The last word of a compound ordinal, and its cardinal: quatre-vingt-dix-neuvième.
_CARDINALS = {
    **{
        f"{word.removesuffix('e')}ième": word
        for word in (*_UNITS, *_TEENS, *_TENS, "cent", "mille")
    },
    **{"cinquième": "cinq", "neuvième": "neuf"},
}
#: What it begins with, not so "un cinquième"; and what may stand between.
_TENS_FIRST = rf"(?:(?:{_UNIT}{_S})?(?:cents?|mille|vingts?)|{'|'.join(_TENS)})"
_BETWEEN = "|".join((*_FRENCH_VALUES, "et"))


@functools.lru_cache(maxsize=1024)
def french(text: str) -> tuple[Spelled, ...]:
    """The numbers in words of a French text, in order.

    >>> [word.values for word in french("deux cents, un tiers, trois milliards")]
    [('200',), ('1',), ('3',), ('3000000000',)]
    >>> [word.english for word in french("Treize élus et une trentaine de maires")]
    ['Thirteen', 'about 30']
    """
    return tuple(_french(match) for match in _french_pattern().finditer(text))


@functools.lru_cache(maxsize=1024)
def english(text: str) -> tuple[Spelled, ...]:
    """The numbers in words of an English text, in order."""
    return tuple(_english(match) for match in _english_pattern().finditer(text))


def _french(match: regex.Match[str]) -> Spelled:
    span = match.start(), match.end(), match.group()
    if match["round"]:
        word = match["round"].lower()
        is_fortnight = match["days"] is not None
        english = "two weeks" if is_fortnight else _ROUND[word]
        values = _FRENCH_OTHERS[word]
        return Spelled(*span, values, _in_case(english, match), is_needed=True)
    if match["other"]:
        word = match["other"].lower()
        return Spelled(*span, _FRENCH_OTHERS[word], is_needed=word in _MANY)
    if match["ordinal"]:
        *words, last = _LETTERS.findall(match["ordinal"].lower())
        value = french_value(" ".join((*words, _CARDINALS[last])))
        return Spelled(*span, (plain(value),), ordinal(int(value)), is_needed=True)
    value = french_value(match["words"])
    scale = FRENCH_SCALES.get((match["scale"] or "").lower(), Decimal(1))
    is_needed = value * scale >= 3 and not _is_other_word(match)
    english = _in_news(value, scale, match) if is_needed else ""
    values = (plain(value * scale), *_WEEKS.get(value, ()))
    return Spelled(
        *span, values if _DAYS.match(match.string, match.end()) else values[:1], english, is_needed
    )


def _english(match: regex.Match[str]) -> Spelled:
    span = match.start(), match.end(), match.group()
    if match["other"]:
        return Spelled(*span, _ENGLISH_OTHERS[match["other"].lower()])
    scale = {**ENGLISH_SCALES, "thousand": THOUSAND}.get((match["scale"] or "").lower(), Decimal(1))
    value = english_value(match["words"]) + (Decimal("0.5") if match["half"] else 0)
    many = [value * times for times in _TIMES.get((match["many"] or "").lower(), ())]
    return Spelled(*span, (plain(value * scale), *map(plain, many)))


def _is_other_word(match: regex.Match[str]) -> bool:
    """Whether "neuf" is new, "cent" of pour cent or a dollar, "sept" a month."""
    word, text = match.group().lower(), match.string
    if _DECADE.search(text, max(0, match.start() - 8), match.start()):
        return True
    if word == "neuf":
        return not _COUNTED.match(text, match.end())
    if word in ("cent", "cents", "sept"):
        return _NO_NUMBER.search(text, max(0, match.start() - 6), match.start()) is not None
    return False


def _in_news(value: Decimal, scale: Decimal, match: regex.Match[str]) -> str:
    """A number as newspapers write it: in words below 10 and at the start of a sentence."""
    name = _SCALE_NAMES.get(scale, "")
    before = match.string[max(0, match.start() - 40) : match.start()]
    is_first = match.group()[0].isupper() and not any(map(str.isalnum, before))
    if not name and (value < 10 or (is_first and value < 100)):
        return _in_case(english_words(int(value)), match)
    return f"{value:,f}{name}"


def _in_case(words: str, match: regex.Match[str]) -> str:
    return words[0].upper() + words[1:] if match.group()[0].isupper() else words


_SCALE_NAMES = {scale: f" {name}" for name, scale in ENGLISH_SCALES.items()}
_WEEKS = {Decimal(8): ("1",), Decimal(15): ("2", "14")}
_DAYS = regex.compile(rf"[{SPACES}]jours\b")
#: Two decades are 20 years; four dozen about 40.
_TIMES = {"decade": (10,), "century": (100,), "centurie": (100,), "dozen": (12, 10)}
_COUNTED = regex.compile(
    rf"[{SPACES}]\p{{Ll}}{{3,}}s\b|[{SPACES}](?:ans|sur|à|ou|fois|mois|cents?)\b"
)
_DECADE = regex.compile(rf"(?i)années[{SPACES}]$")
_NO_NUMBER = regex.compile(rf"(?:(?i:pour)|\d)[{SPACES}]$")


@functools.cache
def _french_pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"""(?i)(?<![\w-])(?:
          une?[{SPACES}](?:(?:petite?|bonne?|grosse?)[{SPACES}])?(?P<round>{"|".join(_ROUND)})\b
          (?![{SPACES}]de[{SPACES}]mill)
          (?:[{SPACES}](?:(?P<days>(?<=quinzaine[{SPACES}])de[{SPACES}]jours)|d['’]|de(?=[{SPACES}])))?
        | (?P<ordinal>{_TENS_FIRST}{_S}(?:(?:{_BETWEEN}){_S}){{0,5}}(?:{"|".join(_CARDINALS)})\b)
        | (?P<words>{FRENCH_WORDS})(?!-)(?:[{SPACES}](?P<scale>millions?|milliards?|billions?)\b)?
        | (?P<other>{"|".join(_FRENCH_OTHERS)})\b)""",
        regex.VERBOSE,
    )


@functools.cache
def _english_pattern() -> regex.Pattern[str]:
    return regex.compile(
        rf"""(?i)(?<![\w])(?:
          (?P<words>{ENGLISH_WORDS}|\ba(?=[\s-](?:m|b|tr)illion))
            (?:[\s-](?P<scale>(?:m|b|tr)illion)s?\b|[\s-](?P<many>dozen|decade|centur(?:y|ie))s?\b
              |\sand\sa\s(?P<half>half)\s(?P<scale>thousand|(?:m|b|tr)illion)\b)?
        | (?P<other>{"|".join(_ENGLISH_OTHERS)})\b)""",
        regex.VERBOSE,
    )
