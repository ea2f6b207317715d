"""Models of many target languages: the token that asks for English is given to them."""

import json
from pathlib import Path

import pytest

from tests.models import opus_release, tiny_marian
from translate.engines import load_translator
from translate.engines.ct2 import convert_weights
from translate.engines.folder import read_model
from translate.engines.marian_tokens import MarianTokens
from translate.engines.models import add_model
from translate.errors import ModelError

SOURCE = "Le ministre a annoncé une réforme."


@pytest.fixture(autouse=True)
def own_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))


def edit(path: Path, **values: object) -> None:
    old = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**old, **values}), encoding="utf-8")


def multilingual(folder: Path, *targets: str) -> Path:
    """A tiny model whose vocabulary has tokens of languages in the place of rare pieces."""
    tiny_marian(folder, init_std=0.5)
    rows = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
    words = sorted(rows, key=rows.__getitem__)
    for place, target in enumerate(targets):
        words[-10 - place] = f">>{target}<<"
    text = json.dumps({word: row for row, word in enumerate(words)}, ensure_ascii=False)
    (folder / "vocab.json").write_text(text, encoding="utf-8")
    edit(folder / "tokenizer_config.json", source_lang="roa", target_lang="deu+eng+fra")
    return folder


@pytest.mark.parametrize("targets", [("fra", "eng", "deu"), ("en", "fr")])
def test_english_is_asked_for(tmp_path: Path, targets: tuple[str, ...]) -> None:
    info = read_model(multilingual(tmp_path / "many", *targets))
    english = ">>eng<<" if "eng" in targets else ">>en<<"
    assert (info.target_token, info.languages) == (english, ("roa", "en"))
    tokens = MarianTokens(info)
    pieces = tokens.encode(SOURCE)
    assert tokens.sentence(pieces) == [english, *pieces, "</s>"]
    assert add_model(str(info.folder), name=f"many-{targets[0]}").target_token == english


def test_both_engines_give_the_token(tmp_path: Path) -> None:
    folder = multilingual(tmp_path / "many", "fra", "eng")
    plain = multilingual(tmp_path / "plain", "fra", "eng")
    edit(plain / "depeche.json", target_token="", normalisation="moses")
    edit(plain / "tokenizer_config.json", target_lang="eng")
    answers = [
        load_translator(str(path), engine=engine, device="cpu", compute_type="float32").translate(
            [SOURCE], beam_size=1
        )[0][0]
        for path in (folder, plain)
        for engine in ("ctranslate2", "transformers")
    ]
    assert answers[0].text == answers[1].text
    assert answers[0].score == pytest.approx(answers[1].score, abs=1e-3)
    assert answers[2].score == pytest.approx(answers[3].score, abs=1e-3)
    assert abs(answers[0].score - answers[2].score) > 1e-5


def test_a_text_cannot_ask_for_another_language(tmp_path: Path) -> None:
    """`>>fra<<` in an article is text, in both engines."""
    folder = multilingual(tmp_path / "many", "fra", "eng")
    counts = {
        load_translator(str(folder), engine=engine, device="cpu").count_tokens(f">>fra<< {SOURCE}")
        for engine in ("ctranslate2", "transformers")
    }
    assert len(counts) == 1


def test_releases_and_ctranslate2_folders_too(tmp_path: Path) -> None:
    model = multilingual(tmp_path / "many", "fra", "eng")
    release = opus_release(tmp_path / "release", model)
    assert add_model(str(release), name="opus").target_token == ">>eng<<"
    assert load_translator("opus", device="cpu").translate([SOURCE])
    convert_weights(model, tmp_path / "ct2", "float32")
    for name in ("source.spm", "target.spm"):
        (tmp_path / "ct2" / name).write_bytes((model / name).read_bytes())
    assert read_model(tmp_path / "ct2").target_token == ">>eng<<"


def test_the_longest_source_leaves_room_for_the_token(tmp_path: Path) -> None:
    folder = multilingual(tmp_path / "many", "eng")
    edit(folder / "config.json", max_position_embeddings=100)
    assert read_model(folder).max_source_tokens == 98


def test_no_english_among_the_targets(tmp_path: Path) -> None:
    folder = multilingual(tmp_path / "many", "fra", "deu")
    with pytest.raises(ModelError, match=r"translates roa to deu\+eng\+fra: a model to English"):
        read_model(folder)


@pytest.mark.parametrize(
    ("token", "message"),
    [(">>ita<<", "has no target_token '>>ita<<'; it has >>deu<<, >>eng<<"), (5, "is a symbol of")],
)
def test_a_card_that_names_another_token(tmp_path: Path, token: object, message: str) -> None:
    folder = multilingual(tmp_path / "many", "eng", "deu")
    edit(folder / "depeche.json", target_token=token)
    with pytest.raises(ModelError, match=message):
        read_model(folder)
