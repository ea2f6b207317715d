"""Line breaks inside a paragraph: those that end a line part units, the others go with the words.

A break behind which a line begins, as in an address or a list, ends a unit. One in the middle of a
sentence is no concern of the translator: it is left out, and stands in the English at the share of
the words that it had in the French. Line ends that a translator writes count more than both.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import regex

from translate.article.language_words import FRENCH_FUNCTION
from translate.formats.base import C, English, Words, core_of, has_words
from translate.notation import markup
from translate.notation.markup import TokenKind

#: A line that goes on after a break begins in small letters.
_LINE = regex.compile(r"[\p{Lu}\d«“\"•–—-]")
#: Share of the breaks of a paragraph from which it is made of lines, small letters or not.
_MOST = 0.5
#: Characters that a cut may be from its place to stand behind a mark of punctuation.
_WORTH = 6


@dataclass(frozen=True, slots=True)
class Lines:
    """The units of a paragraph.

    `between` stands before, between and behind them: blanks and codes, one more than there are
    units. `breaks` has the breaks inside each unit, `lengths` the characters that they part, with
    the blank between two lines.
    """

    units: tuple[str, ...]
    between: tuple[str, ...]
    breaks: tuple[tuple[str, ...], ...]
    lengths: tuple[tuple[int, ...], ...]

    def whole(self, english: Sequence[English], line_end: Callable[[], str] | None = None) -> str:
        """The paragraph with its English; `line_end` gives a code for one that is new."""
        parts = [self.between[0]]
        for number, one in enumerate(english):
            parts += [self.broken(number, one.text, line_end), self.between[number + 1]]
        return "".join(parts)

    def broken(self, number: int, text: str, line_end: Callable[[], str] | None = None) -> str:
        """The English of a unit with its line breaks."""
        breaks = list(self.breaks[number])
        lines = text.split("\n") if line_end else [text]
        if line_end and len(lines) > 1 and "\n" not in self.units[number]:
            breaks += [line_end() for _ in lines[len(breaks) + 1 :]]
        else:
            lengths = self.lengths[number]
            lines = shared(text, lengths, balanced=True) if breaks and text else [text]
        joints = [*breaks[: len(lines) - 1], ""]
        return "".join(line + joint for line, joint in zip(lines, joints, strict=True))


_NOTHING = Lines((), ("",), (), ())


def begins_line(text: str, before: str = "") -> bool:
    """Whether what follows a line break reads as a line of its own, and not on from `before`.

    >>> begins_line("12 euros"), begins_line("et le pont"), begins_line("Lyon", "le maire de")
    (True, False, False)
    """
    last = before.split()[-1:]
    runs_on = last != [] and last[0] in FRENCH_FUNCTION
    return not runs_on and _LINE.match(text.lstrip()) is not None


def lines_of(words: Words[C], *, parted: bool = True) -> Lines:
    """The units of a paragraph; in one: `parted` is False where its lines are apart already."""
    core = core_of(_outside_pairs(words.text, words.breaks))
    if not words.breaks:
        found = has_words(core.text)
        return Lines((core.text,), (core.lead, core.trail), ((),), ((),)) if found else _NOTHING
    cuts = _cuts(core.text, words) if parted else []
    before, units, between = core.lead, [], []
    for piece in _sliced(core.text, cuts):
        inner = core_of(piece)
        if not has_words(inner.text):
            before += piece
            continue
        between.append(before + inner.lead)
        before = inner.trail
        units.append(inner.text)
    tabs, soft = (
        "".join(code for code, always in words.breaks.items() if always is kind)
        for kind in (True, False)
    )
    broken = [_broken(_apart(unit, tabs), soft) for unit in units]
    return Lines(
        tuple(" ".join(lines) for lines, _ in broken),
        (*between, before + core.trail),
        tuple(tuple(breaks) for _, breaks in broken),
        tuple(tuple(len(markup.without_codes(line)) + 1 for line in lines) for lines, _ in broken),
    )


def dealt(lines: Iterable[Lines], english: Sequence[English]) -> Iterator[Sequence[English]]:
    """The English of each paragraph."""
    at = 0
    for one in lines:
        yield english[at : at + len(one.units)]
        at += len(one.units)


def shared(text: str, lengths: Sequence[int], *, balanced: bool = False) -> list[str]:
    """A text cut between its words into parts as long, to each other, as `lengths`.

    A cut behind a mark of punctuation is worth a few characters, unless the parts are to be
    `balanced`, as the lines of a cue are.

    >>> shared("When he came back, the bridge was closed.", [19, 20])
    ['When he came back,', 'the bridge was closed.']
    """
    words = text.split(" ")
    parts: list[str] = []
    ends = _ends(words)
    total, whole = ends[-1] if ends else 0, sum(lengths) or 1
    first, goal = 0, 0.0
    for number, length in enumerate(lengths[:-1]):
        goal += total * length / whole
        later = len(lengths) - number - 1
        choices = range(min(first + 1, len(words)), max(first + 1, len(words) - later) + 1)
        cut = min(
            (c for c in choices if c <= len(words)),
            key=lambda c: abs(ends[c - 1] - goal) - (0 if balanced else _worth(words[c - 1])),
            default=len(words),
        )
        parts.append(" ".join(words[first:cut]))
        first = cut
    return [*parts, " ".join(words[first:])]


def _ends(words: Sequence[str]) -> list[int]:
    """Where each word ends, codes not counted."""
    ends, at = [], 0
    for word in words:
        at += len(markup.without_codes(word)) + 1
        ends.append(at - 1)
    return ends


def _worth(word: str) -> int:
    return _WORTH if markup.without_codes(word).endswith((",", ".", ";", ":", "!", "?", "…")) else 0


def _outside_pairs(text: str, breaks: dict[str, bool]) -> str:
    """A text whose breaks at the edges of a pair of codes stand outside it."""
    if not breaks:
        return text
    signs = "".join(breaks)
    opens, closes = (
        "".join(c for c in text if markup.is_code(c) and markup.code_kind(c) is kind)
        for kind in (TokenKind.OPEN, TokenKind.CLOSE)
    )
    if closes:
        text = regex.sub(rf"([{signs}\s]*[{signs}]\s*)([{closes}]+)", r"\2\1", text)
    return regex.sub(rf"([{opens}]+)(\s*[{signs}][{signs}\s]*)", r"\2\1", text) if opens else text


def _cuts(text: str, words: Words[C]) -> list[int]:
    """Where the breaks stand that part units: none inside a pair of codes."""
    depth, places, depths = 0, [], []
    for at, character in enumerate(text):
        if character in words.breaks:
            places.append(at)
            depths.append(depth)
        elif markup.is_code(character):
            kind = markup.code_kind(character)
            depth += (kind is TokenKind.OPEN) - (kind is TokenKind.CLOSE)
    edges = pairwise([-1, *places, len(text)])
    lines = [markup.without_codes(text[start + 1 : end]) for start, end in edges]
    begins = [begins_line(line, before) for before, line in pairwise(lines)]
    soft = [b for at, b in zip(places, begins, strict=True) if not words.breaks[text[at]]]
    of_lines = sum(soft) > _MOST * len(soft)
    empty = [not line.strip() for line in lines]
    facts = zip(places, depths, begins, pairwise(empty), strict=True)
    return [
        at
        for at, depth, begin, blank in facts
        if not depth and (words.breaks[text[at]] or begin or of_lines or any(blank))
    ]


def _sliced(text: str, cuts: Sequence[int]) -> Iterator[str]:
    """The pieces between the cuts, and what is cut at as pieces of their own."""
    edges = sorted({0, len(text), *cuts, *(cut + 1 for cut in cuts)})
    return (text[start:end] for start, end in pairwise(edges))


def _apart(unit: str, tabs: str) -> str:
    """The words before a tab apart from those behind it."""
    return regex.sub(rf"(?<=\S)(?=[{tabs}])", " ", unit) if tabs else unit


def _broken(unit: str, breaks: str) -> tuple[list[str], list[str]]:
    """The lines of a unit and the breaks between them."""
    if not breaks:
        return [unit], []
    parts = regex.split(rf"\s*([{breaks}])\s*", unit)
    return parts[::2], parts[1::2]
