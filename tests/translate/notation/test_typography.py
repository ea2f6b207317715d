import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.texts import sentences
from translate.notation import typography
from translate.notation.quotes import QuoteStyle


@pytest.mark.parametrize(
    ("target", "english"),
    [
        ("It is true : yes !", "It is true: yes!"),
        ("Really ? Yes ; no .", "Really? Yes; no."),
        ("3,5 % of it", "3.5% of it"),
        ("( a word )", "(a word)"),
        ("« We leave », he said.", "“We leave,” he said."),
        ('"We leave", he said.', "“We leave,” he said."),
        ("He said “yes”.", "He said “yes.”"),
        ("“Yes !”, he said.", "“Yes!” he said."),
        ("He said “it’s a ‘joke’”.", "He said “it’s a ‘joke.’”"),
        ("the mayor's house", "the mayor’s house"),
        ("at 10:30 and: this", "at 10:30 and: this"),
        ("a / b - c", "a / b - c"),
    ],
)
def test_american(target: str, english: str) -> None:
    assert typography.to_english(target, "3,5 %") == english


@pytest.mark.parametrize(
    ("style", "english"),
    [
        (QuoteStyle.AMERICAN, "“Yes, ‘now,’” he said."),
        (QuoteStyle.BRITISH, "‘Yes, “now”’, he said."),
        (QuoteStyle.STRAIGHT, "\"Yes, 'now,'\" he said."),
    ],
)
def test_styles(style: QuoteStyle, english: str) -> None:
    assert typography.to_english("« Yes, “now” », he said.", "", style) == english


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("NOUS UTILISONS DES COOKIES", True),
        ("EN DIRECT - LA GRÈVE DURE à Paris", True),
        ("L’ONU et l’OTAN", False),
        ("OTAN", False),
        ("Nous partons", False),
        ("", False),
        ("12 000", False),
    ],
)
def test_capitals_are_told(text: str, capitals: bool) -> None:
    assert typography.is_in_capitals(text) is capitals


def test_cases() -> None:
    assert typography.lower_capitals("« LA GRÈVE »") == "« La grève »"
    assert typography.capitalise_first("“yes” he") == "“Yes” he"
    assert typography.capitalise_first("12 men") == "12 men"
    assert typography.lower_first("The man") == "the man"
    assert typography.lower_first("I am") == "I am"
    assert typography.lower_first("NATO is") == "NATO is"


def test_what_web_copies_hide_is_dropped() -> None:
    assert typography.plain_spaces("gou\u00adverne\u200bment\u202f:\n oui") == "gouvernement : oui"


@given(sentences(), st.sampled_from(QuoteStyle))
def test_words_and_digits_stay(text: str, style: QuoteStyle) -> None:
    def letters(line: str) -> str:
        return "".join(c for c in line if c.isalpha()).replace("h", "")

    english = typography.to_english(text, "", style)
    assert letters(english) == letters(typography.plain_spaces(text))


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    for style in QuoteStyle:
        typography.to_english(text, text, style)
    typography.lower_capitals(text)
    typography.capitalise_first(text)
    typography.lower_first(text)


@pytest.mark.parametrize(
    ("text", "written_out"),
    [
        ("du 14 janv. au 2 déc.", "du 14 janvier au 2 décembre."),
        ("le 1er sept. 2003", "le 1er septembre 2003"),
        ("⟦0⟧ févr. ⟦1⟧", "⟦0⟧ février ⟦1⟧"),
        ("le 14 oct., on part", "le 14 octobre, on part"),
        ("Depuis sept. 2021, rien", "Depuis septembre 2021, rien"),
        ("Le contrôle date d'oct. 2017.", "Le contrôle date d'octobre 2017."),
        ("ils étaient sept. Puis huit", "ils étaient sept. Puis huit"),
    ],
)
def test_months_are_written_out(text: str, written_out: str) -> None:
    assert typography.full_months(text) == written_out


@pytest.mark.parametrize(
    ("text", "source", "wanted"),
    [
        ("It goes back to 2017", "Il remonte à 2017.", "It goes back to 2017."),
        ("It cost 300 pounds", "Il a coûté 300 livres.", "It cost 300 pounds."),
        ("He quotes “The World”", "Il cite « Le Monde ».", "He quotes “The World.”"),
        ("two fragments", "deux fragments ;", "two fragments;"),
        ("two fragments.", "deux fragments ;", "two fragments;"),
        ("Here is the list", "Voici la liste :", "Here is the list:"),
        ("Here is the list:", "Voici la liste :", "Here is the list:"),
        ("What then?", "Et alors ;", "What then?"),
        ("Renault SA", "Renault S.A.", "Renault SA"),
        ("A title", "Un titre", "A title"),
        ("He leaves…", "Il part.", "He leaves…"),
        ("He leaves!", "Il part.", "He leaves!"),
        ("\U000f0000He leaves.\U000f0001", "**Il part.**", "\U000f0000He leaves.\U000f0001"),
    ],
)
def test_the_end_is_that_of_the_french(text: str, source: str, wanted: str) -> None:
    found = typography.with_final_mark(text, source)
    found = typography.to_english(found, source)
    assert found == wanted
    assert typography.with_final_mark(found, source) == found


@pytest.mark.parametrize(
    ("text", "source", "wanted"),
    [
        ('"It was hot in Nîmes.."', "« Il a fait chaud à Nîmes… »", "“It was hot in Nîmes…”"),
        ("We'll see... perhaps.", "On verra… peut-être.", "We’ll see… perhaps."),
        ("We'll see...perhaps.", "On verra…peut-être.", "We’ll see…perhaps."),
        ("We'll see... perhaps.", "On verra... peut-être.", "We’ll see... perhaps."),
        ("See ../a.txt and so on....", "Voir ../a.txt, etc…", "See ../a.txt and so on...."),
    ],
)
def test_dots_are_those_of_the_french(text: str, source: str, wanted: str) -> None:
    assert typography.to_english(text, source) == wanted
    assert typography.to_english(wanted, source) == wanted


def test_a_dash_stays_a_dash() -> None:
    assert typography.to_english("Lyon -- A man", "Lyon — Un homme") == "Lyon — A man"
    assert typography.to_english("Lyon -- A man", "Lyon – Un homme") == "Lyon – A man"
    assert typography.to_english("run --all", "lancez --all") == "run --all"
    assert typography.to_english("a --- b", "a --- b — c") == "a --- b"
