"""A model without placeholders is given numbers in their place, and the desk gets them back."""

import pytest

from tests.fakes import Fake
from translate.drafting.ladder import Source, draft
from translate.engines.standins import MARKS, NUMBERS, StandIns
from translate.settings import Settings


def test_numbers_go_in_and_placeholders_come_out() -> None:
    inner = Fake(lambda source: source.replace("Voir", "See"))
    ((found,),) = StandIns(inner).translate(["Voir ⟦0⟧ et ⟦3⟧."])
    assert inner.seen == [f"Voir {NUMBERS[0]} et {NUMBERS[1]}."]
    assert found.text == "See ⟦0⟧ et ⟦3⟧."


def test_a_number_of_the_text_is_never_taken_for_one() -> None:
    inner = Fake()
    source = f"Les {NUMBERS[0]} élus et 1{NUMBERS[1]} autres : ⟦0⟧."
    ((found,),) = StandIns(inner).translate([source])
    assert inner.seen[0].endswith(f": {NUMBERS[2]}.")
    assert found.text == source


@pytest.mark.parametrize("habit", ["1{}", "{}4", "{},5", "{}.5", "3.{}", "{}s", "x{}", ""])
def test_a_number_that_did_not_come_out_is_lost(habit: str) -> None:
    inner = Fake(lambda source: source.replace(NUMBERS[0], habit.format(NUMBERS[0])))
    ((found,),) = StandIns(inner).translate(["Voir ⟦0⟧."])
    assert "⟦0⟧" not in found.text


def test_more_placeholders_than_there_are() -> None:
    """A text full of the numbers: what is left over is given as it is."""
    source = f"{' '.join(NUMBERS)} ⟦0⟧"
    ((found,),) = StandIns(Fake()).translate([source])
    assert found.text == source


def test_links_and_numbers_stay_in_one_sentence() -> None:
    inner = Fake(lambda source: source.replace("Voir", "See").replace(" et les ", " and the "))
    source = "Voir https://example.org/a et les 12 500 pages."
    found = draft([Source(source)], StandIns(inner), Settings())[Source(source)]
    assert found.target == "See https://example.org/a and the 12,500 pages."
    assert not found.findings
    assert inner.seen[0] == f"Voir {NUMBERS[0]} et les {NUMBERS[1]} pages."


def test_a_number_that_is_lost_in_a_long_sentence_is_kept_in_its_clause() -> None:
    """The model drops all numbers but one; cut at its clauses each has one."""

    def forgetful(source: str) -> str:
        numbers = [number for number in NUMBERS if number in source]
        for number in numbers[1:]:
            source = source.replace(f" {number}", "")
        return "".join(c for c in source if not c.isdigit() or numbers)

    source = "Il a vu 12 500 arbres, elle a vu 13 700 fleurs, nous avons vu 14 900 oiseaux."
    found = draft([Source(source)], StandIns(Fake(forgetful)), Settings())[Source(source)]
    assert all(number in found.target for number in ("12,500", "13,700", "14,900"))


def test_there_are_enough() -> None:
    assert len(MARKS) < len(NUMBERS) == len(set(NUMBERS))
    assert all(len(set(number)) == 3 for number in NUMBERS)


def test_a_sentence_goes_on_from_a_prefix_as_with_the_model_itself() -> None:
    class Completing(Fake):
        def complete(self, source: str, prefix: str, *, hypotheses: int = 5) -> list[str]:
            return [f"{prefix} and on"] * hypotheses

    assert StandIns(Completing()).complete("Voir.", "See", hypotheses=2) == ["See and on"] * 2
