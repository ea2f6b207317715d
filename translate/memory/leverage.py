"""What a job would take: words that are new, repeated, or in a memory."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.document import Document, Language, Match
from translate.memory.matches import CONTEXT, EXACT, FUZZY, neighbours_of, recall
from translate.memory.store import Memory, folded

#: The bands of a report, in its order, each with its least score.
_BANDS = {"context": CONTEXT, "exact": EXACT, "95-99": 95, "85-94": 85, "75-84": FUZZY}
BANDS = ("context", "exact", "repeated", "95-99", "85-94", "75-84", "new", "kept")
_WORD = regex.compile(r"[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}’'.,-]*[\p{L}\p{N}])?+")


@dataclass(frozen=True, slots=True)
class Line:
    """How many sentences and French words of a file are in a band."""

    file: str
    band: str
    segments: int
    words: int


def report(files: Iterable[tuple[str, Document]], paths: Sequence[str]) -> list[Line]:
    """A line for each band of each file. "repeated": it stands earlier in the job; "kept": no
    French, so nothing to do.
    """
    seen: set[str] = set()
    lines: list[Line] = []
    with ExitStack() as stack:
        memories = [stack.enter_context(Memory(Path(path))) for path in paths]
        for name, document in files:
            segments, words = Counter[str](), Counter[str]()
            for band, count in _banded(document, memories, seen):
                segments[band] += 1
                words[band] += count
            lines += [Line(name, band, segments[band], words[band]) for band in BANDS]
    return lines


def total(lines: Iterable[Line]) -> list[Line]:
    """The sum of all files, a line for each band."""
    segments, words = Counter[str](), Counter[str]()
    for line in lines:
        segments[line.band] += line.segments
        words[line.band] += line.words
    return [Line("total", band, segments[band], words[band]) for band in BANDS]


def _banded(
    document: Document, memories: Sequence[Memory], seen: set[str]
) -> Iterator[tuple[str, int]]:
    for segment, (before, after) in neighbours_of(document).items():
        text = document.of(segment)
        count = sum(1 for _ in _WORD.finditer(text))
        if segment.language is not Language.FRENCH:
            yield "kept", count
            continue
        yield _band(recall(memories, text, before, after), folded(text) in seen), count
        seen.add(folded(text))


def _band(matches: Sequence[Match], is_seen: bool) -> str:
    best = max((match.score for match in matches), default=0)
    if is_seen and best < EXACT:
        return "repeated"
    return next((band for band, least in _BANDS.items() if best >= least), "new")
