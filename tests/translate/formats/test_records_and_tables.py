"""CSV, TSV and JSON: the chosen words change, everything else is the same byte for byte."""

import csv
import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.document import Document
from translate.errors import InputError

LETTERS = st.characters(exclude_categories=["Cs", "Co"], exclude_characters="\x00")
CELLS = st.text(LETTERS, max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | CELLS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(CELLS, inner, max_size=3),
    max_leaves=12,
)


def read(text: str, name: str, *parts: str) -> Document:
    return formats.read(text.encode(), name, formats.Reading(parts=parts))


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=5), st.sampled_from(";,\t"))
def test_only_the_chosen_column_of_a_table_changes(
    rows: list[tuple[str, str, str]], mark: str
) -> None:
    stream = io.StringIO()
    table = csv.writer(stream, delimiter=mark, lineterminator="\r\n")
    table.writerows([("id", "words", "x"), *rows])
    form = "tsv" if mark == "\t" else "csv"
    reading = formats.Reading(form, ("words",))
    document = formats.read(stream.getvalue().encode(), "a", reading)
    changed = io.StringIO(written(document, louder).decode(), newline="")
    cells = [row for row in csv.reader(changed, delimiter=mark) if row]
    assert [(row[0], row[2]) for row in cells[1:]] == [(a, c) for a, _, c in rows]


@given(VALUES)
def test_strings_of_json_are_found_whatever_stands_around(value: Any) -> None:
    text = json.dumps({"body": "Le pont est fermé.", "rest": value}, indent=1, ensure_ascii=False)
    changed = json.loads(written(read(text, "a.json", "body"), louder))
    assert changed == {"body": "LE PONT EST FERMÉ.", "rest": value}


def test_escapes_of_json_stay_in_the_way_of_the_file() -> None:
    text = '{"a": "ferm\\u00e9 \\"hier\\"", "b": "ferm\\u00e9"}'
    assert (
        written(read(text, "a.json", "a"), louder)
        == text.replace('ferm\\u00e9 \\"hier\\"', 'FERM\\u00c9 \\"HIER\\"').encode()
    )


def test_fields_are_found_in_lists_and_objects() -> None:
    text = '[{"a": {"b": ["un pont", "deux ponts"]}, "b": "trois ponts"}]'
    document = read(text, "a.json", "a.b")
    assert [document.of(block) for block in document.blocks] == ["un pont", "deux ponts"]


def test_a_cell_is_quoted_where_its_english_needs_it() -> None:
    document = read("id,mots\n1,le pont\n2,la rive\n3,le port\n", "a.csv", "mots")
    assert written(document, lambda text: f"{text}, he said") == (
        b'id,mots\n1,"le pont, he said"\n2,"la rive, he said"\n3,"le port, he said"\n'
    )


@pytest.mark.parametrize(
    ("text", "name", "parts", "message"),
    [
        ("a;b;c\n1;2;3\n4;5;6\n", "a.csv", (), "a.csv: say what is to be translated with --column"),
        ("a;b;c\n1;2;3\n4;5;6\n", "a.csv", ("d",), "a.csv has no 'd' (--column); there: a, b, c"),
        ("", "a.tsv", ("1",), "a.tsv is empty"),
        ('{"a": "b"}', "a.json", (), "say what is to be translated with --field; there: a"),
        ('{"a": "b"}', "a.json", ("c",), "a.json has no 'c' (--field); there: a"),
        ('{"a": "b"', "a.json", ("a",), "a.json is no JSON"),
        ('{"a": "b"}\n{"a": \n', "a.jsonl", ("a",), "a.jsonl line 2 is no JSON"),
        ("[" * 300 + "]" * 300, "a.json", ("a",), "JSON deeper than 200 levels"),
        ("[" * 100_000, "a.json", ("a",), "nested too deeply"),
        ('{"a": ' + "9" * 5000 + "}", "a.json", ("a",), "is no JSON"),
    ],
)
def test_bad_input_is_one_line(text: str, name: str, parts: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as error:
        read(text, name, *parts)
    assert message in str(error.value)
    assert "\n" not in str(error.value)
