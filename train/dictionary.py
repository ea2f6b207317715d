"""Short pairs around the entries of the lexicon: with article, preposition, pronoun, adjective."""

import random
from collections.abc import Iterator, Mapping
from importlib import resources

from train import agreement
from train.corpora import Pair
from train.lexicon import FORE_ADJECTIVES, Entry
from translate.notation import articles

Frames = dict[str, list[Pair]]


def frames() -> Frames:
    """What the forms of each kind stand in: French and English, with * in the place of the form."""
    text = resources.files("train").joinpath("frames.tsv").read_text(encoding="utf-8")
    found: Frames = {}
    for kind, french, english in (line.split("\t") for line in text.splitlines()):
        found.setdefault(kind, []).append((french, english))
    return found


def dictionary(wanted: Mapping[Entry, int], most: int, seed: int) -> Iterator[Pair]:
    """Of each entry as many short pairs as are wanted of it, at most `most`."""
    rng = random.Random(seed)
    known = frames()
    for entry, count in wanted.items():
        fitting = [pair for kind in _frame_kinds(entry) for pair in known.get(kind, ())]
        for french, english in rng.sample(fitting, min(count, most, len(fitting))):
            yield framed(entry, french, english)


def titles(wanted: Mapping[Entry, int], most: int, seed: int) -> Iterator[Pair]:
    """Headlines of a noun and an adjective: « Inquiétude américaine »."""
    rng = random.Random(seed)
    adjectives: dict[tuple[str, str], list[Entry]] = {}
    for entry in wanted:
        if entry.pos == "adjective" and entry.lemmas[0] not in FORE_ADJECTIVES:
            for kind in entry.kinds():
                adjectives.setdefault((kind[2][:1], kind[2][1:]), []).append(entry)
    for noun, count in wanted.items():
        partners = adjectives.get((noun.gender[:1], noun.feature), ()) if noun.pos == "noun" else ()
        for _ in range(min(count, most) if partners else 0):
            other = rng.choice(partners)
            french, english = f"{noun.french} {other.french}", f"{other.english} {noun.english}"
            yield french[0].upper() + french[1:], english[0].upper() + english[1:]


def framed(entry: Entry, french: str, english: str) -> Pair:
    """An entry in a frame, with the elision and the article that it asks for.

    >>> amitié = Entry("amitié", "friendship", "noun", "f", "sg", ("amitié", "friendship"))
    >>> framed(amitié, "avec la *", "with the *"), framed(amitié, "sa *", "his *")
    (("avec l'amitié", 'with the friendship'), ('son amitié', 'his friendship'))
    """
    head, tail = french.split("*")
    lead, rest = english.split("*")
    gender = _frame_kinds(entry)[0].split()[1] if entry.pos == "noun" else ""
    head = agreement.before(head, "b", entry.french, gender) or head
    lead = articles.agreed(lead, entry.english)
    return head + entry.french + tail, lead + entry.english + rest


def _frame_kinds(entry: Entry) -> list[str]:
    """The kinds of frames.tsv that an entry fits in."""
    kinds = []
    for pos, gender, feature in entry.kinds():
        if pos == "adjective":
            gender, feature = feature[:1], feature[1:]
        kinds.append(" ".join(filter(None, (pos, gender, feature))))
    return kinds
