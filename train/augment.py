"""Changed copies of training pairs: what articles contain and corpora do not.

Each function returns the changed pair, or None where it does not apply. Quotation marks need no
copies: the vocabulary's normalisation makes all of them one (`train.vocabulary`).
"""

import random
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from importlib import resources

from train.config import AugmentConfig
from train.corpora import Pair
from train.vocabulary import PLACEHOLDERS
from translate.notation.numbers import masked

_INTEGER = re.compile(r"(?<![\d.,])\d{2,6}(?![\d.,]*\d)")
_WORD = re.compile(r"(?<!\w)[A-ZÀ-Ý][\w-]{2,}(?!\w)")
_NAME = re.compile(rf"(?<=[\w,] ){_WORD.pattern}(?: {_WORD.pattern}){{0,2}}")  # not at the start
_FRENCH_NAME = re.compile(rf"{_NAME.pattern}(?: (?:de|du|des|de la) {_WORD.pattern})?")
_LONGEST_HEADLINE = 120  # characters


def capitals(pair: Pair, _: random.Random) -> Pair | None:
    """A headline in capitals."""
    french, english = pair
    return (french.upper(), english.upper()) if len(french) <= _LONGEST_HEADLINE else None


def accent_free(pair: Pair, _: random.Random) -> Pair | None:
    """French typed without accents."""
    decomposed = unicodedata.normalize("NFD", pair[0])
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return (bare, pair[1]) if bare != pair[0] else None


def numbers(pair: Pair, rng: random.Random) -> Pair | None:
    """An integer that is in both sides becomes a large or a decimal number in both notations."""
    french, english = pair
    shared = set(_INTEGER.findall(french)) & set(_INTEGER.findall(english))
    if len(shared) != 1:
        return None
    old = shared.pop()
    if french.count(old) != 1 or english.count(old) != 1:
        return None
    new_french, new_english = _number(rng)
    return french.replace(old, new_french), english.replace(old, new_english)


def _number(rng: random.Random) -> Pair:
    if rng.random() < 0.4:
        whole, part = rng.randint(0, 999), str(rng.randint(1, 99)).rstrip("0")
        return f"{whole},{part}", f"{whole}.{part}"
    english = f"{int(10 ** rng.uniform(3, 8)):,}"
    return english.replace(",", rng.choice((" ", " ", "."))), english


def placeholders(pair: Pair, rng: random.Random) -> Pair | None:
    """A name that is in both sides becomes a placeholder, or one is set at either end."""
    french, english = pair
    mark = rng.choice(PLACEHOLDERS)
    shared = sorted(set(_WORD.findall(french)) & set(_WORD.findall(english)))
    if shared:
        name = rng.choice(shared)
        if french.count(name) == english.count(name) == 1:
            return french.replace(name, mark), english.replace(name, mark)
    if rng.random() < 0.5:
        return f"{french} {mark}", f"{english} {mark}"
    return f"{mark} {french}", f"{mark} {english}"


def masked_numbers(pair: Pair, _: random.Random) -> Pair | None:
    """The numbers that both sides have become placeholders, as the desk masks them."""
    french, english = pair
    marks = iter(PLACEHOLDERS)
    parts, found = [], False
    for stretch, number in masked(french):
        there = re.compile(rf"(?<![\w.,]){re.escape(number)}(?![\w]|[.,]\d)")
        once = number and len(there.findall(english)) == french.count(stretch) == 1
        mark = next(marks, None) if once else None
        if mark:
            english, found = there.sub(mark, english), True
        parts.append(mark or stretch)
    return ("".join(parts), english) if found else None


def names(pair: Pair, rng: random.Random, words: Sequence[str]) -> Pair | None:
    """A name that both sides have becomes another one, of `words` that no text has together."""
    french, english = pair
    shared = sorted(
        name
        for name in set(_NAME.findall(french)) & set(_NAME.findall(english))
        if french.count(name) == english.count(name) == 1
    )
    if not shared:
        return None
    old = rng.choice(shared)
    new = " ".join(rng.choices(words, k=min(3, len(old.split()) + rng.randint(0, 1))))
    return french.replace(old, new), english.replace(old, new)


def name_words(pairs: Iterable[Pair]) -> list[str]:
    """The words of the names that are alike in both sides, each once."""
    words = (set(_WORD.findall(fr)) & set(_WORD.findall(en)) for fr, en in pairs)
    return sorted(set().union(*words))


def invented_words(words: Sequence[str], count: int, rng: random.Random) -> list[str]:
    """Names that nobody bears: the first half of one of `words` and the second of another."""
    halves = (rng.choices(words, k=2) for _ in range(count if words else 0))
    return [f"{first[: len(first) // 2]}{last[len(last) // 2 :]}" for first, last in halves]


def english_copy(pair: Pair, _: random.Random) -> Pair | None:
    """English stays as it is."""
    return pair[1], pair[1]


#: The keys are those of AugmentConfig, which has `names` too.
COPIES: dict[str, Callable[[Pair, random.Random], Pair | None]] = {
    "capitals": capitals,
    "accent_free": accent_free,
    "numbers": numbers,
    "placeholders": placeholders,
    "masked_numbers": masked_numbers,
    "english_copy": english_copy,
}


def augmented(pairs: Sequence[Pair], config: AugmentConfig, seed: int) -> Iterator[Pair]:
    """The changed copies of `pairs`, each kind for its share of them; then the furniture."""
    rng = random.Random(seed)
    words = name_words(pairs)
    words += invented_words(words, len(words), rng)
    changes = COPIES | {"names": partial(names, words=words)}
    for pair in pairs:
        for name, change in changes.items():
            if rng.random() < getattr(config, name):
                changed = change(pair, rng)
                if changed is not None:
                    yield changed
    yield from furniture() * config.furniture


def english_copies(pairs: Sequence[Pair], seed: int) -> Iterator[Pair]:
    """English that stays as it is; of three names, one becomes French and one is invented."""
    rng = random.Random(seed)
    french_names = sorted({name for fr, _ in pairs for name in _FRENCH_NAME.findall(fr)})
    invented = invented_words(name_words(pairs), len(pairs), rng)
    for _, line in pairs:
        old = next(iter(_NAME.findall(line)), None)
        others = rng.choice((french_names, invented, [old]))
        if old and others:
            line = line.replace(old, rng.choice(others))
        yield line, line


def furniture() -> list[Pair]:
    """What surrounds an article on its page: menus, share bars, notices."""
    text = resources.files("train").joinpath("furniture.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines())
    return [(french, english) for french, english in rows]
