"""Options of scoring that commands share, and what is made of them."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.evaluation import Settings
    from eval.values import Evaluation

Command = Callable[..., Any]

#: Segments times systems from which a second process pays for its start (1.5 s).
PARALLEL_FROM = 4000

_SCORING = (
    click.option(
        "-m",
        "--metric",
        "metrics",
        multiple=True,
        metavar="NAME",
        help="bleu, chrf (chrF2++), chrf2, ter; repeat for several (default: bleu, chrf, ter).",
    ),
    click.option(
        "--tokenize",
        default="13a",
        show_default=True,
        metavar="NAME",
        help="BLEU's tokenizer: 13a, intl, char, none, zh, flores200, flores101, spm.",
    ),
    click.option("--lowercase", is_flag=True, help="BLEU and chrF without regard to case."),
    click.option(
        "--effective-order", is_flag=True, help="BLEU of only those n-grams that there are."
    ),
    click.option(
        "--analysis/--no-analysis",
        default=True,
        show_default=True,
        help="Which words and phrases each system finds.",
    ),
    click.option(
        "--parts-of-speech",
        is_flag=True,
        help="The words by part of speech too (needs the extra `pos`).",
    ),
    click.option(
        "--unescape",
        is_flag=True,
        help="Beside a system with HTML entities, the same without them.",
    ),
    click.option(
        "--all-pairs",
        is_flag=True,
        help="Compare every two systems (Holm's correction) and rank them in clusters.",
    ),
    click.option(
        "--samples", default=1000, show_default=True, help="Bootstrap samples; 0 for no intervals."
    ),
    click.option(
        "--trials",
        default=10_000,
        show_default=True,
        help="Trials of the randomization test; 0 for none.",
    ),
    click.option(
        "--seed",
        default=12345,
        show_default=True,
        envvar="SACREBLEU_SEED",
        help="Seed of the draws.",
    ),
    click.option(
        "--baseline",
        default="",
        metavar="NAME",
        help="System that the others are compared with (default: the first).",
    ),
    click.option("--jobs", default=0, help="Processes for scoring; 0 chooses."),
    click.option(
        "--neural",
        "neural",
        multiple=True,
        metavar="NAME[=MODEL]",
        help="A learned metric: comet, cometkiwi, metricx, metricx-qe (see docs/evaluation.md).",
    ),
    click.option("--comet", is_flag=True, help="The same as --neural comet."),
    click.option(
        "--comet-python",
        default=sys.executable,
        metavar="PATH",
        help="The Python that has COMET, in an environment of its own.",
    ),
)
_OUTPUT = (
    click.option(
        "--format",
        "layout",
        default="text",
        show_default=True,
        metavar="LAYOUT",
        help="On standard output: text, markdown, latex or json.",
    ),
    click.option("--html", type=click.Path(path_type=Path), help="Write a report."),
    click.option("--json", "json_", type=click.Path(path_type=Path), help="Write JSON."),
    click.option("--plots", type=click.Path(path_type=Path), help="Write PNG plots here."),
)


def scoring_options(command: Command) -> Command:
    """How to score, and where the result goes; in the order of the help."""
    for option in reversed((*_SCORING, *_OUTPUT)):
        command = option(command)
    return command


@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the result goes; an unknown layout is refused before anything is computed."""

    layout: str
    html: Path | None = None
    json_: Path | None = None
    plots: Path | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be written."""
        from eval.tables import RENDERERS
        from translate.errors import OutputError, UsageError

        if self.layout not in RENDERERS:
            known = ", ".join(RENDERERS)
            raise UsageError(f"unknown format {self.layout!r}; known are {known}")
        for path in filter(None, (self.html, self.json_)):
            if not path.parent.is_dir():
                raise OutputError(f"{path} cannot be written: make the folder {path.parent} first")
            if path.is_dir():
                raise OutputError(f"{path} is a folder: give the name of a file")

    def write(self, *results: "Evaluation") -> None:
        """The tables to standard output, the rest to its files; of several sets one file each."""
        from eval.tables import render
        from translate.files import write_atomically

        click.echo(render(self.layout, results))
        if self.json_:
            write_atomically(self.json_, render("json", results) + "\n")
        for result in results:
            several = f"-{result.data.name}" if len(results) > 1 else ""
            if self.plots:
                from eval.plots import write_plots

                write_plots(result, self.plots / several.removeprefix("-"))
            if self.html:
                from eval.report import render_html

                page = self.html.with_stem(self.html.stem + several)
                write_atomically(page, render_html(result))


def outputs_of(options: dict[str, Any]) -> Outputs:
    """Take what concerns the output out of the options."""
    return Outputs(**{key: options.pop(key) for key in ("layout", "html", "json_", "plots")})


def settings_of(options: dict[str, Any], work: int) -> "Settings":
    """Settings from the command line's options; `work` is segments times systems."""
    from eval.evaluation import Settings
    from eval.metrics import DEFAULT_METRICS, Options

    chosen = {name: options[name] for name in ("tokenize", "lowercase", "effective_order")}
    return Settings(
        metrics=options["metrics"] or DEFAULT_METRICS,
        options=Options(**chosen),
        all_pairs=options["all_pairs"],
        unescape=options["unescape"],
        analysis=options["analysis"],
        parts_of_speech=options["parts_of_speech"],
        samples=options["samples"],
        trials=options["trials"],
        seed=options["seed"],
        baseline=options["baseline"],
        jobs=options["jobs"] or (min(os.cpu_count() or 1, 4) if work >= PARALLEL_FROM else 1),
    )


def neural_of(options: dict[str, Any]) -> "Callable[[Evaluation, Settings], Evaluation]":
    """What adds learned metrics to a result; said before the long work if one cannot be had."""
    from eval.cache import default_cache
    from eval.neural import add_neural, find_neural, load_neural

    specs = (*options["neural"], *(["comet"] if options["comet"] else []))
    python = options["comet_python"]
    loaded = []
    for metric, model in map(find_neural, specs):
        runs_in = python if metric.needs == "comet" else sys.executable
        predict = load_neural(metric, model, python=runs_in, cache=default_cache())
        loaded.append((metric, model, predict))

    def add(result: "Evaluation", settings: "Settings") -> "Evaluation":
        for metric, model, predict in loaded:
            result = add_neural(result, metric, predict, model=model, settings=settings)
        return result

    return add
