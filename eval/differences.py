"""A hypothesis word by word beside its reference: what differs, and how."""

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import groupby


class Change(StrEnum):
    """How a word of a hypothesis differs from the reference; `MISSING` is one it has not."""

    NONE = ""
    FORM = "form"  # another ending, other capitals, other marks
    MOVED = "moved"  # the reference has it elsewhere
    OTHER = "other"  # stands in the place of other words
    ADDED = "added"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row of one kind."""

    change: Change
    text: str


#: Words of which so many first letters are the same are forms of one word.
STEM = 4

_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_LETTERS = re.compile(r"\w+")


def differences(hypothesis: str, reference: str) -> list[Run]:
    """The hypothesis in runs, with the words of the reference that it leaves out.

    >>> found = differences("Bridges shut well.", "The bridge shut.")
    >>> [(run.change.value, run.text) for run in found]
    [('form', 'Bridges shut'), ('other', 'well.')]
    """
    found = groupby(_changes(_words(hypothesis), _words(reference)), key=lambda one: one[0])
    return [Run(change, " ".join(word for _, word in words)) for change, words in found]


def _changes(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[Change, str]]:
    matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
    blocks = matcher.get_opcodes()
    lost = Counter(word for tag, a, b, _, _ in blocks if tag != "equal" for word in theirs[a:b])
    new = Counter(word for tag, _, _, a, b in blocks if tag != "equal" for word in ours[a:b])
    moved = lost & new
    for tag, start, end, first, last in blocks:
        if tag == "equal":
            yield from ((Change.NONE, word) for word in ours[first:last])
        elif tag == "delete":
            yield from ((Change.MISSING, word) for word in theirs[start:end] if not moved[word])
        else:
            there = theirs[start:end]
            yield from ((_change(word, there, moved), word) for word in ours[first:last])


def _change(word: str, there: Sequence[str], moved: Counter[str]) -> Change:
    if moved[word]:
        return Change.MOVED
    if any(_alike(word, other) for other in there):
        return Change.FORM
    return Change.OTHER if there else Change.ADDED


def _alike(word: str, other: str) -> bool:
    ours, theirs = _bare(word), _bare(other)
    if ours == theirs:
        return ours != ""
    return min(len(ours), len(theirs)) >= STEM and ours[:STEM] == theirs[:STEM]


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    """A word in small letters without its marks."""
    return "".join(_LETTERS.findall(word)).casefold()


@lru_cache(maxsize=8)
def _words(text: str) -> list[str]:
    return _CONTROL.sub(" ", text).split()
