"""How much of the time of a file is spent outside the engine.

    python bench/formats.py [SHARE]

A web page of 1 MB and a Word file of 200 pages, made of the French examples, each sentence made
different from the others, are read and written; a share of them (0.1, or 1) is translated too, the
time inside the engine taken apart from the rest. Seconds are those of the processor, whatever else
runs on the machine; where the engine has several cores, it takes a smaller share of the hours.
"""

import io
import sys
import time
from collections.abc import Iterator, Sequence
from html import escape
from itertools import count, cycle
from pathlib import Path
from typing import Any

from translate import formats
from translate.document import (
    Document,
    Hypothesis,
    Origin,
    TranslatedBlock,
    TranslatedSegment,
    Translation,
)
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.pipeline import analyse, translate_document

PAGE_BYTES = 1_000_000
#: A page of a Word file in 12 points holds about so many words.
WORDS_OF_A_PAGE = 400
PAGES = 200


class Timed(Translator):
    """A translator that counts its seconds."""

    def __init__(self, inner: Translator) -> None:
        self._inner = inner
        self.seconds = 0.0
        self.model, self.engine = inner.model, inner.engine
        self.max_tokens, self.placeholders = inner.max_tokens, inner.placeholders

    def translate_batch(self, sources: Sequence[str], **options: Any) -> list[list[Hypothesis]]:
        started = time.process_time()
        found = self._inner.translate_batch(sources, **options)
        self.seconds += time.process_time() - started
        return found

    def count_tokens(self, text: str) -> int:
        return self._inner.count_tokens(text)

    def covers(self, text: str) -> bool:
        return self._inner.covers(text)


def paragraphs() -> Iterator[str]:
    """Paragraphs of the examples again and again, a number in each so that none is known."""
    paths = sorted(p for p in Path("examples").glob("*.txt") if ".en." not in p.name)
    texts = [p.read_text(encoding="utf-8").split("\n") for p in paths]
    lines = [line.strip() for text in texts for line in text if len(line.strip()) > 80]
    for number, line in zip(count(), cycle(lines), strict=False):
        yield f"Selon le rapport {number}, {line[0].lower()}{line[1:]}"


def page(share: float) -> bytes:
    parts, size = ["<!DOCTYPE html><html lang=fr><meta charset=utf-8><h1>Le rapport</h1>"], 0
    for text in paragraphs():
        first, _, rest = text.partition(",")
        part = f'<p class="texte">{escape(first)}, <a href="/a?b=1">{escape(rest[:20])}</a>'
        parts.append(f"{part}{escape(rest[20:])}</p>\n")
        size += len(parts[-1].encode())
        if size > share * PAGE_BYTES:
            return "".join(parts).encode()
    raise AssertionError


def word(share: float) -> bytes:
    import docx

    document, words = docx.Document(), 0
    for text in paragraphs():
        paragraph = document.add_paragraph()
        first, _, rest = text.partition(",")
        paragraph.add_run(first).bold = True
        paragraph.add_run("," + rest)
        words += len(text.split())
        if words > share * PAGES * WORDS_OF_A_PAGE:
            buffer = io.BytesIO()
            document.save(buffer)
            return buffer.getvalue()
    raise AssertionError


def unchanged(document: Document) -> Translation:
    """A translation whose English is the French with a full stop more."""
    blocks = tuple(
        TranslatedBlock(
            block,
            tuple(
                TranslatedSegment(s, document.of(s), document.of(s) + ".", Origin.MODEL)
                for s in block.segments
            ),
        )
        for block in document.blocks
    )
    return Translation(document, blocks, "none", "none")


def file_alone(name: str, data: bytes) -> None:
    """Seconds of one core for reading (with sentences and languages) and writing."""
    started = time.process_time()
    document = formats.read(data, name)
    read = time.process_time() - started
    translation = unchanged(document)
    started = time.process_time()
    formats.written(translation)
    wrote = time.process_time() - started
    words = len(document.text.split())
    print(f"{name}: {words:,} words, read in {read:.1f} s, written in {wrote:.1f} s of one core")


def with_engine(name: str, data: bytes) -> None:
    """The share of the time that is spent outside the engine."""
    engine = Timed(load_translator())
    translate_document(analyse("Il pleut."), engine)  # word lists are loaded with the first
    engine.seconds = 0.0
    started = time.process_time()
    document = formats.read(data, name)
    formats.written(translate_document(document, engine))
    whole = time.process_time() - started
    words = len(document.text.split())
    outside = 100 * (whole - engine.seconds) / whole
    print(f"{name}: {words:,} words in {whole:.1f} s, {outside:.0f} % outside the engine")


def main() -> None:
    for name, make in (("page.html", page), ("200-pages.docx", word)):
        file_alone(name, make(1.0))
        if len(sys.argv) > 1:
            with_engine(name, make(float(sys.argv[1])))


if __name__ == "__main__":
    main()
