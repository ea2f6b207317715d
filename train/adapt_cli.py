"""`depeche adapt`: a model learns from a newsroom's own translations."""

import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from translate.engines.models import DEFAULT, add_model, find_model, free_folder
from translate.errors import InputError, UsageError

if TYPE_CHECKING:
    from eval.values import Evaluation
    from train.adapt import Adapted, Text, Watch

_SAID = {
    "prepare": "preparing",
    "train": "training",
    "choose": "choosing the mix",
    "judge": "judging",
}


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--name", required=True, help="What the new model is called.")
@click.option("--model", default=DEFAULT, help="Which one learns: a name or a folder.")
@click.option(
    "--minutes",
    type=click.FloatRange(min=0.1),
    default=20.0,
    show_default=True,
    help="Of training at most, about; scoring comes to it.",
)
@click.option(
    "--general",
    multiple=True,
    metavar="SET",
    help="News it must not get worse at, as in `depeche eval run --set`; can be repeated.",
)
@click.option("--threads", type=click.IntRange(min=1), help="Cores (default: what is fastest).")
@click.option("--anyway", is_flag=True, help="Add it even if it is no better.")
@click.option("--json", "as_json", is_flag=True, help="The scores as JSON.")
def adapt(
    files: tuple[Path, ...],
    name: str,
    model: str,
    minutes: float,
    general: tuple[str, ...],
    threads: int | None,
    anyway: bool,
    as_json: bool,
) -> int:
    """Let a model learn from your own translations: memories, TMX, TSV, XLIFF.

    Without FILES, from the memory in the user's data folder. A tenth of the sentences is kept
    apart and scored before and after. The new model is added to `depeche models` if it is better
    on them and at most 0.5 BLEU worse on general news; otherwise nothing is kept, exit code 1.
    """
    order = Order(files, name, model, minutes, general, threads or 0, anyway)
    result, added = learn(order)
    click.echo(values(result, added) if as_json else table(result))
    click.echo(verdict(result, name, added), err=True)
    return 0 if added else 1


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asks for; see the command."""

    files: tuple[Path, ...]
    name: str
    model: str = DEFAULT
    minutes: float = 20.0
    general: tuple[str, ...] = ()
    threads: int = 0
    anyway: bool = False


def learn(order: Order, adapt: "Callable[..., Adapted] | None" = None) -> "tuple[Adapted, bool]":
    """Let a model learn; the result, and whether it was added. `adapt` is `train.adapt.adapt`."""
    from train import adapt as learning
    from translate.cli.memory import usual_memory

    free_folder(order.name)
    info = find_model(order.model)
    if info.converted or info.target_token:
        kind = "CTranslate2's, not Marian's" if info.converted else "of several target languages"
        raise UsageError(
            f"the model '{info.name}' cannot learn: it is {kind}; take a French-English one in "
            "Hugging Face's Marian format"
        )
    sources = order.files or (usual_memory(),)
    parts = learning.parts_of(unit for file in sources for unit in learning.read_units(file))
    general = _general(order.general)
    click.echo(
        f"depeche: {len(parts.training):,} sentences to learn from; "
        f"{len(parts.choosing.pairs) + len(parts.judging.pairs):,} kept apart",
        err=True,
    )
    with tempfile.TemporaryDirectory(prefix="depeche-adapt-") as temporary, _bar() as watch:
        folder = Path(temporary) / order.name
        result = (adapt or learning.adapt)(
            info, parts, general, folder, minutes=order.minutes, threads=order.threads, watch=watch
        )
        learning.write_card(info, order.name, [file.name for file in sources], parts, result)
        added = result.is_better or order.anyway
        if added:
            add_model(str(folder), name=order.name)
    return result, added


def _general(names: Sequence[str]) -> "list[Text]":
    from eval.testsets import OWN, load_all
    from train.adapt import Text

    try:
        sets = load_all(names or OWN)
    except InputError as error:
        if names:
            raise
        click.echo(f"depeche: general news is not looked at: {error} (--general)", err=True)
        return []
    return [Text(one.name, tuple(zip(one.sources, one.references[0], strict=True))) for one in sets]


@contextmanager
def _bar() -> "Iterator[Watch]":
    """A bar on standard error where a person looks at it."""
    if not sys.stderr.isatty():
        yield lambda step, share: None
        return
    from translate.cli.terminal import step_bar

    with step_bar() as advance:
        yield lambda step, share: advance(_SAID[step], share)


def table(result: "Adapted") -> str:
    """The scores before and after, one line each."""
    rows: list[tuple[str, ...]] = [("", "", "before", "after", "", "p")]
    for evaluation in (result.own, *result.general):
        where = "own" if evaluation is result.own else evaluation.data.name
        size = len(evaluation.data.references[0])
        rows += [(f"{where} ({size:,})", *row) for row in _rows(evaluation)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _rows(evaluation: "Evaluation") -> Iterator[tuple[str, ...]]:
    before, after = evaluation.systems
    for score in after.scores:
        compared = evaluation.comparison(after.name, score.label)
        if compared is None:  # scores of whole articles are not compared
            continue
        p = max(p for p in (compared.p_bootstrap, compared.p_randomization) if p is not None)
        old, new = before.score(score.label).value, score.value
        yield score.label, f"{old:.1f}", f"{new:.1f}", f"{new - old:+.1f}", f"{p:.4f}"


def values(result: "Adapted", added: bool) -> str:
    """The same as JSON."""
    sets: dict[str, Any] = {}
    for evaluation in (result.own, *result.general):
        sets[evaluation.data.name] = {
            label: {"before": float(old), "after": float(new), "p": float(p)}
            for label, old, new, _, p in _rows(evaluation)
        }
    found = {
        "added": added,
        "better": result.is_better,
        "old_weights_kept": result.kept,
        "target_pieces": result.pieces,
        "seconds": round(result.seconds, 1),
        "sets": sets,
    }
    return json.dumps(found, ensure_ascii=False, indent=2)


def verdict(result: "Adapted", name: str, added: bool) -> str:
    """What became of it, in a line."""
    learnt = (
        f"{result.pieces:,} pieces in {result.seconds / 60:.1f} min, "
        f"{result.kept:.0%} of the old weights kept"
    )
    if not added:
        return f"depeche: not better, not added ({learnt}); --anyway adds it"
    said = "" if result.is_better else ", though it is not better"
    return (
        f"depeche: added {name}{said} ({learnt}); "
        f"`depeche models default {name}` makes it the default"
    )
