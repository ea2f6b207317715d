"""Word files: paragraphs, tables, headers, footers, footnotes and text boxes in English.

A paragraph is a unit; tabs and breaks behind which a line begins part it (`lines`). Runs whose
format is not that of most of its words, links and fields are pairs of codes; pictures and
references to footnotes are single ones. Tracked changes are taken as accepted where a paragraph is
written anew. All other parts of the package stay as they were.
"""

import copy
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import regex

from translate.document import Kind, SourceFile
from translate.errors import InputError
from translate.formats import docx_page
from translate.formats.base import English, Unit, Words, has_words, of_units
from translate.formats.lines import Lines, dealt, lines_of
from translate.formats.ordinals import is_ordinal
from translate.formats.packages import Package
from translate.formats.xml_words import serialised
from translate.notation import markup

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
#: The parts that hold words, by the end of their content types.
_PARTS = {
    "document.main+xml": None,
    "header+xml": Kind.FURNITURE,
    "footer+xml": Kind.FURNITURE,
    "footnotes+xml": None,
    "endnotes+xml": None,
}
_STYLES = (
    (regex.compile(r"title$"), Kind.TITLE),
    (regex.compile(r"(?:heading|toc|subtitle)"), Kind.HEADING),
    (regex.compile(r"caption"), Kind.CAPTION),
    (regex.compile(r"list"), Kind.LIST_ITEM),
)
#: What a paragraph may be cut around; what is in it is as good as in the paragraph.
_TRANSPARENT = frozenset(_W + name for name in "ins moveTo smartTag customXml".split())
_DROPPED = frozenset(
    _W + name
    for name in "del moveFrom proofErr lastRenderedPageBreak softHyphen delText delInstrText "
    "moveFromRangeStart moveFromRangeEnd moveToRangeStart moveToRangeEnd".split()
)
_LOOSE = frozenset(
    _W + name
    for name in "bookmarkStart bookmarkEnd commentRangeStart commentRangeEnd permStart "
    "permEnd".split()
)
_TABS = frozenset(_W + name for name in ("tab", "ptab"))
_BREAKS = _TABS | {_W + "br", _W + "cr"}
#: Raised letters, as Word and as LibreOffice write them.
_RAISED = regex.compile(r'w:val="superscript"|<w:position [^<>]*w:val="[1-9]')
#: What of a run's format is no format that a reader sees.
_UNSEEN = frozenset(_W + name for name in "lang noProof rPrChange ins del webHidden".split())


@dataclass(frozen=True, slots=True)
class _Run:
    """A format: the properties of a run, and how they compare."""

    properties: Any
    key: str


@dataclass(frozen=True, slots=True)
class _Text:
    """Words in a format."""

    text: str
    run: _Run


@dataclass(frozen=True, slots=True)
class _Single:
    """An element that stands alone, in a run with its format or beside the runs.

    `is_break`: a line ends.
    """

    element: Any
    run: _Run
    is_in_run: bool = True
    is_break: bool = False


@dataclass(frozen=True, slots=True)
class _Open:
    """A link or another element around runs begins."""

    element: Any


@dataclass(frozen=True, slots=True)
class _Close:
    """It ends."""


@dataclass(frozen=True, slots=True)
class _Field:
    """The runs before or after the result of a field; the two of a field have the same number."""

    runs: tuple[Any, ...]
    number: int
    opens: bool


_Item = _Text | _Single | _Open | _Close | _Field


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as items; `loose` are bookmarks and the like, which go to its ends."""

    element: Any
    items: list[_Item] = field(default_factory=list)
    loose: list[Any] = field(default_factory=list)
    words: Words[_Item | _Run] = field(default_factory=Words)
    base: _Run | None = None

    def line_end(self) -> str:
        """The code of a new line break."""
        line_end = self.element.makeelement(_W + "br")
        return self.words.line_end(_Single(line_end, self.base or _Run(None, ""), is_break=True))


class Docx:
    """A Word file without its words."""

    def __init__(self, package: Package, name: str) -> None:
        self._package = package
        self._trees: dict[str, Any] = {}
        self._slots: list[tuple[str, _Paragraph, Lines]] = []
        self.units: list[Unit] = []
        styles = _style_names(package)
        for part, kind in _parts(package, name):
            tree = self._trees[part] = package.xml(part)
            for element in tree.iter(_W + "p"):
                self._add(part, element, kind or _kind(element, styles))

    def filled(self, english: Sequence[English]) -> bytes:
        """The file with its English."""
        changed = set()
        mine_of = dealt((lines for *_, lines in self._slots), english)
        for (part, paragraph, lines), mine in zip(self._slots, mine_of, strict=True):
            if any(one.changed for one in mine):
                _write(paragraph, lines.whole(mine, paragraph.line_end))
                changed.add(part)
        return self._package.written({part: serialised(self._trees[part]) for part in changed})

    def _add(self, part: str, element: Any, kind: Kind | None) -> None:
        paragraph = _Paragraph(element)
        _Reader(paragraph).read(element)
        if not any(isinstance(item, _Text) and has_words(item.text) for item in paragraph.items):
            return
        _gather(paragraph)
        lines = lines_of(paragraph.words)
        if lines.units and not paragraph.words.is_full:
            self._slots.append((part, paragraph, lines))
            self.units += [Unit(unit, kind) for unit in lines.units]


def _parts(package: Package, name: str) -> Iterator[tuple[str, Kind | None]]:
    """The parts that hold words, the text first."""
    if "[Content_Types].xml" not in package.members:
        raise InputError(f"{name} is no .docx file; open it in its program and save it as .docx")
    types = package.xml("[Content_Types].xml")
    if any("vbaProject" in member for member in package.members):
        raise InputError(f"{name} has macros in it; save it as .docx without them")
    found = {
        child.get("PartName", "").lstrip("/"): _after(child.get("ContentType", ""), _WORD)
        for child in types.getroot()
    }
    if "document.main+xml" not in found.values():
        raise InputError(f"{name} is no .docx file; open it in its program and save it as .docx")
    for wanted, kind in _PARTS.items():
        for part, content in sorted(found.items()):
            if content == wanted and part in package.members:
                yield part, kind


def _after(text: str, start: str) -> str:
    return text[len(start) :] if text.startswith(start) else ""


def _style_names(package: Package) -> dict[str, str]:
    """Style id -> its name, which is English in every language of Word."""
    if "word/styles.xml" not in package.members:
        return {}
    names = {}
    for style in package.xml("word/styles.xml").iter(_W + "style"):
        name = style.find(_W + "name")
        if name is not None:
            names[style.get(_W + "styleId", "")] = name.get(_W + "val", "").lower()
    return names


def _kind(paragraph: Any, styles: dict[str, str]) -> Kind | None:
    properties = paragraph.find(_W + "pPr")
    if properties is not None:
        style = properties.find(_W + "pStyle")
        name = styles.get(style.get(_W + "val", ""), "") if style is not None else ""
        for pattern, kind in _STYLES:
            if pattern.match(name):
                return kind
        if properties.find(_W + "numPr") is not None:
            return Kind.LIST_ITEM
    inside = paragraph.getparent()
    return Kind.CELL if inside is not None and inside.tag == _W + "tc" else None


class _Reader:
    """Reads what a paragraph holds into its items."""

    def __init__(self, paragraph: _Paragraph) -> None:
        self._paragraph = paragraph
        self._fields: list[int] = []
        self._next_field = 0
        self._instruction: list[Any] | None = None

    def read(self, parent: Any) -> None:
        """The children of a paragraph, or of an element around runs."""
        for child in parent:
            tag = child.tag
            if tag == _W + "r":
                self._read_run(child)
            elif tag in _TRANSPARENT:
                self.read(child)
            elif tag in _LOOSE:
                self._paragraph.loose.append(child)
            elif tag in (_W + "hyperlink", _W + "fldSimple", _W + "sdt"):
                self._put(_Open(child))
                self.read(_inside(child))
                self._put(_Close())
            elif tag != _W + "pPr" and tag not in _DROPPED:
                self._put(_Single(child, _Run(None, ""), is_in_run=False))

    def _read_run(self, run: Any) -> None:
        form = _run_of(run)
        for child in run:
            tag = child.tag
            if tag == _W + "fldChar":
                self._read_field(run, child)
            elif self._instruction is not None:
                if tag != _W + "rPr":
                    self._instruction.append(_alone(run, child))
            elif tag == _W + "t":
                self._put(_Text(child.text or "", form))
            elif tag == _W + "noBreakHyphen":
                self._put(_Text("\u2011", form))
            elif tag != _W + "rPr" and tag not in _DROPPED:
                self._put(_Single(child, form, is_break=tag in _BREAKS))

    def _read_field(self, run: Any, mark: Any) -> None:
        kind = mark.get(_W + "fldCharType")
        if kind == "begin":
            if self._instruction is None:
                self._instruction = []
            self._instruction.append(_alone(run, mark))
            self._fields.append(self._next_field)
            self._next_field += 1
        elif self._instruction is not None:
            self._instruction.append(_alone(run, mark))
            if kind == "separate" or len(self._fields) == 1:
                self._put(_Field(tuple(self._instruction), self._fields[-1], kind == "separate"))
                self._instruction = None
            if kind == "end":
                self._fields.pop()
        elif kind == "end" and self._fields:
            self._put(_Field((_alone(run, mark),), self._fields.pop(), opens=False))
        else:
            self._put(_Field((_alone(run, mark),), -1, opens=False))

    def _put(self, item: _Item) -> None:
        items = self._paragraph.items
        last = items[-1] if items else None
        if isinstance(item, _Text) and isinstance(last, _Text) and last.run.key == item.run.key:
            items[-1] = _Text(last.text + item.text, last.run)
        elif not (isinstance(item, _Text) and not item.text):
            items.append(item)


def _run_of(run: Any) -> _Run:
    from lxml import etree

    properties = run.find(_W + "rPr")
    if properties is None:
        return _Run(None, "")
    seen = sorted(etree.tostring(p, method="c14n") for p in properties if p.tag not in _UNSEEN)
    return _Run(properties, b"".join(seen).decode())


def _alone(run: Any, child: Any) -> Any:
    """A run that has only this child."""
    new = run.makeelement(run.tag, dict(run.attrib))
    if (properties := run.find(_W + "rPr")) is not None:
        new.append(copy.deepcopy(properties))
    new.append(copy.deepcopy(child))
    return new


def _gather(paragraph: _Paragraph) -> None:
    """The words of a paragraph with their codes."""
    paragraph.base = base = _base(paragraph.items)
    words = paragraph.words
    links: list[int] = []
    whole = _whole_fields(paragraph.items)
    fields: dict[int, int] = {}
    for item in paragraph.items:
        if isinstance(item, _Text):
            is_base = item.run.key == base.key or not item.text.strip() or _raised(item)
            number = -1 if is_base else words.open(item.run)
            words.add(item.text)
            if number >= 0:
                words.close(number, item.run)
        elif isinstance(item, _Open):
            links.append(words.open(item))
        elif isinstance(item, _Close):
            words.close(links.pop(), item)
        elif isinstance(item, _Field) and item.number in whole and item.opens:
            fields[item.number] = words.open(item)
        elif isinstance(item, _Field) and item.number in whole:
            words.close(fields[item.number], item)
        else:
            if isinstance(item, _Single) and item.is_break:
                words.line_break(item, always=_parts_always(item.element))
            else:
                words.single(item)


def _parts_always(element: Any) -> bool:
    """Whether it is a tab, or the end of a page or column, and no mere line break."""
    return element.tag in _TABS or element.get(_W + "type") in ("page", "column")


def _whole_fields(items: Sequence[_Item]) -> set[int]:
    """The fields that begin and end here, well nested with the links."""
    whole: set[int] = set()
    inside: list[int] = []
    for item in items:
        if isinstance(item, _Open):
            inside.append(-1)
        elif isinstance(item, _Field) and item.opens:
            inside.append(item.number)
        elif isinstance(item, _Close):
            while inside.pop() >= 0:
                pass
        elif isinstance(item, _Field) and inside and inside[-1] == item.number:
            whole.add(inside.pop())
    return whole


def _raised(item: _Text) -> bool:
    return _RAISED.search(item.run.key) is not None and is_ordinal(item.text)


def _base(items: Sequence[_Item]) -> _Run:
    """The format of most of the words."""
    sizes: Counter[str] = Counter()
    runs: dict[str, _Run] = {}
    depth = 0
    for item in items:
        depth += isinstance(item, _Open) - isinstance(item, _Close)
        if isinstance(item, _Text) and not _raised(item):
            sizes[item.run.key] += len(item.text.strip()) * (1 if depth else 1000)
            runs.setdefault(item.run.key, item.run)
    key = max(sizes, key=lambda k: sizes[k]) if sizes else ""
    return runs.get(key, _Run(None, ""))


def _write(paragraph: _Paragraph, text: str) -> None:
    """Set a paragraph anew from a text with codes."""
    element = paragraph.element
    for child in list(element):
        if child.tag != _W + "pPr":
            element.remove(child)
    ends = [child for child in paragraph.loose if str(child.tag).endswith("End")]
    for child in paragraph.loose:
        if child not in ends:
            element.append(child)
    assert paragraph.base is not None
    inside, formats = [element], [paragraph.base]
    codes = paragraph.words.written(text)
    pieces = markup.pieces(text)
    for number, (piece, code) in enumerate(zip(pieces, codes, strict=True)):
        is_opening = markup.is_code(piece[0]) and markup.code_kind(piece) is markup.TokenKind.OPEN
        if isinstance(code, str):
            following = codes[number + 1] if number + 1 < len(codes) else None
            is_before_break = isinstance(following, _Single) and following.is_break
            inside[-1].append(
                _run(element, code.rstrip(" ") if is_before_break else code, formats[-1])
            )
        elif isinstance(code, _Run):
            formats = [*formats, code] if is_opening else formats[:-1]
        elif isinstance(code, _Open):
            inside[-1].append(code.element)
            inside.append(_inside(code.element))
            for child in list(inside[-1]):
                inside[-1].remove(child)
        elif isinstance(code, _Close):
            inside.pop()
        elif isinstance(code, _Field):
            inside[-1].extend(code.runs)
        else:
            assert isinstance(code, _Single)
            _append_single(inside[-1], code)
    element.extend(ends)


def _inside(element: Any) -> Any:
    """Where the runs of an element around runs are."""
    content = element.find(_W + "sdtContent")
    return element if content is None else content


def _append_single(parent: Any, single: _Single) -> None:
    if not single.is_in_run:
        parent.append(single.element)
        return
    run = parent.makeelement(_W + "r")
    if single.run.properties is not None:
        run.append(copy.deepcopy(single.run.properties))
    run.append(single.element)
    parent.append(run)


def _run(near: Any, text: str, form: _Run) -> Any:
    run = near.makeelement(_W + "r")
    if form.properties is not None:
        properties = copy.deepcopy(form.properties)
        for change in properties.findall(_W + "rPrChange"):
            properties.remove(change)
        for language in properties.findall(_W + "lang"):
            if language.get(_W + "val", "").lower().startswith("fr"):
                language.set(_W + "val", "en-US")
        run.append(properties)
    words = run.makeelement(_W + "t")
    words.text = docx_page.clean(text)
    words.set(_XML_SPACE, "preserve")
    run.append(words)
    return run


def parse(data: bytes, name: str, _file: SourceFile) -> Docx:
    """A Word file cut into its words and the rest; InputError where it cannot be read."""
    return Docx(Package(data, name, "docx"), name)


def _recognised(data: bytes) -> bool:
    return data.startswith(b"PK\x03\x04") and b"word/" in data


FORMAT = of_units(
    "docx",
    (".docx",),
    MEDIA_TYPE,
    "styles, runs, tables, notes, pictures; parts without words byte for byte",
    parse,
    is_text=False,
    recognises=_recognised,
    make=docx_page.article,
)
