"""`evaluate`: hypotheses and references in, an Evaluation out.

1. lengths are checked; 2. statistics are extracted once per system and metric; 3. scores,
intervals and paired tests are sums of their rows; 4. article-level and quote-normalised BLEU,
breakdowns and measures follow; 5. what a reader must know becomes notes.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval import sanity, speech_parts
from eval.analysis import phrases, recalls
from eval.measures import Texts, measure_system, normalise_quotes
from eval.metrics import (
    DEFAULT_METRICS,
    METRICS,
    Matrix,
    Metric,
    Options,
    Scorer,
    check_tokenizer,
    find_metric,
    statistics,
    worker_pool,
)
from eval.notes import Notes
from eval.ranks import with_holm
from eval.resample import (
    SAMPLES,
    SEED,
    TRIALS,
    bootstrap_totals,
    interval,
    p_value,
    randomized_totals,
)
from eval.values import (
    Comparison,
    Data,
    Evaluation,
    Group,
    Note,
    Score,
    SystemResult,
    data_hash,
)
from translate.errors import UsageError

Progress = Callable[[str], None]

#: Bounds of the length bands, in words of the reference; compare-mt's default.
LENGTH_BANDS = (10, 20, 30, 40, 50, 60)
_BANDS = (
    *(f"{low}-{high - 1}" for low, high in pairwise((0, *LENGTH_BANDS))),
    f"{LENGTH_BANDS[-1]}+",
)
#: The 95 % interval cuts 1/40 at each end, so fewer samples give no interval.
MIN_SAMPLES = 40


@dataclass(frozen=True, slots=True)
class Settings:
    """How to score. `samples` and `trials` may be 0: no intervals, no randomization test."""

    metrics: tuple[str, ...] = DEFAULT_METRICS
    samples: int = SAMPLES
    trials: int = TRIALS
    seed: int = SEED
    baseline: str = ""  # the first system unless given
    jobs: int = 1
    options: Options = field(default_factory=Options)
    all_pairs: bool = False  # compare every two systems, not only each with the baseline
    analysis: bool = True  # the words and phrases that explain the scores
    parts_of_speech: bool = False  # the words by part of speech too; needs the extra `pos`
    unescape: bool = False  # put systems without their HTML entities beside those that have any

    def __post_init__(self) -> None:
        """Refuse what does not fit."""
        for name in self.metrics:
            find_metric(name)
        check_tokenizer(self.options.tokenize)
        if self.parts_of_speech:
            speech_parts.require()
        if not self.metrics or len(set(self.metrics)) != len(self.metrics):
            raise UsageError("each metric is given once, and at least one of " + ", ".join(METRICS))
        if self.samples and self.samples < MIN_SAMPLES:
            raise UsageError(
                f"{self.samples} bootstrap samples: 0 for none, else {MIN_SAMPLES} or more"
            )
        for name, value in (("trials", self.trials), ("seed", self.seed)):
            if value < 0:
                raise UsageError(f"{value} is no number of {name}: give 0 or more")
        if self.jobs < 1:
            raise UsageError(f"{self.jobs} jobs: give 1 or more")


def evaluate(
    systems: Mapping[str, Sequence[str]],
    references: Sequence[Sequence[str]],
    *,
    sources: Sequence[str] = (),
    articles: Sequence[str] = (),
    kinds: Sequence[str] = (),
    name: str = "data",
    settings: Settings | None = None,
    progress: Progress = lambda step: None,
) -> Evaluation:
    """Score `systems` (name -> one hypothesis per segment) against one or more references.

    `sources`, `articles` (the article's name) and `kinds` (of the block) have one entry a segment
    or none. `progress` is called with the name of each step as it starts.

    >>> result = evaluate({"mine": ["A cat sleeps ."]}, [["A cat sleeps ."]])
    >>> round(result.systems[0].score("TER").value)
    0

    Raises InputError where the lengths differ, UsageError for settings that do not fit.
    """
    settings = settings or Settings()
    sanity.check_shapes(systems, references, sources=sources, articles=articles, kinds=kinds)
    data = _data(name, references, sources, articles, kinds)
    shown = dict(systems)
    if settings.unescape:
        shown = sanity.with_unescaped(shown, references)
    with worker_pool(settings.jobs) as pool:
        return _Evaluator(data, shown, settings, pool, progress).run()


def _data(
    name: str,
    references: Sequence[Sequence[str]],
    sources: Sequence[str],
    articles: Sequence[str],
    kinds: Sequence[str],
) -> Data:
    streams = tuple(map(tuple, references))
    return Data(
        name=name,
        hash=data_hash(streams),
        references=streams,
        sources=tuple(sources),
        articles=tuple(articles),
        kinds=tuple(kinds),
    )


@dataclass(frozen=True, slots=True)
class _Texts:
    """What one pass of scoring sees: the segments as they are, or made over."""

    systems: Sequence[Sequence[str]]
    references: Sequence[Sequence[str]]
    unit: str = "segment"
    text: str = "raw"


class _Evaluator:
    """One evaluation under way: the data, the settings, and the statistics extracted so far."""

    def __init__(
        self,
        data: Data,
        systems: Mapping[str, Sequence[str]],
        settings: Settings,
        pool: Executor | None,
        progress: Progress,
    ) -> None:
        """`systems` are in table order; the baseline is looked up among them."""
        self.data, self.systems, self.settings = data, systems, settings
        self.pool, self.progress = pool, progress
        self.names = list(systems)
        if settings.baseline and settings.baseline not in systems:
            known = ", ".join(systems)
            raise UsageError(f"baseline {settings.baseline!r} is not among the systems: {known}")
        self.baseline = settings.baseline or self.names[0]
        self.raw = _Texts(list(systems.values()), list(data.references))
        self.measured = Texts(data)

    def _metric(self, name: str) -> Metric:
        return find_metric(name, self.settings.options)

    def run(self) -> Evaluation:
        """The steps of the module's docstring, 2 to 5."""
        metrics = [self._metric(name) for name in self.settings.metrics]
        extra = [name for name in ("bleu", "chrf") if name not in self.settings.metrics]
        wanted = metrics + [self._metric(name) for name in extra]
        rows = {metric.label: self._statistics(metric, self.raw) for metric in wanted}
        scores, comparisons = self._score(metrics, rows, self.raw)
        for texts in self._variants():
            bleu = self._metric("bleu")
            found = self._variant(bleu, texts, rows[bleu.label])
            more, _ = self._score([bleu], {bleu.label: found}, texts)
            scores = [first + second for first, second in zip(scores, more, strict=True)]
        self.progress("measures")
        results = tuple(self._result(at, scores[at], wanted, rows) for at in range(len(self.names)))
        return Evaluation(
            data=self.data,
            systems=results,
            comparisons=tuple(c for c in comparisons if self.baseline == c.baseline),
            pairs=tuple(with_holm(comparisons)) if self.settings.all_pairs else (),
            groups=tuple(self._groups(rows["BLEU"])),
            **(self._analysis() if self.settings.analysis else {}),
            notes=tuple(self._notes(rows["BLEU"])),
            reference_measures=measure_system(self.measured, self.data.references[0]),
        )

    def _statistics(self, metric: Metric, texts: _Texts) -> Matrix:
        what = (
            ""
            if texts.text == "raw" and texts.unit == "segment"
            else f" ({texts.unit}, {texts.text})"
        )
        self.progress(metric.label + what)
        return statistics(metric, texts.systems, texts.references, pool=self.pool)

    def _variant(self, metric: Metric, texts: _Texts, raw: Matrix) -> Matrix:
        """The statistics of texts made over; those of unchanged segments are known."""
        if texts.unit != self.raw.unit:
            return self._statistics(metric, texts)
        made, old = ((*one.systems, *one.references) for one in (texts, self.raw))
        segments = zip(zip(*made, strict=True), zip(*old, strict=True), strict=True)
        differ = [at for at, (now, before) in enumerate(segments) if now != before]
        rows = raw.copy()
        if differ:
            systems, references = (
                [[stream[at] for at in differ] for stream in side]
                for side in (texts.systems, texts.references)
            )
            part = replace(texts, systems=systems, references=references)
            rows[:, differ] = self._statistics(metric, part)
        return rows

    def _variants(self) -> Iterator[_Texts]:
        """The same texts with the article as the unit, and with quotation marks made alike."""
        if "bleu" not in self.settings.metrics:
            return
        if len(set(self.data.articles)) > 1:
            systems, references = (
                [_by_article(stream, self.data.articles) for stream in streams]
                for streams in (self.raw.systems, self.raw.references)
            )
            yield _Texts(systems, references, unit="article")
        systems, references = (
            [[normalise_quotes(segment) for segment in stream] for stream in streams]
            for streams in (self.raw.systems, self.raw.references)
        )
        yield _Texts(systems, references, text="quotes")

    def _score(
        self, metrics: Sequence[Metric], rows: Mapping[str, Matrix], texts: _Texts
    ) -> tuple[list[list[Score]], list[Comparison]]:
        """Scores of each system, and each system against the baseline."""
        scores: list[list[Score]] = [[] for _ in self.names]
        comparisons: list[Comparison] = []
        for metric in metrics:
            self.progress(f"{metric.label}: resampling")
            scorer = Scorer(metric, len(texts.references))
            resampled = self._resample(scorer, rows[metric.label])
            for at, matrix in enumerate(rows[metric.label]):
                scores[at].append(self._one_score(scorer, matrix, resampled[at], texts))
            if texts is self.raw:
                comparisons += self._compare(scorer, rows[metric.label], resampled)
        return scores, comparisons

    def _resample(self, scorer: Scorer, rows: Matrix) -> list[NDArray[np.float64]]:
        """The scores of the bootstrap samples of each system; empty where none are wanted."""
        if not self.settings.samples:
            return [np.empty(0) for _ in rows]
        side_by_side = np.concatenate(list(rows), axis=1)
        totals = bootstrap_totals(
            side_by_side, samples=self.settings.samples, seed=self.settings.seed
        ).astype(np.float32)  # sacreBLEU resamples in single precision
        return [scorer.values(part) for part in np.split(totals, len(rows), axis=1)]

    def _one_score(
        self, scorer: Scorer, matrix: Matrix, resampled: NDArray[np.float64], texts: _Texts
    ) -> Score:
        totals = matrix.sum(0).tolist()
        mean, low, high = interval(resampled) if len(resampled) else (None, None, None)
        return Score(
            metric=scorer.metric.label,
            value=scorer.value(totals),
            signature=self._signature(scorer, texts),
            segments=len(matrix),
            data_hash=self.data.hash,
            low=low,
            high=high,
            mean=mean,
            verbose=scorer.verbose(totals),
            unit=texts.unit,
            text=texts.text,
        )

    def _signature(self, scorer: Scorer, texts: _Texts) -> str:
        """sacreBLEU's signature, with what was done to the texts before it saw them."""
        settings = self.settings
        signature = scorer.signature(samples=settings.samples, seed=settings.seed)
        marks = "" if texts.text == "raw" else f"|text:{texts.text}-alike"
        return signature + marks + ("" if texts.unit == "segment" else f"|unit:{texts.unit}")

    def _compare(
        self, scorer: Scorer, rows: Matrix, resampled: Sequence[NDArray[np.float64]]
    ) -> Iterator[Comparison]:
        """Every other system against the baseline, and every other two if that is asked for."""
        base = self.names.index(self.baseline)
        others = [at for at in range(len(self.names)) if at != base]
        pairs = [(base, at) for at in others]
        if self.settings.all_pairs:
            pairs += combinations(others, 2)
        values = [scorer.value(matrix.sum(0).tolist()) for matrix in rows]
        for first, second in pairs:
            difference = values[second] - values[first]
            yield Comparison(
                metric=scorer.metric.label,
                baseline=self.names[first],
                system=self.names[second],
                difference=difference,
                p_bootstrap=_bootstrap_p(resampled[first], resampled[second], abs(difference)),
                p_randomization=self._randomization_p(
                    scorer, rows[first], rows[second], difference
                ),
                signature=scorer.signature(trials=self.settings.trials, seed=self.settings.seed),
            )

    def _randomization_p(
        self, scorer: Scorer, baseline: Matrix, system: Matrix, difference: float
    ) -> float | None:
        if not self.settings.trials:
            return None
        first, second = randomized_totals(
            baseline, system, trials=self.settings.trials, seed=self.settings.seed
        )
        differences = np.abs(scorer.exact_values(first) - scorer.exact_values(second))
        return p_value(differences, abs(difference))

    def _result(
        self,
        at: int,
        scores: Sequence[Score],
        metrics: Sequence[Metric],
        rows: Mapping[str, Matrix],
    ) -> SystemResult:
        name = self.names[at]
        hypotheses = tuple(self.systems[name])
        references = len(self.data.references)
        return SystemResult(
            name=name,
            hypotheses=hypotheses,
            hypotheses_hash=data_hash([hypotheses]),
            scores=tuple(scores),
            measures=measure_system(self.measured, hypotheses),
            by_segment={
                metric.label: tuple(
                    Scorer(metric, references).segment_values(rows[metric.label][at])
                )
                for metric in metrics
            },
        )

    def _bounds(self, scorer: Scorer, rows: Matrix) -> tuple[float | None, float | None]:
        """The interval of a part of the segments; none for a single one."""
        if not self.settings.samples or len(rows) < 2:
            return None, None
        totals = bootstrap_totals(rows, samples=self.settings.samples, seed=self.settings.seed)
        return interval(scorer.values(totals.astype(np.float32)))[1:]

    def _notes(self, rows: Matrix) -> Iterator[Note]:
        scorer = Scorer(self._metric("bleu"), len(self.data.references))
        totals = (matrix.sum(0).tolist() for matrix in rows)
        scores = dict(zip(self.names, map(scorer.value, totals), strict=True))
        return Notes(self.data, self.systems, self.baseline, self._bleu).all(scores)

    def _bleu(self, hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> float:
        """BLEU of texts that are not in the table."""
        metric = self._metric("bleu")
        rows = statistics(metric, [hypotheses], references)[0]
        return Scorer(metric, len(references)).value(rows.sum(0).tolist())

    def _analysis(self) -> dict[str, Any]:
        """Which words and phrases of the reference each system has."""
        self.progress("analysis")
        samples, seed = self.settings.samples, self.settings.seed
        found = recalls(
            self.systems,
            self.data.references[0],
            samples=samples,
            seed=seed,
            tag=speech_parts.tagger() if self.settings.parts_of_speech else None,
        )
        return {
            "recalls": tuple(found),
            "phrases": tuple(phrases(self.systems, self.data.references, self.baseline)),
        }

    def _groups(self, rows: Matrix) -> Iterator[Group]:
        """BLEU by length of the reference, by kind and by article."""
        scorer = Scorer(self._metric("bleu"), len(self.data.references))
        lengths = [_length_band(len(text.split())) for text in self.data.references[0]]
        axes = {"length": lengths, "kind": self.data.kinds, "article": self.data.articles}
        for axis, labels in axes.items():
            for label in _BANDS if axis == "length" else dict.fromkeys(labels):
                chosen = [at for at, other in enumerate(labels) if other == label]
                if not chosen:
                    continue
                for name, matrix in zip(self.names, rows, strict=True):
                    part = matrix[chosen]
                    value = scorer.value(part.sum(0).tolist())
                    bounds = self._bounds(scorer, part)
                    yield Group(axis, label, name, len(chosen), value, *bounds)


def _bootstrap_p(
    baseline: NDArray[np.float64], system: NDArray[np.float64], difference: float
) -> float | None:
    """Paired bootstrap: how often the centred difference exceeds the real one."""
    if not len(system):
        return None
    differences = np.abs(system - baseline)
    return p_value(differences - differences.mean(), difference)


def _by_article(stream: Sequence[str], articles: Sequence[str]) -> list[str]:
    """The segments of each article joined by spaces, articles in order of appearance."""
    joined: dict[str, list[str]] = {}
    for segment, article in zip(stream, articles, strict=True):
        joined.setdefault(article, []).append(segment)
    return [" ".join(segments) for segments in joined.values()]


def _length_band(words: int) -> str:
    """The band of LENGTH_BANDS that a number of words falls in."""
    return _BANDS[bisect_right(LENGTH_BANDS, words)]
