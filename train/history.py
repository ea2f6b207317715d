"""The runs behind a model: recipe, corpora, log and plot of each, side by side in one folder.

    RUNS/news-broad/recipe.toml  corpora.json  log.jsonl  log.png  start

`start` names the run whose weights the run started from; one from random weights has none.
"""

import json
import shutil
from pathlib import Path

from train.errors import TrainError, writing
from train.plot import draw_log, read_log, thin

RUNS = "runs"  # of a model folder that `export` writes, unless it is told another place
RECIPE, CORPORA, LOG, PLOT, START = "recipe.toml", "corpora.json", "log.jsonl", "log.png", "start"


def run_of(model: Path) -> str:
    """The name of the run that made a model folder, as its depeche.json has it."""
    try:
        card = json.loads((model / "depeche.json").read_text(encoding="utf-8"))
        return str(card.get("run", ""))
    except (OSError, ValueError, AttributeError) as error:
        raise TrainError(f"no depeche.json in {model} that says which run made it") from error


def note_start(model: Path, run_folder: Path) -> None:
    """Keep in the folder of a run which one it starts from, and what is known of that."""
    with writing(run_folder):
        (run_folder / START).write_text(f"{run_of(model)}\n", encoding="utf-8")
        if (model / RUNS).is_dir():
            shutil.copytree(model / RUNS, run_folder / RUNS, dirs_exist_ok=True)


def keep(name: str, recipe_file: Path, prepared: Path, run_folder: Path, runs: Path) -> None:
    """Add a run, and those before it, to the folder `runs`."""
    own = runs / name
    own.mkdir(parents=True, exist_ok=True)
    if (run_folder / RUNS).is_dir():
        shutil.copytree(run_folder / RUNS, runs, dirs_exist_ok=True)
    if (run_folder / START).is_file():
        shutil.copyfile(run_folder / START, own / START)
    shutil.copyfile(recipe_file, own / RECIPE)
    shutil.copyfile(prepared / CORPORA, own / CORPORA)
    rows = thin(read_log(run_folder / LOG))
    (own / LOG).write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    draw_log(rows, own / PLOT)


def lineage(runs: Path, name: str) -> list[str]:
    """The runs that led to `name`, itself the last; as far as they are kept."""
    names = [name]
    while (runs / names[0] / START).is_file():
        start = (runs / names[0] / START).read_text(encoding="utf-8").strip()
        if not start or start in names:
            break
        names.insert(0, start)
    return names
