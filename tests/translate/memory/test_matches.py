"""What is remembered is the same sentence, or one that can be put right."""

from pathlib import Path

import pytest

from tests.fakes import Fake
from translate.document import Match, Origin
from translate.memory.matches import put_right, recall
from translate.memory.store import Memory, Unit
from translate.pipeline import analyse, translate_document
from translate.settings import Settings


@pytest.mark.parametrize(
    ("source", "target", "new", "expected"),
    [
        ("Il a 12 ans.", "He is 12 years old.", "Il a 14 ans.", "He is 14 years old."),
        (
            "Le mardi 4 avril, 250 personnes sont venues à Paris.",
            "On Tuesday, April 4, 250 people came to Paris.",
            "Le mercredi 5 mai, 310 personnes sont venues à Paris.",
            "On Wednesday, May 5, 310 people came to Paris.",
        ),
        (
            "Selon Emmanuel Macron, le chômage baisse de 3,5 %.",
            "According to Emmanuel Macron, unemployment is down 3.5%.",
            "Selon François Hollande, le chômage baisse de 14,2 %.",
            "According to François Hollande, unemployment is down 14.2%.",
        ),
        (
            "Lire sur https://a.fr/x la suite.",
            "Read more at https://a.fr/x now.",
            "Lire sur https://b.fr/y la suite.",
            "Read more at https://b.fr/y now.",
        ),
        ("Les 3 hommes et 3 femmes.", "The 3 men and 3 women.", "Les 3 hommes et 4 femmes.", None),
        ("Il y a 2 blessés.", "There are 2 injured.", "Il y a 1 blessé.", None),
        ("Il a douze ans déjà.", "He is a dozen already.", "Il a treize ans déjà.", None),
    ],
)
def test_numbers_dates_names_and_links_are_put_right_where_it_is_plain(
    source: str, target: str, new: str, expected: str | None
) -> None:
    found = put_right(Unit(source, target), new)
    assert (found and found[1]) == expected
    assert found is None or found[0] == new


def memory_of(path: Path, *units: Unit) -> Memory:
    memory = Memory(path, create=True)
    memory.add(units)
    return memory


def scores(memory: Memory, source: str, before: str = "", after: str = "") -> list[int]:
    return [match.score for match in recall([memory], source, before, after)]


def test_the_same_sentence_between_the_same_neighbours_comes_first(tmp_path: Path) -> None:
    units = Unit("Oui.", "Yes.", "Un.", "Deux."), Unit("Oui.", "Indeed.", changed="2")
    with memory_of(tmp_path / "m", *units) as memory:
        found = recall([memory], "Oui.", "Un.", "Deux.")
        assert [(match.target, match.score) for match in found] == [("Yes.", 101), ("Indeed.", 100)]
        assert recall([memory], "Oui.", "", "Deux.")[0] == Match("Oui.", "Indeed.", 100)


def test_fuzzy_matches_are_75_percent_like_and_never_100(tmp_path: Path) -> None:
    unit = Unit("Le ministre a parlé hier.", "The minister spoke yesterday.")
    with memory_of(tmp_path / "m", unit) as memory:
        assert scores(memory, "Le ministre a chanté hier.") == [84]
        assert scores(memory, "Le ministre a beaucoup mangé hier.") == []
    unit = Unit("Le ministre a 51 ans.", "The minister is 51.")
    with memory_of(tmp_path / "n", unit) as memory:
        (match,) = recall([memory], "Le ministre a 52 ans.", "", "")
        assert (match.target, match.score) == ("The minister is 52.", 99)


@pytest.mark.parametrize(
    "source",
    [
        "Il est venu de Londres à midi passé.",  # English says London
        "Il est venu de Lille à midi 30 passé.",
        "Il est venu de Lille à midi passé, https://a.fr.",
    ],
)
def test_what_would_lose_a_number_name_or_link_is_no_match(tmp_path: Path, source: str) -> None:
    unit = Unit("Il est venu de Lille à midi passé.", "He came from Lille past noon.")
    with memory_of(tmp_path / "m", unit) as memory:
        assert scores(memory, source) == []


def test_the_memory_takes_the_place_of_the_model(tmp_path: Path) -> None:
    units = (
        Unit("Le chat dort dans la maison.", "The cat is asleep at home."),
        Unit("Le ministre a parlé hier.", "The minister spoke yesterday."),
    )
    memory_of(tmp_path / "m", *units).close()
    text = "Le chat dort dans la maison. Le ministre a chanté hier. Il pleut sur la ville."
    model = Fake(lambda source: f"English of {len(source)}")
    settings = Settings(memories=(str(tmp_path / "m"),))
    first, second, third = translate_document(analyse(text), model, settings).segments()
    assert (first.target, first.origin, first.score) == (
        "The cat is asleep at home.",
        Origin.MEMORY,
        None,
    )
    assert not any("chat" in source for source in model.seen)
    assert second.origin is not Origin.MEMORY
    assert [match.score for match in second.matches] == [84]
    assert third.matches == ()
