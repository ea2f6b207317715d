"""Names of people and places in what the built-in model makes of a sentence."""

from pathlib import Path

from translate.drafting.ladder import Source, draft
from translate.engines import Translator
from translate.settings import Settings

GOLDEN = Path(__file__).parents[2] / "golden" / "names_in_sentences.tsv"
CASES = [
    line.split("\t")
    for line in GOLDEN.read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_names_stand_to_the_letter(builtin_float32: Translator) -> None:
    """A damaged name may be left where a finding says so; at most one in fifty is."""
    drafts = draft([Source(sentence) for _, sentence in CASES], builtin_float32, Settings())
    wrong = [
        (name, found)
        for name, sentence in CASES
        if name.replace("'", "’") not in (found := drafts[Source(sentence)]).target
    ]
    silent = [found.target for _, found in wrong if not found.findings]
    assert silent == []
    assert len(wrong) <= len(CASES) / 50
