"""A page for marking errors: one HTML file that works without a server and a network.

It shows segments of the systems without their names in an order of its own, keeps the work in the
browser, and saves it as the TSV that `depeche eval errors` reads.
"""

import random
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from eval.annotations import CATEGORIES, CLOSE, COLUMNS, NO_ERROR, OPEN
from eval.files import Task
from eval.values import data_hash


def render_page(task: Task, *, rater: str, sample: int = 0, seed: int = 1) -> str:
    """The page for `sample` segments of each system (0: all of them)."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("annotate.html").render(
        name=task.name, rater=rater, categories=CATEGORIES, page=_page(task, rater, sample, seed)
    )


def _page(task: Task, rater: str, sample: int, seed: int) -> dict[str, Any]:
    items = _items(task.systems, task, sample, seed)
    return {
        "key": f"depeche-errors-{data_hash([*task.references, *task.systems.values()])}-{rater}",
        "rater": rater,
        "items": items,
        "categories": CATEGORIES,
        "columns": COLUMNS,
        "none": NO_ERROR,
        "marks": [OPEN, CLOSE],
    }


def _items(
    systems: Mapping[str, Sequence[str]], task: Task, sample: int, seed: int
) -> list[dict[str, str]]:
    """The same segments of every system, shuffled so that no system shows by its place."""
    generator = random.Random(seed)
    segments = list(range(len(task.references[0])))
    if sample and sample < len(segments):
        segments = sorted(generator.sample(segments, sample))
    return [
        {
            "system": name,
            "doc": task.articles[at] if task.articles else task.name,
            "seg_id": str(at + 1),
            "source": task.sources[at] if task.sources else "",
            "reference": task.references[0][at],
            "target": hypotheses[at],
        }
        for at in segments
        for name, hypotheses in generator.sample(list(systems.items()), len(systems))
    ]
