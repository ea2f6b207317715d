import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation import names
from translate.terms.house import name_spans

GOLDEN = Path(__file__).parents[2] / "golden" / "names.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["english"])
def test_what_is_damaged_or_lost(case: dict[str, Any]) -> None:
    found = names.faults(case["french"], case["english"], name_spans(case["french"]))
    assert [[fault.name, fault.written] for fault in found] == case["faults"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["english"])
def test_what_is_damaged_is_put_right(case: dict[str, Any]) -> None:
    english = case["english"]
    for name, written in case["faults"]:
        english = english.replace(written, name, 1) if written else english
    assert names.mended(case["french"], case["english"], name_spans(case["french"])) == english


RULERS = (
    "pape papes roi rois reine reines saint saints sainte saintes prince princes princesse "
    "princesses empereur empereurs impératrice impératrices tsar tsars duc ducs duchesse duchesses "
    "sultan sultans apôtre apôtres évangile prophète prophètes frère frères sœur sœurs père pères "
    "mère mères".split()
)


@pytest.mark.parametrize("ruler", RULERS)
def test_who_rules_has_an_english_name(ruler: str) -> None:
    english = "Yesterday came Stephen."
    assert names.faults("Hier vint Étienne.", english)
    assert names.faults(f"Hier vint le {ruler} Étienne.", english) == ()
    assert names.faults(f"Hier vint l’{ruler} d’Étienne.", english) == ()


@pytest.mark.parametrize(
    ("french", "english", "are_right"),
    [
        ("Hier vint Étienne le Grand.", "Yesterday came Stephen the Great.", True),
        ("Hier vint Étienne II.", "Yesterday came Stephen II.", True),
        ("Hier vint M. Étienne Morel.", "Yesterday came Mr. Stephen Morel.", False),
        ("Hier vint M. Étienne Morel.", "Yesterday came Mr. Étienne Morel.", True),
    ],
)
def test_who_else_has_an_english_name(french: str, english: str, are_right: bool) -> None:
    assert (names.faults(french, english) == ()) is are_right


@given(st.text(), st.text())
def test_what_was_written_stands_in_the_english(french: str, english: str) -> None:
    for fault in names.faults(french, english):
        end = fault.start + len(fault.written)
        assert english[fault.start : end] == fault.written
        assert fault.name in french


@given(st.sampled_from(CASES))
def test_mending_twice_is_mending_once(case: dict[str, Any]) -> None:
    once = names.mended(case["french"], case["english"])
    assert names.mended(case["french"], once) == once


@pytest.mark.parametrize("text", ["Ab " * 60_000, "d'A" * 60_000, "De " * 60_000, "É" * 200_000])
def test_long_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    names.faults(text, text)
    assert time.process_time() - started < 3
