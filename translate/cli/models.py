"""`depeche models`: list the models, add one, check it, choose the default, remove one."""

import dataclasses
import importlib
import json
import subprocess
import sys
from collections.abc import Sequence

import click

from translate.engines.available import Available, available_models
from translate.engines.checked import Check, forget_check, keep_check, last_check
from translate.engines.folder import ModelInfo
from translate.engines.models import (
    add_model,
    default_model,
    find_model,
    list_models,
    remove_model,
    set_default,
)
from translate.errors import ModelError


@click.group(invoke_without_command=True)
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


@models.command()
@click.argument("name")
@click.option("--on", default="", metavar="SET", help="A test set (default: news-desk).")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def check(context: click.Context, name: str, on: str, as_json: bool) -> None:
    """Try the model NAME for a minute: speed, memory, the promises on the desk's articles.

    What was found is shown in the list. Exit code 1 where a promise is not kept.
    """
    from translate.cli.terminal import step_bar

    info = find_model(name)
    kept = info.name in _known()
    _convert_elsewhere(info.name if kept else name)
    check_model = importlib.import_module("eval.check").check_model
    with step_bar() as advance:
        found: Check = check_model(info.name if kept else name, on, advance=advance)
    if kept:
        keep_check(found)
    click.echo(json.dumps(dataclasses.asdict(found), indent=2) if as_json else _report(found))
    context.exit(1 if found.broken else 0)


def _convert_elsewhere(name: str) -> None:
    """Convert in a process of its own: torch's memory is not the model's."""
    command = [sys.executable, "-m", "translate.engines.ct2", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it cannot be converted"]
        raise ModelError(said[-1].removeprefix("depeche: error: "))


def _report(found: Check) -> str:
    memory = "" if found.peak_mb is None else f", {found.peak_mb:,.0f} MB at most"
    lines = [
        f"{found.model}: {found.words_per_second:,.0f} words/s, ready in "
        f"{found.load_seconds:.1f} s{memory} ({found.engine})",
        f"{found.test_set}: {_scores(found)}",
    ]
    for name, value in found.measures.items():
        mark = "BROKEN " if name in found.broken else ""
        lines.append(f"  {name:<18} {'-' if value is None else f'{value:.2f}':>7}  {mark}".rstrip())
    lines.append(f"promises not kept: {', '.join(found.broken)}" if found.broken else _KEPT)
    return "\n".join(lines)


_KEPT = "all promises kept"


def _scores(found: Check) -> str:
    return ", ".join(f"{name} {value:.1f}" for name, value in found.scores.items())


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
    kept = f"not kept: {', '.join(found.broken)}" if found.broken else _KEPT
    return f"{found.words_per_second:,.0f} words/s, {found.test_set} {_scores(found)}, {kept}"


def _size(info: ModelInfo) -> str:
    return f"{info.size_bytes / 1e6:.1f} MB"
