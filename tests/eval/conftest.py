"""Texts for the evaluation's tests: the articles' references and two imperfect systems."""

import random
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


def damage(text: str, rate: float, generator: random.Random) -> str:
    """The text with some of its words lost, doubled or swapped with the next one."""
    words = text.split()
    for at in range(len(words) - 1):
        if generator.random() < rate:
            change = generator.choice(("lose", "double", "swap"))
            if change == "swap":
                words[at], words[at + 1] = words[at + 1], words[at]
            else:
                words[at] = "" if change == "lose" else f"{words[at]} {words[at]}"
    return " ".join(word for word in words if word)


@pytest.fixture(scope="session")
def reference() -> list[str]:
    """The titles and short paragraphs of the articles: TER is slow on long ones."""
    files = sorted(EXAMPLES.glob("*.en.*"))
    lines = [line for file in files for line in file.read_text().splitlines()]
    return [line for line in lines if 20 < len(line) < 160]


@pytest.fixture(scope="session")
def second_reference(reference: list[str]) -> list[str]:
    """Another wording of the same."""
    generator = random.Random(3)
    return [damage(line, 0.2, generator) for line in reference]


@pytest.fixture(scope="session")
def systems(reference: list[str]) -> dict[str, list[str]]:
    """Three systems: the second a little worse than the first, the third much worse."""
    generator = random.Random(7)
    rates = {"good": 0.2, "fair": 0.22, "poor": 0.4}
    return {
        name: [damage(line, rate, generator) for line in reference] for name, rate in rates.items()
    }
