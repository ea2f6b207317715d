"""How many of the reference's words a model finds, by how common they are in English.

    python bench/rare_words.py --model builtin --set PATH/newstest2013 [--model FOLDER ...]

A word of the reference is found where the translation of its line has it too, in any form of
letters; names (a capital inside the sentence) and numbers are left out. How common a word is, is on
the Zipf scale of `translate.notation.vocabulary`: "the" has 7.7, "hegemony" 3.1. CTranslate2, int8,
beam 4.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from train.measure import Decoder, ParallelText, read_parallel, to_ctranslate2
from translate.engines.models import find_model
from translate.notation.vocabulary import words, zipf

BOUNDS = (3.0, 3.5, 4.0, 4.5, 6.0, 9.0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--set", type=Path, required=True)
    parser.add_argument("--lines", type=int, help="so many lines of the set, evenly spaced")
    given = parser.parse_args()
    test = read_parallel(given.set, given.lines)
    print(f"{'Zipf below':<24}", *(f"{bound:>7.1f}" for bound in BOUNDS))
    for name in given.model:
        shares = recall(translated(find_model(name).folder, test), test.english)
        print(f"{name[-24:]:<24}", *(f"{shares[bound]:>7.1%}" for bound in BOUNDS), flush=True)


def translated(folder: Path, test: ParallelText) -> list[str]:
    with tempfile.TemporaryDirectory() as converted:
        to_ctranslate2(folder, Path(converted))
        return Decoder(Path(converted), folder, threads=2).translate(test.french, beam=4)


def recall(english: list[str], references: list[str]) -> dict[float, float]:
    found: Counter[float] = Counter()
    there: Counter[float] = Counter()
    for line, reference in zip(english, references, strict=True):
        given = Counter(word.lower() for word in words(line))
        for word in plain_words(reference):
            bound = next(b for b in BOUNDS if zipf(word, "en") < b)
            there[bound] += 1
            found[bound] += given[word] > 0
            given[word] -= 1
    return {bound: found[bound] / max(1, there[bound]) for bound in BOUNDS}


def plain_words(reference: str) -> Iterator[str]:
    for i, word in enumerate(words(reference)):
        if word.isalpha() and (i == 0 or word.islower()) and zipf(word, "en"):
            yield word.lower()


if __name__ == "__main__":
    main()
