"""Figures, names, words and marks of whole inputs in the English of the built-in model."""

import json
import re
from pathlib import Path
from typing import Any

from translate.engines import Translator
from translate.pipeline import analyse, translate_document

GOLDEN = Path(__file__).parents[1] / "golden" / "truth.jsonl"
CASES = [json.loads(line) for line in GOLDEN.read_text(encoding="utf-8").splitlines()]


def test_what_the_english_has(builtin_float32: Translator) -> None:
    """Each pattern of `has` is found in the English and none of `lacks`; at most one in fifty
    fails, as the weights round otherwise elsewhere."""
    wrong = [fault for case in CASES if (fault := what_is_wrong(case, builtin_float32))]
    assert len(wrong) <= len(CASES) / 50, wrong


def what_is_wrong(case: dict[str, Any], translator: Translator) -> str:
    """The English of a case that is not as it should be; else nothing."""
    document = analyse(case["french"], markdown=case.get("markdown", False))
    english = translate_document(document, translator).text
    has_all = all(re.search(pattern, english) for pattern in case["has"])
    lacks_all = not any(re.search(pattern, english) for pattern in case.get("lacks", ()))
    return "" if has_all and lacks_all else english
