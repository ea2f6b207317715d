"""COMET, a learned metric, where it is installed and its model is to be had.

COMET brings its own versions of torch and transformers; where they clash with the desk's, it goes
into an environment of its own: `pip install 'depeche-desk[comet]'`. Nothing else imports it.

Source: Rei et al., "COMET-22", WMT 2022.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from eval.resample import SAMPLES, SEED, bootstrap_totals, interval
from eval.values import Evaluation, Score, SystemResult
from translate.errors import ModelError, UsageError

DEFAULT_MODEL = "Unbabel/wmt22-comet-da"

#: (sources, hypotheses, references) -> one score a segment, about 0 to 1.
Predict = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[float]]


def add_comet(
    result: Evaluation,
    *,
    model: str = DEFAULT_MODEL,
    samples: int = SAMPLES,
    seed: int = SEED,
    load: Callable[[str], Predict] | None = None,
) -> Evaluation:
    """The same result with COMET (times 100) as a further score of each system.

    Only the first reference is used. Raises UsageError without sources or without the package,
    ModelError where the model cannot be had.
    """
    if not result.data.sources:
        raise UsageError("COMET compares with the French: give it with --src")
    predict = (load or load_comet)(model)
    systems = tuple(
        _scored(result, system, predict, model, samples, seed) for system in result.systems
    )
    return replace(result, systems=systems)


def _scored(
    result: Evaluation, system: SystemResult, predict: Predict, model: str, samples: int, seed: int
) -> SystemResult:
    data = result.data
    scores = 100 * np.array(predict(data.sources, system.hypotheses, data.references[0]))
    mean = low = high = None
    if samples:
        totals = bootstrap_totals(scores[:, np.newaxis], samples=samples, seed=seed)
        mean, low, high = interval(totals[:, 0] / len(scores))
    score = Score(
        metric="COMET",
        value=float(scores.mean()),
        signature=f"nrefs:1|bs:{samples}|seed:{seed}|model:{model}",
        segments=len(scores),
        data_hash=data.hash,
        low=low,
        high=high,
        mean=mean,
    )
    return replace(system, scores=(*system.scores, score))


def require_comet() -> None:
    """UsageError with what to install where COMET is not there."""
    if find_spec("comet") is None:
        raise UsageError(
            "COMET is not installed: pip install 'depeche-desk[comet]', in an environment of its "
            "own if versions clash"
        )


def load_comet(model: str) -> Predict:
    """The model, from a checkpoint file, or downloaded by its hub name."""
    require_comet()
    import comet

    try:
        checkpoint = model if Path(model).is_file() else comet.download_model(model)
        scorer: Any = comet.load_from_checkpoint(checkpoint)
    except Exception as error:  # hub, network and torch errors have no common root
        raise ModelError(
            f"the COMET model {model} cannot be had ({_first_line(error)}): download it where "
            "there is a network and give its .ckpt file with --comet-model"
        ) from error

    def predict(
        sources: Sequence[str], hypotheses: Sequence[str], references: Sequence[str]
    ) -> Sequence[float]:
        rows = [
            {"src": source, "mt": hypothesis, "ref": reference}
            for source, hypothesis, reference in zip(sources, hypotheses, references, strict=True)
        ]
        return list(scorer.predict(rows, batch_size=16, gpus=0).scores)

    return predict


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
