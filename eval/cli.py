"""`depeche eval`: score, run, sets, gate. Heavy modules are imported by the command that runs."""

import gc
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from eval.evaluation import Settings
    from eval.testsets import TestSet
    from eval.values import Evaluation

Command = Callable[..., Any]

#: Segments times systems from which a second process pays for its start (1.5 s).
PARALLEL_FROM = 4000


#: New containers after which Python looks for garbage, and how seldom among those it has kept.
#: Scoring makes hundreds of thousands of n-grams and no garbage that way: a tenth of its time.
GARBAGE = (200_000, 30, 30)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Score translations against references, and what BLEU does not see."""
    gc.set_threshold(*GARBAGE)


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


@cli.command()
@click.option(
    "--ref",
    "refs",
    multiple=True,
    required=True,
    metavar="FILE",
    help="Reference; repeat for several.",
)
@click.option("--src", metavar="FILE", help="French source, for the measures that need it.")
@click.option(
    "--form",
    metavar="FORM",
    help="Read all files as plain, article, tsv, csv, jsonl, tmx, xliff, sgm or wmt.",
)
@click.option("--name", default="", help="What to call the data (default: the reference's name).")
@scoring_options
@click.argument("hyps", nargs=-1, required=True, metavar="HYP...")
def score(
    refs: tuple[str, ...],
    src: str | None,
    form: str | None,
    name: str,
    hyps: tuple[str, ...],
    **options: Any,
) -> None:
    """Score hypothesis files against references.

    A file is PATH or PATH#COLUMN (TSV column, JSONL field, TMX language). One segment a line
    unless the file's ending says otherwise; examples/NAME stands for an article's reference.
    """
    from eval.evaluation import evaluate
    from eval.files import read_task

    outputs = _outputs(options)
    with_neural = _neural(options)
    task = read_task(refs, hyps, src=src, form=form)
    settings = _settings(options, len(task.references[0]) * len(task.systems))
    with _bars() as bars:
        result = evaluate(
            task.systems,
            task.references,
            sources=task.sources,
            articles=task.articles,
            name=name or task.name,
            settings=settings,
            progress=bars.step,
        )
        result = with_neural(result, settings)
    outputs.write(result)


@cli.command()
@click.argument("systems", nargs=-1, metavar="[SYSTEM...]")
@click.option(
    "--set",
    "set_names",
    multiple=True,
    default=("news-desk",),
    show_default=True,
    metavar="NAME",
    help="Test set (see `depeche eval sets`); repeat for several. A folder of pairs is several.",
)
@click.option(
    "--hyp",
    "hyps",
    multiple=True,
    metavar="FILE",
    help="Another system's output, to stand in the same table; repeat for several. With several "
    "sets, {set} in it stands for the name of each.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write each system's hypotheses here, one segment a line.",
)
@click.option("--cache", type=click.Path(path_type=Path), help="Where hypotheses are kept.")
@click.option(
    "--compute",
    metavar="TYPE",
    help="Arithmetic of the systems that name none: int8, float32, float16 ...",
)
@click.option("--history", type=click.Path(path_type=Path), help="Where scores are kept by date.")
@click.option("--no-history", is_flag=True, help="Do not keep the scores.")
@scoring_options
def run(
    systems: tuple[str, ...],
    set_names: tuple[str, ...],
    hyps: tuple[str, ...],
    save: Path | None,
    cache: Path | None,
    compute: str | None,
    history: Path | None,
    no_history: bool,
    **options: Any,
) -> None:
    """Translate a test set with one or more systems, then score them in one table.

    SYSTEM is MODEL[,KEY=VALUE...] with the keys engine, compute, device, beam, furniture,
    quotes and raw, for example `builtin,beam=1`; the default is `builtin`. A run that was stopped
    continues.
    """
    from eval import history as histories
    from eval.files import read_systems
    from eval.run import run as run_systems
    from eval.run import save_hypotheses
    from eval.systems import parse_system
    from eval.testsets import load_all

    outputs = _outputs(options)
    with_neural = _neural(options)
    test_sets = load_all(set_names)
    others = [
        read_systems(_of_set(hyps, one, len(test_sets)), form=one.plain_form) for one in test_sets
    ]
    chosen = [parse_system(_with_compute(spec, compute)) for spec in systems or ("builtin",)]
    results = []
    for test_set, theirs in zip(test_sets, others, strict=True):
        settings = _settings(options, len(test_set.sources) * (len(chosen) + len(theirs)))
        with _bars() as bars:
            result = run_systems(
                test_set,
                chosen,
                others=theirs,
                cache=cache,
                settings=settings,
                advance=bars.advance,
                progress=bars.step,
            )
            results.append(with_neural(result, settings))
        if save:
            save_hypotheses(results[-1], save / test_set.name if len(test_sets) > 1 else save)
    if not no_history:
        records = (record for result in results for record in histories.records_of(result))
        histories.append(records, history or histories.default_history())
    outputs.write(*results)


@cli.command()
@click.option("--set", "test_set", default="", metavar="NAME", help="Only this test set.")
@click.option("--system", default="", metavar="NAME", help="Only this system.")
@click.option("--metric", default="BLEU", show_default=True, metavar="NAME", help="Which score.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw it: a .png or .svg file.")
@click.option("--history", type=click.Path(path_type=Path), help="The file of the scores.")
def history(
    test_set: str, system: str, metric: str, plot: Path | None, history: Path | None
) -> None:
    """Show the scores of earlier runs by date, and draw them."""
    from eval import history as histories
    from eval.tables import columns
    from translate.errors import InputError, UsageError
    from translate.files import write_atomically

    if plot and plot.suffix not in (".png", ".svg"):
        raise UsageError(f"{plot} is neither .png nor .svg: give one of them")
    path = history or histories.default_history()
    records = histories.read(path)
    found = histories.chosen(records, test_set=test_set, system=system, metric=metric)
    if not found:
        known = ", ".join(dict.fromkeys(label for record in records for label in record.scores))
        raise InputError(f"{path} has no {metric} of that set and system; it has {known}")
    click.echo(columns(histories.history_rows(found, metric)))
    if plot:
        from eval.plots import history_plot

        write_atomically(plot, history_plot(found, metric, plot.suffix[1:]))


@cli.command()
@click.argument(
    "files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
def errors(files: tuple[Path, ...]) -> None:
    """Sum up errors that people marked: MQM (WMT's TSV) or ESA, by system, category and rater."""
    from eval import annotations
    from eval.tables import columns

    read = [annotations.read_marks(file) for file in files]
    marks = annotations.Marks(
        tuple(mark for one in read for mark in one.marks),
        {key: score for one in read for key, score in one.scores.items()},
    )
    tables = [annotations.system_rows(marks), annotations.category_rows(marks)]
    tables.append(annotations.agreement_rows(marks))
    click.echo("\n\n".join(columns(rows) for rows in tables if len(rows) > 1))


@cli.command()
@click.option("--ref", "refs", multiple=True, required=True, metavar="FILE", help="Reference.")
@click.option("--src", metavar="FILE", help="French source.")
@click.option("--rater", default="rater1", show_default=True, help="Who marks; part of the TSV.")
@click.option(
    "--sample",
    type=click.IntRange(0),
    default=0,
    help="Segments of each system; 0 for all.",
)
@click.option("--seed", default=1, show_default=True, help="Which segments, in which order.")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The page (HTML)."
)
@click.argument("hyps", nargs=-1, required=True, metavar="HYP...")
def annotate(
    refs: tuple[str, ...],
    src: str | None,
    rater: str,
    sample: int,
    seed: int,
    output: Path,
    hyps: tuple[str, ...],
) -> None:
    """Make a page for marking errors: open it in a browser, mark, save the TSV.

    The names of the systems are not shown. `depeche eval errors` sums the TSV up.
    """
    from eval.annotate import render_page
    from eval.files import read_task
    from eval.sanity import check_shapes
    from translate.files import write_atomically

    task = read_task(refs, hyps, src=src)
    check_shapes(task.systems, task.references, sources=task.sources)
    write_atomically(output, render_page(task, rater=rater, sample=sample, seed=seed))


def _of_set(hyps: tuple[str, ...], test_set: "TestSet", sets: int) -> list[str]:
    """The hypothesis files of a set: its name in the place of {set}."""
    from translate.errors import UsageError

    fixed = next((hyp for hyp in hyps if sets > 1 and "{set}" not in hyp), None)
    if fixed:
        raise UsageError(f"{fixed} is one file for {sets} sets: write {{set}} for the set's name")
    return [hyp.replace("{set}", test_set.name) for hyp in hyps]


@cli.command()
@click.argument("folders", nargs=-1, metavar="[FOLDER...]")
def sets(folders: tuple[str, ...]) -> None:
    """List the test sets with size, domain, licence and hash; FOLDERs are listed too."""
    from eval.tables import columns
    from eval.testsets import listing

    rows = [["set", "segments", "domain", "licence", "data", ""]]
    for found in listing(folders):
        size = str(found.segments or "")
        rows.append([found.name, size, found.domain, found.licence, found.hash, found.state])
    click.echo(columns(rows))


@cli.command()
@click.option("--update", is_flag=True, help="Set the floors a little below what is reached now.")
@click.option("--allow-regression", is_flag=True, help="Let --update lower a floor.")
@click.option("--floors", type=click.Path(path_type=Path), help="The file of the floors.")
@click.option("--cache", type=click.Path(path_type=Path), help="Where hypotheses are kept.")
@click.pass_context
def gate(
    ctx: click.Context,
    update: bool,
    allow_regression: bool,
    floors: Path | None,
    cache: Path | None,
) -> None:
    """Hold the built-in model and the pipeline to pinned floors; exit code 1 below one.

    In float32, so that every processor gives the same English.
    """
    from eval import gate as gates
    from eval.evaluation import Settings
    from eval.run import run as run_systems
    from eval.systems import parse_system
    from eval.tables import columns
    from eval.testsets import NEWS_DESK, load
    from translate.errors import UsageError

    if allow_regression and not update:
        raise UsageError("--allow-regression goes with --update: the gate itself never gives way")
    path = floors or gates.FLOORS
    old = gates.read_floors(path) if path.exists() or not update else None
    test_set = load(old.test_set if old else NEWS_DESK)
    if old and not update:
        gates.check_data(old, test_set)
    system = parse_system(old.system if old else gates.SYSTEM)
    with _bars() as bars:
        result = run_systems(
            test_set,
            [system],
            cache=cache,
            settings=Settings(samples=0, trials=0, analysis=False),
            advance=bars.advance,
            progress=bars.step,
        )
    if update:
        new = gates.new_floors(old, test_set, result, allow_regression=allow_regression)
        gates.write_floors(new, path)
        click.echo(columns(gates.change_rows(old, new, result.systems[0])))
        return
    assert old is not None
    verdicts = gates.judge(old, result)
    click.echo(f"{test_set.name}: {len(test_set.sources)} segments, data {test_set.hash}\n")
    click.echo(columns(gates.verdict_rows(verdicts)))
    ctx.exit(0 if all(verdict.holds for verdict in verdicts) else 1)


def _with_compute(spec: str, compute: str | None) -> str:
    """A system's spec with the arithmetic that all were given, unless it names its own."""
    return f"{spec},compute={compute}" if compute and ",compute=" not in spec else spec


def _outputs(options: dict[str, Any]) -> Outputs:
    """Take what concerns the output out of the options."""
    return Outputs(**{key: options.pop(key) for key in ("layout", "html", "json_", "plots")})


def _settings(options: dict[str, Any], work: int) -> "Settings":
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


def _neural(options: dict[str, Any]) -> "Callable[[Evaluation, Settings], Evaluation]":
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


class _Bars:
    """Progress on standard error: a bar for each system, and the step that is under way."""

    def __init__(self, progress: Any) -> None:
        """`progress` is a rich Progress that is being shown."""
        self._progress = progress
        self._tasks: dict[str, Any] = {}
        self._step = progress.add_task("", total=None, visible=False)

    def advance(self, system: str, done: int, total: int) -> None:
        """`done` of `total` texts are translated by `system`."""
        if system not in self._tasks:
            self._tasks[system] = self._progress.add_task(f"translate: {system}")
        self._progress.update(self._tasks[system], completed=done, total=total)

    def step(self, name: str) -> None:
        """Scoring has come to a step."""
        self._progress.update(self._step, description=f"score: {name}", visible=True)


@contextmanager
def _bars() -> Iterator[_Bars]:
    """Bars on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield _Bars(progress)
