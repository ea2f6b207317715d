"""How often the built-in model's English has links and bold words around the right words.

    python bench/inline_tags.py [--all]

The sentences and what may stand between their tags are in `tests/golden/inline_tags.tsv`.
"""

import re
import sys
from pathlib import Path

from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.notation import markup
from translate.settings import Settings

CASES = Path("tests/golden/inline_tags.tsv")


def cases() -> list[tuple[str, list[str]]]:
    """Sentences with codes, and the pattern for each pair."""
    lines = CASES.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(_coded(french), patterns) for french, *patterns in rows]


def _coded(french: str) -> str:
    french = re.sub(r"</(\d)>", lambda found: markup.closing(int(found[1]) - 1), french)
    return re.sub(r"<(\d)>", lambda found: markup.opening(int(found[1]) - 1), french)


def inside(english: str, number: int) -> str | None:
    """The words between the pair of a number."""
    start, end = (english.find(code(number)) for code in (markup.opening, markup.closing))
    return markup.without_codes(english[start:end]).strip(" ,.") if 0 <= start < end else None


def right(translator: Translator) -> list[tuple[str, str, list[bool]]]:
    """French, English, and of each pair whether it stands around the right words."""
    found = cases()
    sources = [Source(french) for french, _ in found]
    drafts = draft(sources, translator, Settings())
    rows = []
    for source, (french, patterns) in zip(sources, found, strict=True):
        english = drafts[source].target
        words = [inside(english, number) for number in range(len(patterns))]
        fits = [
            word is not None and bool(re.fullmatch(pattern, word, re.IGNORECASE))
            for word, pattern in zip(words, patterns, strict=True)
        ]
        rows.append((french, english, fits))
    return rows


def main() -> None:
    translator = load_translator()
    rows = right(translator)
    for french, english, fits in rows:
        if "--all" in sys.argv or not all(fits):
            print("ok " if all(fits) else "BAD", markup.shown(french))
            print("   ", markup.shown(english))
    plain = {french: Source(markup.without_codes(french)) for french, _ in cases()}
    drafts = draft(plain.values(), translator, Settings())
    same = sum(markup.without_codes(e) == drafts[plain[f]].target for f, e, _ in rows)
    pairs = [fit for _, _, fits in rows for fit in fits]
    print(f"{sum(pairs)} of {len(pairs)} pairs stand around the right words")
    print(f"{same} of {len(rows)} sentences have the English that they have without tags")


if __name__ == "__main__":
    main()
