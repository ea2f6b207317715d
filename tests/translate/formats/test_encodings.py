import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import with_english, written
from translate import formats
from translate.errors import DepecheError, InputError
from translate.formats.encodings import decode
from translate.pipeline import analyse, examine

FRENCH = "« L’été où Noël tombait », a déclaré l’élu à l’hôpital. Ça coûte 3 €."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_is_no_guess(encoding: str) -> None:
    found = decode(FRENCH.encode(encoding), "a")
    assert (found.text.lstrip("\ufeff"), found.is_guess) == (FRENCH, False)


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", FRENCH),
        ("latin-1", "Le maire a déclaré qu'il était là."),
        ("cp1252", "À Lyon"),
        ("mac_roman", FRENCH),
        ("mac_roman", "— Oui, dit-elle."),
    ],
)
def test_old_encodings_are_guessed_and_said(encoding: str, text: str) -> None:
    document = formats.read(text.encode(encoding), "a.txt")
    assert document.text == text
    assert [finding.code for finding in document.findings] == ["encoding.guessed"]
    assert formats.writer("text")(with_english(document, str)).decode() == text


@pytest.mark.parametrize(
    "data",
    [
        "Le maire a parlé".encode()[:-1],
        "L’été où la mairie a fermé".encode().replace("é".encode(), b"\xe9", 1),
        "Zażółć gęślą jaźń".encode("cp1250"),
        "Привет, как дела".encode("cp1251"),
    ],
)
def test_what_would_be_mojibake_is_refused(data: bytes) -> None:
    with pytest.raises(InputError, match=r"a\.txt is not UTF-8"):
        formats.read(data, "a.txt")


@pytest.mark.parametrize("declared", ["windows-1252", "iso-8859-1", "ISO-8859-15", "macintosh"])
def test_a_page_is_in_what_it_declares_and_becomes_utf_8(declared: str) -> None:
    page = f"<html><meta charset={declared}><p>L'été, là."
    document = formats.read(page.encode(declared), "a.html")
    assert document.text == "L'été, là."
    assert not document.findings
    assert (
        written(document, lambda _: "Summer’s")
        == '<html><meta charset="utf-8"><p>Summer’s'.encode()
    )


def test_the_declaration_of_xhtml_is_changed_too() -> None:
    page = '<?xml version="1.0" encoding="windows-1252"?>\n<html><p>L’été</p></html>'
    document = formats.read(page.encode("cp1252"), "a.xhtml")
    after = written(document, lambda _: "Été")
    assert after.decode() == page.replace("windows-1252", "utf-8").replace("L’été", "Été")


def test_the_old_way_to_declare() -> None:
    meta = '<meta http-equiv=content-type content="text/html; charset=windows-1252">'
    document = formats.read(f"<html>{meta}<p>L’été".encode("cp1252"), "a.html")
    page = written(document, lambda _: "Été").decode()
    assert page == f"<html>{meta.replace('windows-1252', 'utf-8')}<p>Été"


@pytest.mark.parametrize("declared", ["utf-8", "nonsense", "hex", "utf-7", "idna", "undefined"])
def test_a_page_that_declares_what_it_is_not(declared: str) -> None:
    page = f"<html><meta charset={declared}><p>L’été où il a plu."
    assert formats.read(page.encode("cp1252"), "a.html").text == "L’été où il a plu."


@given(st.binary(max_size=80))
def test_any_bytes_are_decoded_or_refused_in_one_line(data: bytes) -> None:
    said = ""
    try:
        decode(data, "the file")
    except DepecheError as error:
        said = str(error)
    assert "\n" not in said


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Le ministre a dÃ©clarÃ© mardi que la loi serait votée.", "dÃ©clarÃ©"),
        ("Le ministre dit que lâ€™accord est prêt depuis mardi.", "lâ€™accord"),
        ("Le maire de São Paulo et celui de GUIMARÃES ont signé mardi.", ""),
        ("Le maire dit que l’accord coûte 3 € à la ville.", ""),
    ],
)
def test_text_that_came_in_a_wrong_encoding_is_said(text: str, word: str) -> None:
    found = [f for f in examine(analyse(text)) if f.code == "encoding.mojibake"]
    assert [finding.values for finding in found] == ([(word,)] if word else [])
