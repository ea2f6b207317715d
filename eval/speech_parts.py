"""Parts of speech of English words, by HanTa where it is installed (the extra `pos`).

HanTa is a hidden Markov model over the morphemes of words (Wartena, "A Probabilistic Morphology
Model for German Lemmatization", 2019), its English one trained on the tags of the British National
Corpus (CLAWS 5), which are made a few plain classes here.
"""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.util import find_spec

from translate.errors import UsageError

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
PART_OF_SPEECH = "part of speech"  # the name of the axis
CLASSES = (*_TAGS, OTHER)


#: The words of a sentence, punctuation among them -> the place in `CLASSES` of each.
Tag = Callable[[Sequence[str]], list[int]]


def require(module: str = "HanTa") -> None:
    """UsageError where there is no tagger."""
    if find_spec(module) is None:
        raise UsageError(
            f"parts of speech need {module}, which is not installed: "
            'pip install "depeche-desk[pos]", or leave --parts-of-speech out'
        )


@cache
def tagger() -> Tag:
    """What tags words."""
    from HanTa.HanoverTagger import HanoverTagger

    model = HanoverTagger("morphmodel_en.pgz")

    def tag(words: Sequence[str]) -> list[int]:
        return list(map(_class, model.tag_sent(list(words), taglevel=0)))  # without the lemmas

    return tag


@cache
def _class(tag: str) -> int:
    found = (name for name, beginnings in _TAGS.items() if tag.startswith(beginnings))
    return CLASSES.index(next(found, OTHER))
