"""What a careful reader must know before believing the scores: found in a finished evaluation."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from eval import sanity
from eval.values import Data, Note

#: BLEU of hypotheses against references.
Bleu = Callable[[Sequence[str], Sequence[Sequence[str]]], float]


@dataclass(frozen=True)
class Notes:
    """The notes on some systems; `bleu` scores a text that was mended, to say what it cost."""

    data: Data
    systems: Mapping[str, Sequence[str]]
    baseline: str
    bleu: Bleu

    def all(self, scores: Mapping[str, float]) -> Iterator[Note]:
        """All notes, given each system's BLEU."""
        yield from sanity.notes_on_sides(self.data)
        for name, hypotheses in self.systems.items():
            yield from sanity.notes_on_text(name, hypotheses, self.data)
            yield from self._twin(name)
            yield from self._repairs(name, hypotheses, scores[name])
            yield from self._case(name, hypotheses, scores[name])
            yield from self._order(name, hypotheses, scores[name])

    @cached_property
    def _finder(self) -> sanity.Finder:
        return sanity.Finder(self.data.references[0])

    def _twin(self, name: str) -> Iterator[Note]:
        """sacreBLEU's p value is the smallest there is where nothing differs at all."""
        if name != self.baseline and list(self.systems[name]) == list(self.systems[self.baseline]):
            yield Note(name, f"is {self.baseline} word for word: its p values mean nothing")

    def _repairs(self, name: str, hypotheses: Sequence[str], bleu: float) -> Iterator[Note]:
        """What of the characters costs points and is no fault of the translation."""
        for repair in sanity.REPAIRS:
            count = repair.segments(hypotheses, self.data.references)
            if count:
                better = self.bleu(list(map(repair.mend, hypotheses)), self.data.references)
                yield Note(
                    name,
                    f"has {repair.what} in {count} of {len(hypotheses)} segments; {repair.done}, "
                    f"{_instead(better, bleu)}{repair.advice}",
                )

    def _case(self, name: str, hypotheses: Sequence[str], bleu: float) -> Iterator[Note]:
        """All capitals or none, where that costs points: not with --lowercase."""
        if only := sanity.only_case(hypotheses):
            lowered = [[segment.lower() for segment in side] for side in self.data.references]
            better = self.bleu([segment.lower() for segment in hypotheses], lowered)
            if better > bleu:
                yield Note(
                    name,
                    f"has nothing but {only}; without regard to case (--lowercase), "
                    f"{_instead(better, bleu)}",
                )

    def _order(self, name: str, hypotheses: Sequence[str], bleu: float) -> Iterator[Note]:
        """Lines that do not lie beside their references, all of them or from one on."""
        matches = self._finder.matches(hypotheses)
        if bleu < sanity.NEAR_ZERO_BLEU:
            yield from self._shift(name, hypotheses, bleu, matches)
        elif slip := sanity.find_slip(matches):
            moved = sanity.put_back(hypotheses, slip)
            better = self.bleu(moved, self.data.references)
            if better > bleu:
                yield Note(
                    name,
                    f"scores BLEU {bleu:.2f} as given, but {better:.2f} with its lines from about "
                    f"{slip.start + 1} on moved by {-slip.shift:+d}: some were lost or added there",
                )

    def _shift(
        self, name: str, hypotheses: Sequence[str], bleu: float, matches: Sequence[sanity.Match]
    ) -> Iterator[Note]:
        shift = sanity.find_shift(matches)
        if shift is None:
            yield Note(
                name,
                f"scores BLEU {bleu:.2f} and its lines match references elsewhere: "
                "they are in another order (sorted or shuffled?)",
            )
        elif shift:
            better = self.bleu(*sanity.shifted(hypotheses, self.data.references, shift))
            yield Note(
                name,
                f"scores BLEU {bleu:.2f} as given, but {better:.2f} moved by {-shift:+d} lines: "
                "lines were lost or added at the start",
            )


def _instead(better: float, bleu: float) -> str:
    """What a mended text scores, as exactly as the tables say it."""
    if f"{better:.2f}" == f"{bleu:.2f}":
        return f"BLEU would stay {bleu:.2f}"
    return f"BLEU would be {better:.2f} instead of {bleu:.2f}"
