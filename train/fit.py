"""`fit`: the training loop, its schedule, its checkpoints and its log."""

import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, TextIO

import torch
from torch import Tensor
from transformers import MarianMTModel

from train import shards
from train.batches import Ahead, Batch, BatchStream, State
from train.config import FitConfig, Recipe
from train.errors import TrainError, writing
from train.history import LOG, note_start
from train.network import Loss, Trainer, build, set_weights, start_from
from train.vocabulary import load_pieces

log = logging.getLogger(__name__)
CHECKPOINT = "checkpoint.pt"
AVERAGE = "average.pt"  # the weights that ship, float16: all that `export` needs of a run
_LOG_EVERY = 50  # updates


@dataclass(slots=True)
class Progress:
    """How far the run is; kept in the checkpoint."""

    step: int = 0
    seconds: float = 0.0
    target_tokens: int = 0

    def share(self, fit: FitConfig) -> float:
        """Of the whole run, 0 to 1, by steps or tokens where they are the budget, else by time."""
        if fit.steps:
            return self.step / fit.steps
        if fit.tokens:
            return self.target_tokens / fit.tokens
        return self.seconds / (60 * fit.minutes)


class Weights:
    """The float32 weights as one vector, with Adam and the moving average over it.

    The replicas of the network compute with their own copies, in bf16 where the recipe says so.
    """

    def __init__(self, replicas: Sequence[MarianMTModel], fit: FitConfig):
        self.replicas = [[p for p in m.parameters() if p.requires_grad] for m in replicas]
        self.sizes = [p.numel() for p in self.replicas[0]]
        self.master = _flat(self.replicas[0])
        self.average = self.master.clone()
        self.master.requires_grad_(True)
        self.adam = torch.optim.Adam([self.master], lr=0.0, betas=(0.9, 0.98), eps=1e-9, fused=True)
        self.clip, self.decay = fit.clip, fit.ema

    def gather(self) -> float:
        """Add up the gradients of the replicas and clip them; returns their norm before that."""
        gradient = _flat([p.grad for p in self.replicas[0]])
        for parameters in self.replicas[1:]:
            gradient += _flat([p.grad for p in parameters])
        norm = float(gradient.norm())
        if self.clip and norm > self.clip:
            gradient.mul_(self.clip / norm)
        self.master.grad = gradient
        return norm

    def update(self, rate: float, step: int) -> None:
        """One step along the gathered gradient."""
        for group in self.adam.param_groups:
            group["lr"] = rate
        self.adam.step()
        with torch.no_grad():
            decay = min(self.decay, (1 + step) / (10 + step))
            self.average.lerp_(self.master.detach(), 1 - decay)
        self.write(self.master)

    def write(self, vector: Tensor) -> None:
        """Put a weight vector into every replica and forget the gradients."""
        parts = vector.detach().split(self.sizes)
        for parameters in self.replicas:
            for p, part in zip(parameters, parts, strict=True):
                p.data.copy_(part.view_as(p))
                p.grad = None

    def state(self) -> dict[str, Any]:
        """For the checkpoint."""
        return {
            "master": self.master.detach(),
            "average": self.average,
            "adam": self.adam.state_dict(),
        }

    def restore(self, state: dict[str, Any]) -> None:
        """From the checkpoint."""
        with torch.no_grad():
            self.master.copy_(state["master"])
            self.average.copy_(state["average"])
        self.adam.load_state_dict(state["adam"])
        self.write(self.master)


def _flat(tensors: Sequence[Tensor]) -> Tensor:
    return torch.cat([t.detach().flatten().float() for t in tensors])


def learning_rate(fit: FitConfig, step: int, share: float) -> float:
    """Linear warm-up over `fit.warmup` updates, then the decay of the recipe."""
    warm = min(1.0, (step + 1) / max(1, fit.warmup))
    if fit.decay == "linear":
        return fit.learning_rate * warm * max(0.0, 1.0 - share)
    return fit.learning_rate * min(warm, math.sqrt(max(1, fit.warmup) / (step + 1)))


def align_weight(fit: FitConfig, share: float) -> float:
    """The weight of guided alignment, decaying linearly to zero at `fit.align_until`."""
    if fit.align_until <= 0:
        return 0.0
    return fit.align_weight * max(0.0, 1.0 - share / fit.align_until)


Network = Callable[..., MarianMTModel]  # makes one that computes `attention` in the way named


class Run:
    """A training run: the parts that the loop and the checkpoint share.

    `network` makes another one than that of the recipe.

    On a CPU every thread has its own replica of the network and its own batch, and the gradients
    are added. Threads that split each operation between them wait for each other hundreds of times
    an update, which costs most of the machine as soon as anything else runs on it.
    """

    def __init__(
        self,
        recipe: Recipe,
        prepared: Path,
        out: Path,
        *,
        resume: bool = False,
        start: Path | None = None,
        network: Network | None = None,
    ):
        with writing(out):
            out.mkdir(parents=True, exist_ok=True)
        self.recipe, self.fit, self.out = recipe, recipe.fit, out
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        count = 1 if self.device.type == "cuda" else max(1, self.fit.threads)
        torch.set_num_threads(1)
        kind = torch.bfloat16 if self.fit.bf16 else torch.float32
        attention = "sdpa" if self.device.type == "cuda" else "eager"
        network = network or _network(recipe, prepared)
        replicas = [network(attention=attention) for _ in range(count)]
        pad = replicas[0].config.pad_token_id
        if start:
            start_from(start, prepared, replicas)
            note_start(start, out)
        self.weights = Weights([r.to(self.device) for r in replicas], self.fit)
        self.trainers = [Trainer(r.to(kind), self.fit.label_smoothing) for r in replicas]
        self.pool = ThreadPoolExecutor(count, initializer=torch.set_num_threads, initargs=(1,))
        self.progress = Progress()
        state = self._restore() if resume else None
        stream = BatchStream(shards.Folder(prepared), recipe.phases, self.fit, pad=pad, state=state)
        self.batches = Ahead(stream) if self.device.type == "cuda" else stream

    def _restore(self) -> State | None:
        path = self.out / CHECKPOINT
        if not path.is_file():
            log.info("no checkpoint in %s; starting from the beginning", self.out)
            return None
        try:
            saved = torch.load(path, map_location=self.device, weights_only=True)
            self.weights.restore(saved["weights"])
            self.progress = Progress(**saved["progress"])
            return State(**saved["data"])
        except (RuntimeError, KeyError, TypeError, EOFError, UnpicklingError) as error:
            raise TrainError(
                f"{path} is broken or of another recipe ({type(error).__name__}); "
                "give its recipe and data, or start anew without --resume"
            ) from error

    def save(self) -> None:
        """Write the checkpoint: whole or not at all."""
        saved = {
            "weights": self.weights.state(),
            "progress": asdict(self.progress),
            "data": self.batches.state.to_dict(),
        }
        _save(saved, self.out / CHECKPOINT)
        _save(self.weights.average.half().cpu(), self.out / AVERAGE)

    def step(self) -> dict[str, float]:
        """One update of the weights."""
        share = self.progress.share(self.fit)
        weight = align_weight(self.fit, share)
        likelihood = alignment = 0.0
        for _ in range(self.fit.accumulate):
            batches = [self.batches.next(share) for _ in self.trainers]
            weights = [weight] * len(batches)
            for loss in self.pool.map(self._backward, self.trainers, batches, weights):
                likelihood += loss.likelihood / self.parts
                alignment += loss.alignment / self.parts
            self.progress.target_tokens += sum(batch.target_tokens for batch in batches)
        norm = self.weights.gather()
        if not math.isfinite(likelihood + norm):
            raise TrainError(
                f"the loss is {likelihood} and its gradient {norm} at update {self.progress.step}; "
                "lower learning_rate, then go on from the last checkpoint with --resume"
            )
        rate = learning_rate(self.fit, self.progress.step, share)
        self.weights.update(rate, self.progress.step)
        self.progress.step += 1
        return {"loss": likelihood, "align": alignment, "lr": rate, "norm": norm}

    @property
    def parts(self) -> int:
        """Batches in one update."""
        return self.fit.accumulate * len(self.trainers)

    def _backward(self, trainer: Trainer, batch: Batch, weight: float) -> Loss:
        loss: Loss = trainer(*self._tensors(batch), weight)
        (loss.total / self.parts).backward()
        return loss

    def _tensors(self, batch: Batch) -> list[Tensor]:
        arrays = (batch.source, batch.target, batch.partner)
        return [torch.from_numpy(array).to(self.device) for array in arrays]

    @contextmanager
    def averaged(self) -> Iterator[MarianMTModel]:
        """The network with the moving average of its weights, for measuring and for export."""
        self.weights.write(self.weights.average)
        try:
            yield self.trainers[0].model
        finally:
            self.weights.write(self.weights.master)


def _network(recipe: Recipe, prepared: Path) -> Network:
    """That of the recipe, with random weights."""
    size = len(load_pieces(prepared)) + 1
    return partial(build, recipe.model, size, recipe.fit.seed)


def fit(
    recipe: Recipe,
    prepared: Path,
    out: Path,
    *,
    resume: bool = False,
    start: Path | None = None,
    network: Network | None = None,
    stop_at: int | None = None,
    measure: Callable[[Run], dict[str, float]] | None = None,
    watch: Callable[[Progress], None] = lambda progress: None,
    clock: Callable[[], float] = time.monotonic,
) -> Progress:
    """Train until the budget is used up; `measure` is called every `fit.dev_minutes`.

    `start` is a model folder of `export` whose weights the run starts from; `network` makes
    another network than the recipe's. `watch` is called after each update.
    `stop_at` ends the run early at this update, with a checkpoint, as an interruption would.
    """
    run = Run(recipe, prepared, out, resume=resume, start=start, network=network)
    started = clock() - run.progress.seconds
    saved = measured = clock()
    window: list[dict[str, float]] = []
    with writing(out), (out / LOG).open("a+" if resume else "w", encoding="utf-8") as lines:
        _drop_after(lines, run.progress.step)
        while run.progress.share(recipe.fit) < 1 and run.progress.step != stop_at:
            window.append(run.step())
            run.progress.seconds = clock() - started
            watch(run.progress)
            if run.progress.step % _LOG_EVERY == 0:
                _write(lines, run.progress, _means(window))
                window.clear()
            if measure and clock() - measured >= 60 * recipe.fit.dev_minutes:
                _write(lines, run.progress, measure(run))
                measured = clock()
            if clock() - saved >= 60 * recipe.fit.checkpoint_minutes:
                run.save()
                saved = clock()
        run.save()
        if measure:
            _write(lines, run.progress, measure(run))
    return run.progress


def _save(value: Any, path: Path) -> None:
    temporary = path.with_suffix(".tmp")
    try:
        torch.save(value, temporary)
        temporary.replace(path)
    except (OSError, RuntimeError) as error:  # torch.save turns a full disk into the latter
        temporary.unlink(missing_ok=True)
        reason = str(error).splitlines()[0]
        raise TrainError(f"cannot write {path} ({reason}); is the disk full?") from error


def averaged(recipe: Recipe, prepared: Path, run_folder: Path) -> MarianMTModel:
    """The network with the averaged weights of a run; all that it needs of the run is AVERAGE."""
    try:
        vector = average(run_folder)
        model = build(recipe.model, len(load_pieces(prepared)) + 1, recipe.fit.seed)
        set_weights(model, vector.float())
    except (RuntimeError, KeyError, TypeError, EOFError, UnpicklingError) as error:
        raise TrainError(
            f"the weights in {run_folder} are broken or of another recipe ({type(error).__name__})"
        ) from error
    return model


def average(run_folder: Path) -> Tensor:
    """The averaged weights of a run, one vector."""
    for name in (AVERAGE, CHECKPOINT):
        if (run_folder / name).is_file():
            saved = torch.load(run_folder / name, map_location="cpu", weights_only=True)
            vector: Tensor = saved if name == AVERAGE else saved["weights"]["average"]
            return vector
    raise TrainError(f"no {AVERAGE} in {run_folder}; run `python -m train fit` first")


def _drop_after(lines: TextIO, step: int) -> None:
    """Drop what a killed run has logged after its last checkpoint: it is done and logged again."""
    if not lines.tell():
        return
    lines.seek(0)
    kept = [line for line in lines if line.endswith("\n") and json.loads(line)["step"] <= step]
    lines.truncate(0)
    lines.writelines(kept)


def _means(window: list[dict[str, float]]) -> dict[str, float]:
    return {key: sum(row[key] for row in window) / len(window) for key in window[0]}


def _write(lines: TextIO, progress: Progress, values: dict[str, float]) -> None:
    """One line of the log; flushed, so that it can be followed."""
    row = asdict(progress) | values
    lines.write(json.dumps({k: round(v, 6) for k, v in row.items()}) + "\n")
    lines.flush()
    log.info("%s", " ".join(f"{key}={value:.5g}" for key, value in row.items()))
