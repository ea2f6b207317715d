"""Excel workbooks: the chosen columns change, everything else in the package stays."""

import io
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font

from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.errors import InputError


def workbook() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Dépêches"
    sheet.append(["id", "titre", "texte", "lecteurs"])
    sheet.append([1, "Le pont est fermé", "La mairie l'a fermé.\nIl rouvrira.", 1200])
    sheet.append([2, "Le pont est fermé", "=A2*2", 3.5])
    sheet.append([3, CellRichText(TextBlock(InlineFont(b=True), "Le port"), " a rouvert"), None])
    sheet["B2"].font = Font(bold=True)
    other = book.create_sheet("Notes")
    other.append(["mots", "titre"])
    other.append(["La rive est belle", "La rive"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data: bytes, *columns: str) -> bytes:
    return written(formats.read(data, "a.xlsx", formats.Reading(parts=columns)), louder)


def rows(data: bytes, sheet: str) -> list[tuple[object, ...]]:
    return list(openpyxl.load_workbook(io.BytesIO(data))[sheet].values)


def test_only_the_chosen_column_changes_in_every_sheet_that_has_it() -> None:
    data = changed(workbook(), "titre")
    assert rows(data, "Dépêches") == [
        ("id", "titre", "texte", "lecteurs"),
        (1, "LE PONT EST FERMÉ", "La mairie l'a fermé.\nIl rouvrira.", 1200),
        (2, "LE PONT EST FERMÉ", "=A2*2", 3.5),
        (3, "LE PORT A ROUVERT", None, None),
    ]
    assert rows(data, "Notes") == [("mots", "titre"), ("La rive est belle", "LA RIVE")]
    assert openpyxl.load_workbook(io.BytesIO(data))["Dépêches"]["B2"].font.b


def test_a_column_is_chosen_by_its_letter_too() -> None:
    data = changed(workbook(), "C")
    assert rows(data, "Dépêches")[1][2] == "LA MAIRIE L'A FERMÉ.\nIL ROUVRIRA."
    assert rows(data, "Dépêches")[2][2] == "=A2*2"


def test_other_members_of_the_package_stay() -> None:
    before, after = (
        zipfile.ZipFile(io.BytesIO(data)) for data in (workbook(), changed(workbook(), "titre"))
    )
    assert before.namelist() == after.namelist()
    for name in before.namelist():
        if not name.startswith("xl/worksheets/") and name != "docProps/core.xml":
            assert before.read(name) == after.read(name), name


@pytest.mark.parametrize(
    ("data", "columns", "message"),
    [
        (None, (), "say what is to be translated with --column; there: id, titre, texte"),
        (None, ("Titre",), "a.xlsx has no 'Titre' (--column); there: id, titre"),
        (b"PK\x03\x04abc", ("A",), "a.xlsx is damaged or no .xlsx file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", ("A",), "protected by a password or in an old"),
    ],
)
def test_bad_input_is_one_line(data: bytes | None, columns: tuple[str, ...], message: str) -> None:
    with pytest.raises(InputError) as error:
        formats.read(data or workbook(), "a.xlsx", formats.Reading("xlsx", columns))
    assert message in str(error.value)


def test_a_package_without_sheets_is_no_workbook(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
    with pytest.raises(InputError, match="no sheet"):
        formats.read((tmp_path / "a.xlsx").read_bytes(), "a.xlsx", formats.Reading("xlsx", ("A",)))
