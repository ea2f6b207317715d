"""Every format of units: what goes in comes out, with the English in its place and no byte more."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.fakes import Fake
from translate import formats
from translate.document import Document, Origin, TranslatedBlock, TranslatedSegment, Translation
from translate.notation import markup
from translate.pipeline import translate_document

SAMPLES = sorted((Path(__file__).parents[2] / "golden" / "formats").iterdir())
samples = pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)


#: Files of both languages: what has English is not translated again.
BILINGUAL = (".xlf", ".xliff", ".sdlxliff", ".tmx", ".po")
one_language = pytest.mark.parametrize(
    "path", [p for p in SAMPLES if p.suffix not in BILINGUAL], ids=lambda path: path.name
)
two_languages = pytest.mark.parametrize(
    "path", [p for p in SAMPLES if p.suffix in BILINGUAL], ids=lambda path: path.name
)
#: Of files that are tables and records, what is translated.
PARTS = {
    "depeches.csv": ("titre", "texte"),
    "depeches.tsv": ("2",),
    "depeches.json": ("article.title", "article.body", "liés.title"),
    "depeches.jsonl": ("body",),
}


def read(data: bytes, name: str) -> Document:
    return formats.read(data, name, formats.Reading(parts=PARTS.get(name, ())))


def with_english(document: Document, english: Callable[[str], str]) -> Translation:
    """A translation whose every sentence is what a function makes of it."""
    blocks = tuple(
        TranslatedBlock(
            block,
            tuple(
                TranslatedSegment(s, document.of(s), english(document.of(s)), Origin.KEPT)
                for s in block.segments
            ),
        )
        for block in document.blocks
    )
    return Translation(document, blocks, "none", "none")


def written(document: Document, english: Callable[[str], str]) -> bytes:
    form = formats.native_format(document)
    return formats.writer(form)(with_english(document, english))


def louder(text: str) -> str:
    """Words changed, codes not."""
    parts = markup.pieces(text)
    return "".join(part if markup.is_code(part[0]) else part.upper() for part in parts)


_VOWELS = str.maketrans("aeiouAEIOU", "eiouaEIOUA")


def altered(text: str) -> str:
    """Other words of the same length and case: a capital may begin a unit."""
    return text.translate(_VOWELS)


@samples
def test_without_a_translation_a_file_is_the_same_byte_for_byte(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    assert written(document, str) == path.read_bytes()


@one_language
def test_what_is_written_is_read_again_with_the_same_units(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    again = read(written(document, altered), path.name)
    assert again.file is not None
    assert again.file.format == formats.native_format(document)
    assert [again.of(block) for block in again.blocks] == [
        altered(document.of(block)) for block in document.blocks
    ]


@two_languages
def test_what_has_got_its_english_is_not_translated_again(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    assert document.blocks
    data = written(document, louder)
    again = read(data, path.name)
    assert again.blocks == ()
    assert b"lundi" in data
    for words in (markup.without_codes(document.of(block)) for block in document.blocks):
        assert words.split()[0].upper() in data.decode()


@samples
def test_a_translator_that_changes_nothing_keeps_every_code(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    translation = translate_document(document, Fake())
    for block in translation.blocks:
        source, target = document.of(block.block), block.text(document)
        assert sorted(filter(markup.is_code, source)) == sorted(filter(markup.is_code, target))
        assert markup.sound(target, source) == target


@one_language
def test_an_edit_that_loses_codes_leaves_a_file_that_can_be_read(path: Path) -> None:
    document = read(path.read_bytes(), path.name)
    data = written(document, lambda text: markup.without_codes(text) + " Fin.")
    assert read(data, path.name).blocks
    data = written(document, lambda text: text.replace(markup.closing(0), "") + " Fin.")
    assert len(read(data, path.name).blocks) == len(document.blocks)


def test_findings_and_reports_show_codes_as_people_see_them() -> None:
    document = formats.read(b"<html><p>Le <b>pont</b> est <i>beau</i>.</p>", "a.html")
    blocks = with_english(document, str.upper).blocks
    report = formats.writer("json")(Translation(document, blocks, "none", "none")).decode()
    assert "LE <1>PONT</1> EST <2>BEAU</2>." in report


def test_furniture_that_is_skipped_leaves_its_place_empty() -> None:
    document = formats.read(b"<nav><b>Le menu</b></nav><p>Le pont.</p>", "a.html")
    done = with_english(document, str.upper)
    blocks = (replace(done.blocks[0], skipped=True), *done.blocks[1:])
    page = formats.writer("html")(replace(done, blocks=blocks))
    assert page == b"<nav><b></b></nav><p>LE PONT.</p>"
