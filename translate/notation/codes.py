"""Numbers that are names: telephones, accounts, articles of laws, A380, H5N1, 4x100.

They stay as they are. Only "n° 12" has an English form: No. 12.
"""

import functools
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from translate.notation.calendar import MONTH_NAMES
from translate.notation.numerals import SPACES

_S = rf"[{SPACES}]"


@dataclass(frozen=True, slots=True)
class Code:
    """A number that is a name where it stands in a text; `is_word`: digits stuck to letters."""

    start: int
    end: int
    surface: str
    english: str
    is_word: bool = False

    @property
    def number(self) -> str:
        """The plain number that a code is called by: 12 of "n° 12"; else nothing."""
        number = self.english.removeprefix("No. ")
        return number if number.isdecimal() else ""


_CODE = regex.compile(
    rf"""(?<![\w,.+])(?:
      (?P<kept>
        [A-Z]{{2}}\d\d(?:{_S}?(?=[A-Z]*\d)[\dA-Z]{{4}}){{3,6}}(?:{_S}?\d{{1,3}})?(?!\w)  # IBAN
      | \+[1-9]\d{{0,2}}(?:{_S}?\(0\))?(?:[.{SPACES}-]?\d{{1,4}}){{2,6}}(?![\d.,-]\d)       # abroad
      | 0\d(?:[.{SPACES}-]?\d\d){{4}}(?!\w)                                           # at home
      | 0{_S}?8\d\d(?:{_S}?\d{{2,3}}){{2,3}}(?!\w)                                   # free call
      | \d{{3}}[.{SPACES}-]\d{{3}}-\d{{4}}(?!\w)                                      # America
      | \d{{3}}{_S}\d{{3}}{_S}\d{{3}}{_S}\d{{5}}(?!\w)                                # SIRET
      | \d{{1,2}}{_S}?×{_S}?\d{{2,4}}(?={_S}(?:m|mètres|nages|haies|relais)\b)          # a relay
      | (?<=(?i:siren|rcs|numéro|tél\.?|téléphone|appelez{_S}le|au){_S}(?:vert{_S}|:{_S})?)
          \d{{3}}(?:{_S}\d{{3}}){{1,2}}(?!\w|{_S}[\d€$%])(?={_S}?[.,;:!?)]|$|{_S}est|{_S}\()
      | (?:[LRDA]\.{_S}?)\d+(?:-\d+)*(?!\w)                                           # an article
      )
    | (?P<number>[nN](?:°s?|º){_S}?|[nN]os?\.{_S})(?P<of>\d[\w/.-]*\w|\d)
    | (?P<word>(?=[\p{{L}}-]{{0,20}}\d)(?=[\d-]{{0,20}}\p{{L}})
        [\p{{L}}\d]{{1,20}}(?:-[\p{{L}}\d]{{1,20}}){{0,4}})(?!\w)
    )""",
    regex.VERBOSE,
)
#: What looks like a word with digits and is a number with its unit, an ordinal or a time.
_NO_NAME = regex.compile(
    r"\d+(?:(?i:er|ers|re|ère|nde?|[eè]me|e|es|st|nd|rd|th|s|h\d\d|min|mn|am|pm|ans|bis|ter)"
    r"|[hgmlk]|H|M|[kcm]?m[23]?|km|kg|ha|[cm]l|[kMGT]?Wh?|[kMGT]o|bn)"
    r"|(?i:\p{L}*-?\d+-?(?:ans|jours?|year|day|hour|minute|month|mile|page|point|foot)).*"
    rf"|\d+-(?i:{'|'.join(MONTH_NAMES)})"
    r"|\d+(?:st|nd|rd|th)?-\p{Ll}.*|(?i:mid|pre|post|mi|pré)-?\d+s?"
)


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def codes(text: str) -> tuple[Code, ...]:
    """The numbers of a text, French or English, that are names, in order.

    >>> [code.english for code in codes("l'A380, le 01 23 45 67 89, la loi n° 78-17")]
    ['A380', '01 23 45 67 89', 'No. 78-17']
    """
    return tuple(_found(text)) if _DIGIT.search(text) else ()


def _found(text: str) -> Iterator[Code]:
    for match in _CODE.finditer(text):
        surface = match.group()
        if match["word"]:
            if not _NO_NAME.fullmatch(surface):
                yield Code(match.start(), match.end(), surface, surface, is_word=True)
        else:
            english = f"No. {match['of']}" if match["of"] else surface
            yield Code(match.start(), match.end(), surface, english)


def without(source: str, target: str) -> str:
    """An English text in which the codes that it has of the French are blanks.

    >>> without("le 01 23 45 67 89", "Call 01 23 45 67 89.")
    'Call               .'
    """
    for code in codes(source):
        if code.is_word:
            target = _parted(code.english).sub(_blanks, target, count=1)
        elif not code.number:
            target = target.replace(code.english, " " * len(code.english), 1)
    return target


@functools.lru_cache(maxsize=1024)
def _parted(code: str) -> regex.Pattern[str]:
    """A code whose letters and digits stand apart, as they do not in the French: D 137."""
    parts = (regex.escape(part) for part in _PARTS.findall(code))
    return regex.compile(rf"(?<!\w){'[ -]'.join(parts)}(?!\w)")


def _blanks(match: regex.Match[str]) -> str:
    return " " * len(match.group())


def lost(source: str, target: str) -> list[str]:
    """The codes of a French text that its English lacks; case, hyphens and spaces aside.

    A name in letters may be spelled in another way (Pouchkinskaïa-10); 3D is three-dimensional.

    >>> lost("Le vol MH17 et le SARS-CoV-2", "Flight MH-17 and the SARS-CoV-1")
    ['SARS-CoV-2']
    """
    if not codes(source):
        return []
    there = _bare(target)
    named = (code for code in codes(source) if not code.number)
    return [code.surface for code in named if not _is_in(code, there)]


def _is_in(code: Code, there: str) -> bool:
    """Whether a bare English text has a code."""
    name, bare = _NAME.fullmatch(code.english), _bare(code.english)
    if name and regex.search(rf"\p{{L}}{name['number']}(?!\d)", there):
        return True
    return bare in there or (bare == "3d" and "threedimension" in there)


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", text).replace("×", "x").casefold()


_DIGIT = regex.compile(r"\d")
_PARTS = regex.compile(r"\p{L}+|\d+")
_NAME = regex.compile(r"\p{Lu}\p{Ll}{4,}-(?P<number>\d+)")
_SEPARATORS = regex.compile(rf"[{SPACES}.-]|(?i:\bn(?:°s?|º|os?\b))")
