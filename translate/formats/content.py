"""What a file holds, told by its bytes: names lie, and standard input has none.

A reader that takes one of these contents asks `told`; the reader of plain text refuses the others.
"""

import codecs
import csv
import io
from enum import StrEnum

import regex

#: Bytes, and characters of a decoded text, that are looked at: the first lines tell.
SAMPLE = 65536
CSV_MIN_ROWS = 3  # two lines with equally many commas may be prose


class Content(StrEnum):
    """What a file holds; the value is its name in messages."""

    TEXT = "text"
    UTF16 = "UTF-16 text"
    UTF32 = "UTF-32 text"
    BARE_UTF16 = "UTF-16 without a byte order mark"
    BARE_UTF32 = "UTF-32 without a byte order mark"
    JSON = "JSON"
    JSON_LINES = "JSON lines"
    CSV = "a CSV table"
    RTF = "RTF"
    HTML = "HTML"
    XML = "XML"
    PDF = "PDF"
    ZIP = "a zip archive (as Word and OpenDocument files are)"
    OLE = "an old Office file"
    GZIP = "a gzip archive"
    IMAGE = "an image"
    SOUND = "a recording"
    PROGRAM = "a program"
    BINARY = "binary"


#: What to do with a file of which no reader makes text.
ADVICES = {
    Content.PDF: "open it in Word or LibreOffice and save it as .docx or .odt, or copy its text",
    Content.IMAGE: "type its words, or read them with a program for scans, and give the text",
    Content.SOUND: "write down its words and give the text",
    Content.PROGRAM: "give the article itself, as text, a page or a document",
    Content.ZIP: "unpack it and give the files in it",
    Content.GZIP: "unpack it and give the file in it",
    Content.OLE: "open it in its program and save it as .docx, .odt or .xlsx",
    Content.RTF: "open it in its program and save it as .docx or .odt",
}
#: What the names of such files end in, where their bytes are not looked at.
ENDINGS: dict[str, Content] = {
    ending: content
    for content, endings in (
        (Content.PDF, ".pdf"),
        (Content.IMAGE, ".png .jpg .jpeg .gif .tif .tiff .webp .heic .avif"),
        (Content.SOUND, ".mp3 .m4a .ogg .wav .mp4 .mov"),
        (Content.PROGRAM, ".exe"),
        (Content.ZIP, ".zip"),
        (Content.GZIP, ".gz"),
        (Content.OLE, ".doc .xls .ppt"),
        (Content.RTF, ".rtf"),
    )
    for ending in endings.split()
}

_SIGNATURES: tuple[tuple[bytes, Content], ...] = (
    (codecs.BOM_UTF32_LE, Content.UTF32),  # begins as UTF-16's mark does: must come before it
    (codecs.BOM_UTF32_BE, Content.UTF32),
    (codecs.BOM_UTF16_LE, Content.UTF16),
    (codecs.BOM_UTF16_BE, Content.UTF16),
    (b"%PDF-", Content.PDF),
    (b"PK\x03\x04", Content.ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Content.OLE),
    (b"\x1f\x8b", Content.GZIP),
    (b"\x89PNG\r\n", Content.IMAGE),
    (b"\xff\xd8\xff", Content.IMAGE),
    (b"GIF8", Content.IMAGE),
    (b"II*\x00", Content.IMAGE),
    (b"MM\x00*", Content.IMAGE),
    (b"\x7fELF", Content.PROGRAM),
    (b"\xcf\xfa\xed\xfe", Content.PROGRAM),
    (b"OggS\x00", Content.SOUND),
)
_OPENINGS: tuple[tuple[regex.Pattern[str], Content], ...] = (
    (regex.compile(r"\{\\rtf\d?"), Content.RTF),
    (regex.compile(r'\{\s*"(?:[^"\\]|\\.){0,200}"\s*:[^\r\n]*\}\s*+\{\s*"'), Content.JSON_LINES),
    (regex.compile(r'\{\s*+(?:"(?:[^"\\]|\\.){0,200}"\s*:|\}\s*+$)'), Content.JSON),
    (regex.compile(r'\[\s*+(?:[\[{]\s*+["\[{\]}]|"(?:[^"\\]|\\.)*+"\s*+[,\]])'), Content.JSON),
    (
        regex.compile(r"(?i)(?:<\?xml[^>]*>\s*+)?(?:<!--.*?-->\s*+)?<(?:!doctype )?html\b"),
        Content.HTML,
    ),
    (regex.compile(r"<\?xml\s"), Content.XML),
)


def told(data: bytes) -> Content:
    """What these bytes hold; TEXT where nothing else shows.

    >>> told(b'{"titre": "Un accord"}').value
    'JSON'
    """
    for signature, content in _SIGNATURES:
        if data.startswith(signature):
            return content
    head = data[:SAMPLE]
    if b"\x00" in data:
        return _told_by_place(head) or _with_nulls(head)
    return told_by_text(head.decode("utf-8-sig", "replace"))


def told_by_text(text: str) -> Content:
    """What a decoded text holds."""
    head = text[:SAMPLE].lstrip("\ufeff \t\r\n")
    for opening, content in _OPENINGS:
        if opening.match(head):
            return content
    return Content.CSV if csv_delimiter(head) else Content.TEXT


def csv_delimiter(text: str) -> str | None:
    """The mark that parts the cells of a table; None where the lines are no table.

    Prose sets a space after a comma or semicolon, cells have none; equally many in each line.
    """
    lines = [line for line in text[:SAMPLE].splitlines() if line.strip()]
    complete = lines[:-1] if len(text) > SAMPLE else lines
    return next((mark for mark in ";,|" if _is_table(complete[:50], mark)), None)


def _is_table(lines: list[str], mark: str) -> bool:
    if len(lines) < CSV_MIN_ROWS or mark not in lines[0]:
        return False
    try:
        rows = list(csv.reader(io.StringIO("\n".join(lines)), delimiter=mark))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    cells = [cell for row in rows for cell in row[1:] if cell]
    numbers = mark == "," and all(regex.search(r"\d$", row[0]) for row in rows)  # 3,5 and 4,5
    glued = all(not cell[0].isspace() for cell in cells)
    return widths != {1} and len(widths) == 1 and bool(cells) and glued and not numbers


def _told_by_place(head: bytes) -> Content | None:
    """Binary files whose beginning might be words: Windows programs, RIFF and MP4 files."""
    if head.startswith(b"MZ"):
        return Content.PROGRAM
    if head.startswith(b"RIFF"):
        return Content.IMAGE if head[8:12] == b"WEBP" else Content.SOUND
    if head.startswith(b"ID3"):
        return Content.SOUND
    if head[4:8] == b"ftyp":
        return Content.IMAGE if head[8:11] in (b"hei", b"avi", b"mif") else Content.SOUND
    return None


def _with_nulls(head: bytes) -> Content:
    """Text of wide characters has most of its nulls at the same places."""
    places = [head[start::4].count(0) / max(1, len(head) / 4) for start in range(4)]
    empty = [share > 0.5 for share in places]
    if sum(empty) == 3 or empty == [True, True, False, False]:
        return Content.BARE_UTF32 if _is_utf32(head, empty) else Content.BINARY
    if empty in ([True, False, True, False], [False, True, False, True]):
        return Content.BARE_UTF16
    return Content.BINARY


def _is_utf32(head: bytes, empty: list[bool]) -> bool:
    try:
        head[: len(head) // 4 * 4].decode("utf-32-be" if empty[0] else "utf-32-le")
    except UnicodeDecodeError:
        return False
    return True
