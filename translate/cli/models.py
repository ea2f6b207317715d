"""`depeche models`: list the models, add one, check it, choose the default, remove one."""

import dataclasses
import json
from collections.abc import Sequence

import click

from translate.cli.lazy import Lazy, LazyGroup
from translate.engines.available import Available, available_models
from translate.engines.checked import Check, forget_check, last_check
from translate.engines.folder import ModelInfo
from translate.engines.models import (
    add_model,
    default_model,
    list_models,
    remove_model,
    set_default,
)


@click.group(
    cls=LazyGroup,
    lazy={"check": Lazy("eval.cli.check:check", "Try a model for a minute.")},
    invoke_without_command=True,
)
@click.option("--available", is_flag=True, help="Public models that fit, each with its command.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def models(context: click.Context, available: bool, as_json: bool) -> None:
    """List the models; add one, check it, choose the default, remove one."""
    if context.invoked_subcommand is not None:
        return
    if available:
        click.echo(_available_json() if as_json else _available_table())
        return
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

    try:
        with download_bar(name or source.rsplit("/", 1)[-1]) as report:
            info = add_model(source, name=name, revision=revision, report=report)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("what came is kept: the same command goes on from there") from None
    if as_default:
        set_default(info.name)
    click.echo(f"added {info.name} ({_size(info)}){', now the default' if as_default else ''}")


@models.command()
@click.argument("name")
def default(name: str) -> None:
    """Use the model NAME where none is named."""
    set_default(name)
    click.echo(f"the default is {name}")


def _known() -> list[str]:
    return [info.name for info in list_models()]


@models.command()
@click.argument("name")
def remove(name: str) -> None:
    """Delete an added model."""
    remove_model(name)
    forget_check(name)
    click.echo(f"removed {name}; the default is {default_model()}")


def _as_json(found: Sequence[ModelInfo], default: str) -> str:
    rows = [
        {
            **dataclasses.asdict(info),
            "folder": str(info.folder),
            "default": info.name == default,
            "check": (kept := last_check(info.name)) and dataclasses.asdict(kept),
        }
        for info in found
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _as_table(found: Sequence[ModelInfo], default: str) -> str:
    """`*` marks the default."""
    head = ("", "name", "size", "parameters", "licence", "from", "checked here", "scores")
    return _table([head, *(_row(info, default) for info in found)])


def _available_table() -> str:
    """The public models, then the command of each."""
    head = ("model", "download", "licence", "BLEU, as its card says", "checked here", "")
    found = available_models()
    rows = [
        (
            model.id,
            f"{model.size_mb} MB",
            model.licence,
            ", ".join(f"{name} {value:g}" for name, value in model.scores.items()),
            _checked(_check_of(model)) or "not yet",
            model.note,
        )
        for model in found
    ]
    return "\n".join([_table([head, *rows]), "", *(model.command for model in found)])


def _available_json() -> str:
    rows = [
        {
            **dataclasses.asdict(model),
            "command": model.command,
            "check": (kept := _check_of(model)) and dataclasses.asdict(kept),
        }
        for model in available_models()
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _check_of(model: Available) -> Check | None:
    """The check of an added copy of a public model."""
    origins = {info.origin.split("@")[0]: info.name for info in list_models()}
    return last_check(origins[model.id]) if model.id in origins else None


def _table(rows: Sequence[Sequence[str]]) -> str:
    """Columns as wide as their widest cell."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
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
        _checked(last_check(info.name)),
        ", ".join(f"{score.test_set} {score.metric} {score.value:g}" for score in info.scores),
    )


def _checked(found: Check | None) -> str:
    if found is None:
        return ""
    speed = f"{found.words_per_second:,.0f} words/s"
    return f"{speed}, {found.test_set} {found.scored}, {found.verdict}"


def _size(info: ModelInfo) -> str:
    return f"{info.size_bytes / 1e6:.1f} MB"
