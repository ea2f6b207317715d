"""Commands that are imported when they are called, not when their group is listed.

So `--help` is quick, and rooms that use this one (`eval`, `train`, `ui`) can have commands in it.
"""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import click


@dataclass(frozen=True, slots=True)
class Lazy:
    """Where a command is, as module:attribute, and what its group says of it."""

    place: str
    help: str

    def load(self) -> click.Command:
        """Import the command."""
        module, _, attribute = self.place.partition(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


class LazyGroup(click.Group):
    """A group with `lazy` commands before its own."""

    def __init__(self, *args: Any, lazy: Mapping[str, Lazy], **settings: Any) -> None:
        super().__init__(*args, **settings)
        self._lazy = dict(lazy)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order of use."""
        return [*self._lazy, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """One command, imported where it is a lazy one."""
        lazy = self._lazy.get(cmd_name)
        return lazy.load() if lazy else super().get_command(ctx, cmd_name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        own = {name: super(LazyGroup, self).get_command(ctx, name) for name in self.commands}
        rows = [(name, lazy.help) for name, lazy in self._lazy.items()]
        rows += [(name, command.get_short_help_str(60)) for name, command in own.items() if command]
        with formatter.section("Commands"):
            formatter.write_dl(rows)
