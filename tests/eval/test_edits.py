"""TER's edits: as many as sacreBLEU counts, and the same operations."""

import random

import pytest
from sacrebleu.metrics import TER, lib_ter

from eval.edits import distance, edits, operations


def sentence(words: int, vocabulary: int, draw: random.Random) -> list[str]:
    return [f"w{draw.randrange(vocabulary)}" for _ in range(words)]


def spoilt(reference: list[str], draw: random.Random) -> list[str]:
    """A reference with runs that were moved and lost, and words that were added."""
    words = list(reference)
    for _ in range(draw.randint(0, 10)):
        start = draw.randint(0, len(words))
        run = words[start : start + draw.randint(1, 6)]
        match draw.randrange(3):
            case 0:
                del words[start : start + len(run)]
            case 1:
                words.insert(start, f"new{draw.randrange(3)}")
            case _:
                del words[start : start + len(run)]
                target = draw.randint(0, len(words))
                words[target:target] = run
    return words


@pytest.mark.parametrize("length", [0, 1, 8, 24, 25, 26, 34])
@pytest.mark.parametrize("vocabulary", [2, 6, 60])
def test_as_sacrebleu_counts(length: int, vocabulary: int) -> None:
    draw = random.Random(length * 100 + vocabulary)
    for _ in range(3):
        first = sentence(length, vocabulary, draw)
        references = [first, sentence(draw.randint(0, length), vocabulary, draw)]
        for known in (references[:1], references):
            text = spoilt(first, draw)
            expected = TER()._compute_segment_statistics(" ".join(text), {"ref_words": known})
            assert list(edits(text, known)) == expected


@pytest.mark.parametrize(("hypothesis", "reference"), [(80, 30), (30, 80), (50, 50), (1, 60)])
def test_where_the_beam_cuts(hypothesis: int, reference: int) -> None:
    draw = random.Random(hypothesis)
    text, wanted = sentence(hypothesis, 9, draw), sentence(reference, 9, draw)
    expected = TER()._compute_segment_statistics(" ".join(text), {"ref_words": [wanted]})
    assert list(edits(text, [wanted])) == expected


@pytest.mark.parametrize("vocabulary", [2, 5, 50])
def test_operations_are_those_of_sacrebleu(vocabulary: int) -> None:
    draw = random.Random(vocabulary)
    for _ in range(40):
        wanted = sentence(draw.randint(0, 22), vocabulary, draw)
        text = spoilt(wanted, draw)
        assert operations(*as_letters(text, wanted)) == lib_ter.BeamEditDistance(wanted)(text)[1]


@pytest.mark.parametrize(("hypothesis", "reference"), [(80, 30), (30, 80), (60, 60), (2, 140)])
def test_operations_where_the_beam_cuts(hypothesis: int, reference: int) -> None:
    draw = random.Random(hypothesis)
    for vocabulary in (3, 9, 70):
        text, wanted = (sentence(size, vocabulary, draw) for size in (hypothesis, reference))
        cost, trace = lib_ter.BeamEditDistance(wanted)(text)
        assert operations(*as_letters(text, wanted)) == trace
        assert distance(*as_letters(text, wanted)) == cost


def as_letters(*sides: list[str]) -> list[str]:
    """Each side with a character for each of its words."""
    letters = {
        word: chr(97 + at) for at, word in enumerate({word for side in sides for word in side})
    }
    return ["".join(letters[word] for word in side) for side in sides]


def test_no_shift_is_tried_after_the_last() -> None:
    """A text of two words over and over has more shifts than are tried."""
    draw = random.Random(1)
    wanted, text = sentence(60, 2, draw), sentence(60, 2, draw)
    expected = TER()._compute_segment_statistics(" ".join(text), {"ref_words": [wanted]})
    assert list(edits(text, [wanted])) == expected
