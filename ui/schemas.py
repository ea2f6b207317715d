"""The bodies of the plain API, as `GET /openapi.json` describes them (docs/api.md).

What comes in is checked against them. What goes out is only described by them: the tests hold the
answers to them, the server does not spend its time on it.
"""

from typing import Any, Literal

from pydantic import BaseModel, Field

from translate.settings import MAX_SERVED_BEAM
from ui.choices import ALLOWED
from ui.evaluation import MAX_SAMPLES, MAX_SEGMENTS

_SETTINGS: dict[str, Any] = {
    "properties": {
        "model": {"type": ["string", "null"], "description": "one of `models` of GET /health"},
        "beam": {"type": ["integer", "null"], "minimum": 1, "maximum": MAX_SERVED_BEAM},
        **{name: {"enum": [*values, None]} for name, values in ALLOWED.items()},
    },
    "additionalProperties": False,
}
_LINES: dict[str, Any] = {"maxItems": MAX_SEGMENTS}


class Article(BaseModel, extra="forbid", strict=True):
    """A French article."""

    text: str = Field(description="The French article: plain text or Markdown", min_length=1)
    markdown: bool = Field(default=False, description="Whether the text is Markdown")


class Order(Article):
    """A French article and how to translate it."""

    settings: dict[str, Any] = Field(
        default_factory=dict,
        description="What is left out, or null, has its default",
        json_schema_extra=_SETTINGS,
    )


class Streams(BaseModel, extra="forbid", strict=True):
    """What is scored: one entry a segment, all lists of the same length."""

    hypotheses: list[str] = Field(
        description="The translations to be scored", json_schema_extra=_LINES
    )
    references: list[str] = Field(description="What they should say", json_schema_extra=_LINES)
    sources: list[str] = Field(default_factory=list, description="The French, if at hand")
    samples: int = Field(
        default=MAX_SAMPLES, description=f"Bootstrap samples: 0 for none, or 40 to {MAX_SAMPLES}"
    )


class Problem(BaseModel, extra="forbid"):
    """Why a request was refused, in one line."""

    error: str


class Health(BaseModel, extra="forbid"):
    """Whether the desk works."""

    status: Literal["ok"]
    version: str
    models: list[str] = Field(description="What `settings.model` may be, the usual one first")
    waiting: int = Field(description="Unfinished articles")


class Finding(BaseModel, extra="forbid"):
    """What a reviser should look at."""

    check: str
    code: str = Field(description="What was found, such as `numbers.missing`")
    severity: Literal["error", "warning", "info"]
    values: list[str] = Field(description="What the sentence is about")
    message: str = Field(description="The finding as an English sentence")


class Sentence(BaseModel, extra="forbid"):
    """A segment; offsets are code points in the text that came in."""

    start: int
    end: int
    language: str
    source: str


class SegmentedBlock(BaseModel, extra="forbid"):
    """A block of an article."""

    kind: str
    language: str
    segments: list[Sentence]


class Segmented(BaseModel, extra="forbid"):
    """An article without its English."""

    blocks: list[SegmentedBlock]


class Alternative(BaseModel, extra="forbid"):
    """Another hypothesis of the beam."""

    text: str
    score: float


class Match(BaseModel, extra="forbid"):
    """A sentence of a translation memory that is like this one."""

    source: str
    target: str
    score: int
    origin: str


class TranslatedSentence(Sentence):
    """A segment with its English."""

    target: str
    origin: str
    score: float | None = Field(description="Mean log-probability per token")
    alternatives: list[Alternative]
    matches: list[Match]
    findings: list[Finding]


class TranslatedBlock(BaseModel, extra="forbid"):
    """A block of an article with its English."""

    kind: str
    language: str
    skipped: bool = Field(description="Whether it was left out of `text`")
    segments: list[TranslatedSentence]


class Translated(BaseModel, extra="forbid"):
    """An article in English: the JSON of docs/formats.md."""

    source_language: Literal["fr"]
    target_language: Literal["en"]
    model: str
    engine: str
    findings: list[Finding]
    blocks: list[TranslatedBlock]
    text: str


class Score(BaseModel, extra="allow"):
    """A score as `sacrebleu --format json` prints it, with the parts of its signature, and ours."""

    name: str
    score: float
    signature: str
    value: float
    low: float | None
    high: float | None
    segments: int
    data_hash: str


class Measure(BaseModel, extra="allow"):
    """What BLEU does not see (docs/metrics.md)."""

    name: str
    count: float
    total: float
    higher_is_better: bool
    percent: bool
    value: float | None


class System(BaseModel, extra="allow"):
    """The hypotheses and what they scored."""

    system: str
    hypotheses_hash: str
    scores: list[Score]
    measures: list[Measure]


class Data(BaseModel, extra="allow"):
    """What was scored."""

    name: str
    hash: str
    segments: int
    references: int


class Scored(BaseModel, extra="allow"):
    """The JSON of `depeche eval score --format json`; it may hold more than is named here."""

    data: Data
    systems: list[System]
    comparisons: list[dict[str, Any]]
    groups: list[dict[str, Any]]
    notes: list[dict[str, str]]


def answers(model: type[BaseModel], *refusals: int) -> dict[int | str, dict[str, Any]]:
    """The answers of a route: its own, and the refusals that it may give."""
    return {200: {"model": model}, **{status: {"model": Problem} for status in refusals}}
