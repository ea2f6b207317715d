"""Markdown: headings, lists and links stay; only words are translated."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from translate.document import Document, Kind, Translation
from translate.formats import breaks, references, text
from translate.formats.base import Format
from translate.pipeline import analyse

#: What a plain-text article's blocks are given when it is written as Markdown.
PREFIXES = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.LIST_ITEM: "- ", Kind.CAPTION: "> "}


def read(data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False) -> Document:
    """Read a Markdown article; InputError where the bytes are no text."""
    found = text.prose(data, name)
    return replace(analyse(found.text, markdown=True), findings=found.findings)


def write(translation: Translation) -> bytes:
    """The English article as Markdown; one that was Markdown keeps its markup as it was."""
    translation = breaks.held(translation)
    if translation.document.markdown:
        return breaks.as_markup(references.held(translation).text).encode()
    lines = (
        PREFIXES.get(block.block.kind, "")
        + " ".join(regex.split(r"[^\S\u2028]+", text.plain_block(translation, block).strip()))
        for block in translation.blocks
        if not block.skipped
    )
    return breaks.as_markup("\n\n".join(lines) + "\n").encode()


FORMAT = Format(
    "markdown",
    (".md", ".markdown"),
    "text/markdown; charset=utf-8",
    "all markup, code, images and front matter",
    read,
    write,
    for_any=True,
)
