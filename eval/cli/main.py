"""`depeche eval`: its commands. Heavy modules are imported by the command that runs."""

import gc

import click

from eval.cli.annotate import annotate, errors
from eval.cli.gate import gate
from eval.cli.history import history
from eval.cli.run import run
from eval.cli.score import score
from eval.cli.sets import sets

#: New containers after which Python looks for garbage, and how seldom among those it has kept.
#: Scoring makes hundreds of thousands of n-grams and no garbage that way: a tenth of its time.
GARBAGE = (200_000, 30, 30)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def cli() -> None:
    """Score translations against references, and what BLEU does not see."""
    gc.set_threshold(*GARBAGE)


for _command in (score, run, history, errors, annotate, sets, gate):
    cli.add_command(_command)
