"""What is shown on a terminal while it works."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Bars:
    """Progress on standard error: a bar for each system, and the step that is under way."""

    def __init__(self, progress: Any) -> None:
        """`progress` is a rich Progress that is being shown."""
        self._progress = progress
        self._tasks: dict[str, Any] = {}
        self._step = progress.add_task("", total=None, visible=False)

    def advance(self, system: str, done: int, total: int) -> None:
        """`done` of `total` texts are translated by `system`."""
        if system not in self._tasks:
            self._tasks[system] = self._progress.add_task(f"translate: {system}")
        self._progress.update(self._tasks[system], completed=done, total=total)

    def step(self, name: str) -> None:
        """Scoring has come to a step."""
        self._progress.update(self._step, description=f"score: {name}", visible=True)


@contextmanager
def shown_bars() -> Iterator[Bars]:
    """Bars on a terminal, nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        yield Bars(progress)
