"""What of sacreBLEU carries an underscore, in one place.

Its public interface gives scores of whole texts. Intervals, tests, parts and segments are sums of
the statistics of segments, and those have no public name; nor has the score of a sum. So another
minor version may change them, and `pyproject.toml` bounds it.
"""

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from translate.errors import UsageError

MEMBERS = (
    "_cache_references",
    "_ref_cache",
    "_extract_corpus_statistics",
    "_compute_score_from_stats",
)
BOUND = "sacrebleu>=2.5,<2.7"


def require_members(scorer: Any) -> None:
    """UsageError that names what a metric of another sacreBLEU lacks."""
    missing = [name for name in MEMBERS if not hasattr(scorer, name)]
    if missing:
        raise UsageError(
            f"sacreBLEU {version('sacrebleu')} has no {type(scorer).__name__}."
            f'{", ".join(missing)}: install another with pip install "{BOUND}"'
        )


def read_references(scorer: Any, references: Sequence[Sequence[str]]) -> list[Any]:
    """What the metric reads of each segment's references, given one sequence a reference."""
    return list(scorer._cache_references(references))


def statistics(
    scorer: Any, hypotheses: Sequence[str], references: Sequence[Any]
) -> list[list[float]]:
    """The statistics of each hypothesis beside what was read of its references."""
    scorer._ref_cache = references
    return list(scorer._extract_corpus_statistics(hypotheses, None))


def score(scorer: Any, totals: Any) -> Any:
    """sacreBLEU's Score of one sum of statistics."""
    return scorer._compute_score_from_stats(totals)
