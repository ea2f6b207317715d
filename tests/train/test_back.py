"""English prose becomes pairs with the French of a reverse model."""

import json
import lzma
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.train.conftest import invented_pairs, toy_recipe, write_corpus
from train.back import back_translate
from train.cli import main
from train.config import Recipe
from train.corpora import read_corpus
from train.errors import TrainError
from train.fit import averaged, fit
from train.layout import write_layout
from train.prepare import prepare


@pytest.fixture(scope="module")
def reverse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model folder that knows the toy corpus by heart, from English to French."""
    folder = tmp_path_factory.mktemp("reverse")
    write_corpus(folder / "data")
    recipe = toy_recipe()
    recipe = replace(recipe, prepare=replace(recipe.prepare, reverse=True))
    prepare(recipe, folder / "data", folder / "prepared")
    fit(recipe, folder / "prepared", folder / "run")
    network = averaged(recipe, folder / "prepared", folder / "run")
    write_layout(network, folder / "prepared", folder / "model", dtype=network.dtype)
    return folder / "model"


@pytest.fixture
def prose(tmp_path: Path) -> Path:
    """A folder with the English of the toy corpus, some of it unsound."""
    folder = tmp_path / "mono"
    folder.mkdir()
    lines = [english for _, english in invented_pairs(200)]
    text = "\n".join([*lines[:100], lines[0], "12 - 15", "a" * 500, "", *lines[100:]])
    (folder / "talk.en.xz").write_bytes(lzma.compress(text.encode()))
    card = {"origin": "invented talk", "licence": "CC0-1.0", "sentences": 200}
    (folder / "talk.json").write_text(json.dumps(card), "utf-8")
    return folder


def test_prose_becomes_a_corpus(reverse: Path, prose: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    made = back_translate(reverse, prose, "talk", out, lines=1_000, beam=1, threads=2, seed=1)
    corpus = read_corpus(out, "back_talk")
    right = {english: french for french, english in invented_pairs(200)}
    assert made == len(corpus.pairs) == 200
    assert sum(right[english] == french for french, english in corpus.pairs) > 150
    assert corpus.licence == "CC0-1.0"
    assert corpus.origin == "a reverse model's French of invented talk"


def test_the_command_draws_and_says(reverse: Path, prose: Path, tmp_path: Path) -> None:
    args = ["back", "--model", reverse, "--data", prose, "--corpus", "talk"]
    args += ["--out", tmp_path / "out", "--lines", "20"]
    result = CliRunner().invoke(main, [str(a) for a in args])
    assert result.exit_code == 0, result.output
    assert result.stdout == "back_talk: 20 pairs\n"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("other.en", b"A line.\n", "no talk.en or talk.en.xz in .*; give one sentence a line"),
        ("talk.en", b"12\n\n", "has no sentence; give one a line"),
        ("talk.en", b"caf\xe9\n", "must be whole and UTF-8"),
        ("talk.en", b"A line.\n", "talk.json is missing"),
    ],
)
def test_bad_prose_is_said(name: str, content: bytes, message: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TrainError, match=message):
        back_translate(
            tmp_path, tmp_path, "talk", tmp_path / "out", lines=9, beam=1, threads=1, seed=1
        )
    assert not (tmp_path / "out").exists()


def test_reverse_swaps_the_sides(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    there = prepare(recipe, data, tmp_path / "there")[0]
    turned = replace(recipe, prepare=replace(recipe.prepare, reverse=True))
    back = prepare(turned, data, tmp_path / "back")[0]
    assert (back.source_tokens > back.target_tokens) != (there.source_tokens > there.target_tokens)
