"""Parquet tables: the chosen columns of text in English, all others and the schema as they were.

Row groups and compression stay. pyarrow reads and writes them (the extra `tables`).
"""

import io
from collections.abc import Iterator, Sequence
from typing import Any

from translate.document import SourceFile
from translate.errors import InputError, UsageError
from translate.formats.base import English, Unit, of_units
from translate.formats.fields import Field, check_parts
from translate.formats.table import OPTION

MAGIC = b"PAR1"
#: A table of more bytes than these, unpacked, is refused: as of packages.
MAX_UNPACKED = 400_000_000


class Parquet:
    """A table without the words of the chosen columns."""

    def __init__(self, data: bytes, columns: Sequence[str], name: str) -> None:
        self._file = _opened(data, name)
        texts = [field.name for field in self._file.schema_arrow if _is_text(field.type)]
        check_parts(columns, texts, name, OPTION)
        self._columns = [text for text in texts if text in columns]
        self._groups = _groups(self._file, name)
        self._fields = [
            [Field(value) if value else None for value in group.column(column).to_pylist()]
            for group in self._groups
            for column in self._columns
        ]
        fields = (field for column in self._fields for field in column if field)
        self.units: list[Unit] = [unit for field in fields for unit in field.units]

    def filled(self, english: Sequence[English]) -> bytes:
        """The table with its English."""
        import pyarrow.parquet

        words = iter(english)
        columns = iter(self._fields)
        out = io.BytesIO()
        with pyarrow.parquet.ParquetWriter(
            out, self._file.schema_arrow, compression=_compression(self._file)
        ) as writer:
            for group in self._groups:
                for name in self._columns:
                    group = _with_column(group, name, next(columns), words)
                writer.write_table(group, row_group_size=max(group.num_rows, 1))
        return out.getvalue()


def _with_column(
    table: Any, name: str, fields: Sequence[Field | None], words: Iterator[English]
) -> Any:
    import pyarrow

    old = table.column(name)
    values = [
        field.filled([next(words) for _ in field.units]) if field and field.units else value
        for field, value in zip(fields, old.to_pylist(), strict=True)
    ]
    index = table.schema.get_field_index(name)
    field = table.schema.field(index)
    return table.set_column(index, field, pyarrow.array(values, field.type))


def _opened(data: bytes, name: str) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise UsageError(
            f'{name}: Parquet needs a package of its own: pip install "depeche-desk[tables]"'
        ) from None
    try:
        file = pyarrow.parquet.ParquetFile(io.BytesIO(data))
    except (pyarrow.ArrowException, OSError) as error:
        raise InputError(f"{name} is no Parquet table: {_one_line(error)}") from None
    groups = range(file.metadata.num_row_groups)
    size = sum(file.metadata.row_group(number).total_byte_size for number in groups)
    if size > MAX_UNPACKED:
        raise InputError(
            f"{name} unpacks to {size:,} bytes; tables may have {MAX_UNPACKED:,} at most: cut it"
        )
    return file


def _groups(file: Any, name: str) -> list[Any]:
    import pyarrow

    try:
        return [file.read_row_group(number) for number in range(file.num_row_groups)]
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError) as error:
        raise InputError(f"{name} is a damaged Parquet table: {_one_line(error)}") from None


def _compression(file: Any) -> str:
    if not file.metadata.num_row_groups or not file.metadata.num_columns:
        return "snappy"
    name = str(file.metadata.row_group(0).column(0).compression).lower()
    return "none" if name == "uncompressed" else name


def _is_text(kind: Any) -> bool:
    import pyarrow

    return bool(pyarrow.types.is_string(kind) or pyarrow.types.is_large_string(kind))


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())


def parse(data: bytes, name: str, file: SourceFile) -> Parquet:
    """A table; InputError for columns that are not there, or none chosen."""
    return Parquet(data, file.parts, name)


FORMAT = of_units(
    "parquet",
    (".parquet",),
    "application/vnd.apache.parquet",
    "all columns but those chosen with --column, the schema, row groups, compression",
    parse,
    is_text=False,
    recognises=lambda data: data.startswith(MAGIC),
    takes=("parts",),
)
