"""Scores by model and date: each `eval run` adds a line for each system, `eval history` shows them.

The file is JSON lines in the user's data folder (`DEPECHE_DATA` for another place). Only what was
scored on the same data with the same signature belongs on one curve.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from eval.values import Evaluation
from translate.errors import InputError, OutputError
from translate.folders import data_folder

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Record:
    """One system on one set at one time; what was not measured is None."""

    date: str  # ISO 8601, UTC, to the second
    test_set: str
    data: str
    system: str
    model: str  # the beginning of the hash of its files; "" for hypotheses of others
    scores: Mapping[str, float]
    signatures: Mapping[str, str]
    measures: Mapping[str, float | None]
    words_per_second: float | None = None
    peak_mb: float | None = None
    model_mb: float | None = None


def default_history() -> Path:
    """`DEPECHE_DATA` or the user's data folder."""
    return data_folder() / "evaluations.jsonl"


def records_of(result: Evaluation, *, now: datetime | None = None) -> Iterator[Record]:
    """A record for each system."""
    date = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    for system in result.systems:
        cost = result.costs.get(system.name)
        yield Record(
            date=date,
            test_set=result.data.name,
            data=result.data.hash,
            system=system.name,
            model=cost.model if cost else "",
            scores={score.label: round(score.value, 4) for score in system.scores},
            signatures={score.label: score.signature for score in system.scores},
            measures={measure.name: measure.value for measure in system.measures},
            words_per_second=cost.words_per_second if cost else None,
            peak_mb=cost.peak_mb if cost else None,
            model_mb=cost.model_mb if cost else None,
        )


def append(records: Iterable[Record], path: Path) -> None:
    """Add lines at the end, in one write; OutputError where that cannot be done."""
    lines = "".join(json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(lines)
    except OSError as error:
        raise OutputError(f"{path} cannot be written: {error.strerror}") from None


def read(path: Path) -> list[Record]:
    """All records, oldest first; InputError names a line that is none."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        raise InputError(f"{path} does not exist yet: `depeche eval run` makes it") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error})") from None
    return [_record(path, number, line) for number, line in enumerate(lines, start=1)]


def _record(path: Path, number: int, line: str) -> Record:
    try:
        return Record(**json.loads(line))
    except (ValueError, TypeError):
        raise InputError(f"{path} line {number} is no record: delete it") from None


def chosen(
    records: Sequence[Record], *, test_set: str = "", system: str = "", metric: str = "BLEU"
) -> list[Record]:
    """The records of a set and a system that have a metric."""
    return [
        record
        for record in records
        if metric in record.scores
        and test_set in ("", record.test_set)
        and system in ("", record.system)
    ]


def history_rows(records: Sequence[Record], metric: str) -> list[Row]:
    """Head and one row a record; the change against the last one that may be compared with it."""
    head = [
        "date",
        "set",
        "data",
        "system",
        "model",
        metric,
        "change",
        "words/s",
        "memory",
        "model",
    ]
    rows: list[Row] = [head]
    last: dict[tuple[str, ...], float] = {}
    for record in records:
        key = comparable(record, metric)
        value = record.scores[metric]
        change = f"{value - last[key]:+.2f}" if key in last else ""
        last[key] = value
        cells = [record.date, record.test_set, record.data, record.system, record.model[:8]]
        rows.append([*cells, f"{value:.2f}", change, *cost_cells(record)])
    return rows


def comparable(record: Record, metric: str) -> tuple[str, ...]:
    """What two records must have in common to be compared."""
    return (record.test_set, record.data, record.system, record.signatures.get(metric, ""))


def cost_cells(record: Record) -> list[str]:
    """Words a second, peak memory and size of the model; empty where not measured."""
    return [
        "" if record.words_per_second is None else f"{record.words_per_second:,.0f}",
        "" if record.peak_mb is None else f"{record.peak_mb:,.0f} MB",
        "" if record.model_mb is None else f"{record.model_mb:,.0f} MB",
    ]
