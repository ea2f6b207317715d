"""Bootstrap resampling and approximate randomization on matrices of sufficient statistics.

The draws are sacreBLEU's (same generator, same seed, same order), so intervals and p values equal
those of the `sacrebleu` command; instead of copying the statistics of every draw, each draw
becomes a row of counts, and all systems and metrics are resampled by one matrix product.

Sources: Koehn, "Statistical Significance Tests for Machine Translation Evaluation", EMNLP 2004
(bootstrap); Riezler and Maxwell, "On Some Pitfalls in Automatic Evaluation and Significance
Testing for MT", 2005 (approximate randomization).
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]

SEED = 12345  # sacreBLEU's
SAMPLES = 1000
TRIALS = 10_000

#: Cells of a draw held at once (in double precision: 24 MB), whatever the size of the data.
CELLS = 3_000_000


def bootstrap_totals(statistics: Matrix, *, samples: int = SAMPLES, seed: int = SEED) -> Matrix:
    """Sums of resampled rows: (segments, width) -> (samples, width)."""
    return np.concatenate(
        [counts @ statistics for counts in _counts(len(statistics), samples, seed)]
    )


def _counts(segments: int, samples: int, seed: int) -> Iterator[Matrix]:
    """How often each segment was drawn in each sample, some samples at a time.

    The generator keeps its state between calls, so that the draws are those of one large call.
    """
    generator = np.random.default_rng(seed)
    step = max(1, CELLS // segments)
    for start in range(0, samples, step):
        size = (min(step, samples - start), segments)
        draws = generator.choice(segments, size=size, replace=True)
        rows = [np.bincount(row, minlength=segments) for row in draws]
        yield np.array(rows, dtype=np.float64)


def randomized_totals(
    baseline: Matrix, system: Matrix, *, trials: int = TRIALS, seed: int = SEED
) -> tuple[Matrix, Matrix]:
    """Sums of two pseudo-systems whose segments were swapped at random.

    Both inputs are (segments, width), both results (trials, width).
    """
    generator = np.random.default_rng(seed)
    swaps = generator.integers(2, size=(trials, len(system)), dtype=bool)
    step = max(1, CELLS // len(system))
    difference = baseline - system
    parts = [swaps[at : at + step].astype(np.float64) @ difference for at in range(0, trials, step)]
    first = system.sum(0) + np.concatenate(parts)
    return first, baseline.sum(0) + system.sum(0) - first


def interval(scores: NDArray[Any]) -> tuple[float, float, float]:
    """The mean and the bounds of the 95 % interval of resampled scores, as sacreBLEU takes them."""
    ordered = np.sort(scores)
    cut = len(ordered) // 40
    return float(ordered.mean()), float(ordered[cut]), float(ordered[-1 - cut])


def p_value(statistics: NDArray[Any], difference: float) -> float:
    """The share of trials above the real difference; one is added so that it is never zero."""
    return float((np.sum(statistics > difference) + 1) / (len(statistics) + 1))
