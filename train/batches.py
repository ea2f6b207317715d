"""The order of the training data: a pure function of the seed and of a small state.

A block of pairs is drawn from the corpora by weight, sorted by length into batches of few distinct
shapes, and the batches are shuffled. The state says which block it was and how far each corpus has
been used, so that a resumed run sees the same batches in the same order.
"""

import copy
import queue
import threading
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from train.align import NONE
from train.config import FitConfig, PhaseConfig
from train.errors import TrainError
from train.shards import Shard

PADDED = -2  # in `partner`: padding
Array = npt.NDArray[np.int64]
Rows = npt.NDArray[np.int64]  # of two columns: the place of a corpus among the names, a pair of it


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids, B x S and B x T; padding is `pad`, of `partner` `PADDED`, and -1 is no partner."""

    source: Array
    target: Array
    partner: Array

    @property
    def target_tokens(self) -> int:
        """Target pieces, padding not counted."""
        return int((self.partner > PADDED).sum())


@dataclass(slots=True)
class State:
    """Where the data stands: all that a checkpoint needs to go on with the next batch."""

    block: int = 0  # blocks drawn so far
    position: int = 0  # batches of the last block already used
    drawn_at: float = 0.0  # progress of the run when the last block was drawn
    used: dict[str, int] = field(default_factory=dict)  # pairs used of each corpus, over epochs
    used_before: dict[str, int] = field(default_factory=dict)  # the same, before the last block

    def to_dict(self) -> dict[str, Any]:
        """For the checkpoint."""
        return asdict(self)


class BatchStream:
    """An endless stream of batches; `next` takes the progress of the run, 0 to 1.

    A shard is asked for when the first phase that weighs it begins.
    """

    def __init__(
        self,
        shards: Mapping[str, Shard],
        phases: tuple[PhaseConfig, ...],
        fit: FitConfig,
        *,
        pad: int,
        state: State | None = None,
    ):
        _check_names(shards, phases)
        self._shards = shards
        self._names = sorted(shards)
        self._phases = phases
        self._fit = fit
        self._pad = pad
        self._lengths: dict[str, Array] = {}
        self._orders: dict[tuple[str, int], Array] = {}
        self.state = state or State()
        self._batches: list[Rows] = []
        if self.state.block:
            self._redraw()

    def next(self, progress: float) -> Batch:
        """The next batch."""
        state = self.state
        if state.position >= len(self._batches):
            state.block += 1
            state.position = 0
            state.drawn_at = progress
            state.used_before = dict(state.used)
            self._batches = self._draw()
        rows = self._batches[state.position]
        state.position += 1
        return self._collate(rows)

    def _redraw(self) -> None:
        """Draw the last block once more, as it was drawn before the checkpoint."""
        self.state.used = dict(self.state.used_before)
        self._batches = self._draw()

    def _longer_sides(self, name: str) -> Array:
        if name not in self._lengths:
            self._lengths[name] = np.maximum(*self._shards[name].lengths())
        return self._lengths[name]

    def _draw(self) -> list[Rows]:
        phase, longest = current_phase(self._phases, self.state.drawn_at)
        eligible = {n: int((self._longer_sides(n) <= longest).sum()) for n in phase.weights}
        mass = {n: weight * eligible[n] for n, weight in phase.weights.items() if eligible[n]}
        if not mass:
            raise TrainError(f"no pair is as short as {longest} pieces; raise length_from")
        rng = np.random.default_rng((self._fit.seed, self.state.block))
        counts = rng.multinomial(
            self._fit.block, np.array(list(mass.values())) / sum(mass.values())
        )
        taken = [
            (self._names.index(name), self._take(name, int(count), longest))
            for name, count in zip(mass, counts, strict=True)
        ]
        rows = np.concatenate([np.stack([np.full_like(t, i), t], axis=1) for i, t in taken])
        batches = self._split(rows, rng)
        return [batches[i] for i in rng.permutation(len(batches))]

    def _take(self, name: str, count: int, longest: int) -> Array:
        """`count` pairs of a corpus in the order of its epochs, leaving out the long ones."""
        size = len(self._shards[name])
        taken: list[Array] = []
        while count:
            epoch, at = divmod(self.state.used.get(name, 0), size)
            rest = self._order(name, epoch)[at:]
            fits = np.flatnonzero(self._longer_sides(name)[rest] <= longest)[:count]
            used = int(fits[-1]) + 1 if len(fits) == count else len(rest)
            self.state.used[name] = self.state.used.get(name, 0) + used
            taken.append(rest[fits])
            count -= len(fits)
        return np.concatenate(taken) if taken else np.zeros(0, dtype=np.int64)

    def _order(self, name: str, epoch: int) -> Array:
        if (name, epoch) not in self._orders:
            seed = (self._fit.seed, epoch, *name.encode())
            self._orders = {key: o for key, o in self._orders.items() if key[0] != name}
            order = np.random.default_rng(seed).permutation(len(self._shards[name]))
            self._orders[name, epoch] = order
        return self._orders[name, epoch]

    def _split(self, rows: Rows, rng: np.random.Generator) -> list[Rows]:
        """Group the pairs by bucketed lengths; the longer side sets the size of the batch."""
        sources, targets = self._row_lengths(rows)
        order = np.lexsort((rng.random(len(rows)), sources, targets))
        longer = np.maximum(sources, targets)[order].tolist()
        cuts, start, longest = [], 0, 0
        for i, length in enumerate(longer):
            longest = max(longest, length)
            if i > start and longest * (i + 1 - start) > self._fit.batch_tokens:
                cuts.append(i)
                start, longest = i, length
        return np.split(rows[order], cuts)

    def _row_lengths(self, rows: Rows) -> tuple[Array, Array]:
        """Pieces of the sources and of the targets, rounded up to whole buckets."""
        lengths = np.zeros((2, len(rows)), dtype=np.int64)
        for shard, chosen, pairs in self._by_shard(rows):
            lengths[0, chosen] = shard.source_at[pairs + 1] - shard.source_at[pairs]
            lengths[1, chosen] = shard.target_at[pairs + 1] - shard.target_at[pairs]
        bucket = self._fit.bucket
        sources, targets = -(-lengths // bucket) * bucket
        return sources, targets

    def _by_shard(self, rows: Rows) -> Iterator[tuple[Shard, Array, Array]]:
        """Of each corpus in `rows`: its shard, which rows are its, and their pairs."""
        for i in np.unique(rows[:, 0]):
            chosen = np.flatnonzero(rows[:, 0] == i)
            yield self._shards[self._names[i]], chosen, rows[chosen, 1]

    def _collate(self, rows: Rows) -> Batch:
        sources, targets = self._row_lengths(rows)
        source = np.full((len(rows), sources.max()), self._pad, dtype=np.int64)
        target = np.full((len(rows), targets.max()), self._pad, dtype=np.int64)
        partner = np.full((len(rows), targets.max()), PADDED, dtype=np.int64)
        for shard, chosen, pairs in self._by_shard(rows):
            at, flat = _spans(shard.source_at, pairs, source.shape[1])
            source[chosen] = np.where(at, shard.source[flat], self._pad)
            at, flat = _spans(shard.target_at, pairs, target.shape[1])
            target[chosen] = np.where(at, shard.target[flat], self._pad)
            links = shard.partner[flat].astype(np.int64)
            links[links == NONE] = -1
            partner[chosen] = np.where(at, links, PADDED)
        return Batch(source, target, partner)


def _spans(offsets: Array, pairs: Array, width: int) -> tuple[npt.NDArray[np.bool_], Array]:
    """Where in a flat array the pieces of `pairs` are, one row a pair, and which are pieces."""
    columns = np.arange(width)
    starts, ends = offsets[pairs, None], offsets[pairs + 1, None]
    flat = starts + columns
    at = flat < ends
    return at, np.minimum(flat, offsets[-1] - 1)


class Ahead:
    """A stream whose next batches are made by a thread while the last one is computed with."""

    def __init__(self, stream: BatchStream, *, count: int = 6):
        self._stream = stream
        self._ready: queue.Queue[tuple[Batch, dict[str, Any]] | BaseException] = queue.Queue(count)
        self._progress = 0.0
        self.state = State(**copy.deepcopy(stream.state.to_dict()))
        self._thread: threading.Thread | None = None

    def next(self, progress: float) -> Batch:
        """The next batch; `progress` is heeded by those that are not made yet."""
        self._progress = progress
        if self._thread is None:
            self._thread = threading.Thread(target=self._make, daemon=True)
            self._thread.start()
        made = self._ready.get()
        if isinstance(made, BaseException):
            raise made
        batch, state = made
        self.state = State(**state)
        return batch

    def _make(self) -> None:
        try:
            while True:
                batch = self._stream.next(self._progress)
                self._ready.put((batch, copy.deepcopy(self._stream.state.to_dict())))
        except BaseException as error:  # noqa: BLE001 - raised again where the batch is asked for
            self._ready.put(error)


def current_phase(phases: tuple[PhaseConfig, ...], progress: float) -> tuple[PhaseConfig, int]:
    """The phase at this share of the run, and the longest pair it allows."""
    start = 0.0
    for phase in phases:
        if progress < phase.until:
            break
        start = phase.until
    if start == phase.until:  # progress >= 1: the end of the last phase
        return phase, phase.length_to
    inside = (progress - start) / (phase.until - start)
    return phase, round(phase.length_from + inside * (phase.length_to - phase.length_from))


def _check_names(shards: Mapping[str, Shard], phases: tuple[PhaseConfig, ...]) -> None:
    for phase in phases:
        unknown = sorted(set(phase.weights) - set(shards))
        if unknown:
            raise TrainError(
                f"a phase weighs {unknown[0]!r}; prepared: {', '.join(sorted(shards))}"
            )
