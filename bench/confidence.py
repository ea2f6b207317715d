"""What the model's score says of a block: chrF2++ of the blocks of examples/, by confidence.

    python bench/confidence.py [MODEL]

A block counts where the model translated a sentence of it and its reference is another text. Prints
the rank correlation of score and chrF2++, the terciles of the score, and the three words of the web
page with their thresholds.
"""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import correlation, fmean, quantiles

from sacrebleu.metrics import CHRF  # type: ignore[attr-defined]

from translate import formats
from translate.document import TranslatedBlock
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.pipeline import translate_document
from ui.views import FAIR, SURE

EXAMPLES = Path(__file__).parent.parent / "examples"
_METRIC = CHRF(word_order=2)


def main(arguments: Sequence[str]) -> None:
    found = list(scored_blocks(load_translator(*arguments)))
    scores, quality = map(list, zip(*found, strict=True))
    rank = correlation(ranks(scores), ranks(quality))
    print(f"{len(found)} blocks, rank correlation {rank:.2f}")
    low, high = quantiles(scores, n=3)
    for name, fair, sure in (("terciles", low, high), ("the page", FAIR, SURE)):
        bands = [
            [q for s, q in found if s >= sure],
            [q for s, q in found if fair <= s < sure],
            [q for s, q in found if s < fair],
        ]
        said = ", ".join(f"{fmean(band):.0f} ({len(band)} blocks)" for band in bands if band)
        print(f"{name}: at least {sure:.2f}, at least {fair:.2f}, less: {said}")


def ranks(values: Sequence[float]) -> list[int]:
    """Place of each value, the smallest first; equal ones in their order."""
    order = sorted(range(len(values)), key=values.__getitem__)
    return sorted(range(len(values)), key=order.__getitem__)


def scored_blocks(translator: Translator) -> Iterator[tuple[float, float]]:
    """Mean log-probability per token and chrF2++ of each block, over all examples."""
    for path in sorted(EXAMPLES.iterdir()):
        reference = path.with_suffix(f".en{path.suffix}")
        if not reference.exists():
            continue
        document = formats.read(path.read_bytes(), path.name)
        blocks = translate_document(document, translator).blocks
        wanted = formats.read(reference.read_bytes(), reference.name)
        texts = [wanted.of(block) for block in wanted.blocks]
        for block, text in zip(blocks, texts, strict=True):
            score = mean_score(block)
            if score is not None and text != document.of(block.block):
                yield score, _METRIC.sentence_score(block.text(document), [text]).score


def mean_score(block: TranslatedBlock) -> float | None:
    """Of the sentences that a model translated, by their words."""
    known = [(s.score, len(s.source.split())) for s in block.segments if s.score is not None]
    words = sum(count for _, count in known)
    return sum(score * count for score, count in known) / words if words else None


if __name__ == "__main__":
    main(sys.argv[1:])
