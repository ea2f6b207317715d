"""BLEU, chrF2++ and TER through sacreBLEU, and its test sets: the only module that imports it.

A corpus score is a function of the sum of per-segment sufficient statistics. They are extracted
once a system; every interval, test and breakdown is then a sum of rows of one matrix. The three
methods of sacreBLEU's `Metric` used for this (`_cache_references`, `_extract_corpus_statistics`,
`_compute_score_from_stats`) carry an underscore; `tests/eval/test_sacrebleu.py` holds the numbers
to the `sacrebleu` command's.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from translate.errors import UsageError

Matrix = NDArray[np.float64]

#: Segments whose reference n-grams are held in memory at once. With 3,000 segments the whole
#: cache of chrF2++ takes 700 MB, a chunk of 250 takes 60 MB and costs no time.
CHUNK = 250


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of sacreBLEU: its class, its settings, and which way is better."""

    name: str
    label: str  # sacreBLEU's own name for it
    class_name: str
    settings: Mapping[str, int]
    higher_is_better: bool = True

    def make(self) -> Any:
        """A fresh sacreBLEU metric object."""
        import sacrebleu.metrics

        return getattr(sacrebleu.metrics, self.class_name)(**self.settings)


METRICS: Mapping[str, Metric] = {
    "bleu": Metric("bleu", "BLEU", "BLEU", {}),
    "chrf": Metric("chrf", "chrF2++", "CHRF", {"word_order": 2}),
    "ter": Metric("ter", "TER", "TER", {}, higher_is_better=False),
}


def find_metric(name: str) -> Metric:
    """The metric called `name`; UsageError with the known names otherwise."""
    try:
        return METRICS[name]
    except KeyError:
        known = ", ".join(METRICS)
        raise UsageError(f"unknown metric {name!r}; known are {known}") from None


def higher_is_better(label: str) -> bool:
    """Whether a larger value of the metric called `label` is better; others than ours are."""
    return all(m.higher_is_better for m in METRICS.values() if m.label == label)


def statistics(
    metric: Metric,
    systems: Sequence[Sequence[str]],
    references: Sequence[Sequence[str]],
    *,
    pool: Executor | None = None,
) -> Matrix:
    """Sufficient statistics, shape (systems, segments, width of the metric).

    `references` holds one sequence per reference; all sequences have the same length.
    """
    parts = [slice(at, at + CHUNK) for at in range(0, len(references[0]), CHUNK)]
    work = partial(_chunk_statistics, metric)
    systems_in_parts = ([system[part] for system in systems] for part in parts)
    references_in_parts = ([stream[part] for stream in references] for part in parts)
    run = pool.map if pool else map
    return np.concatenate(list(run(work, systems_in_parts, references_in_parts)), axis=1)


def _chunk_statistics(
    metric: Metric, systems: Sequence[Sequence[str]], references: Sequence[Sequence[str]]
) -> Matrix:
    """The statistics of one chunk of segments; what several systems wrote is looked at once.

    TER takes 2 ms a segment and is nine tenths of the whole; settings of one model share most
    of their hypotheses.
    """
    scorer = metric.make()
    cache = scorer._cache_references(references)
    pairs = dict.fromkeys(pair for system in systems for pair in enumerate(system))
    scorer._ref_cache = [cache[at] for at, _ in pairs]
    rows = scorer._extract_corpus_statistics([hypothesis for _, hypothesis in pairs], None)
    found = dict(zip(pairs, rows, strict=True))
    return np.array([[found[pair] for pair in enumerate(system)] for system in systems], float)


def worker_pool(jobs: int) -> AbstractContextManager[Executor | None]:
    """Fresh processes for `statistics`; none for one job.

    The processes are spawned, not forked: the web desk has threads.
    """
    return ProcessPoolExecutor(jobs, get_context("spawn")) if jobs > 1 else nullcontext()


class Scorer:
    """Turns sums of statistics into scores and signatures of one metric."""

    def __init__(self, metric: Metric, references: int) -> None:
        """`references` is how many references each segment has."""
        self.metric = metric
        self._scorer = metric.make()
        self._scorer.num_refs = references

    def value(self, totals: Sequence[float] | NDArray[np.float32]) -> float:
        """The score of one sum of statistics (a row of the metric's width)."""
        return self._scorer._compute_score_from_stats(totals).score  # type: ignore[no-any-return]

    def values(self, rows: NDArray[np.float32]) -> NDArray[Any]:
        """The scores of many sums; single precision stays so, as in sacreBLEU's resampling."""
        return np.array([self.value(row) for row in rows])

    def exact_values(self, rows: Matrix) -> Matrix:
        """The scores of many sums in double precision (Python floats are quickest here)."""
        return np.array([self.value(row) for row in rows.tolist()])

    def verbose(self, totals: Sequence[float]) -> str:
        """sacreBLEU's details of a score: precisions and lengths for BLEU, else nothing."""
        if self.metric.name == "bleu":
            totals = [int(total) for total in totals]
        score = self._scorer._compute_score_from_stats(totals)
        details = json.loads(score.format(signature="k:v", is_json=True))
        return str(details.get("verbose_score", ""))

    def signature(self, *, samples: int = 0, seed: int | None = None, trials: int = 0) -> str:
        """sacreBLEU's signature, with the resampling that was done."""
        signature = self._scorer.get_signature()
        if samples:
            signature.update("bs", samples)
        if trials:
            signature.update("ar", trials)
        if samples or trials:
            signature.update("seed", seed)
        return str(signature)


def test_set_names(direction: str) -> list[str]:
    """sacreBLEU's test sets for a direction such as "fr-en"."""
    from sacrebleu.dataset import DATASETS

    return [name for name, dataset in DATASETS.items() if direction in dataset.langpairs]


def download_test_set(name: str, direction: str) -> tuple[Path, Path]:
    """The source and the first reference of a test set, downloaded if they are not there yet.

    sacreBLEU raises OSError without a network and SystemExit for a file with another checksum.
    """
    from sacrebleu.utils import get_reference_files, get_source_file

    return Path(get_source_file(name, direction)), Path(get_reference_files(name, direction)[0])
