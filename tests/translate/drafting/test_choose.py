import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pytest

from tests.fakes import Fake
from translate.document import Finding, Hypothesis, Origin, Severity
from translate.drafting.choose import Draft, better, choose, is_english_already, mended
from translate.drafting.ladder import Source, draft
from translate.settings import Settings

SOURCE = "Il a dit : « Il reste 12 jours. »"


def hypotheses(*texts: str) -> list[Hypothesis]:
    return [Hypothesis(text, -0.1 * rank) for rank, text in enumerate(texts)]


def chosen(*texts: str) -> str:
    found = choose(SOURCE, hypotheses(*texts), Origin.MODEL)
    assert found is not None
    return found.target


def test_the_first_that_keeps_the_promises_wins() -> None:
    good, lossy = "He said: “12 days are left.”", "He said 12 days are left."
    assert chosen(good, lossy) == good
    assert chosen(lossy, good) == good
    assert chosen("He said: “2 days are left.”", good, lossy) == good


def test_a_word_that_is_none_or_french_costs_the_place() -> None:
    good = "He said: “12 days remain.”"
    assert chosen("He said: “12 days remainiate.”", good) == good
    assert chosen("He dit: “12 days remain.”", good) == good
    assert chosen("He said: “12 days remainiate.”", "He said: “2 days remain.”") != good


@dataclass
class Watched:
    """Hypotheses of which `read` says which were asked for."""

    texts: tuple[str, ...]
    read: list[str] = field(default_factory=list)

    def __iter__(self) -> Iterator[Hypothesis]:
        for hypothesis in hypotheses(*self.texts):
            self.read.append(hypothesis.text)
            yield hypothesis


def test_what_comes_after_the_chosen_one_is_finished_when_it_is_looked_at() -> None:
    good, other = "He said: “12 days are left.”", "He said: “12 days remain.”"
    candidates = Watched((good, good, other))
    found = choose(SOURCE, candidates, Origin.MODEL)
    assert found is not None
    assert candidates.read == [good]
    assert found.score == 0.0  # the better of the two that are alike
    assert found.alternatives == (Hypothesis(other, -0.2),)
    assert candidates.read == [good, good, good, other]
    assert pickle.loads(pickle.dumps(found)) == found
    assert len(candidates.read) == 4


@pytest.mark.parametrize(
    ("source", "target", "kept"),
    [
        ("Stop the count right now", "Stop the count right now", True),
        ("Stop the count now", "Stop the count now", False),  # too short to tell
        ("We will never surrender them", "We will never surrender then", True),
        ("We will never surrender them", "We shall not give them up", False),
        ("Le maire de Paris est là", "Le maire de Paris est là", False),
        ("Macron annonce une visite surprise", "Macron annonce une visite surprise", False),
        ("The new laïcité of the left", "The new laïcité of the left", True),
        # a date in French alone
        (
            "Festival international Rock mardi 3 mars",
            "Festival international Rock mardi 3 mars",
            False,
        ),
    ],
)
def test_what_the_model_copies_is_english(source: str, target: str, kept: bool) -> None:
    assert is_english_already(source, target) is kept


@pytest.mark.parametrize(("changed", "kept"), [(0, True), (10, True), (100, False)])
def test_a_long_sentence_is_compared_word_by_word(changed: int, kept: bool) -> None:
    words = [f"{word}s" for word in "minister city member paper winner summer".split()] * 100
    copied = ["river"] * changed + words[changed:]
    assert is_english_already(" ".join(words), " ".join(copied)) is kept


def test_a_draft_without_an_error_is_not_mended() -> None:
    good = choose(SOURCE, hypotheses("He said: “12 days remain.”"), Origin.MODEL)
    assert mended(SOURCE, good) is good


def test_what_a_mended_number_does_not_save_stays_as_it_is() -> None:
    draft = choose("Il reste 12 jours.", hypotheses("Days remain.", "None."), Origin.MODEL)
    assert mended("Il reste 12 jours.", draft) is draft


def test_the_mended_one_has_the_score_of_its_hypothesis() -> None:
    garbled = Hypothesis("He asks for 150,00,000 euros.", -0.7)
    found = mended(
        "Il demande 150 000 euros.",
        choose("Il demande 150 000 euros.", [Hypothesis("He asks.", -0.2), garbled], Origin.MODEL),
    )
    assert found is not None
    assert (found.target, found.score) == ("He asks for 150,000 euros.", -0.7)


def test_the_alternatives_keep_their_scores() -> None:
    best = better(Draft("A.", Origin.MODEL, -0.1), Draft("B.", Origin.PIECES, -0.9))
    assert best is not None
    assert best.alternatives == (Hypothesis("B.", -0.9),)
    best = better(Draft("A.", Origin.MODEL, -0.1), Draft("B.", Origin.PIECES))
    assert best is not None
    assert best.alternatives == (Hypothesis("B.", 0.0),)


def test_the_alternatives_of_two_drafts_come_once() -> None:
    one = Draft("A.", Origin.MODEL, alternatives=tuple(hypotheses("B.", "C.")))
    two = Draft("B.", Origin.MODEL, alternatives=tuple(hypotheses("A.", "C.", "D.")))
    best = better(one, two)
    assert best is not None
    assert [alternative.text for alternative in best.alternatives] == ["B.", "C.", "D."]


def test_where_none_does_the_least_broken_wins() -> None:
    assert chosen("He said days.", "He said 12 days.") == "He said 12 days."


def test_the_others_stay_as_alternatives() -> None:
    found = choose(SOURCE, hypotheses("bad", "He said: “12 days.”", "worse"), Origin.MODEL)
    assert found is not None
    assert [other.text for other in found.alternatives] == ["bad", "worse"]
    assert found.score == -0.1


def test_what_the_model_all_but_copies_was_english() -> None:
    english = 'He said: "The summit opens in Geneva today."'
    found = choose(english, hypotheses(english.replace("Geneva", "Genev")), Origin.MODEL)
    assert found is not None
    assert (found.target, found.origin) == (english, Origin.KEPT)
    assert [finding.check for finding in found.findings] == ["language"]


def test_what_it_copies_of_the_french_was_not() -> None:
    for french in ("Le sommet est dans la ville", "« Accueil Monde Sport Culture Voyages »"):
        found = choose(french, hypotheses(french), Origin.MODEL)
        assert found is not None
        assert found.origin is Origin.MODEL


def test_an_empty_hypothesis_is_none() -> None:
    assert choose(SOURCE, hypotheses("", ""), Origin.MODEL) is None


def test_the_better_of_two_drafts() -> None:
    error = Finding("numbers.missing", Severity.ERROR, ("x",))
    warning = Finding("length.ratio", Severity.WARNING, ("6", "1"))
    broken = Draft("a", Origin.MODEL, -0.1, (error,), (Hypothesis("c", -0.3),))
    doubtful = Draft("b", Origin.PIECES, -0.9, (warning, warning))
    best = better(broken, doubtful)
    assert best is not None
    assert best.target == "b"
    assert [other.text for other in best.alternatives] == ["a", "c"]
    assert better(None, broken) is broken
    assert better(broken, None) is broken
    assert better(None, None) is None


def test_a_lost_quotation_is_answered_by_cutting() -> None:
    """The model drops every mark; the pieces between the marks are translated and joined."""
    translator = Fake(lambda text: text.replace("«", "").replace("»", "").strip()[::-1])
    source = Source("Jean disait « oui », puis « non », hier.")
    found = draft([source], translator, Settings())[source]
    assert found.target == "Tiasid naeJ “iuo,” siup “non,” .reih."
    assert (found.origin, found.errors) == (Origin.PIECES, 0)


def test_a_loop_is_answered_at_the_clauses() -> None:
    def looping(text: str) -> str:
        return "the menu " * 9 if len(text.split()) > 4 else text[::-1]

    source = Source("Accueil des gens, vie du monde, voix du sport, temps de culture")
    found = draft([source], Fake(looping), Settings())[source]
    assert found.errors == 0
    assert found.target == "Sneg sed lieuccA, ednom ud eiv, trops ud xiov, erutluc ed spmet"


def test_a_garbled_number_is_mended_and_told() -> None:
    translator = Fake(lambda text: "He asks for 150,00,000 euros.")
    source = Source("Il demande 150 000 euros.")
    found = draft([source], translator, Settings())[source]
    assert translator.seen == [source.text]
    assert found.target == "He asks for 150,000 euros."
    assert [(finding.check, finding.severity) for finding in found.findings] == [
        ("numbers", Severity.WARNING)
    ]
    assert "150,00,000" in found.findings[0].message
    assert found.alternatives[0].text == "He asks for 150,00,000 euros."


def test_a_loop_that_cannot_be_cut_is_answered_without_repetition() -> None:
    class Looping(Fake):
        def translate_batch(
            self, sources: Sequence[str], *, no_repeat_ngram: int = 0, **options: int
        ) -> list[list[Hypothesis]]:
            self.function = str if no_repeat_ngram else lambda text: "the menu " * 9
            return super().translate_batch(sources, **options)

    source = Source("Accueil monde sport culture voyages")
    found = draft([source], Looping(), Settings())[source]
    assert (found.target, found.errors) == (source.text, 0)


def test_a_model_that_loses_placeholders_gets_the_sentence_as_it_is() -> None:
    translator = Fake(lambda text: text.replace("⟦0⟧", "").replace("à 9 h", "at 9 a.m."))
    translator.placeholders = ("⟦0⟧",)
    source = Source("On y va à 9 h demain.")
    found = draft([source], translator, Settings())[source]
    assert translator.seen == ["On y va à ⟦0⟧ demain.", "On y va à 9 h demain."]
    assert found.target == "On y va at 9 a.m. demain."


def test_nothing_is_asked_twice() -> None:
    translator = Fake(lambda text: "no number")
    source = Source("Il reste 12 jours.")
    found = draft([source, source], translator, Settings())[source]
    assert translator.seen == ["Il reste 12 jours."]
    assert [finding.check for finding in found.findings] == ["numbers"]
