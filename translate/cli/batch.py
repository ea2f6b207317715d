"""`depeche batch`: a folder or store of articles."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

import click

from translate import batch as batches
from translate import formats
from translate.batch import Order, Progress, Summary, Task
from translate.batch.processes import run_in_processes, workers_for
from translate.cli.options import ModelOptions, model_options, reading_options
from translate.engines import usable_cores
from translate.formats import Reading

#: `--ray` without an address.
HERE = ""


@click.command()
@click.argument("source", metavar="IN_FOLDER")
@click.argument("output", metavar="OUT_FOLDER")
@reading_options
@click.option("--glob", "pattern", default=None, help="Which files, e.g. '*.txt'.")
@click.option(
    "--to", "target", type=click.Choice(list(formats.WRITERS)), help="Format of the results."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=3, show_default=True, help="Windows in flight."
)
@click.option(
    "--engine-workers",
    "workers",
    type=click.IntRange(1, 1024),
    help="Processes with an engine each, at most; with --ray, actors.",
)
@click.option(
    "--ray",
    "cluster",
    is_flag=False,
    flag_value=HERE,
    metavar="[ADDRESS]",
    help="On a Ray cluster: of this machine, or at an address.",
)
@click.option(
    "--resume/--restart",
    default=True,
    show_default=True,
    help="Continue where an earlier run stopped, or do everything again.",
)
@model_options
def batch(
    source: str,
    output: str,
    reading: Reading,
    pattern: str | None,
    target: str | None,
    jobs: int,
    workers: int | None,
    cluster: str | None,
    resume: bool,
    chosen: ModelOptions,
) -> int:
    """Translate the articles of IN_FOLDER into OUT_FOLDER.

    Both are folders, or addresses of stores: s3://bucket/articles, gs://..., memory://...;
    https://... in only.

    A file that fails is listed at the end and does not stop the rest (exit code 1). What is not
    read (PDF, pictures, JSON without --field) is listed too, and is no failure. The manifest
    in OUT_FOLDER (manifest.jsonl) holds a line for each file. A run that was stopped continues
    where it was.
    """
    places = batches.place_of(source), batches.place_of(output)
    order = Order(*places, chosen.settings(), target, reading)
    tasks = batches.find_tasks(
        *places, pattern=pattern, target=target, reading=reading, cut=batches.Cut()
    )
    with order.output.locked():
        run = _runner(tasks, order, chosen, jobs=jobs, workers=workers, cluster=cluster)
        try:
            with _progress(len(tasks)) as progress:
                summary = run(resume=resume, left_out=tasks.left_out, progress=progress)
                joined = batches.join(tasks.big, order.output)
        except KeyboardInterrupt:
            _leave_at_once()
    _say(summary, joined)
    return 1 if summary.failed else 0


def _runner(
    tasks: Sequence[Task],
    order: Order,
    chosen: ModelOptions,
    *,
    jobs: int,
    workers: int | None,
    cluster: str | None,
) -> Callable[..., Summary]:
    """What drives the run: Ray, processes, or threads of this one."""
    if cluster is not None:
        from translate.batch.cluster import connect, run_on_ray

        connect(None if cluster == HERE else cluster)
        return partial(run_on_ray, tasks, order, chosen.loader(chosen.threads or 1), most=workers)
    count = workers_for(workers or 1, len(tasks), usable_cores())
    if workers is not None:
        threads = chosen.threads or max(1, usable_cores() // count)
        click.echo(
            f"depeche: {count} of {workers} processes, {threads} threads each: "
            f"{usable_cores()} cores, {len(tasks):,} articles",
            err=True,
        )
    if count > 1:
        return partial(run_in_processes, tasks, order, chosen.loader(threads), count)
    return partial(batches.run, tasks, order, chosen.translator(), jobs=jobs)


def _leave_at_once() -> None:
    """End without waiting for the engine: outputs are written whole or not at all."""
    click.echo("depeche: interrupted; the same command continues where it was", err=True)
    sys.stderr.flush()
    os._exit(130)


@contextmanager
def _progress(total: int) -> Iterator[Progress | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from translate.cli.terminal import batch_bar

    with batch_bar(total) as advance:
        yield lambda entry: advance(entry.words if entry else 0)


def _say(summary: Summary, joined: Sequence[str]) -> None:
    rate = summary.words / summary.seconds if summary.seconds else 0
    others = f", {len(summary.skipped)} skipped" if summary.skipped else ""
    click.echo(
        f"depeche: {summary.done} translated, {summary.kept} already done, "
        f"{len(summary.failed)} failed{others}; {summary.words:,} words in {summary.seconds:.1f} s "
        f"({rate:,.0f} words/s)",
        err=True,
    )
    for file in joined:
        click.echo(f"depeche: joined of its portions: {file}", err=True)
    for entry in summary.failed:
        click.echo(f"depeche: failed: {entry.file}: {entry.reason}", err=True)
    for entry in summary.skipped:
        click.echo(f"depeche: skipped: {entry.file}: {entry.reason}", err=True)
