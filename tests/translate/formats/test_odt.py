import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.errors import DepecheError
from translate.notation.markup import shown

SAMPLE = (Path(__file__).parents[2] / "golden/formats/article.odt").read_bytes()
STYLES = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties officeooo:rsid="00a1" fo:language="fr"/></style:style>'
    '<style:style style:name="T3" style:family="text">'
    '<style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="T4" style:family="text">'
    '<style:text-properties style:text-position="33% 80%"/></style:style>'
    '<style:style style:name="P9" style:family="paragraph" style:parent-style-name="Caption"/>'
)
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink" '
    'xmlns:officeooo="http://openoffice.org/2009/office"'
)


def of_body(body: str, more: dict[str, bytes] | None = None) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<office:document-content {NAMES}>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body><office:text>"
        f"{body}</office:text></office:body></office:document-content>"
    )
    members = {
        "mimetype": b"application/vnd.oasis.opendocument.text",
        "content.xml": content.encode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in (members | (more or {})).items():
            package.writestr(name, data)
    return out.getvalue()


def units(data: bytes) -> list[str]:
    document = formats.read(data, "a.odt")
    return [shown(document.of(block)) for block in document.blocks]


def span(style: str, words: str) -> str:
    return f'<text:span text:style-name="{style}">{words}</text:span>'


def p(words: str) -> str:
    return f"<text:p>{words}</text:p>"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<text:p>Le pont</text:p>", ["Le pont"]),
        (f"<text:p>Le {span('T1', 'pont')} long</text:p>", ["Le <1>pont</1> long"]),
        (f"<text:p>Le {span('T2', 'pont')} long</text:p>", ["Le pont long"]),
        (p(f"1{span('T3', 'er')} mai, m{span('T3', '2')} x"), ["1er mai, m<1>2</1> x"]),
        (p(f"1{span('T4', 'er')} mai"), ["1er mai"]),
        (p("un<text:line-break/>deux<text:s text:c='3'/>trois"), ["un deux trois"]),
        ("<text:p>un\n   deux</text:p>", ["un deux"]),
        (p("un <text:a xlink:href='x'>deux</text:a> trois"), ["un <1>deux</1> trois"]),
        (
            "<text:p>un<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            "<text:p>La note</text:p></text:note-body></text:note> deux</text:p>",
            ["un<1/> deux", "La note"],
        ),
        (f"<text:tracked-changes>{p('ôté')}</text:tracked-changes>{p('un')}", ["un"]),
        ("<text:p>un<text:soft-page-break/> deux</text:p>", ["un deux"]),
    ],
)  # fmt: skip
def test_units(body: str, expected: list[str]) -> None:
    data = of_body(body)
    assert units(data) == expected
    assert written(formats.read(data, "a.odt"), str) == data
    again = written(formats.read(data, "a.odt"), louder)
    assert " ".join(units(again)) == " ".join(expected).upper()  # capitals begin a line


WORDS = st.text(st.sampled_from("ab é.«'"), min_size=1, max_size=6)
BODIES = st.recursive(
    WORDS,
    lambda inner: st.lists(
        st.one_of(inner, inner.map(lambda words: span("T1", words)), st.just("<text:tab/>")),
        min_size=1,
        max_size=4,
    ).map("".join),
    max_leaves=8,
)


@given(BODIES)
def test_the_elements_of_random_documents_stay(words: str) -> None:
    data = of_body(f"<text:p>mot {words}</text:p>")
    assert written(formats.read(data, "a.odt"), str) == data
    assume(not re.search("<text:tab/>(?:</text:span>)*$", words))  # at the end of a line it may go
    again = written(formats.read(data, "a.odt"), louder)
    assert numbered(units(again)) == numbered([unit.upper() for unit in units(data)])


def numbered(texts: list[str]) -> list[str]:
    """Texts whose codes have no numbers, which may change."""
    return [re.sub(r"\d", "", text) for text in texts]


def test_kinds_and_members() -> None:
    kinds = {
        shown(d.of(b)): b.kind.value for d in [formats.read(SAMPLE, "a.odt")] for b in d.blocks
    }
    assert kinds["Le pont rouvre mardi"] == "title"
    assert kinds["Un point"] == "list_item"
    assert kinds["Le journal du matin"] == "furniture"
    before, after = (
        zipfile.ZipFile(io.BytesIO(data))
        for data in (SAMPLE, written(formats.read(SAMPLE, "a.odt"), louder))
    )
    assert before.namelist() == after.namelist()
    changed = [n for n in before.namelist() if before.read(n) != after.read(n)]
    assert set(changed) == {"styles.xml", "content.xml"}
    assert after.infolist()[0].compress_type == zipfile.ZIP_STORED


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}, "password"),
        ({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, "no text document"),
        ({"content.xml": b"<a>"}, "no well-formed XML"),
    ],
)
def test_bad_files(more: dict[str, bytes], said: str) -> None:
    with pytest.raises(DepecheError, match=said):
        formats.read(of_body("<text:p>un</text:p>", more), "a.odt")
