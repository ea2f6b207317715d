"""The words of a hypothesis beside its reference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.differences import Change, differences

BRACKETS = {
    Change.NONE: "{}",
    Change.FORM: "~{}~",
    Change.MOVED: "<{}>",
    Change.OTHER: "[{}]",
    Change.ADDED: "+{}+",
    Change.MISSING: "-{}-",
}


@pytest.mark.parametrize(
    ("hypothesis", "reference", "expected"),
    [
        ("The cat slept.", "The cat slept.", "The cat slept."),
        ("The cat slept.", "The dog slept.", "The [cat] slept."),
        ("A big red cat", "A cat", "A +big red+ cat"),
        ("A cat", "A big red cat", "A -big red- cat"),
        ("", "A cat", "-A cat-"),
        ("A cat", "", "+A cat+"),
        ("A \x01cat\x02", "A cat", "A cat"),
        ("The minister resigned", "The Minister resigned.", "The ~minister resigned~"),
        ("The elected president", "The election president", "The ~elected~ president"),
        ("On Monday he spoke", "He spoke on Monday", "[On] <Monday> ~he~ spoke -on-"),
    ],
)
def test_kinds_of_change(hypothesis: str, reference: str, expected: str) -> None:
    runs = differences(hypothesis, reference)
    assert " ".join(BRACKETS[run.change].format(run.text) for run in runs) == expected


@given(st.text(), st.text())
def test_the_hypothesis_is_whole(hypothesis: str, reference: str) -> None:
    runs = differences(hypothesis, reference)
    shown = " ".join(run.text for run in runs if run.change is not Change.MISSING)
    plain = "".join(" " if letter < " " or letter == "\x7f" else letter for letter in hypothesis)
    assert shown.split() == plain.split()
