"""OpenDocument texts: paragraphs, tables, headers, footers, notes and text boxes in English.

A paragraph is a unit; tabs and breaks behind which a line begins part it (`lines`). Spans whose
style a reader sees and links are pairs of codes; pictures and notes are single ones. All other
parts of the package stay as they were.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

import regex

from translate.document import Kind, SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, Words, of_units
from translate.formats.lines import Lines, dealt, lines_of
from translate.formats.ordinals import is_ordinal
from translate.formats.packages import Package
from translate.formats.xml_words import Code, local_name, serialised, set_words

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

MEDIA_TYPE = "application/vnd.oasis.opendocument.text"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
#: What is no text of the document: deleted words, comments, the forms of indexes.
_APART = frozenset(
    {_TEXT + "tracked-changes", _OFFICE + "annotation", _TEXT + "index-title-template"}
)
#: Marks without words, which are left out where a paragraph is written anew.
_DROPPED = frozenset(
    _TEXT + name for name in ("soft-page-break", "change", "change-start", "change-end")
)
_KINDS = {
    _TEXT + "list-item": Kind.LIST_ITEM,
    _STYLE + "header": Kind.FURNITURE,
    _STYLE + "footer": Kind.FURNITURE,
}
_STYLE_KINDS = (
    ("title", Kind.TITLE),
    ("subtitle", Kind.HEADING),
    ("heading", Kind.HEADING),
    ("caption", Kind.CAPTION),
    ("illustration", Kind.CAPTION),
    ("list", Kind.LIST_ITEM),
)
_LINE_BREAK, _TAB = _TEXT + "line-break", _TEXT + "tab"
_RAISED = regex.compile(r"super|[1-9]")
_BLANKS = regex.compile(r"[ \t\r\n]+")
_UNSEEN = ("language", "country", "rsid", "paragraph-rsid")


class Odt:
    """An OpenDocument text without its words."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._trees = {p: package.xml(p) for p in _PARTS if p in package.members}
        self._styles = _Styles(self._trees.values())
        self._slots: list[tuple[str, _Element, Words[Code], Lines]] = []
        self.units: list[Unit] = []
        for part, tree in self._trees.items():
            for element in _paragraphs(tree.getroot()):
                self._add(part, element)

    def filled(self, english: Sequence[English]) -> bytes:
        """The file with its English; what is inside a paragraph (a note) is written before it."""
        changed = set()
        mine_of = dealt((lines for *_, lines in self._slots), english)
        pairs = list(zip(self._slots, mine_of, strict=True))
        for (part, element, words, lines), mine in reversed(pairs):
            if any(one.changed for one in mine):
                line_end = partial(words.line_end, ("single", element.makeelement(_LINE_BREAK)))
                set_words(element, words, lines.whole(mine, line_end))
                changed.add(part)
        return self._package.written({part: serialised(self._trees[part]) for part in changed})

    def _add(self, part: str, element: "_Element") -> None:
        words: Words[Code] = Words()
        self._gather(element, words)
        lines = lines_of(words)
        if lines.units and not words.is_full:
            self._slots.append((part, element, words, lines))
            kind = self._styles.kind(element)
            self.units += [Unit(_BLANKS.sub(" ", unit), kind) for unit in lines.units]

    def _gather(self, element: "_Element", words: Words[Code]) -> None:
        words.add(_collapsed(element.text))
        for child in element:
            tag = child.tag
            if tag == _TEXT + "span" and self._styles.is_seen(child):
                number = words.open(("open", child))
                self._gather(child, words)
                words.close(number, ("close", child))
            elif tag == _TEXT + "span":
                self._gather(child, words)
            elif tag == _TEXT + "a":
                number = words.open(("open", child))
                self._gather(child, words)
                words.close(number, ("close", child))
            elif tag == _TEXT + "s":
                words.part()
            elif tag in (_LINE_BREAK, _TAB):
                words.line_break(("single", child), always=tag == _TAB)
            elif tag not in _DROPPED:
                words.single(("single", child))
            words.add(_collapsed(child.tail))


_PARTS = ("content.xml", "styles.xml")


def _paragraphs(root: "_Element") -> Iterator["_Element"]:
    """Paragraphs and headings in order, those of notes behind the one that has them."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        if element.tag in (_TEXT + "p", _TEXT + "h"):
            yield element
        waiting.extend(child for child in reversed(element) if child.tag not in _APART)


def _collapsed(text: str | None) -> str:
    """White space as OpenDocument reads it: a run of it is one space."""
    if not text:
        return ""
    return _BLANKS.sub(" ", text)


class _Styles:
    """What the styles of a document say: what is seen of spans, the kinds of paragraphs."""

    def __init__(self, trees: "Iterable[_ElementTree[_Element]]") -> None:
        self._parents: dict[str, str] = {}
        self._seen: set[str] = set()
        self._raised: set[str] = set()
        for tree in trees:
            for style in tree.iter(_STYLE + "style"):
                self._read(style)

    def _read(self, style: "_Element") -> None:
        name = style.get(_STYLE + "name", "")
        self._parents[name] = style.get(_STYLE + "parent-style-name", "")
        if style.get(_STYLE + "family") != "text":
            return
        for properties in style.iter(_STYLE + "text-properties"):
            told = {str(key).rpartition("}")[2] for key in properties.attrib}
            if any(not key.startswith(_UNSEEN) for key in told):
                self._seen.add(name)
            if _RAISED.match(str(properties.get(_STYLE + "text-position", ""))):
                self._raised.add(name)
        if self._parents[name]:
            self._seen.add(name)

    def is_seen(self, span: "_Element") -> bool:
        """Whether a reader sees the style of a span that has words; raised ordinals go down."""
        name = span.get(_TEXT + "style-name", "")
        words = "".join(span.itertext())
        if not words.strip() or (name in self._raised and is_ordinal(words)):
            return False
        return name in self._seen or name not in self._parents

    def kind(self, paragraph: "_Element") -> Kind | None:
        """The kind of a paragraph by its style and by what it stands in."""
        for ancestor in paragraph.iterancestors():
            if kind := _KINDS.get(str(ancestor.tag)):
                return kind
            if local_name(ancestor) == "table-cell":
                return Kind.CELL
        name = paragraph.get(_TEXT + "style-name", "")
        for _ in range(8):  # styles stand on others
            for start, kind in _STYLE_KINDS:
                if name.lower().startswith(start):
                    return kind
            name = self._parents.get(name, "")
        return Kind.HEADING if paragraph.tag == _TEXT + "h" else None


def parse(data: bytes, name: str, _file: SourceFile) -> Odt:
    """An OpenDocument text cut into its words and the rest; InputError where it cannot be read."""
    package = Package(data, name, "odt")
    if "mimetype" not in package.members or "content.xml" not in package.members:
        raise InputError(f"{name} is no .odt file; open it in its program and save it as .odt")
    if package.read("mimetype").strip() != MEDIA_TYPE.encode():
        raise InputError(f"{name} is no text document; open it and save it as .odt")
    manifest = "META-INF/manifest.xml"
    if manifest in package.members and b"encryption-data" in package.read(manifest):
        raise InputError(f"{name} is protected by a password; save it without one")
    return Odt(package)


def _recognised(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and MEDIA_TYPE.encode() in data[:200]


FORMAT = of_units(
    "odt",
    (".odt",),
    MEDIA_TYPE,
    "styles, spans, tables, notes, pictures; parts without words byte for byte",
    parse,
    is_text=False,
    recognises=_recognised,
)
