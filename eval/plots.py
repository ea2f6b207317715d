"""Plots of an Evaluation, as SVG for the report and PNG for papers: the only user of matplotlib.

Figures are made without pyplot, so that the web desk's threads do not share any state.
"""

import io
import warnings
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.history import Record, comparable
from eval.values import Evaluation, Group, Score
from translate.errors import OutputError

#: Colours that stay apart for colour-blind readers and on light and dark paper (Okabe and Ito),
#: and four more for tables of ten systems.
COLOURS = (
    *("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9"),
    *("#8c5a2b", "#7a5195", "#6f7b85", "#b8a000"),
)
#: Stands for the reader's text colour; the SVG says `currentColor` in its place.
INK = "#1a1c1e"
WIDTH = 6.0  # inches
#: More bars than this are no plot but a table.
MAX_GROUPS = 24
MAX_NAME = 28
FONT = {"font.family": "sans-serif", "font.size": 9, "svg.fonttype": "none"}

Draw = Callable[[Any], None]


def interval_plot(result: Evaluation, layout: str = "svg") -> bytes:
    """Scores with their 95 % intervals, one panel a metric, one row a system.

    `layout` is "svg" or "png". Systems are in table order from the top.
    """
    labels = [score.label for score in result.systems[0].scores]
    columns = min(len(labels), 2)
    rows = -(-len(labels) // columns)
    height = rows * (0.75 + 0.26 * len(result.systems))

    def draw(figure: Any) -> None:
        panels = figure.subplots(rows, columns, squeeze=False).flat
        for panel, label in zip(panels, labels, strict=False):
            _intervals(panel, label, [system.score(label) for system in result.systems])
            panel.set_yticks(range(len(result.systems)), [_plain(s.name) for s in result.systems])
        for number, panel in enumerate(panels):
            panel.set_visible(number < len(labels))
        for number, panel in enumerate(figure.axes):
            panel.set_visible(number < len(labels))
            if number % columns:
                panel.set_yticklabels([])

    return _render(draw, height, layout, "intervals")


def _intervals(panel: Any, label: str, scores: Sequence[Score]) -> None:
    """Points with error bars, the best named by its value."""
    for row, score in enumerate(scores):
        low, high = (score.value, score.value) if score.low is None else (score.low, score.high)
        colour = COLOURS[row % len(COLOURS)]
        panel.plot([low, high], [row, row], color=colour, linewidth=2, solid_capstyle="butt")
        panel.plot([score.value], [row], "o", color=colour, markersize=5)
        panel.annotate(
            f"{score.value:.1f}", (score.value, row), (0, 5), textcoords="offset points",
            ha="center", fontsize=8, color=INK,
        )  # fmt: skip
    panel.set_title(label, loc="left", fontsize=9, fontweight="bold", color=INK)
    panel.set_ylim(len(scores) - 0.5, -0.75)
    panel.margins(x=0.12)


def speed_plot(result: Evaluation, layout: str = "svg") -> bytes:
    """BLEU against words a second (logarithmic) of the systems that were run now."""
    scores = {system.name: system.score("BLEU").value for system in result.systems}
    places = [
        (name, cost.words_per_second, scores[name])
        for name, cost in result.costs.items()
        if cost.words_per_second is not None
    ]

    def draw(figure: Any) -> None:
        panel = figure.subplots()
        panel.set_xscale("log")
        for number, (name, speed, bleu) in enumerate(places):
            panel.plot([speed], [bleu], "o", color=COLOURS[number % len(COLOURS)], markersize=7)
            panel.annotate(_plain(name), (speed, bleu), (6, 4), textcoords="offset points",
                           fontsize=8, color=INK)  # fmt: skip
        panel.set_xlabel("words a second", color=INK)
        panel.set_ylabel("BLEU", color=INK)
        panel.margins(x=0.3, y=0.2)

    return _render(draw, 3.0, layout, "speed")


def history_plot(records: Sequence[Record], metric: str, layout: str = "svg") -> bytes:
    """A metric by date, a line for what may be compared."""
    lines: dict[tuple[str, ...], list[Record]] = {}
    for record in records:
        lines.setdefault(comparable(record, metric), []).append(record)

    def draw(figure: Any) -> None:
        from matplotlib.dates import AutoDateLocator, ConciseDateFormatter

        panel = figure.subplots()
        for number, (key, found) in enumerate(lines.items()):
            dates = [datetime.fromisoformat(record.date) for record in found]
            values = [record.scores[metric] for record in found]
            label = _plain(f"{key[2]} · {key[0]}")
            panel.plot(dates, values, "o-", color=COLOURS[number % len(COLOURS)], label=label)
        panel.set_ylabel(metric, color=INK)
        dated = AutoDateLocator(minticks=2, maxticks=8)
        panel.xaxis.set_major_locator(dated)  # runs of one minute too stand beside their date
        panel.xaxis.set_major_formatter(ConciseDateFormatter(dated, show_offset=True))
        panel.legend(frameon=False, labelcolor=INK, fontsize=8, loc="lower left",
                     bbox_to_anchor=(0, 1), ncols=2)  # fmt: skip

    return _render(draw, 3.2 + 0.1 * len(lines), layout, "history")


def group_plot(result: Evaluation, axis: str, layout: str = "svg") -> bytes:
    """BLEU of each system by "length", "kind" or "article": grouped bars."""
    groups = [group for group in result.groups if group.axis == axis]
    labels = list(dict.fromkeys(group.label for group in groups))
    names = [system.name for system in result.systems]
    height = 0.7 + len(labels) * (0.14 + 0.17 * len(names)) + 0.2 * len(names)
    found = {(group.label, group.system): group for group in groups}

    def draw(figure: Any) -> None:
        panel = figure.subplots()
        for number, name in enumerate(names):
            _bars(panel, [found[label, name] for label in labels], number, len(names))
        counts = [found[label, names[0]].segments for label in labels]
        ticks = [f"{_plain(label)}  ({count})" for label, count in zip(labels, counts, strict=True)]
        panel.set_yticks(range(len(labels)), ticks)
        panel.set_ylim(len(labels) - 0.4, -0.6)
        panel.set_xlabel("BLEU (number of segments in brackets)", color=INK)
        if len(names) > 1:
            panel.legend(frameon=False, labelcolor=INK, fontsize=8, loc="lower left",
                         bbox_to_anchor=(0, 1), ncols=min(len(names), 2))  # fmt: skip

    return _render(draw, height, layout, axis)


def _bars(panel: Any, groups: Sequence[Group], number: int, of: int) -> None:
    thickness = 0.8 / of
    places = [at - 0.4 + (number + 0.5) * thickness for at in range(len(groups))]
    colour = COLOURS[number % len(COLOURS)]
    values = [group.bleu for group in groups]
    bars = panel.barh(places, values, thickness * 0.9, color=colour, label=_plain(groups[0].system))
    panel.bar_label(bars, fmt="%.0f", fontsize=7, padding=2, color=INK)


def _plain(name: str) -> str:
    """A name for a plot: short, printable, and no formula ($ begins one in matplotlib)."""
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    short = printable if len(printable) <= MAX_NAME else printable[: MAX_NAME - 1] + "…"
    return short.replace("$", r"\$")


def _render(draw: Draw, height: float, layout: str, salt: str) -> bytes:
    """The bytes of a figure; SVG without a background and with the reader's text colour."""
    import matplotlib
    from matplotlib.figure import Figure

    with matplotlib.rc_context({**FONT, "svg.hashsalt": salt}), warnings.catch_warnings():
        # a letter that the font lacks is a box in PNG; the SVG keeps it as text
        warnings.filterwarnings("ignore", message="Glyph")
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        draw(figure)
        for panel in figure.axes:
            panel.spines[["top", "right", "left"]].set_visible(False)
            panel.spines["bottom"].set_color(INK)
            panel.tick_params(colors=INK, length=0)
            panel.grid(axis="x", color=INK, alpha=0.12, linewidth=0.6)
            panel.set_axisbelow(True)
        buffer = io.BytesIO()
        if layout == "png":
            figure.savefig(buffer, format="png", dpi=200, facecolor="white")
            return buffer.getvalue()
        figure.savefig(buffer, format="svg", transparent=True, metadata={"Date": None})
    text = buffer.getvalue().decode()
    return text[text.index("<svg") :].replace(INK, "currentColor").encode()


def plots(result: Evaluation) -> Mapping[str, Callable[[str], bytes]]:
    """File stem -> plot, for all plots that the data gives."""
    found: dict[str, Callable[[str], bytes]] = {
        "intervals": lambda layout: interval_plot(result, layout)
    }
    for axis in ("length", "kind", "article"):
        labels = {group.label for group in result.groups if group.axis == axis}
        if 1 < len(labels) <= MAX_GROUPS:
            found[axis] = lambda layout, axis=axis: group_plot(result, axis, layout)  # type: ignore[misc]
    has_bleu = any(score.label == "BLEU" for _, score in result.lines())
    if has_bleu and any(cost.words_per_second for cost in result.costs.values()):
        found["speed"] = lambda layout: speed_plot(result, layout)
    return found


def write_plots(result: Evaluation, folder: Path) -> list[Path]:
    """PNG files in a folder; OutputError where they cannot be written."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, plot in plots(result).items():
            path = folder / f"{name}.png"
            path.write_bytes(plot("png"))
            written.append(path)
    except OSError as error:
        raise OutputError(f"plots cannot be written to {folder}: {error.strerror}") from None
    return written
