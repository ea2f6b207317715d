"""Short phrase pairs cut out of sentence pairs by their word alignment (Sen et al. 2020)."""

import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from train.align import Links, word_links
from train.corpora import Pair
from train.lexicon import WORD
from translate.article.language_words import ENGLISH_FUNCTION, FRENCH_FUNCTION

_LONGEST = 30  # words of a sentence: alignment of longer ones is slow and less sure
_WIDEST = 5  # words of a phrase
_FEWEST = 3  # occurrences: what is rarer is mostly a name or a typing error
_MOST = 300
_MARKS = frozenset(',;:.!?()«»"“”[]…–—0123456789')


def phrases(
    pairs: Sequence[Pair], known: Mapping[str, int], each: int, seed: int
) -> Iterator[Pair]:
    """For each word of 3 to 300 occurrences at most `each` phrases around it."""
    rng = random.Random(seed)
    rare = {word for word, count in known.items() if _FEWEST <= count <= _MOST}
    chosen = _sentences(pairs, rare, each, rng)
    texts = [tuple(side.split() for side in pair) for pair in chosen]
    links = word_links([([w.lower() for w in fr], [w.lower() for w in en]) for fr, en in texts])
    left = Counter(dict.fromkeys(rare, each))
    for (french, english), pointed in zip(texts, links, strict=True):
        for at, token in enumerate(french):
            words = [w for w in WORD.findall(token.lower()) if left[w] > 0]
            found = words and _phrase(french, english, pointed, at, rng)
            if found:
                left[words[-1]] -= 1
                yield found


def _sentences(pairs: Sequence[Pair], rare: set[str], each: int, rng: random.Random) -> list[Pair]:
    """Short sentences with rare words, about `each` of every word."""
    left = Counter(dict.fromkeys(rare, each))
    chosen = []
    for pair in rng.sample(pairs, len(pairs)):
        if max(side.count(" ") for side in pair) >= _LONGEST:
            continue
        words = [word for word in set(WORD.findall(pair[0].lower())) if left[word] > 0]
        if words:
            left.subtract(words)
            chosen.append(pair)
    return chosen


def _phrase(
    french: list[str], english: list[str], links: Links, at: int, rng: random.Random
) -> Pair | None:
    """A phrase around word `at` whose links all stay inside, of a random width."""
    spans = [
        (start, start + width)
        for width in range(2, _WIDEST + 1)
        for start in range(max(0, at - width + 1), min(at, len(french) - width) + 1)
    ]
    for start, end in rng.sample(spans, len(spans)):
        inside = [(s, t) for s, t in links if start <= s < end]
        first = min((t for _, t in inside), default=0)
        last = max((t for _, t in inside), default=-1) + 1
        whole = sum(first <= t < last for _, t in links) == len(inside) > 0
        if whole and last - first <= _WIDEST + 1:
            phrase = _Phrase(french[start:end], english[first:last])
            loose = phrase.loose({s - start for s, _ in inside}, {t - first for _, t in inside})
            if not loose and phrase.is_whole():
                return " ".join(phrase.french), " ".join(phrase.english)
    return None


@dataclass(frozen=True, slots=True)
class _Phrase:
    french: list[str]
    english: list[str]

    def loose(self, french: set[int], english: set[int]) -> bool:
        """Whether a word of meaning is linked with nothing, where these positions are."""
        return any(
            i not in linked and word.lower() not in small
            for side, linked, small in (
                (self.french, french, FRENCH_FUNCTION),
                (self.english, english, ENGLISH_FUNCTION),
            )
            for i, word in enumerate(side)
        )

    def is_whole(self) -> bool:
        """Whether neither side has punctuation inside, nor an end that hangs in the air."""
        last = self.french[-1].lower(), self.english[-1].lower()
        hangs = last[0] in FRENCH_FUNCTION or last[1] in ENGLISH_FUNCTION
        return not hangs and not any(map(_MARKS.intersection, (*self.french, *self.english)))
