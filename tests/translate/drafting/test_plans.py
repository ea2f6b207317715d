import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.fakes import Fake
from tests.texts import sentences
from translate.drafting import plans, restore
from translate.drafting.anchors import Answers
from translate.drafting.ladder import Source, draft
from translate.notation.markup import TokenKind, parse_inline, with_whole_words
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings


def english(text: str, translate: dict[str, str], **options: object) -> str | None:
    """The sentence with one way of cutting, translated by a table."""
    translator = Fake(lambda source: translate.get(source, source))
    plan = plans.whole(text, translator)
    if plan is None:
        plan = plans.cut_at_marks(text, translator)
    answers = Answers(tuple((translate.get(a.words, a.words),) for a in plan.anchors))
    targets = [translate.get(request, request) for request in plan.requests()]
    return restore.finish(plan, targets, answers, QuoteStyle.AMERICAN)


@pytest.mark.parametrize(
    ("text", "table", "target"),
    [
        ("Il vient.", {"Il vient.": "He comes."}, "He comes."),
        (
            "Le [Pentagone](/a/%D8) dit non.",
            {"Le Pentagone dit non.": "The Pentagon says no.", "Pentagone": "Pentagon"},
            "The [Pentagon](/a/%D8) says no.",
        ),
        ("**Il vient.**", {"Il vient.": "He comes."}, "**He comes.**"),
        ("Écrire à a@b.fr.", {"Écrire à": "Write to."}, "Write to a@b.fr."),
        ("— Il vient.", {"Il vient.": "He comes."}, "— He comes."),
        (
            "Il dit : « Je viens. Tu pars. »",
            {"Il dit": "He says", "Je viens.": "I come.", "Tu pars.": "You leave."},
            "He says: “I come. You leave.”",
        ),
        (
            "Il dit : « hier Macron part. Tu pars. »",
            {
                "Il dit": "He says.",
                "hier Macron part.": "Macron left yesterday.",
                "Tu pars.": "Go.",
            },
            "He says: “Macron left yesterday. Go.”",
        ),
        (
            "Il dit : « hier il part. Tu pars. »",
            {"Il dit": "He says.", "hier il part.": "Yesterday he left.", "Tu pars.": "Go."},
            "He says: “yesterday he left. Go.”",
        ),
        (
            "NOUS UTILISONS DES COOKIES",
            {"Nous utilisons des cookies": "We use cookies"},
            "WE USE COOKIES",
        ),
        ("3,5 %", {}, "3.5%"),
        ("Merci ! 📚", {"Merci !": "Thanks!"}, "Thanks! 📚"),
        ("Bienvenue sur a.fr !", {"Bienvenue sur": "Welcome to"}, "Welcome to a.fr!"),
    ],
)
def test_out_and_back(text: str, table: dict[str, str], target: str) -> None:
    assert english(text, table) == target


def as_they_are(plan: plans.Plan) -> Answers:
    return Answers(tuple((anchor.words,) for anchor in plan.anchors))


def test_a_placeholder_stands_for_an_address() -> None:
    translator = Fake()
    translator.placeholders = ("⟦0⟧",)
    plan = plans.whole("Écrire à a@b.fr avant lundi.", translator)
    assert plan is not None
    assert plan.requests() == ["Écrire à ⟦0⟧ avant lundi."]
    finish = restore.finish(plan, ["Write to ⟦0⟧ by Monday."], [], QuoteStyle.AMERICAN)
    assert finish == "Write to a@b.fr by Monday."
    assert restore.finish(plan, ["Write by Monday."], [], QuoteStyle.AMERICAN) is None


MARKS = ("⟦0⟧", "⟦1⟧", "⟦2⟧")


@pytest.mark.parametrize(
    ("text", "request_", "answer", "target"),
    [
        (
            "Il part à 14 h 30 avec XII amis.",
            "Il part à ⟦0⟧ avec XII amis.",
            "He leaves at ⟦0⟧ with XII friends.",
            "He leaves at 2:30 p.m. with XII friends.",
        ),
        (
            "Écrire à a@b.fr avant 9 h.",
            "Écrire à ⟦0⟧ avant ⟦1⟧.",
            "Before ⟦1⟧, write to ⟦0⟧.",
            "Before 9 a.m., write to a@b.fr.",
        ),
        ("On ferme à 19 h.", "On ferme à ⟦0⟧.", "We close at ⟦0⟧.", "We close at 7 p.m."),
        (
            "Sur 12 000 voix, 3,5 % pour lui, le 1er déc. 2027, 4 contre.",
            "Sur ⟦0⟧ voix, ⟦1⟧ % pour lui, le 1er décembre ⟦2⟧, 4 contre.",
            "⟦1⟧% of ⟦0⟧ votes for him on 1 December ⟦2⟧, 4 against.",
            "3.5% of 12,000 votes for him on December 1, 2027, 4 against.",
        ),
    ],
)
def test_numbers_are_masked(text: str, request_: str, answer: str, target: str) -> None:
    translator = Fake()
    translator.placeholders = MARKS
    plan = plans.whole(text, translator)
    assert plan is not None
    assert plan.requests() == [request_]
    assert restore.finish(plan, [answer], [], QuoteStyle.AMERICAN) == target
    assert restore.finish(plan, [answer.replace("⟦0⟧", "")], [], QuoteStyle.AMERICAN) is None


def test_numbers_are_masked_in_pieces_too() -> None:
    translator = Fake()
    translator.placeholders = MARKS
    plan = plans.cut_at_marks("« À 2 h, j'ai couru. À 3 h aussi », dit-il.", translator)
    assert plan.requests() == ["À ⟦0⟧, j'ai couru.", "À ⟦1⟧ aussi", "dit-il."]
    answers = ["At ⟦0⟧, I ran.", "At ⟦1⟧ too", "he says."]
    finished = restore.finish(plan, answers, [], QuoteStyle.AMERICAN)
    assert finished == "“At 2 a.m., I ran. At 3 a.m. too,” he says."


def test_without_placeholders_nothing_is_masked() -> None:
    translator = Fake()
    for cut in (plans.whole, plans.unmasked):
        plan = cut("Il part à 14 h 30.", translator)
        assert plan is not None
        assert plan.requests() == ["Il part à 14 h 30."]
    translator.placeholders = MARKS
    plan = plans.unmasked("Il part à 14 h 30.", translator)
    assert plan is not None
    assert plan.requests() == ["Il part à 14 h 30."]


def test_a_name_with_letters_the_model_lacks_comes_back() -> None:
    class Ascii(Fake):
        def covers(self, text: str) -> bool:
            return text.isascii()

    plan = plans.whole("Hier Dvořák vint.", Ascii())
    assert plan is not None
    assert plan.requests() == ["Hier Dvorak vint."]
    assert restore.finish(plan, ["Dvorak came."], [], QuoteStyle.AMERICAN) == "Dvořák came."


def test_what_a_rule_writes_keeps_its_links() -> None:
    text = "Par [Anne Morel](/a), le **3 mars 2026 à 9 h 12**"
    english = draft([Source(text, byline=True)], Fake(), Settings())[Source(text, byline=True)]
    assert english.target == "By [Anne Morel](/a), **March 3, 2026 at 9:12 a.m.**"


def test_a_lost_anchor_is_no_candidate() -> None:
    plan = plans.whole("Le [mot](u) dit.", Fake())
    assert plan is not None
    assert restore.finish(plan, ["It says."], Answers((("word",),)), QuoteStyle.AMERICAN) is None


@given(sentences())
@example("M. l’accord.")  # the courtesy before an office is left out
def test_cut_pieces_join_to_the_sentence(text: str) -> None:
    for cut in (plans.cut_at_marks, plans.cut_at_clauses):
        plan = cut(text, Fake(max_tokens=6))
        joined = "".join(piece.text for piece in plan.pieces)
        given = "".join(
            plans.written_out(token.text) if token.kind is TokenKind.TEXT else token.text
            for token in with_whole_words(parse_inline(text))
        )
        assert "".join(joined.split()).lower() == "".join(given.split()).lower() or plan.copies


@given(sentences())
def test_no_piece_is_longer_than_the_model_takes(text: str) -> None:
    translator = Fake(max_tokens=6)
    for cut in (plans.whole, plans.cut_at_marks, plans.cut_at_clauses):
        plan = cut(text, translator)
        for request in plan.requests() if plan else []:
            assert translator.count_tokens(request) <= translator.max_tokens


class Spelling(Fake):
    """Takes two tokens at a time; each letter is three."""

    def count_tokens(self, text: str) -> int:
        return 3 * len(text)


def test_a_letter_that_is_too_long_for_the_model_is_not_cut() -> None:
    plan = plans.cut_at_clauses("Il va", Spelling(max_tokens=2))
    assert [piece.text for piece in plan.pieces] == ["I", "l", " ", "v", "a"]


@pytest.mark.parametrize("text", ["(Il part demain.)", "[Il part demain.]"])
def test_brackets_around_all_are_not_for_the_model(text: str) -> None:
    plan = plans.whole(text, Fake())
    assert plan is not None
    assert plan.requests() == ["Il part demain."]


@pytest.mark.parametrize("text", ["(Il) part (demain).", "[Il part) demain.", "(Il part] demain."])
def test_other_brackets_are(text: str) -> None:
    plan = plans.whole(text, Fake())
    assert plan is None or plan.requests() == [text]


@given(sentences())
def test_markup_comes_back_byte_for_byte(text: str) -> None:
    translator = Fake()
    wanted = [token.text for token in parse_inline(text) if token.kind is not TokenKind.TEXT]
    plan = plans.cut_at_marks(text, translator)
    target = restore.finish(plan, plan.requests(), [], QuoteStyle.AMERICAN)
    assert target is not None
    for markup in wanted:
        assert markup in target


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    translator = Fake(max_tokens=3)
    for cut in (plans.whole, plans.cut_at_marks, plans.cut_at_clauses):
        plan = cut(text, translator)
        if plan is not None:
            restore.finish(
                plan,
                plan.requests(),
                Answers(tuple((a.words,) for a in plan.anchors)),
                QuoteStyle.BRITISH,
            )


@pytest.mark.parametrize(
    ("headline", "asked", "answer", "target"),
    [
        ("Averses attendues", "averses attendues", "showers expected", "Showers expected"),
        ("Hausse : qui paie", "hausse : qui paie", "rise: who pays", "Rise: who pays"),
        ("Liban : un accord", "Liban : un accord", "Lebanon: a deal", "Lebanon: a deal"),
        ("Inès Vautrin vient", "Inès Vautrin vient", "Inès Vautrin is", "Inès Vautrin is"),
        ("Averses à Lyon.", "Averses à Lyon.", "Showers in Lyon.", "Showers in Lyon."),
        ("Table ronde", "Table ronde", "Round table", "Round table"),
    ],
)
def test_first_word_of_a_headline_is_small_to_the_model(
    headline: str, asked: str, answer: str, target: str
) -> None:
    plan = plans.whole(headline, Fake())
    assert plan is not None
    assert plan.requests() == [asked]
    assert english(headline, {asked: answer}) == target


def test_headline_that_follows_english_keeps_its_capital() -> None:
    plan = plans.whole("Averses attendues", Fake())
    assert plan is not None
    joined = plan.between("Home ", "", "Accueil Averses attendues")
    text = restore.finish(joined, ["showers expected"], Answers(()), QuoteStyle.AMERICAN)
    assert text == "Home Showers expected"


def test_cells_between_bars_are_translated_on_their_own() -> None:
    source = Source("10:02 | Il vient | **Il part**")
    found = draft([source], Fake(lambda text: text.upper()), Settings())[source]
    assert found.target == "10:02 | IL VIENT | **IL PART**"


CLAUSES = "et mais ou car qui que dont où alors tandis parce lorsque puis afin pour après".split()


@pytest.mark.parametrize("word", CLAUSES)
def test_a_sentence_may_be_cut_before_a_clause(word: str) -> None:
    plan = plans.cut_at_clauses(f"Le maire part {word} elle reste.", Fake())
    assert plan.requests() == ["Le maire part", f"{word} elle reste."]


@pytest.mark.parametrize(
    ("text", "requests"),
    [
        ("Le maire part pourtant hier.", ["Le maire part pourtant hier."]),
        ("Le maire part (elle reste) hier.", ["Le maire part", "elle reste", "hier."]),
        ("Le maire part – elle reste.", ["Le maire part", "elle reste."]),
        ("Le maire part ; elle reste.", ["Le maire part", "elle reste."]),
        ("Le maire part, elle reste.", ["Le maire part", "elle reste."]),
        ("Les 3, 4 mai.", ["Les 3, 4 mai."]),
    ],
)
def test_where_else_a_sentence_may_be_cut(text: str, requests: list[str]) -> None:
    assert plans.cut_at_clauses(text, Fake()).requests() == requests


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("<b>Le maire part.</b>", ["<b>", "</b>"]),
        ("<p><i>Le maire part.</i></p>", ["<p>", "<i>", "</i>", "</p>"]),
        ("- <img src='1.png'/> Le maire part.", ["- ", "<img src='1.png'/>", " "]),
        ("Le maire part. <img src='1.png'/>", [" ", "<img src='1.png'/>"]),
        ("Le maire part. <img src='1.png'/> –", [" ", "<img src='1.png'/>", " –"]),
    ],
)
def test_markup_around_a_whole_sentence_is_outside(text: str, outside: list[str]) -> None:
    plan = plans.whole(text, Fake())
    assert plan is not None
    assert plan.requests() == ["Le maire part."]
    assert [piece.text for piece in plan.pieces if piece.literal] == outside
    assert plan.anchors == ()


def test_digits_of_addresses_and_tags_are_not_masked() -> None:
    translator = Fake()
    translator.placeholders = ("⟦0⟧", "⟦1⟧")
    plan = plans.cut_at_marks("Il a [13](http://a.fr/2024) ponts et 12 000 rues.", translator)
    assert plan.written == (("⟦0⟧", "12,000"),)
    assert "](http://a.fr/2024)" in [piece.text for piece in plan.pieces]
