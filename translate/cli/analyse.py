"""`depeche analyse`: what a job would take, before it is done."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import click

from translate.cli.options import check_memory, reading_options
from translate.cli.translate import read_article
from translate.formats import Reading
from translate.memory.leverage import BANDS, Line, report, total


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE...")
@reading_options
@click.option(
    "--memory",
    "memories",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Translation memory to look into; again for more.",
)
@click.option(
    "--to",
    "target",
    type=click.Choice(["table", "csv", "json"]),
    default="table",
    show_default=True,
    help="How the report is written.",
)
def analyse(
    files: tuple[str, ...],
    reading: Reading,
    memories: tuple[Path, ...],
    target: str,
) -> None:
    """Count the words of FILES that are new, repeated, or in a memory, without a model."""
    for path in memories:
        check_memory(path)
    given = [read_article(file, reading) for file in files]
    lines = report(((one.name, one.document) for one in given), [str(path) for path in memories])
    click.echo({"table": _table, "csv": _csv, "json": _json}[target](lines), nl=False)


def _table(lines: Sequence[Line]) -> str:
    """Words of each band, a row for each file."""
    rows: dict[str, list[str]] = {}
    for line in (*lines, *total(lines)):
        rows.setdefault(line.file, []).append(f"{line.words:,}")
    width = max(map(len, rows))
    head = f"{'words':{width}}" + "".join(f"{band:>10}" for band in BANDS)
    body = [f"{name:{width}}" + "".join(f"{n:>10}" for n in row) for name, row in rows.items()]
    return "\n".join([head, *body]) + "\n"


def _csv(lines: Sequence[Line]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["file", "band", "segments", "words"])
    writer.writerows((line.file, line.band, line.segments, line.words) for line in lines)
    return out.getvalue()


def _json(lines: Sequence[Line]) -> str:
    found = {"lines": [asdict(line) for line in lines], "total": [*map(asdict, total(lines))]}
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"
