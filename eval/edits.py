"""The edits of TER, as many as sacreBLEU counts, in a tenth of its time.

TER is the edit distance of words after shifts of runs that lower it (Snover et al., "A Study of
Translation Edit Rate with Targeted Human Annotation", 2006). Which shifts are tried, and which of
them is taken, is as in Tercom and sacreBLEU. Words stand as characters meanwhile, one for each
distinct word of a pair: the distance of a shifted text is RapidFuzz's, and the operations of the
text that shifts start from come from whole rows at once (Hyyrö, "A Bit-Vector Algorithm for
Computing Levenshtein and Damerau Edit Distances", 2003).
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import ceil, inf

from rapidfuzz.distance import Levenshtein

#: How far from its table's diagonal sacreBLEU looks.
BEAM = 25
#: It stops after so many shifts of a segment; of longer runs and over more words it tries none.
MOST_SHIFTS, LONGEST_RUN, FARTHEST = 1000, 10, 50

#: A question about two places.
Asked = Callable[[int, int], bool]

KEPT, REPLACED, DELETED, INSERTED = " ", "s", "d", "i"


def edits(hypothesis: Sequence[str], references: Sequence[Sequence[str]]) -> tuple[int, float]:
    """The fewest edits that make a hypothesis one of its references, and their mean length.

    >>> edits("on Monday he left".split(), ["he left on Monday".split()])
    (1, 4.0)
    """
    counts = (_edits(hypothesis, reference) for reference in references)
    return min(counts), sum(map(len, references)) / len(references)


def _edits(hypothesis: Sequence[str], reference: Sequence[str]) -> int:
    if not reference or hypothesis == reference:
        return 0 if reference else len(hypothesis)
    characters = {word: chr(at) for at, word in enumerate({*hypothesis, *reference}, start=1)}
    text, wanted = ("".join(characters[word] for word in side) for side in (hypothesis, reference))
    before, shifts, tried = distance(text, wanted), 0, 0
    while True:
        shifted, after, tried = _best_shift(text, wanted, before, tried)
        if tried >= MOST_SHIFTS or after >= before:
            return shifts + before
        text, before = shifted, after
        shifts += 1


def _best_shift(text: str, reference: str, before: int, tried: int) -> tuple[str, int, int]:
    """The text after its best shift, its distance, and how many shifts were tried so far.

    The best leaves the least distance; of several the longest run, the first run, the first target.
    """
    best = before, 0, 0, 0
    seen: set[tuple[int, int, int]] = set()
    for start, length, targets in _shifts(text, reference):
        for target in targets:
            shift = start, length, target
            if shift not in seen:
                seen.add(shift)
                after = distance(_shifted(text, *shift), reference, best[0])
                best = min(best, (after, -length, start, target))
        tried += len(targets)
        if tried >= MOST_SHIFTS:
            break
    after, length, start, target = best
    return _shifted(text, start, -length, target), after, tried


def _shifts(text: str, reference: str) -> Iterator[tuple[int, int, list[int]]]:
    """Start and length of each run that the reference has elsewhere, and where it may go.

    Both the run and what stands in its place in the reference must have an error.
    """
    aligned, wrong_text, wrong_reference = _aligned(operations(text, reference))
    places = defaultdict(list)
    for at, word in enumerate(reference):
        places[word].append(at)
    for start, word in enumerate(text):
        for other in places.get(word, ()):
            if abs(other - start) > FARTHEST:
                continue
            length = 0
            while length < LONGEST_RUN and text[start + length] == reference[other + length]:
                length += 1
                ends = start + length, other + length
                if (
                    wrong_text[ends[0]] > wrong_text[start]
                    and wrong_reference[ends[1]] > wrong_reference[other]
                    and not start <= aligned[other + 1] < ends[0]
                ):
                    targets = (after + 1 for after in aligned[other : ends[1] + 1])
                    yield start, length, list(dict.fromkeys(targets))
                if ends[0] == len(text) or ends[1] == len(reference):
                    break


def _aligned(trace: str) -> tuple[list[int], list[int], list[int]]:
    """For each word of the reference its place in the text, after -1 for what is before the first.

    Then the number of errors before each word of the text, and before each of the reference.
    """
    place, aligned = -1, [-1]
    wrong_text, wrong_reference = [], []
    for operation in trace:
        wrong = operation != KEPT
        if operation != INSERTED:
            place += 1
            wrong_text.append(wrong)
        if operation != DELETED:
            aligned.append(place)
            wrong_reference.append(wrong)
    errors_text, errors_reference = (
        list(accumulate(wrong, initial=0)) for wrong in (wrong_text, wrong_reference)
    )
    return aligned, errors_text, errors_reference


def _shifted(text: str, start: int, length: int, target: int) -> str:
    """A text with a run moved before the word at `target`; inside itself, by that many words."""
    run, rest = text[start : start + length], text[:start] + text[start + length :]
    place = target - length if target > start + length else target
    return rest[:place] + run + rest[place:]


def distance(text: str, reference: str, most: int | None = None) -> int:
    """The edit distance; of long texts that differ much, what sacreBLEU's beam finds of it.

    Anything above `most` stands for all that is above it.
    """
    found = Levenshtein.distance(text, reference, score_cutoff=most)
    if (most is not None and found > most) or _is_in_beam(text, reference, found):
        return found  # the beam only adds
    return sum(operation != KEPT for operation in _in_beam(text, reference))


def operations(text: str, reference: str) -> str:
    """What makes a text its reference: replaced rather than deleted, deleted rather than inserted.

    >>> operations("abcd", "bcde")
    'd   i'
    """
    if _is_in_beam(text, reference, Levenshtein.distance(text, reference)):
        return _anywhere(text, reference)
    return _in_beam(text, reference)


def _is_in_beam(text: str, reference: str, found: int) -> bool:
    """Whether no best way leaves the beam, for want of words or of insertions or deletions."""
    one_way = (found + abs(len(reference) - len(text))) / 2  # at most so many of either
    return min(len(reference), one_way) < BEAM - 1  # less one, for rounding


def _anywhere(text: str, reference: str) -> str:
    """The operations, from two facts on each beginning of the text and of the reference.

    Bit j of `same[i]`: the distance of i + 1 words to j + 1 is that of i to j. Bit j of `more[i]`:
    it is one more than that of i to j + 1. `over` and `under` tell where the distance of a
    beginning of the text to j + 1 words is one over and one under that to j.
    """
    masks: dict[str, int] = defaultdict(int)
    for at, word in enumerate(reference):
        masks[word] |= 1 << at
    every = (1 << len(reference)) - 1
    over, under = every, 0
    same, more = [], []
    for word in text:
        alike = masks.get(word, 0)
        kept = ((((alike & over) + over) ^ over) | alike | under) & every
        up, down = under | (every & ~(kept | over)), kept & over
        same.append(kept)
        more.append(up)
        up, down = up << 1 | 1, down << 1
        over, under = (down | ~(kept | up)) & every, up & kept

    def is_diagonal(i: int, j: int) -> bool:
        return text[i] == reference[j] or not same[i] >> j & 1

    return _traced(text, reference, is_diagonal, lambda i, j: more[i] >> j & 1 == 1)


def _in_beam(text: str, reference: str) -> str:
    """The operations that sacreBLEU finds near the diagonal of its table."""
    slope = len(reference) / len(text)
    width = ceil(slope / 2 + BEAM) if slope / 2 > BEAM else BEAM
    end = len(reference) + 1
    table: list[list[float]] = [list(range(end))]
    for size, word in enumerate(text, start=1):
        above, row, middle = table[-1], [inf] * end, int(size * slope)
        first, last = max(0, middle - width), min(end, middle + width)
        if first == 0:
            row[0] = size
        for at in range(max(1, first), end if size == len(text) else last):
            best = above[at - 1] + (word != reference[at - 1])
            row[at] = min(best, above[at] + 1, row[at - 1] + 1)
        table.append(row)

    def is_diagonal(i: int, j: int) -> bool:
        return table[i + 1][j + 1] == table[i][j] + (text[i] != reference[j])

    return _traced(
        text, reference, is_diagonal, lambda i, j: table[i + 1][j + 1] == table[i][j + 1] + 1
    )


def _traced(text: str, reference: str, is_diagonal: Asked, is_deleted: Asked) -> str:
    """The operations, traced back from the ends of both by what led to their distance.

    Of the beginnings of i + 1 and j + 1 words: `is_diagonal` where those of i and j did, whose next
    words are kept or replaced; `is_deleted` where those of i and j + 1 did.
    """
    found, i, j = [], len(text), len(reference)
    while i or j:
        if i and j and is_diagonal(i - 1, j - 1):
            i, j = i - 1, j - 1
            found.append(KEPT if text[i] == reference[j] else REPLACED)
        elif i and (not j or is_deleted(i - 1, j - 1)):
            i -= 1
            found.append(DELETED)
        else:
            j -= 1
            found.append(INSERTED)
    return "".join(reversed(found))
