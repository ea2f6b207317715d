"""Marking errors: a page that works without a server, and what the tab of the desk is given.

The segments of the systems come without their names, in an order of their own. The work stays in
the browser and is saved as the TSVs that `depeche eval errors` reads: MQM's, and ESA's of scores.
"""

import json
import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from eval.annotations import CATEGORIES, CLOSE, COLUMNS, NO_ERROR, OPEN, SCORE_COLUMNS
from eval.files import Task
from eval.templates import rendered
from eval.values import data_hash

#: The script of the page and of the tab.
SCRIPT = Path(__file__).with_name("annotate.js")
_WORDS = Path(__file__).with_name("annotate_words.json")


def render_page(task: Task, *, rater: str, sample: int = 0, seed: int = 1) -> str:
    """The page for `sample` segments of each system (0: all of them)."""
    return rendered(
        "annotate.html",
        name=task.name,
        rater=rater,
        page=page_of(items_of(task, sample, seed), rater=rater),
        script=SCRIPT.read_text(encoding="utf-8"),
    )


def page_of(items: Sequence[dict[str, str]], *, rater: str, language: str = "en") -> dict[str, Any]:
    """What the script is given: segments, categories, and its words in "en" or "fr".

    What is marked is kept under a key of the texts and the rater.
    """
    texts = [[item[name] for item in items] for name in ("source", "reference", "target")]
    return {
        "key": f"depeche-errors-{data_hash(texts)}-{rater}",
        "rater": rater,
        "items": items,
        "categories": CATEGORIES,
        "columns": COLUMNS,
        "score_columns": SCORE_COLUMNS,
        "none": NO_ERROR,
        "marks": [OPEN, CLOSE],
        "words": _words()[language],
    }


@cache
def _words() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = json.loads(_WORDS.read_text(encoding="utf-8"))
    return found


def items_of(task: Task, sample: int = 0, seed: int = 1) -> list[dict[str, str]]:
    """The same segments of every system, shuffled so that no system shows by its place."""
    generator = random.Random(seed)
    segments = list(range(min(map(len, task.systems.values()))))
    if sample and sample < len(segments):
        segments = sorted(generator.sample(segments, sample))
    return [
        {
            "system": name,
            "doc": task.articles[at] if task.articles else task.name,
            "seg_id": str(at + 1),
            "source": task.sources[at] if task.sources else "",
            "reference": task.references[0][at] if task.references else "",
            "target": hypotheses[at],
        }
        for at in segments
        for name, hypotheses in generator.sample(list(task.systems.items()), len(task.systems))
    ]
