"""Sentences in a language that the desk does not translate: said, and left as they are.

The article as a whole is judged by `language.foreign_language`; a sentence has too few letters for
it, so its grammatical words must agree with py3langid's model.
"""

import functools
from collections.abc import Callable

import regex

from translate.article.language_words import (
    ENGLISH_ONLY,
    FRENCH_ONLY,
    NEIGHBOURS,
    PERSON_PARTICLES,
)

#: Words that a sentence must have; the share of them that must be grammatical; how many.
MIN_WORDS, MIN_SHARE, MIN_KNOWN = 5, 0.25, 2
#: Characters that are looked at.
SAMPLE = 2000

_HOME = FRENCH_ONLY | ENGLISH_ONLY | {"et", "les", "une", "en", "j"}
#: Small words that a neighbour has in common with French: they tell nothing there.
_SHARED = {"es": {"a", "de", "en", "la", "un"}, "it": {"a", "la", "un"}, "pt": {"a", "de"}}
_WORD = regex.compile(r"\p{L}+")
_QUOTED = regex.compile(r"«[^«»]*»|“[^“”]*”|\"[^\"]*\"")


@functools.lru_cache(maxsize=1 << 14)
def neighbour(text: str, identified: Callable[[str], str]) -> str | None:
    """ISO code of the neighbouring language of a sentence; None for French, English, or names.

    `identified` gives the code of a text by a model of all languages.
    """
    words = [word.lower() for word in _WORD.findall(_QUOTED.sub(" ", text[:SAMPLE]))]
    if len(words) < MIN_WORDS:
        return None
    known = {code: [word for word in words if word in some] for code, some in NEIGHBOURS.items()}
    code = max(known, key=lambda code: len(known[code]))
    shared = _SHARED.get(code, set())
    home = sum(word in _HOME - NEIGHBOURS[code] - shared for word in words)
    outside_names = sum(word not in PERSON_PARTICLES for word in known[code])
    outside_names += bool(outside_names) and any(word in shared for word in words)
    if outside_names < MIN_KNOWN or len(known[code]) < max(MIN_SHARE * len(words), 3 * home):
        return None
    return code if identified(" ".join(words)) == code else None
