import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.document import Severity
from translate.drafting import checks

GOLDEN = Path(__file__).parents[2] / "golden" / "reversals.tsv"
CASES = [
    line.split("\t")
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("french", "english", "what"), CASES)
def test_what_is_reversed(french: str, english: str, what: str) -> None:
    found = checks.check(french, english, ["reversal"])
    assert [finding.code.removeprefix("reversal.") for finding in found] == [what][: bool(what)]
    assert all(finding.severity is Severity.WARNING for finding in found)


@given(st.text(), st.text())
def test_any_text_is_taken(french: str, english: str) -> None:
    checks.check(french, english, ["reversal"])


@pytest.mark.parametrize("text", ["ne " * 66_000, "n'a " * 50_000, "a" * 200_000, "not " * 50_000])
def test_long_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    checks.check(text, text, ["reversal"])
    assert time.process_time() - started < 3
