"""Units in and out of the files of other programs: TMX, tab-separated lines, XLIFF."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, fields, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import regex

from translate.errors import InputError
from translate.formats.encodings import decode
from translate.formats.tmx import HEADER, LANGUAGE, language_of
from translate.formats.xml_words import local_name, parse_xml, units_of
from translate.memory.store import Unit

if TYPE_CHECKING:
    from lxml.etree import _Element

#: Elements whose words belong to the sentence; those of the others are codes.
_HOLDING = frozenset("hi g mrk pc sub".split())
#: Properties of a unit, as ours, OmegaT's, MateCat's and memoQ's files call them.
_PROPERTIES = {
    "before": ("prev", "x-context-pre"),
    "after": ("next", "x-context-post"),
    "article": ("file", "x-document"),
    "origin": ("x-origin",),
}
#: States of an XLIFF target that nobody has confirmed.
_OPEN_STATES = frozenset("new initial needs-translation needs-review-translation".split())
#: memoQ writes its context as an element of its own.
_SEGMENT = regex.compile(r"\A<seg>|</seg>\Z")
_NAMES = [field.name for field in fields(Unit)]


def read(data: bytes, name: str) -> Iterator[Unit]:
    """The units of a file; its ending says which kind it is. InputError for others."""
    ending = name.lower().rpartition(".")[2]
    if ending not in READERS:
        raise InputError(f"{name} is no {', '.join(READERS)}; export it as TMX")
    return (unit.clean() for unit in READERS[ending](data, name))


def write(units: Iterable[Unit], name: str) -> bytes:
    """A TMX or TSV file of units, by the ending of its name."""
    ending = name.lower().rpartition(".")[2]
    if ending not in WRITERS:
        raise InputError(f"{name} is neither .tmx nor .tsv; give it one of these endings")
    return WRITERS[ending](units)


def read_tmx(data: bytes, name: str) -> Iterator[Unit]:
    """The French and English of each unit, without their codes."""
    for element in units_of(data, name, root="tmx", unit="tu"):
        variants = {language_of(one)[:2]: one for one in element.iter("tuv")}
        texts = [_segment(variants[code]) if code in variants else "" for code in ("fr", "en")]
        if all(texts):
            yield _tmx_unit(element, variants["en"], *texts)


def _tmx_unit(element: "_Element", english: "_Element", source: str, target: str) -> Unit:
    said = {
        (one.get("type") or "").lower(): _text(one)
        for holder in (english, element)
        for one in holder.iterchildren("prop")
    }
    known = {
        name: next((_SEGMENT.sub("", said[kind]) for kind in kinds if kind in said), "")
        for name, kinds in _PROPERTIES.items()
    }
    return Unit(
        source,
        target,
        author=_attribute((element, english), "changeid", "creationid"),
        changed=_attribute((element, english), "changedate", "creationdate"),
        **known,
    )


def _attribute(elements: Iterable["_Element"], *names: str) -> str:
    return next((e.get(n) or "" for e in elements for n in names if e.get(n)), "")


def _segment(variant: "_Element") -> str:
    found = next((child for child in variant if local_name(child) == "seg"), None)
    return "" if found is None else _text(found).strip()


def _text(element: "_Element") -> str:
    """The words of an element; those of its codes are none."""
    parts = [element.text or ""]
    for child in element:
        if local_name(child) in _HOLDING or local_name(child) == "seg":
            parts.append(_text(child))
        parts.append(child.tail or "")
    return "".join(parts)


def write_tmx(units: Iterable[Unit]) -> bytes:
    """TMX 1.4 with all that is known of each unit."""
    from lxml import etree

    out = io.BytesIO()
    with etree.xmlfile(out, encoding="utf-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            file.write(etree.Element("header", HEADER))
            with file.element("body"):
                for unit in units:
                    file.write("\n")
                    file.write(_tmx_element(unit))
    return out.getvalue() + b"\n"


def _tmx_element(unit: Unit) -> "_Element":
    from lxml import etree

    element = etree.Element("tu")
    for name, value in (("changeid", unit.author), ("changedate", unit.changed)):
        if value:
            element.set(name, value)
    for name, kinds in _PROPERTIES.items():
        if value := getattr(unit, name):
            etree.SubElement(element, "prop", {"type": kinds[0]}).text = value
    for language, text in (("fr", unit.source), ("en", unit.target)):
        variant = etree.SubElement(element, "tuv", {LANGUAGE: language})
        etree.SubElement(variant, "seg").text = text
    return element


def read_tsv(data: bytes, name: str) -> Iterator[Unit]:
    """Lines of French and English; a first line that names its columns may name more."""
    csv.field_size_limit(max(len(data), 131_072))
    lines = csv.reader(io.StringIO(decode(data, name).text, newline=""), "excel-tab")
    columns = _NAMES[:2]
    for number, row in enumerate(lines, 1):
        if number == 1 and row[:2] == columns:
            columns = row
        elif len(row) < 2 and any(row):
            raise InputError(f"{name}, line {number}: no tab; write French, a tab, English")
        elif row:
            known = {key: value for key, value in zip(columns, row, strict=False) if key in _NAMES}
            yield Unit(**known)


def write_tsv(units: Iterable[Unit]) -> bytes:
    """Lines of all columns, the first names them."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, "excel-tab", lineterminator="\n")
    writer.writerow(_NAMES)
    writer.writerows(map(astuple, units))
    return out.getvalue().encode()


def read_xliff(data: bytes, name: str) -> Iterator[Unit]:
    """The segments that somebody has translated, with their neighbours."""
    root = parse_xml(data, name).getroot()
    if local_name(root) != "xliff":
        raise InputError(f"{name} is no XLIFF: its root is <{local_name(root)}>")
    found = [_xliff_unit(element) for element in root.iter("{*}trans-unit", "{*}segment")]
    nothing = Unit("", "")
    for (before, unit), (_, after) in pairwise(pairwise([nothing, *found, nothing])):
        if unit.target:
            yield replace(unit, before=before.source, after=after.source)


def _xliff_unit(element: "_Element") -> Unit:
    parts = {local_name(child): child for child in element if local_name(child)}
    source, target = parts.get("source"), parts.get("target")
    if source is None or target is None:
        return Unit("" if source is None else _text(source), "")
    is_open = (target.get("state") or element.get("state") or "") in _OPEN_STATES
    by_us = element.get("subState") == "depeche:needs-review"
    return Unit(_text(source), "" if is_open or by_us else _text(target))


READERS: dict[str, Callable[[bytes, str], Iterator[Unit]]] = {
    "tmx": read_tmx,
    "tsv": read_tsv,
    "xliff": read_xliff,
    "xlf": read_xliff,
}
WRITERS: dict[str, Callable[[Iterable[Unit]], bytes]] = {"tmx": write_tmx, "tsv": write_tsv}
