"""What leaves the desk: the reading view and the downloads, one line a format."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

import regex

from translate import formats
from translate.document import Severity, Translation
from translate.formats import docx_page, side_by_side
from translate.formats.text import plain
from translate.notation.markup import without_codes
from ui.records import Job

Write = Callable[[Translation], bytes]
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = regex.compile(r"\S*[\p{L}\p{N}]\S*")


@dataclass(frozen=True, slots=True)
class Export:
    """A download: its file name's ending, its media type, and who writes it."""

    ending: str
    media_type: str
    write: Write


def _text(name: str) -> Write:
    return formats.WRITERS[name]


EXPORTS: dict[str, Export] = {
    "txt": Export(".en.txt", "text/plain; charset=utf-8", _text("text")),
    "md": Export(".en.md", "text/markdown; charset=utf-8", _text("markdown")),
    "html": Export(".en.html", "text/html; charset=utf-8", _text("html")),
    "docx": Export(".en.docx", _DOCX, docx_page.article),
    "side-html": Export(".fr-en.html", "text/html; charset=utf-8", side_by_side.html),
    "side-docx": Export(".fr-en.docx", _DOCX, docx_page.side_by_side),
    "tmx": Export(".tmx", formats.FORMATS["tmx"].media_type, _text("tmx")),
    "json": Export(".json", "application/json", _text("json")),
}


#: The download in the format that the article came in.
NATIVE = "native"


def export_of(form: str, job: Job) -> Export | None:
    """The download of a name; None where there is none, or the article did not come in a file."""
    if form != NATIVE:
        return EXPORTS.get(form)
    if not job.form:
        return None
    return Export("".join(endings_of(job)), formats.FORMATS[job.form].media_type, formats.written)


def endings_of(job: Job) -> tuple[str, str]:
    """The endings of a native download: `.en` and that of the file."""
    suffix = PurePath(job.name).suffix.lower()
    known = formats.FORMATS[job.form].endings
    return ".en", suffix if suffix in known else known[0]


def write(export: Export, translation: Translation) -> bytes:
    """A translation as a download."""
    return export.write(translation)


def disposition(name: str, title: str, export: Export) -> str:
    """The header that names a download after its article; always a download, never a page."""
    stem = name.rsplit(".", 1)[0] if name != "article" else title
    stem = regex.sub(r"[^\p{L}\p{N} ._’'-]+", " ", stem).strip(" .")[:80] or "article"
    ascii_stem = regex.sub(r"[^A-Za-z0-9 ._-]+", "-", stem)
    return (
        f'attachment; filename="{ascii_stem}{export.ending}"; '
        f"filename*=UTF-8''{quote(stem + export.ending, safe='')}"
    )


def reading(translation: Translation) -> dict[str, Any]:
    """The English article as plain lines with their kinds, and its figures.

    `line` counts the line ends of the text before a block: cells with the same are one row.
    """
    document = translation.document
    blocks = []
    line = last = 0
    for block in translation.blocks:
        line += document.text.count("\n", last, block.block.start)
        last = block.block.start
        if not block.skipped:
            shown = _shown(translation, block.text(document))
            blocks.append({"kind": block.block.kind, "text": shown, "line": line})
    findings = [f for f in translation.all_findings() if f.severity is not Severity.INFO]
    return {
        "blocks": blocks,
        "text": formats.writer("text")(translation).decode(),
        "words": {
            "french": count_words(without_codes(document.text)),
            "english": count_words(without_codes(translation.text)),
        },
        "findings": len(findings),
    }


def count_words(text: str) -> int:
    """White-space separated tokens with a letter or a digit in them."""
    return len(_WORD.findall(text))


def _shown(translation: Translation, text: str) -> str:
    return plain(text) if translation.document.markdown else without_codes(text)
