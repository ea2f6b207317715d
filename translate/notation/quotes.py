"""Quotations: where they are, how deep, whether both marks are there, and their English form.

The reading follows French usage (Lexique des règles typographiques en usage à l'Imprimerie
nationale, "Guillemets"): « » outside, “ ” or « » again inside, and a paragraph that goes on with
a quotation begins with « (or »), which opens nothing. English marks and the typewriter's are read
as well. One pass over the marks, with a stack: linear in the length of the text.
"""

import functools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from translate.notation.spaces import BLANKS

#: Quotation marks that always open, and the family (named by its opening mark) each belongs to.
OPENING_MARKS = {"«": "«", "‹": "‹", "„": "„", "“": "“"}
#: Quotation marks that always close.
CLOSING_MARKS = {"»": "«", "›": "‹", "”": "“"}
#: Marks that are also apostrophes: a quotation only where both ends are found.
SINGLE_MARKS = {"‘": "‘", "’": "‘", "'": "'"}
#: The typewriter's mark, whose direction is read off its neighbours.
STRAIGHT_MARK = '"'

#: What loses its vowel before an apostrophe: "l’ « ici »" has no closing quotation mark in it.
ELISIONS = frozenset(
    "c d j l m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu aujourd entr prud".split()
)

#: A quotation that closes later than this many paragraphs on was never closed: a forgotten mark.
REACH = 4

#: The typewriter's guillemets, read as « » where both are there.
_TYPED = re.compile(r"(?<!<)<<([^<>\n]{1,2000})>>(?!>)")
_MARKS = re.compile(f"[{''.join([*OPENING_MARKS, *CLOSING_MARKS, *SINGLE_MARKS, STRAIGHT_MARK])}]")
_CONTINUATION = re.compile(f"[{BLANKS}]*([{''.join(OPENING_MARKS)}»›{STRAIGHT_MARK}])")
_SINGLES = frozenset(SINGLE_MARKS.values())
_CLOSED_BY = {"«": "»", "‹": "›", "“": "”", "„": "“”", STRAIGHT_MARK: STRAIGHT_MARK}
_CARRIED = "carried"  # the family of a level that an earlier paragraph opened
_BEFORE_OPENING = frozenset(BLANKS + "([{—–-/=«‹„“‘’'\"")
_AFTER_CLOSING = frozenset(BLANKS + ".,;:!?…)]}—–-/»›”’'\"")
#: A text without one of these has no quotation, whatever its apostrophes are.
_MAY_QUOTE = re.compile(
    f"[{''.join([*OPENING_MARKS, *CLOSING_MARKS, STRAIGHT_MARK])}]"
    f"|(?:^|[{re.escape(''.join(_BEFORE_OPENING))}])[‘']"
)


class Role(StrEnum):
    """What a quotation mark does."""

    OPEN = "open"
    CLOSE = "close"


class QuoteStyle(StrEnum):
    """How English quotations are marked; the value shows it, from the outermost mark inwards."""

    AMERICAN = "“‘’”"
    BRITISH = "‘“”’"
    STRAIGHT = "\"''\""

    @classmethod
    def _missing_(cls, value: object) -> "QuoteStyle | None":
        """By its name too, as users write it: `QuoteStyle("british")`."""
        return cls.__members__.get(str(value).upper())


@dataclass(frozen=True, slots=True)
class Quotation:
    """`text[start:end]` with its marks; `depth` 0 is the outermost.

    `opened` or `closed` is False where that mark is missing: the quotation comes from or goes on
    into another paragraph, or somebody forgot the mark.
    """

    start: int
    end: int
    depth: int
    opened: bool
    closed: bool

    @property
    def complete(self) -> bool:
        """Whether both marks are there."""
        return self.opened and self.closed


@dataclass(frozen=True, slots=True)
class Mark:
    """A quotation mark, `text[position]`; `paired` where its partner is there.

    The mark that begins a continued paragraph opens and counts as paired: it needs no partner.
    """

    position: int
    role: Role
    depth: int
    paired: bool


@dataclass(frozen=True, slots=True)
class _Level:
    """A quotation that is open while the marks are read."""

    start: int
    family: str


@dataclass(frozen=True, slots=True)
class _Raw:
    """A quotation before its depth is known; `open_at` and `close_at` are its marks, if any."""

    start: int
    end: int
    family: str
    open_at: int | None
    close_at: int | None


def guillemets(text: str) -> str:
    """The typewriter's << and >> as « and », each with a space: the text keeps its length.

    >>> guillemets("<<Oui>>, dit-il")
    '« Oui », dit-il'
    """
    return _TYPED.sub(r"« \1 »", text) if "<<" in text else text


def find_quotations(
    text: str, *, carried: bool = False, runs_on: bool = False
) -> tuple[Quotation, ...]:
    """All quotations of one paragraph, in order of their start, enclosing ones first.

    `carried`: the paragraph begins inside a quotation that an earlier one opened.
    `runs_on`: what it leaves open is closed in a later one, and not forgotten.

    >>> [(q.start, q.end, q.depth) for q in find_quotations("Il dit : « Oui, “demain”. »")]
    [(9, 27, 0), (16, 24, 1)]
    """
    return tuple(
        Quotation(
            raw.start,
            raw.end,
            depth,
            opened=raw.open_at is not None and raw.family != _CARRIED,
            closed=raw.close_at is not None,
        )
        for raw, depth in _with_depth(_match(text, carried), runs_on=runs_on)
    )


def marks(text: str, *, carried: bool = False, runs_on: bool = False) -> list[Mark]:
    """All quotation marks in order; apostrophes, feet and inches are not among them."""
    found: list[Mark] = []
    for raw, depth in _with_depth(_match(text, carried), runs_on=runs_on):
        paired = (raw.open_at is not None or raw.family == _CARRIED) and raw.close_at is not None
        if raw.open_at is not None:
            found.append(Mark(raw.open_at, Role.OPEN, depth, paired or raw.family == _CARRIED))
        if raw.close_at is not None:
            found.append(Mark(raw.close_at, Role.CLOSE, depth, paired))
    return sorted(found, key=lambda mark: mark.position)


def is_balanced(text: str) -> bool:
    """Whether every quotation mark has its partner."""
    return all(mark.paired for mark in marks(text))


def carried_quotations(block_texts: Sequence[str]) -> tuple[bool, ...]:
    """For each paragraph, whether it begins inside a quotation that an earlier one opened.

    An open quotation is believed to go on where the next paragraph begins with a mark, or where
    one of the next `REACH` paragraphs closes it without having opened it. Otherwise its mark was
    forgotten, and the article is not swallowed by it.

    >>> carried_quotations(["« Nous partons.", "« Demain. »", "Il est parti."])
    (False, True, False)
    """
    carried = [False] * len(block_texts)
    for index, text in enumerate(block_texts[:-1]):
        if carried[index + 1] and not is_continued(block_texts[index + 1]):
            continue  # an earlier look ahead has found where this quotation closes
        if _left_open(text, carried=carried[index]):
            for reached in range(index + 1, _last_carried(block_texts, index) + 1):
                carried[reached] = True
    return tuple(carried)


def is_continued(text: str) -> bool:
    """Whether a paragraph begins with the mark of a continued quotation."""
    return _CONTINUATION.match(guillemets(text)) is not None


def to_english(
    text: str,
    style: QuoteStyle = QuoteStyle.AMERICAN,
    *,
    carried: bool = False,
    runs_on: bool = False,
) -> str:
    """The text with the marks of `style`, chosen by depth, and no spaces inside them.

    A mark without a partner is written as what it looks like; apostrophes stay. A paragraph that
    goes on with a quotation (`carried`) begins with an opening mark, as English has it. Doing it
    twice changes nothing.

    >>> to_english("Il dit : « Oui, “demain” ! »")
    'Il dit : “Oui, ‘demain’ !”'
    """
    text = guillemets(text)
    found = marks(text, carried=carried, runs_on=runs_on)
    if carried and text.strip(BLANKS) and not is_continued(text):
        at = len(text) - len(text.lstrip(BLANKS))
        text, carried_mark = text[:at] + STRAIGHT_MARK + text[at:], Mark(at, Role.OPEN, 0, True)
        found = [carried_mark, *(_moved(mark) for mark in found)]
    return "".join(_rendered(text, found, style))


def _moved(mark: Mark) -> Mark:
    """The same mark, one character on."""
    return Mark(mark.position + 1, mark.role, mark.depth, mark.paired)


def _rendered(text: str, found: Iterable[Mark], style: QuoteStyle) -> Iterator[str]:
    """The text between the marks, without the spaces inside them, and the new marks."""
    last, after_opening = 0, False
    for mark in found:
        old = text[mark.position]
        new = _english_mark(mark, old, style)
        # Spaces at an apostrophe-like mark are no sign of French typography, and in straight
        # style a straight mark may be of either direction: both stay as they are.
        tight = old not in SINGLE_MARKS and not (style is QuoteStyle.STRAIGHT and old == new)
        between = text[last : mark.position]
        if after_opening:
            between = between.lstrip(BLANKS)
        if tight and mark.role is Role.CLOSE:
            between = between.rstrip(BLANKS)
        yield between
        yield new
        last, after_opening = mark.position + 1, tight and mark.role is Role.OPEN
    yield text[last:].lstrip(BLANKS) if after_opening else text[last:]


def _english_mark(mark: Mark, old: str, style: QuoteStyle) -> str:
    """The mark of `style`; in straight style a straight mark is right already."""
    if style is QuoteStyle.STRAIGHT and old in (STRAIGHT_MARK, "'"):
        return old
    inner = mark.depth % 2
    return style.value[inner if mark.role is Role.OPEN else 3 - inner]


def _left_open(text: str, *, carried: bool) -> bool:
    """Whether a paragraph ends inside a quotation."""
    return any(raw.close_at is None and raw.end == len(text) for raw in _match(text, carried))


def _last_carried(block_texts: Sequence[str], index: int) -> int:
    """The last paragraph into which the quotation left open by `index` is known to go on."""
    if is_continued(block_texts[index + 1]):
        return index + 1
    for later in range(index + 1, min(index + 1 + REACH, len(block_texts))):
        if is_continued(block_texts[later]):
            break
        first = next(iter(_match(block_texts[later], carried=True)))
        if first.family == _CARRIED and first.close_at is not None:
            return later
    return index


@functools.lru_cache(maxsize=1024)  # a sentence is read again for each of its hypotheses
def _match(text: str, carried: bool) -> tuple[_Raw, ...]:
    """Pair the marks of a text: quotations by their start, each inside or outside each other."""
    text = guillemets(text)
    if not carried and not _MAY_QUOTE.search(text):
        return ()
    pairing = _Pairing(text, carried=carried)
    for match in _MARKS.finditer(text, pairing.last):
        at = match.start()
        pairing.to_come[match.group()] -= 1
        role, family = _read(text, at, pairing.is_open, pairing.top)
        if role is Role.OPEN:
            pairing.open(at, family)
        elif role is Role.CLOSE:
            pairing.close(at, family)
    return pairing.finish()


class _Pairing:
    """The stack of quotations that are open, and those found so far."""

    def __init__(self, text: str, *, carried: bool) -> None:
        continuation = _CONTINUATION.match(text) if carried else None
        self.last = continuation.end() if continuation else 0  # behind the last mark
        self.is_open: Counter[str] = Counter()  # how many levels of each family
        self.to_come = Counter(_MARKS.findall(text, self.last))
        self._continuation = self.last - 1 if continuation else None
        self._length = len(text)
        self._stack: list[_Level] = []
        self._found: list[_Raw] = []
        if carried:
            self._push(_Level(0, _CARRIED))

    @property
    def top(self) -> str:
        """The family of the innermost open quotation; empty where none is open."""
        return self._stack[-1].family if self._stack else ""

    def open(self, at: int, family: str) -> None:
        """A quotation opens at `at`."""
        self._push(_Level(at, family))
        self.last = at + 1

    def close(self, at: int, family: str) -> None:
        """A quotation closes at `at`; what is open inside it has lost its mark."""
        if not self.is_open[family]:
            family = self._other_family(family)
        if self.is_open[family]:
            while self.top != family:
                self._pop(at, None)
            self._pop(at + 1, at)
        else:
            self._found.append(_Raw(self.last, at + 1, family, None, at))
        self.last = at + 1

    def finish(self) -> tuple[_Raw, ...]:
        """All quotations; those still open end with the text."""
        while self._stack:
            self._pop(self._length, None)
        return tuple(sorted(self._found, key=lambda raw: (raw.start, -raw.end)))

    def _other_family(self, family: str) -> str:
        """What a mark closes that nothing of its own family waits for."""
        closers = _CLOSED_BY.get(self.top, "")
        if closers and not any(self.to_come[mark] for mark in closers):
            return self.top  # « oui ”: its own mark does not come any more
        return _CARRIED if self.is_open[_CARRIED] else family

    def _push(self, level: _Level) -> None:
        self._stack.append(level)
        self.is_open[level.family] += 1

    def _pop(self, end: int, close_at: int | None) -> None:
        level = self._stack.pop()
        self.is_open[level.family] -= 1
        if close_at is None and level.family in _SINGLES:
            return  # it was an apostrophe
        open_at = self._continuation if level.family == _CARRIED else level.start
        self._found.append(_Raw(level.start, end, level.family, open_at, close_at))


def _with_depth(found: Iterable[_Raw], *, runs_on: bool) -> Iterator[tuple[_Raw, int]]:
    """Each quotation with its depth.

    A forgotten mark must not push what follows one level down: a level that was never closed
    does not count, unless the quotation runs on into the next paragraph.
    """
    enclosing: list[_Raw] = []
    forgotten = 0
    for raw in found:
        while enclosing and enclosing[-1].end <= raw.start:
            forgotten -= enclosing.pop().close_at is None
        yield raw, len(enclosing) - (0 if runs_on else forgotten)
        enclosing.append(raw)
        forgotten += raw.close_at is None


def _read(text: str, at: int, is_open: Counter[str], top: str) -> tuple[Role | None, str]:
    """What the mark at `at` does, and its family; no role for an apostrophe or a prime."""
    mark = text[at]
    if mark == STRAIGHT_MARK:
        return _read_straight(text, at, is_open), mark
    if mark in SINGLE_MARKS:
        return _read_single(text, at, top), SINGLE_MARKS[mark]
    if mark in "“”":
        return _read_curly(text, at, is_open)
    if mark in OPENING_MARKS:
        return Role.OPEN, OPENING_MARKS[mark]
    return Role.CLOSE, CLOSING_MARKS[mark]


def _read_curly(text: str, at: int, is_open: Counter[str]) -> tuple[Role, str]:
    """What “ or ” does: „so“, „so” and, where one key was used for both, “so“ or ”so”."""
    may_open, may_close = _neighbours(text, at)
    if is_open["“"]:
        closes = text[at] == "”" or (may_close and not may_open)
        return (Role.CLOSE if closes else Role.OPEN), "“"
    if is_open["„"]:
        return Role.CLOSE, "„"
    opens = text[at] == "“" or (may_open and not may_close)
    return (Role.OPEN if opens else Role.CLOSE), "“"


def _neighbours(text: str, at: int) -> tuple[bool, bool]:
    """Whether the characters around a mark let it open, and let it close."""
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    return not before or before in _BEFORE_OPENING, not after or after in _AFTER_CLOSING


def _read_straight(text: str, at: int, is_open: Counter[str]) -> Role | None:
    """The direction of a straight double mark, from its neighbours; none for inches."""
    may_open, may_close = _neighbours(text, at)
    inside = bool(is_open[STRAIGHT_MARK] or is_open[_CARRIED])
    if text[max(0, at - 1) : at].isdigit() and _is_inches(text, at, inside=inside):
        return None
    if not may_open and not may_close and _is_elided(text, at, text[at + 1]):
        return None  # l"équipe: a slip for the apostrophe
    if may_open == may_close:
        return Role.CLOSE if inside else Role.OPEN
    return Role.OPEN if may_open else Role.CLOSE


def _is_inches(text: str, at: int, *, inside: bool) -> bool:
    """Whether the mark after a digit measures: 12", 5'10", "un écran de 12" à bas prix"."""
    if not inside or re.search(r"\d['’′]\d{1,2}$", text[max(0, at - 4) : at]):
        return True
    other = text.find(STRAIGHT_MARK, at + 1)
    if other < 0:
        return False
    may_open, may_close = _neighbours(text, other)
    return may_close and not may_open


def _read_single(text: str, at: int, top: str) -> Role | None:
    """Whether ‘ ’ or ' opens or closes; mostly it is an apostrophe."""
    mark, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if after == "n" and text[at + 2 : at + 3] in ("'", "’"):
        return None  # rock ’n’ roll
    if mark != "‘" and top == SINGLE_MARKS[mark] and not after.isalnum():
        return None if _is_elided(text, at, after) else Role.CLOSE
    opens = mark != "’" and (not before or before in _BEFORE_OPENING) and after.strip(BLANKS) != ""
    if not opens or (before and before in BLANKS and _is_elided(text, at - 1, after)):
        return None
    return Role.OPEN


def _is_elided(text: str, end: int, after: str) -> bool:
    """Whether the word before `end` is an elided one: d’ « ici », j 'ai.

    A capital ("Vitamin C’") is one only where the next character is the start of its word.
    """
    word = re.search(r"[^\W\d_]*$", text[max(0, end - 8) : max(0, end)])
    elided = word.group() if word else ""
    in_one = after in OPENING_MARKS or after.isalpha()
    return elided in ELISIONS or (elided.lower() in ELISIONS and in_one)
