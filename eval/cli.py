"""`depeche eval`: score, run, sets, gate. Heavy modules are imported by the command that runs."""

import os
from typing import Any

import click

#: Segments times systems from which a second process pays for its start (1.5 s).
PARALLEL_FROM = 4000


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Score translations against references, and what BLEU does not see."""


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
    "--form", metavar="FORM", help="Read all files as plain, article, tsv, jsonl, tmx or xliff."
)
@click.option(
    "-m",
    "--metric",
    "metrics",
    multiple=True,
    metavar="NAME",
    help="bleu, chrf, ter (default: all).",
)
@click.option(
    "--samples", default=1000, show_default=True, help="Bootstrap samples; 0 for no intervals."
)
@click.option(
    "--trials", default=10_000, show_default=True, help="Randomization trials; 0 for none."
)
@click.option(
    "--seed", default=12345, show_default=True, envvar="SACREBLEU_SEED", help="Seed of the draws."
)
@click.option(
    "--baseline",
    default="",
    metavar="NAME",
    help="System the others are compared with (default: the first).",
)
@click.option("--name", default="", help="What to call the data (default: the reference's name).")
@click.option("--jobs", default=0, help="Processes; 0 chooses.")
@click.option(
    "--format", "layout", default="text", metavar="LAYOUT", help="text, markdown, latex or json."
)
@click.argument("hyps", nargs=-1, required=True, metavar="HYP...")
def score(
    refs: tuple[str, ...], src: str | None, form: str | None, hyps: tuple[str, ...],
    layout: str, name: str, **options: Any,
) -> None:  # fmt: skip
    """Score hypothesis files against references.

    A file is PATH or PATH#COLUMN (TSV column, JSONL field, TMX language). One segment a line
    unless the file's ending says otherwise; examples/NAME stands for an article and its reference.
    """
    from eval.evaluation import evaluate
    from eval.files import read_task

    renderer = _renderer(layout)
    task = read_task(refs, hyps, src=src, form=form)
    segments = len(task.references[0])
    result = evaluate(
        task.systems,
        task.references,
        sources=task.sources,
        name=name or task.name,
        settings=_settings(options, segments * len(task.systems)),
    )
    click.echo(renderer(result))


def _settings(options: dict[str, Any], work: int) -> Any:
    """Settings from the command line's options; `work` is segments times systems."""
    from eval.evaluation import Settings
    from eval.metrics import METRICS

    jobs = options["jobs"] or (min(os.cpu_count() or 1, 4) if work >= PARALLEL_FROM else 1)
    return Settings(**{**options, "metrics": options["metrics"] or tuple(METRICS), "jobs": jobs})


def _renderer(layout: str) -> Any:
    from eval.tables import RENDERERS
    from translate.errors import UsageError

    if layout not in RENDERERS:
        raise UsageError(f"unknown format {layout!r}; known are {', '.join(RENDERERS)}")
    return RENDERERS[layout]
