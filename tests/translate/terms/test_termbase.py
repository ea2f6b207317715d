"""Terms are found as whole words, written as the termbase has them, or said to be missing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Careless, Fake
from tests.texts import sentences
from translate.document import Origin
from translate.drafting import checks, plans, restore
from translate.drafting.ladder import Source, draft
from translate.errors import UsageError
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings
from translate.terms.termbase import Term, Termbase, parse_terms, read_termbase

TERMS = Termbase(
    (
        Term("Poutine", "Putin"),
        Term("parquet", "public prosecutor's office"),
        Term("parquet de Paris", "Paris prosecutor's office"),
        Term("11-Septembre", "9/11"),
        Term("l'Otan", "NATO"),
        Term("Accueil", "Home"),
    )
)


def found(text: str) -> list[str]:
    return [english for _, english in TERMS.masked(text) if english]


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("Vladimir Poutine parle", ["Putin"]),
        ("VLADIMIR POUTINE PARLE", ["Putin"]),
        ("une poutine au fromage", []),
        ("Le Parquet enquête", ["public prosecutor's office"]),
        ("le parquet de Paris", ["Paris prosecutor's office"]),
        ("le parquet de\u00a0Paris", ["Paris prosecutor's office"]),
        ("les parquets", []),
        ("avec l’Otan et Poutine-Kim", ["NATO", "Putin"]),
        ("Poutiner", []),
        ("L'Otan dit non", ["NATO"]),
    ],
)
def test_terms_are_whole_words_and_the_longest_counts(text: str, english: list[str]) -> None:
    assert found(text) == english


@given(st.text(alphabet="Poutine parquet de Paris’' 1é«", max_size=60))
def test_nothing_of_a_text_is_lost(text: str) -> None:
    assert "".join(stretch for stretch, _ in TERMS.masked(text)) == text


def marked(function: object = str) -> Fake:
    translator = Fake(function)  # type: ignore[arg-type]
    translator.placeholders = ("⟦0⟧", "⟦1⟧", "⟦2⟧")
    return translator


def test_terms_and_numbers_are_masked_in_every_plan() -> None:
    text = "Le 11-Septembre, Poutine a eu 12 000 voix."
    for way in (plans.whole, plans.cut_at_marks):
        plan = way(text, marked(), TERMS)
        assert plan is not None
        assert plan.requests() == ["Le ⟦0⟧, ⟦1⟧ a eu ⟦2⟧ voix."]
        english = restore.finish(plan, ["On ⟦0⟧, ⟦1⟧ had ⟦2⟧ votes."], [], QuoteStyle.AMERICAN)
        assert english == "On 9/11, Putin had 12,000 votes."
    plan = plans.unmasked(text, marked(), TERMS)
    assert plan is not None
    assert plan.requests() == ["Le ⟦0⟧, ⟦1⟧ a eu 12 000 voix."]


def test_a_line_that_is_a_term_needs_no_model() -> None:
    translator = marked()
    source = Source("Accueil")
    assert draft([source], translator, Settings(terms=TERMS))[source].target == "Home"
    assert translator.seen == []


def test_a_link_around_a_term_stays_around_its_english() -> None:
    translator = marked(lambda text: text.replace("Avec", "With"))
    source = Source("Avec [l'Otan](http://a.fr) hier.")
    target = draft([source], translator, Settings(terms=TERMS))[source].target
    assert target == "With [NATO](http://a.fr) hier."


@pytest.mark.parametrize(
    ("source", "target", "names"),
    [
        ("Poutine rit.", "Putin laughs.", []),
        ("Poutine rit.", "Poutine laughs.", ["terms"]),
        ("Le parquet dit non.", "The Public Prosecutor’s Office says no.", []),
        ("Poutine et Poutine.", "Putin and him.", ["terms"]),
        ("Après le 11-Septembre.", "After 9/11.", []),
        ("Après le 11-Septembre.", "After September.", ["terms"]),
    ],
)
def test_a_missing_term_is_said(source: str, target: str, names: list[str]) -> None:
    found = (finding.check for finding in checks.check(source, target, terms=TERMS))
    assert [check for check in found if check == "terms"] == names


@given(sentences(), st.sampled_from([Careless(), Fake(), marked()]))
def test_every_term_is_kept_or_said(text: str, translator: Fake) -> None:
    terms = Termbase((Term("ministre", "secretary"), Term("Marie", "Mary"), Term("n'a", "has not")))
    source = Source(text)
    found = draft([source], translator, Settings(terms=terms))[source]
    if found.origin is not Origin.KEPT and terms.missing(text, found.target):
        assert "terms" in [finding.check for finding in found.findings]


def test_a_file_is_read_with_its_comments_and_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("\ufeff# people\n\nPoutine\tPutin \r\nl’Otan\tNATO\n", encoding="utf-8")
    terms = read_termbase(path)
    assert terms.terms == (
        Term("Poutine", "Putin"),
        Term("l’Otan", "NATO"),
        Term("Otan", "NATO", bare=True),
    )
    assert [english for _, english in terms.masked("dans l'Otan") if english] == ["NATO"]


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("Le Caire dort", [("", ""), ("Le Caire", "Cairo"), (" dort", "")]),
        ("né au Caire", [("né à ", ""), ("Caire", "Cairo"), ("", "")]),
        ("NÉ AU CAIRE", [("NÉ À ", ""), ("CAIRE", "Cairo"), ("", "")]),
        ("Du Caire à Riyad", [("De ", ""), ("Caire", "Cairo"), (" à Riyad", "")]),
        ("du vieux Caire", [("du vieux ", ""), ("Caire", "Cairo"), ("", "")]),
        ("de l’ONU", [("de ", ""), ("l’ONU", "the UN"), ("", "")]),
        ("ONU Femmes", [("", ""), ("ONU", "UN"), (" Femmes", "")]),
        ("de la garde à vue", [("de ", ""), ("la garde à vue", "custody"), ("", "")]),
        ("sa garde à vue", [("sa garde à vue", "")]),
    ],
)
def test_a_name_is_found_with_and_without_its_article(
    text: str, stretches: list[tuple[str, str]]
) -> None:
    lines = "le Caire\tCairo\nl'ONU\tthe UN\nONU\tUN\nla garde à vue\tcustody\n"
    assert list(Termbase(tuple(parse_terms(lines, "terms.tsv"))).masked(text)) == stretches


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Poutine Putin\n", "line 1 is not French<TAB>English"),
        (b"a\tb\tc\n", "line 1 is not French<TAB>English"),
        (b"ok\tfine\nPoutine\t\n", "line 2 is not French<TAB>English"),
        (b"x\ty\nx\tz\n", "line 2: “x” is in line 1 too"),
        ("« mot »\tword\n".encode(), "does not begin with a letter"),
        (b"caf\xe9\tcoffee\n", "is not UTF-8 (byte 3)"),
    ],
)
def test_a_bad_termbase_is_said(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_bytes(content)
    with pytest.raises(UsageError) as caught:
        read_termbase(path)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_missing_termbase_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no termbase"):
        read_termbase(tmp_path / "none.tsv")


@pytest.mark.parametrize(
    ("english", "target", "is_there"),
    [
        ("ceasefire | truce", "A truce.", True),
        ("ceasefire | truce", "Ceasefires.", True),
        ("ceasefire | truce", "A celebration.", False),
        ("searches", "A search.", True),
        ("witness", "Two witnesses.", True),
        ("factory", "Factories.", True),
        ("spies", "A spy.", True),
        ("glass", "The gla", False),
    ],
)
def test_other_words_and_the_other_number_count(english: str, target: str, is_there: bool) -> None:
    (term,) = parse_terms(f"mot\t{english}", "terms.tsv")
    assert (Termbase((term,)).missing("Un mot.", target) == []) is is_there


def test_the_first_english_word_is_written() -> None:
    (term,) = parse_terms("mot\tword | term", "terms.tsv")
    assert list(Termbase((term,)).masked("Un mot")) == [("Un ", ""), ("mot", "word"), ("", "")]
    with pytest.raises(UsageError, match="line 1"):
        list(parse_terms("mot\tword |", "terms.tsv"))


def test_layers_are_read_as_one_termbase() -> None:
    own = Termbase((Term("parquet", "prosecutors"), Term("parquet national", "national office")))
    joined = own.plus(
        (Term("parquet national financier", "financial office"), Term("lait", "milk"))
    )
    text = "Le parquet national financier et le parquet, du lait"
    assert [term.english for _, term in joined.find(text)] == [
        "financial office",
        "prosecutors",
        "milk",
    ]
    assert own.plus(()) is own
    assert hash(joined) == hash(own.plus(joined.terms))


def test_of_two_layers_with_the_same_term_the_lower_counts() -> None:
    joined = Termbase((Term("maire", "mayor"),)).plus((Term("maire", "provost"),))
    assert [term.english for _, term in joined.find("Le maire")] == ["mayor"]


def test_a_large_termbase_is_not_indexed_again_for_a_few_terms_more() -> None:
    large = Termbase(tuple(Term(f"mot{n} rare", f"word{n}") for n in range(10_000)))
    list(large.find("Le mot7 rare"))  # made once
    counted = _Counted(large.terms)
    object.__setattr__(large, "terms", counted)
    for n in range(50):
        more = large.plus((Term(f"autre{n}", "other"),))
        assert len(list(more.find(f"Le mot{n} rare, autre{n}."))) == 2
        hash(more)
    assert counted.walks <= 1  # for the hash, once


class _Counted(tuple[Term, ...]):
    """A tuple that counts how often it is walked through."""

    walks = 0

    def __iter__(self) -> Iterator[Term]:
        self.walks += 1
        return super().__iter__()

    def __hash__(self) -> int:
        self.walks += 1
        return super().__hash__()


@pytest.mark.parametrize(
    ("term", "text", "count"),
    [
        (Term("banque centrale", "central bank"), "la banque centrale vote", 1),
        (Term("banque centrale", "central bank"), "des banques centrales votent", 0),
        (Term("banque centrale", "central bank"), "la banque centralement", 0),
        (Term("mur", "wall", noun=True), "le mur, LE MUR", 2),
        (Term("mur", "wall", noun=True), "Mur abattu", 1),
        (Term("mur", "wall", noun=True), "le Mur de Berlin", 0),  # a name
        (Term("mur", "wall"), "le Mur de Berlin", 1),
    ],
)
def test_what_is_a_term(term: Term, text: str, count: int) -> None:
    assert len(list(Termbase((term,)).find(text))) == count


@pytest.mark.parametrize(
    ("english", "target", "is_there"),
    [
        ("boxes", "the box", True),
        ("dishes", "a dish", True),
        ("classes", "the class", True),
        ("churches", "a church", True),
        ("houses", "the house", True),
        ("art", "the party", False),
        ("art", "the artist", False),
        ("art", "modern art.", True),
    ],
)
def test_a_term_is_a_word_in_either_number(english: str, target: str, is_there: bool) -> None:
    assert (Termbase((Term("chose", english),)).missing("la chose", target) == []) is is_there


def test_the_end_of_a_word_is_no_article() -> None:
    terms = Termbase((Term("Caire", "Cairo", bare=True),))
    for text, before in (
        ("Il a perdu Caire", "Il a perdu "),
        ("Il vient du Caire", "Il vient de "),
    ):
        assert next(iter(terms.masked(text))) == (before, "")
