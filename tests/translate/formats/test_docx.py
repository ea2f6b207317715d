import io
import zipfile
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.document import Document, Kind
from translate.notation.markup import shown

WORDS = st.text(st.sampled_from("ab é<&>\u00a0.«'"), min_size=1, max_size=8)
RUNS = st.lists(
    st.tuples(WORDS, st.sampled_from(["", "bold", "italic", "break", "tab"])), max_size=6
)


def saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def of_runs(paragraphs: list[list[tuple[str, str]]]) -> bytes:
    document = docx.Document()
    for runs in paragraphs:
        paragraph = document.add_paragraph()
        for text, form in runs:
            run = paragraph.add_run(text)
            if form == "break":
                run.add_break()
            elif form == "tab":
                run.add_tab()
            elif form:
                setattr(run, form, True)
    return saved(document)


def letters(data: bytes) -> list[tuple[str, bool, bool]]:
    """Every letter with its format; the blanks that a break may bring are left out."""
    document = docx.Document(io.BytesIO(data))
    return [
        (letter, bool(run.bold), bool(run.italic))
        for paragraph in document.paragraphs
        for run in paragraph.runs
        for letter in run.text
        if letter not in " \u00a0"
    ]


@settings(max_examples=40)
@given(st.lists(RUNS, min_size=1, max_size=4))
def test_words_and_formats_of_random_documents(paragraphs: list[list[tuple[str, str]]]) -> None:
    data = of_runs([[("mot ", "")], *paragraphs])
    document = formats.read(data, "a.docx")
    assert written(document, str) == data
    after = written(document, louder)
    expected = [(letter.upper(), *form) for letter, *form in letters(data)]
    assert letters(after) == expected


def test_members_without_words_stay_byte_for_byte() -> None:
    data = of_runs([[("Le pont est ouvert.", "")]])
    before, after = (
        zipfile.ZipFile(io.BytesIO(d))
        for d in (data, written(formats.read(data, "a.docx"), louder))
    )
    assert before.namelist() == after.namelist()
    for name in before.namelist():
        if name != "word/document.xml":
            assert before.read(name) == after.read(name)


def of_xml(*paragraphs: str) -> bytes:
    document = docx.Document()
    body = document.element.body
    for paragraph in paragraphs:
        body.insert(0, parse_xml(f"<w:p {nsdecls('w')} {nsdecls('r')}>{paragraph}</w:p>"))
    return saved(document)


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


FIELD = (
    f"{run('Voir ')}{mark('begin')}<w:r><w:instrText> HYPERLINK x </w:instrText></w:r>"
    f"{mark('separate')}{run('la page')}{mark('end')}{run(' du pont')}"
)
BOLD = "<w:b/>"
RAISED = '<w:vertAlign w:val="superscript"/>'


def units(data: bytes) -> list[str]:
    document: Document = formats.read(data, "a.docx")
    return [shown(document.of(block)) for block in document.blocks]


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        (run("Le ") + run("pont"), "Le pont"),
        (run("Le ") + "<w:proofErr w:type='spellStart'/>" + run("pont"), "Le pont"),
        (run("Le ") + run("pont", BOLD) + run(" de pierre"), "Le <1>pont</1> de pierre"),
        (run("Le pont", BOLD) + run(" "), "Le pont"),
        (run("Le ") + run("pont", '<w:lang w:val="fr-FR"/>'), "Le pont"),
        (run("Le 1") + run("er", RAISED) + run(" mai"), "Le 1er mai"),
        (run("Le 1") + run("er", '<w:position w:val="8"/>') + run(" mai"), "Le 1er mai"),
        (run("H") + run("e", '<w:position w:val="-8"/>') + run(" mai"), "H<1>e</1> mai"),
        (run("Le m") + run("2", RAISED) + run(" coûte"), "Le m<1>2</1> coûte"),
        (FIELD, "Voir <1>la page</1> du pont"),
        (
            run("Il a ")
            + f"<w:ins w:id='1' w:author='a'>{run('vu')}</w:ins>"
            + "<w:del w:id='2' w:author='a'><w:r><w:delText>lu</w:delText></w:r></w:del>"
            + run(" le pont"),
            "Il a vu le pont",
        ),
        (
            f"<w:sdt><w:sdtContent>{run('Le pont')}</w:sdtContent></w:sdt>{run(' est long')}",
            "<1>Le pont</1> est long",
        ),
        ("<w:r><w:t>un</w:t><w:noBreakHyphen/><w:t>deux</w:t></w:r>", "un\u2011deux"),
        ("<w:r><w:t>un</w:t><w:softHyphen/><w:t>deux</w:t></w:r>", "undeux"),
        ("<w:r><w:t>un</w:t><w:br/><w:t>deux</w:t></w:r>", "un deux"),
        (
            run("Le pont") + "<w:r><w:footnoteReference w:id='2'/></w:r>" + run(" est long"),
            "Le pont<1/> est long",
        ),
    ],
)
def test_units(paragraph: str, expected: str) -> None:
    data = of_xml(paragraph)
    assert units(data) == [expected]
    again = written(formats.read(data, "a.docx"), louder)
    assert " ".join(units(again)) == expected.upper()  # capitals begin a line behind a break


def test_fields_that_run_over_paragraphs_stay_whole() -> None:
    begins = mark("begin") + "<w:r><w:instrText>TOC</w:instrText></w:r>" + mark("separate")
    data = of_xml(run("Le pont") + mark("end"), begins + run("La rive"))
    after = written(formats.read(data, "a.docx"), louder)
    xml = zipfile.ZipFile(io.BytesIO(after)).read("word/document.xml").decode()
    places = [xml.index(word) for word in ("begin", "TOC", "separate", "LA RIVE", "LE PONT")]
    assert places == sorted(places)
    assert xml.count("fldChar ") == 3


def test_bookmarks_and_text_boxes_stay() -> None:
    box = (
        f"<w:r><w:pict><v:textbox xmlns:v='urn:schemas-microsoft-com:vml'><w:txbxContent>"
        f"<w:p>{run('Le cadre')}</w:p></w:txbxContent></v:textbox></w:pict></w:r>"
    )
    marked = "<w:bookmarkStart w:id='1' w:name='a'/><w:bookmarkEnd w:id='1'/>"
    data = of_xml(run("Le pont ") + marked + box + run("est long."))
    assert units(data) == ["Le pont <1/>est long.", "Le cadre"]
    after = written(formats.read(data, "a.docx"), louder)
    assert units(after) == ["LE PONT <1/>EST LONG.", "LE CADRE"]
    xml = zipfile.ZipFile(io.BytesIO(after)).read("word/document.xml").decode()
    assert xml.count("bookmarkStart") == xml.count("bookmarkEnd") == 1


def test_kinds_by_style() -> None:
    document = docx.Document()
    document.add_heading("Le titre", 0)
    document.add_heading("La partie", 1)
    document.add_paragraph("Un point", style="List Bullet")
    document.add_paragraph("La photo", style="Caption")
    document.sections[0].header.paragraphs[0].text = "Le journal"
    kinds = [block.kind for block in formats.read(saved(document), "a.docx").blocks]
    assert kinds == [Kind.TITLE, Kind.HEADING, Kind.LIST_ITEM, Kind.CAPTION, Kind.FURNITURE]


def test_other_articles_are_written_as_word() -> None:
    document = formats.read(b"<html><h1>Le pont</h1><p>Il est <b>long</b>.", "a.html")
    from tests.translate.formats.test_round_trips import with_english

    data = formats.writer("docx")(with_english(document, str))
    words = [p.text for p in docx.Document(io.BytesIO(data)).paragraphs]
    assert words == ["Le pont", "Il est long."]
