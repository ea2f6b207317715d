"""How fast this machine trains: target pieces a second for the shapes of a recipe's phases.

    python bench/training.py --config train/news-fourth.toml --work .work/train

WORK holds what `python -m train prepare` has written. Every way that the machine has is timed:
float32 and bf16, with one thread, half of the cores and all of them. A column is a phase.
"""

import argparse
from dataclasses import replace
from functools import partial
from pathlib import Path

from train.config import Recipe, load_recipe
from train.speed import candidates, pieces_a_second


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--work", type=Path, default=Path(".work/train"))
    parser.add_argument("--updates", type=int, default=3)
    parser.add_argument("--float32", action="store_true", help="leave bf16 out")
    given = parser.parse_args()
    recipe = load_recipe(given.config)
    free = replace(recipe.fit, bf16=False if given.float32 else None, threads=0)
    for choice in candidates(free):
        timed = partial(pieces_a_second, choice.on(recipe), given.work / "prepared")
        speeds = [timed(share=share, updates=given.updates) for share in shares(recipe)]
        print(f"{choice!s:<20}", *(f"{speed:>10,.0f}" for speed in speeds), flush=True)


def shares(recipe: Recipe) -> list[float]:
    """The middle of each phase."""
    ends = [phase.until for phase in recipe.phases]
    return [(start + end) / 2 for start, end in zip([0.0, *ends], ends, strict=False)]


if __name__ == "__main__":
    main()
