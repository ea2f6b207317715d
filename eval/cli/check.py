"""`depeche models check`: a model tried on the desk's own articles."""

import dataclasses
import json

import click

from eval.check import check_model
from translate.cli.terminal import step_bar
from translate.engines.checked import Check, keep_check
from translate.engines.elsewhere import convert_elsewhere
from translate.engines.models import find_model, list_models


@click.command()
@click.argument("name")
@click.option("--on", default="", metavar="SET", help="A test set (default: news-desk).")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_context
def check(context: click.Context, name: str, on: str, as_json: bool) -> None:
    """Try the model NAME for a minute: speed, memory, the promises on the desk's articles.

    What was found is shown in the list. Exit code 1 where a promise is not kept.
    """
    info = find_model(name)
    kept = info.name in [known.name for known in list_models()]
    convert_elsewhere(info.name if kept else name)
    with step_bar() as advance:
        found: Check = check_model(info.name if kept else name, on, advance=advance)
    if kept:
        keep_check(found)
    click.echo(json.dumps(dataclasses.asdict(found), indent=2) if as_json else _report(found))
    context.exit(1 if found.broken else 0)


def _report(found: Check) -> str:
    memory = "" if found.peak_mb is None else f", {found.peak_mb:,.0f} MB at most"
    lines = [
        f"{found.model}: {found.words_per_second:,.0f} words/s, ready in "
        f"{found.load_seconds:.1f} s{memory} ({found.engine})",
        f"{found.test_set}: {found.scored}",
    ]
    for name, value in found.measures.items():
        mark = "BROKEN " if name in found.broken else ""
        lines.append(f"  {name:<18} {'-' if value is None else f'{value:.2f}':>7}  {mark}".rstrip())
    verdict = f"promises {found.verdict}" if found.broken else found.verdict
    return "\n".join([*lines, verdict])
