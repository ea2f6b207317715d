"""French and English side by side for revision, as one HTML page; all text is escaped."""

from collections.abc import Iterator
from html import escape

from translate.document import TranslatedBlock, TranslatedSegment, Translation
from translate.formats import breaks
from translate.formats.base import Format
from translate.notation.markup import shown

_STYLE = (
    "body{max-width:75rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif}"
    "table{border-collapse:collapse;width:100%}"
    "th,td{border:1px solid #bbb;padding:.4rem .6rem;vertical-align:top;text-align:left}"
    "th[scope=rowgroup]{background:#f1eee7;font-size:.8rem}td{width:45%}"
    "td.note{width:10%;font-size:.85rem;color:#7a1f1f}"
)


def html(translation: Translation) -> bytes:
    """A table with a row for each segment; what a reviser should look at is in the last column."""
    blocks = breaks.held(translation).blocks
    rows = breaks.as_markup("\n".join(row for block in blocks for row in _group(block)))
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n<title>French and English</title>\n'
        f"<style>{_STYLE}</style>\n</head>\n<body>\n<table>\n"
        '<thead><tr><th scope="col" lang="fr">Français</th><th scope="col">English</th>'
        '<th scope="col">To check</th></tr></thead>\n'
        f"{rows}\n</table>\n</body>\n</html>\n"
    )
    return page.encode()


def notes(segment: TranslatedSegment) -> str:
    """The findings of a segment in one cell."""
    return "; ".join(finding.message for finding in segment.findings)


def label(block: TranslatedBlock) -> str:
    """The kind of a block as its heading."""
    kind = block.block.kind.value.replace("_", " ")
    return f"{kind} (left out)" if block.skipped else kind


def _group(block: TranslatedBlock) -> Iterator[str]:
    yield f'<tbody><tr><th scope="rowgroup" colspan="3">{escape(label(block))}</th></tr>'
    for segment in block.segments:
        french, english = (escape(shown(text)) for text in (segment.source, segment.target))
        yield (
            f'<tr><td lang="fr">{french}</td><td>{english}</td>'
            f'<td class="note">{escape(notes(segment))}</td></tr>'
        )
    yield "</tbody>"


HTML = Format(
    "side-html",
    (".fr-en.html",),
    "text/html; charset=utf-8",
    "French and English side by side, with the findings, as a page",
    write=html,
    for_any=True,
)
