"""Word alignment of the training pairs by fast_align (Dyer et al. 2013), on pieces.

For guided alignment (Chen et al. 2016) each target piece gets one source position or none. The
links are the symmetrised ones; of several for a target piece the middle one is taken.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from train.errors import TrainError

PiecePair = tuple[list[str], list[str]]
Partners = npt.NDArray[np.uint8]
Links = Sequence[tuple[int, int]]  # positions of source and target that belong together
NONE = 255  # "this target piece has no partner"
_CHUNK = 20_000  # pairs a call of the aligner
_LEARN_FROM = 120_000  # pairs: 10 times more made the run an hour and the links no better
_LEARN_LONGEST = 40  # pieces: the cost of a pair grows with the product of its lengths


def align(pairs: Sequence[PiecePair]) -> Iterator[Partners]:
    """For each pair of piece lists, the source position (or NONE) of every target piece."""
    for (_, english), links in zip(pairs, word_links(pairs), strict=True):
        yield _partners(links, len(english))


def word_links(pairs: Sequence[PiecePair]) -> Iterator[Links]:
    """For each pair of lists, the links of the symmetrised alignment."""
    try:
        import systran_align
    except ImportError as error:
        raise TrainError(
            "the recipe asks for alignments: pip install systran-align, or set align = false and "
            "phrases = 0"
        ) from error
    with tempfile.TemporaryDirectory() as temporary:
        text, forward, backward = (str(Path(temporary, n)) for n in ("text", "forward", "backward"))
        with Path(text).open("w", encoding="utf-8") as out:
            out.writelines(f"{' '.join(fr)} ||| {' '.join(en)}\n" for fr, en in _sample(pairs))
        systran_align.generate_alignment_probabilities(
            text, forward, backward, favor_diagonal=True, variational_bayes=True
        )
        aligner = systran_align.Aligner(forward, backward)
        for start in range(0, len(pairs), _CHUNK):
            chunk = pairs[start : start + _CHUNK]
            results = aligner.align_batch([fr for fr, _ in chunk], [en for _, en in chunk])
            yield from (result["alignments"] for result in results)


def _sample(pairs: Sequence[PiecePair]) -> list[PiecePair]:
    short = [pair for pair in pairs if max(map(len, pair)) <= _LEARN_LONGEST]
    return short[:: max(1, len(short) // _LEARN_FROM)]


def _partners(links: Links, length: int) -> Partners:
    partners = nothing(length)
    by_target: dict[int, list[int]] = {}
    for source, target in links:
        by_target.setdefault(target, []).append(source)
    for target, sources in by_target.items():
        partners[target] = sorted(sources)[len(sources) // 2]
    return partners


def nothing(length: int) -> Partners:
    """No partner for any of `length` target pieces."""
    return np.full(length, NONE, dtype=np.uint8)


def append(partners: Partners, position: int) -> Partners:
    """`partners` with one more target piece that belongs to source `position`."""
    return np.append(partners, np.uint8(position))
