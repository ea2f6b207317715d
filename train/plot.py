"""The log of a run: read, thinned for the repository, and drawn."""

import json
from pathlib import Path

from train.errors import TrainError

Row = dict[str, float]
_MOST_ROWS = 400  # a line is about 150 bytes: under 100 kB beside the model


def read_log(path: Path) -> list[Row]:
    """The rows of a JSONL log; one that a kill cut short at the end is left out."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise TrainError(f"no log {path}: {error.strerror}; run `python -m train fit`") from error
    rows = []
    for number, line in enumerate(lines, 1):
        try:
            rows.append(json.loads(line))
        except ValueError as error:
            if number < len(lines):
                raise TrainError(f"{path} line {number} is not JSON: {error}") from error
    if not rows:
        raise TrainError(f"{path} is empty; run `python -m train fit`")
    return rows


def thin(rows: list[Row]) -> list[Row]:
    """Every measurement, and at most `_MOST_ROWS` of the other rows, evenly spaced."""
    plain = [row for row in rows if "bleu" not in row]
    kept = plain[:: -(-len(plain) // _MOST_ROWS) or 1]
    return sorted([*kept, *(r for r in rows if "bleu" in r)], key=lambda row: row["step"])


def draw_log(rows: list[Row], path: Path) -> None:
    """Loss, BLEU and learning rate over the target pieces seen."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 6), layout="constrained")
    panels = figure.subplots(3, 1, sharex=True)
    names = {"loss": "loss (nats a piece)", "bleu": "BLEU, greedy", "lr": "learning rate"}
    for axes, (key, label) in zip(panels, names.items(), strict=True):
        points = [(row["target_tokens"] / 1e6, row[key]) for row in rows if key in row]
        axes.plot(*zip(*points, strict=True), marker="o" if key == "bleu" else "", markersize=3)
        axes.set_ylabel(label)
        axes.grid(alpha=0.3)
    panels[-1].set_xlabel("target pieces seen (millions)")
    figure.savefig(path, dpi=90)
