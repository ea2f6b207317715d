"""Bad data, recipes and machines: one line that says what is wrong and what to do."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.train.conftest import shorter
from train.cli import main
from train.config import Recipe, load_recipe
from train.errors import TrainError
from train.fit import Run, fit
from train.prepare import prepare

Break = Callable[[Path], object]


def _text(name: str, text: str) -> Break:
    return lambda data: (data / name).write_text(text, encoding="utf-8")


BAD_DATA: dict[str, tuple[Break, str]] = {
    "three columns": (_text("toy.tsv", "un\tone\nun\tone\tdeux\n"), "toy.tsv line 2 has 3 columns"),
    "one column": (_text("toy.tsv", "un seul côté\n"), "line 1 has 1 columns"),
    "empty file": (_text("toy.tsv", ""), "toy.tsv is empty"),
    "nothing sound": (_text("toy.tsv", "12\t12\n...\t!\n"), "nothing of toy is left"),
    "no corpus": (lambda data: (data / "toy.tsv").unlink(), "no toy.tsv or toy.tsv.xz"),
    "not UTF-8": (lambda data: (data / "toy.tsv").write_bytes(b"\xe9t\xe9\tsummer\n"), "UTF-8"),
    "no card": (lambda data: (data / "toy.json").unlink(), "toy.json is missing"),
    "no licence": (_text("toy.json", '{"source": "somewhere"}'), "names no licence"),
    "card not JSON": (_text("toy.json", "{"), "not valid JSON"),
}


@pytest.mark.parametrize(("spoil", "message"), BAD_DATA.values(), ids=BAD_DATA)
def test_bad_data_is_said(
    spoil: Break, message: str, recipe: Recipe, data: Path, tmp_path: Path
) -> None:
    spoil(data)
    with pytest.raises(TrainError, match=message):
        prepare(recipe, data, tmp_path / "prepared")


def test_broken_archive_is_said(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    (data / "toy.tsv").unlink()
    (data / "toy.tsv.xz").write_bytes(b"\xfd7zXZ\x00 cut short")
    with pytest.raises(TrainError, match="cannot be read"):
        prepare(recipe, data, tmp_path / "prepared")


def test_test_folder_without_test_sets_is_said(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainError, match="the test sets must be known"):
        prepare(recipe, data, tmp_path / "prepared", test_sets=tmp_path / "none")


def test_full_disk_while_preparing_is_said(recipe: Recipe, data: Path, tmp_path: Path) -> None:
    out = tmp_path / "prepared"
    out.mkdir()
    (out / "source.spm").symlink_to("/dev/full")
    with pytest.raises(TrainError, match=r"cannot write in .*No space left"):
        prepare(recipe, data, out)


@pytest.fixture
def prepared(recipe: Recipe, data: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "prepared"
    prepare(recipe, data, folder)
    return folder


def test_full_disk_keeps_the_last_checkpoint(
    recipe: Recipe, prepared: Path, tmp_path: Path
) -> None:
    run = Run(recipe, prepared, tmp_path / "run", resume=False)
    run.save()
    before = (tmp_path / "run" / "checkpoint.pt").read_bytes()
    (tmp_path / "run" / "checkpoint.tmp").symlink_to("/dev/full")
    run.step()
    with pytest.raises(TrainError, match="is the disk full"):
        run.save()
    assert (tmp_path / "run" / "checkpoint.pt").read_bytes() == before


def test_loss_that_is_no_number_is_said(recipe: Recipe, prepared: Path, tmp_path: Path) -> None:
    wild = shorter(recipe, learning_rate=1e38, warmup=0, clip=0.0, steps=5)
    with pytest.raises(TrainError, match="lower learning_rate"):
        fit(wild, prepared, tmp_path / "run")


@pytest.mark.parametrize("content", [b"", b"no checkpoint", None], ids=["empty", "text", "other"])
def test_checkpoint_that_does_not_fit_is_said(
    content: bytes | None, recipe: Recipe, prepared: Path, tmp_path: Path
) -> None:
    Run(recipe, prepared, tmp_path / "run", resume=False).save()
    if content is not None:
        (tmp_path / "run" / "checkpoint.pt").write_bytes(content)
    else:
        recipe = replace(recipe, model=replace(recipe.model, ffn=64))
    with pytest.raises(TrainError, match="broken or of another recipe"):
        Run(recipe, prepared, tmp_path / "run", resume=True)


def test_phase_with_an_unknown_corpus_is_said(
    recipe: Recipe, prepared: Path, tmp_path: Path
) -> None:
    phase = replace(recipe.phases[0], weights={"toy": 1.0, "tow": 1.0})
    with pytest.raises(TrainError, match="weighs 'tow'; prepared: toy"):
        Run(replace(recipe, phases=(phase,)), prepared, tmp_path / "run", resume=False)


def test_broken_shard_and_missing_table_are_said(
    recipe: Recipe, prepared: Path, tmp_path: Path
) -> None:
    (prepared / "toy.npz").write_bytes(b"no archive")
    with pytest.raises(TrainError, match=r"toy\.npz is no shard"):
        fit(recipe, prepared, tmp_path / "run")
    (prepared / "corpora.json").unlink()
    with pytest.raises(TrainError, match="run `python -m train prepare`"):
        fit(recipe, prepared, tmp_path / "run")


def test_phase_that_admits_no_pair_is_said(recipe: Recipe, prepared: Path, tmp_path: Path) -> None:
    phase = replace(recipe.phases[0], length_from=1, length_to=1)
    with pytest.raises(TrainError, match="no pair is as short as 1"):
        fit(replace(recipe, phases=(phase,)), prepared, tmp_path / "run")


RECIPE = "[[phase]]\nuntil = 1.0\nlength_from = 9\nlength_to = 9\n[phase.weights]\ntoy = 1.0\n"


def test_model_to_start_from_that_does_not_fit_is_said(
    recipe: Recipe, data: Path, prepared: Path, tmp_path: Path
) -> None:
    with pytest.raises(TrainError, match="no model in"):
        Run(recipe, prepared, tmp_path / "run", start=data)
    with pytest.raises(TrainError, match=r"no source\.spm in"):
        prepare(recipe, data, tmp_path / "again", vocabulary=data)
    (data / "config.json").write_text("{}", encoding="utf-8")
    (data / "vocab.json").write_text("{}", encoding="utf-8")
    with pytest.raises(TrainError, match="another vocabulary"):
        Run(recipe, prepared, tmp_path / "run", start=data)


BAD_RECIPES = {
    "not TOML": ("[fit", "not valid TOML"),
    "unknown key": (RECIPE + "[fit]\nminuts = 3\n", "unknown key 'minuts'; known: .*minutes"),
    "missing key": ("[[phase]]\nuntil = 1.0\n", "missing 3 required"),
    "no phase": ("[fit]\nminutes = 3\n", r"has no \[\[phase\]\]"),
    "phases fall": (RECIPE.replace("1.0\nlength", "0.5\nlength"), "the last must be 1.0"),
    "decay": (RECIPE + '[fit]\ndecay = "cosine"\n', "allowed: linear, inverse_sqrt"),
    "heads": (RECIPE + "[model]\nwidth = 100\nheads = 8\n", "no multiple of the heads"),
}


@pytest.mark.parametrize(("text", "message"), BAD_RECIPES.values(), ids=BAD_RECIPES)
def test_bad_recipe_is_said(text: str, message: str, tmp_path: Path) -> None:
    path = tmp_path / "recipe.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TrainError, match=message):
        load_recipe(path)


def test_command_says_one_line_and_exits_with_two(data: Path, tmp_path: Path) -> None:
    recipe = tmp_path / "recipe.toml"
    recipe.write_text('[prepare]\ncorpora = ["gone"]\n' + RECIPE, encoding="utf-8")
    arguments = ["prepare", "--config", recipe, "--data", data, "--work", tmp_path / "work"]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
    assert "no gone.tsv or gone.tsv.xz" in result.stderr
    assert json.loads((data / "toy.json").read_text())["licence"] == "CC0-1.0"
