"""Memories of other programs are read with all that they say."""

import pytest

from translate.errors import InputError
from translate.memory import exchange
from translate.memory.store import Unit

TMX = """<?xml version="1.0" encoding="UTF-8"?>
<tmx version="1.4"><header srclang="fr"/><body>{}</body></tmx>"""
OMEGAT = """<tu><prop type="file">a.txt</prop><prop type="prev">Avant.</prop>
<prop type="next">Apr\u00e8s.</prop>
<tuv lang="FR-FR"><seg>Bonjour.</seg></tuv>
<tuv lang="EN-GB" changeid="Ana" changedate="20260102T030405Z"><seg>Hello.</seg></tuv></tu>"""
MATECAT = """<tu creationid="m" creationdate="20250102T030405Z">
<prop type="x-context-pre">Avant.</prop>
<prop type="x-context-post">Apr\u00e8s.</prop>
<tuv xml:lang="fr-FR">
<seg>Bonjour <bpt i="1">&lt;b&gt;</bpt>toi<ept i="1">&lt;/b&gt;</ept>.</seg></tuv>
<tuv xml:lang="en-US">
<seg>Hello <bpt i="1">&lt;b&gt;</bpt>you<ept i="1">&lt;/b&gt;</ept>.</seg></tuv></tu>"""
MEMOQ = """<tu changedate="20250102T030405Z" changeid="q">
<prop type="x-document">a.docx</prop><prop type="x-context-pre">&lt;seg&gt;Avant.&lt;/seg&gt;</prop>
<tuv xml:lang="fr"><seg>Bonjour.</seg></tuv><tuv xml:lang="en"><seg>Hello.</seg></tuv></tu>"""
TRADOS = """<tu changeid="t" changedate="20250102T030405Z"><prop type="x-Origin">TM</prop>
<tuv xml:lang="fr-FR"><seg>Bonjour <ph x="1" type="2"/>.</seg></tuv>
<tuv xml:lang="en-GB"><seg>Hello <ph x="1" type="2"/>.</seg></tuv></tu>"""
DATE = "20250102T030405Z"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (
            OMEGAT,
            Unit("Bonjour.", "Hello.", "Avant.", "Après.", "Ana", "20260102T030405Z", "a.txt"),
        ),
        (MATECAT, Unit("Bonjour toi.", "Hello you.", "Avant.", "Après.", "m", DATE)),
        (MEMOQ, Unit("Bonjour.", "Hello.", "Avant.", "", "q", DATE, "a.docx")),
        (TRADOS, Unit("Bonjour .", "Hello .", author="t", changed=DATE, origin="TM")),
    ],
    ids=["omegat", "matecat", "memoq", "trados"],
)
def test_tmx_of_other_programs(unit: str, expected: Unit) -> None:
    assert list(exchange.read(TMX.format(unit).encode(), "m.tmx")) == [expected]


def test_units_without_one_of_the_languages_are_left_out() -> None:
    unit = '<tu><tuv xml:lang="fr"><seg>Oui.</seg></tuv><tuv xml:lang="de"><seg>Ja</seg></tuv></tu>'
    assert list(exchange.read(TMX.format(unit).encode(), "m.tmx")) == []


def test_xliff_gives_what_somebody_has_translated_with_its_neighbours() -> None:
    data = b"""<xliff version="1.2"><file source-language="fr" target-language="en"><body>
    <trans-unit id="1"><source>Un.</source><target state="translated">One.</target></trans-unit>
    <trans-unit id="2"><source>Deux.</source><target state="new">Two</target></trans-unit>
    <trans-unit id="3"><source>Trois.</source><target>Three.</target></trans-unit>
    </body></file></xliff>"""
    assert list(exchange.read(data, "m.xliff")) == [
        Unit("Un.", "One.", "", "Deux."),
        Unit("Trois.", "Three.", "Deux.", ""),
    ]


def test_tsv_with_and_without_names_of_columns() -> None:
    assert list(exchange.read(b"Oui.\tYes.\n\nNon.\tNo.\tx\n", "m.tsv")) == [
        Unit("Oui.", "Yes."),
        Unit("Non.", "No."),
    ]
    named = b"source\ttarget\tauthor\nOui.\tYes.\tAna\n"
    assert list(exchange.read(named, "m.tsv")) == [Unit("Oui.", "Yes.", author="Ana")]


@pytest.mark.parametrize(
    ("data", "name", "said"),
    [
        (b"x", "m.txt", "is no tmx, tsv"),
        (b"Oui.", "m.tsv", "line 1: no tab"),
        (b"<a/>", "m.tmx", "is no TMX"),
        (b"<a/>", "m.xlf", "is no XLIFF"),
        (b'<!DOCTYPE t [<!ENTITY a "b">]><tmx/>', "m.tmx", "declares entities"),
        (b"<tmx", "m.tmx", "no well-formed XML"),
    ],
)
def test_bad_files_are_refused(data: bytes, name: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        list(exchange.read(data, name))


def test_only_tmx_and_tsv_are_written() -> None:
    with pytest.raises(InputError, match="neither"):
        exchange.write([], "m.xliff")
