"""Articles, their rows and what translators did to them: the values that the store holds."""

from dataclasses import dataclass, replace
from enum import StrEnum

from translate.document import Document, Finding, Origin, Segment, TranslatedSegment
from translate.errors import DepecheError


class StaleError(DepecheError):
    """A row was changed since the writer saw it."""


class Made(StrEnum):
    """How a row came to say what it says."""

    DRAFT = "draft"
    EDIT = "edit"
    ALTERNATIVE = "alternative"
    COPIED = "copied"
    AGAIN = "again"
    MEMORY = "memory"
    RESTORED = "restored"


class Status(StrEnum):
    """Where an article is on its way."""

    RUNNING = "running"
    DONE = "done"
    STOPPED = "stopped"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Job:
    """An article of one browser; `choices` are the settings that it was started with.

    `form` is the format of the file that it came in, if that is more than text; its bytes are only
    there where they are needed (`Store.file`).
    """

    id: str
    owner: str
    name: str
    title: str
    document: Document
    choices: dict[str, str | int]
    status: Status = Status.RUNNING
    error: str = ""
    model: str = ""
    engine: str = ""
    findings: tuple[Finding, ...] = ()
    created: float = 0.0
    seconds: float = 0.0
    version: int = 0
    form: str = ""
    shape: int = 0  # the version in which it was last cut anew; 0: as it came


@dataclass(frozen=True, slots=True)
class NewRow:
    """A row that takes the place of others where an article is cut anew."""

    source: str
    draft: TranslatedSegment
    edited: str | None = None
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A segment on the page: the French (perhaps corrected), the draft, and the edit."""

    position: int
    block: int
    segment: Segment
    source: str
    draft: TranslatedSegment | None = None
    edited: str | None = None
    findings: tuple[Finding, ...] = ()
    confirmed: bool = False
    version: int = 0
    made: Made = Made.DRAFT
    who: str = ""  # changed it last, where the desk has users

    @property
    def english(self) -> str:
        """What stands at the right: the edit, or the draft, or nothing yet."""
        if self.edited is not None:
            return self.edited
        return self.draft.target if self.draft else ""

    @property
    def finished(self) -> TranslatedSegment:
        """The segment as it goes into a download; not yet translated, its French stands."""
        if self.draft is None:
            return TranslatedSegment(self.segment, self.source, self.source, Origin.KEPT)
        origin = Origin.MODEL if self.edited is not None else self.draft.origin
        return replace(
            self.draft,
            source=self.source,
            target=self.english,
            origin=origin,
            findings=self.findings,
        )


@dataclass(frozen=True, slots=True)
class Edit:
    """What a translator wrote: it takes the place of a draft."""

    english: str
    findings: tuple[Finding, ...]
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody noted about a row, at a time in seconds since 1970."""

    id: int
    text: str
    who: str
    at: float


@dataclass(frozen=True, slots=True)
class Summary:
    """A line in the list of recent articles."""

    id: str
    title: str
    name: str
    status: Status
    created: float
    total: int
    done: int
    confirmed: int
