"""The English sentence in which the names of its French are looked for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from translate.notation import likeness
from translate.notation.calendar import ENGLISH_DAYS, ENGLISH_MONTHS
from translate.notation.name_runs import MOST
from translate.notation.own_names import is_own
from translate.notation.vocabulary import POSSESSIVE, Word, read

#: What English writes with a capital and French without: days, months, peoples.
_NEVER_NAMES = frozenset(
    map(str.lower, ("I", "I'm", "I've", "I'll", *ENGLISH_DAYS.values(), *ENGLISH_MONTHS.values()))
)


@dataclass(frozen=True, slots=True)
class Target:
    """An English sentence; `strange` are its capitalised words that the French does not have.

    They come in order, each with its place; `places` are where the words of each folded form
    stand, `exact` the words to the letter. `forms` are the strange words that may be English forms
    of names, `renamed` is how many names of the French are known to have others.
    """

    text: str
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    exact: frozenset[str]
    strange: Mapping[Word, int]
    forms: tuple[Word, ...] = ()
    renamed: int = 0

    def mended(self, damaged: Mapping[int, str]) -> "Target":
        """What it would be with damaged names as the French has them; names by their start."""
        folded = tuple(
            likeness.folded(damaged[word.start]) if word.start in damaged else plain_word
            for word, plain_word in zip(self.words, self.folded, strict=True)
        )
        return replace(self, folded=folded, places=_places(folded))

    def capitalised(self, folded: str) -> list[Word]:
        """The words of a folded form that have a capital, in their order."""
        found = (self.words[at] for at in self.places.get(folded, ()))
        return [word for word in found if word.bare[0].isupper()]

    def only(self, word: Word) -> int | None:
        """Where a word stands that stands there once."""
        places = self.places.get(likeness.folded(word.bare), ())
        return places[0] if len(places) == 1 else None


def _places(folded: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(folded):
        places.setdefault(word, []).append(at)
    return places


def target_of(french: str, english: str) -> Target:
    """The English of a French sentence."""
    found = read(english)
    folded = tuple(likeness.folded(word.bare) for word in found)
    given = {likeness.folded(word.bare) for word in read(french)}
    strange = (
        (word, at)
        for at, word in enumerate(found)
        if word.bare[0].isupper() and folded[at] not in given
    )
    exact = frozenset(form for word in found for form in _exact_forms(word.bare))
    places = _places(folded)
    strangers = dict(islice(strange, MOST))
    forms = tuple(w for w in strangers if w.is_name and likeness.folded(w.bare) not in _NEVER_NAMES)
    renamed = sum(
        word.is_name and not is_own(word.bare) and likeness.folded(word.bare) not in places
        for word in read(french)
    )
    return Target(english, found, folded, places, exact, strangers, forms, renamed)


def _exact_forms(word: str) -> tuple[str, str]:
    """A word with either kind of apostrophe, and without the possessive."""
    return word.replace("’", "'"), POSSESSIVE.sub("", word)
