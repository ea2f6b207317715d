"""What leaves the desk: the reading view and the downloads, one line a format."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import regex

from translate import formats
from translate.document import Severity, Translation
from translate.formats import docx_page, side_by_side
from translate.formats.text import plain

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
    return lambda translation: formats.writer(name)(translation)


EXPORTS: dict[str, Export] = {
    "txt": Export(".en.txt", "text/plain; charset=utf-8", _text("text")),
    "md": Export(".en.md", "text/markdown; charset=utf-8", _text("markdown")),
    "html": Export(".en.html", "text/html; charset=utf-8", _text("html")),
    "docx": Export(".en.docx", _DOCX, docx_page.article),
    "side-html": Export(".fr-en.html", "text/html; charset=utf-8", side_by_side.html),
    "side-docx": Export(".fr-en.docx", _DOCX, docx_page.side_by_side),
    "json": Export(".json", "application/json", _text("json")),
}


def write(form: str, translation: Translation) -> bytes:
    """A translation in one of `EXPORTS`."""
    return EXPORTS[form].write(translation)


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
    """The English article as plain lines with their kinds, and its figures."""
    blocks = [
        {"kind": block.block.kind, "text": _shown(translation, block.text(translation.document))}
        for block in translation.blocks
        if not block.skipped
    ]
    findings = [f for f in translation.all_findings() if f.severity is not Severity.INFO]
    return {
        "blocks": blocks,
        "text": formats.writer("text")(translation).decode(),
        "words": {
            "french": count_words(translation.document.text),
            "english": count_words(translation.text),
        },
        "findings": len(findings),
    }


def count_words(text: str) -> int:
    """White-space separated tokens with a letter or a digit in them."""
    return len(_WORD.findall(text))


def _shown(translation: Translation, text: str) -> str:
    return plain(text) if translation.document.markdown else text
