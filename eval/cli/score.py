"""`depeche eval score`: hypothesis files against references."""

from typing import Any

import click

from eval.cli.options import neural_of, outputs_of, scoring_options, settings_of
from eval.cli.terminal import shown_bars


@click.command()
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

    outputs = outputs_of(options)
    with_neural = neural_of(options)
    task = read_task(refs, hyps, src=src, form=form)
    settings = settings_of(options, len(task.references[0]) * len(task.systems))
    with shown_bars() as bars:
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
