"""Many tests at once: Holm's correction, and the ranks that are left after it.

Sources: Holm, "A Simple Sequentially Rejective Multiple Test Procedure", 1979; the rank ranges and
clusters are those of WMT's findings papers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from eval.metrics import higher_is_better
from eval.values import Comparison, Evaluation


@dataclass(frozen=True, slots=True)
class Rank:
    """A system's place in one metric: from 1 + those surely better to those surely not worse.

    Systems of one cluster are not told apart from all of it; every system of a cluster is surely
    better than every system of a later one.
    """

    system: str
    value: float
    first: int
    last: int
    cluster: int


def holm(p_values: Sequence[float]) -> list[float]:
    """The p values corrected for their number.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    corrected = [0.0] * len(p_values)
    largest = 0.0
    for rank, at in enumerate(sorted(range(len(p_values)), key=lambda at: p_values[at])):
        largest = max(largest, min(1.0, p_values[at] * (len(p_values) - rank)))
        corrected[at] = largest
    return corrected


def with_holm(comparisons: Sequence[Comparison]) -> Iterator[Comparison]:
    """All pairs with the corrected p value of the test that says least, metric by metric."""
    for metric in dict.fromkeys(comparison.metric for comparison in comparisons):
        family = [c for c in comparisons if c.metric == metric]
        tests = [
            holm([p for p in column if p is not None])
            for column in zip(*((c.p_bootstrap, c.p_randomization) for c in family), strict=True)
            if None not in column
        ]
        for at, comparison in enumerate(family):
            p = max((test[at] for test in tests), default=None)
            yield replace(comparison, p_holm=p)


def ranks(result: Evaluation, metric: str, level: float = 0.05) -> list[Rank]:
    """The systems from the best on; empty where not all pairs were compared."""
    family = [c for c in result.pairs if c.metric == metric]
    if not family:
        return []
    better = _surely_better(family, metric, level)
    up = higher_is_better(metric)
    values = {system.name: system.score(metric).value for system in result.systems}
    names = sorted(values, key=lambda name: -values[name] if up else values[name])
    found, cluster = [], 1
    for at, name in enumerate(names):
        if at and all((a, b) in better for a in names[:at] for b in names[at:]):
            cluster += 1
        above = sum((other, name) in better for other in names)
        below = sum((name, other) in better for other in names)
        found.append(Rank(name, values[name], 1 + above, len(names) - below, cluster))
    return found


def _surely_better(family: Sequence[Comparison], metric: str, level: float) -> set[tuple[str, str]]:
    """Each pair (better, worse) whose difference counts after the correction."""
    up = higher_is_better(metric)
    return {
        (c.system, c.baseline) if (c.difference > 0) == up else (c.baseline, c.system)
        for c in family
        if c.p_holm is not None and c.p_holm < level and c.difference
    }
