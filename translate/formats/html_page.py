"""HTML: one self-contained page with the English article; the text is always escaped.

One that came as Markdown keeps its form (`markdown_page`).
"""

from collections.abc import Iterator
from html import escape
from itertools import groupby

import regex

from translate.document import Document, Kind, TranslatedBlock, Translation
from translate.formats import breaks, markdown_page, references
from translate.notation import markup
from translate.notation.markup import Token, TokenKind, parse_inline

_TAGS = {Kind.TITLE: "h1", Kind.HEADING: "h2", Kind.LIST_ITEM: "li"}
#: `//host` and `/\host` are other hosts without saying so; an article has no use for them.
_SAFE_TARGET = regex.compile(
    r"(?:https?://|mailto:|/(?![/\\])|#|[\w%.-]+(?:/|$))", regex.IGNORECASE
)
_MARKS = {"*": "em", "_": "em", "**": "strong", "__": "strong", "***": "strong", "~~": "del"}
_STYLE = (
    "body{max-width:42rem;margin:2rem auto;padding:0 1rem;font:1.05rem/1.55 Georgia,serif}"
    "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .6em}"
    "img{max-width:100%}"
    ".byline,.caption,.furniture{color:#555;font-size:.9em}.caption{font-style:italic}"
)


def write(translation: Translation) -> bytes:
    """The page; headings, lists, captions and links are marked up, scripts are only text."""
    translation = breaks.held(translation)
    blocks = [block for block in translation.blocks if not block.skipped]
    title = next((b.text(translation.document) for b in blocks if b.block.kind is Kind.TITLE), "")
    if translation.document.markdown:
        body = markdown_page.rendered(references.held(translation).text, _is_safe)
    else:
        body = "\n".join(_body(translation.document, blocks))
    page = (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(' '.join(title.split()))}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n{breaks.as_markup(body)}\n</body>\n</html>\n"
    )
    return page.encode()


def _body(document: Document, blocks: list[TranslatedBlock]) -> Iterator[str]:
    for kind, group in groupby(blocks, key=lambda block: block.block.kind):
        rows = [
            _element(block, inline(markup.without_codes(block.text(document)))) for block in group
        ]
        yield from ["<ul>", *rows, "</ul>"] if kind is Kind.LIST_ITEM else rows


def _element(block: TranslatedBlock, content: str) -> str:
    kind = block.block.kind
    tag = _TAGS.get(kind, "p")
    return f'<{tag} class="{kind.value}">{content}</{tag}>'


def inline(text: str) -> str:
    """A line with its Markdown links and emphasis as HTML; everything else escaped."""
    tokens = parse_inline(text)
    return "".join(_token(token, tokens) for token in tokens)


def _token(token: Token, tokens: tuple[Token, ...]) -> str:
    if token.kind is TokenKind.OPEN:
        closing = tokens[token.partner].text
        return _opening(token.text, closing)
    if token.kind is TokenKind.CLOSE:
        return _closing(tokens[token.partner].text, token.text)
    if token.kind is TokenKind.ATOM and token.text.startswith(("http://", "https://")):
        return f'<a href="{escape(token.text)}">{escape(token.text)}</a>'
    return escape(token.text)


def _opening(opening: str, closing: str) -> str:
    if opening in _MARKS:
        return f"<{_MARKS[opening]}>"
    target = _target(closing) if opening == "[" else None
    return f'<a href="{escape(target)}">' if target else escape(opening)


def _closing(opening: str, closing: str) -> str:
    if opening in _MARKS:
        return f"</{_MARKS[opening]}>"
    return "</a>" if opening == "[" and _target(closing) else escape(closing)


def _target(closing: str) -> str | None:
    target = regex.match(r"\]\(([^\s)]*(?:\([^()\s]*\)[^\s)]*)*)", closing)
    return target[1] if target and _is_safe(target[1]) else None


def _is_safe(target: str) -> bool:
    return _SAFE_TARGET.match(target) is not None
