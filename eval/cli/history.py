"""`depeche eval history`: the scores of earlier runs."""

from pathlib import Path

import click


@click.command()
@click.option("--set", "test_set", default="", metavar="NAME", help="Only this test set.")
@click.option("--system", default="", metavar="NAME", help="Only this system.")
@click.option("--metric", default="BLEU", show_default=True, metavar="NAME", help="Which score.")
@click.option("--plot", type=click.Path(path_type=Path), help="Draw it: a .png or .svg file.")
@click.option("--history", type=click.Path(path_type=Path), help="The file of the scores.")
def history(
    test_set: str, system: str, metric: str, plot: Path | None, history: Path | None
) -> None:
    """Show the scores of earlier runs by date, and draw them."""
    from eval import history as histories
    from eval.tables import columns
    from translate.errors import InputError, UsageError
    from translate.files import write_atomically

    if plot and plot.suffix not in (".png", ".svg"):
        raise UsageError(f"{plot} is neither .png nor .svg: give one of them")
    path = history or histories.default_history()
    records = histories.read(path)
    found = histories.chosen(records, test_set=test_set, system=system, metric=metric)
    if not found:
        known = ", ".join(dict.fromkeys(label for record in records for label in record.scores))
        raise InputError(f"{path} has no {metric} of that set and system; it has {known}")
    click.echo(columns(histories.history_rows(found, metric)))
    if plot:
        from eval.plots import history_plot

        write_atomically(plot, history_plot(found, metric, plot.suffix[1:]))
