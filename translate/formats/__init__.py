"""Readers and writers, one file a format; a new one is a module and a line here."""

from collections.abc import Callable
from pathlib import Path

from translate.document import Document, Translation
from translate.errors import UsageError
from translate.formats import html, json, markdown, text

Reader = Callable[[bytes, str], Document]
Writer = Callable[[Translation], str]

#: File name ending -> reader; the name is used in error messages.
READERS: dict[str, Reader] = {
    ".txt": text.read,
    ".text": text.read,
    ".md": markdown.read,
    ".markdown": markdown.read,
}
WRITERS: dict[str, Writer] = {
    "text": text.write,
    "markdown": markdown.write,
    "json": json.write,
    "html": html.write,
}
#: The ending of a file that a writer makes.
SUFFIXES = {"text": ".txt", "markdown": ".md", "json": ".json", "html": ".html"}


def reader(name: str) -> Reader:
    """The reader for a file name; one without a known ending is read as plain text."""
    return READERS.get(Path(name).suffix.lower(), text.read)


def writer(name: str) -> Writer:
    """The writer of a format; UsageError names the choices."""
    if name not in WRITERS:
        raise UsageError(f"there is no format {name!r}; available: {', '.join(WRITERS)}")
    return WRITERS[name]


def native_format(document: Document) -> str:
    """The format that an article came in."""
    return "markdown" if document.markdown else "text"
