"""PO catalogues of gettext whose messages are French: those without a translation get English.

Format strings (`%s`, `%(name)s`, `{0}`) are codes; what is filled in is marked `fuzzy`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import regex

from translate.document import Kind, SourceFile
from translate.errors import InputError
from translate.formats.base import Core, English, Unit, Words, core_of, has_words, of_units
from translate.formats.encodings import decode

_PLACEHOLDER = regex.compile(
    r"(%\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]|%(?:\d+\$)?[#0+-]*\d*(?:\.\d+)?[sdiufgxXc](?!\w)"
    r"|%%|\{\{?[\w.!:]*\}?\})"
)


#: What parts the lines of a message; messages with HTML in them are common.
_LINE_END = regex.compile(r"(\n|<br\s*/?>)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a message: its entry, which of the plural forms, and its words."""

    entry: Any
    form: int | None
    number: int
    words: Words[str]
    core: Core


class Catalogue:
    """A catalogue without the words of its open messages."""

    def __init__(self, text: str, name: str) -> None:
        import polib

        try:
            self._catalogue = polib.pofile(text, wrapwidth=78)
        except (OSError, ValueError) as error:
            raise InputError(f"{name} is no PO catalogue ({error}); mend it") from None
        if not len(self._catalogue) and "msgid" not in text:
            raise InputError(f"{name} is no PO catalogue: it has no message")
        self._messages: dict[tuple[int, int | None], list[str]] = {}
        self._lines: list[Line] = []
        for entry in self._catalogue:
            if not (entry.obsolete or entry.translated() or entry.fuzzy):
                self._read(entry)
        self.units = [Unit(line.core.text, Kind.PARAGRAPH) for line in self._lines]

    def _read(self, entry: Any) -> None:
        plural = entry.msgid_plural
        forms = {0: entry.msgid, 1: plural} if plural else {None: entry.msgid}
        for form, message in forms.items():
            lines = _LINE_END.split(message)
            self._messages[id(entry), form] = lines
            for number, line in enumerate(lines):
                words = _words(line)
                core = core_of(words.text)
                if has_words(core.text) and not _LINE_END.fullmatch(line):
                    self._lines.append(Line(entry, form, number, words, core))

    def filled(self, english: Sequence[English]) -> bytes:
        """The catalogue with its English."""
        changed: set[int] = set()
        for line, one in zip(self._lines, english, strict=True):
            if one.changed:
                text = line.core.lead + one.text + line.core.trail
                lines = self._messages[id(line.entry), line.form]
                lines[line.number] = "".join(line.words.written(text))
                changed.add(id(line.entry))
        for entry in self._catalogue:
            if id(entry) in changed:
                self._set(entry)
        return str(self._catalogue).encode()

    def _set(self, entry: Any) -> None:
        if entry.msgid_plural:
            for form in (0, 1):
                entry.msgstr_plural[form] = "".join(self._messages[id(entry), form])
        else:
            entry.msgstr = "".join(self._messages[id(entry), None])
        entry.flags.append("fuzzy")


def _words(line: str) -> Words[str]:
    words: Words[str] = Words()
    for piece in filter(None, _PLACEHOLDER.split(line)):
        if _PLACEHOLDER.fullmatch(piece):
            words.single(piece)
        else:
            words.add(piece)
    return words


def parse(data: bytes, name: str, _file: SourceFile) -> Catalogue:
    """A catalogue; InputError where it is none."""
    text = decode(data, name).text.removeprefix("\ufeff")
    if "\n" not in text:  # polib takes a short text for the name of a file
        raise InputError(f"{name} is no PO catalogue: it has no message")
    return Catalogue(text, name)


FORMAT = of_units(
    "po",
    (".po", ".pot"),
    "text/x-gettext-translation; charset=utf-8",
    "messages that are translated, comments, references; new ones are marked fuzzy",
    parse,
    recognises=lambda data: regex.search(rb'^msgid "', data[:4000], regex.MULTILINE) is not None,
)
