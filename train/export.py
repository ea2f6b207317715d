"""`export` and `score`: a finished run becomes a model folder with its card."""

import json
import logging
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import torch

from train.card import card_text
from train.config import Recipe
from train.errors import TrainError
from train.fit import averaged
from train.history import RUNS, keep, run_of
from train.layout import write_layout
from train.measure import (
    Decoder,
    Scores,
    english_untouched,
    full_scores,
    loops,
    read_parallel,
    to_ctranslate2,
)
from train.network import blended
from train.vocabulary import PLACEHOLDERS
from translate.document import Language
from translate.pipeline import analyse

log = logging.getLogger(__name__)
SCORES = "scores.json"
LICENCE = "research use, see README.md"
_ENGLISH_LINES = 200


def export(
    recipe: Recipe,
    recipe_file: Path,
    prepared: Path,
    run_folder: Path,
    out: Path,
    *,
    start: Path | None = None,
    runs: Path | None = None,
) -> None:
    """Write the averaged weights of a run in Hugging Face's layout, fp16, with its cards.

    Recipe, corpora and log go to `runs`, which is a folder of the model where none is given.
    With `fit.start_share` in the recipe they are interpolated with those of the model folder
    `start` (Wortsman et al. 2022, Robust fine-tuning of zero-shot models).
    """
    if recipe.fit.start_share and start is None:
        raise TrainError(
            f"the recipe keeps {recipe.fit.start_share:.0%} of the weights that the run started "
            "from; give their folder with --from"
        )
    model = averaged(recipe, prepared, run_folder)
    if start:
        model = blended(model, start, prepared, recipe.fit.start_share)
    write_layout(model, prepared, out, dtype=torch.float16)
    name = recipe_file.stem
    keep(name, recipe_file, prepared, run_folder, runs or out / RUNS)
    write_cards(recipe, out, name, runs)


def score(
    recipe: Recipe,
    folder: Path,
    sets: Sequence[Path],
    articles: Path | None,
    *,
    own: bool,
    runs: Path | None = None,
) -> list[Scores]:
    """Score a model folder, beam 4 and int8; `own` keeps the result in the folder's cards.

    The English lines are those of the first test set; loops are counted in the sentences of
    `articles` that the desk gives to a model.
    """
    tests = [read_parallel(path) for path in sets]
    with tempfile.TemporaryDirectory() as temporary:
        to_ctranslate2(folder, Path(temporary))
        decoder = Decoder(Path(temporary), folder, threads=recipe.fit.threads)
        rows = [full_scores(decoder, test) for test in tests]
        english = english_untouched(decoder, tests[0].english[:_ENGLISH_LINES])
        found = loops(decoder, _french_sentences(articles) if articles else [])
    result = {"sets": [asdict(row) for row in rows], "english": asdict(english), "loops": found}
    log.info("English lines: %s; loops: %d", english, found)
    if own:
        (folder / SCORES).write_text(json.dumps(result, indent=1) + "\n", "utf-8")
        write_cards(recipe, folder, run_of(folder), runs)
    return rows


def _french_sentences(articles: Path) -> list[str]:
    document = analyse(articles.read_text("utf-8"))
    segments = document.segments()
    return [document.of(segment) for segment in segments if segment.language is Language.FRENCH]


def write_cards(recipe: Recipe, folder: Path, run: str, runs: Path | None = None) -> None:
    """`depeche.json`, what the desk reads of a model, and README.md, what a person reads."""
    path = folder / SCORES
    scores = json.loads(path.read_text("utf-8")) if path.is_file() else {"sets": []}
    own = {
        "name": recipe.name,
        "run": run,
        "licence": LICENCE,
        "origin": "trained from random weights by this project's own recipe",
        "normalisation": "none",
        "max_source_tokens": recipe.prepare.longest - 1,
        "placeholders": list(PLACEHOLDERS),
        "scores": {
            row["test_set"]: {
                "BLEU": round(row["bleu"], 1),
                "chrF2": round(row["chrf"], 1),
                "TER": round(row["ter"], 1),
                "signature": "; ".join(row["signatures"]),
            }
            for row in scores["sets"]
        },
    }
    text = json.dumps(own, ensure_ascii=False, indent=1)
    (folder / "depeche.json").write_text(text + "\n", encoding="utf-8")
    (folder / "README.md").write_text(
        card_text(recipe, folder, run, runs, scores), encoding="utf-8"
    )
