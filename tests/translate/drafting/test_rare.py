"""Characters that a model lacks come through."""

import pytest

from tests.fakes import Fake
from translate.drafting import plans, rare, restore
from translate.notation.quotes import QuoteStyle

MARKS = tuple(f"⟦{number}⟧" for number in range(6))


class Poor(Fake):
    """A model that knows ASCII and French letters, and no other character."""

    placeholders = MARKS

    def covers(self, text: str) -> bool:
        return all(
            letter.isascii() or letter in "éèàçÉÈÀ⟦⟧…«»’" for letter in text.replace("|", "½")
        )


@pytest.mark.parametrize(
    ("french", "request_", "english"),
    [
        ("Le CO₂ monte.", "Le ⟦0⟧ monte.", "Le CO₂ monte."),
        ("De l'eau (H₂O) coule.", "De l'eau (⟦0⟧) coule.", "De l’eau (H₂O) coule."),
        ("Lire → Voir", "Lire ⟦0⟧ Voir", "Lire → Voir"),
        ("Ici → la suite", "Ici ⟦0⟧ la suite", "Ici → la suite"),
        ("Le iPad™ sort.", "Le iPad⟦0⟧ sort.", "Le iPad™ sort."),
        ("Voir § 12 bis.", "Voir ⟦0⟧ bis.", "Voir § 12 bis."),
        ("La moitié, ½ litre.", "La moitié, ⟦0⟧ litre.", "La moitié, ½ litre."),
        ("Il dit […] non.", "Il dit ⟦0⟧ non.", "Il dit […] non."),
        ("Le signe 测试 y est.", "Le signe ⟦0⟧ y est.", "Le signe 测试 y est."),
        ("Le taux de 4 ‰ baisse.", "Le taux de ⟦0⟧ baisse.", "Le taux de 4 ‰ baisse."),
        ("A ~ B et C ^ D", "A ~ B et C ^ D", "A ~ B et C ^ D"),
        ("3 × 4 = 12 fois", "⟦0⟧ fois", "3 × 4 = 12 fois"),
        ('Un écran de 27" brille.', "Un écran de ⟦0⟧ brille.", "Un écran de 27-inch brille."),
        ("À suivre…", "À suivre", "À suivre…"),
        ("À suivre ...", "À suivre", "À suivre ..."),
        ("À suivre en 2027...", "À suivre en ⟦0⟧", "À suivre en 2027..."),
    ],
)
def test_rare_characters_are_carried(french: str, request_: str, english: str) -> None:
    plan = plans.whole(french, Poor())
    assert plan is not None
    assert plan.requests() == [request_]
    assert restore.finish(plan, [request_], [], QuoteStyle.AMERICAN) == english


@pytest.mark.parametrize(
    ("french", "english", "lost"),
    [
        ("Le CO₂", "The CO", ["₂"]),
        ("12 m²", "12 square meters", []),
        ("38 °C et 2 ½", "38 degrees and 2 and a half", []),
        ("iPad™ | →", "iPad", ["™", "|", "→"]),
        ("le n° 3", "No. 3", []),
        ("• un", "one", []),
        ("Il a dit… non.", "He said “no.”", ["…"]),
        ("Il a dit… non.", "He said ... no.", []),
    ],
)
def test_a_lost_symbol_is_told(french: str, english: str, lost: list[str]) -> None:
    assert rare.lost(french, english) == lost


def test_the_cells_of_a_row_stay_apart() -> None:
    plan = plans.cut_at_marks("Santé et travail\t12 500\t0,3", Poor())
    assert plan.requests() == ["Santé et travail"]
    finished = restore.finish(plan, ["Health and work"], [], QuoteStyle.AMERICAN)
    assert finished == "Health and work\t12,500\t0.3"
    assert plans.whole("Santé et travail\t12 500", Poor()) is None
