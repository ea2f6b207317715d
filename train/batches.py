"""The order of the training data: a pure function of the seed and of a small state.

A block of pairs is drawn from the corpora by weight, sorted by length into batches of few distinct
shapes, and the batches are shuffled. The state says which block it was and how far each corpus has
been used, so that a resumed run sees the same batches in the same order.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from train.align import NONE
from train.config import FitConfig, PhaseConfig
from train.errors import TrainError
from train.shards import Shard

Array = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Batch:
    """Ids, B x S and B x T; padding is `pad`, `partner` is -1 where there is none."""

    source: Array
    target: Array
    partner: Array

    @property
    def target_tokens(self) -> int:
        """Target pieces, padding not counted."""
        return int((self.partner > -2).sum())


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
    """An endless stream of batches; `next` takes the progress of the run, 0 to 1."""

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
        self._phases = phases
        self._fit = fit
        self._pad = pad
        self._lengths = {name: np.maximum(*shard.lengths()) for name, shard in shards.items()}
        self._orders: dict[tuple[str, int], Array] = {}
        self.state = state or State()
        self._batches: list[list[tuple[str, int]]] = []
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

    def _draw(self) -> list[list[tuple[str, int]]]:
        phase, longest = current_phase(self._phases, self.state.drawn_at)
        eligible = {n: int((self._lengths[n] <= longest).sum()) for n in phase.weights}
        mass = {n: weight * eligible[n] for n, weight in phase.weights.items() if eligible[n]}
        if not mass:
            raise TrainError(f"no pair is as short as {longest} pieces; raise length_from")
        rng = np.random.default_rng((self._fit.seed, self.state.block))
        counts = rng.multinomial(
            self._fit.block, np.array(list(mass.values())) / sum(mass.values())
        )
        rows = [
            (name, int(i))
            for name, count in zip(mass, counts, strict=True)
            for i in self._take(name, int(count), longest)
        ]
        batches = self._split(rows, rng)
        return [batches[i] for i in rng.permutation(len(batches))]

    def _take(self, name: str, count: int, longest: int) -> Array:
        """`count` pairs of a corpus in the order of its epochs, leaving out the long ones."""
        size = len(self._shards[name])
        taken: list[Array] = []
        while count:
            epoch, at = divmod(self.state.used.get(name, 0), size)
            rest = self._order(name, epoch)[at:]
            fits = np.flatnonzero(self._lengths[name][rest] <= longest)[:count]
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

    def _split(
        self, rows: list[tuple[str, int]], rng: np.random.Generator
    ) -> list[list[tuple[str, int]]]:
        """Group the pairs by bucketed lengths; the longer side sets the size of the batch."""
        sources, targets = self._row_lengths(rows)
        noise = rng.random(len(rows))
        order = np.lexsort((noise, sources, targets))
        batches: list[list[tuple[str, int]]] = []
        current: list[tuple[str, int]] = []
        longest = 0
        for i in order:
            grown = max(longest, int(sources[i]), int(targets[i]))
            if current and grown * (len(current) + 1) > self._fit.batch_tokens:
                batches.append(current)
                current, grown = [], max(int(sources[i]), int(targets[i]))
            current.append(rows[i])
            longest = grown
        return [*batches, current]

    def _row_lengths(self, rows: list[tuple[str, int]]) -> tuple[Array, Array]:
        both = [
            (s.source_at[i + 1] - s.source_at[i], s.target_at[i + 1] - s.target_at[i])
            for s, i in ((self._shards[name], i) for name, i in rows)
        ]
        lengths = np.array(both, dtype=np.int64)
        bucket = self._fit.bucket
        rounded = -(-lengths // bucket) * bucket
        return rounded[:, 0], rounded[:, 1]

    def _collate(self, rows: list[tuple[str, int]]) -> Batch:
        sources, targets = self._row_lengths(rows)
        source = np.full((len(rows), sources.max()), self._pad, dtype=np.int64)
        target = np.full((len(rows), targets.max()), self._pad, dtype=np.int64)
        partner = np.full((len(rows), targets.max()), -2, dtype=np.int64)
        for row, (name, i) in enumerate(rows):
            shard = self._shards[name]
            ids = shard.source[shard.source_at[i] : shard.source_at[i + 1]]
            source[row, : len(ids)] = ids
            span = slice(shard.target_at[i], shard.target_at[i + 1])
            ids = shard.target[span]
            target[row, : len(ids)] = ids
            links = shard.partner[span].astype(np.int64)
            partner[row, : len(ids)] = np.where(links == NONE, -1, links)
        return Batch(source, target, partner)


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
