"""Numbers in French and in English notation: compared, converted, mended.

French writes 3,5 %, 12 000, 1er, XIXe, 14 h 30 or 14h30; English 3.5%, 12,000, 1st, 19th, 2:30 p.m.
(Imprimerie nationale, Lexique des règles typographiques; Chicago Manual of Style, ch. 9). `figures`
reads them, with `numerals`, `spelled`, `money` and `times`.
"""

import functools
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

import regex

from translate.notation import codes, money, numerals, spelled, times
from translate.notation.figures import Figure, english_figures, french_figures, masked_figures
from translate.notation.money import CurrencyStyle
from translate.notation.numerals import SPACES
from translate.notation.pool import Pool
from translate.notation.spelled import Spelled

__all__ = [
    "Figure",
    "english_figures",
    "english_line",
    "english_notation",
    "french_figures",
    "masked",
    "mended",
    "missing_and_extra",
    "to_english",
    "written_out",
]

#: Share of common digits from which a wrong number counts as the right one, garbled.
GARBLED_SIMILARITY = 0.6

_HALF_AGAIN = regex.compile(r"(?<=\b[ap]\.m\.) in the (?:morning|afternoon|evening)\b")
_FULL_STOP_AGAIN = regex.compile(r"(?<=\b[ap]\.m\.)\.(?!\.)")
_SPACE_BEFORE_PERCENT = regex.compile(rf"(?<=\d)[{SPACES}]+(?=%)")
_FRENCH_PERCENT = regex.compile(r"(?<![\w,.])(\d+),(\d{1,2})(?![\d,])(?=\s?(?:%|percent|per cent))")
_SPACE_BEFORE_COLON = regex.compile(rf"(?<=\w)[{SPACES}]+(?=:[{SPACES}])")
_THOUSANDS = regex.compile(r"[1-9]\d{0,2},\d{3}")
_JOINT = regex.compile(rf"[-–/]|[{SPACES}]?[×÷=+*][{SPACES}]?")
_NO_DIGIT = regex.compile(r"\D")
_DIGITS = regex.compile(r"(?<![\d.,])\d(?:[.,]?\d)*(?!\p{L})")
_SPACE = regex.compile(rf"[{SPACES}]")
_GROUP_END = regex.compile(rf"[{SPACES}.]")
_TIME_OR_GROUPED = regex.compile(rf"\d[{SPACES},.]\d|\d[{SPACES}]?h[{SPACES}]?\d")
_NUMBER_OR_TIME = regex.compile(r"(?i)[\d\s.,:h]+")
_UNIT = regex.compile(
    rf"[{SPACES}]?(?:k?m[²³23]|km/h|°[CF]?|[kMGT]Wh?|[kMGT]o|[mk]g|ha|k?m|‰)(?![\p{{L}}\d²³/])"
)
_SIGN = regex.compile(rf"§{{1,2}}[{SPACES}]?$")
_ABOUT = regex.compile(rf"\bvers[{SPACES}]$")
_OF_DAY = ("a.m.", "p.m.", "noon", "midnight")
_AGED = regex.compile(rf"^[ÂA]gée?s?[{SPACES}]de[{SPACES}](?=\d{{1,3}}[{SPACES}]ans,)")
_BYTES = regex.compile(r"(?<=[kMGT])o$")
_VERBS = (
    "and are after before but can did does for from had has have into later may not over per that "
    "than then they was were which while who will with would"
)
#: A length of time before a noun: the 2-hour 30-minute trip.
_BEFORE_NOUN = regex.compile(
    r"(?i)(?<=\b(?:an?|the|this|his|her|their|each|every|one) )(\d+) hours? (\d+) minutes?"
    rf" (?=\p{{Ll}}{{3}})(?!(?:{_VERBS.replace(' ', '|')})\b)"
)


def missing_and_extra(source: str, target: str) -> tuple[list[Figure], list[Figure]]:
    """French numbers that the English lacks, and English numbers that the French lacks.

    Numbers may be spelled out on either side ("3" and "three"); each is counted as often as it
    stands. A French number in words that the English has to have is one of them.
    """
    broken = codes.lost(source, target)
    target = codes.without(source, target)
    given = Pool(figure for figure in english_figures(target) if figure.values)
    french = Pool(_apart(spelled.french(source), french_figures(source)))
    wanted = [
        figure
        for figure in french_figures(source)
        if figure.values
        and not given.take(figure.values)
        and not (len(figure.parts) > 1 and given.take_row(figure.parts))
    ]
    extra = [figure for figure in given.left() if not french.take(figure.values)]
    needed = [word for word in french.left() if word.is_needed]
    english = Pool(
        _apart(spelled.english(target), english_figures(target)) if wanted or needed else ()
    )
    missing = [figure for figure in wanted if not english.take(figure.values)]
    words = [word for word in needed if not english.take(word.values)]
    lost = [figure for figure in french_figures(source) if figure.surface in broken]
    return [*lost, *missing, *map(_as_figure, words)], extra


def _apart(words: Iterable[Spelled], figures: Iterable[Figure]) -> list[Spelled]:
    """The numbers in words that are no part of a figure: of "deux mille euros"."""
    taken = {
        at for figure in figures for at in range(figure.start, figure.start + len(figure.surface))
    }
    return [word for word in words if word.start not in taken]


def _as_figure(word: Spelled) -> Figure:
    return Figure(word.start, word.end, word.surface, frozenset(word.values))


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
        first = regex.search(r"\d", found.surface)
        run = runs.get(found.start + first.start()) if first else None
        if run is None or not _is_garbled(run.group(), wanted.digits):
            return None
        digits = numerals.english_digits(wanted.digits)
        target = target[: run.start()] + digits + target[run.end() :]
    return target


def _is_garbled(written: str, wanted: str) -> bool:
    """Whether the digits written are those of a plain French number, a few of them wrong."""
    ours, theirs = (_NO_DIGIT.sub("", number) for number in (wanted, written))
    return bool(ours) and SequenceMatcher(None, ours, theirs).ratio() >= GARBLED_SIMILARITY


def to_english(target: str, source: str, style: CurrencyStyle = CurrencyStyle.SIGN) -> str:
    """French notation that a model copied from the source, in English; amounts in house style."""
    for surface, english in dict.fromkeys(_conversions(source)):
        target = _converted(target, surface, english)
    target = _in_style(target, source, style)
    target = _FULL_STOP_AGAIN.sub("", _HALF_AGAIN.sub("", target))
    target = _BEFORE_NOUN.sub(r"\1-hour \2-minute ", target)
    return _FRENCH_PERCENT.sub(r"\1.\2", _SPACE_BEFORE_PERCENT.sub("", target))


def _converted(target: str, surface: str, english: str) -> str:
    """One number in English notation, unless the English has it already: 1945 or 1 945?"""
    if surface not in target and _standing(english).search(target):
        return target
    pattern = _standing(surface) if surface in target else _surface_pattern(surface)
    return pattern.sub(english.replace("\\", ""), target)


@functools.lru_cache(maxsize=4096)
def _standing(number: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\w,.]){regex.escape(number)}(?!\w|[.,]\d)")


def _in_style(target: str, source: str, style: CurrencyStyle) -> str:
    """Sums of money that both sides have, as the house writes them."""
    wanted = {(amount.currency, amount.quantity) for amount in money.amounts(source)}
    if not wanted:
        return target
    written = (
        (amount, money.render(amount, style))
        for amount in money.english_amounts(target)
        if (amount.currency, amount.quantity) in wanted
    )
    return money.replaced(target, written)


def masked(text: str, *, everything: bool = False) -> Iterator[tuple[str, str]]:
    """A French text in stretches, each with the English of its number or nothing.

    A unit that is a symbol goes with its number, and a range or score is one: 6-3. Left to the
    model are numbers that it has to put into words (1er mai, Napoléon Ier) and, unless `everything`
    is to be masked, those that it knows (treize, le lundi 3 mars, A380).

    >>> list(masked("de 3,5 % le 1er mai"))
    [('de ', ''), ('3,5', '3.5'), (' % le 1er mai', '')]
    """
    found = masked_figures(text, everything=everything)
    last = 0
    for start, end, english in _joined(text, [figure for figure in found if figure.english]):
        unit = _UNIT.match(text, end)
        stop = unit.end() if unit else end
        start, english = _before(text, last, start, english)
        inches = text.startswith('"', end) and text.count('"') == 1
        yield text[last:start], ""
        last = stop + inches
        yield text[start:last], english + ("-inch" if inches else _BYTES.sub("B", text[end:stop]))
    yield text[last:], ""


def _before(text: str, last: int, start: int, english: str) -> tuple[int, str]:
    """Where a number begins with what belongs to it: § 3, vers 18 h; and its English."""
    sign = _SIGN.search(text, last, start)
    if sign:
        return sign.start(), text[sign.start() : start] + english
    about = _ABOUT.search(text, last, start) if english.endswith(_OF_DAY) else None
    return (about.start(), f"around {english}") if about else (start, english)


def _joined(text: str, figures: list[Figure]) -> Iterator[tuple[int, int, str]]:
    """Where numbers stand, with their English; 6-3 and 3 × 4 = 12 are one."""
    start, end, english = 0, 0, ""
    for figure in figures:
        if english and _JOINT.fullmatch(text, end, figure.start):
            english += text[end : figure.start] + figure.english
        else:
            if english:
                yield start, end, english
            start, english = figure.start, figure.english
        end = figure.end
    if english:
        yield start, end, english


def written_out(text: str) -> str:
    """Signs and abbreviations of numbers in words, for a model.

    >>> written_out("1,2 M d'habitants, 25 €, 48 h de garde à vue")
    "1,2 millions d'habitants, 25 euros, 48 heures de garde à vue"
    """
    text = _AGED.sub("À ", _MILLIONS.sub(_large, text))
    return times.spelled_out(money.spelled_out(text))


_MILLIONS = regex.compile(rf"(?<=\d)[{SPACES}]?(?:(M)|Mr?ds?)(?=[{SPACES}]d(?:['’]|e[{SPACES}]))")


def _large(match: regex.Match[str]) -> str:
    return " millions" if match[1] else " milliards"


def english_notation(surface: str) -> str:
    """One French number in English notation.

    >>> english_notation("12 000,5")
    '12,000.5'
    """
    whole = [f for f in french_figures(surface) if f.start == 0 and f.end == len(surface)]
    return whole[0].english or surface if whole else surface


def english_line(text: str, style: CurrencyStyle = CurrencyStyle.SIGN) -> str:
    """A line without grammatical words, of a table or a ticker, in English notation.

    >>> english_line("LVMH\\t612,40\\t+2,31 %\\t3,2 Md€")
    'LVMH\\t612.40\\t+2.31%\\t€3.2 billion'
    """
    line = "".join(english or french for french, english in _line(text))
    line = _in_style(_SPACE_BEFORE_PERCENT.sub("", line), text, style)
    return _SPACE_BEFORE_COLON.sub("", line)


def _line(text: str) -> Iterator[tuple[str, str]]:
    """The stretches of a line; a number that may be English already is none: 1,234."""
    for french, english in masked(text):
        yield french, "" if _THOUSANDS.fullmatch(french) else english


def _conversions(source: str) -> Iterator[tuple[str, str]]:
    for figure in sorted(french_figures(source), key=lambda figure: -len(figure.surface)):
        surface = source[figure.start : figure.end]
        if figure.english and _TIME_OR_GROUPED.search(surface) and figure.english != surface:
            if _NUMBER_OR_TIME.fullmatch(surface):
                yield surface, figure.english
            elif figure.digits:  # of an amount
                yield figure.digits, numerals.english_digits(figure.digits)


@functools.lru_cache(maxsize=4096)
def _surface_pattern(surface: str) -> regex.Pattern[str]:
    """What a model makes of a French number's digits: "1 200", "1.200", "1, 200", "1200"."""
    if "h" in surface.lower():
        body = rf"[{SPACES}]?".join(map(regex.escape, _SPACE.split(surface)))
    else:
        whole, _, decimals = surface.partition(",")
        body = rf"[{SPACES},.]{{0,2}}".join(map(regex.escape, _GROUP_END.split(whole)))
        body += rf"[,.][{SPACES}]?{decimals}" if decimals else ""
    return regex.compile(rf"(?<![\w,.]){body}(?![\w]|[.,]\d)")
