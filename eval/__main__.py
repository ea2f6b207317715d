"""`python -m eval`: the same as `depeche eval`."""

import sys

import click

from eval.cli.main import cli
from translate.errors import DepecheError


def main() -> None:
    """Run the command; an error of the desk is one line and exit code 2."""
    try:
        cli(prog_name="python -m eval")
    except DepecheError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)


if __name__ == "__main__":
    main()
