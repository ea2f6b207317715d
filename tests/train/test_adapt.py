"""A model learns a newsroom's own sentences, and is kept only where that helps."""

import json
import re
import shutil
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest
import torch
from transformers import MarianMTModel

from eval.evaluation import evaluate
from tests.train.conftest import invented_pairs, toy_recipe, write_corpus
from train import adapt as learning
from train import adapt_cli
from train.adapt_cli import Order, learn
from train.errors import TrainError
from train.export import export
from train.fit import fit
from train.network import Trainer
from train.prepare import prepare
from translate.cli.main import run
from translate.engines.folder import ModelInfo, read_model
from translate.engines.models import BUILTIN, find_model, list_models
from translate.memory.store import Memory, Unit

Pairs = Sequence[tuple[str, str]]
Learn = Callable[..., learning.Adapted]


@pytest.fixture(scope="module")
def toy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small model that knows its grammar."""
    folder = tmp_path_factory.mktemp("toy")
    write_corpus(folder / "data")
    recipe = toy_recipe()
    prepare(recipe, folder / "data", folder / "prepared")
    fit(recipe, folder / "prepared", folder / "run")
    (folder / "recipe.toml").write_text("# the toy\n", encoding="utf-8")
    export(recipe, folder / "recipe.toml", folder / "prepared", folder / "run", folder / "model")
    return folder / "model"


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))


_STYLE = {
    "on Monday": "tonight",
    "tonight": "on Tuesday",
    "announces": "rejects",
    "rejects": "defends",
    "minister": "mayor",
    "mayor": "witness",
}
_STYLED = re.compile("|".join(_STYLE))


def in_house_style(pairs: Pairs) -> list[tuple[str, str]]:
    """The same sentences with other words for some."""
    return [(french, _STYLED.sub(lambda m: _STYLE[m[0]], english)) for french, english in pairs]


def write(path: Path, pairs: Pairs) -> Path:
    path.write_text("".join(f"{french}\t{english}\n" for french, english in pairs), "utf-8")
    return path


def general(folder: Path, pairs: Pairs) -> str:
    for side, ending in enumerate(("fr", "en")):
        lines = "".join(f"{pair[side]}\n" for pair in pairs)
        (folder / f"general.{ending}").write_text(lines, encoding="utf-8")
    return str(folder / "general")


def learnt(
    toy: Path, file: Path, general: str, *, anyway: bool = False, adapt: Learn | None = None
) -> tuple[learning.Adapted, bool]:
    """A small network takes large steps."""
    given = general and (general,)
    order = Order((file,), "desk", str(toy), general=given or (), threads=2, anyway=anyway)
    return learn(order, adapt or partial(learning.adapt, rate=4e-3))


def test_a_style_is_learnt_and_added(toy: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "style.tsv", in_house_style(invented_pairs(600)))
    same = general(tmp_path, in_house_style(invented_pairs(60, seed=7)))
    result, added = learnt(toy, file, same)
    assert added
    assert result.is_better
    gain = result.own.comparison("after", "BLEU")
    assert gain is not None
    assert gain.difference > 5
    info = find_model("desk")
    assert info.origin.endswith("of style.tsv")
    assert {(score.test_set, score.metric) for score in info.scores} >= {("own sentences", "BLEU")}
    assert read_model(toy).folder == toy  # as it was


def test_forgetting_general_news_is_no_gain(toy: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "style.tsv", in_house_style(invented_pairs(600)))
    news = general(tmp_path, invented_pairs(60, seed=7))  # which the style makes worse
    result, added = learnt(toy, file, news)
    assert not added
    assert not result.is_better
    assert [info.name for info in list_models()] == ["builtin"]


def no_gain(*given: object, **settings: object) -> learning.Adapted:
    """Stands for a training that changed nothing."""
    info, _, _, out = given
    assert isinstance(info, ModelInfo)
    assert isinstance(out, Path)
    shutil.copytree(info.folder, out)
    own = evaluate({"before": ["a b c"], "after": ["a b c"]}, [["a b c d"]], name="judging")
    return learning.Adapted(out, 0.5, 10, 1.0, own, ())


def test_what_is_no_better_is_added_where_it_is_wanted(toy: Path, tmp_path: Path) -> None:
    file = write(tmp_path / "some.tsv", invented_pairs(300))
    result, added = learnt(toy, file, "", adapt=no_gain)
    assert not added
    assert "own (1)" in adapt_cli.table(result)
    assert not json.loads(adapt_cli.values(result, added))["better"]
    assert "not added" in adapt_cli.verdict(result, "desk", added)
    _, added = learnt(toy, file, "", adapt=no_gain, anyway=True)
    assert added
    assert find_model("desk").name == "desk"


def test_nothing_held_out_is_trained_on() -> None:
    units = [Unit(french, english) for french, english in invented_pairs(600)]
    parts = learning.parts_of(units)
    sides = [set(parts.training), set(parts.choosing.pairs), set(parts.judging.pairs)]
    assert sum(map(len, sides)) == len(set.union(*sides)) == 600
    assert 30 < len(sides[1] | sides[2]) < 90
    again = learning.parts_of([*reversed(units), Unit("Une phrase de plus.", "One more sentence.")])
    held = {*parts.choosing.pairs, *parts.judging.pairs}
    assert held <= {*again.choosing.pairs, *again.judging.pairs}


def test_the_last_translation_of_a_sentence_counts() -> None:
    units = [Unit(french, english) for french, english in invented_pairs(300)]
    newer = Unit(units[0].source.upper(), "Another translation of it.")
    parts = learning.parts_of([*units, newer])
    everything = [*parts.training, *parts.choosing.pairs, *parts.judging.pairs]
    assert (newer.source, newer.target) in everything
    assert (units[0].source, units[0].target) not in everything


def test_a_memory_is_read(tmp_path: Path) -> None:
    units = [Unit("Bonjour.", "Hello."), Unit("Bonsoir.", "Good evening.")]
    with Memory(tmp_path / "desk.sqlite", create=True) as memory:
        memory.add(units)
    assert [u.target for u in learning.read_units(tmp_path / "desk.sqlite")] == [
        "Hello.",
        "Good evening.",
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["few.tsv", "--name", "x"], "at least 200"),
        (["none.tmx", "--name", "x"], "none.tmx"),
        (["few.docx", "--name", "x"], "few.docx"),
        (["few.tsv", "--name", "builtin"], "cannot be a model's name"),
        (["few.tsv", "--name", "../x"], "cannot be a model's name"),
        (["few.tsv", "--name", "x", "--model", "nowhere"], "no model 'nowhere'"),
        (["few.tsv"], "--name"),
        (["few.tsv", "--name", "x", "--minutes", "0"], "minutes"),
        (["many.tsv", "--name", "x", "--general", "nothing"], "unknown test set"),
        (["--name", "x"], "memory.sqlite"),
    ],
)
def test_bad_input_is_one_line(
    arguments: list[str],
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(Path("few.tsv"), invented_pairs(20))
    write(Path("many.tsv"), invented_pairs(300))
    write(Path("few.docx"), invented_pairs(20))
    assert run(["adapt", *arguments]) == 2
    said = capsys.readouterr().err
    assert message in said
    assert len(said.strip().splitlines()) == 1


def test_a_model_with_two_vocabularies_is_refused(toy: Path, tmp_path: Path) -> None:
    info = read_model(toy)
    (tmp_path / "two").mkdir()
    for file in toy.iterdir():
        if file.is_file():
            (tmp_path / "two" / file.name).write_bytes(file.read_bytes())
    (tmp_path / "two/target_vocab.json").write_text("{}", encoding="utf-8")
    parts = learning.parts_of(Unit(fr, en) for fr, en in invented_pairs(300))
    with pytest.raises(TrainError, match="a vocabulary for each language"):
        learning.adapt(read_model(tmp_path / "two"), parts, [], tmp_path / "out", minutes=1)
    assert info.folder == toy


def test_the_loss_counts_the_bias_that_public_models_have(toy: Path) -> None:
    model = MarianMTModel.from_pretrained(toy, dtype=torch.float32).eval()
    model.final_logits_bias.normal_(generator=torch.Generator().manual_seed(1))
    source, target = torch.tensor([[5, 6, 7, 0]]), torch.tensor([[8, 9, 0]])
    pad = model.config.pad_token_id
    with torch.no_grad():
        logits = model(input_ids=source, labels=target).logits[..., :pad]
        expected = torch.nn.functional.cross_entropy(logits[0], target[0])
        none = torch.full_like(target, -1)
        found = Trainer(model, 0.0)(source, target, none, 0.0).likelihood
    assert found == pytest.approx(float(expected), abs=1e-4)


def test_the_builtin_model_can_learn() -> None:
    learning._Network(find_model(BUILTIN))
