"""Models: what a name finds, what a broken folder says, and what is kept where."""

import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from translate.cli.models import models
from translate.engines import load_translator
from translate.engines.ct2 import CTranslate2Translator, converted_folder
from translate.engines.folder import Score, read_model
from translate.engines.models import (
    BUILTIN,
    add_model,
    default_model,
    find_model,
    list_models,
    remove_model,
    set_default,
)
from translate.errors import DepecheError, ModelError, OutputError, UsageError


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has a data folder of its own."""
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the built-in model that a test may break."""
    return shutil.copytree(find_model(BUILTIN).folder, tmp_path / "copy")


def edit_json(path: Path, **values: object) -> None:
    old = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**old, **values}), encoding="utf-8")


def truncate(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def drop_token(folder: Path) -> None:
    vocabulary = json.loads((folder / "vocab.json").read_text())
    del vocabulary["<unk>"]
    (folder / "vocab.json").write_text(json.dumps(vocabulary))


def grow_vocabulary(folder: Path) -> None:
    vocabulary = json.loads((folder / "vocab.json").read_text())
    more = {f"new{index}": len(vocabulary) + index for index in range(500)}
    (folder / "vocab.json").write_text(json.dumps({**vocabulary, **more}))


def shrink_vocabulary(folder: Path) -> None:
    vocabulary = json.loads((folder / "vocab.json").read_text())
    kept = dict(list(vocabulary.items())[:-100])
    (folder / "vocab.json").write_text(json.dumps(kept))


def spoil_weights(folder: Path) -> None:
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    spoiled = {name: values * float("nan") for name, values in weights.items()}
    save_file(spoiled, folder / "model.safetensors", {"format": "pt"})


BROKEN: dict[str, tuple[Callable[[Path], object], str]] = {
    "no config": (lambda f: (f / "config.json").unlink(), "lacks config.json: a folder in"),
    "no vocabulary": (lambda f: (f / "vocab.json").unlink(), "lacks vocab.json"),
    "no tokenizer": (lambda f: (f / "target.spm").unlink(), "lacks target.spm"),
    "no weights": (
        lambda f: (f / "model.safetensors").unlink(),
        "lacks model.safetensors or pytorch_model.bin",
    ),
    "truncated": (lambda f: truncate(f / "model.safetensors"), "is broken: .* copy it again"),
    "garbage": (
        lambda f: (f / "model.safetensors").write_bytes(b"\x00garbage" * 1000),
        "is not a safetensors file",
    ),
    "garbage head": (
        lambda f: (f / "model.safetensors").write_bytes(b"\x05\0\0\0\0\0\0\0[[1]]" + bytes(99)),
        "is not a safetensors file",
    ),
    "empty": (lambda f: (f / "model.safetensors").write_bytes(b""), "is not a safetensors file"),
    "other type": (
        lambda f: edit_json(f / "config.json", model_type="t5"),
        "a model of type 't5': only 'marian'",
    ),
    "no size": (lambda f: edit_json(f / "config.json", vocab_size="big"), "no number 'vocab_size'"),
    "config not JSON": (lambda f: (f / "config.json").write_text("{"), "not readable JSON"),
    "config not an object": (lambda f: (f / "config.json").write_text("[]"), "not a JSON object"),
    "vocabulary binary": (lambda f: (f / "vocab.json").write_bytes(b"\xff\xfe"), "not readable"),
    "vocabulary without <unk>": (drop_token, "lacks <unk>"),
    "vocabulary of another model": (grow_vocabulary, "does not belong to this model"),
    "tokenizer garbage": (
        lambda f: (f / "source.spm").write_bytes(b"nonsense"),
        "is not a SentencePiece model",
    ),
    "wrong direction": (
        lambda f: edit_json(f / "tokenizer_config.json", source_lang="en", target_lang="fr"),
        "translates en to fr: a model to English is needed",
    ),
    "card: normalisation": (
        lambda f: edit_json(f / "depeche.json", normalisation="nfkc"),
        "normalisation is 'nfkc', allowed are none, moses",
    ),
    "card: length": (
        lambda f: edit_json(f / "depeche.json", max_source_tokens="long"),
        "a number above 0 is needed",
    ),
    "card: scores": (lambda f: edit_json(f / "depeche.json", scores={"x": 1}), "scores are"),
    "card: scores that are none": (
        lambda f: edit_json(f / "depeche.json", scores={"x": {"BLEU": float("nan")}}),
        "scores are",
    ),
    "card: placeholders": (
        lambda f: edit_json(f / "depeche.json", placeholders=5),
        "placeholders are a list of symbols",
    ),
    "card: placeholders in one": (
        lambda f: edit_json(f / "depeche.json", placeholders="abc"),
        "placeholders are a list of symbols",
    ),
    "card: length true": (
        lambda f: edit_json(f / "depeche.json", max_source_tokens=True),
        "a number above 0 is needed",
    ),
    "card nested": (lambda f: (f / "depeche.json").write_text("[" * 100_000), "not readable JSON"),
    "card: digits": (
        lambda f: (f / "depeche.json").write_text('{"max_source_tokens": ' + "9" * 5000 + "}"),
        "not readable JSON",
    ),
    "config nested": (lambda f: (f / "config.json").write_text("[" * 100_000), "not readable JSON"),
    "no layers": (lambda f: edit_json(f / "config.json", decoder_layers=0), "'decoder_layers'"),
    "negative": (lambda f: edit_json(f / "config.json", max_position_embeddings=-1), "from 1 to"),
    "true": (lambda f: edit_json(f / "config.json", vocab_size=True), "no number 'vocab_size'"),
    "huge": (lambda f: edit_json(f / "config.json", d_model=10**12), "no number 'd_model'"),
    "words": (lambda f: edit_json(f / "config.json", encoder_ffn_dim="8"), "'encoder_ffn_dim'"),
    "heads": (lambda f: edit_json(f / "config.json", encoder_attention_heads=7), "no multiple"),
    "start": (
        lambda f: edit_json(f / "config.json", decoder_start_token_id=8001),
        "no row of the vocabulary as 'decoder_start_token_id'",
    ),
    "activation": (
        lambda f: edit_json(f / "config.json", activation_function="none such"),
        "do not load",
    ),
    "smaller vocabulary": (shrink_vocabulary, "does not belong to this model: 7,901 tokens"),
    "vocabulary of lists": (
        lambda f: (f / "vocab.json").write_text('{"</s>": [1], "<unk>": [2]}'),
        "does not belong to this model",
    ),
    "weights without numbers": (spoil_weights, "has values that are no numbers"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_folder_is_one_clear_line(folder: Path, fault: str) -> None:
    damage, message = BROKEN[fault]
    damage(folder)
    with pytest.raises(ModelError, match=message) as caught:
        load_translator(str(folder), device="cpu")
    assert "\n" not in str(caught.value)
    assert str(folder) in str(caught.value)


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_weights_of_other_shapes_are_refused(folder: Path, engine: str) -> None:
    """The file is whole, but it is not this config's: only loading can tell."""
    edit_json(folder / "config.json", encoder_ffn_dim=512)
    with pytest.raises(ModelError, match="do not load"):
        load_translator(str(folder), engine=engine, device="cpu")


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_missing_weights_are_not_made_up(folder: Path, engine: str) -> None:
    from safetensors.numpy import load_file, save_file

    weights = load_file(folder / "model.safetensors")
    del weights["model.encoder.layers.0.fc1.weight"]
    save_file(weights, folder / "model.safetensors", {"format": "pt"})
    with pytest.raises(ModelError, match=r"no model\.encoder\.layers\.0\.fc1\.weight in them"):
        load_translator(str(folder), engine=engine, device="cpu")


def test_pytorch_weights_that_are_not(folder: Path) -> None:
    (folder / "model.safetensors").unlink()
    (folder / "pytorch_model.bin").write_bytes(b"")
    with pytest.raises(ModelError, match="is empty"):
        load_translator(str(folder), device="cpu")
    (folder / "pytorch_model.bin").write_bytes(b"not a checkpoint")
    with pytest.raises(ModelError, match="do not load"):
        load_translator(str(folder), device="cpu")


def test_pytorch_weights_translate_alike(folder: Path) -> None:
    import torch
    from safetensors.torch import load_file

    source = "Le ministre a annoncé une réforme."
    expected = load_translator(str(folder), device="cpu").translate([source])
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    translator = load_translator(str(folder), device="cpu")
    assert translator.translate([source]) == expected


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("opus", "no model 'opus'; a model is 'builtin', a name from 'depeche models', a local"),
        ("./nowhere", "no model folder nowhere; a model is 'builtin'"),
        ("a/b/c", "no model 'a/b/c'"),
        ("", "no model ''"),
    ],
)
def test_an_unknown_name_names_the_choices(name: str, message: str) -> None:
    with pytest.raises(ModelError, match=message):
        find_model(name)


def test_the_builtin_model_is_described() -> None:
    info = find_model(BUILTIN)
    assert info.name == BUILTIN
    assert info.languages == ("fr", "en")
    assert info.parameters is not None
    assert info.parameters * 2 < info.size_bytes  # float16
    assert info.scores
    assert all(score.signature for score in info.scores)


def test_a_folder_without_a_card_is_taken_for_a_hub_model(folder: Path) -> None:
    (folder / "depeche.json").unlink()
    (folder / "README.md").write_text("---\nlicense: apache-2.0\n---\n# A model\n")
    info = read_model(folder)
    assert (info.normalisation, info.max_source_tokens, info.name) == ("moses", 200, "copy")
    assert info.licence == "apache-2.0"


@pytest.mark.parametrize("space", [" ", "\u00a0", "\u202f"])
def test_moses_normalisation_is_done_inside(folder: Path, space: str) -> None:
    edit_json(folder / "depeche.json", normalisation="moses")
    moses = load_translator(str(folder), device="cpu")
    plain = load_translator(BUILTIN, device="cpu")
    typed = f"«{space}L’Europe{space}», dit-il – à 3,5{space}%."
    mapped = '"L\'Europe", dit-il - à 3,5%.'
    assert moses.count_tokens(typed) == plain.count_tokens(mapped)
    assert moses.translate([typed]) == plain.translate([mapped])


def test_added_models_are_copies(folder: Path, own_data: Path) -> None:
    info = add_model(str(folder), name="mine")
    shutil.rmtree(folder)
    assert info.folder == own_data / "models" / "mine"
    assert find_model("mine") == info
    assert [model.name for model in list_models()] == [BUILTIN, "mine"]
    assert list(own_data.joinpath("models").iterdir()) == [info.folder]
    assert info.scores == find_model(BUILTIN).scores


@pytest.mark.parametrize("name", ["builtin", "default", "a/b", ".hidden", "-x", "two words"])
def test_names_that_cannot_be(folder: Path, name: str) -> None:
    with pytest.raises(UsageError, match="cannot be a model's name"):
        add_model(str(folder), name=name)


def test_a_name_is_not_taken_twice(folder: Path) -> None:
    add_model(str(folder))
    with pytest.raises(UsageError, match="there is a model 'copy' already"):
        add_model(str(folder))


def test_the_default_is_chosen_and_falls_back(folder: Path) -> None:
    assert default_model() == BUILTIN
    add_model(str(folder), name="mine")
    set_default("mine")
    assert find_model().name == "mine"
    remove_model("mine")
    assert find_model().name == BUILTIN


def test_names_that_are_not_there() -> None:
    with pytest.raises(ModelError, match="no model 'x' to make the default; there are: builtin"):
        set_default("x")
    with pytest.raises(ModelError, match="no model 'x' to remove; there are: builtin"):
        remove_model("x")
    with pytest.raises(UsageError, match="cannot be removed"):
        remove_model(BUILTIN)


def test_a_data_folder_that_cannot_be_written(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "file"))
    with pytest.raises(OutputError, match="cannot write"):
        add_model(str(folder))
    with pytest.raises(OutputError, match="cannot write"):
        set_default(BUILTIN)


def test_a_broken_added_model_does_not_hide_the_others(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    added = add_model(str(folder), name="mine")
    truncate(added.folder / "model.safetensors")
    assert [model.name for model in list_models()] == [BUILTIN]
    assert "the model 'mine' cannot be used" in caplog.text


def test_models_command(folder: Path) -> None:
    run = CliRunner().invoke
    assert run(models, ["add", str(folder), "--name", "mine", "--default"]).output.startswith(
        "added mine ("
    )
    table = run(models, []).output.splitlines()
    assert table[1].split()[0] == BUILTIN
    assert table[2].split()[:2] == ["*", "mine"]
    rows = json.loads(run(models, ["--json"]).output)
    assert [(row["name"], row["default"]) for row in rows] == [(BUILTIN, False), ("mine", True)]
    assert run(models, ["default", BUILTIN]).output == "the default is builtin\n"
    assert run(models, ["remove", "mine"]).output == "removed mine; the default is builtin\n"
    assert isinstance(run(models, ["remove", "mine"]).exception, DepecheError)


class Conversions:
    """Counts conversions; each one copies a ready conversion, which is quick."""

    def __init__(self, ready: Path) -> None:
        self.ready, self.count = ready, 0

    def __call__(self, model: Path, folder: Path, quantization: str) -> None:
        self.count += 1
        shutil.copytree(self.ready, folder)


@pytest.fixture
def conversions(
    builtin: CTranslate2Translator, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Conversions:
    """A converter with an empty cache folder of its own."""
    ready = converted_folder(find_model(BUILTIN), "int8")
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path / "cache"))
    return Conversions(ready)


def start(conversions: Conversions, folder: Path | None = None) -> CTranslate2Translator:
    info = read_model(folder) if folder else find_model(BUILTIN)
    return CTranslate2Translator(info, device="cpu", convert=conversions)


def test_a_model_is_converted_once_per_content(conversions: Conversions, folder: Path) -> None:
    start(conversions)
    start(conversions)
    start(conversions, folder)  # the same bytes elsewhere
    assert conversions.count == 1
    edit_json(folder / "config.json", note="changed")
    start(conversions, folder)
    assert conversions.count == 2


def test_a_broken_conversion_is_made_again(
    conversions: Conversions, caplog: pytest.LogCaptureFixture
) -> None:
    start(conversions)
    truncate(converted_folder(find_model(BUILTIN), "int8") / "model.bin")
    assert start(conversions).translate(["Bonjour."])
    assert conversions.count == 2
    assert "once more" in caplog.text


def test_a_failed_conversion_leaves_nothing(conversions: Conversions, tmp_path: Path) -> None:
    def fail(model: Path, folder: Path, quantization: str) -> None:
        folder.mkdir()
        (folder / "model.bin").write_bytes(b"half")
        raise ModelError("broken weights")

    with pytest.raises(ModelError, match="broken weights"):
        CTranslate2Translator(find_model(BUILTIN), device="cpu", convert=fail)
    assert list((tmp_path / "cache" / "ctranslate2").iterdir()) == []


def test_a_cache_that_cannot_be_written(
    conversions: Conversions,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path / "file"))
    assert start(conversions).translate(["Bonjour."])
    assert "DEPECHE_CACHE names another folder" in caplog.text


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_a_read_only_cache(conversions: Conversions, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    cache.mkdir()
    cache.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert start(conversions).translate(["Bonjour."])
    assert list(cache.iterdir()) == []


def test_a_full_disk_is_an_output_error(conversions: Conversions, tmp_path: Path) -> None:
    def full(model: Path, folder: Path, quantization: str) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match=r"No space left on device.*DEPECHE_CACHE"):
        CTranslate2Translator(find_model(BUILTIN), device="cpu", convert=full)
    assert list((tmp_path / "cache" / "ctranslate2").iterdir()) == []


def test_another_process_may_be_first(conversions: Conversions) -> None:
    """The other's folder appears while we convert: it is used, ours is dropped."""

    def slow(model: Path, folder: Path, quantization: str) -> None:
        conversions(model, folder, quantization)
        start(conversions)

    translator = CTranslate2Translator(find_model(BUILTIN), device="cpu", convert=slow)
    assert translator.translate(["Bonjour."])
    cache = converted_folder(find_model(BUILTIN), "int8").parent
    assert len(list(cache.iterdir())) == 1


def test_two_processes_prepare_at_once(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error::UserWarning", "-m", "translate.engines.ct2", BUILTIN]
    environment = {**os.environ, "DEPECHE_CACHE": str(tmp_path / "cache")}
    running = [subprocess.Popen(command, env=environment) for _ in range(2)]
    assert [process.wait(timeout=200) for process in running] == [0, 0]
    (converted,) = (tmp_path / "cache" / "ctranslate2").iterdir()
    assert sorted(path.name for path in converted.iterdir()) == [
        "config.json",
        "model.bin",
        "shared_vocabulary.json",
    ]


def test_prepare_says_what_is_wrong() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "translate.engines.ct2", "./nowhere"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("depeche: error: no model folder nowhere")


def test_scores_keep_their_signature() -> None:
    assert any(isinstance(score, Score) and score.value > 0 for score in list_models()[0].scores)


@pytest.mark.parametrize("content", [b"\xff\xfe", b"no-such-model", b"../x", b"a\0b", b"default"])
def test_a_default_that_is_none(own_data: Path, content: bytes) -> None:
    (own_data / "models").mkdir(parents=True)
    (own_data / "models" / "default").write_bytes(content)
    with pytest.raises(ModelError, match="choose one with 'depeche models default'"):
        find_model()
    set_default(BUILTIN)
    assert find_model().name == BUILTIN


def test_a_name_that_no_file_has() -> None:
    with pytest.raises(ModelError, match="no model"):
        find_model("a\0b")


@pytest.mark.parametrize("content", [b"\xff", b"", b"../../etc", b"0" * 4000])
def test_a_hash_that_is_none_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path / "cache"))
    info = find_model(BUILTIN)
    folder = converted_folder(info, "int8")
    (kept,) = (tmp_path / "cache" / "hashes").iterdir()
    kept.write_bytes(content)
    assert converted_folder(info, "int8") == folder


def test_a_model_that_has_learnt_no_placeholders_gets_others(folder: Path) -> None:
    learnt = load_translator(str(folder), device="cpu").placeholders
    edit_json(folder / "depeche.json", placeholders=[])
    translator = load_translator(str(folder), device="cpu")
    assert translator.placeholders == learnt
    texts = [row[0].text for row in translator.translate(["Voir ⟦0⟧ et les ⟦1⟧ pages."])]
    assert [texts[0].count(mark) for mark in learnt[:2]] == [1, 1]
