"""Short lines without grammatical words: French labels (« Télécharger »), or names (« Hélène »)?

A capital tells nothing there. A common noun or verb has other forms that French writes too (médias
and média, abonné and abonnée, adhérer and adhéré), and English hardly ever writes it; names have
neither. Measured on `tests/golden/language.tsv` (class label) by `bench/language.py`.
"""

import functools
from collections.abc import Sequence

import regex

from translate.article.language_words import FRENCH_FUNCTION, NAME_NOUNS, NAMES_OF_WORDS
from translate.notation.vocabulary import zipf

#: A label is no longer than this (words).
LONGEST = 8
#: How common a word of a label is in French, how much more common than in English (Zipf), and how
#: common another form of it; more is asked where English knows the word from names.
WORD_ZIPF, WORD_LEAD, FORM_ZIPF = 2.8, 1.5, 2.0
KNOWN_ZIPF, KNOWN_FORM_ZIPF = 2.3, 3.3

#: Characters of the longest of such names.
LONGEST_NAME = 60

_OF_A_PLACE = regex.compile(
    rf"(?:La |Le |L['’])?(?i:{'|'.join(NAME_NOUNS)}) (?:de la |de l['’]|de |du |des |d['’])"
    r"\p{Lu}[\p{L}'’-]*(?:[ -](?:(?:de|du|des|la|le|et) )?\p{Lu}[\p{L}'’-]*){0,4}"
)
_PART = regex.compile(r"\p{L}+")
_ABSTRACT = ("té", "tion", "tions", "isme", "ismes", "graphie", "logie", "ment", "ments", "ance")
#: What stands between a label and what it is about: « Sortie de Léa Roy », « Sortir à Paris ».
_LINKS = frozenset("de du des d à au aux en par pour sur sous chez avec".split())
#: Ending of a word -> what its other forms have in its place.
_FORMS = (
    ("s", ("", "e")),
    ("x", ("",)),
    ("aux", ("al", "ail")),
    ("al", ("aux",)),
    ("er", ("é", "e", "ez")),
    ("ez", ("er",)),
    ("ir", ("i", "it", "is")),
    ("dre", ("d", "du")),
    ("eau", ("eaux",)),
    ("eu", ("eux",)),
    ("eur", ("rice", "euse")),
    ("", ("s", "e", "es")),
)


def is_label(text: str, tokens: Sequence[str]) -> bool:
    """Whether a short line whose words (`tokens`) all have capitals is French, and no name.

    >>> [is_label(line, line.split()) for line in ("Précédent Suivant", "Sortir à Paris", "Hélène")]
    [True, True, False]
    """
    if not tokens or len(tokens) > LONGEST or is_name_of_words(text):
        return False
    if text.lstrip(" –—-•").startswith(("À ", "À\u00a0")):
        return True
    known = [_is_grammatical(token) or is_common_word(token) for token in tokens]
    if all(known):
        return any(is_common_word(token) for token in tokens) or "être" in tokens[-1]
    return _is_about(tokens)


def is_name_of_words(text: str) -> bool:
    """Whether a line is a known name, or one of a place or body, made of common words.

    >>> is_name_of_words("Jardin des Plantes"), is_name_of_words("Jardin des plaisirs")
    (True, False)
    """
    if len(text) > LONGEST_NAME:
        return False
    return text.strip().lower() in NAMES_OF_WORDS or _OF_A_PLACE.fullmatch(text) is not None


def _is_about(tokens: Sequence[str]) -> bool:
    """« Sortie de Léa Roy » is about a name, but « Place de la République » is one."""
    first = tokens[0].lower()
    linked = len(tokens) > 2 and tokens[1].rstrip("'’") in _LINKS  # a small one: no name itself
    return linked and is_common_word(first) and first not in NAME_NOUNS


def _is_grammatical(token: str) -> bool:
    parts = [part.lower() for part in _PART.findall(token)]
    return bool(parts) and all(part in FRENCH_FUNCTION or part == "être" for part in parts)


@functools.lru_cache(maxsize=1 << 14)
def is_common_word(token: str) -> bool:
    """Whether a capitalised word is a common one of French, and hardly a name.

    >>> [is_common_word(word) for word in ("Débats", "Géographie", "Lyon", "Clément", "Parking")]
    [True, True, False, False, False]
    """
    word = token.lower().replace("œ", "oe").strip("'’")
    french, english = zipf(word, "fr"), zipf(word, "en")
    if len(word) < 3 or french < WORD_ZIPF or french - english < WORD_LEAD:
        return False
    if len(word) > 6 and word.endswith(_ABSTRACT) and english < KNOWN_ZIPF:
        return True
    other = max(zipf(form, "fr") for form in _other_forms(word))
    return other >= (KNOWN_FORM_ZIPF if english >= KNOWN_ZIPF else FORM_ZIPF)


def _other_forms(word: str) -> list[str]:
    return [
        word[: len(word) - len(ending)] + other
        for ending, others in _FORMS
        if word.endswith(ending)
        for other in others
    ]
