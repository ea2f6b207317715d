"""Lines like headlines: they begin with a capital, end without a stop, and are short."""

import random
from collections.abc import Iterator, Sequence

from train.corpora import Pair

_LONGEST = 90  # characters
_SHORTEST = 8
_STOPS = ".…;:, "


def headlines(pairs: Sequence[Pair], limit: int, seed: int) -> Iterator[Pair]:
    """At most `limit` short sentences without their stop, the first word with a capital."""
    rng = random.Random(seed)
    made = 0
    for french, english in rng.sample(pairs, len(pairs)):
        if made < limit and _fits(french) and _fits(english):
            made += 1
            yield headline((french, english))


def headline(pair: Pair) -> Pair:
    """A pair as a headline.

    >>> headline(("le sommet s'ouvre .", "the summit opens."))
    ("Le sommet s'ouvre", 'The summit opens')
    """
    french, english = (side.rstrip(_STOPS) for side in pair)
    return french[:1].upper() + french[1:], english[:1].upper() + english[1:]


def _fits(side: str) -> bool:
    return _SHORTEST <= len(side) <= _LONGEST and side[:1].isalpha() and side[-1:] not in "?!:;,"
