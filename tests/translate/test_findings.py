"""Findings are codes with values; their sentences stand in one table for both languages."""

import re
from pathlib import Path

import pytest

import translate
from translate.document import Finding, Severity
from translate.drafting.checks import CHECKS
from translate.findings import READERS, sentence, sentences

_RAISED = re.compile(r'(?:Finding|_error|_warning|_info)\(\s*"([\w.-]+)"')


def codes_in_the_code() -> set[str]:
    files = Path(translate.__file__).parent.rglob("*.py")
    return {code for f in files for code in _RAISED.findall(f.read_text(encoding="utf-8"))}


def test_every_code_has_its_sentence_and_every_sentence_its_code() -> None:
    assert codes_in_the_code() == set(sentences())


def test_every_check_has_a_sentence() -> None:
    assert set(CHECKS) <= {code.partition(".")[0] for code in sentences()}


@pytest.mark.parametrize("code", sorted(sentences()))
def test_a_sentence_has_the_same_blanks_in_both_languages(code: str) -> None:
    english, french = (re.findall(r"\{\d\}", sentences()[code][reader]) for reader in READERS)
    assert sorted(english) == sorted(french)
    assert sorted(english) == [f"{{{n}}}" for n in range(len(english))]


def test_braces_of_a_value_stay() -> None:
    assert sentence("links.missing", ["{0}"]) == "{0} is missing in the English"


def test_a_finding_of_another_version_shows_its_values() -> None:
    assert Finding("numbers.told", Severity.ERROR, ("12 is lost",)).message == "12 is lost"
