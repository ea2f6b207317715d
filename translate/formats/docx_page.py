"""Word documents: the English article, and French and English side by side for revision."""

import io
from datetime import UTC, datetime
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
    document = _new(translation)
    for block in translation.blocks:
        if not block.skipped:
            style = _STYLES.get(block.block.kind)
            paragraph = document.add_paragraph(clean(_text(translation, block)), style=style)
            if block.block.kind is Kind.CAPTION:
                for run in paragraph.runs:
                    run.italic = True
    return _saved(document)


def side_by_side(translation: Translation) -> bytes:
    """A table: a row for each segment, a heading for each block, findings in the last column.

    Each column has its language, so that Word's spelling checks both.
    """
    document = _new(translation)
    table = document.add_table(rows=0, cols=3, style="Table Grid")._tbl
    table.append(_row(("Français", "English", "To check"), bold=True))
    for block in translation.blocks:
        table.append(_heading(label(block)))
        for segment in block.segments:
            texts = (shown(segment.source), shown(segment.target), notes(segment))
            table.append(_row(texts))
    return _saved(document)


def _new(translation: Translation) -> Any:
    import docx

    document = docx.Document()
    properties = document.core_properties
    properties.author, properties.comments, properties.language = "Depeche", "", "en-US"
    properties.title = clean(_title(translation))[:255]  # what Word keeps of it
    properties.created = properties.modified = datetime.now(UTC)
    return document


def _title(translation: Translation) -> str:
    titles = (block for block in translation.blocks if block.block.kind is Kind.TITLE)
    return next((_text(translation, block) for block in titles), "")


def _text(translation: Translation, block: TranslatedBlock) -> str:
    return plain_block(translation, block)


#: The languages of the columns.
_LANGUAGES = ("fr-FR", "en-US", "en-US")


def _row(texts: tuple[str, str, str], *, bold: bool = False) -> Any:
    """A row of the table, made of its elements: python-docx counts the table anew for each cell."""
    row = _element("w:tr")
    for text, language in zip(texts, _LANGUAGES, strict=True):
        cell = _element("w:tc")
        cell.append(_paragraph(text, language, "w:b" if bold else ""))
        row.append(cell)
    return row


def _heading(text: str) -> Any:
    cell, span = _element("w:tc"), _element("w:tcPr")
    span.append(_element("w:gridSpan", val="3"))
    cell.append(span)
    cell.append(_paragraph(text, "en-US", "w:i"))
    row = _element("w:tr")
    row.append(cell)
    return row


def _paragraph(text: str, language: str, look: str) -> Any:
    paragraph, run, properties = _element("w:p"), _element("w:r"), _element("w:rPr")
    if look:
        properties.append(_element(look))
    properties.append(_element("w:lang", val=language))
    run.append(properties)
    run.text = clean(text)  # line ends and tabs become Word's own
    paragraph.append(run)
    return paragraph


def _element(name: str, **values: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(name)
    for key, value in values.items():
        made.set(qn(f"w:{key}"), value)
    return made


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
