"""The HTML report: one file that opens without a network.

All texts are data in the page (JSON) and become text nodes there, never markup.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from eval.differences import differences
from eval.plots import plots
from eval.tables import (
    AXES,
    LEVEL,
    cost_rows,
    group_rows,
    measure_rows,
    pair_rows,
    phrase_tables,
    rank_rows,
    recall_tables,
    score_rows,
    signatures,
    summary_rows,
)
from eval.templates import rendered
from eval.values import Evaluation, SystemResult

#: How far two sentence-level scores (chrF2++) lie apart before one system wins a segment.
WIN = 1.0

_TITLES = {
    "intervals": "Scores with 95 % intervals",
    "length": "BLEU by words of the reference",
    "kind": "BLEU by kind of block",
    "article": "BLEU by article",
    "speed": "BLEU against words a second",
}


def render_html(result: Evaluation) -> str:
    """The report as one page: tables, plots, and all segments to be sorted and searched."""
    return rendered(
        "report.html",
        data=result.data,
        summary=summary_rows(result),
        scores=score_rows(result),
        measures=measure_rows(result),
        groups={axis: group_rows(result, axis) for axis in AXES},
        signatures=signatures(result),
        notes=result.notes,
        level=LEVEL if result.comparisons else None,
        baseline=result.comparisons[0].baseline if result.comparisons else "",
        costs=cost_rows(result),
        duels=list(_duels(result)),
        recalls=recall_tables(result),
        phrases=phrase_tables(result),
        ranks=rank_rows(result) if result.pairs else [],
        pairs=pair_rows(result),
        figures=[
            {"name": name, "title": _TITLES[name], "svg": plot("svg").decode()}
            for name, plot in plots(result).items()
        ],
        page=_page_data(result),
    )


def _page_data(result: Evaluation) -> dict[str, Any]:
    """What the page's script shows: segments by column."""
    data = result.data
    return {
        "systems": [system.name for system in result.systems],
        "sources": data.sources,
        "references": data.references,
        "articles": data.articles,
        "kinds": data.kinds,
        "hypotheses": [_marked(system, data.references[0]) for system in result.systems],
        "scores": [[round(x, 1) for x in system.segment_scores] for system in result.systems],
    }


def _marked(system: SystemResult, reference: Sequence[str]) -> list[list[tuple[str, str]]]:
    """Each hypothesis in runs of words: how they differ, and the words."""
    rows = zip(system.hypotheses, reference, strict=True)
    return [[(run.change.value, run.text) for run in differences(*row)] for row in rows]


def _duels(result: Evaluation) -> Iterator[dict[str, Any]]:
    """Every pair of systems with the segments that each of them wins."""
    for at, first in enumerate(result.systems):
        for second in result.systems[at + 1 :]:
            gaps = [a - b for a, b in zip(first.segment_scores, second.segment_scores, strict=True)]
            wins = sum(gap >= WIN for gap in gaps)
            losses = sum(gap <= -WIN for gap in gaps)
            yield {
                "first": first.name,
                "second": second.name,
                "wins": wins,
                "losses": losses,
                "ties": len(gaps) - wins - losses,
            }
