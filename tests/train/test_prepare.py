"""Cleaning, decontamination, augmentation, vocabulary, alignment."""

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from tests.train.conftest import invented_pairs
from train import align, shards
from train.augment import (
    COPIES,
    accent_free,
    augmented,
    english_copies,
    furniture,
    invented_words,
    masked_numbers,
    name_words,
    names,
    numbers,
    placeholders,
)
from train.config import AugmentConfig, PrepareConfig, Recipe, load_recipe
from train.corpora import Pair, clean, fingerprint
from train.made import NAMES
from train.prepare import AUGMENTED, ENGLISH, prepare
from train.vocabulary import PLACEHOLDERS, load_pieces


@pytest.mark.parametrize(
    ("pair", "kept"),
    [
        (("Le sommet s'ouvre.", "The summit opens."), True),
        (("Le sommet s'ouvre.", ""), False),
        (("12 - 14", "12 - 14"), False),
        (("Oui.", "Yes, by all means."), True),  # too short to judge by length
        (("Oui.", "Yes, by all means, and with great pleasure."), False),
    ],
)
def test_clean_keeps_sound_pairs(pair: Pair, *, kept: bool) -> None:
    assert clean([pair, pair], PrepareConfig(), frozenset()) == ([pair] if kept else [])


@pytest.mark.parametrize("side", [0, 1])
def test_line_of_a_test_set_is_never_trained_on(
    side: int, recipe: Recipe, data: Path, tmp_path: Path
) -> None:
    tests = tmp_path / "tests" / "deeper"
    tests.mkdir(parents=True)
    held = invented_pairs(200)[:5]
    (tests / ("a.fr", "a.en")[side]).write_text(
        "".join(f"  {pair[side].upper()}\n" for pair in held), encoding="utf-8"
    )
    prepare(recipe, data, tmp_path / "prepared", test_sets=tmp_path / "tests")
    pieces = load_pieces(tmp_path / "prepared")
    shard = shards.load(tmp_path / "prepared" / "toy.npz")
    ids, at = (shard.source, shard.source_at) if side == 0 else (shard.target, shard.target_at)
    kept = {fingerprint(pieces.decode(ids[a : b - 1].tolist())) for a, b in pairwise(at)}
    assert len(kept) > 100
    assert not kept & {fingerprint(pair[side]) for pair in held}


def test_augmentation_says_what_it_changes() -> None:
    rng = random.Random(3)
    assert accent_free(("Été à Évian", "Summer"), rng) == ("Ete a Evian", "Summer")
    assert accent_free(("Paris", "Paris"), rng) is None
    assert numbers(("sans nombre", "no number"), rng) is None
    french, english = numbers(("Il y a 14 cas.", "There are 14 cases."), rng) or ("", "")
    digits = "".join(filter(str.isdigit, english))
    assert digits != "14"
    assert "".join(filter(str.isdigit, french)) == digits
    french, english = placeholders(("Vu par Dupont hier", "Seen by Dupont"), rng) or ("", "")
    mark = next(m for m in PLACEHOLDERS if m in french)
    assert mark in english
    assert "Dupont" not in french + english


@pytest.mark.parametrize(
    ("pair", "masked"),
    [
        (
            ("12 000 voix, soit 3,5 % en 2008.", "In 2008, 12,000 votes or 3.5%."),
            ("⟦0⟧ voix, soit ⟦1⟧ % en ⟦2⟧.", "In ⟦2⟧, ⟦0⟧ votes or ⟦1⟧%."),
        ),
        (
            ("7 sur 7 en 27 jours", "7 of 7 in 27 days"),
            ("7 sur 7 en ⟦0⟧ jours", "7 of 7 in ⟦0⟧ days"),
        ),
        (
            ("le 1er mai à 20 h 30", "at 8:30 p.m. on 1 May"),
            ("le 1er mai à ⟦0⟧", "at ⟦0⟧ on 1 May"),
        ),
        (("sept jours", "7 days"), None),
    ],
)
def test_numbers_of_both_sides_are_masked(pair: Pair, masked: Pair | None) -> None:
    assert masked_numbers(pair, random.Random(1)) == masked


def test_name_of_both_sides_becomes_another() -> None:
    pair = ("Hier, Aldo Brix a vu Paris.", "Yesterday, Aldo Brix saw Paris.")
    words = name_words([pair])
    assert words == ["Aldo", "Brix", "Paris"]
    changed = names(pair, random.Random(1), ["Zorn"])
    assert changed is not None
    french, english_side = changed
    assert french.count("Zorn") == english_side.count("Zorn") >= 1
    assert french.replace("Zorn", "").startswith("Hier, ")
    assert names(("Paris dort.", "Paris sleeps."), random.Random(1), words) is None  # at the start


def test_english_stays_as_it_is_with_other_names() -> None:
    pairs = [("Pour Anne Morel de Lyon et Zorbing, oui.", "For Rose Hill and Zorbing, yes.")] * 60
    copies = list(english_copies(pairs, seed=1))
    assert all(source == target for source, target in copies)
    assert {source for source, _ in copies} == {
        "For Rose Hill and Zorbing, yes.",
        "For Anne Morel de Lyon and Zorbing, yes.",
        "For Zorbing and Zorbing, yes.",
    }


def test_names_are_invented_of_halves() -> None:
    words = invented_words(["Brix", "Zorbing"], 40, random.Random(1))
    assert set(words) == {"Brix", "Zorbing", "Brbing", "Zorix"}
    assert len(words) == 40
    assert invented_words([], 40, random.Random(1)) == []


def test_english_is_a_corpus_of_its_own(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    wanted = replace(recipe.prepare, english_from=("toy",), english_limit=30)
    table = prepare(replace(recipe, prepare=wanted), data, tmp_path / "prepared")
    assert [row.pairs for row in table if row.name == ENGLISH] == [30]
    shard = shards.load(tmp_path / "prepared" / "english.npz")
    assert shard.source.tolist() == shard.target.tolist()


def test_augmentation_is_the_same_for_the_same_seed() -> None:
    config = AugmentConfig(**dict.fromkeys(COPIES, 0.5), furniture=1)
    pairs = invented_pairs(50)
    first = list(augmented(pairs, config, seed=1))
    assert first == list(augmented(pairs, config, seed=1))
    assert first != list(augmented(pairs, config, seed=2))
    assert first[-len(furniture()) :] == furniture()


def test_vocabulary_makes_marks_alike_and_keeps_placeholders(
    recipe: Recipe, data: Path, tmp_path: Path
) -> None:
    prepare(recipe, data, tmp_path / "prepared")
    pieces = load_pieces(tmp_path / "prepared")
    forms = ["« l'accord »", "«\u00a0l’accord\u00a0»", "“l’accord”", '"l\'accord"']
    assert len({tuple(pieces.encode(form)) for form in forms}) == 1
    assert [pieces.piece_to_id(mark) for mark in PLACEHOLDERS] == list(range(2, 12))
    assert pieces.decode(pieces.encode("e\u0301te\u0301")) == pieces.decode(pieces.encode("été"))


def test_alignment_finds_the_words() -> None:
    pytest.importorskip("systran_align")
    pairs = [(fr.split(), en.split()) for fr, en in invented_pairs(300)]
    found = list(align.align(pairs))
    right = total = 0
    for (french, english), partners in zip(pairs, found, strict=True):
        assert len(partners) == len(english)
        for word, partner in zip(english, partners, strict=True):
            if word in ("budget", "law", "pages") and partner != align.NONE:
                wanted = {"budget": "budget", "law": "loi", "pages": "pages"}[word]
                right += french[partner] == wanted
                total += 1
    assert total > 200
    assert right / total > 0.95


def test_aligned_shards_point_into_their_source(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    pytest.importorskip("systran_align")
    aligned = replace(recipe, prepare=replace(recipe.prepare, align=True))
    prepare(aligned, data, tmp_path / "prepared")
    shard = shards.load(tmp_path / "prepared" / "toy.npz")
    lengths, _ = shard.lengths()
    for i, length in enumerate(lengths):
        partner = shard.partner[shard.target_at[i] : shard.target_at[i + 1]]
        linked = partner[partner != align.NONE]
        assert np.all(linked < length)
        assert partner[-1] == length - 1


@pytest.mark.parametrize("path", sorted(Path("train").rglob("*.toml")), ids=str)
def test_shipped_recipe_is_valid(path: Path) -> None:
    recipe = load_recipe(path)
    named = set().union(*(phase.weights for phase in recipe.phases))
    assert named <= {*recipe.prepare.corpora, AUGMENTED, ENGLISH, *NAMES}
