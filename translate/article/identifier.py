"""py3langid's model, unpacked once and mapped into memory.

As it comes it takes half a second and 75 MB a process. Its tables are kept in the user's cache
folder instead: a process reads the pages that it needs, and all processes share them.
"""

import json
from functools import partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Protocol

from translate.folders import cache_folder
from translate.kept import kept

#: The tables that all identifiers share, and those that differ with the languages.
_TEXT, _LANGUAGES = ("tk_nextmove", "tk_row", "tk_output"), ("nb_ptc", "nb_pc")
_ALL, _TWO = "all", "two"


class Identifier(Protocol):
    """What is used of py3langid's LanguageIdentifier (it has no type annotations)."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Languages by their log-probability, best first."""
        ...


def all_languages() -> Identifier:
    """The whole model: 142 languages."""
    return _identifier(_ALL)


def french_or_english() -> Identifier:
    """The model restricted to French and English."""
    return _identifier(_TWO)


def _identifier(languages: str) -> Identifier:
    """Imports py3langid when it is called, because that loads numpy."""
    folder = cache_folder() / "tables" / f"py3langid-{version('py3langid')}"
    return kept(folder, _unpack, partial(_mapped, languages=languages))


def _unpack(folder: Path) -> None:
    import numpy
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    folder.mkdir()
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    for name in _TEXT:
        numpy.save(folder / f"{name}.npy", numpy.asarray(getattr(identifier, name)))
    for languages, chosen in ((_ALL, None), (_TWO, ["fr", "en"])):
        identifier.set_languages(chosen)
        for name in _LANGUAGES:
            numpy.save(folder / f"{languages}-{name}.npy", getattr(identifier, name))
        (folder / f"{languages}.json").write_text(json.dumps(identifier.nb_classes))


def _mapped(folder: Path, *, languages: str) -> Identifier:
    import numpy
    from py3langid.langid import LanguageIdentifier

    def table(name: str) -> Any:
        return numpy.load(folder / f"{name}.npy", mmap_mode="r")

    nextmove, row, output = (memoryview(table(name)) for name in _TEXT)
    probabilities, priors = (table(f"{languages}-{name}") for name in _LANGUAGES)
    classes = json.loads((folder / f"{languages}.json").read_text())
    identifier: Identifier = LanguageIdentifier(
        probabilities, priors, classes, nextmove, output, tk_row=row
    )
    return identifier
