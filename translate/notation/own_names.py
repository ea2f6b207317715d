"""Which names English writes as French does.

It is what the word lists tell: English writes the name nearly as often as French. Places named
after a saint stay as they are, and rare words that do not end like nouns or adjectives.
"""

import functools
from collections.abc import Sequence

import regex

from translate.notation import likeness
from translate.notation.vocabulary import zipf

#: French writes a word that English has otherwise so much more often (10 to this power).
OWN_LEAD = 1.5
#: A rarer word is a name whatever its lead, unless it ends like a noun or an adjective.
RARE_ZIPF = 2.6
#: A word that is as common as this in both is more likely a noun (Direction, Institution).
NOUN_ZIPF = 4.0
#: What French writes as often as its small words is no name.
SMALL_ZIPF = 5.3
#: Small words inside a joined name have no more letters (Villeneuve-sous-Pic).
LONGEST_PARTICLE = 4
#: Names as common as nouns are, of which English makes no adjective.
FAMOUS = frozenset(
    "Obama Trump Biden Macron Clinton Hitler Facebook Google Twitter YouTube Instagram Netflix "
    "Microsoft Paris Marseille Lyon Toulouse Bordeaux Lille Nantes Strasbourg Montpellier Rennes "
    "Berlin Madrid Chicago Boston Manchester Liverpool Chelsea Arsenal Hollywood Manhattan".split()
)
#: Parts of joined names that English has words for.
_DIRECTIONS = frozenset(
    "Nord Sud Est Ouest Centre Haut Haute Bas Basse Grand Grande Orient Occident Franco".split()
)
_DERIVED = regex.compile(
    r"(?:i[ae]|[ie]en(?:ne)?s?|[ao]is(?:es?)?|iques?|tions?|te|ments?|eurs?|istes?|ain(?:es?|s)?"
    r"|ees?|es|[ts]s|oires?|[ae]nces?|ismes?)$"
)
_SAINT = regex.compile(r"Saint(?:es?|s)?-\p{Lu}")
#: What has an English name of its own, or is no place.
_OTHER_SAINTS = frozenset(
    "Saint-Siège Saint-Père Saint-Esprit Saint-Empire Saint-Office Saint-Sépulcre Saint-Sylvestre "
    "Saint-Valentin Saint-Jean Saint-Laurent Saint-Patrick Sainte-Hélène Sainte-Lucie Saint-Marin "
    "Saint-Barthélemy Sainte-Alliance Sainte-Trinité Sainte-Vierge Sainte-Sophie".split()
)


@functools.lru_cache(maxsize=1 << 14)
def is_own(word: str) -> bool:
    """Whether English writes a name as French does, by itself."""
    if word in FAMOUS:
        return True
    french, english = zipf(word, "fr"), zipf(word, "en")
    if len(word) < likeness.MIN_LETTERS or word.isupper() or min(french, english) > NOUN_ZIPF:
        return False
    if "-" in word:
        return _is_own_compound(word.split("-"))
    return french - english < OWN_LEAD if english else may_be_own(word) and french < RARE_ZIPF


def _is_own_compound(parts: Sequence[str]) -> bool:
    """Whether English keeps names that are joined: Rhône-Alpes, Carthage-Étoile; not Pilsen-Sud."""
    if all(is_own(part) or zipf(part, "en") > NOUN_ZIPF for part in parts):
        return True
    may_be = all(part[:1].isupper() and may_be_own(part) for part in parts)
    return may_be and any(map(is_own, parts)) and not _DIRECTIONS.intersection(parts)


def may_be_own(word: str) -> bool:
    """Whether English writes it so beside such a name: no small word, noun or adjective."""
    is_small = len(word) < likeness.MIN_LETTERS or word.isupper() or zipf(word, "fr") > SMALL_ZIPF
    return not is_small and not _DERIVED.search(likeness.folded(word))


def is_kept(name: str) -> bool:
    """Whether English writes a name so, and does not translate it: not Nord-Ouest, Länder."""
    is_known = bool(zipf(name, "en")) or not zipf(name, "fr")
    return is_own(name) and is_known and not _DIRECTIONS.issuperset(name.split("-"))


def is_saint(word: str) -> bool:
    """Whether a word is a place named after a saint: Saint-Étienne, not Saint-Siège."""
    return _SAINT.match(word) is not None and word not in _OTHER_SAINTS


def has_noun(word: str) -> bool:
    """Whether a joined word has a part in small letters that is no particle: Anti-contrefaçon."""
    return any(part.islower() and len(part) > LONGEST_PARTICLE for part in word.split("-")[1:])


def is_common(word: str) -> bool:
    """Whether both languages write a word so often that it is more likely a noun."""
    return min(zipf(word, "fr"), zipf(word, "en")) > NOUN_ZIPF
