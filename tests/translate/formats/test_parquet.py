"""Parquet tables; skipped where pyarrow is not installed (the extra `tables`)."""

import io
from typing import Any

import pytest

from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.document import Document
from translate.errors import InputError

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")

COLUMNS = {
    "id": [1, 2, 3, 4],
    "body": ["Le pont est fermé.\nLe maire a parlé.", None, "", "Il a <b>plu</b> hier."],
    "titre": ["Le pont", "La mer", None, "La pluie"],
}


def packed(**how: Any) -> bytes:
    table = pyarrow.table(COLUMNS).replace_schema_metadata({"source": "archive"})
    out = io.BytesIO()
    parquet.write_table(table, out, row_group_size=2, **how)
    return out.getvalue()


def read(data: bytes, *parts: str) -> Document:
    return formats.read(data, "a.parquet", formats.Reading(parts=parts))


def test_only_the_chosen_column_changes() -> None:
    for compression in ("zstd", "none"):
        english = written(read(packed(compression=compression), "body"), louder)
        file = parquet.ParquetFile(io.BytesIO(english))
        table = file.read()
        assert table.schema.metadata[b"source"] == b"archive"
        assert table.schema.equals(pyarrow.table(COLUMNS).schema)
        assert table.to_pydict() == {
            **COLUMNS,
            "body": ["LE PONT EST FERMÉ.\nLE MAIRE A PARLÉ.", None, "", "IL A <b>PLU</b> HIER."],
        }
        assert file.metadata.num_row_groups == 2
        told = file.metadata.row_group(0).column(0).compression.lower()
        assert told.replace("uncompressed", "none") == compression


def test_two_columns() -> None:
    english = written(read(packed(), "body", "titre"), louder)
    table = parquet.read_table(io.BytesIO(english)).to_pydict()
    assert table["titre"] == ["LE PONT", "LA MER", None, "LA PLUIE"]
    assert table["body"][3] == "IL A <b>PLU</b> HIER."


def test_nothing_changed_is_byte_for_byte_the_same() -> None:
    data = packed()
    assert written(read(data, "body"), str) == data


@pytest.mark.parametrize(
    ("data", "parts", "said"),
    [
        (packed(), (), "say what is to be translated with --column; there: body, titre"),
        (packed(), ("corps",), r"no 'corps' \(--column\); there: body, titre"),
        (packed(), ("id",), "no 'id'"),
        (b"PAR1 and no more", ("body",), "is no Parquet table"),
        (packed()[:4] + bytes(60) + packed()[64:], ("body", "titre"), "damaged Parquet table"),
    ],
)
def test_bad_tables(data: bytes, parts: tuple[str, ...], said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        read(data, *parts)
    assert "\n" not in str(caught.value)
