"""`depeche formats`: what is read and written, and what is kept."""

import click

from translate.formats import FORMATS
from translate.formats.base import Format


@click.command()
def formats() -> None:
    """List the formats of files, with what is kept of each."""
    rows = [("name", "endings", "", "kept"), *map(_row, FORMATS.values())]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        click.echo("  ".join(cells).rstrip())


def _row(form: Format) -> tuple[str, ...]:
    does = "read, written" if form.read and form.write else "written" if form.write else "read"
    return form.name, " ".join(form.endings), does, form.kept
