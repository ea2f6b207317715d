"""Numbers of one side of a sentence, taken one by one by their likes of the other side."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Generic, TypeVar

from translate.notation.figures import Figure
from translate.notation.spelled import Spelled

Number = TypeVar("Number", Figure, Spelled)

#: Places that are looked at for the parts of a length of time, and how far apart they may be.
LOOKS = 50
REACH = 16


class Pool(Generic[Number]):
    """Each number is found by its values, the first one first, and taken once: in linear time."""

    def __init__(self, numbers: Iterable[Number]) -> None:
        self._numbers: list[Number] = list(numbers)
        self._taken: set[int] = set()
        self._places: defaultdict[str, deque[int]] = defaultdict(deque)
        for place, number in enumerate(self._numbers):
            for value in number.values:
                self._places[value].append(place)

    def take(self, values: Iterable[str]) -> bool:
        """Take the first number that may be worth one of the values; False where there is none."""
        places = [place for value in values for place in self._first(value)]
        self._taken.update([min(places)] if places else [])
        return bool(places)

    def take_row(self, values: Sequence[str]) -> bool:
        """Take numbers that follow each other and may be worth these values, in this order."""
        for place in islice(self._places.get(values[0], ()), LOOKS):
            row = self._row(place, len(values))
            if place not in self._taken and self._fits(row, values):
                self._taken.update(row)
                return True
        return False

    def left(self) -> list[Number]:
        """What was not taken, in order."""
        return [one for place, one in enumerate(self._numbers) if place not in self._taken]

    def _first(self, value: str) -> Iterable[int]:
        places = self._places.get(value)
        while places and places[0] in self._taken:
            places.popleft()
        return islice(places or (), 1)

    def _row(self, start: int, length: int) -> list[int]:
        places = range(start, min(start + REACH, len(self._numbers)))
        return [place for place in places if place not in self._taken][:length]

    def _fits(self, row: Collection[int], values: Sequence[str]) -> bool:
        numbers = (self._numbers[place] for place in row)
        return len(row) == len(values) and all(
            value in number.values for value, number in zip(values, numbers, strict=True)
        )
