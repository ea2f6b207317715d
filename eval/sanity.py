"""What makes a score meaningless although it can be computed: said before anything is scored.

What cannot be scored raises; what can be scored but misleads becomes a Note.
"""

import html
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from eval.values import Note
from translate.errors import InputError

#: Below this BLEU a hypothesis in the right language is suspected to be in the wrong order.
NEAR_ZERO_BLEU = 5.0
#: How many segments are looked up to find out about the order.
ORDER_SAMPLE = 200
#: Share of looked-up segments that must have their best match at the same distance.
ORDER_SHARE = 0.3
#: Words of a segment that must be found in its best match for the match to count.
MATCH_SHARE = 0.3

_ENTITY = re.compile(r"&(?:quot|apos|amp|lt|gt|nbsp|#\d{1,5}|#x[0-9a-fA-F]{1,4});")


def check_shapes(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str]],
    **parallel: Sequence[str],
) -> None:
    """Hold every stream to the length of the first reference; InputError names the odd one.

    sacreBLEU's Python interface zips: three hypotheses against one reference score 100.
    """
    if not systems:
        raise InputError("no hypotheses were given: give at least one system's output")
    if not references or not references[0]:
        raise InputError("no references were given: give at least one reference per segment")
    if isinstance(references[0], str):
        raise InputError("references is one string a segment: give a list of references, [[...]]")
    expected = len(references[0])
    for number, stream in enumerate(references[1:], start=2):
        _check_length(f"reference {number}", stream, expected)
    for name, stream in systems.items():
        _check_length(f"hypothesis {name!r}", stream, expected)
        if not any(segment.strip() for segment in stream):
            raise InputError(f"hypothesis {name!r} is empty in every segment: nothing to score")
    for name, stream in parallel.items():
        if stream:
            _check_length(name, stream, expected)


def _check_length(name: str, stream: Sequence[str], expected: int) -> None:
    if isinstance(stream, str):
        raise InputError(f"{name} is one string: give a sequence with one string per segment")
    if len(stream) != expected:
        raise InputError(
            f"{name} has {len(stream)} segments, the reference has {expected}: "
            "align them, one hypothesis per reference segment"
        )


def notes_on_text(
    name: str, hypotheses: Sequence[str], references: Sequence[Sequence[str]]
) -> list[Note]:
    """What can be seen without scoring: copies of a reference and empty segments."""
    notes = []
    for number, reference in enumerate(references, start=1):
        if list(hypotheses) == list(reference):
            notes.append(Note(name, f"is reference {number} itself, word for word"))
    empty = sum(not segment.strip() for segment in hypotheses)
    if empty:
        notes.append(Note(name, f"leaves {empty} of {len(hypotheses)} segments empty"))
    return notes


def entity_segments(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> int:
    """Segments with HTML entities that no reference of theirs has."""
    rows = zip(hypotheses, *references, strict=True)
    return sum(
        bool(_ENTITY.search(segment)) and not any(map(_ENTITY.search, others))
        for segment, *others in rows
    )


def unescape(hypotheses: Sequence[str]) -> list[str]:
    """The hypotheses with their HTML entities resolved."""
    return [html.unescape(segment) for segment in hypotheses]


def find_shift(hypotheses: Sequence[str], reference: Sequence[str]) -> int | None:
    """How many places the hypotheses lie after their references.

    0 where most sit at their own place or match nothing; None where they match references, but
    at no common distance (shuffled or sorted). One hypothesis line missing at the start gives -1.
    """
    bags = [Counter(segment.lower().split()) for segment in reference]
    places: dict[str, list[int]] = defaultdict(list)
    for place, bag in enumerate(bags):
        for word in bag:
            places[word].append(place)
    step = max(1, len(hypotheses) // ORDER_SAMPLE)
    looked = range(0, len(hypotheses), step)
    matches = [(at, _best_match(hypotheses[at], places, bags)) for at in looked]
    shifts = Counter(at - match for at, match in matches if match is not None)
    if shifts.total() < ORDER_SHARE * len(looked):
        return 0
    shift, votes = shifts.most_common(1)[0]
    return shift if votes >= ORDER_SHARE * shifts.total() else None


def _best_match(
    segment: str, places: Mapping[str, list[int]], bags: Sequence[Counter[str]]
) -> int | None:
    """The reference that shares the most words, rare words first; None without a good one."""
    words = Counter(segment.lower().split())
    votes: Counter[int] = Counter()
    for word in sorted(words, key=lambda word: len(places.get(word, ())))[:8]:
        hits = places.get(word, ())
        for place in hits[:500]:
            votes[place] += 1 / len(hits)  # type: ignore[assignment]
    if not votes:
        return None
    best = max(votes, key=lambda place: votes[place])
    shared = (words & bags[best]).total()
    return best if shared >= MATCH_SHARE * max(words.total(), bags[best].total()) else None


def shifted(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]], shift: int
) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Both sides cut so that hypothesis i + shift lies beside reference i."""
    if shift >= 0:
        end = len(hypotheses) - shift
        return hypotheses[shift:], [stream[:end] for stream in references]
    return hypotheses[:shift], [stream[-shift:] for stream in references]
