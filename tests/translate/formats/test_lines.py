"""Line breaks inside the paragraphs of Word, OpenDocument and pages: none is lost or misplaced."""

import io
import re
import zipfile
from collections.abc import Callable

import docx
import pytest

from tests.translate.formats.test_docx import of_xml
from tests.translate.formats.test_odt import of_body, p
from tests.translate.formats.test_round_trips import written
from translate import formats
from translate.document import Document
from translate.notation.markup import shown


def of_word(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs]


def of_open_document(data: bytes) -> list[str]:
    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    return [
        re.sub(r"<[^<>]*>", "", found.replace("<text:line-break/>", "\n"))
        for found in re.findall(r"<text:p>(.*?)</text:p>", content)
    ]


def of_page(data: bytes) -> list[str]:
    found = re.findall(r"<p>(.*?)</p>", data.decode())
    return [re.sub(r"<[^b/][^<>]*>|</[^<>]*>", "", one).replace("<br>", "\n") for one in found]


def word(lines: list[str]) -> bytes:
    runs = (f'<w:r><w:t xml:space="preserve">{line}</w:t></w:r>' for line in lines)
    return of_xml("<w:r><w:br/></w:r>".join(runs))


def open_document(lines: list[str]) -> bytes:
    return of_body(p("<text:line-break/>".join(lines)))


def page(lines: list[str]) -> bytes:
    return f"<html><meta charset=utf-8><p>{'<br>'.join(lines)}</p>".encode()


KINDS: dict[str, tuple[Callable[[list[str]], bytes], Callable[[bytes], list[str]]]] = {
    "a.docx": (word, of_word),
    "a.odt": (open_document, of_open_document),
    "a.html": (page, of_page),
}
kinds = pytest.mark.parametrize("name", KINDS)


def units(document: Document) -> list[str]:
    return [shown(document.of(block)) for block in document.blocks]


LINES = [
    (["Mairie", "1, rue du Bac", "69001 Lyon"], ["Mairie", "1, rue du Bac", "69001 Lyon"]),
    (["Le pont rouvre.", "« Enfin ! »"], ["Le pont rouvre.", "« Enfin ! »"]),
    (["Le maire a", "ouvert le pont"], ["Le maire a ouvert le pont"]),
    (["Bonjour,", "", "le pont rouvre"], ["Bonjour,", "le pont rouvre"]),
    (["", "Le pont", ""], ["Le pont"]),
]  # fmt: skip


@kinds
@pytest.mark.parametrize(("lines", "expected"), LINES, ids=lambda lines: "/".join(lines))
def test_lines_are_units_and_sentences_are_whole(
    name: str, lines: list[str], expected: list[str]
) -> None:
    make, _ = KINDS[name]
    assert units(formats.read(make(lines), name)) == expected


@kinds
@pytest.mark.parametrize("lines", [lines for lines, _ in LINES], ids="/".join)
def test_breaks_stay_where_they_were(name: str, lines: list[str]) -> None:
    make, seen = KINDS[name]
    document = formats.read(make(lines), name)
    data = written(document, lambda text: text.translate(str.maketrans("aeo", "eoa")))
    assert seen(data) == ["\n".join(lines).translate(str.maketrans("aeo", "eoa"))]


@kinds
def test_a_break_stands_at_its_share_of_the_words(name: str) -> None:
    make, seen = KINDS[name]
    document = formats.read(make(["Le maire a ouvert", "le pont de pierre"]), name)
    data = written(document, lambda _: "The mayor has today opened the old stone bridge")
    assert seen(data) == ["The mayor has today opened\nthe old stone bridge"]


@kinds
@pytest.mark.parametrize(
    ("lines", "english"),
    [
        (["Le maire a ouvert le pont."], "The mayor\nopened\nthe bridge."),
        (["Le maire a ouvert", "le pont."], "The mayor\nopened the bridge."),
        (["Le maire a ouvert", "le pont."], "The mayor\nopened\nthe bridge."),
        (["Le maire", "a ouvert", "le pont."], "The mayor\nopened the bridge."),
    ],
)
def test_line_ends_of_a_translator_count_more(name: str, lines: list[str], english: str) -> None:
    make, seen = KINDS[name]
    assert seen(written(formats.read(make(lines), name), lambda _: english)) == [english]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["200 g de farine", "3 œufs", "une pincée de sel", "Mélanger"], 4),  # mostly lines
        (["le maire a", "Paris et", "la région"], 1),
    ],
)
def test_a_paragraph_of_lines_is_one_whatever_begins_small(lines: list[str], expected: int) -> None:
    assert len(units(formats.read(word(lines), "a.docx"))) == expected


def test_breaks_at_the_edges_of_a_format_end_lines_too() -> None:
    bold = '<text:span text:style-name="T1">{}</text:span>'
    body = p(bold.format("Le pont<text:line-break/>") + "Il est long")
    assert units(formats.read(of_body(body), "a.odt")) == ["Le pont", "Il est long"]
    body = p(bold.format("Le pont<text:line-break/>Il est long"))
    assert units(formats.read(of_body(body), "a.odt")) == ["Le pont", "Il est long"]


def test_tabs_part_units_and_stay() -> None:
    data = of_xml("<w:r><w:t>Prix</w:t><w:tab/><w:t>douze euros</w:t></w:r>")
    document = formats.read(data, "a.docx")
    assert units(document) == ["Prix", "douze euros"]
    assert of_word(written(document, str.upper)) == ["PRIX\tDOUZE EUROS"]


def test_a_page_break_is_no_line_break() -> None:
    data = of_xml('<w:r><w:t>le pont</w:t><w:br w:type="page"/><w:t>la rive</w:t></w:r>')
    assert units(formats.read(data, "a.docx")) == ["le pont", "la rive"]
