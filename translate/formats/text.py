"""Plain text: UTF-8, paragraphs divided by blank lines or line ends."""

import regex

from translate.document import Document, Translation
from translate.errors import InputError
from translate.formats.content import Content, told, told_by_text
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
    """Bytes as prose: UTF-8, or UTF-16 and UTF-32 with their marks. Line ends stay as they are."""
    if not data.strip():
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    held = told(data)
    text = _decoded(data, _ENCODINGS.get(held, "utf-8"), name) if held in _READ else ""
    held = told_by_text(text) if held in _ENCODINGS else held
    if held in _REFUSED:
        raise InputError(f"{name} is {held.value}, not UTF-8 text; {_ADVICE}")
    if len(_CONTROL.findall(text)) > _BINARY_SHARE * len(text):
        raise InputError(f"{name} is binary, not UTF-8 text; {_ADVICE}")
    if not text.strip("\ufeff \t\r\n\u00a0\u202f\u200b"):
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    return text


_ADVICE = "save it as UTF-8 text (.txt or .md) and try again"
_ENCODINGS = {Content.UTF16: "utf-16", Content.UTF32: "utf-32"}
#: What is prose, or near enough to be read as it: markup is copied, words are translated.
_READ = frozenset((Content.TEXT, Content.HTML, Content.XML, *_ENCODINGS))
_REFUSED = frozenset(Content) - _READ


def _decoded(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        byte = f"byte 0x{data[error.start]:02X} at {error.start}"
        raise InputError(
            f"{name} is not {encoding.upper()} ({byte}; perhaps Windows-1252 or Latin-1); {_ADVICE}"
        ) from None
