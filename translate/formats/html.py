"""HTML: a saved page or an export of a CMS, its words in English and all else byte for byte.

The text of a block element is a unit; the tags inside it are codes. Attributes that people read
are units of their own.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from html import unescape

import regex

from translate.document import Document, Kind, SourceFile
from translate.formats import html_page, main_article
from translate.formats.base import Core, English, Unit, Words, core_of, has_words, of_units
from translate.formats.content import Content, told
from translate.formats.encodings import declared, decode
from translate.formats.html_tokens import Attribute, Part, Token, attributes, tokens
from translate.formats.lines import Lines, begins_line, lines_of
from translate.formats.ordinals import is_ordinal

_INLINE = frozenset(
    "a abbr acronym b bdi bdo big br cite data del dfn em font i img ins mark nobr q rp rt ruby s "
    "small span strike strong sub sup time tt u var wbr code kbd samp".split()
)
#: No words of the article: code, drawings, what a visitor writes, what is shown in other frames.
_SKIPPED = frozenset(
    "code iframe kbd math noembed noframes noscript object plaintext pre samp script style svg "
    "template textarea var xmp".split()
)
_KINDS = {
    "h1": Kind.TITLE,
    **dict.fromkeys("h2 h3 h4 h5 h6 legend title".split(), Kind.HEADING),
    **dict.fromkeys("li dt dd option".split(), Kind.LIST_ITEM),
    **dict.fromkeys(("td", "th"), Kind.CELL),
    **dict.fromkeys("figcaption caption".split(), Kind.CAPTION),
    **dict.fromkeys("nav footer form aside button dialog menu select".split(), Kind.FURNITURE),
}
_ATTRIBUTES = {
    "alt": Kind.CAPTION,
    **dict.fromkeys(("title", "placeholder", "aria-label"), Kind.FURNITURE),
}
#: `name` or `property` of a <meta> whose `content` is read by people.
_DESCRIPTIONS = frozenset(
    "description og:title og:description og:image:alt twitter:title twitter:description".split()
)
#: A start tag ends these, where they are open and innermost.
_IMPLIED_ENDS = {name: (name,) for name in "li tr option p".split()} | {
    **dict.fromkeys(("td", "th"), ("td", "th")),
    **dict.fromkeys(("dt", "dd"), ("dt", "dd")),
}
_BLANKS = regex.compile(r"[ \t\n\r\f]+")
_XML_ENCODING = regex.compile(r"""^(\ufeff?<\?xml\s[^>]{0,80}?encoding\s*=\s*["'])[\w.:-]+""")
_CHARSET_VALUE = regex.compile(r"(charset\s*=\s*)[\w.:-]+", regex.IGNORECASE)
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Element:
    """An open element, with what it inherits."""

    name: str
    kind: Kind | None
    skipped: bool


@dataclass(frozen=True, slots=True)
class _Flow:
    """The words of the tokens `first` to `last`."""

    first: int
    last: int
    words: Words[Range]
    lines: Lines


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of an attribute of the token `index`."""

    index: int
    attribute: Attribute
    core: Core


class Page:
    """A page without its words."""

    def __init__(self, page: str, *, is_utf8: bool, is_ascii: bool) -> None:
        self._is_utf8 = is_utf8
        self._is_ascii = is_ascii
        self._tokens = list(tokens(page))
        self._skipped: list[bool] = []
        self._slots: list[_Flow | _Value] = []
        self._others: list[tuple[int, Attribute, str]] = []  # attributes that change: lang, charset
        self.units: list[Unit] = []
        self._read()

    def filled(self, english: Sequence[English]) -> bytes:
        """The page with its English."""
        out = [token.text for token in self._tokens]
        edits = list(self._others)
        flows: list[tuple[_Flow, English]] = []
        for slot, one in zip(self._slots, english, strict=True):
            if not one.changed:
                continue
            if isinstance(slot, _Flow):
                flows.append((slot, one))
            else:
                value = slot.core.lead + one.text + slot.core.trail
                edits.append((slot.index, slot.attribute, _escaped(value).replace('"', "&quot;")))
        _edit(out, edits)
        for flow, one in flows:
            text = flow.lines.whole([one], partial(flow.words.line_end, "<br>"))
            codes = flow.words.written(text, _escaped)
            whole = "".join(c if isinstance(c, str) else "".join(out[slice(*c)]) for c in codes)
            out[flow.first : flow.last] = [whole] + [""] * (flow.last - flow.first - 1)
        return self._encoded("".join(out))

    def _encoded(self, page: str) -> bytes:
        """In UTF-8; a page that declares no encoding stays in the ASCII that it was in."""
        if self._is_ascii:
            return page.encode("ascii", "xmlcharrefreplace")
        return page.encode() if self._is_utf8 else _XML_ENCODING.sub(r"\1utf-8", page).encode()

    def _read(self) -> None:
        stack = _Stack()
        first, broken = 0, False
        for index, token in enumerate(self._tokens):
            inside = stack.top
            if token.part is Part.START:
                self._read_tag(index, token, stack)
            elif token.part is Part.END:
                stack.close(token.name)
            skipped = inside.skipped or stack.top.skipped
            self._skipped.append(skipped)
            is_break = token.name == "br"
            ends_line = is_break and (broken or self._begins_line(index + 1))
            if self._parts(token, inside) or ends_line:
                self._end_flow(first, index, inside.kind)
                first = index if is_break else index + 1
            if not (token.part is Part.TEXT and not token.text.strip()):
                broken = is_break
        self._end_flow(first, len(self._tokens), stack.top.kind)

    def _begins_line(self, index: int) -> bool:
        """Whether what follows a line break reads as a line of its own."""
        texts = [token.text for token in self._tokens[max(0, index - 2) : index + 1]]
        return len(texts) > 2 and begins_line(texts[2], texts[0])

    @staticmethod
    def _parts(token: Token, inside: _Element) -> bool:
        """Whether a tag ends a unit; the links of a menu are units of their own."""
        if token.part not in (Part.START, Part.END):
            return False
        return token.name not in _INLINE or (token.name == "a" and inside.kind is Kind.FURNITURE)

    def _read_tag(self, index: int, token: Token, stack: "_Stack") -> None:
        found = list(attributes(token))
        named = {attribute.name: attribute.value.strip().lower() for attribute in found}
        stack.open(token, named)
        if stack.skips(token, named):
            return
        for attribute in found:
            kind = _readable(token, attribute.name, named)
            if attribute.name in ("lang", "xml:lang") and named[attribute.name].startswith("fr"):
                self._others.append((index, attribute, "en"))
            elif token.name == "meta" and "charset" in attribute.name + named[attribute.name]:
                if not self._is_utf8:
                    self._others.append((index, attribute, _in_utf8(attribute)))
            elif kind:
                words: Words[Range] = Words()
                words.add(attribute.value)
                core = core_of(words.text)
                self._add(_Value(index, attribute, core), core.text, kind)

    def _end_flow(self, first: int, last: int, kind: Kind | None) -> None:
        if any(t.part is Part.TEXT and has_words(t.text) for t in self._tokens[first:last]):
            words = self._words(first, last)
            lines = lines_of(words, parted=False)
            if lines.units and not words.is_full:
                self._add(_Flow(first, last, words, lines), lines.units[0], kind)

    def _add(self, slot: _Flow | _Value, words: str, kind: Kind | None) -> None:
        if has_words(words):
            self._slots.append(slot)
            self.units.append(Unit(_BLANKS.sub(" ", words), kind))

    def _words(self, first: int, last: int) -> Words[Range]:
        words: Words[Range] = Words()
        partner = self._pairs(first, last)
        numbers: dict[int, int] = {}
        index = first
        while index < last:
            token, end = self._tokens[index], index + 1
            if self._skipped[index]:
                while end < last and self._skipped[end]:
                    end += 1
                words.single((index, end))
            elif token.part is Part.TEXT:
                words.add(unescape(token.text))
            elif token.name == "wbr" or self._is_ordinal(index, partner):
                pass
            elif token.part is Part.START and index in partner:
                if self._is_blank(index + 1, partner[index]):
                    end = partner[index] + 1
                    words.single((index, end))
                else:
                    numbers[index] = words.open((index, end))
            elif index in partner:
                words.close(numbers[partner[index]], (index, end))
            else:
                (words.line_break if token.name == "br" else words.single)((index, end))
            index = end
        return words

    def _pairs(self, first: int, last: int) -> dict[int, int]:
        """Start tag -> end tag, and back, of the inline elements that open and close here."""
        partner: dict[int, int] = {}
        waiting: list[int] = []
        for index in range(first, last):
            token = self._tokens[index]
            if self._skipped[index] or token.name in ("", "br"):
                continue
            if token.part is Part.START and not token.is_closed:
                waiting.append(index)
            elif token.part is Part.END and waiting and self._name(waiting[-1]) == token.name:
                partner[index] = waiting.pop()
                partner[partner[index]] = index
        return partner

    def _name(self, index: int) -> str:
        return self._tokens[index].name

    def _is_ordinal(self, index: int, partner: dict[int, int]) -> bool:
        """Whether a tag raises the ending of "1er" or "XXe": English sets it on the line."""
        if self._tokens[index].name != "sup" or index not in partner:
            return False
        start, end = sorted((index, partner[index]))
        if end != start + 2 or self._tokens[start + 1].part is not Part.TEXT:
            return False
        return is_ordinal(self._tokens[start + 1].text)

    def _is_blank(self, first: int, last: int) -> bool:
        return not any(t.part is Part.TEXT and t.text.strip() for t in self._tokens[first:last])


class _Stack:
    """The open elements of a page."""

    def __init__(self) -> None:
        self._elements = [_Element("", None, skipped=False)]
        self._names: Counter[str] = Counter()

    @property
    def top(self) -> _Element:
        """The innermost element."""
        return self._elements[-1]

    def open(self, token: Token, named: dict[str, str]) -> None:
        """Open an element, unless it closes itself."""
        if self.top.name in _IMPLIED_ENDS.get(token.name, ()):
            self.close(self.top.name)
        elif self.top.name == "p" and token.name not in _INLINE:
            self.close("p")
        if token.is_closed:
            return
        kind = _KINDS.get(token.name) or self.top.kind
        kind = Kind.FURNITURE if self.top.kind is Kind.FURNITURE else kind
        self._names[token.name] += 1
        self._elements.append(_Element(token.name, kind, self.skips(token, named)))

    def skips(self, token: Token, named: dict[str, str]) -> bool:
        """Whether the words of an element are not to be translated."""
        if token.name in _SKIPPED:
            return True
        if "translate" in named:
            return named["translate"] == "no"
        if "notranslate" in named.get("class", "").split():
            return True
        language = named.get("lang") or named.get("xml:lang")
        if language and token.name not in ("html", "body"):
            return not language.startswith("fr")
        return self.top.skipped

    def close(self, name: str) -> None:
        """Close an element and what is open inside it; one that is not open is passed over."""
        while self._names[name]:
            element = self._elements.pop()
            self._names[element.name] -= 1
            if element.name == name:
                return


def _readable(token: Token, name: str, named: dict[str, str]) -> Kind | None:
    """The kind of an attribute that people read; None for the others."""
    if token.name == "meta":
        about = named.get("name") or named.get("property")
        return Kind.PARAGRAPH if name == "content" and about in _DESCRIPTIONS else None
    if name == "value" and token.name == "input":
        return Kind.FURNITURE if named.get("type") in ("submit", "button", "reset") else None
    return _ATTRIBUTES.get(name)


def _in_utf8(attribute: Attribute) -> str:
    if attribute.name == "charset":
        return "utf-8"
    return _CHARSET_VALUE.sub(r"\1utf-8", attribute.value)


def _edit(out: list[str], edits: list[tuple[int, Attribute, str]]) -> None:
    """Set new values into tags, from the right so that the places stay."""
    for index, attribute, value in sorted(edits, key=lambda e: (e[0], e[1].start), reverse=True):
        tag = out[index]
        quote = "" if tag[attribute.start - 1] in "\"'" else '"'
        if tag[attribute.start - 1] == "'":
            value = value.replace("'", "&#39;")
        out[index] = tag[: attribute.start] + quote + value + quote + tag[attribute.end :]


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def parse(data: bytes, name: str, _file: SourceFile) -> Page:
    """A page cut into its words and the rest; InputError where it cannot be read."""
    found = decode(data, name)
    is_utf8 = found.encoding == "utf-8"
    is_ascii = is_utf8 and data.isascii() and declared(data) is None
    return Page(found.text, is_utf8=is_utf8, is_ascii=is_ascii)


def _recognised(data: bytes) -> bool:
    return told(data) is Content.HTML


_UNITS = of_units(
    "html",
    (".html", ".htm", ".xhtml"),
    "text/html; charset=utf-8",
    "tags, attributes, scripts, styles and comments byte for byte; links around the right words",
    parse,
    recognises=_recognised,
    make=html_page.write,
    takes=("article",),
)


def _read(data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False) -> Document:
    assert _UNITS.read
    return main_article.read(data, name) if article else _UNITS.read(data, name)


FORMAT = replace(_UNITS, read=_read)
