"""XLIFF 1.2 and 2: segments that nobody has translated get their English, findings as notes.

What somebody has translated stays. Inline codes (`g`, `x`, `ph`, `pc`, ...) stand around the right
words. In 1.2 the other hypotheses and the matches of a memory are `alt-trans`; a unit that another
program has cut into segments (`seg-source`, as Trados does) keeps their marks in its target.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from translate.document import Kind, SourceFile, TranslatedSegment
from translate.errors import InputError
from translate.formats.base import English, Unit, Words, of_units
from translate.formats.lines import Lines, lines_of
from translate.formats.xml_words import (
    Code,
    empty,
    local_name,
    parse_xml,
    serialised,
    set_words,
    words_of,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENCLOSING = frozenset("g mrk pc".split())
#: States of a target that a person has not worked on (1.2 and 2).
_OPEN_STATES = frozenset("new needs-translation initial".split())
_ORIGIN = "depeche"


@dataclass(frozen=True, slots=True)
class Entry:
    """A segment: the element of its French, what holds source and target, and its words.

    `mid` is the number of its mark in a unit of several segments; else empty.
    """

    holder: Any
    french: Any
    mid: str
    words: Words[Code]
    lines: Lines

    def with_codes(self, text: str) -> str:
        """English with what stands around it and the line breaks in it."""
        before, behind = self.lines.between
        return before + self.lines.broken(0, text) + behind


class Xliff:
    """A file of segments without their words."""

    def __init__(self, data: bytes, name: str) -> None:
        self._tree = parse_xml(data, name)
        root = self._tree.getroot()
        if local_name(root) != "xliff":
            raise InputError(f"{name} is no XLIFF: its root is <{local_name(root)}>")
        self._is_old = root.get("version", "1.2").startswith("1")
        _check_languages(root, name)
        entries = (entry for holder in _holders(root) for entry in _entries(holder))
        self._entries = [entry for entry in entries if entry.lines.units]
        self.units = [Unit(entry.lines.units[0], Kind.PARAGRAPH) for entry in self._entries]

    def filled(self, english: Sequence[English]) -> bytes:
        """The file with a target for each segment."""
        for entry, one in zip(self._entries, english, strict=True):
            if one.changed:
                self._fill(entry, one)
        self._name_target()
        return serialised(self._tree)

    def _fill(self, entry: Entry, one: English) -> None:
        target = _target(entry.holder)
        place = _marked(target, entry) if entry.mid else target
        set_words(place, entry.words, entry.with_codes(one.text))
        target.attrib.pop("state", None)
        if self._is_old:
            target.set("state", "needs-review-translation")
            self._old_extras(entry, one)
        else:
            entry.holder.set("state", "translated")
            entry.holder.set("subState", "depeche:needs-review")
            self._notes(entry.holder.getparent(), one)

    def _old_extras(self, entry: Entry, one: English) -> None:
        for message in _messages(one):
            note = _new(entry.french, "note")
            note.set("from", _ORIGIN)
            note.text = message
            _add(entry.holder, note)
        if len(one.block.segments) != 1:
            return
        for text, facts in _others(one.block.segments[0]):
            alternative = _new(entry.french, "alt-trans")
            alternative.attrib.update(facts | ({"mid": entry.mid} if entry.mid else {}))
            target = _new(entry.french, "target")
            set_words(target, entry.words, entry.with_codes(text))
            alternative.append(target)
            _add(entry.holder, alternative)

    @staticmethod
    def _notes(unit: "_Element", one: English) -> None:
        messages = list(_messages(one))
        if not messages:
            return
        notes = _child(unit, "notes")
        if notes is None:
            notes = _new(unit, "notes")
            unit.insert(0, notes)
        for message in messages:
            note = _new(unit, "note")
            note.set("category", _ORIGIN)
            note.text = message
            notes.append(note)

    def _name_target(self) -> None:
        root = self._tree.getroot()
        if not self._is_old:
            root.set("trgLang", root.get("trgLang", "en"))
            return
        for file in root.iter("{*}file"):
            file.set("target-language", file.get("target-language", "en"))


def _check_languages(root: "_Element", name: str) -> None:
    """Raise InputError unless the file goes from French to English."""
    for element in [root, *root.iter("{*}file")]:
        for attributes, wanted in (
            (("source-language", "srcLang"), "fr"),
            (("target-language", "trgLang"), "en"),
        ):
            for language in filter(None, map(element.get, attributes)):
                if not language.lower().startswith(wanted):
                    raise InputError(
                        f"{name} has the language {language!r} where {wanted!r} is expected: the "
                        "desk translates French into English only"
                    )


def _holders(root: "_Element") -> Iterator["_Element"]:
    for element in root.iter("{*}trans-unit", "{*}segment"):
        lineage = [element, *element.iterancestors()]
        said = next((e.get("translate") for e in lineage if e.get("translate")), "yes")
        if said != "no" and element.get("approved") != "yes":
            yield element


def _entries(holder: "_Element") -> Iterator[Entry]:
    """The segments of a unit that nobody has translated."""
    source, target = _child(holder, "source"), _child(holder, "target")
    if source is None:
        return
    state = (None if target is None else target.get("state")) or holder.get("state") or ""
    marks = _marks(_child(holder, "seg-source"))
    english = _marks(target)
    is_cut = bool(marks and english)
    if target is not None and not is_cut and not _is_open(source, target, state):
        return
    pairs = {mid: (mark, english.get(mid)) for mid, mark in marks.items()}
    for mid, (french, written) in (pairs or {"": (source, target)}).items():
        words = words_of(french, lambda child: local_name(child) in _ENCLOSING)
        if not words.is_full and (written is None or _is_open(french, written, state)):
            yield Entry(holder, french, mid, words, lines_of(words, parted=False))


def _is_open(source: "_Element", target: "_Element", state: str) -> bool:
    """Whether a target is empty, a copy of the French, or marked as not yet translated."""
    written, french = ("".join(element.itertext()).strip() for element in (target, source))
    return written in ("", french) or state in _OPEN_STATES


def _marks(element: "_Element | None") -> "dict[str, _Element]":
    """The segments inside a source or a target by their numbers; none where these are not sound."""
    found = [] if element is None else list(element.iter("{*}mrk"))
    marks = [mark for mark in found if mark.get("mtype") == "seg"]
    by_number = {mark.get("mid", ""): mark for mark in marks}
    return by_number if len(by_number) == len(marks) and "" not in by_number else {}


def _target(holder: "_Element") -> "_Element":
    """The target of a unit, a new one where it has none."""
    target = _child(holder, "target")
    if target is None:
        source = _child(holder, "source")
        assert source is not None
        target = _new(source, "target")
        last = _child(holder, "seg-source")
        (source if last is None else last).addnext(target)
        target.tail, source.tail = source.tail, source.tail
    return target


def _marked(target: "_Element", entry: Entry) -> "_Element":
    """Where the English of a marked segment goes; a target without its mark is cut as the French.

    What is written in its other marks stays.
    """
    written = _marks(target)
    if entry.mid in written:
        return written[entry.mid]
    cut = deepcopy(_child(entry.holder, "seg-source"))
    assert cut is not None
    places = _marks(cut)
    for mid, place in places.items():
        _fill_from(place, written.get(mid))
    _fill_from(target, cut)
    return places[entry.mid]


def _fill_from(element: "_Element", other: "_Element | None") -> None:
    """Put what is in another element, if any, in the place of what is in this one."""
    empty(element)
    if other is not None:
        element.text = other.text
        element.extend(list(other))


def _others(segment: TranslatedSegment) -> Iterator[tuple[str, dict[str, str]]]:
    """The other hypotheses, and what the memories have, with how like it is; each text once."""
    found = {other.text: {"origin": _ORIGIN} for other in segment.alternatives}
    for match in segment.matches:
        quality = str(min(match.score, 100))
        found[match.target] = {"origin": f"{_ORIGIN} memory", "match-quality": quality}
    return ((text, facts) for text, facts in found.items() if text != segment.target)


def _messages(one: English) -> Iterator[str]:
    for segment in one.block.segments:
        for finding in segment.findings:
            yield f"{finding.severity}: {finding.message}"


def _add(unit: "_Element", element: "_Element") -> None:
    """Put a note or an alternative into a unit of 1.2, before what is not of XLIFF."""
    space = unit.tag[: unit.tag.rfind("}") + 1]
    own = [child for child in unit if isinstance(child.tag, str) and child.tag.startswith(space)]
    own[-1].addnext(element)


def _child(element: "_Element", name: str) -> "_Element | None":
    return next((child for child in element if local_name(child) == name), None)


def _new(like: "_Element", name: str) -> "_Element":
    """A new element in the namespace of another one."""
    from lxml import etree

    made: _Element = etree.Element(etree.QName(etree.QName(like).namespace, name))
    return made


def parse(data: bytes, name: str, _file: SourceFile) -> Xliff:
    """XLIFF of any version; InputError for other XML and other languages."""
    return Xliff(data, name)


FORMAT = of_units(
    "xliff",
    (".xlf", ".xliff", ".mxliff", ".sdlxliff", ".mqxliff"),
    "application/xliff+xml",
    "targets that somebody has written, inline codes, notes; findings become notes",
    parse,
    is_text=False,
    recognises=lambda data: b"<xliff" in data[:2000],
)
