"""`depeche eval annotate` and `errors`: errors that people mark, and their sums."""

from pathlib import Path

import click


@click.command()
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


@click.command()
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
