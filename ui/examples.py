"""The example articles that are one click away; none where the program is installed without."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "examples"


@dataclass(frozen=True, slots=True)
class Example:
    """An article of `examples/`: its file name and its headline."""

    name: str
    title: str


@cache
def examples(folder: Path = FOLDER) -> tuple[Example, ...]:
    """The French articles, by name."""
    paths = sorted((*folder.glob("*.txt"), *folder.glob("*.md")))
    french = (path for path in paths if not path.stem.endswith(".en") and path.stem != "README")
    return tuple(Example(path.name, _headline(path)) for path in french)


def example_text(name: str, folder: Path = FOLDER) -> str | None:
    """An article's text; None where the name is none of `examples`."""
    known = {example.name for example in examples(folder)}
    return (folder / name).read_text(encoding="utf-8") if name in known else None


def _headline(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((line for line in lines if line.strip()), path.stem)
    return first.lstrip("# ").strip()[:100]
