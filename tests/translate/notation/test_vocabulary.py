import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation import vocabulary

GOLDEN = Path(__file__).parents[2] / "golden"
WORDS = [
    line.split("\t")
    for line in (GOLDEN / "vocabulary.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
SENTENCES = [
    json.loads(line)
    for line in (GOLDEN / "words_in_sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize(("word", "kind"), WORDS)
def test_what_is_a_word(word: str, kind: str) -> None:
    assert vocabulary.is_english_word(word) is (kind in ("english", "both")) or kind == "french"
    assert vocabulary.is_french_only(word) is (kind == "french")
    if kind != "english":
        assert vocabulary.is_french_word(word) is (kind in ("french", "both"))


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case["english"])
def test_what_is_no_word_and_what_is_left(case: dict[str, str | list[str]]) -> None:
    french, english = str(case["french"]), str(case["english"])
    assert vocabulary.non_words(french, english) == case["non_words"]
    assert vocabulary.french_left(french, english) == case["french_left"]


@given(st.text(), st.text())
def test_each_word_found_stands_in_the_english_and_is_not_both(french: str, english: str) -> None:
    words, left = vocabulary.non_words(french, english), vocabulary.french_left(french, english)
    assert all(word in english for word in (*words, *left))
    assert not set(words) & set(left)


@pytest.mark.parametrize("text", ["a" * 200_000, "a-" * 100_000, "“" * 200_000, "A. " * 66_666])
def test_long_text_takes_linear_time(text: str) -> None:
    started = time.process_time()
    vocabulary.non_words(text, text)
    vocabulary.french_left(text, text)
    assert time.process_time() - started < 3


def test_the_lists_are_read_late() -> None:
    code = "import sys, translate.pipeline; sys.exit('wordfreq' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
