"""The order of the data: weights, lengths, few shapes, and going on where it stopped."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from train import align, shards
from train.batches import Ahead, BatchStream, State, current_phase
from train.config import FitConfig, PhaseConfig
from train.errors import TrainError

PAD = 99
FIT = FitConfig(batch_tokens=128, block=400, bucket=8)


def shard(mark: int, count: int, longest: int) -> shards.Shard:
    """Pairs whose pieces are all `mark`, one to `longest` long."""
    rows = [[mark] * (1 + i % longest) for i in range(count)]
    partners = [np.full(len(row), align.NONE, dtype=np.uint8) for row in rows]
    return shards.pack(rows, rows, partners)


SHARDS = {"a": shard(1, 100, 30), "b": shard(2, 100, 30)}


def phases(**weights: float) -> tuple[PhaseConfig, ...]:
    return (PhaseConfig(0.5, 10, 10, weights), PhaseConfig(1.0, 10, 30, weights))


def test_shapes_are_few_and_bounded() -> None:
    stream = BatchStream(SHARDS, phases(a=1.0, b=1.0), FIT, pad=PAD)
    batches = [stream.next(1.0) for _ in range(100)]
    assert all(size % 8 == 0 for b in batches for size in (b.source.shape[1], b.target.shape[1]))
    assert all(b.source.size <= 128 for b in batches)
    assert len({b.source.shape for b in batches}) < 25
    assert np.mean([(b.source != PAD).mean() for b in batches]) > 0.7


def test_weights_are_respected() -> None:
    stream = BatchStream(SHARDS, phases(a=3.0, b=1.0), FIT, pad=PAD)
    drawn = Counter(int(m) for _ in range(300) for m in stream.next(1.0).source[:, 0])
    assert drawn[1] / drawn[2] == pytest.approx(3.0, rel=0.15)


def test_an_epoch_uses_every_pair_once() -> None:
    fit = replace(FIT, block=100)
    stream = BatchStream({"a": SHARDS["a"]}, phases(a=1.0), fit, pad=PAD)
    lengths: Counter[int] = Counter()
    while sum(lengths.values()) < 100:
        lengths.update((stream.next(1.0).source != PAD).sum(axis=1).tolist())
    assert lengths == Counter(1 + i % 30 for i in range(100))


@pytest.mark.parametrize(("progress", "longest"), [(0.0, 10), (0.49, 10), (0.75, 20), (1.0, 30)])
def test_pairs_lengthen_over_the_run(progress: float, longest: int) -> None:
    assert current_phase(phases(a=1.0), progress)[1] == longest
    stream = BatchStream(SHARDS, phases(a=1.0, b=1.0), FIT, pad=PAD)
    lengths = [(stream.next(progress).source != PAD).sum(axis=1).max() for _ in range(60)]
    assert max(lengths) == longest


@pytest.mark.parametrize("stop", [1, 7, 40])
def test_stream_goes_on_where_it_stopped(stop: int) -> None:
    whole = BatchStream(SHARDS, phases(a=2.0, b=1.0), FIT, pad=PAD)
    expected = [whole.next(i / 80).source for i in range(80)]
    first = BatchStream(SHARDS, phases(a=2.0, b=1.0), FIT, pad=PAD)
    for i in range(stop):
        first.next(i / 80)
    state = State(**first.state.to_dict())
    second = BatchStream(SHARDS, phases(a=2.0, b=1.0), FIT, pad=PAD, state=state)
    for i in range(stop, 80):
        assert np.array_equal(second.next(i / 80).source, expected[i])


def test_batches_made_ahead_are_those_of_the_stream() -> None:
    plain = BatchStream(SHARDS, phases(a=2.0, b=1.0), FIT, pad=PAD)
    ahead = Ahead(BatchStream(SHARDS, phases(a=2.0, b=1.0), FIT, pad=PAD))
    for _ in range(30):
        assert np.array_equal(ahead.next(0.6).source, plain.next(0.6).source)
        assert ahead.state == plain.state


def test_failure_to_make_a_batch_ahead_is_raised() -> None:
    short = (PhaseConfig(1.0, 0, 0, {"a": 1.0}),)
    ahead = Ahead(BatchStream(SHARDS, short, FIT, pad=PAD))
    with pytest.raises(TrainError, match="no pair is as short as 0"):
        ahead.next(0.5)


def test_unknown_corpus_is_said() -> None:
    with pytest.raises(TrainError, match="weighs 'c'; prepared: a, b"):
        BatchStream(SHARDS, phases(a=1.0, c=1.0), FIT, pad=PAD)
