"""An Evaluation as text, Markdown, LaTeX and JSON.

Every line of the text table says how many segments and which data it stands for.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.metrics import higher_is_better
from eval.ranks import ranks
from eval.values import Comparison, Evaluation, Group, Measure, Recall, Score, SystemResult

Row = Sequence[str]

#: What BLEU is parted by.
AXES = ("length", "kind", "article")
#: Significance level of the marks in the tables.
LEVEL = 0.05
_LATEX = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_LATEX |= {character: f"\\{character}" for character in "&%$#_{}"}


def render_text(result: Evaluation) -> str:
    """The table for a terminal: scores, measures, notes, signatures."""
    data = result.data
    head = (
        f"{data.name}: {data.segments} segments, {len(data.references)} reference"
        f"{'s' if len(data.references) > 1 else ''}, data {data.hash}"
    )
    parts = [head, columns(score_rows(result))]
    if measures := measure_rows(result):
        parts.append(columns(measures))
    more = [cost_rows(result), *recall_tables(result), rank_rows(result), pair_rows(result)]
    parts += [columns(rows) for rows in more if rows]
    if result.comparisons:
        parts.append(_legend(result))
    parts += [f"Note: {note.subject} {note.message}." for note in result.notes]
    parts.append("\n".join(f"{label}: {text}" for label, text in signatures(result).items()))
    return "\n\n".join(parts)


def score_rows(result: Evaluation) -> list[Row]:
    """Head and one row a system and score."""
    paired = bool(result.comparisons)
    head = ["system", "metric", "score", "95 % interval", "segments", "data"]
    rows: list[Row] = [head + (["difference", "p bootstrap", "p random."] if paired else [])]
    for system, score in result.lines():
        row = [system.name, score.label, f"{score.value:.2f}", _interval(score)]
        row += [str(score.segments), score.data_hash]
        rows.append(row + (_comparison_cells(result, system, score) if paired else []))
    return rows


def summary_rows(result: Evaluation) -> list[Row]:
    """Head and one row a system, one column a score: `33.28 ± 0.80 *`."""
    labels = [score.label for score in result.systems[0].scores]
    rows: list[Row] = [["system", *(f"{label} {_direction(label)}" for label in labels)]]
    for system in result.systems:
        rows.append([system.name, *(_summary(result, system, score) for score in system.scores)])
    return rows


def _direction(label: str) -> str:
    """The way that is better."""
    return "↑" if higher_is_better(label.split(" ")[0]) else "↓"


def _summary(result: Evaluation, system: SystemResult, score: Score) -> str:
    margin = "" if score.margin is None else f" ± {score.margin:.2f}"
    star = " *" if _counts(result, system, score) else ""
    return f"{score.value:.2f}{margin}{star}"


def _counts(result: Evaluation, system: SystemResult, score: Score) -> bool:
    """Whether a score was compared with the baseline's and the difference counts."""
    comparison = result.comparison(system.name, score.metric)
    return comparison is not None and score.label == score.metric and comparison.counts(LEVEL)


def _comparison_cells(result: Evaluation, system: SystemResult, score: Score) -> list[str]:
    """Difference and p values, only where the score itself was compared."""
    comparison = result.comparison(system.name, score.metric)
    if comparison is None or score.label != score.metric:
        return ["", "", ""]
    mark = "*" if comparison.counts(LEVEL) else ""
    return [
        f"{comparison.difference:+.2f}{mark}",
        _p(comparison.p_bootstrap),
        _p(comparison.p_randomization),
    ]


def _interval(score: Score) -> str:
    if score.low is None or score.high is None:
        return ""
    return f"{score.low:.2f} – {score.high:.2f}"


def _p(value: float | None) -> str:
    return "" if value is None else f"{value:.4f}"


def measure_rows(result: Evaluation) -> list[Row]:
    """Head and one row a measure, one column a system; empty without measures."""
    if not result.systems[0].measures:
        return []
    rows: list[Row] = [["measure", *(system.name for system in result.systems), "reference"]]
    columns_ = [system.measures for system in result.systems] + [result.reference_measures]
    for same in zip(*columns_, strict=True):
        rows.append([same[0].name, *map(measure_cell, same)])
    return rows


def rank_rows(result: Evaluation) -> list[Row]:
    """Head and one row a system and metric, best first; a line of its own parts the clusters."""
    rows: list[Row] = [["metric", "cluster", "rank", "system", "score"]] if result.pairs else []
    for metric in _compared(result):
        for rank in ranks(result, metric, LEVEL):
            span = str(rank.first) if rank.first == rank.last else f"{rank.first}–{rank.last}"
            rows.append([metric, str(rank.cluster), span, rank.system, f"{rank.value:.2f}"])
    return rows


def pair_rows(result: Evaluation) -> list[Row]:
    """Head and one row for every two systems and metric; empty where that was not asked for."""
    rows: list[Row] = [["metric", "A", "B", "B − A", "p bootstrap", "p random.", "p Holm", ""]]
    for pair in result.pairs:
        p = [_p(value) for value in (pair.p_bootstrap, pair.p_randomization, pair.p_holm)]
        mark = "*" if pair.p_holm is not None and pair.p_holm < LEVEL and pair.difference else ""
        rows.append([pair.metric, pair.baseline, pair.system, f"{pair.difference:+.2f}", *p, mark])
    return rows if len(rows) > 1 else []


def group_rows(result: Evaluation, axis: str) -> list[Row]:
    """BLEU by one axis: head and one row a label, one column a system; empty without labels."""
    found = {(g.label, g.system): g for g in result.groups if g.axis == axis}
    names = [system.name for system in result.systems]
    rows: list[Row] = [[axis, "segments", *names]]
    for label in dict.fromkeys(label for label, _ in found):
        cells = [_group_cell(found[label, name]) for name in names]
        rows.append([label, str(found[label, names[0]].segments), *cells])
    return rows if len(rows) > 1 else []


def _group_cell(group: Group) -> str:
    if group.low is None or group.high is None:
        return f"{group.bleu:.1f}"
    return f"{group.bleu:.1f} ± {(group.high - group.low) / 2:.1f}"


def cost_rows(result: Evaluation) -> list[Row]:
    """Head and one row a system that was run: its speed, memory and size beside BLEU."""
    rows: list[Row] = [["system", "BLEU", "words/s", "peak memory", "model"]]
    for system in result.systems:
        cost = result.costs.get(system.name)
        if cost:
            bleu = next((f"{s.value:.2f}" for s in system.scores if s.label == "BLEU"), "")
            speed = "kept" if cost.words_per_second is None else f"{cost.words_per_second:,.0f}"
            peak = "" if cost.peak_mb is None else f"{cost.peak_mb:,.0f} MB"
            rows.append([system.name, bleu, speed, peak, f"{cost.model_mb:,.1f} MB"])
    return rows if len(rows) > 1 else []


def recall_tables(result: Evaluation) -> list[list[Row]]:
    """A table for each axis of the recalls: head and one row a kind of word, a column a system."""
    axes = dict.fromkeys(recall.axis for recall in result.recalls)
    return [_recall_rows(result, axis) for axis in axes]


def _recall_rows(result: Evaluation, axis: str) -> list[Row]:
    found = {(r.label, r.system): r for r in result.recalls if r.axis == axis}
    names = [system.name for system in result.systems]
    rows: list[Row] = [[f"words of the reference found, by {axis}", "words", *names]]
    for label in dict.fromkeys(label for label, _ in found):
        cells = [_recall_cell(found[label, name]) for name in names]
        rows.append([label, str(found[label, names[0]].total), *cells])
    return rows


def _recall_cell(recall: Recall) -> str:
    if recall.low is None or recall.high is None:
        return f"{recall.value:.1f} %"
    return f"{recall.value:.1f} % ± {(recall.high - recall.low) / 2:.1f}"


def phrase_tables(result: Evaluation) -> list[tuple[str, list[Row]]]:
    """A title and a table for each ordered pair of systems: what the first has more often."""
    pairs = dict.fromkeys((phrase.first, phrase.second) for phrase in result.phrases)
    return [
        (f"{first} has, {second} lacks", phrase_rows(result, first, second))
        for first, second in pairs
    ]


def phrase_rows(result: Evaluation, first: str, second: str) -> list[Row]:
    """Head and one row a phrase that `first` has more often than `second`."""
    rows: list[Row] = [["phrase of the reference", first, second]]
    for phrase in result.phrases:
        if (phrase.first, phrase.second) == (first, second):
            rows.append([phrase.text, str(phrase.first_count), str(phrase.second_count)])
    return rows if len(rows) > 1 else []


def measure_cell(measure: Measure) -> str:
    """`98.2 % (54/55)`, small shares at two decimals; a dash where there is nothing to measure."""
    if measure.value is None:
        return "–"
    if not measure.percent:
        return f"{measure.value:.3f}"
    decimals = 2 if 0 < measure.value < 1 else 1
    return f"{measure.value:.{decimals}f} % ({measure.count:.0f}/{measure.total:.0f})"


def _legend(result: Evaluation) -> str:
    return (
        f"* the difference to {result.comparisons[0].baseline} counts: p < {LEVEL} in every test "
        "that was run (two-sided)"
    )


def signatures(result: Evaluation) -> dict[str, str]:
    """The signature of each score, and of each randomization test that was run."""
    found = {score.label: score.signature for score in result.systems[0].scores}
    tests = [c for c in result.comparisons if c.p_randomization is not None]
    return found | {f"{test.metric}, randomization": test.signature for test in tests}


def columns(rows: Sequence[Row]) -> str:
    """Rows as aligned columns; figures to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    right = [_is_figure(column[1:]) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(
            cell.rjust(width) if figure else cell.ljust(width)
            for cell, width, figure in zip(row, widths, right, strict=True)
        ).rstrip()
        for row in rows
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _is_figure(cells: Sequence[str]) -> bool:
    return all(not cell or cell[0] in "+-–0123456789" for cell in cells)


def render_markdown(result: Evaluation) -> str:
    """GitHub-flavoured tables."""
    tables = [f(result) for f in (score_rows, measure_rows)]
    tables += [cost_rows(result), *recall_tables(result), rank_rows(result), pair_rows(result)]
    tables += [group_rows(result, axis) for axis in AXES]
    tables += [rows for _, rows in phrase_tables(result)]
    parts = [f"## {_pipe(result.data.name)}", *map(_markdown_table, filter(None, tables))]
    if result.comparisons:
        parts.append(_pipe(_legend(result)))
    parts += [f"> {_pipe(note.subject)} {_pipe(note.message)}." for note in result.notes]
    parts.append("\n".join(f"- {label}: `{text}`" for label, text in signatures(result).items()))
    return "\n\n".join(parts)


def _markdown_table(rows: Sequence[Row]) -> str:
    head, *body = [f"| {' | '.join(map(_pipe, row))} |" for row in rows]
    return "\n".join([head, "|" + " --- |" * len(rows[0]), *body])


def _pipe(text: str) -> str:
    """Text that neither ends a cell nor becomes markup."""
    for character in "\\|*_<>`":
        text = text.replace(character, f"\\{character}")
    return text


def render_latex(result: Evaluation) -> str:
    """A booktabs table: one row a system, one column a score with its ± margin."""
    labels = [score.label for score in result.systems[0].scores]
    head = " & ".join(["System", *(f"{_latex(label)} {_arrow(label)}" for label in labels)])
    rows = [_latex_row(result, system) for system in result.systems]
    caption = (
        f"{result.data.name}, {result.data.segments} segments, data {result.data.hash}. "
        + "; ".join(f"{label}: {text}" for label, text in signatures(result).items())
    )
    lines = [
        r"\begin{table}",
        r"\centering",
        rf"\begin{{tabular}}{{l{'r' * len(labels)}}}",
        r"\toprule",
        head + r" \\",
        r"\midrule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
        rf"\caption{{{_latex(caption)}}}",
        r"\end{table}",
    ]
    return "\n".join(lines)


def _latex_row(result: Evaluation, system: SystemResult) -> str:
    cells = [_latex(system.name)]
    for score in system.scores:
        star = "^{*}" if _counts(result, system, score) else ""
        margin = "" if score.margin is None else rf" \pm {score.margin:.2f}"
        cells.append(f"${score.value:.2f}{star}{margin}$")
    return " & ".join(cells) + r" \\"


def _arrow(label: str) -> str:
    return r"$\uparrow$" if _direction(label) == "↑" else r"$\downarrow$"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)


def render_json(result: Evaluation) -> str:
    """sacreBLEU's layout for each score (`--format json`), with what is ours beside it."""
    return _dumped(json_of(result))


def _dumped(document: Any) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1)


def json_of(result: Evaluation) -> dict[str, Any]:
    """A result as plain values."""
    return {
        "data": {
            "name": result.data.name,
            "hash": result.data.hash,
            "segments": result.data.segments,
            "references": len(result.data.references),
        },
        "systems": [_system_json(system) for system in result.systems],
        "reference_measures": [_measure_json(measure) for measure in result.reference_measures],
        "comparisons": [_comparison_json(comparison) for comparison in result.comparisons],
        "pairs": [_comparison_json(pair) for pair in result.pairs],
        "ranks": {
            metric: [asdict(rank) for rank in ranks(result, metric, LEVEL)]
            for metric in _compared(result)
        },
        "groups": [asdict(group) for group in result.groups],
        "recalls": [asdict(recall) | {"value": recall.value} for recall in result.recalls],
        "phrases": [asdict(phrase) for phrase in result.phrases],
        "costs": {name: asdict(cost) for name, cost in result.costs.items()},
        "notes": [asdict(note) for note in result.notes],
    }


def _system_json(system: SystemResult) -> dict[str, Any]:
    return {
        "system": system.name,
        "hypotheses_hash": system.hypotheses_hash,
        "scores": [_score_json(score) for score in system.scores],
        "measures": [_measure_json(measure) for measure in system.measures],
        "segment_scores": {
            label: [round(value, 4) for value in values]
            for label, values in system.by_segment.items()
        },
    }


def _compared(result: Evaluation) -> list[str]:
    return list(dict.fromkeys(pair.metric for pair in result.pairs))


def _measure_json(measure: Measure) -> dict[str, Any]:
    """A measure; `segments` are the numbers (from 0) of those that it finds fault with."""
    keys = ("name", "count", "total", "higher_is_better", "percent", "value")
    return {key: getattr(measure, key) for key in keys} | {"segments": list(measure.faults())}


def _score_json(score: Score) -> dict[str, Any]:
    """The keys of `sacrebleu --format json`, at two decimals; then ours, not rounded."""
    layout: dict[str, Any] = {
        "name": score.metric,
        "score": round(score.value, 2),
        "signature": score.signature,
    }
    if score.mean is not None and score.margin is not None:
        layout["confidence_mean"] = round(score.mean, 2)
        layout["confidence_var"] = round(score.margin, 2)
        layout["confidence"] = f"μ = {score.mean:.2f} ± {score.margin:.2f}"
    if score.verbose:
        layout["verbose_score"] = score.verbose
    layout |= dict(pair.split(":", 1) for pair in score.signature.split("|"))
    ours = ("value", "low", "high", "segments", "data_hash", "unit", "text")
    return layout | {key: getattr(score, key) for key in ours}


def _comparison_json(comparison: Comparison) -> dict[str, Any]:
    return asdict(comparison) | {"counts": comparison.counts(LEVEL)}


RENDERERS: Mapping[str, Callable[[Evaluation], str]] = {
    "text": render_text,
    "markdown": render_markdown,
    "latex": render_latex,
    "json": render_json,
}


def render(layout: str, results: Sequence[Evaluation]) -> str:
    """One result, or several sets with a table of all of them before (JSON: in a list)."""
    if len(results) == 1:
        return RENDERERS[layout](results[0])
    if layout == "json":
        return _dumped({"sets": [json_of(result) for result in results]})
    tables = {"text": columns, "markdown": _markdown_table}
    head = [tables[layout](set_rows(results))] if layout in tables else []
    return "\n\n".join([*head, *(RENDERERS[layout](result) for result in results)])


def set_rows(results: Sequence[Evaluation]) -> list[Row]:
    """Head and one row a score and set, one column a system; the mean of each score's sets last."""
    names = list(dict.fromkeys(system.name for result in results for system in result.systems))
    labels = dict.fromkeys(score.label for result in results for _, score in result.lines())
    rows: list[Row] = [["score", "set", "segments", "data", *names]]
    for label in labels:
        found = [_by_system(result, label) for result in results]
        for result, values in zip(results, found, strict=True):
            cells = [f"{values[name]:.2f}" if name in values else "–" for name in names]
            data = result.data
            rows.append([label, data.name, str(data.segments), data.hash, *cells])
        rows.append([label, "mean", "", "", *(_mean(found, name) for name in names)])
    return rows


def _by_system(result: Evaluation, label: str) -> dict[str, float]:
    return {
        system.name: score.value
        for system in result.systems
        for score in system.scores
        if score.label == label
    }


def _mean(found: Sequence[Mapping[str, float]], name: str) -> str:
    """The mean over all sets; a dash where one lacks it."""
    values = [values[name] for values in found if name in values]
    return f"{sum(values) / len(values):.2f}" if len(values) == len(found) else "–"
