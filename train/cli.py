"""The command line of the trainer."""

import functools
import logging
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from train.config import Recipe, load_recipe
from translate.errors import DepecheError

if TYPE_CHECKING:
    from train.fit import Run

_FOLDER = click.Path(path_type=Path, file_okay=False)
_PREFIX = click.Path(path_type=Path)
_FILE = click.Path(path_type=Path, dir_okay=False)


def one_line_errors(command: Callable[..., None]) -> Callable[..., None]:
    """Say a DepecheError in one line on stderr and exit with 2."""

    @functools.wraps(command)
    def wrapped(*args: Any, **kwargs: Any) -> None:
        try:
            command(*args, **kwargs)
        except DepecheError as error:
            click.echo(f"error: {error}", err=True)
            sys.exit(2)

    return wrapped


def _common(command: Callable[..., None]) -> Callable[..., None]:
    command = click.option(
        "--work",
        type=_FOLDER,
        default=Path(".work/train"),
        show_default=True,
        help="Where the prepared data, checkpoints and logs are kept.",
    )(command)
    return click.option("--config", "recipe", type=_FILE, required=True, help="The recipe.")(
        command
    )


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Train the French-English model of the desk: prepare, fit, export, score."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", stream=sys.stderr)


@main.command("prepare")
@_common
@click.option("--data", type=_FOLDER, required=True, help="Folder of NAME.tsv[.xz] + NAME.json.")
@click.option(
    "--test-sets", type=_FOLDER, help="Folder of NAME.fr and NAME.en that are never trained on."
)
@click.option("--vocabulary", type=_FOLDER, help="Model folder whose vocabulary is kept.")
@click.option("--lexicon", type=_FILE, help="Inflected forms with their English, .tsv[.xz].")
@one_line_errors
def prepare_command(
    recipe: Path,
    work: Path,
    data: Path,
    test_sets: Path | None,
    vocabulary: Path | None,
    lexicon: Path | None,
) -> None:
    """Clean, augment, learn the vocabulary, align, write shards; print the table."""
    from train.prepare import prepare, table_lines

    table = prepare(
        load_recipe(recipe),
        data,
        work / "prepared",
        test_sets=test_sets,
        vocabulary=vocabulary,
        lexicon=lexicon,
    )
    for line in table_lines(table):
        click.echo(line)


@main.command("pack")
@_common
@click.option("--out", type=_FOLDER, required=True, help="Where the parts are written.")
@click.option("--megabytes", type=click.IntRange(min=1), default=40, show_default=True)
@one_line_errors
def pack_command(recipe: Path, work: Path, out: Path, megabytes: int) -> None:
    """Pack what `prepare` has written for another machine, in parts of at most so many MB."""
    from train.pack import pack

    for part in pack(load_recipe(recipe), work / "prepared", out, megabytes=megabytes):
        click.echo(f"{part} ({part.stat().st_size / 1e6:.1f} MB)")


@main.command("unpack")
@click.option("--work", type=_FOLDER, required=True, help="The working folder to unpack into.")
@click.argument("parts", type=_FILE, nargs=-1, required=True)
@one_line_errors
def unpack_command(work: Path, parts: tuple[Path, ...]) -> None:
    """Unpack PARTS, the pieces of one archive of `pack` in their order."""
    from train.pack import unpack

    click.echo(f"{len(unpack(parts, work / 'prepared'))} files in {work / 'prepared'}")


@main.command("fit")
@_common
@click.option("--minutes", type=float, help="Wall-clock budget in the place of the recipe's.")
@click.option(
    "--dev", type=_PREFIX, help="Test set to follow the run on: PATH of PATH.fr, PATH.en."
)
@click.option(
    "--from", "start", type=_FOLDER, help="Model folder of `export` whose weights to start from."
)
@click.option("--resume", is_flag=True, help="Go on from the last checkpoint.")
@one_line_errors
def fit_command(
    recipe: Path,
    work: Path,
    minutes: float | None,
    dev: Path | None,
    start: Path | None,
    resume: bool,
) -> None:
    """Train; the log is WORK/run/log.jsonl, its plot WORK/run/log.png."""
    from train.fit import fit
    from train.history import LOG, PLOT
    from train.plot import draw_log, read_log
    from train.speed import settled

    prepared, run_folder = work / "prepared", work / "run"
    given = settled(_budget(load_recipe(recipe), minutes), prepared, run_folder, resume=resume)
    measure = _measure(given, prepared, dev) if dev else None
    fit(given, prepared, run_folder, resume=resume, start=start, measure=measure)
    draw_log(read_log(run_folder / LOG), run_folder / PLOT)


def _measure(recipe: Recipe, prepared: Path, dev: Path) -> "Callable[[Run], dict[str, float]]":
    """What follows a run: BLEU and chrF2 on lines of a test set."""
    from train.measure import quick_scores, read_parallel  # CTranslate2: not on every GPU machine

    test = read_parallel(dev, recipe.fit.dev_lines)

    def measure(run: "Run") -> dict[str, float]:
        with run.averaged() as model:
            return quick_scores(model, prepared, test, threads=recipe.fit.threads)

    return measure


@main.command("distil")
@_common
@click.option("--corpus", "names", multiple=True, required=True, help="Can be repeated.")
@click.option("--minutes", type=float, required=True, help="For all of them together.")
@click.option("--beam", type=click.IntRange(min=1), default=1, show_default=True)
@one_line_errors
def distil_command(
    recipe: Path, work: Path, names: tuple[str, ...], minutes: float, beam: int
) -> None:
    """Translate prepared corpora with the run in WORK: `taught_NAME`, for a smaller network."""
    from train.distil import distil

    given = load_recipe(recipe)
    found = distil(given, work / "prepared", work / "run", names, minutes=minutes, beam=beam)
    for name, pairs in found.items():
        click.echo(f"{name}: {pairs:,} pairs")


@main.command("back")
@click.option("--model", type=_FOLDER, required=True, help="A model of `reverse = true`.")
@click.option("--data", type=_FOLDER, required=True, help="Folder of NAME.en[.xz] + NAME.json.")
@click.option("--corpus", "names", multiple=True, required=True, help="Can be repeated.")
@click.option("--out", type=_FOLDER, required=True, help="Where back_NAME.tsv.xz is written.")
@click.option("--lines", type=click.IntRange(min=1), default=100_000, show_default=True)
@click.option("--beam", type=click.IntRange(min=1), default=1, show_default=True)
@click.option("--threads", type=click.IntRange(min=1), default=2, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True)
@one_line_errors
def back_command(
    model: Path,
    data: Path,
    names: tuple[str, ...],
    out: Path,
    lines: int,
    beam: int,
    threads: int,
    seed: int,
) -> None:
    """Translate English prose back to French with a reverse model: the corpus `back_NAME`."""
    from train.back import back_translate

    for name in names:
        found = back_translate(
            model, data, name, out, lines=lines, beam=beam, threads=threads, seed=seed
        )
        click.echo(f"back_{name}: {found:,} pairs")


_runs = click.option(
    "--runs",
    type=_FOLDER,
    help="Where recipe, corpora and log of each run are kept.  [default: MODEL/runs]",
)


@main.command("export")
@_common
@_runs
@click.option("--out", type=_FOLDER, required=True, help="The model folder to write.")
@click.option("--from", "start", type=_FOLDER, help="The model that the run started from.")
@one_line_errors
def export_command(
    recipe: Path, work: Path, out: Path, start: Path | None, runs: Path | None
) -> None:
    """Write the trained model in Hugging Face's layout, fp16, with its cards."""
    from train.export import export

    given = load_recipe(recipe)
    export(given, recipe, work / "prepared", work / "run", out, start=start, runs=runs)


@main.command("score")
@_common
@click.option("--model", type=_FOLDER, required=True, help="A model folder.")
@click.option(
    "--set",
    "sets",
    type=_PREFIX,
    multiple=True,
    required=True,
    help="A test set, PATH of PATH.fr and PATH.en; can be repeated.",
)
@click.option("--articles", type=_FILE, help="French text in which loops are counted.")
@click.option("--keep/--no-keep", default=False, help="Write the scores into the model's cards.")
@_runs
@one_line_errors
def score_command(
    recipe: Path,
    work: Path,
    model: Path,
    sets: tuple[Path, ...],
    articles: Path | None,
    keep: bool,
    runs: Path | None,
) -> None:
    """BLEU, chrF2, TER (beam 4, int8), speed, invented words, English left as it is, loops."""
    from train.export import score

    for row in score(load_recipe(recipe), model, sets, articles, own=keep, runs=runs):
        click.echo(
            f"{row.test_set} ({row.lines} lines): BLEU {row.bleu:.1f} chrF2 {row.chrf:.1f} "
            f"TER {row.ter:.1f}, {row.words_per_second:,.0f} words/s, "
            f"{row.non_words:.1f} non-words per 1,000, "
            f"{row.invented:.1%} of the lines with an invented or a French word"
        )
        for signature in row.signatures:
            click.echo(f"  {signature}")


def _budget(recipe: Recipe, minutes: float | None) -> Recipe:
    if minutes is None:
        return recipe
    return replace(recipe, fit=replace(recipe.fit, minutes=minutes, tokens=0, steps=0))
