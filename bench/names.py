"""What the list of names (translate/exonyms.tsv) adds to the model.

    python bench/names.py [SET]

Countries: each in three sentences; wrong where the English lacks its name, or has "the" before it.
SET.fr and SET.en: BLEU and chrF2 of the lines that have a name of the list.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import sacrebleu

from translate.engines import load_translator
from translate.phrasebook import lost_names, names, with_names
from translate.pipeline import Settings, Source, draft
from translate.quotes import QuoteStyle
from translate.termbase import Term, Termbase

SENTENCES = (
    "Le ministre a déclaré que {} devait réagir.",
    "Une délégation a rencontré hier les représentants de {}.",
    "Mardi, {} a signé un accord avec ses voisins.",
)
Translate = Callable[[Sequence[str]], list[str]]


def main(arguments: Sequence[str]) -> None:
    translator = load_translator()
    settings = Settings(quotes=QuoteStyle.STRAIGHT)

    def translate(lines: Sequence[str]) -> list[str]:
        drafts = draft([Source(line) for line in lines], translator, settings)
        return [drafts[Source(line)].target for line in lines]

    count_countries(translate)
    for name in arguments:
        score_lines(Path(name), translate)


def without_names(translate: Translate, lines: Sequence[str]) -> list[str]:
    with_names.cache_clear()
    try:
        with patch("translate.phrasebook.names", return_value=()):
            return translate(lines)
    finally:
        with_names.cache_clear()


def count_countries(translate: Translate) -> None:
    lines = [in_sentence(at, country.french) for country in countries() for at in SENTENCES]
    for said, english in (
        ("without the list", without_names(translate, lines)),
        ("with it", translate(lines)),
    ):
        wrong = sum(map(bool, map(lost_names, lines, english)))
        print(f"countries {said}: {wrong} of {len(lines)} sentences wrong")


def countries() -> list[Term]:
    """The names of the section "countries" that English has without an article."""
    text = (Path(__file__).parent.parent / "translate" / "exonyms.tsv").read_text(encoding="utf-8")
    section = text.partition("# countries\n")[2].partition("\n#")[0]
    wanted = {line.partition("\t")[0] for line in section.splitlines()}
    return [term for term in names() if term.french in wanted and term.has_article]


def in_sentence(sentence: str, name: str) -> str:
    """The sentence about a country; "de le" is "du"."""
    return re.sub(r"\bde le ", "du ", sentence.format(name))


def score_lines(name: Path, translate: Translate) -> None:
    french, english = (
        name.with_name(f"{name.name}.{side}").read_text(encoding="utf-8").splitlines()
        for side in ("fr", "en")
    )
    known = Termbase(names())
    chosen = [at for at, line in enumerate(french) if any(known.find(line))]
    lines, reference = [french[at] for at in chosen], [english[at] for at in chosen]
    for said, found in (
        ("without the list", without_names(translate, lines)),
        ("with it", translate(lines)),
    ):
        bleu = sacrebleu.corpus_bleu(found, [reference]).score
        chrf = sacrebleu.corpus_chrf(found, [reference]).score
        print(f"{name.name} {said}: {len(lines)} lines, BLEU {bleu:.1f}, chrF2 {chrf:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
