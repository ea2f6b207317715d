"""The corpora that are made for rare words and for headlines: names, sources, licences."""

import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

from train import dictionary, lexicon, rare
from train.config import PrepareConfig, RareConfig
from train.corpora import Corpus, Pair, clean, draw
from train.errors import TrainError
from train.phrases import phrases
from train.titles import headline, headlines

log = logging.getLogger(__name__)
SUBSTITUTED, DICTIONARY, PHRASES, HEADLINES = "substituted", "dictionary", "phrases", "headlines"
NAMES = (SUBSTITUTED, DICTIONARY, PHRASES, HEADLINES)
_SENSES_FROM = 60_000  # pairs of each corpus, dictionaries too: which sense is the common one


def for_rare_words(
    config: PrepareConfig,
    corpora: list[Corpus],
    path: Path | None,
    held_out: frozenset[str],
    seed: int,
) -> list[Corpus]:
    """What the recipe asks for; nothing of it is in a test set."""
    wanted = config.rare
    if (wanted.substituted or wanted.dictionary) and path is None:
        raise TrainError("the recipe makes pairs from a lexicon; give its file with --lexicon")
    sources = [corpus for corpus in corpora if corpus.name in wanted.made_from]
    pairs = [pair for corpus in sources for pair in corpus.pairs]
    known = lexicon.counts(fr for corpus in corpora for fr, _ in corpus.pairs)
    where = f"made from: {', '.join(wanted.made_from)}"
    rows = _from_lexicon(wanted, corpora, pairs, known, path, seed) if path else {}
    rows |= _from_sentences(wanted, pairs, known, seed, titles=rows.pop(HEADLINES, []))
    found = {name: clean(made, config, held_out) for name, made in rows.items()}
    for name, made in found.items():
        log.info("%s: %d pairs", name, len(made))
    licence = _licence(path)
    return [Corpus(name, where, licence, made) for name, made in found.items() if made]


def _from_lexicon(
    config: RareConfig,
    corpora: Sequence[Corpus],
    pairs: list[Pair],
    known: Mapping[str, int],
    path: Path,
    seed: int,
) -> dict[str, list[Pair]]:
    news = [fr for corpus in corpora if corpus.name in config.news for fr, _ in corpus.pairs]
    some = [pair for corpus in corpora for pair in draw(corpus.pairs, _SENSES_FROM, seed)]
    entries = lexicon.known_senses(lexicon.read_lexicon(path), some)
    wanted = rare.lacking(entries, known, lexicon.counts(news))
    limit = config.substituted
    return {
        SUBSTITUTED: list(rare.substituted(pairs, entries, wanted, limit, seed)),
        DICTIONARY: list(dictionary.dictionary(wanted, config.dictionary, seed)),
        HEADLINES: draw(list(dictionary.titles(wanted, 4, seed)), config.headlines, seed),
    }


def _from_sentences(
    config: RareConfig,
    pairs: list[Pair],
    known: Mapping[str, int],
    seed: int,
    *,
    titles: list[Pair],
) -> dict[str, list[Pair]]:
    cut = list(phrases(pairs, known, config.phrases, seed)) if config.phrases else []
    lines = list(headlines(pairs, config.headlines, seed))
    lines += map(headline, draw(cut, config.headlines, seed))
    return {PHRASES: cut, HEADLINES: titles + lines}


def _licence(lexicon: Path | None) -> str:
    """As the originals, and as the lexicon where one is used."""
    card = lexicon and lexicon.with_name(lexicon.name.split(".")[0] + ".json")
    if not card or not card.is_file():
        return "as the originals"
    named = json.loads(card.read_text(encoding="utf-8")).get("licence", "unknown")
    return f"as the originals; the lexicon: {named}"
