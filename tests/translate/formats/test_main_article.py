"""The main article of a page, as Markdown: `--article`."""

import pytest
from lxml import etree

from translate import formats
from translate.document import Document
from translate.errors import InputError
from translate.formats import Reading
from translate.formats.main_article import as_markdown

WORDS = "Le maire a annoncé mardi la réouverture du pont, fermé depuis deux ans. " * 4


def article(inner: str) -> Document:
    page = (
        "<html><title>Le pont rouvre</title><nav><a href=/>Accueil</a></nav><article>"
        f"<h1>Le pont rouvre</h1><p>{WORDS}</p>{inner}<p>{WORDS}</p></article>"
        "<footer>Tous droits réservés</footer>"
    )
    return formats.read(page.encode(), "a.html", Reading(article=True))


def test_the_article_alone() -> None:
    document = article("")
    assert document.markdown
    assert document.text == f"# Le pont rouvre\n\n{WORDS.strip()}\n\n{WORDS.strip()}\n"


@pytest.mark.parametrize(
    ("inner", "expected"),
    [
        ("<h2>La suite</h2>", "## La suite"),
        ("<p>Le 1<sup>er</sup> mai</p>", "Le 1er mai"),
        (
            "<p>Le CO<sub>2</sub> de 12 m<sup>3</sup> d’abonnés<sup>1</sup>.</p>",
            "Le CO₂ de 12 m³ d’abonnés¹.",
        ),
        (
            "<p>Voir <a href='/a b'>la <b>page</b> </a>du pont</p>",
            "Voir [la **page**](/a%20b) du pont",
        ),
        ("<p>Il est <em>long</em> et <strong>beau</strong></p>", "Il est *long* et **beau**"),
        ("<p>Un mot<br>Deux mots<br>et trois</p>", "Un mot\n\nDeux mots et trois"),
        (
            "<figure><img src=a.jpg alt='Le [pont]'><figcaption>Le pont lundi</figure>",
            "![Le pont](a.jpg)\n\nLe pont lundi",
        ),
        (
            "<blockquote><p>Un mot.</p><p>Deux mots.</p></blockquote>",
            "> Un mot.\n>\n> Deux mots.",
        ),
    ],
)
def test_markup_of_an_article(inner: str, expected: str) -> None:
    assert article(inner).text.split(WORDS.strip())[1].strip() == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (
            '<list rend="ol"><item>Un point<list rend="ul"><item>Un autre</item></list></item>'
            "<item>Deux points</item></list>",
            "1. Un point\n   - Un autre\n2. Deux points",
        ),
        (
            "<table><row><cell>Année</cell><cell>Prix</cell></row>"
            "<row><cell>2024</cell><cell>5 | 6</cell></row><row><cell>2025</cell></row></table>",
            "| Année | Prix |\n| --- | --- |\n| 2024 | 5 \\| 6 |\n| 2025 |  |",
        ),
        ("<quote>Un mot.<quote>Deux mots.</quote></quote>", "> Un mot.\n>\n> > Deux mots."),
        ('un <hi rend="#i"> mot </hi>ici<p>Deux</p>trois', "un *mot* ici\n\nDeux\n\ntrois"),
        ("<code>a = 1</code>", "```\na = 1\n```"),
        ("<list/><table/><quote/><head/><graphic/>", ""),
    ],
)
def test_what_is_found_is_written_as_markdown(found: str, expected: str) -> None:
    assert as_markdown(etree.fromstring(f"<body>{found}</body>")) == expected


def test_every_paragraph_of_a_quotation_keeps_its_mark() -> None:
    document = article("<blockquote><p>Un mot.</p><p>Deux mots.</p></blockquote>")
    words = [document.of(block) for block in document.blocks]
    assert "Un mot." in words
    assert "Deux mots." in words


@pytest.mark.parametrize("page", [b"<html><script>x()</script>", b"<html>", b"<p>"])
def test_a_page_without_an_article_is_said(page: bytes) -> None:
    with pytest.raises(InputError, match="has no article"):
        formats.read(page, "a.html", Reading(article=True))


@pytest.mark.parametrize("tag", ["ul><li", "table><tr><td", "div"])
def test_a_deep_page_is_read_whatever_trafilatura_finds(tag: str) -> None:
    assert article(f"<{tag}>" * 5000).text.startswith("# Le pont rouvre")


@pytest.mark.parametrize("tag", ["b", "blockquote"])
def test_an_article_nested_deeply_is_read_or_said(tag: str) -> None:
    try:
        said = article(f"<{tag}>" * 5000).text
    except InputError as error:  # how deep Python goes differs by its version
        said = str(error)
    assert "nested too deeply; drop --article" in said or said.count(WORDS.strip()) >= 2
