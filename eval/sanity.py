"""What makes a score meaningless although it can be computed: said before anything is scored.

What cannot be scored raises; what can be scored but misleads becomes a Note.
"""

import html
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.values import Data, Note
from translate.article.language import identify
from translate.document import Language
from translate.errors import InputError

#: Below this BLEU a hypothesis in the right language is suspected to be in the wrong order.
NEAR_ZERO_BLEU = 5.0
#: How many segments are looked up to find out about the order.
ORDER_SAMPLE = 200
#: Share of looked-up segments that must have their best match at the same distance.
ORDER_SHARE = 0.3
#: Words of a segment that must be found in its best match for the match to count.
MATCH_SHARE = 0.3

#: Segments whose language is looked at.
LANGUAGE_SAMPLE = 100
#: Segments that must lie at one other distance, and the share that may lie elsewhere, where lines
#: are said to slip.
SLIP_VOTES = 5
SLIP_CHANCE = 0.1

#: Zero-width spaces and joiners, marks of direction, word joiners, byte order marks, soft hyphens.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
#: A space before a comma, stop, colon or semicolon, and the share of segments with one from which a
#: text is taken for tokenized; of real systems on newstest2013 at most 0.5 % have one.
_SPACED = re.compile(r"\w [,.;:](?: |$)")
TOKENIZED_SHARE = 0.1
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


def notes_on_sides(data: Data) -> Iterator[Note]:
    """Sides that are in the wrong language: swapped files score as if they were right."""
    if not data.sources:
        return
    if _mostly(data.sources, Language.ENGLISH) and _mostly(data.references[0], Language.FRENCH):
        yield Note(data.name, "has English sources and French references: the files are swapped")
    elif _mostly(data.references[0], Language.FRENCH):
        yield Note(data.name, "has French references")


def notes_on_text(name: str, hypotheses: Sequence[str], data: Data) -> Iterator[Note]:
    """What can be seen without scoring: copies, empty segments, the wrong language."""
    for number, reference in enumerate(data.references, start=1):
        if list(hypotheses) == list(reference):
            yield Note(name, f"is reference {number} itself, word for word")
    if data.sources and list(hypotheses) == list(data.sources):
        yield Note(name, "is the source itself, word for word")
    elif data.sources and _mostly(hypotheses, Language.FRENCH):
        yield Note(name, "is French in most segments")
    spaced = _spaced(hypotheses)
    if spaced > TOKENIZED_SHARE * len(hypotheses) > max(map(_spaced, data.references)):
        yield Note(
            name,
            f"has a space before commas or stops in {spaced} of {len(hypotheses)} segments, as "
            "tokenized text has: detokenize it first",
        )
    empty = sum(not segment.strip() for segment in hypotheses)
    if empty:
        yield Note(name, f"leaves {empty} of {len(hypotheses)} segments empty")


def only_case(segments: Sequence[str]) -> str:
    """What all letters are, where they are of one case: "small letters", "capitals"; else "".

    >>> only_case(["the senate voted.", "it rained."])
    'small letters'
    """
    text = "".join(segments)
    return "small letters" if text.islower() else "capitals" if text.isupper() else ""


def _spaced(segments: Sequence[str]) -> int:
    return sum(_SPACED.search(segment) is not None for segment in segments)


def _mostly(segments: Sequence[str], language: Language) -> bool:
    looked = segments[:: max(1, len(segments) // LANGUAGE_SAMPLE)]
    return 2 * sum(identify(segment) is language for segment in looked) > len(looked)


@dataclass(frozen=True, slots=True)
class Repair:
    """Characters that a file's way into this program has spoilt, and how they are mended."""

    what: str
    done: str
    found: Callable[[str], bool]
    mend: Callable[[str], str]
    advice: str = ""

    def segments(self, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> int:
        """Segments that are spoilt although no reference of theirs is."""
        rows = zip(hypotheses, *references, strict=True)
        return sum(
            self.found(segment) and not any(map(self.found, others)) for segment, *others in rows
        )


def _has_entity(text: str) -> bool:
    return _ENTITY.search(text) is not None


def _has_invisible(text: str) -> bool:
    return _INVISIBLE.search(text) is not None


def _is_decomposed(text: str) -> bool:
    return not unicodedata.is_normalized("NFC", text)


ENTITIES = Repair(
    "HTML entities (&quot;, &#39; ...)",
    "unescaped",
    _has_entity,
    html.unescape,
    " (--unescape scores and measures it so too)",
)
REPAIRS = (
    ENTITIES,
    Repair(
        "characters that cannot be seen (zero-width, soft hyphens)",
        "without them",
        _has_invisible,
        lambda text: _INVISIBLE.sub("", text),
    ),
    Repair(
        "letters in two parts (Unicode NFD)",
        "composed",
        _is_decomposed,
        lambda text: unicodedata.normalize("NFC", text),
    ),
)


def with_unescaped(
    systems: Mapping[str, Sequence[str]], references: Sequence[Sequence[str]]
) -> dict[str, Sequence[str]]:
    """The systems, and beside each that has HTML entities the same without them."""
    found: dict[str, Sequence[str]] = {}
    for name, hypotheses in systems.items():
        found[name] = hypotheses
        if ENTITIES.segments(hypotheses, references):
            found[f"{name}, unescaped"] = list(map(ENTITIES.mend, hypotheses))
    return found


@dataclass(frozen=True, slots=True)
class Match:
    """A segment that was looked up, and the reference that it is most like."""

    at: int
    match: int | None

    @property
    def shift(self) -> int | None:
        """How many places the segment lies after its reference."""
        return None if self.match is None else self.at - self.match


class Finder:
    """Finds the reference that a segment is most like."""

    def __init__(self, reference: Sequence[str]) -> None:
        """The index of the references' words is made when it is first needed."""
        self._reference = reference

    @cached_property
    def _bags(self) -> list[Counter[str]]:
        return [Counter(segment.lower().split()) for segment in self._reference]

    @cached_property
    def _places(self) -> Mapping[str, list[int]]:
        places: dict[str, list[int]] = defaultdict(list)
        for place, bag in enumerate(self._bags):
            for word in bag:
                places[word].append(place)
        return places

    def matches(self, hypotheses: Sequence[str]) -> list[Match]:
        """Some of the segments, evenly spread, with the references they are most like."""
        step = max(1, len(hypotheses) // ORDER_SAMPLE)
        return [Match(at, self._best(hypotheses[at])) for at in range(0, len(hypotheses), step)]

    def _best(self, segment: str) -> int | None:
        """The reference that shares the most words, rare words first; None without a good one."""
        words = Counter(segment.lower().split())
        votes: Counter[int] = Counter()
        for word in sorted(words, key=lambda word: len(self._places.get(word, ())))[:8]:
            hits = self._places.get(word, ())
            for place in hits[:500]:
                votes[place] += 1 / len(hits)  # type: ignore[assignment]
        if not votes:
            return None
        best = max(votes, key=lambda place: votes[place])
        shared = (words & self._bags[best]).total()
        most = max(words.total(), self._bags[best].total())
        return best if shared >= MATCH_SHARE * most else None


def find_shift(matches: Sequence[Match]) -> int | None:
    """How many places all hypotheses lie after their references.

    0 where most sit at their own place or match nothing; None where they match references, but
    at no common distance (shuffled or sorted). One hypothesis line missing at the start gives -1.
    """
    shifts = Counter(match.shift for match in matches if match.shift is not None)
    if shifts.total() < ORDER_SHARE * len(matches):
        return 0
    shift, votes = shifts.most_common(1)[0]
    return shift if votes >= ORDER_SHARE * shifts.total() else None


@dataclass(frozen=True, slots=True)
class Slip:
    """From the segment at `start` on, the hypotheses lie `shift` places after their references."""

    start: int
    shift: int


def find_slip(matches: Sequence[Match]) -> Slip | None:
    """Where the lines slip although the first ones are in their places; None where none do.

    All that match after the place have one common distance, all before it none (one in ten may
    match elsewhere by chance).
    """
    found = [match for match in matches if match.shift is not None]
    other = Counter(match.shift for match in found if match.shift)
    if not other:
        return None
    shift, votes = other.most_common(1)[0]
    moved = [match.shift == shift for match in found]
    start = _best_cut(moved)
    after = moved[start:]
    chance = (sum(moved[:start]) + len(after) - sum(after)) / len(found)
    if votes < SLIP_VOTES or shift is None or chance > SLIP_CHANCE:
        return None
    return Slip(found[start].at, shift)


def _best_cut(moved: Sequence[bool]) -> int:
    """The place that best parts False before from True after it."""
    best = count = sum(moved)
    place = 0
    for at, one in enumerate(moved, start=1):
        count += -1 if one else 1
        if count > best:
            best, place = count, at
    return place


def put_back(hypotheses: Sequence[str], slip: Slip) -> list[str]:
    """The hypotheses with empty lines where some were lost, or without those that were added."""
    before, after = list(hypotheses[: slip.start]), list(hypotheses[slip.start :])
    if slip.shift < 0:
        return [*before, *[""] * -slip.shift, *after][: len(hypotheses)]
    return [*before, *after[slip.shift :], *[""] * slip.shift]


def shifted(
    hypotheses: Sequence[str], references: Sequence[Sequence[str]], shift: int
) -> tuple[Sequence[str], list[Sequence[str]]]:
    """Both sides cut so that hypothesis i + shift lies beside reference i."""
    if shift >= 0:
        end = len(hypotheses) - shift
        return hypotheses[shift:], [stream[:end] for stream in references]
    return hypotheses[:shift], [stream[-shift:] for stream in references]
