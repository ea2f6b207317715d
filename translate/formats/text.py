"""Plain text: UTF-8, paragraphs divided by blank lines or line ends."""

from collections.abc import Sequence

import regex

from translate.document import Document, TranslatedBlock, Translation
from translate.errors import InputError
from translate.formats.base import Format
from translate.formats.content import Content, told, told_by_text
from translate.notation import markup
from translate.notation.markup import TokenKind, parse_inline
from translate.pipeline import analyse

#: Share of control characters above which bytes are no text.
_BINARY_SHARE = 0.05
_CONTROL = regex.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False) -> Document:
    """Read an article; InputError where the bytes are no text."""
    return analyse(decode(data, name))


def write(translation: Translation) -> bytes:
    """The English article; Markdown's own marks are taken out, links keep their words."""
    document = translation.document
    if not document.markdown and document.file is None:
        return translation.text.encode()
    paragraphs = (plain_block(translation, b) for b in translation.blocks if not b.skipped)
    return ("\n\n".join(paragraphs) + "\n").encode()


def plain_block(translation: Translation, block: TranslatedBlock) -> str:
    """A block's English without markup: that of Markdown, or the codes of another file."""
    text = block.text(translation.document)
    return plain(text) if translation.document.markdown else markup.without_codes(text)


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


FORMAT = Format(
    "text",
    (".txt", ".text"),
    "text/plain; charset=utf-8",
    "white space, line ends and the byte order mark",
    read,
    write,
    for_any=True,
)
