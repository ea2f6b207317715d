"""A string inside another file (a cell, a value of JSON): plain lines, or HTML of its own."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from translate.document import Kind
from translate.errors import InputError
from translate.formats.base import Core, English, Unit, Words, core_of, has_words
from translate.formats.html import Page

#: What a CMS writes into its fields: an element with its end, or a break.
_HTML = regex.compile(
    r"<(p|div|h[1-6]|ul|ol|li|a|strong|em|b|i|span|blockquote|figure)(?:\s[^<>]*)?>|<br\s*/?>"
)
_LINE_ENDS = regex.compile(r"(\r\n|\r|\n)")


class Field:
    """A string without its words."""

    def __init__(self, text: str) -> None:
        self._inner = _Page(text) if _HTML.search(text) else _Lines(text)
        self.units = self._inner.units

    def filled(self, english: Sequence[English]) -> str:
        """The string with the English of its units."""
        return self._inner.filled(english)


class _Page:
    def __init__(self, text: str) -> None:
        self._page = Page(text, is_utf8=True, is_ascii=False)
        self.units = self._page.units

    def filled(self, english: Sequence[English]) -> str:
        return self._page.filled(english).decode()


class _Lines:
    def __init__(self, text: str) -> None:
        self._parts = _LINE_ENDS.split(text)
        self._slots: dict[int, tuple[Words[str], Core]] = {}
        for index, part in enumerate(self._parts):
            words: Words[str] = Words()
            words.add(part)
            core = core_of(words.text)
            if has_words(core.text):
                self._slots[index] = words, core
        self.units = [Unit(core.text, Kind.PARAGRAPH) for _, core in self._slots.values()]

    def filled(self, english: Sequence[English]) -> str:
        parts = list(self._parts)
        for (index, (words, core)), one in zip(self._slots.items(), english, strict=True):
            if one.changed:
                parts[index] = "".join(words.written(core.lead + one.text + core.trail))
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a field stands in the text of a file: `text[start:end]`, quotes and all."""

    start: int
    end: int
    field: Field


def filled(
    text: str, slots: Sequence[Slot], english: Sequence[English]
) -> Iterator[tuple[str, Slot | None, str]]:
    """The file in stretches: what stays (no slot), and each changed field with its new words."""
    last, at = 0, 0
    for slot in slots:
        mine = english[at : at + len(slot.field.units)]
        at += len(mine)
        if any(one.changed for one in mine):
            yield text[last : slot.start], None, ""
            yield text[slot.start : slot.end], slot, slot.field.filled(mine)
            last = slot.end
    yield text[last:], None, ""


def check_parts(given: Sequence[str], there: Sequence[str], name: str, option: str) -> None:
    """InputError where no part is named, or one that is not there; it lists those that are."""
    if not there:
        raise InputError(f"{name} has no text in any field: nothing to translate")
    known = ", ".join(there[:20]) + (", …" if len(there) > 20 else "")
    if not given:
        raise InputError(f"{name}: say what is to be translated with {option}; there: {known}")
    missing = [part for part in given if part not in there]
    if missing:
        raise InputError(f"{name} has no {missing[0]!r} ({option}); there: {known}")
