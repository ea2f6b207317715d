"""Parts of speech of English words, by HanTa where it is installed (the extra `pos`).

HanTa is a hidden Markov model over the morphemes of words (Wartena, "A Probabilistic Morphology
Model for German Lemmatization", 2019), its English one trained on the tags of the British National
Corpus (CLAWS 5), which are made a few plain classes here.
"""

from collections.abc import Callable, Sequence
from functools import cache

#: Class -> how the tags of CLAWS 5 begin that belong to it.
_TAGS = {
    "nouns": ("NN", "ZZ0"),
    "names": ("NP0",),
    "verbs": ("V",),
    "adjectives": ("AJ",),
    "adverbs": ("AV", "XX0"),
    "pronouns, determiners": ("PN", "DP", "DT", "AT0", "EX0"),
    "prepositions, conjunctions": ("PR", "CJ", "TO0"),
    "numerals": ("CRD", "ORD"),
}
OTHER = "other"
CLASSES = (*_TAGS, OTHER)


#: The words of a sentence, punctuation among them -> the place in `CLASSES` of each.
Tag = Callable[[Sequence[str]], list[int]]


@cache
def tagger() -> Tag | None:
    """What tags words here; None where HanTa is not installed."""
    try:
        from HanTa.HanoverTagger import HanoverTagger
    except ImportError:
        return None
    model = HanoverTagger("morphmodel_en.pgz")

    def tag(words: Sequence[str]) -> list[int]:
        return [_class(found) for _, _, found in model.tag_sent(list(words))] if words else []

    return tag


@cache
def _class(tag: str) -> int:
    found = (name for name, beginnings in _TAGS.items() if tag.startswith(beginnings))
    return CLASSES.index(next(found, OTHER))
