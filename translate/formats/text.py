"""Plain text: UTF-8, paragraphs divided by blank lines or line ends."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from translate.document import Document, TranslatedBlock, Translation
from translate.errors import InputError
from translate.formats.base import Format
from translate.formats.content import Content, told, told_by_text
from translate.formats.encodings import Decoded, decode, refusal
from translate.notation import markup
from translate.notation.markup import TokenKind, parse_inline
from translate.pipeline import analyse

#: Share of control characters above which bytes are no text.
_BINARY_SHARE = 0.05
_CONTROL = regex.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def read(data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False) -> Document:
    """Read an article; InputError where the bytes are no text."""
    found = prose(data, name)
    return replace(analyse(found.text), findings=found.findings)


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


def prose(data: bytes, name: str) -> Decoded:
    """Bytes as prose. Line ends stay as they are; InputError for what is no prose."""
    held = told(data)
    if held in _REFUSED:
        raise refusal(held, name)
    found = decode(data, name)
    held = told_by_text(found.text)
    if held in _REFUSED:
        raise refusal(held, name)
    if len(_CONTROL.findall(found.text)) > _BINARY_SHARE * len(found.text):
        raise refusal(Content.BINARY, name)
    if not found.text.strip("\ufeff \t\r\n\u00a0\u202f\u200b"):
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    return found


#: What is prose, or near enough to be read as it: markup is copied, words are translated.
_READ = (Content.TEXT, Content.HTML, Content.XML, Content.UTF16, Content.UTF32)
_REFUSED = frozenset(Content) - frozenset(_READ)


FORMAT = Format(
    "text",
    (".txt", ".text"),
    "text/plain; charset=utf-8",
    "white space, line ends and the byte order mark",
    read,
    write,
    for_any=True,
)
