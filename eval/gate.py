"""The gate: floors under the built-in model and the pipeline, on pinned data.

`floors.json` holds for each score and measure the least (and for some the most) that is allowed,
with the hashes of the data it was measured on. Floors are only raised, unless a regression is
allowed by name.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.testsets import TestSet
from eval.values import Evaluation, SystemResult
from translate.errors import InputError, UsageError
from translate.files import write_atomically

FLOORS = Path(__file__).with_name("floors.json")

#: What is held: in float32 every processor writes the same English (int8 rounds on each its own
#: way: `bench/processors.py`), so that a bound needs no margin for the machine.
SYSTEM = "builtin,compute=float32,device=cpu"
#: What a harmless change of some sentences may cost: half a point, one mention of a name (of 72),
#: five words (of 3,700). A promise has no margin: one lost link or garbled number fails.
SCORE_MARGIN = 0.5
RATIO_MARGIN = 0.03
MEASURE_MARGINS = {"names consistent": 1.5, "non-words": 0.15, "French words left": 0.15}


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most that is allowed; None where there is no such bound."""

    least: float | None = None
    most: float | None = None

    def hold(self, value: float) -> bool:
        """Whether a value lies within the bounds."""
        return (self.least is None or value >= self.least) and (
            self.most is None or value <= self.most
        )

    def __str__(self) -> str:
        parts = [] if self.least is None else [f"≥ {self.least:.2f}"]
        return " and ".join(parts + ([] if self.most is None else [f"≤ {self.most:.2f}"]))


@dataclass(frozen=True, slots=True)
class Floors:
    """What is pinned: the test set, the system, the hashes of both sides, and the bounds."""

    test_set: str
    system: str
    references: str
    sources: str
    bounds: Mapping[str, Bounds]


@dataclass(frozen=True, slots=True)
class Verdict:
    """One bound and what was measured."""

    name: str
    bounds: Bounds
    value: float

    @property
    def holds(self) -> bool:
        """Whether the gate lets it pass."""
        return self.bounds.hold(round(self.value, 2))


def read_floors(path: Path = FLOORS) -> Floors:
    """The pinned floors; InputError for a file that is missing or of another shape."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        bounds = {name: Bounds(**value) for name, value in content.pop("bounds").items()}
        return Floors(bounds=bounds, **content)
    except FileNotFoundError:
        raise InputError(
            f"{path} does not exist: make it with `depeche eval gate --update`"
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{path} holds no floors ({error}): restore it or make it with --update"
        ) from None


def write_floors(floors: Floors, path: Path = FLOORS) -> None:
    """Write the floors, one bound a line, so that a diff shows what moved."""
    content: dict[str, Any] = {
        **{key: getattr(floors, key) for key in ("test_set", "system", "references", "sources")},
        "bounds": {
            name: {key: value for key, value in asdict(bounds).items() if value is not None}
            for name, bounds in floors.bounds.items()
        },
    }
    write_atomically(path, json.dumps(content, indent=1, ensure_ascii=False) + "\n")


def check_data(floors: Floors, test_set: TestSet) -> None:
    """InputError where the data is not what the floors were measured on."""
    for side, pinned, given in (
        ("references", floors.references, test_set.hash),
        ("sources", floors.sources, test_set.sources_hash),
    ):
        if pinned != given:
            raise InputError(
                f"the {side} of {test_set.name} are {given}, the floors were measured on {pinned}: "
                "restore the data, or set new floors with `depeche eval gate --update`"
            )


def judge(floors: Floors, result: Evaluation) -> list[Verdict]:
    """Every bound beside what the first system reached."""
    values = measured(result.systems[0])
    missing = ", ".join(set(floors.bounds) - set(values))
    if missing:
        raise InputError(f"the floors name what was not measured ({missing}): update them")
    return [Verdict(name, bounds, values[name]) for name, bounds in floors.bounds.items()]


def measured(system: SystemResult) -> dict[str, float]:
    """Scores and measures by name, at the two decimals that floors have."""
    values = {score.label: score.value for score in system.scores}
    values |= {m.name: m.value for m in system.measures if m.value is not None}
    return {name: round(value, 2) for name, value in values.items()}


def new_floors(
    old: Floors | None, test_set: TestSet, result: Evaluation, *, allow_regression: bool
) -> Floors:
    """Floors a little below what was reached; old ones stay where they are higher and still hold.

    Raises UsageError where an old floor does not hold any more, unless that is allowed.
    """
    system = result.systems[0]
    fresh = _bounds_of(system)
    if old:
        values = measured(system)
        lost = [n for n, b in old.bounds.items() if n not in values or not b.hold(values[n])]
        if lost and not allow_regression:
            raise UsageError(
                f"floors would fall: {', '.join(lost)}; if that is meant, add --allow-regression"
            )
        kept = {n: _tighter(b, fresh[n]) for n, b in old.bounds.items() if n not in lost}
        fresh |= kept
    name = old.test_set if old else test_set.name  # a folder is pinned by its path
    return Floors(name, system.name, test_set.hash, test_set.sources_hash, fresh)


def _bounds_of(system: SystemResult) -> dict[str, Bounds]:
    bounds = {}
    for score in system.scores:
        margin = round(score.value - SCORE_MARGIN, 2), round(score.value + SCORE_MARGIN, 2)
        bounds[score.label] = Bounds(most=margin[1]) if score.metric == "TER" else Bounds(margin[0])
    for measure in system.measures:
        if measure.value is None:
            continue
        margin_ = MEASURE_MARGINS.get(measure.name, 0.0)
        if not measure.percent:
            least = min(measure.value, 1) - RATIO_MARGIN
            most = max(measure.value, 1) + RATIO_MARGIN
            bounds[measure.name] = Bounds(round(least, 2), round(most, 2))
        elif measure.higher_is_better:
            bounds[measure.name] = Bounds(least=max(0.0, round(measure.value - margin_, 2)))
        else:
            bounds[measure.name] = Bounds(most=round(measure.value + margin_, 2))
    return bounds


def _tighter(old: Bounds, new: Bounds) -> Bounds:
    """The stricter of two bounds on each side."""
    least = [bound for bound in (old.least, new.least) if bound is not None]
    most = [bound for bound in (old.most, new.most) if bound is not None]
    return Bounds(max(least, default=None), min(most, default=None))


def verdict_rows(verdicts: Sequence[Verdict]) -> list[list[str]]:
    """Head and one row a bound, for `tables.columns`."""
    rows = [["measured", "allowed", "reached", ""]]
    for verdict in verdicts:
        state = "ok" if verdict.holds else "BELOW THE GATE"
        rows.append([verdict.name, str(verdict.bounds), f"{verdict.value:.2f}", state])
    return rows


def change_rows(old: Floors | None, new: Floors, system: SystemResult) -> list[list[str]]:
    """Head and one row for each bound that moves, with what the system reached."""
    rows = [["measured", "old", "new", "reached"]]
    values = measured(system)
    for name, bounds in new.bounds.items():
        before = old.bounds.get(name) if old else None
        if before != bounds:
            rows.append([name, str(before or "–"), str(bounds), f"{values[name]:.2f}"])
    return rows
