"""COMET as a further score, and what is said where it is not to be had."""

from collections.abc import Sequence

import pytest

from eval import Settings, evaluate
from eval.comet import add_comet, require_comet
from translate.errors import UsageError

QUICK = Settings(metrics=("bleu",), samples=0, trials=0)


def overlap(
    sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]
) -> list[float]:
    """Stands for the model: the share of equal words."""
    rows = zip(hypotheses, references, strict=True)
    return [len(set(a.split()) & set(b.split())) / len(set(b.split())) for a, b in rows]


def test_comet_is_a_further_score(systems: dict[str, list[str]], reference: list[str]) -> None:
    result = evaluate(systems, [reference], sources=reference, settings=QUICK)
    scored = add_comet(result, load=lambda model: overlap)
    for before, after in zip(result.systems, scored.systems, strict=True):
        assert after.scores[:-1] == before.scores
        score = after.score("COMET")
        values = overlap(reference, before.hypotheses, reference)
        assert score.value == pytest.approx(100 * sum(values) / len(values))
        assert score.low is not None
        assert score.high is not None
        assert score.low < score.value < score.high
        assert "model:Unbabel/wmt22-comet-da" in score.signature


def test_comet_needs_the_french(reference: list[str]) -> None:
    result = evaluate({"s": reference}, [reference], settings=QUICK)
    with pytest.raises(UsageError, match="give it with --src"):
        add_comet(result, load=lambda model: overlap)


def test_comet_is_not_installed_here() -> None:
    pytest.importorskip("eval.comet")
    try:
        import comet  # noqa: F401
    except ImportError:
        with pytest.raises(UsageError, match="COMET is not installed: pip install"):
            require_comet()
