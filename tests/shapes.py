"""Texts of any length that repeat one shape: what hostile or broken input looks like."""

import json
import string
from dataclasses import dataclass
from itertools import product
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Shape:
    """`start`, then `unit` again and again, then `end`.

    In the unit {n} is another number each time, {w} another word, {W} one with a capital.
    """

    unit: str
    start: str = ""
    end: str = ""

    def text(self, length: int) -> str:
        """The shape with about so many characters."""
        times = max(1, length // len(self.unit))
        middle = "".join(self._units(times)) if "{" in self.unit else self.unit * times
        return self.start + middle + self.end

    def _units(self, times: int) -> list[str]:
        words = zip(range(times), product(string.ascii_lowercase, repeat=4), strict=False)
        return [
            self.unit.replace("{n}", str(number)).replace("{w}", word).replace("{W}", word.title())
            for number, word in ((100 + at, "".join(letters)) for at, letters in words)
        ]


def _read(line: str) -> Shape:
    given = json.loads(line)
    if isinstance(given, str):
        return Shape(given)
    start, unit, end = given
    return Shape(unit, start, end)


_FILE = Path(__file__).parent / "golden" / "shapes.jsonl"
SHAPES = tuple(map(_read, _FILE.read_text(encoding="utf-8").splitlines()))
