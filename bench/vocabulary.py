"""How often the word lists raise a false alarm: findings on references given as translations.

    python bench/vocabulary.py [FRENCH ENGLISH]

Two files of as many lines; without them the articles of examples/ with their references, block by
block. Prints the share of sentences with a word that is in no list, and with one that passes for
French, and the words; then what the lists cost in seconds and memory.
"""

import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from translate import formats
from translate.notation import vocabulary

EXAMPLES = Path(__file__).parent.parent / "examples"
CHECKS: dict[str, Callable[[str, str], list[str]]] = {
    "non-words": vocabulary.non_words,
    "French left": vocabulary.french_left,
}


def main(arguments: Sequence[str]) -> None:
    seconds, memory = cost()
    pairs = list(lines(*map(Path, arguments)) if arguments else blocks())
    for name, found_in in CHECKS.items():
        found = [words for french, english in pairs if (words := found_in(french, english))]
        share = 100 * len(found) / len(pairs)
        print(f"{name}: {len(found)} of {len(pairs)} ({share:.2f} in 100)", *chain(*found))
    print(f"both lists: {seconds:.2f} s of the processor, {memory:.0f} MB")


def cost() -> tuple[float, float]:
    """Seconds and megabytes to read both lists."""
    start, before = time.process_time(), peak()
    for language in ("en", "fr"):
        vocabulary.zipf("table", language)
    return time.process_time() - start, peak() - before


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6


def lines(french: Path, english: Path) -> Iterator[tuple[str, str]]:
    """The lines of two files side by side."""
    both = (path.read_text(encoding="utf-8").splitlines() for path in (french, english))
    yield from zip(*both, strict=True)


def blocks() -> Iterator[tuple[str, str]]:
    """The blocks of the examples with those of their references."""
    for path in sorted(EXAMPLES.iterdir()):
        reference = path.with_suffix(f".en{path.suffix}")
        if reference.exists():
            sides = [formats.read(p.read_bytes(), p.name) for p in (path, reference)]
            both = ([side.of(block) for block in side.blocks] for side in sides)
            yield from zip(*both, strict=True)


if __name__ == "__main__":
    main(sys.argv[1:])
