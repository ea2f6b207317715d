"""What every form of file is read from, and what is made of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from translate.errors import UsageError


class Role(StrEnum):
    """What a file is read as; it decides the default column."""

    SOURCE = "source"
    REFERENCE = "reference"
    HYPOTHESIS = "hypothesis"


@dataclass(frozen=True, slots=True)
class Request:
    """A decoded file with what is wanted of it."""

    name: str
    text: str
    column: str
    role: Role

    def refuse_column(self) -> None:
        """UsageError where a column is wanted of a form without columns."""
        if self.column:
            raise UsageError(
                f"{self.name} has no columns: give the path without #{self.column}, "
                "or name the form (--form tsv)"
            )


@dataclass(frozen=True, slots=True)
class Rows:
    """The segments of a file: one stream, or one a reference where it has several.

    `articles` names the document of each segment; empty where the file names none.
    """

    streams: tuple[tuple[str, ...], ...]
    articles: tuple[str, ...] = ()


def rows(segments: Iterable[str], articles: Iterable[str] = ()) -> Rows:
    """One stream of segments, without white space at their ends."""
    return Rows((tuple(segment.strip() for segment in segments),), tuple(articles))


def lines(text: str) -> list[str]:
    r"""Lines end at \n only, as in sacreBLEU; U+2028 and the like are part of a segment."""
    return text.removesuffix("\n").split("\n")
