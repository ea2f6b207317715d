"""How sure a draft is, in one of three words: where to look first, not what is right.

A model's score alone says little: of the drafts of newstest2013 that it likes best, a tenth has a
finding. What a small model gets wrong are the words that it has seldom seen; so a draft is sure
where the French has none of them, the score is high, and no check has found anything. Of those that
pass the first two, more than 95 in 100 pass the checks as well (`bench/confidence.py`).
"""

from collections.abc import Collection
from enum import StrEnum

from translate.document import Finding
from translate.notation.vocabulary import read, zipf

#: Mean log-probabilities per token.
SURE, FAIR = -0.39, -0.5
#: A French word is familiar that comes once in a million words, or is a name.
FAMILIAR_ZIPF = 3.0


class Confidence(StrEnum):
    """The words, the surest first."""

    SURE = "sure"
    FAIR = "fair"
    UNSURE = "unsure"


def confidence(source: str, score: float, findings: Collection[Finding] = ()) -> Confidence:
    """How sure the draft of a French sentence is, from its score and what the checks found."""
    if score >= SURE and not findings and is_familiar(source):
        return Confidence.SURE
    return Confidence.FAIR if score >= FAIR else Confidence.UNSURE


def is_familiar(source: str) -> bool:
    """Whether a French sentence has no rare word; names and numbers are none.

    >>> is_familiar("Le ministre a parlé hier."), is_familiar("Le ministre a tergiversé hier.")
    (True, False)
    """
    prose = (word.bare for word in read(source) if not word.is_name and word.bare.isalpha())
    return all(zipf(word, "fr") >= FAMILIAR_ZIPF for word in prose if len(word) > 2)
