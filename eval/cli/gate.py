"""`depeche eval gate`: the built-in model and the pipeline against pinned floors."""

from pathlib import Path

import click

from eval.cli.terminal import shown_bars


@click.command()
@click.option("--update", is_flag=True, help="Set the floors a little below what is reached now.")
@click.option("--allow-regression", is_flag=True, help="Let --update lower a floor.")
@click.option("--floors", type=click.Path(path_type=Path), help="The file of the floors.")
@click.option("--cache", type=click.Path(path_type=Path), help="Where hypotheses are kept.")
@click.pass_context
def gate(
    ctx: click.Context,
    update: bool,
    allow_regression: bool,
    floors: Path | None,
    cache: Path | None,
) -> None:
    """Hold the built-in model and the pipeline to pinned floors; exit code 1 below one.

    In float32, so that every processor gives the same English.
    """
    from eval import gate as gates
    from eval.evaluation import Settings
    from eval.run import run as run_systems
    from eval.systems import parse_system
    from eval.tables import columns
    from eval.testsets import NEWS_DESK, load
    from translate.errors import UsageError

    if allow_regression and not update:
        raise UsageError("--allow-regression goes with --update: the gate itself never gives way")
    path = floors or gates.FLOORS
    old = gates.read_floors(path) if path.exists() or not update else None
    test_set = load(old.test_set if old else NEWS_DESK)
    if old and not update:
        gates.check_data(old, test_set)
    system = parse_system(old.system if old else gates.SYSTEM)
    with shown_bars() as bars:
        result = run_systems(
            test_set,
            [system],
            cache=cache,
            settings=Settings(samples=0, trials=0, analysis=False),
            advance=bars.advance,
            progress=bars.step,
        )
    if update:
        new = gates.new_floors(old, test_set, result, allow_regression=allow_regression)
        gates.write_floors(new, path)
        click.echo(columns(gates.change_rows(old, new, result.systems[0])))
        return
    assert old is not None
    verdicts = gates.judge(old, result)
    click.echo(f"{test_set.name}: {len(test_set.sources)} segments, data {test_set.hash}\n")
    click.echo(columns(gates.verdict_rows(verdicts)))
    ctx.exit(0 if all(verdict.holds for verdict in verdicts) else 1)
