import pytest

from translate.document import Severity
from translate.drafting import checks


@pytest.mark.parametrize(
    ("check", "source", "target", "message"),
    [
        ("numbers", "Hausse de 3,5 %.", "A rise of 35%.", "3,5 in the French, 35 in the English"),
        (
            "numbers",
            "Elle vaut 2 M€.",
            "It is worth $2 million.",
            "2 M€ in the French, no such sum in the English",
        ),
        (
            "numbers",
            "300 M$ et 2 M€",
            "$300 million and $2 million",
            "2 M€ in the French, no such sum in the English",
        ),
        (
            "numbers",
            "Il a 12 ans.",
            "He is a child.",
            "12 in the French, no such number in the English",
        ),
        (
            "numbers",
            "Il part.",
            "He leaves at 9 p.m.",
            "9 p.m. in the English, no such number in the French",
        ),
        (
            "quotations",
            "Il dit « oui ».",
            "He says yes.",
            "2 quotation marks in the French, 0 in the English",
        ),
        (
            "quotations",
            "Il dit « oui ».",
            "He says “yes “no.",
            "a quotation of the English is not closed or not opened",
        ),
        (
            "links",
            "Voir [ici](https://a.fr).",
            "See here.",
            "](https://a.fr) is missing in the English",
        ),
        ("links", "Écrire à a@b.fr.", "Write to us.", "a@b.fr is missing in the English"),
        (
            "names",
            "Hier, Karim Benhaddou a parlé.",
            "Yesterday the man spoke.",
            "the name “Karim Benhaddou” is not found in the English",
        ),
        (
            "names",
            "Selon Kylian Mbappé, oui.",
            "According to Kylian Mbapped, yes.",
            "Mbappé in the French, Mbapped in the English",
        ),
        ("length", "Le ministre a parlé.", " ", "the English is empty"),
        (
            "length",
            "Le ministre de la ville a longuement parlé hier soir.",
            "He spoke.",
            "10 words in the French, 2 in the English",
        ),
        (
            "repetition",
            "Nous utilisons des cookies.",
            "cookies cookies cookies cookies",
            "the English repeats “cookies”",
        ),
        (
            "repetition",
            "L’aide.",
            "the aid of the aid of the aid of the aid of",
            "the English repeats “the aid of”",
        ),
        (
            "untranslated",
            "Il est parti.",
            "He est parti dans the car.",
            "French is left in the English (“est”, “dans”)",
        ),
        (
            "untranslated",
            "Tribunal correctionnel Bordeaux audience publique reprise",
            "Tribunal correctionnel Bordeaux audience publique reprise",
            "the English is the same as the French",
        ),
        ("words", "L’hégémonie cesse.", "The egemony ends.", "“egemony” is in no word list"),
        ("french", "Chez nous, il pleut.", "Chez us it rains.", "“Chez” is left in French"),
        (
            "unknown",
            "Le mot.",
            "The \u2047 .",
            "the model wrote a word that it cannot spell (\u2047)",
        ),
    ],
)
def test_what_is_found(check: str, source: str, target: str, message: str) -> None:
    findings = checks.check(source, target, [check])
    assert message in [finding.message for finding in findings]
    assert {finding.check for finding in findings} == {check}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Hausse de 3,5 % sur 12 000 ventes.", "A rise of 3.5% on 12,000 sales."),
        ("Il dit : « Oui, “demain”. »", "He says: “Yes, ‘tomorrow.’”"),
        ("Voir [ici](https://a.fr).", "See [here](https://a.fr)."),
        ("Hier, Vladimir Poutine a parlé.", "Yesterday Vladimir Putin spoke."),
        ("Jamais, jamais, jamais, jamais !", "Never, never, never, never!"),
        (
            "Le film « Le Fabuleux Destin de la ville » sort.",
            "The film “Le Fabuleux Destin de la ville” is out.",
        ),
        ("", ""),
    ],
)
def test_what_is_well(source: str, target: str) -> None:
    assert [
        f
        for f in checks.check(source, target)
        if f.severity is Severity.ERROR and f.check != "length"
    ] == []


def test_every_check_has_a_case_and_its_own_name() -> None:
    for name in checks.CHECKS:
        assert (
            checks.check("Il dit « 12 » a@b.fr.", "x " * 40 + "\u2047 le la les", [name])
            is not None
        )
    assert set(checks.CHECKS) >= {
        "numbers",
        "quotations",
        "names",
        "length",
        "repetition",
        "untranslated",
    }


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("very very very very good", "very"),
        ("he said that he said that he said that", "he said that"),
        ("one two three four five six seven eight nine ten", ""),
        ("he came and he saw and he won", ""),
        ("", ""),
        ("10 10 10 10 10", ""),
    ],
)
def test_looping(text: str, loop: str) -> None:
    assert checks.looping(text) == loop


def test_names_alone_do_not_make_a_copy() -> None:
    names = "Par Anne Morel et Luc Besnard", "By Anne Morel and Luc Besnard"
    assert checks.check(*names) == ()


def test_french_in_names_and_addresses_is_none_left() -> None:
    for french, english in (
        ("La Voix du Nord change.", "La Voix du Nord is changing."),
        ("Par exemple : https://a.fr/par/les/pas", "For example: https://a.fr/par/les/pas"),
    ):
        assert checks.check(french, english, ["untranslated", "french", "words"]) == ()


def test_menus_have_no_names() -> None:
    menu = "Lire aussi Karim Benhaddou", "Read also"
    assert [finding.check for finding in checks.check(*menu)] == ["names"]
    assert checks.check(*menu, place=checks.Place(furniture=True)) == ()
