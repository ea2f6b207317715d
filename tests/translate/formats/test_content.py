"""What files hold, whatever their names say."""

import codecs

import pytest

from translate import formats
from translate.errors import InputError
from translate.formats.content import SAMPLE, Content, csv_delimiter, told

PROSE = "Le maire a parlé hier soir."
HELD = [
    (Content.JSON, b'{"titre": "Un accord", "corps": "Le maire a parl\xc3\xa9."}'),
    (Content.JSON, b'\xef\xbb\xbf\n [ {"titre": "Un accord"} ]'),
    (Content.JSON, b'["Un accord", "Le maire"]'),
    (Content.JSON, b'{"a": {"b": [1, 2'),
    (Content.JSON, b"{}"),
    (Content.JSON_LINES, b'{"titre": "Un"}\n{"titre": "Deux"}\n'),
    (Content.RTF, rb"{\rtf1\ansi Le maire a parl\'e9.}"),
    (Content.CSV, b"nom;ville;age\nAnne;Lyon;34\nJean;Nice;41\n"),
    (Content.CSV, b'nom,ville\n"Anne, dite Nan",Lyon\nJean,Nice\n'),
    (Content.CSV, b"id,montant\n1,25\n2,30\n3,35\n"),
    (Content.HTML, b"<!DOCTYPE html>\n<html lang=fr><p>Le maire"),
    (Content.HTML, b"<?xml version='1.0'?>\n<html><p>Le maire"),
    (Content.XML, b"<?xml version='1.0'?><rss><channel/></rss>"),
    (Content.PDF, b"%PDF-1.7\n%\xe2\xe3"),
    (Content.ZIP, b"PK\x03\x04\x14\x00"),
    (Content.OLE, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\x00"),
    (Content.GZIP, b"\x1f\x8b\x08\x00"),
    (Content.IMAGE, b"\xff\xd8\xff\xe0\x00\x10JFIF"),
    (Content.IMAGE, b"II*\x00\x08\x00\x00\x00"),
    (Content.IMAGE, b"RIFF\x24\x00\x00\x00WEBPVP8 "),
    (Content.IMAGE, b"\x00\x00\x00\x18ftypheic\x00\x00"),
    (Content.SOUND, b"RIFF\x24\x00\x00\x00WAVEfmt "),
    (Content.SOUND, b"ID3\x04\x00\x00\x00\x00\x01"),
    (Content.SOUND, b"OggS\x00\x02"),
    (Content.SOUND, b"\x00\x00\x00\x18ftypmp42\x00\x00"),
    (Content.PROGRAM, b"\x7fELF\x02\x01\x01" + bytes(600)),
    (Content.PROGRAM, b"MZ\x90\x00\x03" + bytes(60)),
    (Content.BINARY, b"\x01\x02\x03\x04" + bytes(600)),
    (Content.UTF16, PROSE.encode("utf-16")),
    (Content.UTF32, PROSE.encode("utf-32")),
    (Content.UTF32, codecs.BOM_UTF32_BE + PROSE.encode("utf-32-be")),
    (Content.BARE_UTF16, PROSE.encode("utf-16-le")),
    (Content.BARE_UTF16, PROSE.encode("utf-16-be")),
    (Content.BARE_UTF32, PROSE.encode("utf-32-le")),
    (Content.BARE_UTF32, PROSE.encode("utf-32-be")),
    (Content.BINARY, bytes(range(256)) * 4),
]
PROSES = [
    PROSE,
    "[Lyon] Le maire a parlé.",
    "ID3 est une norme, RIFF et MZ aussi.",
    "MZ est un sigle.",
    "[[1]](#note) Le maire a parlé.",
    "{% include tete %}\n\nLe maire a parlé.",
    "{Encadré} Le maire a parlé.",
    "Paris, France\nLyon, France\nNice, France",
    "Il pleut ; il vente.\nIl neige ; il gèle.\nIl tonne ; il grêle.",
    "3,5\n4,5\n6,5",
    "Nom\tVille\nAnne\tLyon\nJean\tNice",
    "Anne | Lyon\nJean | Nice\nLéa | Brest",
    "<p>Le maire a parlé.</p>",
    "Un, deux\nTrois",
]


@pytest.mark.parametrize(("content", "data"), HELD)
def test_contents_are_told_by_their_bytes(content: Content, data: bytes) -> None:
    assert told(data) is content


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("notes.pdf", b"%PDF-1.7\n"),
        ("photo.PNG", b"\x89PNG\r\n\x1a\n"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"),
    ],
)
def test_a_name_and_the_bytes_lead_to_the_same_advice(name: str, data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        formats.read(data, name)
    advice = str(refused.value).partition("; ")[2]
    assert advice
    assert str(formats.Reading().why_not(name)).partition("; ")[2] == advice


@pytest.mark.parametrize("text", PROSES)
def test_prose_is_prose(text: str) -> None:
    assert told(text.encode()) is Content.TEXT


@pytest.mark.parametrize(("content", "data"), HELD)
def test_what_is_no_prose_is_refused_in_a_line(content: Content, data: bytes) -> None:
    tables = (Content.JSON, Content.JSON_LINES, Content.CSV)
    advice = "save it as (UTF-8|.docx)|unpack it|type its words|give the"
    if content in tables:  # a name ending in .md says that it is none
        advice += "|--(field|column)|no text in any field|mend it"
    prose = (Content.UTF16, Content.UTF32, Content.HTML, Content.XML)
    for name in ("article.txt", "article.md", "article"):
        if content in prose:
            assert "maire" in formats.read(data, name).text or content is Content.XML
        else:
            with pytest.raises(InputError, match=f"{name}.*({advice})"):
                formats.read(data, name)


def test_a_table_in_utf16_is_a_table() -> None:
    with pytest.raises(InputError, match="a CSV table"):
        formats.read("nom;ville\nAnne;Lyon\nJean;Nice\n".encode("utf-16"), "a")


def test_the_mark_between_cells_is_told_of_a_cut_sample() -> None:
    assert csv_delimiter("Anne;Lyon;34\n" * SAMPLE) == ";"


@pytest.mark.parametrize("unit", ["{", "[", '{"', '"', '["', ";", "a,", "<!--", "} {", "\\"])
def test_hostile_beginnings_are_told_at_once(unit: str) -> None:
    told((unit * 200_000).encode())
    told(("{" + unit * 200_000).encode())
