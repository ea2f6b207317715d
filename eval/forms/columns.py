"""Tables: a row is a segment, a column a side. TSV without quoting, CSV with it."""

import csv
import io

from eval.forms.base import Request, Rows, lines, rows
from translate.errors import InputError

#: A first row of such words alone is the headings, although a column is named by its number.
_HEADINGS = frozenset(
    "source src reference ref target tgt hypothesis hyp translation mt output system human fr en "
    "french english fra eng fr-fr en-us en-gb id seg_id segment segment_id doc doc_id document "
    "line score".split()
)
_MOST_SHOWN, _LONGEST_SHOWN = 12, 24  # columns, characters of a heading
_LONGEST_CELL = 10_000_000  # characters; csv's own limit is 131,072


def read_tsv(request: Request) -> Rows:
    """One column of a table without quoting."""
    return _column(request, [line.rstrip("\r").split("\t") for line in lines(request.text)])


def read_csv(request: Request) -> Rows:
    """One column of a table as spreadsheets write it, parted by commas or semicolons."""
    first = request.text.split("\n", 1)[0]
    delimiter = ";" if first.count(";") > first.count(",") else ","
    csv.field_size_limit(_LONGEST_CELL)
    try:
        found = list(csv.reader(io.StringIO(request.text, ""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise InputError(f"{request.name} is no CSV ({error}): save it again as CSV") from None
    return _column(request, [[" ".join(cell.split()) for cell in row] for row in found if row])


def _column(request: Request, table: list[list[str]]) -> Rows:
    width = len(table[0])
    for number, row in enumerate(table, start=1):
        if len(row) != width:
            raise InputError(
                f"{request.name} line {number} has {len(row)} columns, the first line {width}: "
                "a delimiter too many or too few"
            )
    index, first = _place(request, table[0])
    return rows(row[index] for row in table[first:])


def _place(request: Request, head: list[str]) -> tuple[int, int]:
    """The index of the wanted column and of the first row of data."""
    first = int(_is_headings(head))
    if request.column.isascii() and request.column.isdigit():
        if not 1 <= int(request.column) <= len(head):
            raise InputError(f"{request.name} has columns 1 to {len(head)}, not {request.column}")
        return int(request.column) - 1, first
    if request.column in head:
        return head.index(request.column), 1
    if not request.column and len(head) == 1:
        return 0, first
    asked = f"no column {request.column!r}" if request.column else f"{len(head)} columns"
    raise InputError(
        f"{request.name} has {asked}: choose one, {request.name}#NUMBER (1 to {len(head)}) "
        f"or #HEADING{_shown(head)}"
    )


def _shown(head: list[str]) -> str:
    """The first row in brackets, where it is short enough for headings.

    >>> _shown(["French", "My system"])
    ' (French, My system)'
    """
    short = len(head) <= _MOST_SHOWN and all(0 < len(cell) <= _LONGEST_SHOWN for cell in head)
    return f" ({', '.join(head)})" if short else ""


def _is_headings(row: list[str]) -> bool:
    """Whether a row has nothing but usual headings in it."""
    return all(cell.strip().lower() in _HEADINGS for cell in row)
