"""HTML cut into its tokens, which joined give the page back byte for byte.

The parsers at hand (lxml, html5lib, selectolax) build a tree and forget where it stood; what they
write is another page. This follows the tokenizer of the HTML standard as far as a writer needs it:
where a tag, a comment, a script ends, and where in a tag the value of an attribute stands.
One pass; what is never closed runs to the end of the page, so the time is linear.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from html import unescape

import regex


class Part(Enum):
    """What a token is."""

    TEXT = auto()
    START = auto()
    END = auto()
    OTHER = auto()  # comment, document type, script, style: copied


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the page; `name` is the tag's, in small letters."""

    part: Part
    text: str
    name: str = ""

    @property
    def is_closed(self) -> bool:
        """Whether a start tag closes itself."""
        return self.name in VOID or self.text.endswith("/>")


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a start tag; its value is `tag.text[start:end]`, without quotation marks."""

    name: str
    value: str
    start: int
    end: int


VOID = frozenset(
    "area base br col embed hr img input keygen link meta param source track wbr".split()
)
#: Elements whose content is no markup; that of the last two is words all the same.
_RAW = frozenset("script style xmp iframe noembed noframes plaintext textarea title".split())
_WORDS = ("title", "textarea")

_ATTRIBUTES = r"""(?:
    [\s/]++ | = | [^\s/>=]++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+)?+)?+
)*+"""
_MARKUP = regex.compile(
    rf"""
      <!--(?:-?>|.*?(?:--!?>|\Z))
    | <(?P<end>/?)(?P<name>[a-zA-Z][^\s/>]*+){_ATTRIBUTES}(?:>|\Z)
    | <!\[CDATA\[.*?(?:\]\]>|\Z)
    | <[!?/][^>]*+(?:>|\Z)
    """,
    regex.VERBOSE | regex.DOTALL,
)
_ATTRIBUTE = regex.compile(
    r"""(?P<name>[^\s/>=]++)
    (?:\s*+=\s*+(?:"(?P<value>[^"]*+)"|'(?P<value>[^']*+)'|(?P<value>[^\s>"'][^\s>]*+)))?+""",
    regex.VERBOSE,
)
_TAG_NAME = regex.compile(r"<[^\s/>]+")


def tokens(page: str) -> Iterator[Token]:
    """The tokens of a page, in order; their texts joined are the page."""
    at = last = 0
    while (at := page.find("<", at)) >= 0:
        found = _MARKUP.match(page, at)
        if found is None:  # a mere "<"
            at += 1
            continue
        if last < at:
            yield Token(Part.TEXT, page[last:at])
        token = _token(found)
        yield token
        at = last = found.end()
        if token.part is Part.START and token.name in _RAW and not token.is_closed:
            last = at = _end_of_raw(page, token.name, at)
            if found.end() < at:
                part = Part.TEXT if token.name in _WORDS else Part.OTHER
                yield Token(part, page[found.end() : at])
    if last < len(page):
        yield Token(Part.TEXT, page[last:])


def _token(found: regex.Match[str]) -> Token:
    text = found.group()
    if not found["name"] or not text.endswith(">"):
        return Token(Part.OTHER, text)
    return Token(Part.END if found["end"] else Part.START, text, found["name"].lower())


def _end_of_raw(page: str, name: str, start: int) -> int:
    found = regex.compile(rf"</{name}(?=[\s/>])", regex.IGNORECASE).search(page, start)
    return found.start() if found else len(page)


def attributes(tag: Token) -> Iterator[Attribute]:
    """The attributes of a start tag that have a value; of two of a name, the first counts."""
    seen: set[str] = set()
    name = _TAG_NAME.match(tag.text)
    for found in _ATTRIBUTE.finditer(tag.text, name.end() if name else 0):
        lower = found["name"].lower()
        if found["value"] is not None and lower not in seen:
            seen.add(lower)
            yield Attribute(lower, unescape(found["value"]), *found.span("value"))
