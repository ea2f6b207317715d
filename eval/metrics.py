"""BLEU, chrF2++ and TER through sacreBLEU, and its test sets: the only module that imports it.

A corpus score is a function of the sum of per-segment sufficient statistics. They are extracted
once a system; every interval, test and breakdown is then a sum of rows of one matrix. What of
sacreBLEU this takes that is not public stands in `sacrebleu_members`;
`tests/eval/test_sacrebleu.py` holds the numbers to the `sacrebleu` command's.
"""

import json
import os
import signal
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from eval import sacrebleu_members
from eval.edits import edits
from translate.errors import UsageError

Matrix = NDArray[np.float64]

#: Segments whose reference n-grams are held in memory at once. With 3,000 segments the whole
#: cache of chrF2++ takes 700 MB, a chunk of 250 takes 60 MB and costs no time.
CHUNK = 250


@dataclass(frozen=True, slots=True)
class Options:
    """sacreBLEU's settings that a user chooses: BLEU's tokenizer, case, short segments."""

    tokenize: str = "13a"
    lowercase: bool = False
    effective_order: bool = False


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric of sacreBLEU: its class, its settings, and which way is better.

    `takes` names the Options that its class knows; TER looks at small letters anyway.
    """

    name: str
    label: str  # sacreBLEU's own name for it
    class_name: str
    settings: Mapping[str, Any]
    takes: tuple[str, ...] = ()
    higher_is_better: bool = True

    def with_options(self, options: Options) -> "Metric":
        """The metric with what it takes of the options; sacreBLEU's defaults are left to it."""
        usual = Options()
        chosen = {
            name: value
            for name in self.takes
            if (value := getattr(options, name)) != getattr(usual, name)
        }
        return replace(self, settings={**self.settings, **chosen})

    def make(self) -> Any:
        """A fresh sacreBLEU metric object."""
        import sacrebleu.metrics

        scorer = getattr(sacrebleu.metrics, self.class_name)(**self.settings)
        sacrebleu_members.require_members(scorer)
        return scorer


METRICS: Mapping[str, Metric] = {
    "bleu": Metric("bleu", "BLEU", "BLEU", {}, ("tokenize", "lowercase", "effective_order")),
    "chrf": Metric("chrf", "chrF2++", "CHRF", {"word_order": 2}, ("lowercase",)),
    "chrf2": Metric("chrf2", "chrF2", "CHRF", {}, ("lowercase",)),
    "ter": Metric("ter", "TER", "TER", {}, higher_is_better=False),
}
DEFAULT_METRICS = ("bleu", "chrf", "ter")
#: sacreBLEU's tokenizers that need no further package; those of `SPM` need a file.
TOKENIZERS = ("13a", "intl", "char", "none", "zh", "flores200", "flores101", "spm")
SPM = frozenset({"flores200", "flores101", "spm"})


def find_metric(name: str, options: Options = Options()) -> Metric:
    """The metric called `name`; UsageError with the known names otherwise."""
    if name not in METRICS:
        raise UsageError(f"unknown metric {name!r}; known are {', '.join(METRICS)}")
    return METRICS[name].with_options(options)


def check_tokenizer(name: str) -> None:
    """UsageError for an unknown tokenizer, or one whose model is not there."""
    if name not in TOKENIZERS:
        raise UsageError(f"unknown tokenizer {name!r}; known are {', '.join(TOKENIZERS)}")
    if name in SPM:
        path = spm_path(name)
        if not path.is_file():
            raise UsageError(
                f"the tokenizer {name} needs its SentencePiece model at {path}: place it there, or "
                f"run `sacrebleu --tokenize {name}` once where there is a network"
            )


def spm_path(name: str) -> Path:
    """Where sacreBLEU keeps the model of a tokenizer."""
    from sacrebleu.tokenizers.tokenizer_spm import SPM_MODELS
    from sacrebleu.utils import SACREBLEU_DIR

    return Path(SACREBLEU_DIR, "models", Path(SPM_MODELS[name]["url"]).name)


#: Learned metrics that count errors.
_ERRORS = frozenset({"MetricX", "MetricX-QE"})


def higher_is_better(label: str) -> bool:
    """Whether a larger value of the metric called `label` is better."""
    ours = all(m.higher_is_better for m in METRICS.values() if m.label == label)
    return ours and label not in _ERRORS


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

    Settings of one model share most of their hypotheses.
    """
    scorer = metric.make()
    pairs = dict.fromkeys(pair for system in systems for pair in enumerate(system))
    rows = (_ter_rows if metric.name == "ter" else _rows)(scorer, pairs, references)
    found = dict(zip(pairs, rows, strict=True))
    return np.array([[found[pair] for pair in enumerate(system)] for system in systems], float)


def _rows(
    scorer: Any, pairs: Iterable[tuple[int, str]], references: Sequence[Sequence[str]]
) -> Any:
    """The statistics of some hypotheses, each with the number of its segment."""
    known = sacrebleu_members.read_references(scorer, references)
    places, hypotheses = zip(*pairs, strict=True)
    return sacrebleu_members.statistics(scorer, hypotheses, [known[at] for at in places])


def _ter_rows(
    scorer: Any, pairs: Iterable[tuple[int, str]], references: Sequence[Sequence[str]]
) -> Any:
    """The same rows, but sacreBLEU's own way of counting edits takes 2 ms a segment."""

    def words(text: str) -> list[str]:
        return str(scorer.tokenizer(text.rstrip())).split()

    known = [list(map(words, texts)) for texts in zip(*references, strict=True)]
    return [edits(words(hypothesis), known[at]) for at, hypothesis in pairs]


@contextmanager
def worker_pool(jobs: int) -> Iterator[Executor | None]:
    """Fresh processes for `statistics`; none for one job.

    The processes are spawned, not forked: the web desk has threads. They end with this process,
    however it ends. A terminal's Ctrl-C reaches them all: this one says so, they are deaf to it
    from their start (the mask is inherited).
    """
    if jobs == 1:
        yield None
        return
    with ProcessPoolExecutor(jobs, get_context("spawn"), initializer=_end_with_parent) as pool:
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            for _ in range(jobs):  # each starts one
                pool.submit(int)
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        yield pool


def _end_with_parent() -> None:
    """Watch the process that started this one: killed, it cannot stop its workers itself."""
    parent = parent_process()
    if parent:
        threading.Thread(target=_wait_and_end, args=(parent,), daemon=True).start()


def _wait_and_end(parent: Any) -> None:
    parent.join()
    os._exit(1)


class Scorer:
    """Turns sums of statistics into scores and signatures of one metric."""

    def __init__(self, metric: Metric, references: int) -> None:
        """`references` is how many references each segment has."""
        self.metric = metric
        self._scorer = metric.make()
        self._scorer.num_refs = references

    def value(self, totals: Sequence[float] | NDArray[np.float32]) -> float:
        """The score of one sum of statistics (a row of the metric's width)."""
        return float(sacrebleu_members.score(self._scorer, totals).score)

    def values(self, rows: NDArray[np.float32]) -> NDArray[Any]:
        """The scores of many sums; single precision stays so, as in sacreBLEU's resampling."""
        if self.metric.class_name == "BLEU" and rows[:, 2:].all():
            return _bleu(rows)
        return np.array([self.value(row) for row in rows])

    def exact_values(self, rows: Matrix) -> Matrix:
        """The scores of many sums in double precision (Python floats are quickest here)."""
        return np.array([self.value(row) for row in rows.tolist()])

    def segment_values(self, rows: Matrix) -> list[float]:
        """The score of each segment, as `sacrebleu --sentence-level` gives it."""
        scorer = self._scorer
        if self.metric.class_name == "BLEU":  # or every segment without a 4-gram would have 0
            effective = replace(
                self.metric, settings={**self.metric.settings, "effective_order": True}
            )
            scorer = effective.make()
        return [float(sacrebleu_members.score(scorer, row).score) for row in rows.tolist()]

    def verbose(self, totals: Sequence[float]) -> str:
        """sacreBLEU's details of a score: precisions and lengths for BLEU, else nothing."""
        if self.metric.name == "bleu":
            totals = [int(total) for total in totals]
        score = sacrebleu_members.score(self._scorer, totals)
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


def _bleu(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """BLEU of many sums at once, where no n-gram is missing and so nothing is smoothed.

    A row is both lengths, then the matches and the numbers of n-grams by order.
    """
    lengths = rows[:, :2].astype(np.float64)
    matches, totals = np.split(rows[:, 2:], 2, axis=1)
    logarithms = np.log((100 * matches / totals).astype(np.float64))
    brevity = np.exp(np.minimum(0, 1 - lengths[:, 1] / lengths[:, 0]))
    return np.asarray(brevity * np.exp(logarithms.sum(axis=1) / logarithms.shape[1]))


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
