"""What "sure" is worth: how many drafts so called pass the checks, and their chrF2++.

    python bench/confidence.py [--model MODEL] [FRENCH ENGLISH]

Two files of as many lines; without them the blocks of examples/ with their references, where the
model translated a sentence and the reference is another text. A draft is judged by its score and
its French words alone, as if no check had been made, and then by the checks: a band is the share of
drafts without a finding. The last line is the score alone, which cannot say it.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from sacrebleu.metrics import CHRF  # type: ignore[attr-defined]

from translate import analyse, formats
from translate.document import Document, TranslatedBlock
from translate.drafting.confidence import SURE, Confidence, confidence
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.pipeline import translate_document

EXAMPLES = Path(__file__).parent.parent / "examples"
_METRIC = CHRF(word_order=2)


@dataclass(frozen=True, slots=True)
class Judged:
    """A draft: the word for it without the checks, its score, whether they pass it, its chrF2++."""

    word: Confidence
    score: float
    clean: bool
    quality: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--model", default="builtin")
    options = parser.parse_args()
    pairs = lines(*options.files) if options.files else examples()
    found = list(judged(pairs, load_translator(options.model)))
    for word in Confidence:
        say(word, [one for one in found if one.word is word])
    say(f"score of {SURE} alone", [one for one in found if one.score >= SURE])


def say(name: str, band: list[Judged]) -> None:
    if band:
        clean, quality = fmean(one.clean for one in band), fmean(one.quality for one in band)
        print(f"{name}: {len(band)} drafts, {clean:.1%} pass the checks, chrF2++ {quality:.0f}")


def judged(pairs: Iterator[tuple[Document, list[str]]], translator: Translator) -> Iterator[Judged]:
    for document, wanted in pairs:
        blocks = translate_document(document, translator).blocks
        for block, text in zip(blocks, wanted, strict=True):
            known = [segment for segment in block.segments if segment.score is not None]
            if known and text != document.of(block.block):
                words = [confidence(s.source, s.score or 0.0) for s in known]
                yield Judged(
                    max(words, key=list(Confidence).index),
                    mean_score(block),
                    not any(segment.findings for segment in known),
                    _METRIC.sentence_score(block.text(document), [text]).score,
                )


def mean_score(block: TranslatedBlock) -> float:
    """Mean log-probability per token of the sentences that a model translated, by their words."""
    known = [(s.score, len(s.source.split())) for s in block.segments if s.score is not None]
    return sum(score * count for score, count in known) / sum(count for _, count in known)


def lines(french: Path, english: Path) -> Iterator[tuple[Document, list[str]]]:
    """Each line of two files as an article of one block."""
    both = (path.read_text(encoding="utf-8").splitlines() for path in (french, english))
    for source, reference in zip(*both, strict=True):
        document = analyse(source)
        if len(document.blocks) == 1:
            yield document, [reference]


def examples() -> Iterator[tuple[Document, list[str]]]:
    for path in sorted(EXAMPLES.iterdir()):
        reference = path.with_suffix(f".en{path.suffix}")
        if reference.exists():
            wanted = formats.read(reference.read_bytes(), reference.name)
            document = formats.read(path.read_bytes(), path.name)
            yield document, [wanted.of(block) for block in wanted.blocks]


if __name__ == "__main__":
    main()
