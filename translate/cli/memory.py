"""`depeche memory`: what has been translated before."""

import json
from collections import Counter, deque
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from translate.errors import UsageError
from translate.files import read_bytes, write_atomically
from translate.folders import data_folder
from translate.memory import exchange
from translate.memory.store import Memory, Unit


def usual_memory() -> Path:
    """The memory that the commands use where none is named."""
    return data_folder() / "memory.sqlite"


def memory_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that names the memory."""
    return click.option(
        "--memory",
        "path",
        type=click.Path(path_type=Path),
        default=usual_memory,
        help="Which memory (default: one in the user's data folder).",
    )(command)


@click.group()
def memory() -> None:
    """Keep translations and look them up: TMX, TSV and XLIFF in, TMX and TSV out."""


@memory.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@memory_option
def import_(files: tuple[Path, ...], path: Path) -> None:
    """Add the units of FILES; what is there already stays."""
    for file in files:
        data = read_bytes(file)
        deque(exchange.read(data, str(file)), maxlen=0)  # a fault is said before any unit is kept
        units = exchange.read(data, str(file))
        with Memory(path, create=True) as kept:
            new = kept.add(_from(unit, file) for unit in units)
            click.echo(f"{new:,} new units of {file}; {len(kept):,} in {path}")


def _from(unit: Unit, file: Path) -> Unit:
    return unit if unit.origin else unit.with_origin(file.name)


@memory.command()
@click.argument("file", type=click.Path(path_type=Path))
@memory_option
def export(file: Path, path: Path) -> None:
    """Write all units to FILE (.tmx or .tsv)."""
    with Memory(path) as kept:
        write_atomically(file, exchange.write((unit for _, unit in kept.units()), str(file)))
        click.echo(f"{len(kept):,} units in {file}")


@memory.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@memory_option
def stats(as_json: bool, path: Path) -> None:
    """Say how many units there are, and where they came from."""
    with Memory(path) as kept:
        counts = dict(kept.counts())
    size = path.stat().st_size
    if as_json:
        found = {"memory": str(path), "units": sum(counts.values()), "bytes": size}
        click.echo(json.dumps({**found, "origins": counts}, ensure_ascii=False, indent=2))
        return
    click.echo(f"{sum(counts.values()):,} units, {size / 1e6:,.1f} MB, in {path}")
    for origin, count in counts.items():
        click.echo(f"{count:12,}  {origin or '(not said)'}")


@memory.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@memory_option
def search(words: tuple[str, ...], limit: int, as_json: bool, path: Path) -> None:
    """Show the units that have all the WORDS, in either language."""
    with Memory(path) as kept:
        found = kept.search(" ".join(words), limit)
    if as_json:
        rows = [{"id": number, **unit.as_dict()} for number, unit in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for number, unit in found:
        click.echo(f"{number}\t{unit.source}\n\t{unit.target}")


@memory.command()
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@memory_option
def clean(dry_run: bool, path: Path) -> None:
    """Take out duplicates, and units that are lopsided, untranslated or in a wrong language."""
    from translate.memory.cleaning import faults

    with Memory(path) as kept:
        found = list(faults(kept.units()))
        for number, unit, reason in found if dry_run else ():
            click.echo(f"{reason}\t{number}\t{unit.source}\t{unit.target}")
        if not dry_run:
            kept.remove(number for number, _, _ in found)
        counts = Counter(reason for _, _, reason in found)
        said = ", ".join(f"{count:,} {reason}" for reason, count in counts.most_common())
        click.echo(f"{'would go' if dry_run else 'gone'}: {said or 'none'}", err=dry_run)


@memory.command()
@click.argument("ids", nargs=-1, type=int, metavar="ID...")
@click.option("--origin", help="All units that came from there.")
@click.option("--article", help="All units of an article.")
@click.option("--author", help="All units of a person.")
@memory_option
def remove(
    ids: tuple[int, ...], origin: str | None, article: str | None, author: str | None, path: Path
) -> None:
    """Take out units by the numbers that `search` shows, or all that have a value."""
    given = {"origin": origin, "article": article, "author": author}
    having = {name: value for name, value in given.items() if value is not None}
    if bool(ids) == bool(having):
        raise UsageError("give either numbers of units or --origin, --article, --author")
    with Memory(path) as kept:
        gone = kept.remove(ids or [number for number, _ in kept.units(**having)])
        click.echo(f"{gone:,} units gone; {len(kept):,} left in {path}")
