"""What an evaluation is made of: frozen values, no behaviour beyond reading them."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Score:
    """One metric of one system, with all that is needed to trust it.

    `low` and `high` bound the 95 % bootstrap interval and `mean` is the mean of the resamples;
    all three are None where no interval was asked for. `unit` is what was counted: "segment" or
    "article"; `text` is "raw" or "quotes" (quotation marks made alike on both sides).
    """

    metric: str
    value: float
    signature: str
    segments: int
    data_hash: str
    low: float | None = None
    high: float | None = None
    mean: float | None = None
    verbose: str = ""
    unit: str = "segment"
    text: str = "raw"

    @property
    def margin(self) -> float | None:
        """Half the width of the interval: sacreBLEU's ± figure."""
        if self.low is None or self.high is None:
            return None
        return 0.5 * (self.high - self.low)

    @property
    def label(self) -> str:
        """The metric's name with what is unusual about it, for a table's head."""
        marks = [
            word for word, usual in ((self.unit, "segment"), (self.text, "raw")) if word != usual
        ]
        return f"{self.metric} ({', '.join(marks)})" if marks else self.metric


#: What a measure counts in one segment, and of how many.
Tally = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measure:
    """What BLEU does not see; `docs/metrics.md` defines each name.

    `tallies` has what was counted in each segment. `value` is `100 * count / total` for
    percentages and `count / total` for ratios; None where the data holds nothing to measure.
    """

    name: str
    tallies: tuple[Tally, ...]
    higher_is_better: bool = True
    percent: bool = True

    @property
    def count(self) -> float:
        """What was counted in all segments."""
        return sum(count for count, _ in self.tallies)

    @property
    def total(self) -> float:
        """Of how many."""
        return sum(total for _, total in self.tallies)

    def faults(self) -> Iterator[int]:
        """The segments (from 0) that a percentage finds fault with."""
        for place, (count, total) in enumerate(self.tallies):
            if self.percent and (count < total if self.higher_is_better else count):
                yield place

    @property
    def value(self) -> float | None:
        """The percentage or the ratio."""
        if not (total := self.total):
            return None
        return (100.0 if self.percent else 1.0) * self.count / total


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against the baseline in one metric, with two-sided p values.

    `difference` is system minus baseline. A p value is None where its test was not asked for.
    `signature` is that of the randomization test; the bootstrap has the score's own. `p_holm` is
    the larger p value after Holm's correction for all pairs of systems; None where only the
    baseline was compared.
    """

    metric: str
    baseline: str
    system: str
    difference: float
    p_bootstrap: float | None
    p_randomization: float | None
    signature: str = ""
    p_holm: float | None = None

    def counts(self, level: float = 0.05) -> bool:
        """Whether every test that was run calls the difference significant at `level`.

        No difference never counts, although sacreBLEU's p value is then the smallest there is.
        """
        values = [p for p in (self.p_bootstrap, self.p_randomization) if p is not None]
        return self.difference != 0 and bool(values) and all(p < level for p in values)


@dataclass(frozen=True, slots=True)
class Note:
    """Something a careful reader must know before believing a score."""

    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class Group:
    """BLEU of a part of the data: one length band, block kind or article."""

    axis: str  # "length", "kind" or "article"
    label: str
    system: str
    segments: int
    bleu: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Recall:
    """How many words of the reference of one kind a system has, with the 95 % interval in per cent.

    `axis` is "frequency", "class" or "part of speech".
    """

    axis: str
    label: str
    system: str
    found: int
    total: int
    low: float | None = None
    high: float | None = None

    @property
    def value(self) -> float:
        """The share in per cent."""
        return 100 * self.found / self.total


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase of the reference that the first system has at its place more often."""

    first: str
    second: str
    text: str
    first_count: int
    second_count: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What a system of a model costs; None where all its English was kept from an earlier run.

    `peak_mb` is that of the process up to then, whatever else it did.
    """

    model: str  # the beginning of the hash of its files
    model_mb: float
    words_per_second: float | None = None
    peak_mb: float | None = None


@dataclass(frozen=True, slots=True)
class SystemResult:
    """One system's hypotheses with its scores; `by_segment` has each metric's, by label."""

    name: str
    hypotheses: tuple[str, ...]
    hypotheses_hash: str
    scores: tuple[Score, ...]
    measures: tuple[Measure, ...]
    by_segment: Mapping[str, tuple[float, ...]]

    @property
    def segment_scores(self) -> tuple[float, ...]:
        """Sentence-level chrF2++."""
        return self.by_segment["chrF2++"]

    def score(self, label: str) -> Score:
        """The score whose label is `label`, for example "BLEU" or "BLEU (article)"."""
        for score in self.scores:
            if score.label == label:
                return score
        raise KeyError(f"{self.name} has no score {label!r}")


@dataclass(frozen=True, slots=True)
class Data:
    """What the systems were scored on; every tuple that is not empty has one entry a segment."""

    name: str
    hash: str
    references: tuple[tuple[str, ...], ...]  # one tuple a reference
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()

    @property
    def segments(self) -> int:
        """How many segments there are."""
        return len(self.references[0])


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The whole result: what the tables, the report, the gate and the web desk read."""

    data: Data
    systems: tuple[SystemResult, ...]
    comparisons: tuple[Comparison, ...] = ()
    pairs: tuple[Comparison, ...] = ()  # every two systems, where that was asked for
    groups: tuple[Group, ...] = ()
    recalls: tuple[Recall, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    notes: tuple[Note, ...] = ()
    costs: Mapping[str, Cost] = field(default_factory=dict)  # by system, of those that were run
    reference_measures: tuple[Measure, ...] = ()  # of the first reference: what can be reached

    def lines(self) -> Iterator[tuple[SystemResult, Score]]:
        """Every system with every score, in table order."""
        return ((system, score) for system in self.systems for score in system.scores)

    def comparison(self, system: str, metric: str) -> Comparison | None:
        """The comparison of `system` with the baseline in `metric`, if there is one."""
        for comparison in self.comparisons:
            if comparison.system == system and comparison.metric == metric:
                return comparison
        return None


def data_hash(streams: Iterable[Sequence[str]]) -> str:
    """The first 12 hexadecimal digits of a SHA-256 over segments and streams in order."""
    digest = hashlib.sha256()
    for stream in streams:
        for segment in stream:
            digest.update(segment.encode() + b"\n")
        digest.update(b"\0")
    return digest.hexdigest()[:12]
