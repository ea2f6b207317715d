"""Sentences and short pairs for the words that the corpora hardly have.

How many of a word a text of this size should have is known from how French is written; what the
corpora lack of it is made up here (Fadaee et al. 2017; Zhang and Zong 2016; Sen et al. 2020).
"""

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from train import agreement
from train.corpora import Pair
from train.lexicon import FORE_ADJECTIVES, WORD, Entry
from translate.notation import articles
from translate.notation.vocabulary import zipf

_LONGEST = 240  # characters of a French sentence in which words are replaced
_MOST_SLOTS = 2  # words replaced in one sentence
_MOST_COMMON = 5.6  # on the Zipf scale: more common words are part of too many expressions
_MOST_CONTEXTS = 40
_NEWS_FACTOR = 3


def lacking(
    entries: Iterable[Entry], known: Mapping[str, int], news: Mapping[str, int]
) -> dict[Entry, int]:
    """How many more contexts each entry should have: none for what the corpora have often enough.

    `known` are the counts of all corpora, `news` those of the news among them, whose words come
    three times as often as their share.
    """
    size = sum(known.values())
    shared = Counter(entry.french for entry in set(entries))
    return {
        entry: wanted
        for entry in entries
        if (wanted := _lack(entry.french, known, news, size) // shared[entry.french])
    }


def _lack(word: str, known: Mapping[str, int], news: Mapping[str, int], size: int) -> int:
    common = zipf(word, "fr")
    expected = size * 10 ** (common - 9) if common else 0
    missing = (expected - known.get(word, 0)) * (_NEWS_FACTOR if word in news else 1)
    return max(0, min(_MOST_CONTEXTS, round(missing)))


def substituted(
    pairs: Sequence[Pair],
    entries: Sequence[Entry],
    wanted: Mapping[Entry, int],
    limit: int,
    seed: int,
) -> Iterator[Pair]:
    """At most `limit` sentences of `pairs` in which a word or two became rare ones."""
    rng = random.Random(seed)
    find, draw = SlotFinder(entries), _Drawer(wanted, rng)
    made = 0
    for pair in rng.sample(pairs, len(pairs)):
        if made >= limit:
            return
        changed = _changed(pair, find(pair), draw, rng)
        if changed != pair:
            made += 1
            yield changed


@dataclass(frozen=True, slots=True)
class Slot:
    """A word of a French sentence and the word of the English one that it became."""

    entry: Entry
    french: int  # offset in the sentence
    english: int


class SlotFinder:
    """Finds the words of a pair that the lexicon knows as each other's translation, once each."""

    def __init__(self, entries: Iterable[Entry]):
        self._entries: dict[str, list[Entry]] = {}
        for entry in entries:
            fore = entry.pos == "adjective" and entry.lemmas[0] in FORE_ADJECTIVES
            if entry.pos != "adverb" and not fore and zipf(entry.french, "fr") < _MOST_COMMON:
                self._entries.setdefault(entry.french, []).append(entry)

    def __call__(self, pair: Pair) -> list[Slot]:
        """The slots, in the order of the French sentence."""
        if len(pair[0]) > _LONGEST:
            return []
        french, english = map(_places, pair)
        return [
            Slot(entry, french[word], english[entry.english])
            for word in french.keys() & self._entries.keys()
            for entry in self._entries[word]
            if entry.english in english
        ]


def _places(sentence: str) -> dict[str, int]:
    """Where each word stands that comes once; a capital is another word, but at the beginning."""
    places: dict[str, int] = {}
    twice = set()
    for found in WORD.finditer(sentence):
        word = found.group()
        low = word.lower() if not sentence[: found.start()].strip("« \"'“") else word
        if low in places:
            twice.add(low)
        places[low] = found.start()
    return {word: at for word, at in places.items() if word not in twice}


class _Drawer:
    """Draws the entries of each kind, each as often as it is wanted, in mixed order."""

    def __init__(self, wanted: Mapping[Entry, int], rng: random.Random):
        self._decks: dict[tuple[str, str, str], list[Entry]] = {}
        for entry, count in wanted.items():
            kinds = entry.kinds()
            for kind in kinds:
                deck = self._decks.setdefault(kind, [])
                deck += [entry] * -(-count // len(kinds))
        for deck in self._decks.values():
            rng.shuffle(deck)

    def __call__(self, like: Entry) -> Entry | None:
        """An entry that can stand where `like` stands, or None: there is no more."""
        for kind in like.kinds():
            deck = self._decks.get(kind)
            while deck:
                entry = deck.pop()
                if entry.french != like.french:
                    return entry
        return None


def _changed(pair: Pair, slots: list[Slot], draw: _Drawer, rng: random.Random) -> Pair:
    """The pair with new words in some of its slots; from the end, so that offsets stay true."""
    chosen = {slot.french: slot for slot in rng.sample(slots, min(len(slots), _MOST_SLOTS))}
    french, english = pair
    swaps: list[tuple[Slot, Entry]] = []
    for _, slot in sorted(chosen.items(), reverse=True):
        new = draw(slot.entry)
        changed = new and _french_with(french, slot, new)
        if new and changed:
            french = changed
            swaps.append((slot, new))
    for slot, new in sorted(swaps, key=lambda swap: -swap[0].english):
        english = _english_with(english, slot, new)
    return french, english


def _french_with(french: str, slot: Slot, new: Entry) -> str | None:
    old, gender = slot.entry.french, gender_of(slot.entry)
    given = french[: slot.french]
    head = agreement.before(given, old, new.french, gender)
    if head is None:
        return None
    return head + _like(new.french, french[slot.french]) + french[slot.french + len(old) :]


def _english_with(english: str, slot: Slot, new: Entry) -> str:
    lead = articles.agreed(english[: slot.english], new.english)
    tail = english[slot.english + len(slot.entry.english) :]
    return lead + _like(new.english, english[slot.english]) + tail


def gender_of(entry: Entry) -> str:
    """The gender with which words beside an entry agree; "" where it has none."""
    if entry.pos == "noun":
        return entry.gender
    head = entry.feature.removeprefix("pp-")
    return head[:1] if entry.pos == "adjective" or entry.feature.startswith("pp-") else ""


def _like(word: str, first: str) -> str:
    """`word` with a capital where `first`, the first letter of another, is one."""
    return word[0].upper() + word[1:] if first.isupper() else word
