"""Which arithmetic and how many threads are the fastest on this machine, by timed updates.

bf16 halves what is moved, but a processor without instructions for it (AVX-512 bf16, AMX) took
198 s for an update that took 9.5 s in float32.
"""

import json
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import torch

from train.config import FitConfig, Recipe
from train.errors import TrainError, writing
from train.fit import Network, Run

log = logging.getLogger(__name__)
CHOICE = "choice.json"  # in the folder of a run: a resumed one goes on with it
_SMALL_BATCH = 64  # positions: what takes 198 s at 1,152 is found out in ten
_HOPELESS = 3.0  # bf16 that is so many times slower on a small batch is not timed on a whole one


@dataclass(frozen=True, slots=True)
class Choice:
    """How the updates are computed."""

    bf16: bool
    threads: int

    def on(self, recipe: Recipe) -> Recipe:
        """The recipe with this choice in the place of its own."""
        fit = replace(recipe.fit, bf16=self.bf16, threads=self.threads)
        return replace(recipe, fit=fit)

    def __str__(self) -> str:
        return f"{'bf16' if self.bf16 else 'float32'}, {self.threads} threads"


Timer = Callable[[Recipe], float]  # target pieces a second


def settled(recipe: Recipe, prepared: Path, out: Path, *, resume: bool = False) -> Recipe:
    """The recipe with what it leaves open chosen; a resumed run keeps what it began with."""
    kept = out / CHOICE
    if resume and kept.is_file():
        return _read(kept).on(recipe)
    chosen = choose(recipe, lambda given: pieces_a_second(given, prepared))
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(asdict(chosen)) + "\n", encoding="utf-8")
    return chosen.on(recipe)


def _read(path: Path) -> Choice:
    try:
        return Choice(**json.loads(path.read_text(encoding="utf-8")))
    except (ValueError, TypeError) as error:
        raise TrainError(f"{path} is broken ({error}); start anew without --resume") from error


def choose(recipe: Recipe, timer: Timer) -> Choice:
    """What is fastest of all that the recipe leaves open; nothing is timed where nothing is."""
    choices = list(candidates(recipe.fit))
    if len(choices) == 1:
        return choices[0]
    choices = _without_hopeless(recipe, choices, timer)
    speeds = {choice: timer(choice.on(recipe)) for choice in choices}
    for choice, speed in speeds.items():
        log.info("%s: %.0f target pieces a second", choice, speed)
    best = max(speeds, key=speeds.__getitem__)
    log.info("chosen: %s", best)
    return best


def candidates(fit: FitConfig) -> Iterator[Choice]:
    """All ways that a recipe allows on this machine; on a GPU there is one."""
    if torch.cuda.is_available():
        yield Choice(fit.bf16 is not False, 1)
        return
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    counts = [fit.threads] if fit.threads else sorted({1, -(-(cores or 1) // 2), cores or 1})
    for bf16 in (False, True) if fit.bf16 is None else (fit.bf16,):
        yield from (Choice(bf16, count) for count in counts)


def _without_hopeless(recipe: Recipe, choices: list[Choice], timer: Timer) -> list[Choice]:
    if len({choice.bf16 for choice in choices}) == 1:
        return choices
    fit = replace(recipe.fit, batch_tokens=_SMALL_BATCH, threads=1)
    plain, low = (timer(replace(recipe, fit=replace(fit, bf16=b))) for b in (False, True))
    log.info("a small batch: float32 %.0f, bf16 %.0f target pieces a second", plain, low)
    return [c for c in choices if not c.bf16] if low * _HOPELESS < plain else choices


def pieces_a_second(
    recipe: Recipe,
    prepared: Path,
    *,
    share: float = 0.5,
    updates: int = 3,
    network: Network | None = None,
) -> float:
    """Target pieces a second of the updates at `share` of a run; the first one is not timed."""
    with tempfile.TemporaryDirectory() as folder:
        run = Run(recipe, prepared, Path(folder), network=network)
        fit, progress = recipe.fit, run.progress
        progress.step = round(share * fit.steps)
        progress.seconds = share * 60 * fit.minutes
        progress.target_tokens = round(share * fit.tokens)
        run.step()
        before, started = progress.target_tokens, time.perf_counter()
        for _ in range(updates):
            run.step()
        seconds = time.perf_counter() - started
        run.pool.shutdown()
        return (progress.target_tokens - before) / seconds
