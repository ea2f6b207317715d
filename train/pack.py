"""A prepared folder on its way to another machine: small, and in parts.

`first.tar.xz` has what the first phase of a recipe needs, so that a run can begin with it;
`more.tar.xz.00`, `.01`, ... are the rest, cut into parts of the size that a transfer allows.
"""

import io
import lzma
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from train.align import NONE
from train.config import Recipe
from train.errors import TrainError, writing
from train.history import CORPORA
from train.shards import Shard, load, save
from train.vocabulary import FILES

FIRST, MORE = "first.tar.xz", "more.tar.xz"
#: Two bytes a piece, and a window that sees all of a large corpus: a third less than xz's defaults.
_FILTERS = [
    {"id": lzma.FILTER_LZMA2, "preset": 6, "dict_size": 192 * 2**20, "lc": 3, "lp": 1, "pb": 1}
]


def pack(recipe: Recipe, prepared: Path, out: Path, *, megabytes: int) -> list[Path]:
    """Write the parts, none larger than `megabytes`, and return them."""
    first = set(recipe.phases[0].weights)
    later = set().union(*(phase.weights for phase in recipe.phases)) - first
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        wholes = [(FIRST, sorted(first), (*FILES, CORPORA)), (MORE, sorted(later), ())]
        return [
            part
            for name, corpora, files in wholes
            if corpora
            for part in _split(out / name, _archive(prepared, corpora, files), megabytes)
        ]


def unpack(parts: Sequence[Path], prepared: Path) -> list[str]:
    """Put what `parts`, the pieces of one archive in order, hold into a prepared folder."""
    names = []
    with writing(prepared):
        prepared.mkdir(parents=True, exist_ok=True)
        for name, content in _members(parts):
            if name.endswith(".npz"):
                # Whole or not at all: a run may be waiting for it.
                save(_widened(content), prepared / f".{name}")
                (prepared / f".{name}").replace(prepared / name)
            else:
                (prepared / name).write_bytes(content)
            names.append(name)
    return names


def _archive(prepared: Path, corpora: Iterable[str], files: Iterable[str]) -> bytes:
    buffer = io.BytesIO()
    with (
        lzma.open(buffer, "wb", filters=_FILTERS) as packed,
        tarfile.open(fileobj=packed, mode="w") as archive,
    ):
        for name in files:
            _add(archive, name, (prepared / name).read_bytes())
        for name in corpora:
            _add(archive, f"{name}.npz", _narrowed(load(prepared / f"{name}.npz")))
    return buffer.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(content)
    archive.addfile(entry, io.BytesIO(content))


def _split(path: Path, content: bytes, megabytes: int) -> Iterator[Path]:
    size = megabytes * 10**6
    if len(content) <= size:
        path.write_bytes(content)
        yield path
        return
    for number, start in enumerate(range(0, len(content), size)):
        part = path.with_name(f"{path.name}.{number:02}")
        part.write_bytes(content[start : start + size])
        yield part


def _members(parts: Sequence[Path]) -> Iterator[tuple[str, bytes]]:
    try:
        whole = io.BytesIO(b"".join(part.read_bytes() for part in parts))
        with tarfile.open(fileobj=whole, mode="r:xz") as archive:
            for entry in archive:
                content = archive.extractfile(entry)
                yield Path(entry.name).name, content.read() if content else b""
    except (tarfile.TarError, lzma.LZMAError, EOFError, OSError) as error:
        named = ", ".join(map(str, parts))
        raise TrainError(f"{named}: no whole archive ({error}); give all parts in order") from error


def _narrowed(shard: Shard) -> bytes:
    """A shard without what can be computed: offsets, a target like its source, no partners."""
    buffer = io.BytesIO()
    same = np.array_equal(shard.source, shard.target)
    nothing = bool((shard.partner == NONE).all())
    np.savez(
        buffer,
        source=shard.source[:0] if same else shard.source,
        target=shard.target,
        partner=shard.partner[:0] if nothing else shard.partner,
        source_sizes=np.diff(shard.source_at).astype(np.uint16),
        target_sizes=np.diff(shard.target_at).astype(np.uint16),
    )
    return buffer.getvalue()


def _widened(content: bytes) -> Shard:
    with np.load(io.BytesIO(content)) as arrays:
        source, target, partner = arrays["source"], arrays["target"], arrays["partner"]
        sizes = arrays["source_sizes"], arrays["target_sizes"]
    offsets = [np.concatenate([[0], np.cumsum(s, dtype=np.int64)]) for s in sizes]
    return Shard(
        source=source if len(source) else target,
        target=target,
        partner=partner if len(partner) else np.full(len(target), NONE, dtype=np.uint8),
        source_at=offsets[0],
        target_at=offsets[1],
    )
