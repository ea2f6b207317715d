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
            "quotations",
            "Il dit « oui ».",
            "He “says” “yes.”",
            "2 quotation marks in the French, 4 in the English",
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
        ("french", "Elle vit à Moscou.", "She lives in Moscou.", "“Moscou” is left in French"),
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


#: For each check a sentence that it alone speaks of when it is asked.
FOUND = {
    "numbers": ("Il y a 12 morts.", "There are 13 dead."),
    "quotations": ("Il dit « oui ».", "He says yes."),
    "brackets": ("Il part (demain).", "He leaves (tomorrow."),
    "links": ("Voir https://a.fr/b ici.", "See here."),
    "names": ("Selon Mbappé, c’est perdu.", "According to Mbapped, it is lost."),
    "length": ("mot " * 6, "word " * 30),
    "repetition": ("Il faut une aide.", "The aid of the aid of the aid of the aid of"),
    "untranslated": ("Le maire est parti hier.", "Le maire est parti hier."),
    "words": ("Le barbier est parti.", "The barbxyle has left."),
    "french": ("Le maire est parti.", "The maire has left."),
    "reversal": ("La hausse des prix.", "The fall in prices."),
    "unknown": ("Il pleut.", "It \u2047 rains."),
}


@pytest.mark.parametrize("name", checks.CHECKS)
def test_every_check_has_a_case_and_its_own_name(name: str) -> None:
    assert [finding.check for finding in checks.check(*FOUND[name], [name])] == [name]


@pytest.mark.parametrize(
    ("text", "loop"),
    [
        ("very very very very good", "very"),
        ("he said that he said that he said that", "he said that"),
        ("one two three four five six seven eight nine ten", ""),
        ("he came and he saw and he won", ""),
        ("", ""),
        ("10 10 10 10 10", ""),
        ("no no no", ""),
        ("no no no no", "no"),
        ("so it is so it is", ""),
        ("so it is so it is so it is", "so it is"),
        ("a b c d e f " * 3, "a b c d e f"),
        ("the old man, the old man and the old man", "the old man"),
        ("the old man, the old man and the very old man", ""),
        ("old man one two, old man one six, old man one ten", "old man one"),
        ("old man one two, old man one six, old man one", "old man one"),
        ("old man one, old man one six old", ""),
        ("the old man a b c d e, the old man f g h i j, the old man k l m", "the old man"),
        ("the old man a b c d e, the old man f g h i j, the old man k l m n o", ""),
    ],
)
def test_looping(text: str, loop: str) -> None:
    assert checks.looping(text) == loop


@pytest.mark.parametrize(
    ("french", "english", "twice"),
    [
        ("Le sucre de betterave.", "Beet sugar sugar.", "sugar"),
        ("La journée du sida.", "World AIDS AIDS Day.", "AIDS"),
        ("C’est l’été cette année.", "It is this summer this summer.", "this summer"),
        ("Sur le parking du port.", "On the Port port parking.", "Port"),
        ("Il est bon.", "He is as good as as a father.", "as"),
        ("Il part, et part.", "He goes, goes on.", ""),
        ("Nous nous parlons.", "We talk talk.", ""),
        ("Le plan qu’il avait eu.", "The plan that he had had.", ""),
        ("De plus en plus.", "There are more and more and fewer.", ""),
        ("Son ami.", "His art artist.", ""),
        ("À 20 h.", "At 20 20.", ""),
    ],
)
def test_words_twice_running(french: str, english: str, twice: str) -> None:
    values = [f.values for f in checks.check(french, english, ["repetition"])]
    assert values == ([(twice,)] if twice else [])


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


@pytest.mark.parametrize(
    ("source", "target", "place", "found"),
    [
        ("« Il part.", "“He leaves.", checks.ALONE, ["quotations.alone"]),
        ("« Il part.", "“He leaves.", checks.Place(runs_on=True), []),
        ("« Il part.", "“He leaves.", checks.Place(carried=True), []),
        ("Il part. »", "“He leaves.”", checks.Place(carried=True), []),
        ("Il part. »", "He leaves.”", checks.Place(carried=True), ["quotations.carried"]),
        (" ", "", checks.Place(carried=True), []),
    ],
)
def test_marks_whose_partner_is_in_another_sentence(
    source: str, target: str, place: checks.Place, found: list[str]
) -> None:
    assert [finding.code for finding in checks.check_quotations(source, target, place)] == found


@pytest.mark.parametrize(
    ("english", "found"),
    [
        ("Sébastien Kervélla speaks.", []),
        ("Sebastien Kervella speaks.", []),  # a person may leave accents out
        ("Sébastien Kervalla speaks.", ["names.changed"]),
        ("He speaks.", ["names.missing"]),
    ],
)
def test_names_that_are_changed_or_missing(english: str, found: list[str]) -> None:
    french = "Hier, Sébastien Kervélla parle."
    assert [finding.code for finding in checks.check_names(french, english)] == found


@pytest.mark.parametrize(("words", "said"), [(8, True), (9, False), (30, False), (31, True)])
def test_the_length_of_twenty_words(words: int, said: bool) -> None:
    assert bool(list(checks.check_length("mot " * 20, "word " * words))) is said


@pytest.mark.parametrize(
    ("french", "english", "found"),
    [
        ("Il part lundi.", "He leaves on Tuesday.", ["numbers.changed"]),
        ("Ils sont 12.", "They are $12.", ["numbers.currency-added"]),
        ("Elle vaut 2 M€.", "It is worth €3 million.", ["numbers.changed"]),  # one sum, said once
        ("Il part (hier.", "He left) yesterday.", []),  # the French has lost one too
        ("HIER, KARIM BENHADDOU A PARLÉ.", "YESTERDAY THE MAN SPOKE.", []),  # no names are told
        ("Le maire de Lyon part.", "He.", ["names.missing"]),  # too short to say more of its length
        ("Il ne vient pas.", "He comes.", ["reversal.negation-lost"]),
        ("Il vient.", "He does not come.", ["reversal.negation-added"]),
        ("Le \u2047 part.", "The \u2047 leaves.", []),
        ("Il fait 12 ° dehors.", "It is 12 outside.", ["unknown.symbol"]),
    ],
)
def test_what_alone_is_found(french: str, english: str, found: list[str]) -> None:
    assert [finding.code for finding in checks.check(french, english)] == found


@pytest.mark.parametrize(
    ("english", "found"), [("Litt saves Nanterre", ["names"]), ("Petit saves Nanterre", [])]
)
def test_a_surname_of_the_article_is_a_name(english: str, found: list[str]) -> None:
    place = checks.Place(surnames=("Petit",))
    findings = checks.check("Petit sauve Nanterre", english, ["names"], place=place)
    assert [finding.check for finding in findings] == found
    assert checks.check("Petit sauve Nanterre", english, ["names"]) == ()


def test_a_surname_of_the_article_is_not_left_french() -> None:
    place = checks.Place(surnames=("Copé",))
    assert checks.check("Copé attaque.", "Copé attacks.", place=place) == ()
    assert [f.check for f in checks.check("Copé attaque.", "Copé attacks.")] == ["french"]


def test_in_page_furniture_all_but_names_is_looked_for() -> None:
    menu = "Karim Benhaddou : 12 articles", "Articles"
    furniture = checks.Place(furniture=True)
    assert {finding.check for finding in checks.check(*menu)} == {"names", "numbers"}
    assert {finding.check for finding in checks.check(*menu, place=furniture)} == {"numbers"}


@pytest.mark.parametrize(("words", "is_left"), [(16, True), (17, False)])
def test_two_small_words_of_french_in_sixteen_are_left_french(words: int, is_left: bool) -> None:
    english = "The mayor of the town said on Monday that the bridge will open again soon there"
    text = " ".join([*english.split()[: words - 2], "est", "dans"])
    assert bool(list(checks.check_untranslated("Il part.", text))) is is_left


def test_one_small_word_is_not_left_french_and_three_are_named() -> None:
    assert list(checks.check_untranslated("Il part.", "He dans leaves.")) == []
    (finding,) = checks.check_untranslated("Il part.", "Elle est dans le car avec nous")
    assert finding.values == ("elle”, “est”, “dans",)


@pytest.mark.parametrize(
    ("text", "is_copied"),
    [
        ("Manifestation pacifiste devant ambassade américaine hier", True),
        ("MANIFESTATION PACIFISTE DEVANT AMBASSADE AMÉRICAINE HIER", True),
        ("Manifestation pacifiste devant ambassade américaine", False),  # five words may be alike
    ],
)
def test_six_words_that_stay_as_they_are_are_a_copy(text: str, is_copied: bool) -> None:
    found = [finding.code for finding in checks.check_untranslated(text, text)]
    assert found == ["untranslated.copied"] * is_copied


@pytest.mark.parametrize(("copied", "found"), [(3, []), (4, ["untranslated.copied"])])
def test_three_words_in_five_that_are_copied_are_a_copy(copied: int, found: list[str]) -> None:
    """Six words, of which so many stay as they are."""
    french = "manifestation pacifiste devant ambassade américaine hier".split()
    english = [*french[:copied], *"before the embassy".split()]
    target = " ".join(english)
    assert [one.code for one in checks.check_untranslated(" ".join(french), target)] == found
