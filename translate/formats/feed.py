"""RSS, Atom, NITF and NewsML-G2: headlines, summaries and texts of what agencies deliver."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.document import Kind, SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, Words, of_units
from translate.formats.fields import Field
from translate.formats.lines import Lines, lines_of
from translate.formats.xml_words import (
    Code,
    local_name,
    parse_xml,
    serialised,
    set_words,
    words_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

_ROOTS = frozenset("rss feed RDF entry nitf newsMessage newsItem packageItem NewsML".split())
_KINDS = {
    **dict.fromkeys("title headline hl1 h1".split(), Kind.TITLE),
    **dict.fromkeys("subtitle hl2 h2 h3 h4".split(), Kind.HEADING),
    **dict.fromkeys("media-caption figcaption".split(), Kind.CAPTION),
    "li": Kind.LIST_ITEM,
    **dict.fromkeys(("byline", "by"), Kind.BYLINE),
    **dict.fromkeys(
        "description summary encoded content p abstract subheadline dateline".split(),
        Kind.PARAGRAPH,
    ),
}
#: Elements inside a sentence that hold no words of it.
_SINGLE = frozenset("br img media hr video audio".split())
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Mixed:
    """A text with elements inside it."""

    element: Any
    words: Words[Code]
    lines: Lines
    kind: Kind

    @property
    def units(self) -> list[Unit]:
        """Its lines; none where it is blank."""
        return [Unit(text, self.kind) for text in self.lines.units]

    def fill(self, english: Sequence[English]) -> None:
        """Set its English."""
        if any(one.changed for one in english):
            set_words(self.element, self.words, self.lines.whole(english))


@dataclass(frozen=True, slots=True)
class Plain:
    """A text without elements: lines, or HTML that is escaped or in a CDATA section."""

    element: Any
    field: Field
    kind: Kind

    @property
    def units(self) -> list[Unit]:
        """Its units: one of a headline is of the headline's kind."""
        units = self.field.units
        return [Unit(units[0].text, self.kind)] if len(units) == 1 else list(units)

    def fill(self, english: Sequence[English]) -> None:
        """Set its English, in a CDATA section where there was one."""
        from lxml import etree

        if any(one.changed for one in english):
            text = self.field.filled(english)
            is_cdata = b"<![CDATA[" in etree.tostring(self.element) and "]]>" not in text
            self.element.text = etree.CDATA(text) if is_cdata else text


class Feed:
    """A feed or an agency's article without its words."""

    def __init__(self, data: bytes, name: str) -> None:
        self._tree = parse_xml(data, name)
        root = self._tree.getroot()
        if local_name(root) not in _ROOTS:
            raise InputError(
                f"{name} is XML of a kind that is not read (<{local_name(root)}>); read are RSS, "
                "Atom, NITF, NewsML-G2, XLIFF and TMX"
            )
        self._texts = [text for text in _texts(self._tree) if text.units]
        self.units = [unit for text in self._texts for unit in text.units]

    def filled(self, english: Sequence[English]) -> bytes:
        """The feed with its English."""
        at = 0
        for text in self._texts:
            size = len(text.units)
            text.fill(english[at : at + size])
            at += size
        for element in self._tree.iter("*"):
            if (element.get(_LANGUAGE) or "").lower().startswith("fr"):
                element.set(_LANGUAGE, "en")
            if local_name(element) == "language":
                _set_language(element)
        return serialised(self._tree)


def _texts(tree: "_ElementTree[_Element]") -> Iterator[Mixed | Plain]:
    for element in tree.iter("*"):
        kind = _KINDS.get(local_name(element))
        inside = [local_name(child) for child in element.iterdescendants()]
        if kind is None or any(name in _KINDS for name in inside) or _is_other(element):
            continue
        if not inside:
            yield Plain(element, Field(element.text or ""), kind)
            continue
        words = words_of(element, lambda child: local_name(child) not in _SINGLE)
        if not words.is_full:
            yield Mixed(element, words, lines_of(words), kind)


def _set_language(element: "_Element") -> None:
    """`<language>fr</language>` of RSS, `<language tag="fr"/>` of NewsML-G2."""
    if (element.text or "").lower().startswith("fr"):
        element.text = "en"
    if (element.get("tag") or "").lower().startswith("fr"):
        element.set("tag", "en")


def _is_other(element: "_Element") -> bool:
    """Whether it is said to be in another language than French."""
    inside = [element, *element.iterancestors()][:-1]  # what the root says becomes English
    said = next((e.get(_LANGUAGE) for e in inside if e.get(_LANGUAGE)), "fr")
    return not (said or "fr").lower().startswith("fr")


def parse(data: bytes, name: str, _file: SourceFile) -> Feed:
    """A feed or an article of an agency; InputError for other XML."""
    return Feed(data, name)


FORMAT = of_units(
    "feed",
    (".rss", ".atom", ".xml", ".nitf"),
    "application/xml",
    "all but headlines, summaries and texts of RSS, Atom, NITF and NewsML-G2; HTML inside them",
    parse,
    is_text=False,
    recognises=lambda data: any(
        mark in data[:2000] for mark in (b"<rss", b"<feed", b"<nitf", b"<newsItem", b"<newsMessage")
    ),
)
