from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import GROWTH, cpu_seconds, growth
from tests.translate.formats.test_round_trips import louder, written
from translate import formats
from translate.document import Kind
from translate.errors import UsageError
from translate.formats.html_tokens import Part, attributes, tokens
from translate.notation.markup import shown

NAMES = st.sampled_from("p div b em a span br img li ul td script title textarea x-y sup".split())
CHARACTERS = st.characters(exclude_categories=("Cs", "Cc"))
PIECES = st.one_of(
    st.text(CHARACTERS, max_size=12),
    st.sampled_from(
        ["<", ">", "&amp;", "&eacute;", "&", "<!-- x -->", "<!", "</", "<![CDATA[x]]>"]
    ),
    NAMES.map("<{}>".format),
    NAMES.map("</{}>".format),
    st.tuples(NAMES, st.text(CHARACTERS, max_size=8)).map(
        lambda pair: f'<{pair[0]} title="{pair[1]}">'
    ),
    st.tuples(NAMES, st.text(CHARACTERS, max_size=8)).map(
        lambda pair: f"<{pair[0]} alt='{pair[1]}'/>"
    ),
)
PAGES = st.lists(PIECES, max_size=25).map("".join)


@given(PAGES)
def test_tokens_joined_are_the_page(page: str) -> None:
    found = list(tokens(page))
    assert "".join(token.text for token in found) == page
    for token in found:
        if token.part is Part.START:
            for attribute in attributes(token):
                assert attribute.name in token.text.lower()


@given(PAGES)
def test_any_page_is_the_same_without_a_translation(page: str) -> None:
    data = f"<html>un mot{page}".encode()
    assert written(formats.read(data, "a.html"), str) == data


class Outline(HTMLParser):
    """Tags and attributes in order, without words."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag != "br":
            self.seen.append((tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(tag)

    def handle_comment(self, data: str) -> None:
        self.seen.append(data)


def outline(page: str) -> list[object]:
    parser = Outline()
    parser.feed(page)
    parser.close()
    return parser.seen


WORDS = st.text(st.sampled_from("abc é<>&\"'\u00a0\U00100003«»."), min_size=1, max_size=10)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    name = st.sampled_from("p div em a span li td h2 strong".split())
    return st.tuples(name, inner).map(lambda pair: f"<{pair[0]} class=x>{pair[1]}</{pair[0]}>")


TREES = st.recursive(
    WORDS.map(lambda words: words.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.lists(element(inner), min_size=1, max_size=4).map("<br>".join),
    max_leaves=12,
)


@given(TREES)
def test_the_elements_stay_when_the_words_change(page: str) -> None:
    data = f"<!doctype html><meta charset=utf-8>{page}".encode()
    after = written(formats.read(data, "a.html"), louder).decode()
    assert outline(after) == outline(data.decode())
    assert after.count("<br>") == page.count("<br>")  # they follow the words


def units(page: str) -> list[tuple[str, str]]:
    document = formats.read(page.encode(), "a.html")
    return [(block.kind.value, shown(document.of(block))) for block in document.blocks]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>Le <b>pont</b>.</p>", ["Le <1>pont</1>."]),
        ("<p><b>Le pont.</b></p>", ["Le pont."]),
        ("<p>Un mot<p>Deux mots", ["Un mot", "Deux mots"]),
        ("<ul><li>un<li>deux</ul>", ["un", "deux"]),
        ("<p>un<br>deux</p>", ["un deux"]),
        ("<p>un<br><br>deux</p>", ["un", "deux"]),
        ("<p>Un mot<br/>Deux mots</p>", ["Un mot", "Deux mots"]),
        ("<p><b>Un mot<br>« Deux »</b> ici</p>", ["Un mot", "« Deux »<2/> ici"]),
        ("<p>Le 1<sup>er</sup> mai et H<sub>2</sub>O</p>", ["Le 1er mai et H<1>2</1>O"]),
        ("<p>n<sup>o</sup> 3, x<sup>2</sup></p>", ["no 3, x<1>2</1>"]),
        ("<p>un <code>if x</code> deux</p>", ["un <1/> deux"]),
        ("<p>un <i translate=no>deux</i> trois</p>", ["un <1/> trois"]),
        ("<p>un <i lang=en>two</i> trois</p>", ["un <1/> trois"]),
        ("<p>un <i class='a notranslate'>deux</i></p>", ["un"]),
        ("<div lang=en>two <p lang=fr>deux</p></div>", ["deux"]),
        ("<p>a &lt; b &amp;&nbsp;c</p>", ["a < b &\xa0c"]),
        ("<p>un <i class=icon></i> deux</p>", ["un <1/> deux"]),
        ("<p>un <b>deux <i>trois</b> quatre</i></p>", ["un <1/>deux <2>trois<3/> quatre</2>"]),
        ("<script>un('<p>')</script><style>x</style><p>deux", ["deux"]),
        ("<img alt='un chat'>", ["un chat"]),
        ("<input type=submit value=Envoyer><input value=non>", ["Envoyer"]),
        ("<p>anti<wbr>constitutionnel", ["anticonstitutionnel"]),
        ("<textarea>non</textarea><pre>non</pre><noscript>non</noscript><p>oui", ["oui"]),
        ("<p>\U00100000un</p>", ["un"]),
    ],
)
def test_units(page: str, expected: list[str]) -> None:
    assert [text for _, text in units("<html>" + page)] == expected


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        ("<h1>Le pont est ouvert", Kind.TITLE),
        ("<h1>Le titre</h1><h2>Le pont est ouvert", Kind.HEADING),
        ("<ul><li><p>Le pont est ouvert", Kind.LIST_ITEM),
        ("<table><tr><td>Le pont est ouvert", Kind.CELL),
        ("<figure><figcaption>Le pont est ouvert", Kind.CAPTION),
        ("<footer><p>Le pont est ouvert", Kind.FURNITURE),
        ("<aside><h2>Le pont est ouvert", Kind.FURNITURE),
        ("<nav><ul><li>Le pont est ouvert", Kind.FURNITURE),
    ],
)
def test_kinds(page: str, kind: Kind) -> None:
    assert units(f"<html>{page}")[-1][0] == kind.value


def test_links_of_a_menu_are_units_of_their_own() -> None:
    assert [text for _, text in units("<nav><a>Accueil</a> | <a>Le sport</a></nav>")] == [
        "Accueil",
        "Le sport",
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ('<p lang="fr">un', '<p lang="en">UN'),
        ("<p lang=fr-FR>un", '<p lang="en">UN'),
        ("<p title='un'>deux", "<p title='UN'>DEUX"),
        ("<p title=un>deux", '<p title="UN">DEUX'),
        ("<p>l&eacute;ger", "<p>L&#201;GER"),
        ("<meta charset=utf-8><p>l&eacute;ger", "<meta charset=utf-8><p>LÉGER"),
        ("<p>un &lt; deux", "<p>UN &lt; DEUX"),
        ('<a title="un">deux</a> <b>trois</b>', '<a title="UN">DEUX</a> <b>TROIS</b>'),
    ],
)
def test_written(page: str, expected: str) -> None:
    document = formats.read(f"<html>{page}".encode(), "a")
    assert written(document, louder).decode() == f"<html>{expected}"


def test_a_title_of_quotation_marks_stays_in_its_marks() -> None:
    document = formats.read(b"<html><p title='un'><p title=\"deux\">", "a")
    done = written(document, lambda _: 'it\'s "so"')
    assert done == b"<html><p title='it&#39;s &quot;so&quot;'><p title=\"it's &quot;so&quot;\">"


@pytest.mark.parametrize(
    "piece",
    ['<a b="', "<!--", "<script>", "</", "<a ", "<", "&", "<p>", "<b>x", "<b x='", "<p><b>"],
)  # fmt: skip
def test_hostile_pages_take_linear_time(piece: str) -> None:
    def seconds(size: int) -> float:
        data = ("<html>un mot" + piece * (size // len(piece))).encode()
        return cpu_seconds(lambda: formats.read(data, "a.html"))

    assert growth(seconds, 100_000) <= GROWTH


def test_options_that_do_not_fit_are_refused() -> None:
    with pytest.raises(UsageError, match="columns or fields"):
        formats.read(b"<html><p>un", "a.html", formats.Reading(parts=("b",)))
