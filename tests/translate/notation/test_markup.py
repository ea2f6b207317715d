from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.timing import cpu_seconds
from translate.article.sentences import sentence_spans
from translate.notation.markup import TokenKind, addresses, parse_inline


def kinds(text: str) -> list[tuple[str, str]]:
    return [(token.kind.value, token.text) for token in parse_inline(text)]


@pytest.mark.parametrize(
    ("text", "atoms"),
    [
        ("voir https://a.fr/b?c=d, puis", ["https://a.fr/b?c=d"]),
        ("(https://a.fr/b).", ["https://a.fr/b"]),
        ("écrire à x.y@journal.fr.", ["x.y@journal.fr"]),
        ("sur unsite.fr et www.autre.com/x.", ["unsite.fr", "www.autre.com/x"]),
        ("© 2026 – journal.example – droits", ["©", "journal.example"]),
        ("c’est fini.Mais rien", []),
        ("mot " + "x" * 90 + " mot", ["x" * 90]),
        ("lancez `make demo` ici", ["`make demo`"]),
        ("merci 📚🌍 !", ["📚🌍"]),
        ("le mot محمد علي dit", ["محمد علي"]),
        ("avec #MeToo et @lemonde", ["#MeToo", "@lemonde"]),
        ("un *seul astérisque", ["*"]),
        ("5 * 3 * 2", ["*", "*"]),
        ("Les abonnés¹ de la « crise »²³ et 62 m², 12 km³, CO₂", ["¹", "²³"]),
        ("Le film *Surcouf !*, attendu, et **Allô ?**.", []),
        ("Le film (*« Surcouf »*), un succès", []),
        ("Prix (*) hors taxes (*), port [*] en sus [*]", ["*"] * 4),
        ("Prix*, port*, taxes*.", ["*"] * 3),
        ("© 2024 ®", ["©", "®"]),
        ("A&nbsp;B", ["&nbsp;"]),
        ("<https://x.org/a>", ["<https://x.org/a>"]),
        ("M. Dupont, l’été 3,5 % : « oui »", []),
        ("Saint-Cloud, Aix-en-Provence. J.-C. Martin", []),
    ],
)
def test_what_is_copied(text: str, atoms: list[str]) -> None:
    assert [text for kind, text in kinds(text) if kind == "atom"] == atoms


GOLDEN = [
    line.split("\t")
    for line in Path("tests/golden/markup.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: line[0][:40])
def test_golden_copies(line: list[str]) -> None:
    text, *copied = line
    assert [text for kind, text in kinds(text) if kind == "atom"] == copied


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: line[0][:40])
def test_no_sentence_ends_inside_an_address(line: list[str]) -> None:
    for start, end in addresses(line[0]):
        assert not any(start < at < end for span in sentence_spans(line[0]) for at in span)


def test_a_link_with_a_long_target_is_a_link() -> None:
    assert [kind for kind, _ in kinds("[mot](/" + "%D8%A7" * 30 + ") dit")] == [
        "open",
        "text",
        "close",
        "text",
    ]


def test_a_link_encloses_its_words() -> None:
    assert kinds("le [Pentagone](/a/%D8%A7(b)) dit") == [
        ("text", "le "),
        ("open", "["),
        ("text", "Pentagone"),
        ("close", "](/a/%D8%A7(b))"),
        ("text", " dit"),
    ]


@pytest.mark.parametrize(
    "text", ["*x*", "**x**", "_x_", "<em>x</em>", '<a href="u">x</a>', "![x](u)"]
)
def test_pairs(text: str) -> None:
    opening, words, closing = parse_inline(text)
    assert (opening.kind, words.text, closing.kind) == (TokenKind.OPEN, "x", TokenKind.CLOSE)
    assert (opening.partner, closing.partner) == (2, 0)


MARKUP = st.lists(
    st.sampled_from("mot * ** _ [ ](u) ]( ) <em> </em> ` a@b.fr é &amp; 📚 م < > « » 3,5".split())
    | st.sampled_from([" ", "\n", "https://x.fr/", "\ue000", "\x00"])
).map("".join)


@given(st.one_of(st.text(), MARKUP))
def test_nothing_is_lost_and_pairs_are_nested(text: str) -> None:
    tokens = parse_inline(text)
    assert "".join(token.text for token in tokens) == text
    waiting: list[int] = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            waiting.append(index)
            assert tokens[token.partner].partner == index
        elif token.kind is TokenKind.CLOSE:
            assert waiting.pop() == token.partner
    assert not waiting


@pytest.mark.parametrize(
    "unit",
    (
        "[|*a |<|`|a@|https://|a.|[a](|_|&|م |www.|a.b/|(|https://a.fr/(|{|{{|{%|$|$=|[^|[a b=|<!--"
        '|%|~|a~b|\\|fr?a=|a-.|@a.|a.fr/|[gallery |[a-b c="|a.fr/[a'
    ).split("|"),
)
def test_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    assert cpu_seconds(lambda: parse_inline(text)) < 5


@pytest.mark.parametrize("text", ["La loi n° 78-17", "à 20 °C", "un angle de 45°"])
def test_a_degree_sign_is_no_code(text: str) -> None:
    assert [token.kind for token in parse_inline(text)] == [TokenKind.TEXT]
