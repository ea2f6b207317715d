"""What the desk's own terms (translate/terms/names.tsv, nouns.tsv) add to the model.

    python bench/terms.py [SET]

Countries and nouns, each in three sentences: wrong where the English lacks the term, or has "the"
before a country. SET.fr and SET.en: BLEU and chrF2 of the lines that have a term.
"""

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from unittest.mock import patch

import sacrebleu

from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.notation.quotes import QuoteStyle
from translate.settings import Settings
from translate.terms.house import lost_terms, names, nouns, with_news
from translate.terms.termbase import Term, Termbase

OF_COUNTRIES = (
    "Le ministre a déclaré que {} devait réagir.",
    "Une délégation a rencontré hier les représentants de {}.",
    "Mardi, {} a signé un accord avec ses voisins.",
)
OF_NOUNS = (
    "Le journal parle de {} depuis mardi.",
    "Selon le ministre, il s'agit de {}.",
    "Ils redoutent une affaire de {}.",
)
Translate = Callable[[Sequence[str]], list[str]]


def main(arguments: Sequence[str]) -> None:
    translator = load_translator()
    settings = Settings(quotes=QuoteStyle.STRAIGHT)

    def translate(lines: Sequence[str]) -> list[str]:
        drafts = draft([Source(line) for line in lines], translator, settings)
        return [drafts[Source(line)].target for line in lines]

    count("countries", [c.french for c in countries()], OF_COUNTRIES, translate)
    count("nouns", [noun.french for noun in nouns()], OF_NOUNS, translate)
    for name in arguments:
        score_lines(Path(name), translate)


def without_terms(translate: Translate, lines: Sequence[str]) -> list[str]:
    with_news.cache_clear()
    try:
        with patch("translate.terms.house._joined", lambda terms, _: terms):
            return translate(lines)
    finally:
        with_news.cache_clear()


def count(kind: str, words: list[str], sentences: Sequence[str], translate: Translate) -> None:
    lines = [in_sentence(sentence, word) for word in words for sentence in sentences]
    for said, english in (
        ("without the list", without_terms(translate, lines)),
        ("with it", translate(lines)),
    ):
        wrong = sum(map(bool, map(lost_terms, lines, english)))
        print(f"{kind} {said}: {wrong} of {len(lines)} sentences wrong")


def countries() -> list[Term]:
    """The names of the section "countries" that English has without an article."""
    text = (Path(__file__).parent.parent / "translate" / "names.tsv").read_text(encoding="utf-8")
    section = text.partition("# countries\n")[2].partition("\n#")[0]
    wanted = {line.partition("\t")[0] for line in section.splitlines()}
    return [term for term in names() if term.french in wanted and term.has_article]


def in_sentence(sentence: str, name: str) -> str:
    """The sentence about it; "de le" is "du", "de" before a vowel "d'"."""
    sentence = re.sub(r"\bde le ", "du ", sentence.format(name))
    return re.sub(r"\bde (?=[aeiouhéêèâôÉ])", "d'", sentence)


def score_lines(name: Path, translate: Translate) -> None:
    french, english = (
        name.with_name(f"{name.name}.{side}").read_text(encoding="utf-8").splitlines()
        for side in ("fr", "en")
    )
    known = Termbase((*names(), *nouns()))
    chosen = [at for at, line in enumerate(french) if any(known.find(line))]
    lines, reference = [french[at] for at in chosen], [english[at] for at in chosen]
    for said, found in (
        ("without the list", without_terms(translate, lines)),
        ("with it", translate(lines)),
    ):
        bleu = sacrebleu.corpus_bleu(found, [reference]).score
        chrf = sacrebleu.corpus_chrf(found, [reference]).score
        print(f"{name.name} {said}: {len(lines)} lines, BLEU {bleu:.1f}, chrF2 {chrf:.1f}")


if __name__ == "__main__":
    main(sys.argv[1:])
