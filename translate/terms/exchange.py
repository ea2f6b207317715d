"""Termbases in and out: our own lines, CSV, and TBX Basic, which terminology programs exchange."""

import csv
import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from translate.errors import InputError
from translate.files import read_bytes
from translate.formats.encodings import decode
from translate.formats.xml_words import local_name, parse_xml
from translate.terms.termbase import (
    Term,
    Termbase,
    given_terms,
    read_termbase,
    with_bare_names,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_TBX = "urn:iso:std:iso:30042:ed-2"
#: Elements of a concept and of its languages, as the editions of 2008 and 2019 call them.
_CONCEPTS = ("{*}termEntry", "{*}conceptEntry")
_LANGUAGES = ("{*}langSet", "{*}langSec")
_HEADS = ({"french", "english"}, {"fr", "en"}, {"source", "target"})


def read_terms(data: bytes, name: str) -> list[Term]:
    """The terms of a file; its ending says which kind it is.

    Raises InputError for another kind or a file that is broken, UsageError for a term that cannot
    be one (see `termbase.given_terms`).
    """
    ending = name.lower().rpartition(".")[2]
    if ending not in READERS:
        raise InputError(f"{name} is no {', '.join(READERS)}; export the terms as TBX or CSV")
    pairs = READERS[ending](data, name)
    return list(given_terms(_lines(pairs), name))


def termbase_of(path: Path) -> Termbase:
    """The termbase of a file: CSV and TBX by their endings, any other as our own lines."""
    if path.suffix.lower() not in (".csv", ".tbx"):
        return read_termbase(path)
    return Termbase(tuple(with_bare_names(read_terms(read_bytes(path), path.name))))


def write_terms(terms: Iterable[Term], form: str) -> bytes:
    """A file of terms: "tsv", "csv" or "tbx"."""
    return WRITERS[form](terms)


def line_of(term: Term) -> str:
    """A term as a line of a termbase."""
    return f"{term.french}\t{term.written}"


def _lines(pairs: Iterable[tuple[str, str]]) -> str:
    """Pairs as the lines of a termbase; of a French term given twice all the English."""
    english: dict[str, dict[str, None]] = {}
    for pair in pairs:
        french, other = (" ".join(text.split()) for text in pair)
        if french and other:
            english.setdefault(french, {}).update(dict.fromkeys(other.split(" | ")))
    return "".join(f"{french}\t{' | '.join(words)}\n" for french, words in english.items())


def _read_tsv(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    terms = given_terms(decode(data, name).text, name)
    return ((term.french, term.written) for term in terms)


def _read_csv(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Two columns, French and English; a first line may name them, in either order."""
    text = decode(data, name).text.removeprefix("\ufeff")
    comma = ";" if text.partition("\n")[0].count(";") else ","
    rows = [row for row in csv.reader(io.StringIO(text, newline=""), delimiter=comma) if any(row)]
    head = [cell.strip().lower() for cell in rows[0]] if rows else []
    named = next((names for names in _HEADS if names <= set(head)), None)
    places = (0, 1)
    if named:
        places = tuple(head.index(one) for one in sorted(named, key=_is_english))  # type: ignore[assignment]
    for number, row in enumerate(rows, 1):
        if number == 1 and named:
            continue
        if len(row) <= max(places):
            raise InputError(f"{name}, row {number}: two columns are needed, French and English")
        yield row[places[0]], row[places[1]]


def _is_english(column: str) -> bool:
    return column in ("english", "en", "target")


def _read_tbx(data: bytes, name: str) -> Iterator[tuple[str, str]]:
    """The French of each concept with its English; a concept that lacks one is left out."""
    root = parse_xml(data, name).getroot()
    if local_name(root) not in ("martif", "tbx"):
        raise InputError(f"{name} is no TBX: its root is <{local_name(root)}>")
    for concept in root.iter(*_CONCEPTS):
        terms = {"fr": list(_terms(concept, "fr")), "en": list(_terms(concept, "en"))}
        for french in terms["fr"]:
            for english in terms["en"]:
                yield french, english


def _terms(concept: "_Element", language: str) -> Iterator[str]:
    for section in concept.iterchildren(*_LANGUAGES):
        given = section.get(_LANGUAGE) or section.get("lang") or ""
        if given.lower().partition("-")[0] == language:
            yield from ("".join(term.itertext()) for term in section.iter("{*}term"))


def _write_tsv(terms: Iterable[Term]) -> bytes:
    return "".join(f"{line_of(term)}\n" for term in terms).encode()


def _write_csv(terms: Iterable[Term]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("French", "English"))
    writer.writerows(line_of(term).split("\t") for term in terms)
    return out.getvalue().encode("utf-8-sig")  # or spreadsheets take it for another encoding


def _write_tbx(terms: Iterable[Term]) -> bytes:
    """TBX Basic of 2019 (ISO 30042:2019), its categories as attributes (DCA)."""
    from lxml import etree

    root = etree.Element(f"{{{_TBX}}}tbx", {"style": "dca", "type": "TBX-Basic"}, {None: _TBX})
    root.set(_LANGUAGE, "fr")

    def add(parent: "_Element", tag: str, text: str | None = None) -> "_Element":
        made = etree.SubElement(parent, f"{{{_TBX}}}{tag}")
        made.text = text
        return made

    source = add(add(add(root, "tbxHeader"), "fileDesc"), "sourceDesc")
    add(source, "p", "Depeche")
    body = add(add(root, "text"), "body")
    for number, term in enumerate(terms, 1):
        concept = add(body, "conceptEntry")
        concept.set("id", f"c{number}")
        for language, words in (("fr", (term.french,)), ("en", term.choices)):
            section = add(concept, "langSec")
            section.set(_LANGUAGE, language)
            for word in words:
                add(add(section, "termSec"), "term", word)
    found: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)
    return found


READERS: dict[str, Callable[[bytes, str], Iterator[tuple[str, str]]]] = {
    "tsv": _read_tsv,
    "txt": _read_tsv,
    "csv": _read_csv,
    "tbx": _read_tbx,
}
WRITERS: dict[str, Callable[[Iterable[Term]], bytes]] = {
    "tsv": _write_tsv,
    "csv": _write_csv,
    "tbx": _write_tbx,
}
