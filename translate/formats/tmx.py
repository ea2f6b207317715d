"""TMX 1.4b: any article as translation units, and units whose English is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.document import Kind, Origin, SourceFile, Translation
from translate.errors import InputError
from translate.formats.base import Core, English, Unit, Words, core_of, has_words, of_units
from translate.formats.xml_words import (
    Code,
    local_name,
    parse_xml,
    serialised,
    set_words,
    words_of,
)
from translate.notation import markup

if TYPE_CHECKING:
    from lxml.etree import _Element

LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
#: What a memory says of itself.
HEADER = {
    "creationtool": "depeche",
    "creationtoolversion": "1",
    "segtype": "sentence",
    "o-tmf": "depeche",
    "adminlang": "en",
    "srclang": "fr",
    "datatype": "plaintext",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit without English: its element, and the words of its French."""

    unit: Any
    words: Words[Code]
    core: Core


class Tmx:
    """A translation memory; its units with French and without English are translated."""

    def __init__(self, data: bytes, name: str) -> None:
        self._tree = parse_xml(data, name)
        root = self._tree.getroot()
        if local_name(root) != "tmx":
            raise InputError(f"{name} is no TMX: its root is <{local_name(root)}>")
        entries = map(_entry, root.iter("tu"))
        self._entries = [one for one in entries if one and has_words(one.core.text)]
        self.units = [Unit(entry.core.text, Kind.PARAGRAPH) for entry in self._entries]

    def filled(self, english: Sequence[English]) -> bytes:
        """The memory with the missing English."""
        for entry, one in zip(self._entries, english, strict=True):
            if one.changed:
                segment = _variant(entry.unit, "en")
                text = entry.core.lead + one.text + entry.core.trail
                set_words(segment, entry.words, text)
        return serialised(self._tree)


def _entry(unit: "_Element") -> Entry | None:
    found = {language_of(variant): variant for variant in unit.iter("tuv")}
    french = next((v for code, v in found.items() if code.startswith("fr")), None)
    segment = None if french is None else french.find("seg")
    english = [v.find("seg") for code, v in found.items() if code.startswith("en")]
    if segment is None or any(s is not None and "".join(s.itertext()).strip() for s in english):
        return None
    words = words_of(segment, lambda child: local_name(child) == "hi")
    return None if words.is_full else Entry(unit, words, core_of(words.text))


def language_of(variant: "_Element") -> str:
    """The code of a variant's language, in small letters; empty where there is none."""
    return (variant.get(LANGUAGE) or variant.get("lang") or "").lower()


def _variant(unit: "_Element", language: str) -> "_Element":
    """The segment of a language, made where it is missing."""
    from lxml import etree

    for variant in unit.iter("tuv"):
        if language_of(variant).startswith(language):
            break
    else:
        variant = etree.SubElement(unit, "tuv", {LANGUAGE: language})
    segment = variant.find("seg")
    found: _Element = etree.SubElement(variant, "seg") if segment is None else segment
    return found


def write(translation: Translation) -> bytes:
    """The sentences of an article that were translated, each a unit; repeated ones once."""
    from lxml import etree

    root = etree.Element("tmx", {"version": "1.4"})
    etree.SubElement(root, "header", HEADER)
    body = etree.SubElement(root, "body")
    pairs = {
        (markup.without_codes(segment.source), markup.without_codes(segment.target)): None
        for segment in translation.segments()
        if segment.origin is not Origin.KEPT
    }
    for pair in pairs:
        unit = etree.SubElement(body, "tu")
        for language, text in zip(("fr", "en"), pair, strict=True):
            words: Words[Code] = Words()
            words.add(text)
            set_words(_variant(unit, language), words, words.text)
    etree.indent(root)
    return serialised(etree.ElementTree(root))


def parse(data: bytes, name: str, _file: SourceFile) -> Tmx:
    """A translation memory; InputError for other XML."""
    return Tmx(data, name)


FORMAT = of_units(
    "tmx",
    (".tmx",),
    "application/x-tmx+xml",
    "units that have English; the others get theirs",
    parse,
    is_text=False,
    recognises=lambda data: b"<tmx" in data[:2000],
    make=write,
)
