import inspect
from collections.abc import Callable
from dataclasses import fields
from typing import Any

import click
import pytest

from translate.cli.analyse import analyse
from translate.cli.batch import batch
from translate.cli.options import ModelOptions
from translate.cli.translate import segment, translate
from translate.formats import Reading


def named(command: click.Command, kind: Any) -> dict[str, dict[str, Any]]:
    """What a command says of the options that are fields of a value."""
    names = [field.name for field in fields(kind)]
    return {p.name: p.to_info_dict() for p in command.params if p.name in names}


@pytest.mark.parametrize("kind", [ModelOptions, Reading])
@pytest.mark.parametrize("command", [translate, batch, segment, analyse])
def test_the_commands_share_their_options(command: click.Command, kind: Any) -> None:
    wanted = named(translate, kind)
    assert len(wanted) == len(fields(kind))
    if kind is Reading or command in (translate, batch):
        assert named(command, kind) == wanted


@pytest.mark.parametrize("command", [translate, batch, segment, analyse])
def test_a_group_of_options_comes_as_one_value(command: click.Command) -> None:
    assert command.callback is not None
    body: Callable[..., Any] = inspect.unwrap(command.callback)
    groups = {field.name for kind in (ModelOptions, Reading) for field in fields(kind)}
    own = {name for name in inspect.signature(body).parameters if name != "memories"}
    assert not own & groups
