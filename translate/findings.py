"""The sentence of each finding, in the reader's language: `findings.json`, by its code."""

import functools
import json
from collections.abc import Sequence
from importlib import resources
from typing import Literal

Reader = Literal["en", "fr"]
READERS: tuple[Reader, ...] = ("en", "fr")


@functools.cache
def sentences() -> dict[str, dict[Reader, str]]:
    """The table: code, then language; `{0}`, `{1}` stand for the finding's values."""
    text = resources.files("translate").joinpath("findings.json").read_text(encoding="utf-8")
    table: dict[str, dict[Reader, str]] = json.loads(text)
    return table


def sentence(code: str, values: Sequence[str], reader: Reader = "en") -> str:
    """One plain sentence; of a code that this version does not know, its values.

    >>> sentence("links.missing", ["a@b.fr"], "fr")
    'a@b.fr manque en anglais'
    """
    template = sentences().get(code)
    return template[reader].format(*values) if template else ", ".join(values)
