"""The values that travel through the desk, and their invariants.

All offsets are code points in `Document.text`. Every character of the text is in exactly one
segment or in exactly one gap between segments; `Document.__post_init__` holds it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from translate.findings import sentence


class Kind(StrEnum):
    """What a block is to a newsroom."""

    TITLE = "title"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    FURNITURE = "furniture"
    CELL = "cell"  # of a table
    ENTRY = "entry"  # the time, or the first line, of an entry of a live blog
    VERSE = "verse"
    DIALOGUE = "dialogue"  # a turn of a dialogue or interview


class Language(StrEnum):
    """The language of a span; `zxx` is ISO 639's code for "no linguistic content"."""

    FRENCH = "fr"
    ENGLISH = "en"
    NEITHER = "zxx"


class Severity(StrEnum):
    """How much a finding asks of the reviser."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Origin(StrEnum):
    """Where the target of a segment came from."""

    KEPT = "kept"  # not French: passed through byte for byte
    MODEL = "model"  # one hypothesis for the whole segment
    PIECES = "pieces"  # translated in pieces and joined
    MEMORY = "memory"  # a translation memory has the same sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """What a reviser would mark: a code, how grave it is, and the values of its sentence.

    The code is the check's name and what it found: `numbers.missing`. The sentences are in
    `findings.json`.

    >>> Finding("numbers.missing", Severity.ERROR, ("12",)).message
    '12 in the French, no such number in the English'
    """

    code: str
    severity: Severity
    values: tuple[str, ...] = ()

    @property
    def check(self) -> str:
        """The name of the check that found it."""
        return self.code.partition(".")[0]

    @property
    def message(self) -> str:
        """One plain English sentence."""
        return sentence(self.code, self.values)

    def as_dict(self) -> dict[str, Any]:
        """As plain values, its sentence among them."""
        return {
            "check": self.check,
            "code": self.code,
            "severity": self.severity.value,
            "values": list(self.values),
            "message": self.message,
        }


@dataclass(frozen=True, slots=True)
class Segment:
    """A sentence: the unit that is translated. Never empty, no white space at its ends."""

    start: int
    end: int
    language: Language = Language.FRENCH


@dataclass(frozen=True, slots=True)
class Block:
    """A title, paragraph, caption, ...: `text[start:end]`, without its markup (`## `, `- `)."""

    start: int
    end: int
    kind: Kind
    language: Language = Language.FRENCH
    segments: tuple[Segment, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """The file that the English is put back into: its format (one of `formats.FORMATS`), its bytes.

    `parts` are the columns or fields that are translated; `article`: the main article only.
    """

    format: str
    data: bytes
    parts: tuple[str, ...] = ()
    article: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it was given, with its blocks in order.

    Where it came in a `file` that has more than text, each block is a unit of that file, and codes
    in the text (`notation.markup`) stand for what the file has inside its sentences. `findings` are
    what its reader has to say.
    """

    text: str
    blocks: tuple[Block, ...] = ()
    markdown: bool = False
    file: SourceFile | None = None
    findings: tuple[Finding, ...] = ()

    def __post_init__(self) -> None:
        """Hold the invariant: ordered, inside the text, no overlap, no empty span."""
        last = 0
        for block in self.blocks:
            if not last <= block.start < block.end <= len(self.text):
                raise ValueError(f"block {block.start}-{block.end} overlaps or leaves the text")
            last = block.start
            for segment in block.segments:
                if not last <= segment.start < segment.end <= block.end:
                    raise ValueError(f"segment {segment.start}-{segment.end} overlaps or leaves")
                last = segment.end
            last = block.end

    def of(self, span: Block | Segment) -> str:
        """The text of a block or a segment."""
        return self.text[span.start : span.end]

    def segments(self) -> Iterator[Segment]:
        """All segments in order."""
        return (segment for block in self.blocks for segment in block.segments)

    def gaps(self) -> Iterator[str]:
        """The text before, between and after the segments: one more than there are segments."""
        last = 0
        for segment in self.segments():
            yield self.text[last : segment.start]
            last = segment.end
        yield self.text[last:]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One candidate of the beam; `score` is the mean log-probability per target token."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Match:
    """What a translation memory has for a sentence, and how like its own French is.

    `score`: 101 the same between the same neighbours, 100 the same, less: much like it, in percent;
    then `target` has the numbers, names and links of the sentence at hand. `origin` says where the
    memory has it from.
    """

    source: str
    target: str
    score: int
    origin: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether it takes the place of a model's answer."""
        return self.score >= 100


@dataclass(frozen=True, slots=True)
class TranslatedSegment:
    """A segment with its English, where it came from, and what a reviser should look at.

    `alternatives` are the other hypotheses of the beam, finished like the target, best first: most
    of them when somebody looks.
    `score` is None where no model was asked. `matches` are those of the memories, best first.
    """

    segment: Segment
    source: str
    target: str
    origin: Origin
    score: float | None = None
    alternatives: Sequence[Hypothesis] = ()
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class TranslatedBlock:
    """A block with its translated segments; `skipped` blocks are left out of the output."""

    block: Block
    segments: tuple[TranslatedSegment, ...]
    skipped: bool = False

    def text(self, document: Document) -> str:
        """The block in English; what stands between its segments stays as it was.

        Only around translated segments it is set anew: a hard-wrapped line end becomes a space,
        and sentences that were glued together are parted.
        """
        parts: list[str] = []
        last, before = self.block.start, Origin.KEPT
        for index, translated in enumerate(self.segments):
            gap = document.text[last : translated.segment.start]
            new = before is not Origin.KEPT or translated.origin is not Origin.KEPT
            parts.append(_parted(gap) if new and index else gap)
            parts.append(translated.target)
            last, before = translated.segment.end, translated.origin
        return "".join(parts) + document.text[last : self.block.end]


@dataclass(frozen=True, slots=True)
class Translation:
    """A whole article in English: what the writers, the web desk and the evaluation read."""

    document: Document
    blocks: tuple[TranslatedBlock, ...]
    model: str
    engine: str
    findings: tuple[Finding, ...] = field(default=())

    @property
    def text(self) -> str:
        """The English article in the format of the French one, without the skipped blocks."""
        parts: list[str] = []
        last = 0
        for translated in self.blocks:
            if not translated.skipped:
                gap = self.document.text[last : translated.block.start]
                parts.append(gap if parts else _without_blank_lines(gap, last))
                parts.append(translated.text(self.document))
            last = translated.block.end
        return "".join(parts) + self.document.text[last:]

    def segments(self) -> Iterator[TranslatedSegment]:
        """All translated segments in order, skipped blocks included."""
        return (segment for block in self.blocks for segment in block.segments)

    def with_segments(
        self, change: Callable[[TranslatedSegment], TranslatedSegment]
    ) -> "Translation":
        """The translation with each segment changed."""
        blocks = (
            replace(block, segments=tuple(map(change, block.segments))) for block in self.blocks
        )
        return replace(self, blocks=tuple(blocks))

    def all_findings(self) -> Iterator[Finding]:
        """Findings of the document, then of its segments in order."""
        yield from self.findings
        for segment in self.segments():
            yield from segment.findings


def _parted(gap: str) -> str:
    return gap if gap and not any(end in gap for end in "\r\n") else " " + gap.strip()


def _without_blank_lines(gap: str, last: int) -> str:
    """The gap before the first block that is not skipped: its blank lines go with the others."""
    return gap.lstrip() if last else gap
