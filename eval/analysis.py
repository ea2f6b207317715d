"""What explains a score: which words of the reference a system finds, which phrases one system has.

The recall of words by how common they are, and by what they are, is that of compare-mt (Neubig et
al., 2019); so is the order of the phrases. How common a word is says `wordfreq`'s Zipf scale.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import product
from operator import or_

import numpy as np
from numpy.typing import NDArray

from eval import speech_parts
from eval.resample import SEED, bootstrap_totals, interval
from eval.speech_parts import PART_OF_SPEECH, Tag
from eval.values import Phrase, Recall
from translate.notation import vocabulary

#: Lower bounds of the bands on the Zipf scale: "the" has 7.7, "minister" 5.0, "hegemony" 3.1.
ZIPF_BANDS = (2.0, 3.0, 4.0, 5.0, 6.0)
_BAND_NAMES = ("rarer or in no list", "Zipf 2–3", "Zipf 3–4", "Zipf 4–5", "Zipf 5–6", "Zipf 6–8")
#: From here on a word is a small one: articles, pronouns, prepositions.
SMALL_ZIPF = 6.0
CLASSES = ("names", "numbers", "small words", "other words")
LONGEST_PHRASE = 4  # words
PHRASES = 12  # of each system against each other one

_WORD = re.compile(r"\w+(?:['’.,:-]\w+)*")
_TOKEN = re.compile(rf"{_WORD.pattern}|[^\w\s]")
_DIGIT = re.compile(r"\d")
_MID_SENTENCE = re.compile(r"(?<=[\w,;’”)] )[A-ZÀ-ÖØ-Ý]")


@dataclass(frozen=True, slots=True)
class _Word:
    """A word of a reference: how it is found again, whether it is a name, its part of speech."""

    text: str
    name: bool
    part: int = 0  # in `speech_parts.CLASSES`; the same for all where there is no tagger


def recalls(
    systems: Mapping[str, Sequence[str]],
    reference: Sequence[str],
    *,
    samples: int,
    seed: int = SEED,
    tag: Tag | None = None,
) -> Iterator[Recall]:
    """How many words of each kind every system finds, with 95 % intervals, axis by axis.

    `tag` tells parts of speech; without it there is no such axis.
    """
    words = [list(_words(segment, tag)) for segment in reference]
    kinds: dict[str, tuple[Sequence[str], Callable[[_Word], int]]] = {
        "frequency": (_BAND_NAMES, _band),
        "class": (CLASSES, _class),
    }
    if tag:
        kinds[PART_OF_SPEECH] = (speech_parts.CLASSES, lambda word: word.part)
    for axis, (names, label_of) in kinds.items():
        order = range(len(names))
        totals = _counted(words, label_of, len(names))
        for system, hypotheses in systems.items():
            found = _counted(_found(words, hypotheses), label_of, len(names))
            bounds = _intervals(found, totals, samples, seed)
            for at in reversed(order) if axis == "frequency" else order:
                hits, of = int(found[:, at].sum()), int(totals[:, at].sum())
                if of:
                    yield Recall(axis, names[at], system, hits, of, *bounds[at])


def _words(text: str, tag: Tag | None) -> Iterator[_Word]:
    capitals = {match.start() for match in _MID_SENTENCE.finditer(text)}
    tokens = list(_TOKEN.finditer(text))
    parts = tag([token[0] for token in tokens]) if tag else [0] * len(tokens)
    for token, part in zip(tokens, parts, strict=True):
        if _WORD.match(token[0]):
            yield _Word(token[0].lower(), token.start() in capitals, part)


def _found(words: Sequence[Sequence[_Word]], hypotheses: Sequence[str]) -> Iterator[list[_Word]]:
    """The words of each reference that the hypothesis has, each as often as it has it."""
    for expected, hypothesis in zip(words, hypotheses, strict=True):
        left = Counter(word.lower() for word in _WORD.findall(hypothesis))
        found = []
        for word in expected:
            if left[word.text] > 0:
                left[word.text] -= 1
                found.append(word)
        yield found


def _counted(
    rows: Iterable[Sequence[_Word]], label_of: Callable[[_Word], int], width: int
) -> NDArray[np.float64]:
    """How many words of each label each segment has: (segments, width)."""
    labels = ([label_of(word) for word in row] for row in rows)
    counts = [np.bincount(np.array(row, int), minlength=width) for row in labels]
    return np.array(counts, float)


def _band(word: _Word) -> int:
    return bisect_right(ZIPF_BANDS, vocabulary.zipf(word.text, "en"))


def _class(word: _Word) -> int:
    if word.name:
        return 0
    if _DIGIT.search(word.text):
        return 1
    return 2 if vocabulary.zipf(word.text, "en") >= SMALL_ZIPF else 3


def _intervals(
    found: NDArray[np.float64], totals: NDArray[np.float64], samples: int, seed: int
) -> list[tuple[float | None, float | None]]:
    """The bounds of each column's share over bootstrap samples of the segments."""
    width = found.shape[1]
    if not samples:
        return [(None, None)] * width
    drawn = bootstrap_totals(np.concatenate([found, totals], axis=1), samples=samples, seed=seed)
    hits, of = drawn[:, :width], np.maximum(drawn[:, width:], 1)
    return [interval(100 * hits[:, at] / of[:, at])[1:] for at in range(width)]


def phrases(
    systems: Mapping[str, Sequence[str]], references: Sequence[Sequence[str]], baseline: str
) -> Iterator[Phrase]:
    """The phrases of the reference that the baseline has and another system lacks, and converse."""
    if len(systems) < 2:
        return
    found: dict[str, Counter[tuple[str, ...]]] = {name: Counter() for name in systems}
    for *expected, hypotheses in zip(*references, zip(*systems.values(), strict=True), strict=True):
        wanted = _most(map(_phrases, expected))
        for matched, hypothesis in zip(found.values(), hypotheses, strict=True):
            matched.update(_phrases(hypothesis) & wanted)
    for other in (name for name in systems if name != baseline):
        for first, second in ((baseline, other), (other, baseline)):
            yield from _most_telling(first, second, found[first], found[second])


def _phrases(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    return Counter(
        tuple(words[at : at + size])
        for size, at in product(range(1, LONGEST_PHRASE + 1), range(len(words)))
        if at + size <= len(words)
    )


def _most(counts: Iterable[Counter[tuple[str, ...]]]) -> Counter[tuple[str, ...]]:
    """Each phrase as often as the reference that has it most often."""
    return reduce(or_, counts)


def _most_telling(
    first: str, second: str, ours: Counter[tuple[str, ...]], theirs: Counter[tuple[str, ...]]
) -> Iterator[Phrase]:
    """By the smoothed share (a + 1) / (a + b + 2); parts of a phrase in the list are left out."""
    better = [phrase for phrase, count in ours.items() if count > theirs[phrase]]
    better.sort(key=lambda p: (-(ours[p] + 1) / (ours[p] + theirs[p] + 2), -len(p), p))
    shown: list[str] = []
    for phrase in better:
        text = " ".join(phrase)
        if len(shown) == PHRASES:
            return
        if not any(f" {text} " in f" {longer} " for longer in shown):
            shown.append(text)
            yield Phrase(first, second, text, ours[phrase], theirs[phrase])
