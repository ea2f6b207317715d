"""How often the built-in model's English has links and bold words around the right words.

The same for the marks of notes, which stand behind a word.

    python bench/inline_tags.py [--all]
    python bench/inline_tags.py --examples

The sentences and what may stand between their tags are in `tests/golden/inline_tags.tsv`, those
with marks and what may stand before these in `note_marks.tsv`.
`--examples` lists what stands between the links and marks of `examples/*.md` in French and in
English, to be read.
"""

import re
import sys
from itertools import zip_longest
from pathlib import Path

from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.notation import markup
from translate.pipeline import analyse, translate_document
from translate.settings import Settings

PAIRS = Path("tests/golden/inline_tags.tsv")
MARKS = Path("tests/golden/note_marks.tsv")


def cases(path: Path) -> list[tuple[str, list[str]]]:
    """Sentences with codes, and the pattern for each pair or mark."""
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [(_coded(french), patterns) for french, *patterns in rows]


def _coded(french: str) -> str:
    french = re.sub(r"<(\d)/>", lambda found: markup.single(int(found[1]) - 1), french)
    french = re.sub(r"</(\d)>", lambda found: markup.closing(int(found[1]) - 1), french)
    return re.sub(r"<(\d)>", lambda found: markup.opening(int(found[1]) - 1), french)


def inside(english: str, number: int) -> str | None:
    """The words between the pair of a number."""
    start, end = (english.find(code(number)) for code in (markup.opening, markup.closing))
    return markup.without_codes(english[start:end]).strip(" ,.") if 0 <= start < end else None


def _fits(english: str, number: int, pattern: str) -> bool:
    """Whether the right words are in a pair, or before a mark."""
    before, mark, _ = english.partition(markup.single(number))
    if mark:
        words = markup.without_codes(before)
        return re.search(rf"\b(?:{pattern})$", words, re.IGNORECASE) is not None
    words = inside(english, number) or ""
    return re.fullmatch(pattern, words, re.IGNORECASE) is not None


def right(translator: Translator, path: Path) -> list[tuple[str, str, list[bool]]]:
    """French, English, and of each pair whether it stands around the right words."""
    found = cases(path)
    sources = [Source(french) for french, _ in found]
    drafts = draft(sources, translator, Settings())
    rows = []
    for source, (french, patterns) in zip(sources, found, strict=True):
        english = drafts[source].target
        fits = [_fits(english, number, pattern) for number, pattern in enumerate(patterns)]
        rows.append((french, english, fits))
    return rows


def enclosed(text: str) -> list[str]:
    """The words inside each pair of a sentence."""
    tokens = markup.parse_inline(text)
    return [
        "".join(t.text for t in tokens[at : token.partner] if t.kind is markup.TokenKind.TEXT)
        for at, token in enumerate(tokens)
        if token.kind is markup.TokenKind.OPEN
    ]


def list_examples(translator: Translator) -> None:
    for path in sorted(Path("examples").glob("*.md")):
        if ".en." in path.name or path.name == "README.md":
            continue
        document = analyse(path.read_text(encoding="utf-8"), markdown=True)
        for segment in translate_document(document, translator).segments():
            pairs = zip_longest(enclosed(segment.source), enclosed(segment.target), fillvalue="–")
            for french, english in pairs:
                print(f"{path.name}\t{french}\t{english}")


def main() -> None:
    translator = load_translator()
    if "--examples" in sys.argv:
        list_examples(translator)
        return
    measure(translator, PAIRS, "pairs stand around the right words")
    measure(translator, MARKS, "marks stand behind the right word")


def measure(translator: Translator, path: Path, said: str) -> None:
    """Print what is wrong, how many are right, and what the codes cost the English."""
    rows = right(translator, path)
    for french, english, fits in rows:
        if "--all" in sys.argv or not all(fits):
            print("ok " if all(fits) else "BAD", markup.shown(french))
            print("   ", markup.shown(english))
    plain = {french: Source(markup.without_codes(french)) for french, _, _ in rows}
    drafts = draft(plain.values(), translator, Settings())
    same = sum(markup.without_codes(e) == drafts[plain[f]].target for f, e, _ in rows)
    pairs = [fit for _, _, fits in rows for fit in fits]
    print(f"{sum(pairs)} of {len(pairs)} {said}")
    print(f"{same} of {len(rows)} sentences have the English that they have without")


if __name__ == "__main__":
    main()
