"""An article cut anew: two sentences joined, one parted, a block of another kind.

All are documents of the same text. Rows are counted over the whole article, from 0.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from translate.document import Block, Document, Kind, Language, Segment
from translate.errors import InputError


def joined(document: Document, position: int) -> Document:
    """A sentence and the next one as one; InputError where the next one is of another block."""
    number, index = place(document, position)
    segments = document.blocks[number].segments
    if index + 1 == len(segments):
        raise InputError(f"sentence {position + 1} is the last of its block: none can be joined")
    one, two = segments[index : index + 2]
    french = Language.FRENCH in (one.language, two.language)
    language = Language.FRENCH if french else one.language
    whole = Segment(one.start, two.end, language)
    return _with(document, number, (*segments[:index], whole, *segments[index + 2 :]))


def parted(document: Document, position: int, at: int) -> Document:
    """A sentence as two, the second from `at` (a character of it) on; InputError at its ends."""
    number, index = place(document, position)
    segments = document.blocks[number].segments
    given = segments[index]
    text = document.of(given)
    end = given.start + len(text[:at].rstrip())
    start = given.end - len(text[at:].lstrip())
    if not given.start < end <= start < given.end:
        raise InputError("both parts of a sentence need words; choose a place between two words")
    parts = replace(given, end=end), replace(given, start=start)
    return _with(document, number, (*segments[:index], *parts, *segments[index + 1 :]))


def as_kind(document: Document, position: int, kind: Kind) -> Document:
    """The block of a row as another kind."""
    number, _ = place(document, position)
    blocks = list(document.blocks)
    blocks[number] = replace(blocks[number], kind=kind)
    return replace(document, blocks=tuple(blocks))


def place(document: Document, position: int) -> tuple[int, int]:
    """The block of a row, and which of its sentences it is; InputError where there is none."""
    sizes = [len(block.segments) for block in document.blocks]
    for number, end in enumerate(accumulate(sizes)):
        if 0 <= position < end:
            return number, position - end + sizes[number]
    raise InputError(f"there is no sentence {position + 1}; the article has {sum(sizes)}")


def rows_of(document: Document, number: int) -> range:
    """The positions of the rows of a block."""
    first = sum(len(block.segments) for block in document.blocks[:number])
    return range(first, first + len(document.blocks[number].segments))


def _with(document: Document, number: int, segments: Sequence[Segment]) -> Document:
    blocks: list[Block] = list(document.blocks)
    blocks[number] = replace(blocks[number], segments=tuple(segments))
    return replace(document, blocks=tuple(blocks))
