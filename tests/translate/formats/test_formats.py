import json

import pytest
from hypothesis import given

from tests.fakes import Fake
from tests.tags import Tags
from tests.texts import articles
from translate import formats
from translate.document import Translation
from translate.errors import DepecheError, UsageError
from translate.formats import html_page
from translate.pipeline import translate_document
from translate.settings import Furniture, Settings

MARKDOWN = (
    "# Le pont\n\nIntro avec [un lien](https://a.fr/x) et **du gras**.\n\n"
    "- premier point\n- second point\n\n```\ncode();\n```\n\n"
    "> A view of the bridge in Lyon, France, March 3, 2024. Jane Doe/Pool via REUTERS\n"
)
PAGE = "Partager\n\nLe pont est ouvert\n\nLe maire a inauguré le pont hier matin.\n\nFaire un don\n"


def translation(text: str, name: str = "x.txt", **options: Furniture) -> Translation:
    document = formats.read(text.encode(), name)
    return translate_document(document, Fake(), Settings(**options))


def written(form: str, translation: Translation) -> str:
    return formats.writer(form)(translation).decode()


def test_markdown_keeps_its_markup() -> None:
    assert written("markdown", translation(MARKDOWN, "x.md")) == MARKDOWN


def test_markdown_as_plain_text() -> None:
    text = written("text", translation(MARKDOWN, "x.md"))
    assert text.startswith("Le pont\n\nIntro avec un lien et du gras.\n\npremier point\n\n")
    assert "code()" not in text


def test_plain_text_as_markdown() -> None:
    text = written("markdown", translation(PAGE, furniture=Furniture.SKIP))
    assert text == "# Le pont est ouvert\n\nLe maire a inauguré le pont hier matin.\n"


def test_skipped_furniture_leaves_no_hole() -> None:
    text = written("text", translation(PAGE, furniture=Furniture.SKIP))
    assert text == "Le pont est ouvert\n\nLe maire a inauguré le pont hier matin.\n"


def test_json_holds_everything() -> None:
    done = translation(MARKDOWN, "x.md")
    data = json.loads(written("json", done))
    assert data["blocks"][0]["kind"] == "title"
    segments = [segment for block in data["blocks"] for segment in block["segments"]]
    for segment in segments:
        assert MARKDOWN[segment["start"] : segment["end"]] == segment["source"]
    assert data["text"] == done.text
    assert (data["model"], data["engine"]) == ("fake", "fake")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a [b](https://c.fr/d) e", 'a <a href="https://c.fr/d">b</a> e'),
        ("a [b](/c/%D8) e", 'a <a href="/c/%D8">b</a> e'),
        ("[x](javascript:alert(1))", "[x](javascript:alert(1))"),
        ("[x](data:text/html,y)", "[x](data:text/html,y)"),
        ("[x](//evil.example/y)", "[x](//evil.example/y)"),
        (r"[x](/\evil.example/y)", r"[x](/\evil.example/y)"),
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("**b** & *c*", "<strong>b</strong> &amp; <em>c</em>"),
        ('"><img src=x onerror=alert(1)>', "&quot;&gt;&lt;img src=x onerror=alert(1)&gt;"),
    ],
)
def test_html_of_a_line(line: str, expected: str) -> None:
    assert html_page.inline(line) == expected


@given(articles())
def test_html_is_never_written_by_the_article(text: str) -> None:
    try:
        page = written("html", translation(text + "<script>x</script>[a](javascript:b)"))
    except DepecheError:
        return
    tags = Tags()
    tags.feed(page)
    assert tags.tags <= set("html head meta title style body h1 h2 p ul li a em strong del".split())
    assert not any(target.lower().startswith(("javascript:", "data:")) for target in tags.targets)


def test_an_unknown_format_names_the_choices() -> None:
    with pytest.raises(UsageError, match="available: text, markdown, html, docx, "):
        formats.writer("pdf")


def test_a_file_without_a_known_ending_is_plain_text() -> None:
    assert formats.format_of(b"Il pleut.", "article") == formats.format_of(b"Il pleut.", "a.TXT")
    assert formats.format_of(b"Il pleut.", "a.MD") == "markdown"
