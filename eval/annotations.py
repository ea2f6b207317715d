"""Errors that people marked: MQM in WMT's TSV and ESA, their weights, shares and agreement.

A row of MQM is one error: the span between `<v>` and `</v>`, a category, a severity. ESA gives each
segment a score from 0 to 100 and spans with a severity.

Sources: Freitag et al., "Experts, Errors, and Context", TACL 2021 (MQM and its weights); Kocmi et
al., "Error Span Annotation", WMT 2024.
"""

import csv
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from eval.resample import SAMPLES, SEED, bootstrap_totals, interval
from translate.errors import InputError

Row = Sequence[str]

COLUMNS = (
    *("system", "doc", "doc_id", "seg_id", "rater", "source", "target", "category", "severity"),
)
#: Those of ESA as the page writes them; `seg_id` is document and number, `spans` JSON.
SCORE_COLUMNS = ("system", "seg_id", "rater", "score", "spans", "source", "target")
#: MQM's categories as WMT has them: number key of the page -> category.
CATEGORIES = (
    "Accuracy/Mistranslation",
    "Accuracy/Omission",
    "Accuracy/Addition",
    "Accuracy/Untranslated text",
    "Fluency/Grammar",
    "Fluency/Spelling",
    "Fluency/Punctuation",
    "Terminology/Inappropriate for context",
    "Style/Awkward",
)
NO_ERROR = "No-error"
OPEN, CLOSE = "<v>", "</v>"
#: Points of an error by severity, and those that count otherwise.
WEIGHTS = {"critical": 25.0, "major": 5.0, "minor": 1.0}
NON_TRANSLATION, PUNCTUATION = 25.0, 0.1
#: What ESA's files call their columns.
_ESA = {
    "system": ("system", "sys", "system_id"),
    "segment": ("seg_id", "segment_id", "itemid", "item", "segment"),
    "rater": ("rater", "login", "annotator", "user"),
    "score": ("score", "overall", "esa_score"),
    "spans": ("spans", "esa_spans", "error_spans"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """An error of a segment, or that there is none; `span` is in characters of the target."""

    system: str
    segment: str  # document and number
    rater: str
    category: str
    severity: str
    span: tuple[int, int] | None = None

    @property
    def is_error(self) -> bool:
        """Whether it is one at all."""
        return self.severity.lower() in WEIGHTS

    @property
    def points(self) -> float:
        """Its weight: major 5, minor 1, punctuation 0.1, what is no translation 25."""
        if not self.is_error:
            return 0.0
        category = self.category.lower()
        if category.startswith("non-translation"):
            return NON_TRANSLATION
        if category == "fluency/punctuation" and self.severity.lower() == "minor":
            return PUNCTUATION
        return WEIGHTS[self.severity.lower()]


@dataclass(frozen=True, slots=True)
class Marks:
    """What was read: errors, and ESA's scores by (system, segment, rater) where there are any."""

    marks: tuple[Mark, ...]
    scores: Mapping[tuple[str, str, str], float]


def read_marks(path: Path) -> Marks:
    """A TSV of MQM or a table of ESA; InputError for what is neither."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: give the path of a file") from None
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read ({error})") from None
    head, *rows = _table(path, text)
    names = [name.strip().lower() for name in head]
    if {"category", "severity"} <= set(names):
        return Marks(tuple(_mqm(path, names, rows)), {})
    return _esa(path, names, rows)


def _table(path: Path, text: str) -> list[list[str]]:
    """Rows of cells; quotation marks mean nothing in TSV, as WMT writes it."""
    if "\t" in text.split("\n", 1)[0]:
        found = [line.rstrip("\r").split("\t") for line in text.split("\n") if line.strip()]
    else:
        try:
            found = [row for row in csv.reader(io.StringIO(text, ""), strict=True) if row]
        except csv.Error as error:
            raise InputError(f"{path} is no table ({error})") from None
    if len(found) < 2:
        raise InputError(f"{path} has no rows: give a TSV of MQM ({', '.join(COLUMNS)}) or ESA's")
    for number, row in enumerate(found, start=1):
        if len(row) < len(found[0]) - 1:  # WMT leaves the last, "metadata", out at times
            raise InputError(f"{path} line {number} has {len(row)} of {len(found[0])} columns")
    return found


def _mqm(path: Path, names: list[str], rows: list[list[str]]) -> Iterator[Mark]:
    missing = [name for name in ("system", "seg_id", "rater", "target") if name not in names]
    if missing:
        raise InputError(f"{path} has no column {', '.join(missing)}: WMT's are {COLUMNS}")
    for row in rows:
        cells = dict(zip(names, row, strict=False))
        segment = f"{cells.get('doc', '')}:{cells['seg_id']}"
        who = cells["system"], segment, cells["rater"]
        yield Mark(*who, cells["category"], cells["severity"], _span(cells["target"]))


def _span(target: str) -> tuple[int, int] | None:
    """The place of the marked words in the target without its marks."""
    start, end = target.find(OPEN), target.find(CLOSE)
    return (start, end - len(OPEN)) if 0 <= start < end else None


def _esa(path: Path, names: list[str], rows: list[list[str]]) -> Marks:
    places = {
        what: next((names.index(name) for name in known if name in names), None)
        for what, known in _ESA.items()
    }
    missing = [what for what in ("system", "segment", "score") if places[what] is None]
    if missing:
        raise InputError(
            f"{path} is neither MQM (category, severity) nor ESA: no column {', '.join(missing)}"
        )
    marks: list[Mark] = []
    scores: dict[tuple[str, str, str], float] = {}
    for number, row in enumerate(rows, start=2):
        cells = {what: row[at] if at is not None else "" for what, at in places.items()}
        who = cells["system"], cells["segment"], cells["rater"]
        try:
            scores[who] = float(cells["score"])
            spans = json.loads(_unquoted(cells["spans"]) or "[]")
            marks += [_esa_mark(who, span) for span in spans] or [Mark(*who, NO_ERROR, NO_ERROR)]
        except (ValueError, KeyError, TypeError):
            raise InputError(f"{path} line {number}: no score, or spans that are no JSON") from None
    return Marks(tuple(marks), scores)


def _unquoted(cell: str) -> str:
    """A TSV's cell as spreadsheets and pandas write JSON: in marks, those inside it doubled."""
    return cell[1:-1].replace('""', '"') if cell.startswith('"') and cell.endswith('"') else cell


def _esa_mark(who: tuple[str, str, str], span: Mapping[str, Any]) -> Mark:
    start, end = span.get("start_i", "missing"), span.get("end_i", "missing")
    place = (int(start), int(end)) if str(start).isdigit() and str(end).isdigit() else None
    category = "Accuracy/Omission" if place is None else str(span.get("error_type") or "Error")
    return Mark(*who, category, str(span["severity"]), place)


def system_rows(marks: Marks) -> list[Row]:
    """Head and one row a system: segments, errors a segment, points with their interval, ESA."""
    head = ["system", "segments", "errors", "errors/segment", "MQM points/segment", "95 % interval"]
    rows: list[Row] = [[*head, "ESA"] if marks.scores else head]
    for system in dict.fromkeys(mark.system for mark in marks.marks):
        points = _points_by_segment(mark for mark in marks.marks if mark.system == system)
        errors = sum(mark.is_error for mark in marks.marks if mark.system == system)
        raters = len({(m.segment, m.rater) for m in marks.marks if m.system == system})
        low, high = _interval(list(points.values()))
        row = [system, str(len(points)), str(errors), f"{errors / raters:.2f}"]
        row += [f"{np.mean(list(points.values())):.2f}", f"{low:.2f} – {high:.2f}"]
        rows.append([*row, _esa_mean(marks, system)] if marks.scores else row)
    return rows


def _points_by_segment(marks: Iterable[Mark]) -> dict[str, float]:
    """The points of each segment: summed for each rater, then the mean of the raters."""
    sums: dict[str, Counter[str]] = defaultdict(Counter)
    for mark in marks:
        sums[mark.segment][mark.rater] += mark.points  # type: ignore[assignment]
    return {segment: sum(found.values()) / len(found) for segment, found in sums.items()}


def _interval(values: list[float]) -> tuple[float, float]:
    column = np.array(values)[:, np.newaxis]
    totals = bootstrap_totals(column, samples=SAMPLES, seed=SEED)[:, 0]
    return interval(totals / len(values))[1:]


def _esa_mean(marks: Marks, system: str) -> str:
    values = [score for (name, _, _), score in marks.scores.items() if name == system]
    return f"{np.mean(values):.1f}" if values else "–"


def category_rows(marks: Marks) -> list[Row]:
    """Head and one row a category and severity, one column a system: its share of the points."""
    systems = list(dict.fromkeys(mark.system for mark in marks.marks))
    totals = {s: sum(m.points for m in marks.marks if m.system == s) for s in systems}
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    points: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for mark in marks.marks:
        if mark.is_error:
            kind = mark.category, mark.severity.lower()
            found[kind][mark.system] += 1
            points[kind][mark.system] += mark.points  # type: ignore[assignment]
    rows: list[Row] = [["category", "severity", *systems]]
    for kind in sorted(points, key=lambda kind: (-points[kind].total(), kind)):
        cells = [
            f"{100 * points[kind][s] / totals[s]:.1f} % ({found[kind][s]})" if totals[s] else "–"
            for s in systems
        ]
        rows.append([*kind, *cells])
    return rows


def agreement_rows(marks: Marks) -> list[Row]:
    """Head and one row for every two raters of the same segments."""
    head = ["rater", "rater", "segments", "correlation of points", "F1 of marked characters"]
    rows: list[Row] = [head]
    by_rater: dict[str, dict[tuple[str, str], list[Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks.marks:
        by_rater[mark.rater][mark.system, mark.segment].append(mark)
    for first, second in combinations(sorted(by_rater), 2):
        shared = sorted(by_rater[first].keys() & by_rater[second].keys())
        if shared:
            pairs = [(by_rater[first][key], by_rater[second][key]) for key in shared]
            rows.append(
                [first, second, str(len(shared)), _correlation(pairs), f"{_span_f1(pairs):.2f}"]
            )
    return rows


def _correlation(pairs: Sequence[tuple[list[Mark], list[Mark]]]) -> str:
    """Pearson's correlation of the points of the segments; a dash where one rater never varies."""
    ours, theirs = (
        np.array([sum(mark.points for mark in pair[side]) for pair in pairs]) for side in (0, 1)
    )
    if len(pairs) < 2 or not ours.std() or not theirs.std():
        return "–"
    return f"{np.corrcoef(ours, theirs)[0, 1]:.2f}"


def _span_f1(pairs: Sequence[tuple[list[Mark], list[Mark]]]) -> float:
    """How far the marked characters are the same; 1 where neither marked any."""
    both = ours = theirs = 0
    for first, second in pairs:
        one, two = _characters(first), _characters(second)
        both, ours, theirs = both + len(one & two), ours + len(one), theirs + len(two)
    return 2 * both / (ours + theirs) if ours + theirs else 1.0


def _characters(marks: Iterable[Mark]) -> set[int]:
    return {at for mark in marks if mark.span for at in range(*mark.span)}
