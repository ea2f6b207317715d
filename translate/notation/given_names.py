"""French given names, and the English ones that a model puts in their place (Hélène, Helen)."""

import functools
import unicodedata
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class GivenName:
    """A line of `given_names.tsv`; `is_word`: alone it may be a word, a place or a saint."""

    name: str
    english: tuple[str, ...] = ()
    is_word: bool = False


def given_name(word: str) -> GivenName | None:
    """The given name that a word is; of a double one both parts have to be names.

    >>> given_name("Benoît")
    GivenName(name='Benoît', english=('Benedict', 'Benoit'), is_word=False)
    >>> given_name("Jean-Noël"), given_name("Benedict")
    (GivenName(name='Jean-Noël', english=(), is_word=False), None)
    """
    known = _given_names()
    if word in known:
        return known[word]
    parts = word.split("-")
    is_double = len(parts) == 2 and all(part in known for part in parts)
    return GivenName(word) if is_double else None


@functools.cache
def _given_names() -> dict[str, GivenName]:
    text = resources.files("translate.notation").joinpath("given_names.tsv").read_text("utf-8")
    names: dict[str, GivenName] = {}
    for line in text.splitlines():
        if line.startswith("#"):
            continue
        name, *english = line.split("\t")
        given = GivenName(name.rstrip("*"), tuple(english), name.endswith("*"))
        names[given.name] = given
        # newspapers often leave the accent of a capital out
        names.setdefault(_bare_capital(given.name), given)
    return names


def _bare_capital(name: str) -> str:
    first = unicodedata.normalize("NFKD", name[0])[0]
    return first + name[1:]
