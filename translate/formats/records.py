"""JSON and JSON Lines: the strings of the chosen fields in English, all else as it was."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import regex

from translate.document import SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, of_units
from translate.formats.content import Content, told
from translate.formats.encodings import decode
from translate.formats.fields import Field, Slot, check_parts, filled

OPTION = "--field"
#: Objects and lists inside each other: those of real files are a dozen deep.
MAX_DEPTH = 200
_TOKEN = regex.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]|[^\s,:\[\]{}"]++')


@dataclass(slots=True)
class _Container:
    """An open object or list; `key` is the one of the value that comes next."""

    is_object: bool
    key: str | None = None


@dataclass(slots=True)
class _Walk:
    """The strings of a JSON text with their fields: `article.body`, whatever lists they are in."""

    stack: list[_Container] = field(default_factory=list)

    def strings(self, text: str, start: int) -> Iterator[tuple[str, int, int]]:
        for match in _TOKEN.finditer(text, start):
            token = match.group()
            top = self.stack[-1] if self.stack else None
            if token in "{[":
                self._open(token)
            elif token in "}]":
                self.stack.pop()
                self._done()
            elif token[0] == '"' and top and top.is_object and top.key is None:
                top.key = json.loads(token)
            else:
                if token[0] == '"':
                    yield self._path(), match.start(), match.end()
                self._done()

    def _open(self, token: str) -> None:
        if len(self.stack) >= MAX_DEPTH:
            raise InputError(f"JSON deeper than {MAX_DEPTH} levels is not read; flatten it")
        self.stack.append(_Container(token == "{"))

    def _done(self) -> None:
        if self.stack and self.stack[-1].is_object:
            self.stack[-1].key = None

    def _path(self) -> str:
        return ".".join(container.key or "" for container in self.stack if container.is_object)


class Records:
    """A JSON text without the words of the chosen fields."""

    def __init__(self, text: str, fields: Sequence[str], name: str) -> None:
        self._text = text
        found = list(_Walk().strings(text, int(text.startswith("\ufeff"))))
        check_parts(fields, list(dict.fromkeys(path for path, _, _ in found)), name, OPTION)
        slots = (
            Slot(start, end, Field(json.loads(text[start:end])))
            for path, start, end in found
            if path in fields
        )
        self._slots = [slot for slot in slots if slot.field.units]
        self.units: list[Unit] = [unit for slot in self._slots for unit in slot.field.units]

    def filled(self, english: Sequence[English]) -> bytes:
        """The text with its English; a string that was in ASCII with escapes stays so."""
        out = [
            json.dumps(new, ensure_ascii=stretch.isascii() and "\\u" in stretch)
            if slot
            else stretch
            for stretch, slot, new in filled(self._text, self._slots, english)
        ]
        return "".join(out).encode("utf-8", "surrogatepass")


def parse(data: bytes, name: str, file: SourceFile) -> Records:
    """JSON, or an object a line; InputError says which line is broken."""
    text = decode(data, name).text
    _check(text.removeprefix("\ufeff"), name)
    return Records(text, file.parts, name)


def fields(data: bytes, name: str) -> set[str]:
    """The fields in which there are strings; InputError as in `parse`."""
    text = decode(data, name).text
    _check(text.removeprefix("\ufeff"), name)
    return {path for path, _, _ in _Walk().strings(text, int(text.startswith("\ufeff")))}


def _check(text: str, name: str) -> None:
    try:
        json.loads(text)
        return
    except (ValueError, RecursionError) as error:
        whole = error
    lines = [(n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()]
    try:
        for number, line in lines:
            where = number
            json.loads(line)
        if lines:
            return
    except (ValueError, RecursionError):
        if where > 1 and _is_json(lines[0][1]):
            raise InputError(f"{name} line {where} is no JSON; mend or remove it") from None
    if isinstance(whole, RecursionError):
        raise InputError(f"{name} is nested too deeply to be read as JSON; flatten it")
    raise InputError(f"{name} is no JSON ({whole}); mend it or choose another --from")


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


FORMAT = of_units(
    "records",
    (".json", ".jsonl", ".ndjson"),
    "application/json; charset=utf-8",
    "all of a JSON file but the fields chosen with --field (body, article.title), byte for byte",
    parse,
    recognises=lambda data: told(data) in (Content.JSON, Content.JSON_LINES),
    takes=("parts",),
)
