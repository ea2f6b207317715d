"""Token ids of a corpus on disk: flat arrays with offsets, one NumPy file a corpus."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from train.errors import TrainError

Ids = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class Shard:
    """Pairs of one corpus. Pair i is `source[source_at[i]:source_at[i+1]]`, the same for target.

    Both sides end with </s>. `partner` runs along `target`: the source position that each target
    piece is the translation of, or `align.NONE`.
    """

    source: Ids
    target: Ids
    partner: npt.NDArray[np.uint8]
    source_at: npt.NDArray[np.int64]
    target_at: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.source_at) - 1

    def lengths(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Pieces of each source and each target, </s> included."""
        return np.diff(self.source_at), np.diff(self.target_at)


def pack(
    sources: Sequence[Sequence[int]],
    targets: Sequence[Sequence[int]],
    partners: Sequence[npt.NDArray[np.uint8]],
) -> Shard:
    """Make a shard of lists of ids."""
    return Shard(
        source=_flat(sources, np.uint16),
        target=_flat(targets, np.uint16),
        partner=_flat(partners, np.uint8),
        source_at=_offsets(sources),
        target_at=_offsets(targets),
    )


def _flat(
    rows: Sequence[Sequence[int]] | Sequence[npt.NDArray[np.uint8]], kind: type
) -> npt.NDArray[Any]:
    return np.concatenate([np.asarray(row, dtype=kind) for row in rows])


def _offsets(rows: Sequence[Sequence[int]]) -> npt.NDArray[np.int64]:
    return np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)


def save(shard: Shard, path: Path) -> None:
    """Write the shard."""
    np.savez(
        path,
        source=shard.source,
        target=shard.target,
        partner=shard.partner,
        source_at=shard.source_at,
        target_at=shard.target_at,
    )


class Folder(Mapping[str, Shard]):
    """The shards of a prepared folder, each read when it is first asked for."""

    def __init__(self, prepared: Path):
        try:
            table = json.loads((prepared / "corpora.json").read_text(encoding="utf-8"))
            self._names = sorted(row["name"] for row in table)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise TrainError(
                f"no corpora.json in {prepared}; run `python -m train prepare`"
            ) from error
        self._folder = prepared
        self._read: dict[str, Shard] = {}

    def __getitem__(self, name: str) -> Shard:
        if name not in self._names:
            raise TrainError(f"{name!r} is not prepared; there: {', '.join(self._names)}")
        if name not in self._read:
            self._read[name] = load(self._folder / f"{name}.npz")
        return self._read[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)


def load(path: Path) -> Shard:
    """Read a shard; a missing or broken file is a TrainError."""
    try:
        with np.load(path) as arrays:
            return Shard(**{name: arrays[name] for name in Shard.__slots__})
    except (OSError, KeyError, ValueError) as error:
        raise TrainError(f"{path} is no shard ({error}); run `python -m train prepare`") from error
