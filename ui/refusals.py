"""The server's refusals in French, where Gradio shows them; static/refusals.js has the rest."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import regex

_TABLE = Path(__file__).parent / "static" / "refusals.json"
_HOLE = regex.compile(r"\{\d\}")
#: Characters of a message that is looked for: what it cites of an article may be long.
_LONGEST = 2_000


def said(message: str, headers: Mapping[str, str]) -> str:
    """A message in the language of a page: its cookie says which, or else the browser."""
    chosen = regex.search(r"depeche_language=(fr|en)", headers.get("cookie", ""))
    language = chosen[1] if chosen else headers.get("accept-language", "")[:2].lower()
    return in_french(message) if language == "fr" else message


def in_french(message: str) -> str:
    """A message in French; one that the table does not have stays as it is.

    >>> in_french("note.pdf is empty: nothing to translate; give an article")
    'note.pdf est vide : il n’y a rien à traduire ; donnez un article'
    """
    if len(message) > _LONGEST:
        return message
    for pattern, french in _shapes():
        if found := pattern.fullmatch(message):
            return _filled(french, found.groups())
    return message


def _filled(french: str, values: Sequence[str]) -> str:
    return _HOLE.sub(lambda hole: in_french(values[int(hole.group()[1])]), french)


@cache
def _shapes() -> list[tuple[regex.Pattern[str], str]]:
    """The table with patterns whose groups are the values; what has most words goes first."""
    table: dict[str, str] = json.loads(_TABLE.read_text(encoding="utf-8"))
    longest = sorted(table.items(), key=lambda row: -len(_HOLE.sub("", row[0])))
    return [
        (regex.compile("(.*?)".join(map(regex.escape, _HOLE.split(english))), regex.DOTALL), french)
        for english, french in longest
    ]
