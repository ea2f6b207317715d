"""`depeche models`: list the models, add one, choose the default, remove one."""

import dataclasses
import json
from collections.abc import Sequence

import click

from translate.engines.folder import ModelInfo
from translate.engines.models import (
    add_model,
    default_model,
    list_models,
    remove_model,
    set_default,
)


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def models(context: click.Context, as_json: bool) -> None:
    """List the models; add one, choose the default, remove one."""
    if context.invoked_subcommand is None:
        found, default = list_models(), default_model()
        click.echo(_as_json(found, default) if as_json else _as_table(found, default))


@models.command()
@click.argument("source", metavar="ID-FOLDER-OR-ZIP")
@click.option("--name", help="What to call it; the last part of the id or folder by default.")
@click.option("--revision", help="A branch, tag or commit of a hub id.")
@click.option("--default", "as_default", is_flag=True, help="Use it where no model is named.")
def add(source: str, name: str | None, revision: str | None, as_default: bool) -> None:
    """Copy a folder, convert an OPUS-MT release, or download Helsinki-NLP/opus-mt-fr-en."""
    from translate.cli.terminal import download_bar

    with download_bar(name or source.rsplit("/", 1)[-1]) as report:
        info = add_model(source, name=name, revision=revision, report=report)
    if as_default:
        set_default(info.name)
    click.echo(f"added {info.name} ({_size(info)}){', now the default' if as_default else ''}")


@models.command()
@click.argument("name")
def default(name: str) -> None:
    """Use the model NAME where none is named."""
    set_default(name)
    click.echo(f"the default is {name}")


@models.command()
@click.argument("name")
def remove(name: str) -> None:
    """Delete an added model."""
    remove_model(name)
    click.echo(f"removed {name}; the default is {default_model()}")


def _as_json(found: Sequence[ModelInfo], default: str) -> str:
    rows = [
        {**dataclasses.asdict(info), "folder": str(info.folder), "default": info.name == default}
        for info in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_table(found: Sequence[ModelInfo], default: str) -> str:
    """Columns as wide as their widest cell; `*` marks the default."""
    head = ("", "name", "size", "parameters", "licence", "from", "scores")
    rows = [head, *(_row(info, default) for info in found)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in rows
    )
    return "\n".join(line.rstrip() for line in lines)


def _row(info: ModelInfo, default: str) -> tuple[str, ...]:
    return (
        "*" if info.name == default else "",
        info.name,
        _size(info),
        f"{info.parameters / 1e6:.1f} M" if info.parameters else "?",
        info.licence,
        info.origin,
        ", ".join(f"{score.test_set} {score.metric} {score.value:g}" for score in info.scores),
    )


def _size(info: ModelInfo) -> str:
    return f"{info.size_bytes / 1e6:.1f} MB"
