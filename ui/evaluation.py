"""Scores for the page and the API: files or a test set in, table, plot, worst segments, report out.

`eval` is imported when it is asked for, so that the desk starts without matplotlib and sacrebleu.
"""

import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, UsageError
from ui.desk import Desk, file_name

if TYPE_CHECKING:
    from eval import Evaluation

#: Segments that the page lists as the worst.
WORST = 10
#: Segments that one request may score; the command line has no limit.
MAX_SEGMENTS = 20_000
MAX_SAMPLES = 1000
REPORT = "evaluation.html"


@dataclass(frozen=True, slots=True)
class Shown:
    """An evaluation as the page shows it; every cell is text."""

    title: str
    scores: list[list[str]]
    measures: list[list[str]]
    worst: list[list[str]]
    notes: list[str]
    plot: str  # SVG
    report: Path  # the HTML report, in a temporary folder


def test_sets() -> list[str]:
    """The test sets that are here; none is downloaded."""
    from eval.testsets import listing

    return [found.name for found in listing() if found.segments]


def score_files(hypothesis: str, reference: str, source: str | None) -> Shown:
    """Score one uploaded file against another; the readers of `depeche eval score` read them."""
    from eval import evaluate
    from eval.readers import Role, read_segments

    streams = [
        read_segments(path, role)
        for path, role in (
            (hypothesis, Role.HYPOTHESIS),
            (reference, Role.REFERENCE),
            (source, Role.SOURCE),
        )
        if path
    ]
    _fits(streams[0])
    name = file_name(Path(hypothesis).name)
    result = evaluate(
        {name: streams[0]},
        [streams[1]],
        sources=streams[2] if source else (),
        name=file_name(Path(reference).name),
    )
    return shown(result)


def score_set(desk: Desk, name: str, models: Sequence[str], engine: str, cache: Path) -> Shown:
    """Translate a test set with models of this desk and score them in one table."""
    from eval.run import run
    from eval.systems import System
    from eval.testsets import load

    if name not in test_sets():
        raise InputError(f"there is no test set {name!r}; here are {', '.join(test_sets())}")
    if not models:
        raise UsageError("no model is chosen; choose at least one")
    result = run(
        load(name),
        [System(model, model, engine) for model in models],
        cache=cache,
        load=lambda model, *, engine, **_: desk.worker.translator(model, engine),
    )
    return shown(result)


def score_texts(
    hypotheses: Sequence[str],
    references: Sequence[str],
    sources: Sequence[str] = (),
    samples: int = MAX_SAMPLES,
) -> dict[str, Any]:
    """Score lists of segments: the answer of POST /evaluate, as `--format json` prints it."""
    from eval import Settings, evaluate
    from eval.tables import render_json

    _fits(hypotheses)
    if not 0 <= samples <= MAX_SAMPLES:
        raise UsageError(f"samples is {samples}; allowed: 0 to {MAX_SAMPLES}")
    result = evaluate(
        {"hypotheses": hypotheses},
        [references],
        sources=sources,
        settings=Settings(samples=samples),
    )
    found: dict[str, Any] = json.loads(render_json(result))
    return found


def shown(result: "Evaluation") -> Shown:
    """An evaluation for the page, its report written to a temporary folder."""
    from eval.plots import interval_plot
    from eval.report import render_html
    from eval.tables import measure_rows, score_rows

    folder = Path(tempfile.mkdtemp(prefix="report-", dir=_temporary()))
    report = folder / REPORT
    report.write_text(render_html(result), encoding="utf-8")
    return Shown(
        title=f"{result.data.name}: {result.data.segments} segments, data {result.data.hash}",
        scores=[list(row) for row in score_rows(result)],
        measures=[list(row) for row in measure_rows(result)],
        worst=worst(result),
        notes=[f"{note.subject} {note.message}." for note in result.notes],
        plot=interval_plot(result).decode(),
        report=report,
    )


def worst(result: "Evaluation", count: int = WORST) -> list[list[str]]:
    """The segments of the first system that are furthest from the reference (chrF2++)."""
    system = result.systems[0]
    data = result.data
    order = sorted(range(data.segments), key=lambda at: system.segment_scores[at])
    return [
        [
            str(at + 1),
            f"{system.segment_scores[at]:.1f}",
            system.hypotheses[at],
            data.references[0][at],
            data.sources[at] if data.sources else "",
        ]
        for at in order[:count]
    ]


def _fits(segments: Sequence[str]) -> None:
    if len(segments) > MAX_SEGMENTS:
        raise InputError(
            f"{len(segments):,} segments; this desk scores {MAX_SEGMENTS:,} at most: "
            "use `depeche eval score`"
        )


def _temporary() -> Path:
    """Gradio's temporary folder, from which it may serve files."""
    import os

    folder = Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir())
    folder.mkdir(parents=True, exist_ok=True)
    return folder
