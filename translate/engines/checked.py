"""What `depeche models check` found of a model, kept beside the models and shown in their list."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from translate.engines.models import models_folder
from translate.files import write_atomically


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a model on this machine.

    `scores` are metrics on `test_set`; `measures` are those of docs/metrics.md, in per cent (None
    where the data has nothing to measure); `promises` the names of those that must be 100.
    """

    model: str
    model_hash: str
    test_set: str
    engine: str
    words_per_second: float
    load_seconds: float
    peak_mb: float | None
    scores: dict[str, float]
    measures: dict[str, float | None]
    promises: tuple[str, ...]

    @property
    def broken(self) -> tuple[str, ...]:
        """The promises that the model with the desk around it does not keep everywhere."""
        values = {name: self.measures.get(name) for name in self.promises}
        return tuple(name for name, value in values.items() if value is not None and value < 100)

    @property
    def verdict(self) -> str:
        """Whether the promises are kept, and which are not."""
        return f"not kept: {', '.join(self.broken)}" if self.broken else "all promises kept"

    @property
    def scored(self) -> str:
        """The scores in a line."""
        return ", ".join(f"{name} {value:.1f}" for name, value in self.scores.items())


def keep_check(check: Check) -> None:
    """Keep a check under its model's name; OutputError where it cannot be written."""
    text = json.dumps(asdict(check), ensure_ascii=False, indent=2)
    write_atomically(_path(check.model), text + "\n")


def last_check(model: str) -> Check | None:
    """The last check of a model; None where there is none that can be read."""
    try:
        values: dict[str, Any] = json.loads(_path(model).read_text(encoding="utf-8"))
        return Check(**{**values, "promises": tuple(values["promises"])})
    except (OSError, ValueError, TypeError, LookupError):
        return None


def forget_check(model: str) -> None:
    """Drop what was found of a model that is removed."""
    _path(model).unlink(missing_ok=True)


def _path(model: str) -> Path:
    return models_folder() / ".checks" / f"{model}.json"
