"""Public models of the hub that fit the desk: a short list kept in the package, no request.

The scores are BLEU as each model's card at `source` publishes them; sizes are those of the files
that are downloaded.
"""

import json
from dataclasses import dataclass
from pathlib import Path

_LIST = Path(__file__).with_name("available.json")


@dataclass(frozen=True, slots=True)
class Available:
    """A model that `depeche models add` can get. `scores` are BLEU by test set, as published."""

    id: str
    size_mb: int
    licence: str
    scores: dict[str, float]
    source: str
    note: str

    @property
    def command(self) -> str:
        """What adds it and makes it the default."""
        return f"depeche models add {self.id} --default"


def available_models() -> list[Available]:
    """The list, the smallest first."""
    return [Available(**row) for row in json.loads(_LIST.read_text(encoding="utf-8"))]
