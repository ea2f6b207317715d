"""Decisions and thresholds that nothing else would miss if they moved."""

from collections.abc import Callable, Sequence

import pytest

from tests.fakes import Fake
from translate.article.language import foreign_language
from translate.document import Hypothesis, Language, Origin, Severity
from translate.drafting import plans, restore
from translate.drafting.checks import check, check_length
from translate.drafting.choose import Draft, choose
from translate.drafting.ladder import Source, draft
from translate.drafting.people import people
from translate.notation.quotes import QuoteStyle, carried_quotations
from translate.pipeline import analyse, translate_document
from translate.settings import Settings
from translate.terms.termbase import Term, Termbase


def drafted(french: str, function: Callable[[str], str]) -> Draft:
    source = Source(french)
    return draft([source], Fake(function), Settings())[source]


def masked(text: str, terms: Termbase) -> plans.Plan:
    translator = Fake()
    translator.placeholders = ("⟦0⟧", "⟦1⟧")
    plan = plans.whole(text, translator, terms)
    assert plan is not None
    return plan


@pytest.mark.parametrize(
    ("answer", "english"),
    [
        ("The ⟦0⟧ spoke.", "The prosecutors spoke."),
        ("The ⟦0⟧ spoke of the ⟦0⟧.", None),  # a placeholder that comes back twice
        ("The man spoke.", None),
    ],
)
def test_a_placeholder_comes_back_once(answer: str, english: str | None) -> None:
    plan = masked("Le parquet a parlé.", Termbase((Term("parquet", "prosecutors"),)))
    assert restore.finish(plan, [answer], [], QuoteStyle.AMERICAN) == english


def test_a_code_comes_back_once() -> None:
    plan = masked("Écrire à a@b.fr avant lundi.", Termbase())
    twice = "Write to ⟦0⟧ or ⟦0⟧ before Monday."
    assert restore.finish(plan, [twice], [], QuoteStyle.AMERICAN) is None


def test_a_lost_term_costs_a_hypothesis_its_place() -> None:
    beam = [Hypothesis("Celebration in Chad.", -0.1), Hypothesis("Ceasefire in Chad.", -0.2)]
    found = choose("Cessez-le-feu au Tchad.", beam, Origin.MODEL)
    assert found is not None
    assert found.target == "Ceasefire in Chad."


def test_the_names_of_a_termbase_are_not_looked_for_again() -> None:
    terms = Termbase((Term("Paul Verdier", "the mayor"),))
    assert check("Hier, Paul Verdier a parlé.", "Yesterday the mayor spoke.", terms=terms) == ()


@pytest.mark.parametrize(("english", "said"), [(2, True), (3, False), (9, False), (10, True)])
def test_the_length_of_six_words_may_be_from_three_to_nine(english: int, said: bool) -> None:
    assert bool(list(check_length("mot " * 6, "word " * english))) is said


@pytest.mark.parametrize(
    ("between", "carried"),
    [(0, True), (3, True), (4, False), (8, False)],
)
def test_an_open_quotation_is_looked_for_in_the_next_four_paragraphs(
    between: int, carried: bool
) -> None:
    paragraphs = ["« Nous partons.", *["Il pleut."] * between, "Demain. »", "Il est parti."]
    assert carried_quotations(paragraphs)[between + 1] is carried


def test_sentences_that_were_glued_together_are_parted() -> None:
    text = "Le maire est parti hier soir.Elle reste à la mairie ce matin."
    document = analyse(text)
    assert len(list(document.segments())) == 2
    english = translate_document(document, Fake(lambda source: source.replace("é", "e"))).text
    assert ".Elle" not in english
    assert ". Elle" in english


@pytest.mark.parametrize(
    ("line", "language"),
    [("Accord final", Language.FRENCH), ("Transport public", Language.ENGLISH)],
)
def test_only_a_thin_line_goes_with_its_article(line: str, language: Language) -> None:
    around = "The mayor left the town last night. She comes back with her brother tomorrow."
    block = analyse(f"{around}\n\n{line}\n\n{around}").blocks[1]
    assert block.language is language


def test_an_article_with_a_french_word_in_thirteen_is_not_foreign() -> None:
    german = "Die Regierung hat am Montag {} ein neues Gesetz über den Verkehr beschlossen. "
    assert foreign_language(german.format("nun") * 12) == "de"
    assert foreign_language(german.format("dans") * 12) is None


class Repeating(Fake):
    """Loops unless it is told not to; remembers what it was told."""

    def __init__(self, answer: str) -> None:
        super().__init__(lambda source: answer)
        self.told: list[int] = []

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        self.told += [no_repeat_ngram] * len(sources)
        if no_repeat_ngram:
            return [[Hypothesis("The mayor spoke.", -0.1)] for _ in sources]
        return super().translate_batch(sources, beam_size=beam_size, hypotheses=hypotheses)


@pytest.mark.parametrize(
    ("answer", "told", "english"),
    [
        ("The mayor, the mayor, the mayor.", {0, 3}, "The mayor spoke."),
        ("The mayor saw 12 bridges.", {0}, "The mayor saw 12 bridges."),
    ],
)
def test_only_after_a_loop_nothing_may_come_again(
    answer: str, told: set[int], english: str
) -> None:
    source, translator = Source("Le maire a vu 12 ponts."), Repeating(answer)
    assert draft([source], translator, Settings())[source].target == english
    assert set(translator.told) == told


def test_a_warning_is_no_error() -> None:
    (finding,) = check_length("mot " * 6, "word " * 20)
    assert finding.severity is Severity.WARNING


def test_a_sentence_that_loses_a_number_is_tried_by_clauses() -> None:
    french = "Il a compté 12 arbres dans le parc, mais la commune voisine en attend encore."
    found = drafted(french, lambda text: text if len(text) < 50 else text.replace("12 ", ""))
    assert found.target == french
    assert found.origin is Origin.PIECES


def test_the_score_of_pieces_is_the_mean_of_their_words() -> None:
    class Scored(Fake):
        def translate_batch(self, sources: Sequence[str], **options: int) -> list[list[Hypothesis]]:
            rows = super().translate_batch(sources, **options)
            return [
                [Hypothesis(row[0].text, -0.3 if "arbres" in source else -0.6)]
                for source, row in zip(sources, rows, strict=True)
            ]

    french = "Il a compté 12 arbres dans le parc, mais la commune voisine en attend encore."
    translator = Scored(lambda text: text if len(text) < 50 else text.replace("12 ", ""))
    source = Source(french)
    score = draft([source], translator, Settings())[source].score
    assert score == pytest.approx((-0.3 * 8 - 0.6 * 7) / 15)


def test_what_no_model_translates_stays_french_and_is_told() -> None:
    class Silent(Fake):
        def translate_batch(self, sources: Sequence[str], **options: int) -> list[list[Hypothesis]]:
            return [[] for _ in sources]

    source = Source("Le maire est parti.")
    found = draft([source], Silent(), Settings())[source]
    assert (found.target, found.origin) == (source.text, Origin.KEPT)
    assert [finding.code for finding in found.findings] == ["untranslated.nothing"]


@pytest.mark.parametrize(("text", "is_there"), [("Le Mali.", True), ("Les Malien", False)])
def test_a_term_is_whole_words(text: str, is_there: bool) -> None:
    assert Term("Mali", "Mali").is_at(text, text.index("Mali")) is is_there


@pytest.mark.parametrize("french", ["Le docteur Morel est là.", "Le Docteur Morel est là."])
def test_a_title_may_begin_with_a_capital(french: str) -> None:
    assert [person.name for person in people(french)] == ["Morel"]


def test_a_clause_that_no_model_translates_stays_french() -> None:
    class Silent(Fake):
        def translate_batch(self, sources: Sequence[str], **options: int) -> list[list[Hypothesis]]:
            rows = super().translate_batch(sources, **options)
            return [row if "mais" not in s else [] for s, row in zip(sources, rows, strict=True)]

    source = Source("Le maire est parti, mais la commune voisine attend encore.")
    found = draft([source], Silent(lambda text: text.replace("parti", "gone")), Settings())[source]
    assert found.target == "Le maire est gone, mais la commune voisine attend encore."
    assert found.origin is Origin.PIECES


def test_a_sentence_that_loses_a_number_is_tried_by_clauses_with_the_number_masked() -> None:
    french = "Il a compté 12 arbres dans le parc, mais la commune voisine en attend encore."
    translator = Fake(
        lambda text: text.replace("12 ", "").replace("⟦0⟧ " if len(text) > 50 else "12 ", "")
    )
    translator.placeholders = ("⟦0⟧", "⟦1⟧")
    source = Source(french)
    assert draft([source], translator, Settings())[source].target == french
