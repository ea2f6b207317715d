"""`depeche eval run`: translate test sets, then score."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from eval.cli.options import neural_of, outputs_of, scoring_options, settings_of
from eval.cli.terminal import shown_bars

if TYPE_CHECKING:
    from eval.testsets import TestSet


@click.command()
@click.argument("systems", nargs=-1, metavar="[SYSTEM...]")
@click.option(
    "--set",
    "set_names",
    multiple=True,
    default=("news-desk",),
    show_default=True,
    metavar="NAME",
    help="Test set (see `depeche eval sets`); repeat for several. A folder of pairs is several.",
)
@click.option(
    "--hyp",
    "hyps",
    multiple=True,
    metavar="FILE",
    help="Another system's output, to stand in the same table; repeat for several. With several "
    "sets, {set} in it stands for the name of each.",
)
@click.option(
    "--save",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write each system's hypotheses here, one segment a line.",
)
@click.option("--cache", type=click.Path(path_type=Path), help="Where hypotheses are kept.")
@click.option(
    "--compute",
    metavar="TYPE",
    help="Arithmetic of the systems that name none: int8, float32, float16 ...",
)
@click.option("--history", type=click.Path(path_type=Path), help="Where scores are kept by date.")
@click.option("--no-history", is_flag=True, help="Do not keep the scores.")
@scoring_options
def run(
    systems: tuple[str, ...],
    set_names: tuple[str, ...],
    hyps: tuple[str, ...],
    save: Path | None,
    cache: Path | None,
    compute: str | None,
    history: Path | None,
    no_history: bool,
    **options: Any,
) -> None:
    """Translate a test set with one or more systems, then score them in one table.

    SYSTEM is MODEL[,KEY=VALUE...] with the keys engine, compute, device, beam, furniture,
    quotes and raw, for example `builtin,beam=1`; the default is `builtin`. A run that was stopped
    continues.
    """
    from eval import history as histories
    from eval.files import read_systems
    from eval.run import run as run_systems
    from eval.run import save_hypotheses
    from eval.systems import parse_system
    from eval.testsets import load_all

    outputs = outputs_of(options)
    with_neural = neural_of(options)
    test_sets = load_all(set_names)
    others = [
        read_systems(_of_set(hyps, one, len(test_sets)), form=one.plain_form) for one in test_sets
    ]
    chosen = [parse_system(_with_compute(spec, compute)) for spec in systems or ("builtin",)]
    results = []
    for test_set, theirs in zip(test_sets, others, strict=True):
        settings = settings_of(options, len(test_set.sources) * (len(chosen) + len(theirs)))
        with shown_bars() as bars:
            result = run_systems(
                test_set,
                chosen,
                others=theirs,
                cache=cache,
                settings=settings,
                advance=bars.advance,
                progress=bars.step,
            )
            results.append(with_neural(result, settings))
        if save:
            save_hypotheses(results[-1], save / test_set.name if len(test_sets) > 1 else save)
    if not no_history:
        records = (record for result in results for record in histories.records_of(result))
        histories.append(records, history or histories.default_history())
    outputs.write(*results)


def _of_set(hyps: tuple[str, ...], test_set: "TestSet", sets: int) -> list[str]:
    """The hypothesis files of a set: its name in the place of {set}."""
    from translate.errors import UsageError

    fixed = next((hyp for hyp in hyps if sets > 1 and "{set}" not in hyp), None)
    if fixed:
        raise UsageError(f"{fixed} is one file for {sets} sets: write {{set}} for the set's name")
    return [hyp.replace("{set}", test_set.name) for hyp in hyps]


def _with_compute(spec: str, compute: str | None) -> str:
    """A system's spec with the arithmetic that all were given, unless it names its own."""
    return f"{spec},compute={compute}" if compute and ",compute=" not in spec else spec
