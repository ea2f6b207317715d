"""Markdown: headings, lists and links stay; only words are translated."""

from translate.document import Document, Kind, Translation
from translate.formats import text
from translate.pipeline import analyse

#: What a plain-text article's blocks are given when it is written as Markdown.
PREFIXES = {Kind.TITLE: "# ", Kind.HEADING: "## ", Kind.LIST_ITEM: "- ", Kind.CAPTION: "> "}


def read(data: bytes, name: str) -> Document:
    """Read a Markdown article; InputError where the bytes are no UTF-8 text."""
    return analyse(text.decode(data, name), markdown=True)


def write(translation: Translation) -> str:
    """The English article as Markdown; one that was Markdown keeps its markup as it was."""
    if translation.document.markdown:
        return translation.text
    lines = (
        PREFIXES.get(block.block.kind, "") + " ".join(block.text(translation.document).split())
        for block in translation.blocks
        if not block.skipped
    )
    return "\n\n".join(lines) + "\n"
