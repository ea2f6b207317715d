"""A small invented parallel corpus and a recipe for it; nothing is read from outside."""

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest

from train.config import FitConfig, ModelConfig, PhaseConfig, PrepareConfig, Recipe

_SUBJECTS = {"le ministre": "the minister", "la maire": "the mayor", "un témoin": "a witness"}
_VERBS = {"annonce": "announces", "refuse": "rejects", "défend": "defends", "attend": "awaits"}
_OBJECTS = {"l'accord": "the agreement", "la loi": "the law", "un budget": "a budget"}
_PLACES = {"à Genève": "in Geneva", "à Rome": "in Rome", "au Caire": "in Cairo", "": ""}
_DAYS = {"lundi": "on Monday", "mardi": "on Tuesday", "hier": "yesterday", "ce soir": "tonight"}


def invented_pairs(count: int, seed: int = 1) -> list[tuple[str, str]]:
    """Different sentences of a tiny grammar, with numbers."""
    rng = random.Random(seed)
    pairs: dict[tuple[str, str], None] = {}
    while len(pairs) < count:
        parts = [rng.choice(list(t.items())) for t in (_SUBJECTS, _VERBS, _OBJECTS, _PLACES, _DAYS)]
        number = str(rng.randint(2, 99))
        parts.insert(3, (f"de {number} pages", f"of {number} pages"))
        french, english = (" ".join(p[side] for p in parts if p[side]) for side in (0, 1))
        pairs[french.capitalize() + ".", english.capitalize() + "."] = None
    return list(pairs)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A folder with one corpus `toy` of 200 pairs."""
    write_corpus(tmp_path / "data")
    return tmp_path / "data"


def write_corpus(folder: Path) -> None:
    """The corpus `toy` with its card."""
    folder.mkdir()
    rows = invented_pairs(200)
    (folder / "toy.tsv").write_text("".join(f"{fr}\t{en}\n" for fr, en in rows), "utf-8")
    card = {"source": "invented", "licence": "CC0-1.0"}
    (folder / "toy.json").write_text(json.dumps(card), "utf-8")


@pytest.fixture
def recipe() -> Recipe:
    """The recipe of the toy corpus."""
    return toy_recipe()


def toy_recipe() -> Recipe:
    """A network small enough to learn the toy corpus by heart in seconds."""
    return Recipe(
        name="toy",
        model=ModelConfig(
            encoder_layers=2, decoder_layers=1, width=64, heads=4, ffn=128, vocabulary=160
        ),
        prepare=PrepareConfig(corpora=("toy",), align=False),
        phases=(PhaseConfig(until=1.0, length_from=120, length_to=120, weights={"toy": 1.0}),),
        fit=FitConfig(
            steps=350,
            threads=2,
            batch_tokens=256,
            block=200,
            learning_rate=4e-3,
            warmup=40,
            label_smoothing=0.0,
            ema=0.9,
            align_weight=0.0,
            bf16=False,
        ),
    )


def shorter(recipe: Recipe, **changes: object) -> Recipe:
    """The recipe with other settings of `fit`."""
    return replace(recipe, fit=replace(recipe.fit, **changes))  # type: ignore[arg-type]
