"""Word documents: the English article, and French and English side by side for revision."""

import io
from typing import Any

import regex

from translate.document import Kind, TranslatedBlock, Translation
from translate.formats.base import Format
from translate.formats.side_by_side import label, notes
from translate.formats.text import plain_block
from translate.notation.markup import shown

_STYLES = {Kind.TITLE: "Title", Kind.HEADING: "Heading 1", Kind.LIST_ITEM: "List Bullet"}
#: XML 1.0 has no place for these; python-docx refuses them.
_NOT_XML = regex.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|\\p{Cs}")


def article(translation: Translation) -> bytes:
    """The article with Word's own styles for its title, headings, lists and captions."""
    document = _new()
    for block in translation.blocks:
        if not block.skipped:
            style = _STYLES.get(block.block.kind)
            paragraph = document.add_paragraph(clean(_text(translation, block)), style=style)
            if block.block.kind is Kind.CAPTION:
                for run in paragraph.runs:
                    run.italic = True
    return _saved(document)


def side_by_side(translation: Translation) -> bytes:
    """A table: a row for each segment, a heading for each block, findings in the last column."""
    document = _new()
    table = document.add_table(rows=1, cols=3, style="Table Grid")
    _fill(table.rows[0], ("Français", "English", "To check"), bold=True)
    for block in translation.blocks:
        heading = table.add_row()
        merged = heading.cells[0].merge(heading.cells[2])
        merged.paragraphs[0].add_run(label(block)).italic = True
        for segment in block.segments:
            _fill(table.add_row(), (shown(segment.source), shown(segment.target), notes(segment)))
    return _saved(document)


def _new() -> Any:
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.comments, properties.language = "", "", "en"
    return document


def _text(translation: Translation, block: TranslatedBlock) -> str:
    return plain_block(translation, block)


def _fill(row: Any, texts: tuple[str, str, str], *, bold: bool = False) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        cell.paragraphs[0].add_run(clean(text)).bold = bold


def clean(text: str) -> str:
    """A text without what XML has no place for."""
    return _NOT_XML.sub("\ufffd", text)


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


SIDE_BY_SIDE = Format(
    "side-docx",
    (".fr-en.docx",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "French and English side by side, with the findings, as a table in Word",
    write=side_by_side,
    for_any=True,
)
