"""English given to the desk as if it were French: how many lines it leaves as they are.

    python bench/english.py [LINES] [MODEL]

LINES is a file with an English sentence a line; by default the sentences of the English references
of examples/. The language guard is not asked: what is measured is the model and the choice among
its hypotheses. Quotation marks and their commas may change.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

from translate import formats
from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.notation import quotes
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings

EXAMPLES = Path(__file__).parent.parent / "examples"


def main(arguments: Sequence[str]) -> None:
    lines = Path(arguments[0]).read_text("utf-8").splitlines() if arguments else references()
    sources = [Source(line) for line in lines if line.strip()]
    drafts = draft(sources, load_translator(*arguments[1:]), Settings())
    same = sum(plain(source.text) == plain(drafts[source].target) for source in sources)
    print(f"{same} of {len(sources)} English lines left as they are ({same / len(sources):.1%})")


def references() -> list[str]:
    """The sentences of the English articles."""
    lines: dict[str, None] = {}
    for path in sorted(EXAMPLES.glob("*.en.*")):
        document = formats.read(path.read_bytes(), path.name)
        lines.update(dict.fromkeys(map(document.of, document.segments())))
    return list(lines)


def plain(text: str) -> str:
    straight = quotes.to_english(" ".join(text.split()), QuoteStyle.STRAIGHT).replace("’", "'")
    return straight.replace('."', '".').replace(',"', '",')


if __name__ == "__main__":
    main(sys.argv[1:])
