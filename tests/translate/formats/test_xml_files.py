"""XLIFF, TMX, PO, feeds: what is filled in, what stays, what is refused."""

from pathlib import Path

import pytest

from tests.fakes import Fake
from tests.translate.formats.test_round_trips import written
from translate import formats
from translate.errors import InputError
from translate.memory.store import Memory, Unit
from translate.pipeline import analyse, translate_document
from translate.settings import Settings

GOLDEN = Path(__file__).parents[2] / "golden" / "formats"
BOMB = (
    '<?xml version="1.0"?><!DOCTYPE xliff [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;">]>'
    "<xliff><file><body><trans-unit><source>&b;</source></trans-unit></body></file></xliff>"
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'
    "<rss><channel><title>&a;</title></channel></rss>"
)


def test_findings_of_a_segment_become_notes() -> None:
    document = formats.read((GOLDEN / "segments.xlf").read_bytes(), "a.xlf")
    done = translate_document(document, Fake(lambda source: "twelve 12 things"))
    page = formats.writer("xliff")(done).decode()
    assert (
        '<note from="depeche">error: 12 in the English, no such number in the French</note>' in page
    )
    assert "<note>à relire</note>" in page
    new = formats.read((GOLDEN / "segments-2.xliff").read_bytes(), "a.xliff")
    done = translate_document(new, Fake(lambda source: "twelve 12 things"))
    assert '<notes><note category="depeche">error: 12 in' in formats.writer("xliff")(done).decode()


def test_alternatives_of_a_segment_are_kept_beside_it() -> None:
    document = formats.read((GOLDEN / "segments.xlf").read_bytes(), "a.xlf")
    done = translate_document(document, Fake(lambda s: ["It reopens.", "It will reopen."]))
    page = formats.writer("xliff")(done).decode()
    assert '<alt-trans origin="depeche"><target>It will reopen.</target></alt-trans>' in page


def test_a_unit_of_several_segments_keeps_their_marks() -> None:
    document = formats.read((GOLDEN / "segments.sdlxliff").read_bytes(), "a.sdlxliff")
    done = translate_document(document, Fake(lambda source: [source.upper(), source.title()]))
    page = formats.writer("xliff")(done).decode()
    assert (
        '<target state="needs-review-translation"><g id="5"><mrk mtype="seg" mid="1">LA HALLE '
        'ROUVRE LUNDI.</mrk> <mrk mtype="seg" mid="2">ELLE A COÛTÉ <g id="6">DEUX MILLIONS</g>.'
        "</mrk></g></target>" in page
    )
    assert (  # what somebody has written into one of them stays
        '<mrk mtype="seg" mid="3">Trading is quiet.</mrk> <mrk mtype="seg" mid="4">LES PRIX '
        "MONTENT.</mrk></target>" in page
    )
    assert "<target>Rain and wind.</target>" in page
    other = page.index('<alt-trans origin="depeche" mid="1"><target>La Halle')
    assert other < page.index("<sdl:seg-defs>")  # what is not of XLIFF comes last


@pytest.mark.parametrize("marks", ['mid="1"', 'mid=""', ""])
def test_segments_without_sound_numbers_are_translated_as_one(marks: str) -> None:
    data = (
        '<xliff version="1.2"><file source-language="fr"><trans-unit><source>Il pleut. Il vente.'
        f'</source><seg-source><mrk mtype="seg" {marks}>Il pleut.</mrk> <mrk mtype="seg" {marks}>'
        "Il vente.</mrk></seg-source></trans-unit></file></xliff>"
    )
    document = formats.read(data.encode(), "a.xlf")
    page = formats.writer("xliff")(translate_document(document, Fake(str.upper))).decode()
    assert 'translation">IL PLEUT. IL VENTE.</target>' in page


def test_what_somebody_has_translated_stays() -> None:
    for name in ("segments.xlf", "segments-2.xliff", "memoire.tmx", "site.po"):
        document = formats.read((GOLDEN / name).read_bytes(), name)
        words = [document.of(block) for block in document.blocks]
        assert not any("école" in text or text == "La mairie est ouverte." for text in words), name


def test_an_article_of_any_format_is_written_as_a_memory() -> None:
    document = analyse("Le pont est fermé & le port.\n\nLe pont est fermé & le port.\n\nFin & <b>.")
    done = translate_document(document, Fake(str.upper))
    memory = formats.writer("tmx")(done)
    assert memory.count(b"<tu>") == 2
    assert b"<seg>LE PONT EST FERM\xc3\x89 &amp; LE PORT.</seg>" in memory


def test_a_text_that_is_said_to_be_in_another_language_stays() -> None:
    document = formats.read((GOLDEN / "depeche.nitf").read_bytes(), "a.nitf")
    page = written(document, str.upper).decode()
    assert '<p xml:lang="en">“We are sorry,” he said.</p>' in page
    assert '<nitf xml:lang="en">' in page


@pytest.mark.parametrize(
    ("text", "name", "message"),
    [
        ("<xliff><file>", "a.xlf", "a.xlf is no well-formed XML"),
        ("<a/>", "a.xlf", "a.xlf is no XLIFF: its root is <a>"),
        ("<a/>", "a.tmx", "a.tmx is no TMX: its root is <a>"),
        ("<svg/>", "a.xml", "a.xml is XML of a kind that is not read (<svg>)"),
        ('<xliff version="2.0" srcLang="de"/>', "a.xlf", "has the language 'de' where 'fr'"),
        ('<xliff><file target-language="it"/></xliff>', "a.xlf", "has the language 'it'"),
        (BOMB, "a.xlf", "declares entities, which are not read"),
        (OUTSIDE, "a.rss", "declares entities, which are not read"),
        ("<rss>" + "<a>" * 5000 + "</a>" * 5000 + "</rss>", "a.rss", "is no well-formed XML"),
        ("Bonjour\nla ville", "a.po", "a.po is no PO catalogue"),
        ("constraints.txt", "a.po", "a.po is no PO catalogue"),
        ('msgid "a\nmsgstr', "a.po", "a.po is no PO catalogue"),
    ],
)
def test_bad_input_is_one_line(text: str, name: str, message: str) -> None:
    with pytest.raises(InputError) as error:
        formats.read(text.encode(), name)
    assert message in str(error.value)
    assert "\n" not in str(error.value)


def test_xliff_has_the_matches_of_a_memory_with_how_like_they_are(tmp_path: Path) -> None:
    with Memory(tmp_path / "m", create=True) as memory:
        memory.add([Unit("Le ministre a parlé hier.", "The minister spoke yesterday.")])
    source = "Le ministre a <g id='1'>chanté</g> hier."
    data = f"""<xliff version="1.2"><file source-language="fr" target-language="en"><body>
        <trans-unit id="1"><source>{source}</source></trans-unit></body></file></xliff>"""
    document = formats.read(data.encode(), "a.xlf")
    settings = Settings(memories=(str(tmp_path / "m"),))
    model = Fake(lambda _: "The minister sang yesterday.")
    out = formats.writer("xliff")(translate_document(document, model, settings)).decode()
    assert (
        '<alt-trans origin="depeche memory" match-quality="84">'
        "<target>The minister spoke yesterday.</target></alt-trans>"
    ) in out


NEWS = (
    '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><newsItem xml:lang="fr"><contentMeta>'
    '<headline>Le pont rouvre</headline><by>Par Anne Petit</by><language tag="fr-FR"/>'
    "</contentMeta></newsItem></newsMessage>"
)


def test_the_languages_and_bylines_of_agencies() -> None:
    document = formats.read(NEWS.encode(), "a.xml")
    kinds = [(block.kind.value, document.of(block)) for block in document.blocks]
    assert kinds == [("title", "Le pont rouvre"), ("byline", "Par Anne Petit")]
    page = written(document, str.upper).decode()
    assert '<language tag="en"/>' in page
    assert '<newsItem xml:lang="en">' in page


@pytest.mark.parametrize(
    ("inner", "units"),
    [
        ("La mairie a fermé le pont<br/>hier soir.", ["La mairie a fermé le pont hier soir."]),
        ("Un mot.<br/>Deux mots.", ["Un mot.", "Deux mots."]),
    ],
)
def test_breaks_in_the_paragraphs_of_agencies(inner: str, units: list[str]) -> None:
    data = f"<nitf><body><p>{inner}</p></body></nitf>".encode()
    document = formats.read(data, "a.nitf")
    assert [document.of(block) for block in document.blocks] == units
    vowels = str.maketrans("aeou", "eoua")
    assert written(document, lambda text: text.translate(vowels)).decode().count("<br/>") == 1


def test_lines_of_a_message_are_translated_apart() -> None:
    data = b'msgid ""\nmsgstr ""\n\nmsgid "Mairie<br>la place<br />"\nmsgstr ""\n'
    document = formats.read(data, "a.po")
    assert [document.of(block) for block in document.blocks] == ["Mairie", "la place"]
    assert 'msgstr "MAIRIE<br>LA PLACE<br />"' in written(document, str.upper).decode()


@pytest.mark.parametrize(
    ("version", "code"),
    [("1.2", '<x id="1" ctype="lb"/>'), ("2.1", '<ph id="1" subType="xlf:lb"/>')],
)
def test_line_breaks_of_xliff_disturb_no_sentence(version: str, code: str) -> None:
    unit = "<trans-unit id='1'>{}</trans-unit>" if version == "1.2" else "<segment>{}</segment>"
    segment = unit.format(f"<source>Le maire a ouvert{code}le pont.</source>")
    languages = 'source-language="fr"' if version == "1.2" else ""
    data = (
        f'<xliff version="{version}" srcLang="fr"><file {languages}><body><unit>{segment}</unit>'
        "</body></file></xliff>"
    )
    document = formats.read(data.encode(), "a.xlf")
    assert [document.of(block) for block in document.blocks] == ["Le maire a ouvert le pont."]
    page = written(document, lambda _: "The mayor has opened the bridge.").decode()
    assert f">The mayor has opened{code}the bridge.</target>" in page
