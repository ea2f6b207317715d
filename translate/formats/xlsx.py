"""Excel workbooks: the cells of the chosen columns in English, all other parts as they were.

A column is chosen by its name in the first row of a sheet, or by its letter. A changed cell holds
its text itself (an inline string), so that other cells with the same words keep theirs. Runs of
different formats inside a cell become one, in the format of the first.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import regex

from translate.document import SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, of_units
from translate.formats.fields import Field, check_parts
from translate.formats.packages import Package
from translate.formats.table import OPTION
from translate.formats.xml_words import serialised, writable

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_SHEET = regex.compile(r"xl/worksheets/[^/]+\.xml")
_STRINGS = "xl/sharedStrings.xml"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_LETTERS = regex.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with words: its sheet and element, its column's letters and row, and its text."""

    part: str
    element: Any
    column: str
    row: int
    text: str
    properties: Any  # of its first run, or None


class Workbook:
    """A workbook without the words of the chosen columns."""

    def __init__(self, package: Package, columns: Sequence[str], name: str) -> None:
        self._package = package
        sheets = sorted(member for member in package.members if _SHEET.fullmatch(member))
        if not sheets:
            raise InputError(f"{name} has no sheet: it is no Excel workbook")
        self._trees = {part: package.xml(part) for part in sheets}
        cells = list(self._cells())
        heads = {(cell.part, cell.column): cell.text.strip() for cell in cells if cell.row == 1}
        letters = sorted({cell.column for cell in cells}, key=lambda c: (len(c), c))
        check_parts(columns, [*dict.fromkeys(heads.values()), *letters], name, OPTION)
        self._slots = [
            (cell, field)
            for cell in cells
            if _is_chosen(cell, columns, heads) and (field := Field(cell.text)).units
        ]
        self.units: list[Unit] = [unit for _, field in self._slots for unit in field.units]

    def filled(self, english: Sequence[English]) -> bytes:
        """The workbook with its English."""
        changed = set()
        at = 0
        for cell, field in self._slots:
            mine = english[at : at + len(field.units)]
            at += len(mine)
            if any(one.changed for one in mine):
                _set(cell, field.filled(mine))
                changed.add(cell.part)
        return self._package.written({part: serialised(self._trees[part]) for part in changed})

    def _cells(self) -> Iterator[Cell]:
        strings = self._strings()
        for part, tree in self._trees.items():
            for element in tree.iter(_MAIN + "c"):
                place = element.get("r", "")
                column = _LETTERS.match(place)
                held = _held(element, strings)
                if column and held is not None and place[column.end() :].isdecimal():
                    row = int(place[column.end() :][:9])
                    text, properties = _text(held)
                    yield Cell(part, element, column.group(), row, text, properties)

    def _strings(self) -> list["_Element"]:
        if _STRINGS not in self._package.members:
            return []
        return list(self._package.xml(_STRINGS).getroot().iter(_MAIN + "si"))


def _held(cell: "_Element", strings: Sequence["_Element"]) -> "_Element | None":
    """What holds the words of a cell; None where it has a number, a formula, or a bad index."""
    if cell.find(_MAIN + "f") is not None:
        return None
    if cell.get("t") == "inlineStr":
        return cell.find(_MAIN + "is")
    index = (cell.findtext(_MAIN + "v") or "").strip()
    if cell.get("t") != "s" or not (index.isdecimal() and len(index) < 10):
        return None
    return strings[int(index)] if int(index) < len(strings) else None


def _text(held: "_Element") -> tuple[str, Any]:
    """The words, without those that say how others are read (`rPh`), and the first format."""
    parts = [held.find(_MAIN + "t")] + [run.find(_MAIN + "t") for run in held.iter(_MAIN + "r")]
    first = held.find(f"{_MAIN}r/{_MAIN}rPr")
    return "".join(part.text or "" for part in parts if part is not None), first


def _is_chosen(cell: Cell, columns: Sequence[str], heads: dict[tuple[str, str], str]) -> bool:
    head = heads.get((cell.part, cell.column))
    if head is not None and head in columns:
        return cell.row > 1
    return cell.column in columns and cell.column not in heads.values()


def _set(cell: Cell, text: str) -> None:
    from lxml import etree

    for child in (cell.element.find(_MAIN + "v"), cell.element.find(_MAIN + "is")):
        if child is not None:
            cell.element.remove(child)
    cell.element.set("t", "inlineStr")
    holder = etree.SubElement(cell.element, _MAIN + "is")
    if cell.properties is not None:
        holder = etree.SubElement(holder, _MAIN + "r")
        holder.append(deepcopy(cell.properties))
    words = etree.SubElement(holder, _MAIN + "t")
    words.set(_SPACE, "preserve")
    words.text = writable(text)


def parse(data: bytes, name: str, file: SourceFile) -> Workbook:
    """A workbook; InputError for a package that is none, and for columns that are not there."""
    return Workbook(Package(data, name, "xlsx"), file.parts, name)


def _recognised(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"xl/workbook.xml" in data


FORMAT = of_units(
    "xlsx",
    (".xlsx",),
    MEDIA_TYPE,
    "all cells but those of the columns chosen with --column, formats, formulas, other sheets",
    parse,
    is_text=False,
    recognises=_recognised,
    takes=("parts",),
)
