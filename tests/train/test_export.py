"""What is exported loads everywhere, says the same in both engines, and knows its scores."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from transformers import MarianMTModel, MarianTokenizer

from tests.train.conftest import invented_pairs, shorter, toy_recipe, write_corpus
from train.cli import main
from train.config import Recipe
from train.errors import TrainError
from train.export import export, score
from train.fit import fit
from train.measure import (
    Decoder,
    ParallelText,
    english_untouched,
    loops,
    read_parallel,
    to_ctranslate2,
    wrong_words,
)
from train.plot import read_log, thin
from train.prepare import prepare
from train.vocabulary import PLACEHOLDERS
from translate.engines.folder import read_model


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A barely trained model: what it says is poor, so that any difference shows."""
    folder = tmp_path_factory.mktemp("exported")
    write_corpus(folder / "data")
    recipe = shorter(toy_recipe(), steps=100, bf16=True)
    recipe = replace(recipe, name="toy")
    prepare(recipe, folder / "data", folder / "prepared")
    fit(recipe, folder / "prepared", folder / "run", measure=lambda _: {"bleu": 1.0})
    (folder / "recipe.toml").write_text("# the toy\n", encoding="utf-8")
    export(recipe, folder / "recipe.toml", folder / "prepared", folder / "run", folder / "model")
    return folder / "model"


def test_padding_row_is_zero(exported: Path) -> None:
    model = MarianMTModel.from_pretrained(exported)
    weight = model.get_input_embeddings().weight
    assert not weight[model.config.pad_token_id].any()
    assert weight[:-1].any(dim=1).all()
    assert model.config.decoder_start_token_id == model.config.pad_token_id == len(weight) - 1


def test_both_engines_say_the_same(exported: Path, tmp_path: Path) -> None:
    french = [fr for fr, _ in invented_pairs(40, seed=5)]
    tokenizer = MarianTokenizer.from_pretrained(exported)
    model = MarianMTModel.from_pretrained(exported, dtype=torch.float32).eval()
    inputs = tokenizer(french, return_tensors="pt", padding=True)
    ids = model.generate(**inputs, num_beams=1, do_sample=False, max_length=60)
    expected = tokenizer.batch_decode(ids, skip_special_tokens=True)
    to_ctranslate2(exported, tmp_path, quantization="float32")
    decoder = Decoder(tmp_path, exported, threads=1, compute="float32", longest=59)
    assert decoder.translate(french, beam=1) == expected


def test_weights_are_float16(exported: Path) -> None:
    model = MarianMTModel.from_pretrained(exported)
    assert model.dtype == torch.float16
    size = (exported / "model.safetensors").stat().st_size
    assert size < 2.2 * sum(p.numel() for p in model.parameters())


def test_desk_reads_the_folder(exported: Path) -> None:
    info = read_model(exported)
    assert (info.name, info.normalisation, info.placeholders) == ("toy", "none", PLACEHOLDERS)
    assert info.max_source_tokens == 119


def test_scores_are_kept_in_the_cards(exported: Path, tmp_path: Path, recipe: Recipe) -> None:
    rows = invented_pairs(30, seed=9)
    for side, suffix in enumerate(("fr", "en")):
        text = "".join(f"{row[side]}\n" for row in rows)
        (tmp_path / f"small.{suffix}").write_text(text, encoding="utf-8")
    articles = tmp_path / "article.txt"
    articles.write_text("Un témoin attend.\n\nHier.\n", encoding="utf-8")
    found = score(recipe, exported, [tmp_path / "small"], articles, own=True)
    assert found[0].signatures[0].startswith("nrefs:1|case:mixed|eff:no|tok:13a")
    kept = read_model(exported).scores
    assert {(s.test_set, s.metric) for s in kept} == {
        ("small", "BLEU"),
        ("small", "chrF2"),
        ("small", "TER"),
    }
    card = (exported / "README.md").read_text(encoding="utf-8")
    assert f"| small | 30 | {found[0].bleu:.1f} |" in card
    assert found[0].signatures[0] in card
    assert "| toy | 200 | 100.0% | CC0-1.0 | invented |" in card


def test_log_is_thinned_but_keeps_every_measurement(exported: Path) -> None:
    rows = [{"step": float(i), "loss": 1.0} for i in range(3000)]
    rows += [{"step": 1500.0, "bleu": 1.0}]
    kept = thin(rows)
    assert len(kept) < 410
    assert kept.count({"step": 1500.0, "bleu": 1.0}) == 1
    assert [row["step"] for row in kept] == sorted(row["step"] for row in kept)
    assert (exported / "runs/recipe/log.png").read_bytes().startswith(b"\x89PNG")
    assert "bleu" in read_log(exported / "runs/recipe/log.jsonl")[-1]


class Parrot(Decoder):
    """A decoder that says what it is told to."""

    def __init__(self, answers: list[str]):
        self.answers = answers

    def translate(self, lines: object, *, beam: int) -> list[str]:
        return self.answers


def test_english_untouched_counts_identical_and_nearly() -> None:
    lines = ["“The summit opens.”", "Rain.", "A long line about the budget of the city", "Wind"]
    answers = ['"The summit opens."', "Snow!", "A long line about the budgets of the city", "Wind"]
    english = english_untouched(Parrot(answers), lines)
    assert (english.lines, english.identical, english.nearly) == (4, 0.5, 0.75)


def test_invented_and_french_words_are_counted() -> None:
    test = ParallelText("small", ["L'hégémonie est finie.", "Ils sont abstenus.", "Il pleut."], [])
    english = ["The egemony is over.", "They are abstenus.", "It rains."]
    per_thousand, lines = wrong_words(test, english)
    assert per_thousand == pytest.approx(1000 / 9)
    assert lines == pytest.approx(2 / 3)


def test_loops_are_counted() -> None:
    lines = ["of the of the of the of the", "no, no, no, no!", "very very good", "1 2 3 4"]
    assert loops(Parrot(lines), lines) == 2


def test_uneven_test_set_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.fr").write_text("un\ndeux\n", encoding="utf-8")
    (tmp_path / "a.en").write_text("one\n", encoding="utf-8")
    with pytest.raises(TrainError, match="2 French and 1 English lines"):
        read_parallel(tmp_path / "a")


def test_part_of_a_test_set_is_spread_over_it(tmp_path: Path) -> None:
    for suffix in ("fr", "en"):
        text = "".join(f"{suffix} {i}\n" for i in range(100))
        (tmp_path / f"a.{suffix}").write_text(text, encoding="utf-8")
    part = read_parallel(tmp_path / "a", 4)
    assert part.french == ["fr 0", "fr 25", "fr 50", "fr 75"]
    assert part.english == ["en 0", "en 25", "en 50", "en 75"]
    assert len(read_parallel(tmp_path / "a", 500).french) == 100


def test_the_weights_of_the_start_keep_their_share(exported: Path, tmp_path: Path) -> None:
    folder = exported.parent
    recipe = shorter(toy_recipe(), steps=60, bf16=True)
    recipe = replace(recipe, fit=replace(recipe.fit, start_share=0.25))
    given = recipe, folder / "recipe.toml", folder / "prepared", folder / "run", tmp_path / "blend"
    with pytest.raises(TrainError, match=r"keeps 25% of the weights .* --from"):
        export(*given)
    start = shutil.copytree(exported, tmp_path / "start")
    doubled = MarianMTModel.from_pretrained(exported)
    with torch.no_grad():
        for weight in doubled.parameters():
            weight.mul_(2)
    doubled.save_pretrained(start)
    export(*given, start=start)
    blend = MarianMTModel.from_pretrained(tmp_path / "blend").state_dict()
    for name, weight in MarianMTModel.from_pretrained(exported).state_dict().items():
        wanted = weight.float() * (1 if "embed_positions" in name else 1.25)
        assert torch.allclose(blend[name].float(), wanted, rtol=0.01, atol=1e-3), name


def test_export_without_a_run_is_said(tmp_path: Path, recipe: Recipe) -> None:
    with pytest.raises(TrainError, match="run `python -m train fit` first"):
        export(recipe, tmp_path / "r", tmp_path, tmp_path, tmp_path / "out")


def test_every_command_has_help() -> None:
    assert sorted(main.commands) == [
        "back",
        "distil",
        "export",
        "fit",
        "pack",
        "prepare",
        "score",
        "unpack",
    ]
    assert all(command.help for command in main.commands.values())
