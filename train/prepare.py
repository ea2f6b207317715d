"""`prepare`: a folder of corpora becomes a vocabulary and one shard a corpus."""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import sentencepiece

from train import align, augment, made, shards
from train.config import Recipe
from train.corpora import Corpus, Pair, clean, draw, read_corpus, read_held_out
from train.errors import TrainError, writing
from train.vocabulary import EOS_ID, copy_vocabulary, load_pieces, train_vocabulary

log = logging.getLogger(__name__)
AUGMENTED = "augmented"  # the corpus of changed copies
ENGLISH = "english"  # the corpus of what stays as it is
_VOCABULARY_PAIRS = 20_000  # of each corpus, so that the large ones do not make the vocabulary


@dataclass(frozen=True, slots=True)
class Prepared:
    """One line of the table that `prepare` prints, kept in corpora.json for the model card."""

    name: str
    origin: str
    licence: str
    given: int
    pairs: int
    source_tokens: int
    target_tokens: int


def prepare(
    recipe: Recipe,
    data: Path,
    out: Path,
    *,
    test_sets: Path | None = None,
    vocabulary: Path | None = None,
    lexicon: Path | None = None,
) -> list[Prepared]:
    """Read, clean, augment, learn the vocabulary, align, and write everything to `out`.

    No line of a NAME.fr or NAME.en below `test_sets` is trained on, whichever side it is on.

    1. Read the corpora and drop what is unsound or held out.
    2. Make the changed copies, and what `lexicon` and the corpora give for rare words.
    3. Train the vocabulary on what is left, or take that of the model folder `vocabulary`.
    4. Encode, drop what is too long, align all corpora together, write the shards.
    """
    held_out = _held_out(test_sets)
    corpora, given = _read(recipe, data, held_out)
    rare = made.for_rare_words(recipe.prepare, corpora, lexicon, held_out, recipe.fit.seed)
    corpora += [*_augment(recipe, corpora), *_english(recipe, corpora), *rare]
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        if vocabulary:
            copy_vocabulary(vocabulary, out)
        else:
            _learn_vocabulary(recipe, corpora, out)
        table = _write_shards(recipe, corpora, given, out)
        text = json.dumps([asdict(row) for row in table], ensure_ascii=False, indent=1)
        (out / "corpora.json").write_text(text + "\n", encoding="utf-8")
    return table


def _held_out(test_sets: Path | None) -> frozenset[str]:
    if test_sets:
        return read_held_out(test_sets)
    log.warning("no test sets given: nothing is held out, and scores on them will mean little")
    return frozenset()


def _read(
    recipe: Recipe, data: Path, held_out: frozenset[str]
) -> tuple[list[Corpus], dict[str, int]]:
    config = recipe.prepare
    corpora, given = [], {}
    for name in config.corpora:
        corpus = read_corpus(data, name)
        limit = config.limits.get(name, config.limit)
        pairs = draw(clean(corpus.pairs, config, held_out), limit, recipe.fit.seed)
        if not pairs:
            raise TrainError(f"nothing of {name} is left after cleaning; leave it out")
        given[name] = len(corpus.pairs)
        if config.reverse:
            pairs = [(english, french) for french, english in pairs]
        corpora.append(Corpus(name, corpus.origin, corpus.licence, pairs))
        log.info("%s: %d of %d pairs", name, len(pairs), given[name])
    return corpora, given


def _augment(recipe: Recipe, corpora: list[Corpus]) -> list[Corpus]:
    names = recipe.prepare.augment_from
    originals = [pair for c in corpora if c.name in names for pair in c.pairs]
    copies = list(augment.augmented(originals, recipe.prepare.augment, recipe.fit.seed))
    return [Corpus(AUGMENTED, f"changed copies of: {', '.join(names)}", "as the originals", copies)]


def _english(recipe: Recipe, corpora: list[Corpus]) -> list[Corpus]:
    names, limit, seed = recipe.prepare.english_from, recipe.prepare.english_limit, recipe.fit.seed
    originals = [p for c in corpora if c.name in names for p in draw(c.pairs, limit, seed)]
    copies = list(augment.english_copies(originals, seed))
    where = f"the English sides of: {', '.join(names)}"
    return [Corpus(ENGLISH, where, "as the originals", copies)] if names else []


def _learn_vocabulary(recipe: Recipe, corpora: list[Corpus], out: Path) -> None:
    seed = recipe.fit.seed
    derived = {AUGMENTED, ENGLISH, *made.NAMES}
    originals = [corpus for corpus in corpora if corpus.name not in derived]
    chosen = [p for c in originals for p in draw(c.pairs, _VOCABULARY_PAIRS, seed)]
    train_vocabulary((side for pair in chosen for side in pair), recipe.model.vocabulary, out)


def _write_shards(
    recipe: Recipe, corpora: list[Corpus], given: dict[str, int], out: Path
) -> list[Prepared]:
    pieces = load_pieces(out)
    encoded = {c.name: _encode(c.pairs, pieces, recipe.prepare.longest) for c in corpora}
    everything = [pair for pairs in encoded.values() for pair in pairs]
    partners = _partners(everything, pieces, aligned=recipe.prepare.align)
    table = []
    for corpus in corpora:
        pairs = encoded[corpus.name]
        if not pairs:
            continue
        rows = [next(partners) for _ in pairs]
        shard = shards.pack([fr for fr, _ in pairs], [en for _, en in pairs], rows)
        shards.save(shard, out / f"{corpus.name}.npz")
        sizes = len(pairs), len(shard.source), len(shard.target)
        found = given.get(corpus.name, len(corpus.pairs))
        table.append(Prepared(corpus.name, corpus.origin, corpus.licence, found, *sizes))
    return table


IdPair = tuple[list[int], list[int]]


def _encode(
    pairs: list[Pair], pieces: sentencepiece.SentencePieceProcessor, longest: int
) -> list[IdPair]:
    french = pieces.encode([fr for fr, _ in pairs], num_threads=2)
    english = pieces.encode([en for _, en in pairs], num_threads=2)
    both = zip(french, english, strict=True)
    return [
        ([*fr, EOS_ID], [*en, EOS_ID])
        for fr, en in both
        if 0 < len(fr) < longest and 0 < len(en) < longest
    ]


def _partners(
    pairs: list[IdPair], pieces: sentencepiece.SentencePieceProcessor, *, aligned: bool
) -> Iterator[align.Partners]:
    if not aligned:
        return (align.nothing(len(en)) for _, en in pairs)
    words = [(pieces.id_to_piece(fr[:-1]), pieces.id_to_piece(en[:-1])) for fr, en in pairs]
    return map(_end_to_end, pairs, align.align(words))


def _end_to_end(pair: IdPair, partners: align.Partners) -> align.Partners:
    """Add the end marker's partner: the end marker."""
    return align.append(partners, len(pair[0]) - 1)


def table_lines(table: list[Prepared]) -> list[str]:
    """The table that `prepare` prints: pairs, tokens and share of each corpus."""
    total = sum(row.target_tokens for row in table)
    head = f"{'corpus':<20}{'given':>9}{'kept':>9}{'fr tokens':>12}{'en tokens':>12}{'share':>8}"
    return [
        head,
        *(
            f"{row.name:<20}{row.given:>9,}{row.pairs:>9,}{row.source_tokens:>12,}"
            f"{row.target_tokens:>12,}{row.target_tokens / total:>8.1%}"
            for row in table
        ),
    ]
