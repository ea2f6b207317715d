"""`depeche batch`: a folder of articles."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from filelock import FileLock, Timeout

from translate import batch as runner
from translate import formats
from translate.batch import Entry, Summary, Task
from translate.cli.translate import model_options, reading_options, settings_from, translator_from
from translate.errors import OutputError
from translate.formats import Reading


@click.command()
@click.argument("in_folder", type=click.Path(path_type=Path))
@click.argument("out_folder", type=click.Path(path_type=Path))
@reading_options
@click.option("--glob", "pattern", default=None, help="Which files, e.g. '*.txt'.")
@click.option(
    "--to", "target", type=click.Choice(list(formats.WRITERS)), help="Format of the results."
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=2, show_default=True, help="Windows in flight."
)
@click.option(
    "--resume/--restart",
    default=True,
    show_default=True,
    help="Continue where an earlier run stopped, or do everything again.",
)
@model_options
def batch(
    in_folder: Path,
    out_folder: Path,
    form: str | None,
    parts: tuple[str, ...],
    article: bool,
    pattern: str | None,
    target: str | None,
    jobs: int,
    resume: bool,
    model: str,
    revision: str | None,
    engine: str,
    compute: str | None,
    threads: int | None,
    beam: int,
    furniture: str,
    quotes: str,
    currency_style: str,
    terms: Path | None,
    memories: tuple[Path, ...],
) -> int:
    """Translate the articles of IN_FOLDER into OUT_FOLDER.

    A file that fails is listed at the end and does not stop the rest (exit code 1). The manifest
    in OUT_FOLDER (manifest.jsonl) holds a line for each file. A run that was stopped continues
    where it was.
    """
    settings = settings_from(beam, furniture, quotes, currency_style, terms, memories)
    reading = Reading(form, parts, article)
    tasks = runner.find_tasks(
        in_folder, out_folder, pattern=pattern, target=target, reading=reading
    )
    with _locked(out_folder):
        translator = translator_from(model, revision, engine, compute, threads)
        try:
            with _progress(len(tasks)) as progress:
                summary = runner.run(
                    tasks,
                    out_folder,
                    translator,
                    settings,
                    target=target,
                    reading=reading,
                    jobs=jobs,
                    resume=resume,
                    progress=progress,
                )
        except KeyboardInterrupt:
            _leave_at_once()
    _say(summary)
    return 1 if summary.failed else 0


@contextmanager
def _locked(output: Path) -> Iterator[None]:
    """One run at a time in an output folder."""
    try:
        output.mkdir(parents=True, exist_ok=True)
        with FileLock(output / ".depeche.lock", timeout=0):
            yield
    except Timeout:
        raise OutputError(
            f"another run writes to {output}; wait for it or choose another folder"
        ) from None
    except OSError as error:
        raise OutputError(
            f"cannot write to {output}: {error.strerror}; choose another folder"
        ) from None


def _leave_at_once() -> None:
    """End without waiting for the engine: outputs are written whole or not at all."""
    click.echo("depeche: interrupted; the same command continues where it was", err=True)
    sys.stderr.flush()
    os._exit(130)


@contextmanager
def _progress(total: int) -> Iterator[Callable[[Entry | None, Task], None] | None]:
    if not sys.stderr.isatty():
        yield None
        return
    from translate.cli.terminal import batch_bar

    with batch_bar(total) as advance:
        yield lambda entry, _task: advance(entry.words if entry else 0)


def _say(summary: Summary) -> None:
    rate = summary.words / summary.seconds if summary.seconds else 0
    click.echo(
        f"depeche: {summary.done} translated, {summary.kept} already done, "
        f"{len(summary.failed)} failed; {summary.words:,} words in {summary.seconds:.1f} s "
        f"({rate:,.0f} words/s)",
        err=True,
    )
    for entry in summary.failed:
        click.echo(f"depeche: failed: {entry.file}: {entry.reason}", err=True)
