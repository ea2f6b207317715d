"""CSV and TSV: the cells of the chosen columns in English, all other bytes as they were."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import regex

from translate.document import SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, of_units
from translate.formats.content import Content, csv_delimiter, told
from translate.formats.encodings import decode
from translate.formats.fields import Field, Slot, check_parts, filled

OPTION = "--column"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its place in the file, and its row and column from 0."""

    row: int
    column: int
    start: int
    end: int


class Table:
    """A table without the words of the chosen columns."""

    def __init__(self, text: str, columns: Sequence[str], name: str, delimiter: str) -> None:
        self._text = text
        self._delimiter = delimiter
        cells = list(cells_of(text, delimiter))
        heads = [_value(text[cell.start : cell.end]) for cell in cells if cell.row == 0]
        numbers = [str(number) for number in range(1, len(heads) + 1)]
        has_heads = any(column in heads for column in columns)
        check_parts(columns, [*heads, *numbers], name, OPTION)
        chosen = {heads.index(c) if c in heads else int(c) - 1 for c in columns}
        fields = (
            Slot(cell.start, cell.end, Field(_value(text[cell.start : cell.end])))
            for cell in cells
            if cell.column in chosen and not (has_heads and cell.row == 0)
        )
        self._slots = [slot for slot in fields if slot.field.units]
        self.units: list[Unit] = [unit for slot in self._slots for unit in slot.field.units]

    def filled(self, english: Sequence[English]) -> bytes:
        """The table with its English."""
        out = [
            self._cell(stretch, new) if slot else stretch
            for stretch, slot, new in filled(self._text, self._slots, english)
        ]
        return "".join(out).encode()

    def _cell(self, old: str, new: str) -> str:
        quoted = old.startswith('"') or any(sign in new for sign in (self._delimiter, "\n", "\r"))
        return '"' + new.replace('"', '""') + '"' if quoted else new


def cells_of(text: str, delimiter: str) -> Iterator[Cell]:
    """The cells in order; a quote opens one only where another closes it at its end (RFC 4180)."""
    pattern = regex.compile(
        rf'(?:"(?:[^"]++|"")*+"(?=[{delimiter}\r\n]|\Z)|[^{delimiter}\r\n]*+)'
        rf"(?P<end>{delimiter}|\r\n|\r|\n|\Z)"
    )
    row = column = 0
    for match in pattern.finditer(text, text.startswith("\ufeff")):
        yield Cell(row, column, match.start(), match.start("end"))
        if match["end"] == delimiter:
            column += 1
        elif not match["end"]:
            return
        else:
            row, column = row + 1, 0


def _value(cell: str) -> str:
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        return cell[1:-1].replace('""', '"')
    return cell


def parse(data: bytes, name: str, file: SourceFile, *, delimiter: str = "") -> Table:
    """A table; InputError for columns that are not there, or none chosen."""
    text = decode(data, name).text
    if not text.strip():
        raise InputError(f"{name} is empty: nothing to translate")
    mark = delimiter or csv_delimiter(text) or (";" if ";" in text.split("\n", 1)[0] else ",")
    return Table(text, file.parts, name, mark)


CSV = of_units(
    "csv",
    (".csv",),
    "text/csv; charset=utf-8",
    "all cells but those of the columns chosen with --column (a name or a number), byte for byte",
    parse,
    recognises=lambda data: told(data) is Content.CSV,
    takes=("parts",),
)
TSV = of_units(
    "tsv",
    (".tsv", ".tab"),
    "text/tab-separated-values; charset=utf-8",
    "as csv",
    partial(parse, delimiter="\t"),
    takes=("parts",),
)
