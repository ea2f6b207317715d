"""COMET, a learned metric, where it is installed and its model is to be had.

COMET 2.2 wants transformers under 5 and numpy under 2, the desk the later ones: they cannot share
an environment. So COMET always runs in a process of its own, with the Python that has it:

    python -m venv comet-env && comet-env/bin/pip install unbabel-comet
    depeche eval score --ref ref.en --src src.fr hyp.en --comet --comet-python comet-env/bin/python

Source: Rei et al., "COMET-22", WMT 2022.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from eval.resample import SAMPLES, SEED, bootstrap_totals, interval
from eval.values import Evaluation, Score, SystemResult
from translate.errors import ModelError, UsageError

DEFAULT_MODEL = "Unbabel/wmt22-comet-da"

#: (sources, hypotheses, references) -> one score a segment, about 0 to 1.
Predict = Callable[[Sequence[str], Sequence[str], Sequence[str]], Sequence[float]]

_INSTALL = (
    "make an environment for it (python -m venv comet-env && comet-env/bin/pip install "
    "unbabel-comet) and give --comet-python comet-env/bin/python"
)
_FIND = "import importlib.util as u, sys; sys.exit(u.find_spec('comet') is None)"
#: Runs in COMET's environment, which does not have the desk: rows on standard input, scores out.
_WORKER = """
import json, os, sys
from comet import download_model, load_from_checkpoint
name = sys.argv[1]
model = load_from_checkpoint(name if os.path.isfile(name) else download_model(name))
rows = json.load(sys.stdin)
scores = model.predict(rows, batch_size=16, gpus=0, progress_bar=False).scores
json.dump([float(score) for score in scores], open(sys.argv[2], "w"))
"""


def add_comet(
    result: Evaluation,
    predict: Predict,
    *,
    model: str = DEFAULT_MODEL,
    samples: int = SAMPLES,
    seed: int = SEED,
) -> Evaluation:
    """The same result with COMET (times 100) as a further score of each system.

    Only the first reference is used; `model` is what the signature says. Raises UsageError
    without sources.
    """
    if not result.data.sources:
        raise UsageError("COMET compares with the French: give it with --src")
    systems = (_scored(result, system, predict, model, samples, seed) for system in result.systems)
    return replace(result, systems=tuple(systems))


def _scored(
    result: Evaluation, system: SystemResult, predict: Predict, model: str, samples: int, seed: int
) -> SystemResult:
    data = result.data
    scores = 100 * np.array(predict(data.sources, system.hypotheses, data.references[0]))
    mean = low = high = None
    drawn = ""
    if samples:
        totals = bootstrap_totals(scores[:, np.newaxis], samples=samples, seed=seed)
        mean, low, high = interval(totals[:, 0] / len(scores))
        drawn = f"|bs:{samples}|seed:{seed}"
    score = Score(
        metric="COMET",
        value=float(scores.mean()),
        signature=f"nrefs:1{drawn}|model:{model}",
        segments=len(scores),
        data_hash=data.hash,
        low=low,
        high=high,
        mean=mean,
    )
    return replace(system, scores=(*system.scores, score))


def load_comet(model: str = DEFAULT_MODEL, *, python: str = sys.executable) -> Predict:
    """COMET in the environment of `python`; UsageError with what to do where it is not there.

    `model` is a hub name or a .ckpt file. The result raises ModelError where it cannot be had.
    """
    try:
        found = subprocess.run([python, "-c", _FIND], cwd=tempfile.gettempdir(), check=False)
    except OSError as error:
        raise UsageError(f"{python} cannot be run ({error.strerror}): {_INSTALL}") from None
    if found.returncode:
        raise UsageError(f"COMET is not installed for {python}: {_INSTALL}")
    return partial(_predict, python, model)


def _predict(
    python: str,
    model: str,
    sources: Sequence[str],
    hypotheses: Sequence[str],
    references: Sequence[str],
) -> list[float]:
    """One score a segment, from a process that is started for it."""
    rows = [
        {"src": source, "mt": hypothesis, "ref": reference}
        for source, hypothesis, reference in zip(sources, hypotheses, references, strict=True)
    ]
    with tempfile.TemporaryDirectory() as folder:
        command = [python, "-c", _WORKER, model, f"{folder}/scores.json"]
        done = subprocess.run(
            command, input=json.dumps(rows), capture_output=True, text=True, cwd=folder, check=False
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ModelError(
                f"the COMET model {model} cannot be used ({last}): download it where there is a "
                "network and give the path of its .ckpt file with --comet-model"
            )
        scores = json.loads(Path(folder, "scores.json").read_text(encoding="utf-8"))
    return [float(score) for score in scores]
