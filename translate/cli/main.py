"""The command line: arguments -> pipeline -> standard output.

Exit codes: 0 done, 1 done but with findings (`--strict`) or failed files (`batch`), 2 bad input,
130 interrupted. Commands are loaded when they are called, so that `--help` is quick.
"""

import logging
import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from translate.cli.lazy import Lazy, LazyGroup
from translate.errors import DepecheError

if TYPE_CHECKING:
    from translate.engines.base import Translator

COMMANDS = {
    "translate": Lazy(
        "translate.cli.translate:translate", "Translate articles: files, standard input, or a text."
    ),
    "segment": Lazy(
        "translate.cli.translate:segment", "Show the blocks, languages and sentences of an article."
    ),
    "analyse": Lazy(
        "translate.cli.analyse:analyse", "Count the words of a job: new, repeated, in a memory."
    ),
    "batch": Lazy("translate.cli.batch:batch", "Translate a folder of articles."),
    "formats": Lazy(
        "translate.cli.formats:formats", "List the formats of files, with what is kept of each."
    ),
    "models": Lazy("translate.cli.models:models", "List the models, add one, choose the default."),
    "memory": Lazy(
        "translate.cli.memory:memory", "Keep translations: import, export, search, clean."
    ),
    "adapt": Lazy("train.adapt_cli:adapt", "Let a model learn from your own translations."),
    "eval": Lazy("eval.cli.main:cli", "Score translations against references."),
    "ui": Lazy("ui.cli:cli", "Open the desk in the browser."),
    "completion": Lazy(
        "translate.cli.completion:completion", "Print the completion script of a shell."
    ),
}


#: Characters of an error: what it cites of an article may be long.
LONGEST_MESSAGE = 1_000


@click.group(cls=LazyGroup, lazy=COMMANDS, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="depeche-desk", prog_name="depeche")
@click.option("-v", "--verbose", is_flag=True, help="Say more on standard error.")
def cli(verbose: bool) -> None:
    """Depeche, the French-to-English news desk. Nothing leaves your machine."""
    level = logging.INFO if verbose else logging.WARNING
    logging.basicConfig(level=level, format="depeche: %(message)s", stream=sys.stderr)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    sys.exit(run(arguments))


def run(
    arguments: Sequence[str] | None = None, *, load: "Callable[..., Translator] | None" = None
) -> int:
    """Run the command line; every known error is one line on standard error.

    `load` takes the place of `engines.load_translator`.
    """
    _open_standard_error()
    try:
        code = cli.main(arguments, prog_name="depeche", standalone_mode=False, obj=load)
        if sys.stdout is not None:
            sys.stdout.flush()
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return 2
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "depeche"
        return _fail(f"{error.format_message()} (see `{path} --help`)", 2)
    except (click.Abort, KeyboardInterrupt) as error:
        said = (error.__cause__ or error).args  # click makes an Abort of an interruption
        kept = said[0] if said else "no unfinished file was left behind"
        return _fail(f"interrupted; {kept}", 130)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except DepecheError as error:
        return _fail(str(error), 2)
    except OSError as error:
        _drop_standard_output()
        return _fail(f"{_place(error)}: {error.strerror or error}", 2)
    return code if isinstance(code, int) else 0


def _open_standard_error() -> None:
    """Where standard error is closed (`2>&-`), what is said goes nowhere."""
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 for the process


def _place(error: OSError) -> str:
    return f"cannot use {error.filename}" if error.filename else "cannot write standard output"


def _drop_standard_output() -> None:
    """What is left in the buffer cannot be written: Python would say so once more at its exit."""
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (AttributeError, OSError, ValueError):
        return


def _fail(message: str, code: int) -> int:
    line = " ".join(message.split())
    line = line if len(line) <= LONGEST_MESSAGE else line[:LONGEST_MESSAGE] + "…"
    click.echo(f"depeche: error: {line}", err=True)
    return code
