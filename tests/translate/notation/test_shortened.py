"""Abbreviations in full, where what stands around tells the word."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation.shortened import written_out

GOLDEN = Path(__file__).parents[2] / "golden" / "shortened.tsv"
CASES = [
    line.split("\t")
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("short", "full"), CASES, ids=[short for short, _ in CASES])
def test_golden(short: str, full: str) -> None:
    assert written_out(short) == (full or short)


@given(st.text("art. 5bdAv.JC-hab1envmaxétc.à p.ex", max_size=40))
def test_what_is_in_full_stays(text: str) -> None:
    once = written_out(text)
    assert len(once) >= len(text) - 1
    assert written_out(written_out(once)) == written_out(once)
