"""What changes beside a French word that is replaced: elision."""

import re

#: The words before a consonant and before a vowel; the gender for which it is so ("" is any).
_BEFORE = (
    ("du ", "de l'", "m"),
    ("au ", "à l'", "m"),
    ("le ", "l'", "m"),
    ("la ", "l'", "f"),
    ("ce ", "cet ", "m"),
    ("ma ", "mon ", "f"),
    ("ta ", "ton ", "f"),
    ("sa ", "son ", "f"),
    ("de ", "d'", ""),
    ("que ", "qu'", ""),
    ("ne ", "n'", ""),
    ("se ", "s'", ""),
    ("je ", "j'", ""),
)
_VOWEL = re.compile("[aeiouyàâäæéèêëîïôöœûüùh]")
#: Beginnings of words that take no elision: an h that is a consonant, y and ou spoken as one.
_NO_ELISION = tuple(
    """
    hach haie haill hain haïss halag halet hall halo halt ham han happ haran harass harc hard harem
    haren harg harn harp hasard hât hauss haut hâv havr heaum hennir hérau hériss hern héron héros
    hêtr heurt hibou hideu hiérarch hiss hoch hockey holding hold-up holland homard hongr hont
    hoquet hord hors hotte houbl houe houill houl hous hublot huche huées huer huguenot huit hul
    hup hurl hutt hussard oui ouistiti onz yacht yaourt yen yaourts yougoslav
    """.split()
)
_ELISION = ("hallucin", "halogèn", "haltèr", "hameçon", "hautboïst")  # in spite of their beginning


def elides(word: str) -> bool:
    """Whether le, de and ce lose their vowel before a French word.

    >>> [elides(w) for w in ("école", "homme", "hausse", "onze", "palais")]
    [True, True, False, False, False]
    """
    low = word.lower()
    spoken = _VOWEL.match(low) and not low.startswith(_NO_ELISION)
    return low.startswith(_ELISION) or bool(spoken)


def before(given: str, old: str, new: str, gender: str) -> str | None:
    """`given`, which stands before `old`, as it stands before `new`; None where nobody can tell.

    >>> before("Vue de l'", "école", "ville", "f")
    'Vue de la '
    >>> before("prix du ", "pain", "orge", "m"), before("cet ", "été", "hiver", "m")
    ("prix de l'", 'cet ')
    """
    if elides(old) == elides(new):
        return given
    given = given.replace("’", "'")
    for consonant, vowel, wanted in _BEFORE:
        there, then = (vowel, consonant) if elides(old) else (consonant, vowel)
        if wanted in ("", gender) and _ends_in(given, there):
            return given[: -len(there)] + _cased(then, like=given[-len(there)])
    return None if given.endswith(("'", "cet ", "mon ", "ton ", "son ")) else given


def _ends_in(given: str, words: str) -> bool:
    head, tail = given[: -len(words)], given[-len(words) :]
    return tail.lower() == words and not head[-1:].isalpha()


def _cased(words: str, *, like: str) -> str:
    return words.capitalize() if like.isupper() else words
