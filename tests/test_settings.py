"""Every driver takes its limits from `settings.py`: none has its own."""

from collections.abc import Callable

import click
import pytest
from click.testing import CliRunner

from eval.systems import parse_system
from translate.cli.options import ModelOptions, model_options
from translate.errors import UsageError
from translate.settings import MAX_BEAM, MAX_SERVED_BEAM
from ui.choices import BEAMS, Choices
from ui.schemas import Order


def on_the_command_line(beam: int) -> None:
    """UsageError where the options refuse it."""

    @click.command()
    @model_options
    def probe(chosen: ModelOptions) -> None:
        assert chosen.settings().beam_size == beam

    done = CliRunner().invoke(probe, ["--beam", str(beam)])
    if done.exit_code == 2:
        raise UsageError(done.output)
    assert done.exit_code == 0, done.output


def of_the_evaluation(beam: int) -> None:
    assert parse_system(f"builtin,beam={beam}").settings.beam_size == beam


def of_the_page(beam: int) -> None:
    assert Choices(beam=beam).way().settings.beam_size == beam


@pytest.mark.parametrize(
    ("largest", "take"),
    [
        (MAX_BEAM, on_the_command_line),
        (MAX_BEAM, of_the_evaluation),
        (MAX_SERVED_BEAM, of_the_page),
    ],
)
def test_the_largest_beam_is_taken_and_no_larger_one(
    largest: int, take: Callable[[int], None]
) -> None:
    for beam in (1, largest):
        take(beam)
    for beam in (0, largest + 1):
        with pytest.raises(UsageError, match=rf"\b{largest}\b"):
            take(beam)


def test_what_the_page_and_the_api_offer_is_taken() -> None:
    beams = [int(beam) for beam in BEAMS]
    assert (beams[0], beams[-1]) == (1, MAX_SERVED_BEAM)
    described = Order.model_json_schema()["properties"]["settings"]["properties"]["beam"]
    assert (described["minimum"], described["maximum"]) == (1, MAX_SERVED_BEAM)
