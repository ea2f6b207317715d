"""OPUS-MT releases and CTranslate2 folders: the English of the weights they were made of."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.models import opus_release, zipped
from train.adapt_cli import Order, learn
from translate.cli.models import models
from translate.engines import Translator, load_translator
from translate.engines.ct2 import convert_weights
from translate.engines.models import BUILTIN, add_model, find_model, list_models
from translate.errors import ModelError, UsageError

SENTENCES = [
    "Le ministre a annoncé une réforme des retraites.",
    "Les deux pays ont signé un accord mardi à Genève.",
    "Elle a été élue maire de Lyon en 2020.",
]


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opus_release(tmp_path_factory.mktemp("opus") / "fr-en", find_model(BUILTIN).folder)


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "models"


def float32(name: str) -> Translator:
    return load_translator(name, device="cpu", compute_type="float32")


def test_a_release_writes_the_english_of_its_weights(
    release: Path, tmp_path: Path, own_data: Path, builtin_float32: Translator
) -> None:
    path = zipped(release, tmp_path / "opus-2020-02-26.zip")
    added = CliRunner().invoke(models, ["add", str(path)])
    assert added.output.startswith("added opus-2020-02-26 (")
    info = find_model("opus-2020-02-26")
    assert (info.licence, info.origin, info.normalisation) == ("CC-BY-4.0", str(path), "moses")
    assert [path.name for path in own_data.iterdir()] == [info.name]
    ours, theirs = (one.translate(SENTENCES) for one in (float32(info.name), builtin_float32))
    for our, their in zip(ours, theirs, strict=True):
        assert [one.text for one in our] == [one.text for one in their]
        assert our[0].score == pytest.approx(their[0].score, abs=1e-3)
    typed = float32(info.name).translate(["« L’Europe », dit-il."])
    mapped = builtin_float32.translate(['"L\'Europe", dit-il.'])
    assert typed[0][0].text == mapped[0][0].text


def test_a_folder_is_taken_as_a_zip_is(release: Path) -> None:
    info = add_model(str(release), name="opus")
    assert [one.name for one in list_models()] == [BUILTIN, "opus"]
    assert info.converted
    with pytest.raises(ModelError, match="is an original OPUS-MT release: add it once with"):
        find_model(str(release))
    with pytest.raises(ModelError, match="only --engine ctranslate2 runs it"):
        load_translator("opus", engine="transformers", device="cpu")
    with pytest.raises(UsageError, match="the model 'opus' cannot learn: it is CTranslate2's"):
        learn(Order((), "desk", "opus"))


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A CTranslate2 folder as its own converter writes it, SentencePiece models beside."""
    folder = tmp_path_factory.mktemp("converted") / "ct2"
    builtin = find_model(BUILTIN).folder
    convert_weights(builtin, folder, "float32")
    for name in ("source.spm", "target.spm", "depeche.json"):
        shutil.copyfile(builtin / name, folder / name)
    return folder


def test_a_ctranslate2_folder_is_used_as_it_is(
    converted: Path, builtin_float32: Translator
) -> None:
    info = add_model(str(converted), name="ct2")
    assert info.placeholders == find_model(BUILTIN).placeholders
    expected = builtin_float32.translate(SENTENCES)
    assert float32("ct2").translate(SENTENCES) == expected
    assert float32(str(converted)).translate(SENTENCES) == expected


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


BROKEN_FOLDERS: dict[str, tuple[Callable[[Path], object], str]] = {
    "no tokenizer": (lambda f: (f / "source.spm").unlink(), "lacks source.spm: a CTranslate2"),
    "no vocabulary": (lambda f: (f / "shared_vocabulary.json").unlink(), "lacks shared_voc"),
    "truncated": (lambda f: halve(f / "model.bin"), "CTranslate2 cannot run"),
    "empty": (lambda f: (f / "model.bin").write_bytes(b""), "CTranslate2 cannot run"),
    "vocabulary": (lambda f: (f / "shared_vocabulary.json").write_text("{}"), "not a vocabulary"),
    "short": (lambda f: (f / "shared_vocabulary.json").write_text('["a"]'), "lacks </s> and"),
    "config": (lambda f: (f / "config.json").write_text("[]"), "no configuration of CTranslate2"),
}


@pytest.mark.parametrize("fault", BROKEN_FOLDERS)
def test_a_broken_ctranslate2_folder_is_one_line(
    converted: Path, tmp_path: Path, fault: str
) -> None:
    damage, message = BROKEN_FOLDERS[fault]
    folder = shutil.copytree(converted, tmp_path / "copy")
    damage(folder)
    with pytest.raises(ModelError, match=message) as caught:
        load_translator(str(folder), device="cpu")
    assert "\n" not in str(caught.value)


def bpe(folder: Path) -> None:
    (folder / "source.spm").rename(folder / "source.bpe")


def other_network(folder: Path) -> None:
    import numpy as np

    weights = dict(np.load(folder / "opus.npz"))
    text = weights["special:model.yml"].tobytes().replace(b"type: transformer\n", b"type: s2s\n")
    weights["special:model.yml"] = np.frombuffer(text, dtype=np.int8)
    np.savez(folder / "opus.npz", **weights)


BROKEN_RELEASES: dict[str, tuple[Callable[[Path], object], str]] = {
    "no weights": (lambda f: (f / "opus.npz").unlink(), r"lacks .*opus.npz, which decoder.yml"),
    "bpe": (bpe, "lacks source.spm; releases with BPE are not supported"),
    "no decoder": (lambda f: (f / "decoder.yml").unlink(), "lacks decoder.yml"),
    "no models": (lambda f: (f / "decoder.yml").write_text("a: 1\n"), "CTranslate2 cannot convert"),
    "garbage": (lambda f: (f / "opus.npz").write_bytes(b"x" * 99), "CTranslate2 cannot convert"),
    "other network": (other_network, "CTranslate2 cannot convert"),
}


@pytest.mark.parametrize("fault", BROKEN_RELEASES)
def test_a_broken_release_is_one_line_and_leaves_nothing(
    release: Path, tmp_path: Path, own_data: Path, fault: str
) -> None:
    damage, message = BROKEN_RELEASES[fault]
    folder = shutil.copytree(release, tmp_path / "copy")
    damage(folder)
    with pytest.raises(ModelError, match=message) as caught:
        add_model(str(zipped(folder, tmp_path / "copy.zip")))
    assert "\n" not in str(caught.value)
    assert list(own_data.iterdir()) == []
    assert not [file for file in open_files() if "opus.npz" in file]  # also a deleted one


def open_files() -> list[str]:
    return [str(file.readlink()) for file in Path("/proc/self/fd").iterdir() if file.is_symlink()]


def test_a_zip_that_is_none(tmp_path: Path, own_data: Path) -> None:
    (tmp_path / "x.zip").write_bytes(b"no zip at all")
    with pytest.raises(ModelError, match="cannot be unpacked"):
        add_model(str(tmp_path / "x.zip"))
    assert list(own_data.iterdir()) == []


def test_a_zip_writes_nowhere_else(release: Path, tmp_path: Path) -> None:
    path = zipped(release, tmp_path / "opus.zip")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("../../../outside.yml", "x")
    add_model(str(path))
    assert not list(tmp_path.rglob("outside.yml"))


def test_a_card_names_the_placeholders_of_a_release(release: Path) -> None:
    info = add_model(str(release), name="opus")
    card = json.loads((info.folder / "depeche.json").read_text(encoding="utf-8"))
    assert (card["placeholders"], card["normalisation"]) == ([], "moses")
