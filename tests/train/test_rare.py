"""Pairs made for rare words: the right word, with its elision, its article and its capital."""

import lzma
from dataclasses import replace
from pathlib import Path

import pytest

from train import agreement, lexicon
from train.config import PrepareConfig, RareConfig, Recipe
from train.corpora import Corpus, Pair
from train.dictionary import dictionary, framed, frames, titles
from train.errors import TrainError
from train.lexicon import Entry
from train.made import HEADLINES, NAMES, PHRASES, for_rare_words
from train.phrases import phrases
from train.prepare import prepare
from train.rare import SlotFinder, lacking, substituted
from train.titles import headlines

HEADER = "french\tenglish\tpos\tgender\tfeature\tfrench_lemma\tenglish_lemma\n"


def noun(french: str, english: str, gender: str = "f", feature: str = "sg") -> Entry:
    return Entry(french, english, "noun", gender, feature, (french, english))


def adjective(french: str, english: str, feature: str) -> Entry:
    return Entry(french, english, "adjective", "", feature, (french, english))


VILLE, ECOLE, AVERSE = noun("ville", "city"), noun("école", "school"), noun("averse", "shower")
AUBERGE = noun("auberge", "inn")
LOUCHE = noun("louche", "ladle")


@pytest.mark.parametrize(
    ("given", "old", "new", "gender", "expected"),
    [
        ("Près de l'", "école", "ville", "f", "Près de la "),
        ("La fin du ", "pain", "orge", "m", "La fin de l'"),
        ("L'", "école", "ville", "f", "La "),
        ("à l’", "hôtel", "palais", "m", "au "),
        ("de cet ", "hôtel", "hangar", "m", "de ce "),
        ("sa ", "ville", "école", "f", "son "),
        ("son ", "école", "hausse", "f", "sa "),
        ("beaucoup d'", "écoles", "villes", "f", "beaucoup de "),
        ("grande ", "ville", "école", "f", "grande "),
        ("sale ", "ville", "école", "f", "sale "),
        ("il l'", "aime", "vend", "", None),
    ],
)
def test_elision(given: str, old: str, new: str, gender: str, expected: str | None) -> None:
    assert agreement.before(given, old, new, gender) == expected


def test_words_are_replaced_by_rare_ones_of_their_kind() -> None:
    pairs = [("Il a vu l'école hier.", "He saw a school yesterday.")]
    made = list(substituted(pairs, [ECOLE], {LOUCHE: 1}, 9, seed=1))
    assert made == [("Il a vu la louche hier.", "He saw a ladle yesterday.")]
    made = list(substituted(pairs, [ECOLE], {AUBERGE: 1}, 9, seed=1))
    assert made == [("Il a vu l'auberge hier.", "He saw an inn yesterday.")]
    other = noun("palais", "palace", "m")
    assert list(substituted(pairs, [ECOLE], {other: 1}, 9, seed=1)) == []


def test_two_words_are_replaced_in_whatever_order() -> None:
    red, green = adjective("rouge", "red", "mfsg"), adjective("verte", "green", "fsg")
    pairs = [("Une louche verte dort.", "A green ladle sleeps.")] * 20
    made = set(substituted(pairs, [LOUCHE, green], {red: 9, ECOLE: 9}, 99, seed=1))
    assert ("Une école rouge dort.", "A red school sleeps.") in made
    assert all(("school" in en) == ("école" in fr) for fr, en in made)
    assert all(("red" in en) == ("rouge" in fr) for fr, en in made)


@pytest.mark.parametrize(
    "pair",
    [
        ("L'averse suit l'averse.", "The shower follows the shower."),
        ("La rue Averse", "Shower street"),
        ("Une averse tombe.", "It is raining."),
    ],
)
def test_no_slot_where_the_word_is_not_sure(pair: Pair) -> None:
    assert SlotFinder([AVERSE])(pair) == []
    assert SlotFinder([AVERSE])(("Une averse.", "A shower."))


def test_only_what_is_common_in_french_and_rare_here_is_lacking() -> None:
    known = {"ville": 500_000, "averse": 0, "le": 500_000}
    wanted = lacking([VILLE, AVERSE, noun("xyzzyx", "plugh")], known, {})
    assert set(wanted) == {AVERSE}
    assert lacking([AVERSE], known, {"averse": 2})[AVERSE] >= wanted[AVERSE]


def test_senses_are_those_that_sentences_bear_out() -> None:
    stop = Entry("détenus", "stopped", "verb", "", "pp-mpl", ("détenir", "stop"))
    detain = Entry("détenus", "detained", "verb", "", "pp-mpl", ("détenir", "detain"))
    pairs = [("Ils sont détenus.", "They are detained.")]
    assert lexicon.known_senses([stop, detain], pairs) == [detain]
    assert lexicon.known_senses([stop, detain], []) == [stop, detain]


@pytest.mark.parametrize(
    ("entry", "frame", "expected"),
    [
        (ECOLE, ("avec la *", "with the *"), ("avec l'école", "with the school")),
        (AUBERGE, ("une *", "a *"), ("une auberge", "an inn")),
        (AVERSE, ("cette *", "this *"), ("cette averse", "this shower")),
        (noun("été", "summer", "m"), ("ce *", "this *"), ("cet été", "this summer")),
    ],
)
def test_entry_in_a_frame(entry: Entry, frame: Pair, expected: Pair) -> None:
    assert framed(entry, *frame) == expected


def test_every_frame_has_its_place_on_both_sides() -> None:
    for pairs in frames().values():
        assert all(french.count("*") == english.count("*") == 1 for french, english in pairs)


def test_dictionary_gives_as_many_pairs_as_are_wanted() -> None:
    made = list(dictionary({ECOLE: 3, AVERSE: 40}, 5, seed=1))
    assert sum("school" in english for _, english in made) == 3
    assert sum("shower" in english for _, english in made) == 5


def test_titles_begin_with_a_capital_and_agree() -> None:
    wanted = {AVERSE: 2, adjective("américaine", "American", "fsg"): 2}
    assert set(titles(wanted, 4, seed=1)) == {("Averse américaine", "American shower")}


def test_headlines_lose_their_stop() -> None:
    pairs = [("Le sommet s'ouvre .", "The summit opens."), ("Quoi ?", "What?")]
    assert list(headlines(pairs, 9, seed=1)) == [("Le sommet s'ouvre", "The summit opens")]


def test_phrases_are_cut_where_the_alignment_allows() -> None:
    pytest.importorskip("systran_align")
    from tests.train.conftest import invented_pairs

    pairs = [(fr.replace(".", " ."), en.replace(".", " .")) for fr, en in invented_pairs(300)]
    made = list(phrases(pairs, {"témoin": 50, "loi": 50}, 5, seed=1))
    assert 5 <= len(made) <= 10
    assert all(("witness" in en) == ("témoin" in fr) for fr, en in made)


def write_lexicon(path: Path) -> Path:
    rows = "".join(
        f"{e.french}\t{e.english}\t{e.pos}\t{e.gender}\t{e.feature}\t{e.lemmas[0]}\t{e.lemmas[1]}\n"
        for e in (VILLE, ECOLE, AVERSE, noun("pied de biche", "crowbar", "m"))
    )
    path.write_bytes(lzma.compress((HEADER + rows).encode()))
    return path


def test_lexicon_is_read_and_its_faults_are_said(tmp_path: Path) -> None:
    path = write_lexicon(tmp_path / "words.tsv.xz")
    assert lexicon.read_lexicon(path) == [VILLE, ECOLE, AVERSE]
    (tmp_path / "short.tsv").write_text("french\tenglish\n", encoding="utf-8")
    with pytest.raises(TrainError, match="no column 'pos'"):
        lexicon.read_lexicon(tmp_path / "short.tsv")
    with pytest.raises(TrainError, match="cannot read the lexicon"):
        lexicon.read_lexicon(tmp_path / "none.tsv")


def test_nothing_made_is_in_a_test_set(tmp_path: Path) -> None:
    pairs = [(f"La ville a {n} écoles sur {n}", f"The city has {n} schools of {n}") for n in "12"]
    config = PrepareConfig(rare=RareConfig(made_from=("toy",), headlines=9))
    corpora = [Corpus("toy", "invented", "CC0-1.0", pairs)]
    held = frozenset({"thecityhas1schoolsof1"})
    made = for_rare_words(config, corpora, None, held, seed=1)
    assert [(corpus.name, corpus.pairs) for corpus in made] == [(HEADLINES, pairs[1:])]
    with pytest.raises(TrainError, match="--lexicon"):
        for_rare_words(replace(config, rare=RareConfig(dictionary=1)), corpora, None, held, seed=1)


def test_made_corpora_are_prepared(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("systran_align")
    rare = RareConfig(made_from=("toy",), substituted=9, dictionary=2, phrases=2, headlines=20)
    path = write_lexicon(tmp_path / "words.tsv.xz")
    made = replace(recipe, prepare=replace(recipe.prepare, rare=rare))
    table = prepare(made, data, tmp_path / "prepared", lexicon=path)
    names = [row.name for row in table]
    assert {PHRASES, HEADLINES} <= set(names) & set(NAMES)
