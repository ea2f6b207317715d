"""What `depeche eval run` costs, beside a plain loop over the engine and the desk without scores.

    python bench/eval_run.py SET [MODEL [ROUNDS]]

SET is a folder and name (`path/to/newstest2013`: NAME.fr, NAME.en) or a named set of lines. Each
row is a process of its own that starts, loads the model and takes the whole set, with empty
caches. Prints processor and wall seconds, the processor's against the first row and against the
second; of the rounds the best one, because other work on the machine slows each differently.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from math import inf

LOOP = """
import sys
from eval.systems import parse_system, translate_texts
from eval.testsets import Article, Form, load
from translate import load_translator

name, model, spec = sys.argv[1:]
texts = [Article("", line) for line in load(name).sources]
system, translator = parse_system(spec), load_translator(model)
for at in range(0, len(texts), 500):
    translate_texts(texts[at : at + 500], system, translator, Form.SENTENCES)
"""


def rows(name: str, model: str, folder: str) -> dict[str, Sequence[str]]:
    """What is measured, by what it is called."""

    def run(system: str, label: str) -> list[str]:
        cache = f"{folder}/{label}.sqlite3"
        return ["-m", "eval", "run", "--no-history", system, "--set", name, "--cache", cache]

    return {
        "engine alone": ["-c", LOOP, name, model, f"{model},raw=yes"],
        "  with scores": run(f"{model},raw=yes", "raw"),
        "desk, no scores": ["-c", LOOP, name, model, model],
        "eval run": run(model, "all"),
        "  with tags": [*run(model, "pos"), "--parts-of-speech"],
        "  without TER": [*run(model, "no-ter"), "-m", "bleu", "-m", "chrf"],
        "  nor words": [*run(model, "quick"), "-m", "bleu", "-m", "chrf", "--no-analysis"],
    }


def measured(arguments: Sequence[str]) -> tuple[float, float]:
    """Processor and wall seconds of a process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def main() -> None:
    """A row for each, beside the engine and beside the desk."""
    name, *more = sys.argv[1:]
    model, rounds = (*more, *("builtin", "4")[len(more) :])
    best: dict[str, tuple[float, float]] = {}
    for _ in range(int(rounds)):
        with tempfile.TemporaryDirectory() as folder:
            for label, arguments in rows(name, model, folder).items():
                best[label] = min(best.get(label, (inf, inf)), measured(arguments))
    engine, _, desk, *_ = (seconds for seconds, _ in best.values())
    print(f"{'':16} {'CPU s':>7} {'s':>7} {'/engine':>8} {'/desk':>6}")
    for label, (seconds, wall) in best.items():
        shares = f"{seconds / engine:8.2f} {seconds / desk:6.2f}"
        print(f"{label:16} {seconds:7.1f} {wall:7.1f} {shares}")


if __name__ == "__main__":
    main()
