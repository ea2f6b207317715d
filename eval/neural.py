r"""Learned metrics beside BLEU: COMET, CometKiwi and MetricX, each in a process of its own.

COMET 2.2 wants transformers under 5 and numpy under 2, the desk the later ones: they cannot share
an environment. So COMET and CometKiwi run with the Python that has them:

    python -m venv comet-env && comet-env/bin/pip install unbabel-comet
    depeche eval score --ref ref.en --src src.fr hyp.en \
        --neural comet --comet-python comet-env/bin/python

MetricX is an mT5 model and runs with the desk's own transformers. A segment's score is kept
(`eval.cache`): asking twice costs nothing.

Sources: Rei et al., "COMET-22" and "CometKiwi", WMT 2022; Juraska et al., "MetricX-24", WMT 2024.
"""

import hashlib
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from eval.cache import HypothesisCache
from eval.evaluation import Settings
from eval.ranks import with_holm
from eval.resample import bootstrap_totals, interval, p_value, randomized_totals
from eval.values import Comparison, Evaluation, Score, SystemResult
from translate.errors import ModelError, UsageError

Row = Mapping[str, str]  # src, mt and, where the metric compares with a reference, ref
#: Rows -> one score a segment.
Predict = Callable[[Sequence[Row]], Sequence[float]]
Column = NDArray[np.float64]  # one value a segment


@dataclass(frozen=True, slots=True)
class Neural:
    """A learned metric: its usual model, and what it reads. `scale` makes it 0 to 100."""

    name: str
    label: str
    model: str
    worker: str
    needs: str  # the module that its Python must have
    install: str
    scale: float = 100.0
    reference: bool = True


_COMET = """
import json, os, sys
from comet import download_model, load_from_checkpoint
name = sys.argv[1]
model = load_from_checkpoint(name if os.path.isfile(name) else download_model(name))
rows = json.load(sys.stdin)
scores = model.predict(rows, batch_size=16, gpus=0, progress_bar=False).scores
json.dump([float(score) for score in scores], open(sys.argv[2], "w"))
"""
#: MetricX reads its prediction off the first step of the decoder, at one unused symbol of mT5.
_METRICX = """
import json, sys
import torch
from transformers import AutoTokenizer, MT5ForConditionalGeneration
name, out = sys.argv[1:3]
model = MT5ForConditionalGeneration.from_pretrained(name).eval()
try:
    tokenizer = AutoTokenizer.from_pretrained(name)
except (OSError, ValueError):
    tokenizer = AutoTokenizer.from_pretrained("google/mt5-xl")
scores = []
for row in json.load(sys.stdin):
    text = f"source: {row['src']} candidate: {row['mt']}"
    text += f" reference: {row['ref']}" if "ref" in row else ""
    ids = tokenizer(text, max_length=1536, truncation=True).input_ids
    if ids[-1] == tokenizer.eos_token_id:  # it was trained without
        ids = ids[:-1]
    with torch.inference_mode():
        logits = model(torch.tensor([ids]), decoder_input_ids=torch.tensor([[0]])).logits
    scores.append(float(logits[0, 0, 250089].clamp(0, 25)))
json.dump(scores, open(out, "w"))
"""
_COMET_INSTALL = (
    "make an environment for it (python -m venv comet-env && comet-env/bin/pip install "
    "unbabel-comet) and give --comet-python comet-env/bin/python"
)
NEURAL: Mapping[str, Neural] = {
    one.name: one
    for one in (
        Neural("comet", "COMET", "Unbabel/wmt22-comet-da", _COMET, "comet", _COMET_INSTALL),
        Neural(
            *("cometkiwi", "CometKiwi", "Unbabel/wmt22-cometkiwi-da", _COMET, "comet"),
            _COMET_INSTALL,
            reference=False,
        ),
        Neural(
            *("metricx", "MetricX", "google/metricx-24-hybrid-large-v2p6", _METRICX),
            *("transformers", "pip install torch transformers"),
            scale=1.0,
        ),
        Neural(
            *("metricx-qe", "MetricX-QE", "google/metricx-24-hybrid-large-v2p6", _METRICX),
            *("transformers", "pip install torch transformers"),
            scale=1.0,
            reference=False,
        ),
    )
}
_FIND = "import importlib.util as u, sys; sys.exit(u.find_spec(sys.argv[1]) is None)"


def find_neural(spec: str) -> tuple[Neural, str]:
    """The metric and the model of `NAME` or `NAME=MODEL`; UsageError names those there are.

    >>> find_neural("comet=my.ckpt")[1]
    'my.ckpt'
    """
    name, _, model = spec.partition("=")
    if name not in NEURAL:
        raise UsageError(f"unknown learned metric {name!r}; known are {', '.join(NEURAL)}")
    return NEURAL[name], model or NEURAL[name].model


def load_neural(
    metric: Neural, model: str, *, python: str = sys.executable, cache: Path | None = None
) -> Predict:
    """The metric in the environment of `python`; UsageError with what to do where it is not there.

    `model` is a hub name, a folder or a .ckpt file. The result raises ModelError where it cannot
    be had. With a `cache`, segments that were scored before are not scored again.
    """
    try:
        command = [python, "-c", _FIND, metric.needs]
        found = subprocess.run(command, cwd=tempfile.gettempdir(), check=False)
    except OSError as error:
        raise UsageError(f"{python} cannot be run ({error.strerror}): {metric.install}") from None
    if found.returncode:
        raise UsageError(f"{metric.label} is not installed for {python}: {metric.install}")
    predict = partial(_predict, metric, python, model)
    return (
        partial(_cached, predict, f"{metric.name} {_identity(model)}", cache) if cache else predict
    )


def _identity(model: str) -> str:
    """What tells a model from another: its name, of a file its size and time too."""
    path = Path(model)
    if not path.exists():
        return model
    files = sorted(
        file for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file()
    )
    return repr([(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files])


def _cached(predict: Predict, made_by: str, path: Path, rows: Sequence[Row]) -> list[float]:
    """The scores of rows, those that are kept from the cache."""
    keys = [hashlib.sha256(json.dumps([made_by, row]).encode()).hexdigest() for row in rows]
    with closing(HypothesisCache(path)) as kept:
        known = {key: float(old[0]) for key in keys if (old := kept.get(key))}
        todo = {key: row for key, row in zip(keys, rows, strict=True) if key not in known}
        if todo:
            new = dict(zip(todo, predict(list(todo.values())), strict=True))
            kept.put({key: [repr(score)] for key, score in new.items()})
            known |= new
    return [known[key] for key in keys]


def _predict(metric: Neural, python: str, model: str, rows: Sequence[Row]) -> list[float]:
    """One score a segment, from a process that is started for it."""
    with tempfile.TemporaryDirectory() as folder:
        command = [python, "-c", metric.worker, model, f"{folder}/scores.json"]
        done = subprocess.run(
            command,
            input=json.dumps(list(rows)),
            capture_output=True,
            text=True,
            cwd=folder,
            check=False,
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no message"])[-1]
            raise ModelError(
                f"the {metric.label} model {model} cannot be used ({last}): download it where "
                f"there is a network and give its path, --neural {metric.name}=PATH"
            )
        scores = json.loads(Path(folder, "scores.json").read_text(encoding="utf-8"))
    return [float(score) for score in scores]


def add_neural(
    result: Evaluation, metric: Neural, predict: Predict, *, model: str, settings: Settings
) -> Evaluation:
    """The same result with a learned metric as a peer: scores, intervals, tests, segments.

    Only the first reference is used; `model` is what the signature says. Raises UsageError
    without sources.
    """
    if not result.data.sources:
        raise UsageError(f"{metric.label} reads the French: give it with --src")
    columns = {
        system.name: metric.scale * np.array(predict(_rows(result, metric, system)), float)
        for system in result.systems
    }
    compared = list(_compared(result, metric, columns, settings))
    baseline = settings.baseline or result.systems[0].name
    return replace(
        result,
        systems=tuple(
            _with_score(result, system, metric, columns[system.name], model, settings)
            for system in result.systems
        ),
        comparisons=(*result.comparisons, *(c for c in compared if c.baseline == baseline)),
        pairs=(*result.pairs, *(with_holm(compared) if settings.all_pairs else ())),
    )


def _rows(result: Evaluation, metric: Neural, system: SystemResult) -> list[dict[str, str]]:
    data = result.data
    rows = [
        {"src": source, "mt": hypothesis}
        for source, hypothesis in zip(data.sources, system.hypotheses, strict=True)
    ]
    if metric.reference:
        for row, reference in zip(rows, data.references[0], strict=True):
            row["ref"] = reference
    return rows


def _with_score(
    result: Evaluation,
    system: SystemResult,
    metric: Neural,
    column: Column,
    model: str,
    settings: Settings,
) -> SystemResult:
    mean = low = high = None
    drawn = ""
    if settings.samples:
        mean, low, high = interval(_sample_means(column, settings))
        drawn = f"|bs:{settings.samples}|seed:{settings.seed}"
    score = Score(
        metric=metric.label,
        value=float(column.mean()),
        signature=f"nrefs:{int(metric.reference)}{drawn}|model:{model}",
        segments=len(column),
        data_hash=result.data.hash,
        low=low,
        high=high,
        mean=mean,
    )
    by_segment = {**system.by_segment, metric.label: tuple(column.tolist())}
    return replace(system, scores=(*system.scores, score), by_segment=by_segment)


def _sample_means(column: Column, settings: Settings) -> Column:
    totals = bootstrap_totals(column[:, np.newaxis], samples=settings.samples, seed=settings.seed)
    return np.asarray(totals[:, 0] / len(column))


def _compared(
    result: Evaluation, metric: Neural, columns: Mapping[str, Column], settings: Settings
) -> Iterator[Comparison]:
    """Every other system against the baseline, and all pairs if that is asked for."""
    baseline = settings.baseline or result.systems[0].name
    others = [name for name in columns if name != baseline]
    pairs = [(baseline, name) for name in others]
    if settings.all_pairs:
        pairs += combinations(others, 2)
    for first, second in pairs:
        ours, theirs = columns[first], columns[second]
        difference = float(theirs.mean() - ours.mean())
        yield Comparison(
            metric=metric.label,
            baseline=first,
            system=second,
            difference=difference,
            p_bootstrap=_bootstrap(ours, theirs, abs(difference), settings),
            p_randomization=_randomization(ours, theirs, abs(difference), settings),
            signature=f"ar:{settings.trials}|seed:{settings.seed}" if settings.trials else "",
        )


def _bootstrap(ours: Column, theirs: Column, difference: float, settings: Settings) -> float | None:
    if not settings.samples:
        return None
    found = np.abs(_sample_means(theirs, settings) - _sample_means(ours, settings))
    return p_value(found - found.mean(), difference)


def _randomization(
    ours: Column, theirs: Column, difference: float, settings: Settings
) -> float | None:
    if not settings.trials:
        return None
    totals = randomized_totals(
        ours[:, np.newaxis], theirs[:, np.newaxis], trials=settings.trials, seed=settings.seed
    )
    return p_value(np.abs(totals[0] - totals[1])[:, 0] / len(ours), difference)
