"""Incises inside quotations, and elisions before them."""

import time
from pathlib import Path

import pytest
from hypothesis import given

from tests.fakes import Fake
from tests.texts import sentences
from translate.drafting.ladder import Source, draft
from translate.notation import quotes
from translate.notation.quotes import QuoteStyle
from translate.notation.speech import parted, parted_english, unelided, without_elisions
from translate.settings import Settings

GOLDEN = [
    line.split("\t")
    for line in Path("tests/golden/incises.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("# ")
]


@pytest.mark.parametrize("line", GOLDEN, ids=lambda line: line[0][:40])
def test_golden_incises(line: list[str]) -> None:
    assert parted(line[0]) == line[-1]
    assert parted(line[-1]) == line[-1]


@given(sentences())
def test_a_sentence_keeps_its_words_and_its_balance(text: str) -> None:
    given = parted(text)
    assert [c for c in given if c.isalnum()] == [c for c in text if c.isalnum()]
    assert not quotes.is_balanced(text) or quotes.is_balanced(given)


FRANCE = "« La France, a-t-il ajouté, ne cédera pas. »"


@pytest.mark.parametrize(
    ("french", "model", "english"),
    [
        (FRANCE, "“France, he added, will not yield.”", "“France,” he added, “will not yield.”"),
        (FRANCE, "“France,” he added, “will not yield.”", "“France,” he added, “will not yield.”"),
        (FRANCE, "“France, added he, will not yield.”", "“France,” added he, “will not yield.”"),
        (
            "« Partez ! crie le gendarme. »",
            "“Leave! shouts the officer.”",
            "“Leave!” shouts the officer.",
        ),
        (
            "« On recule, s’est indigné M. Blin. Votons. »",
            "“We retreat, complained Mr. Blin. Let us vote.”",
            "“We retreat,” complained Mr. Blin. “Let us vote.”",
        ),
        ("« Oui, demain. »", "“Yes, he said, tomorrow.”", "“Yes, he said, tomorrow.”"),
    ],
)
def test_what_the_model_left_inside_goes_out(french: str, model: str, english: str) -> None:
    assert parted_english(model, french) == english


def test_british_commas_stay_outside() -> None:
    english = parted_english("‘France, he added, will not yield.’", FRANCE, comma_inside=False)
    assert english == "‘France’, he added, ‘will not yield.’"


@pytest.mark.parametrize(
    ("french", "given"),
    [
        ("Il parle d'« abus ».", "Il parle de « abus »."),
        ("C’est l’« exception » du jour.", "C’est « l'exception » du jour."),
        ("Il estime qu’« il faut » agir.", "Il estime que « il faut » agir."),
        ('Il dénonce l\'"amateurisme".', 'Il dénonce "l\'amateurisme".'),
        ("L’“affaire” est close.", "“L'affaire” est close."),
        ("jusqu'« au bout »", "jusque « au bout »"),
        ("Il n’« est » plus d’accord.", "Il ne « est » plus d’accord."),
        ("l’heure d’agir", "l’heure d’agir"),
    ],
)
def test_elisions_are_written_out(french: str, given: str) -> None:
    assert unelided(french) == given


@pytest.mark.parametrize(
    ("french", "model", "english"),
    [
        ("la fin de l’« exception »", "the end of the'“exception”", "the end of the “exception”"),
        ("la fin de l’« exception »", "the end of “the exception”", "the end of the “exception”"),
        ("L’« affaire » finit.", "“The affair” ends.", "The “affair” ends."),
        ("« L’affaire » finit.", "“The affair” ends.", "“The affair” ends."),
        ("Il parle d’« abus ».", "He speaks of'“abuse.”", "He speaks of “abuse.”"),
    ],
)
def test_no_elision_is_left_in_the_english(french: str, model: str, english: str) -> None:
    assert without_elisions(model, french) == english


def test_an_incise_is_no_lost_mark() -> None:
    model = Fake(lambda text: '"France, he added, will not yield."')
    found = draft([Source(FRANCE)], model, Settings())[Source(FRANCE)]
    assert found.target == "“France,” he added, “will not yield.”"
    assert not found.findings


def test_a_carried_quotation_is_no_lost_mark() -> None:
    source = Source("Nous gagnerons demain.", carried=True, runs_on=True)
    found = draft([source], Fake(lambda text: "We will win."), Settings())[source]
    assert (found.target, found.findings) == ("“We will win.", ())


@pytest.mark.parametrize("text", ["Jamais », dit-il.", "Il répond : « Nous verrons."])
def test_a_mark_without_a_partner_is_said(text: str) -> None:
    found = draft([Source(text)], Fake(), Settings())[Source(text)]
    assert "quotations.alone" in [finding.code for finding in found.findings]


@pytest.mark.parametrize(
    ("french", "model", "style", "english"),
    [
        (
            "« Où va-t-on ? », dit-elle.",
            '"Where to?," she says.',
            "AMERICAN",
            "“Where to?” she says.",
        ),
        (
            "« Où va-t-on ? », dit-elle.",
            '"Where to?", she says.',
            "BRITISH",
            "‘Where to?’ she says.",
        ),
        ("« Partez ! », dit-il.", '"Go!," he says.', "AMERICAN", "“Go!” he says."),
        (
            "« Je pars. », puis il sort.",
            '"I go." then he left.',
            "AMERICAN",
            "“I go,” then he left.",
        ),
        ("Le mot « oui ».", 'The word "yes."', "BRITISH", "The word ‘yes’."),
        ("Le mot « oui ».", 'The word "yes".', "AMERICAN", "The word “yes.”"),
        ("« Je pars. »", '"I am leaving."', "BRITISH", "‘I am leaving.’"),
        ("« Je pars », dit-il.", '"I go," he says.', "BRITISH", "‘I go’, he says."),
        ("<< Oui >>, dit-il.", "<< Yes >>, he says.", "AMERICAN", "“Yes,” he says."),
        ("(« Non », dit-il.)", '"No," he says.', "AMERICAN", "(“No,” he says.)"),
        ("Chantons !", "Let us sing.", "AMERICAN", "Let us sing!"),
        ("« Partez ! »", '"Leave."', "AMERICAN", "“Leave!”"),
        ("À suivre…", "To be followed-", "AMERICAN", "To be followed…"),
        ("Qui paiera ?", "Who will pay", "AMERICAN", "Who will pay?"),
        ("Oui ! (enfin)", "Yes! (finally)", "AMERICAN", "Yes! (finally)"),
        ("Il part.", "He leaves!", "AMERICAN", "He leaves!"),
        ("[Photo perdue.]", "Lost photo.", "AMERICAN", "[Lost photo.]"),
    ],
)
def test_marks_and_punctuation(french: str, model: str, style: str, english: str) -> None:
    settings = Settings(quotes=QuoteStyle[style])
    found = draft([Source(french)], Fake(lambda text: model), settings)[Source(french)]
    assert found.target == english


def test_a_style_has_a_name() -> None:
    assert QuoteStyle("british") is QuoteStyle.BRITISH
    with pytest.raises(ValueError, match="loud"):
        QuoteStyle("loud")


@pytest.mark.parametrize(
    "unit", ["« a, ", "«a, dit-il, b» ", "<<", "<<a>>", "l’«", ", ", "(", "[a"]
)
def test_linear_time(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    started = time.process_time()
    parted(text), parted_english(text, text), unelided(text), quotes.marks(text)
    assert time.process_time() - started < 5
