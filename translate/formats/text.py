"""Plain text: UTF-8, paragraphs divided by blank lines or line ends."""

import codecs

import regex

from translate.document import Document, Translation
from translate.errors import InputError
from translate.notation.markup import TokenKind, parse_inline
from translate.pipeline import analyse

#: Share of control characters above which bytes are no text.
_BINARY_SHARE = 0.05
_CONTROL = regex.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, name: str) -> Document:
    """Read an article; InputError where the bytes are no UTF-8 text."""
    return analyse(decode(data, name))


def write(translation: Translation) -> str:
    """The English article; Markdown's own marks are taken out, links keep their words."""
    if not translation.document.markdown:
        return translation.text
    paragraphs = (
        plain(block.text(translation.document)) for block in translation.blocks if not block.skipped
    )
    return "\n\n".join(paragraphs) + "\n"


def plain(text: str) -> str:
    """A line without the markup inside it."""
    tokens = parse_inline(text)
    return "".join(t.text for t in tokens if t.kind in (TokenKind.TEXT, TokenKind.ATOM))


def decode(data: bytes, name: str) -> str:
    """Bytes as text: UTF-8, or UTF-16 with its mark. Line ends stay as they are."""
    if not data.strip():
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _decoded(data, "utf-16", name)
    if b"\x00" in data:
        raise InputError(f"{name} is {_what_has_nulls(data)}, not UTF-8 text; {_ADVICE}")
    text = _decoded(data, "utf-8", name)
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise InputError(f"{name} is binary, not UTF-8 text; {_ADVICE}")
    if not text.strip("\ufeff \t\r\n\u00a0\u202f\u200b"):
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    return text


_ADVICE = "save it as UTF-8 text (.txt or .md) and try again"


def _what_has_nulls(data: bytes) -> str:
    head = data[:4096]
    share = max(head[0::2].count(0), head[1::2].count(0)) / max(1, len(head) / 2)
    return "UTF-16 without a byte order mark" if share > 0.5 else "binary"


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02X} at {error.start}"
        raise InputError(
            f"{name} is not {encoding.upper()} ({byte}; perhaps Windows-1252 or Latin-1); {_ADVICE}"
        ) from None
