"""The seam between the desk and the files it takes: what a format is, and files made of units.

A file that is more than text (HTML, Word, XLIFF, ...) is cut into units, each the words of a
paragraph, cell, cue or segment, and the rest, which nobody touches: its skeleton. A module
for such a format gives one function, `parse`, that makes a `Skeleton` of the bytes:

    >>> class Shout:  # a file of one unit between exclamation marks
    ...     def __init__(self, data: bytes) -> None:
    ...         self.units = (Unit(data.decode().strip("!"), Kind.HEADING),)
    ...     def filled(self, english: Sequence[English]) -> bytes:
    ...         return f"!{english[0].text}!".encode()
    >>> document = read_units(SourceFile("shout", b"!Il pleut.!"), Shout(b"!Il pleut.!"))
    >>> document.text, document.blocks[0].kind.value
    ('Il pleut.', 'heading')

`read_units` and `write_units` do the rest: the reader makes a `Document` whose blocks are the
units, in order; the writer parses the bytes again and hands the English to `filled`.

What stands inside a sentence (a link, bold words, a line break) is a code: one private character
that `Words` gives out and for which the skeleton keeps what it stands for. Codes come back in the
English around the right words; `Words.written` sets them in again. Language, sentences and
furniture are told from the words without codes.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Generic, Protocol, TypeVar

from translate.article.blocks import name_kinds
from translate.document import (
    Block,
    Document,
    Kind,
    Segment,
    SourceFile,
    TranslatedBlock,
    Translation,
)
from translate.errors import OutputError
from translate.formats.encodings import decode
from translate.notation import markup
from translate.notation.markup import TokenKind
from translate.pipeline import analyse_blocks

C = TypeVar("C")
_BETWEEN = "\n\n"


class Reader(Protocol):
    """Bytes -> Document; the name is used in error messages. InputError says what is wrong."""

    def __call__(
        self, data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False
    ) -> Document:
        """`parts`: the columns or fields to be translated; `article`: the main article only."""


Writer = Callable[[Translation], bytes]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: a line of `formats.FORMATS`.

    `kept` says what stays as it was, for `depeche formats`. `recognises` looks at the bytes of a
    file whose name does not tell. `for_any`: articles of other formats can be written in it too.
    `takes`: what of `parts` and `article` the reader heeds.
    """

    name: str
    endings: tuple[str, ...]
    media_type: str
    kept: str
    read: Reader | None = None
    write: Writer | None = None
    recognises: Callable[[bytes], bool] | None = None
    for_any: bool = False
    takes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """Words of a file that become a block; without a `kind`, the words themselves tell it."""

    text: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class English:
    """What becomes of a unit: its text with codes, and the block with findings and alternatives.

    `text` is empty for furniture that is left out; `changed` is False where the words are as they
    were: the file's own bytes stand.
    """

    text: str
    changed: bool
    block: TranslatedBlock


class Skeleton(Protocol):
    """A file without its words."""

    @property
    def units(self) -> Sequence[Unit]:
        """The words, in the order of the file; none is without a letter or a digit."""

    def filled(self, english: Sequence[English]) -> bytes:
        """The file with the English of each unit; called only where something has changed."""


Parse = Callable[[bytes, str, SourceFile], Skeleton]


def of_units(
    form: str,
    endings: tuple[str, ...],
    media_type: str,
    kept: str,
    parse: Parse,
    *,
    is_text: bool = True,
    recognises: Callable[[bytes], bool] | None = None,
    make: Writer | None = None,
    takes: tuple[str, ...] = (),
) -> Format:
    """A format of units; `make` writes articles that came in another format.

    `parse` is given the bytes, the name for messages, and the options of the reader. One that
    `is_text` decodes them with `encodings.decode`; a guess is told to the user.
    """

    def read(
        data: bytes, name: str, *, parts: Sequence[str] = (), article: bool = False
    ) -> Document:
        file = SourceFile(form, data, tuple(parts), article)
        findings = decode(data, name).findings if is_text else ()
        return replace(read_units(file, parse(data, name, file)), findings=findings)

    def write(translation: Translation) -> bytes:
        file = translation.document.file
        if file is not None and file.format == form:
            return write_units(translation, parse(file.data, f"the {form} file", file))
        if make is None:
            raise OutputError(
                f"{form} is written only for articles that came in {form}; choose another --to"
            )
        return make(translation)

    return Format(form, endings, media_type, kept, read, write, recognises, make is not None, takes)


def read_units(file: SourceFile, skeleton: Skeleton) -> Document:
    """A document whose blocks are the units of a file."""
    units = skeleton.units
    words = [markup.without_codes(unit.text) for unit in units]
    plain = _BETWEEN.join(words)
    blocks = [
        Block(start, start + len(text), unit.kind or Kind.PARAGRAPH)
        for unit, text, start in zip(units, words, _starts(words), strict=True)
    ]
    labelled = analyse_blocks(plain, name_kinds(plain, blocks)).blocks
    coded = [unit.text for unit in units]
    moved = (
        _with_codes(block, text, start)
        for block, text, start in zip(labelled, coded, _starts(coded), strict=True)
    )
    return Document(_BETWEEN.join(coded), tuple(moved), file=file)


def write_units(translation: Translation, skeleton: Skeleton) -> bytes:
    """The file with its English; byte for byte what it was where nothing has changed."""
    document = translation.document
    assert document.file is not None
    english = [_english(document, block) for block in translation.blocks]
    if not any(one.changed for one in english):
        return document.file.data
    return skeleton.filled(english)


def _english(document: Document, block: TranslatedBlock) -> English:
    source = document.of(block.block)
    text = "" if block.skipped else markup.sound(block.text(document), source)
    return English(text, text != source, block)


def _starts(texts: Sequence[str]) -> Iterator[int]:
    start = 0
    for text in texts:
        yield start
        start += len(text) + len(_BETWEEN)


def _with_codes(block: Block, text: str, start: int) -> Block:
    """A block of plain words, moved to where it stands with its codes.

    A code belongs to the sentence that it touches: an opening one to the sentence behind it, the
    others to the one before.
    """
    places = [at for at, character in enumerate(text) if not markup.is_code(character)]
    last = 0
    segments = []
    for number, segment in enumerate(block.segments):
        begin = places[segment.start - block.start]
        end = places[segment.end - block.start - 1] + 1
        while begin > last and _leads(text[begin - 1], first=not number):
            begin -= 1
        while end < len(text) and _trails(text[end]):
            end += 1
        last = end
        segments.append(Segment(start + begin, start + end, segment.language))
    return replace(block, start=start, end=start + len(text), segments=tuple(segments))


def _leads(character: str, *, first: bool) -> bool:
    is_code = markup.is_code(character)
    return is_code and (first or markup.code_kind(character) is TokenKind.OPEN)


def _trails(character: str) -> bool:
    return markup.is_code(character) and markup.code_kind(character) is not TokenKind.OPEN


@dataclass(slots=True)
class Words(Generic[C]):
    """Gathers the words of a unit, with codes for what stands inside them.

    `codes` says what each code stands for, `breaks` which of them end a line, and whether they
    part units whatever follows.

    >>> words: Words[str] = Words()
    >>> words.add("Le ")
    >>> number = words.open("<b>")
    >>> words.add("pont")
    >>> words.close(number, "</b>")
    >>> words.add(" & la rive")
    >>> words.written(words.text, lambda text: text.replace("&", "&amp;"))
    ['Le ', '<b>', 'pont', '</b>', ' &amp; la rive']
    """

    codes: dict[str, C | str] = field(default_factory=dict)
    breaks: dict[str, bool] = field(default_factory=dict)
    _parts: list[str] = field(default_factory=list)
    _next: int = 0

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self._parts)

    @property
    def is_full(self) -> bool:
        """Whether there are more codes than a block may have: leave these words alone."""
        return self._next >= markup.MAX_CODES

    def add(self, text: str) -> None:
        """Words as they are read; a private character among them becomes a code for itself."""
        if not text.isascii() and markup.without_codes(text) != text:
            parts = (self._single(c, c) if markup.is_code(c) else c for c in text)
            text = "".join(parts)
        self._parts.append(text)

    def open(self, code: C) -> int:
        """What opens a pair; its number is for `close`."""
        number = self._number()
        self._put(markup.opening(number), code)
        return number

    def close(self, number: int, code: C) -> None:
        """What closes a pair."""
        self._put(markup.closing(number), code)

    def part(self) -> None:
        """Part the words before from those behind: a line break reads as a blank."""
        if self._parts and not self._parts[-1].endswith((" ", "\n")):
            self._parts.append(" ")

    def line_break(self, code: C, *, always: bool = False) -> None:
        """A line ends: `lines` tells what becomes of it; one that `always` parts units is a tab."""
        self.single(code)
        self.breaks[self._parts[-1]] = always

    def line_end(self, code: C | str) -> str:
        """A code for a line end that the words do not have."""
        return self._single("", code)

    def single(self, code: C) -> None:
        """What stands alone."""
        self._parts.append(self._single("", code))

    def written(self, text: str, escape: Callable[[str], str] = str) -> list[C | str]:
        """A text with what its codes stand for, piece by piece; words are escaped."""
        return [
            self.codes[piece] if piece in self.codes else escape(piece)
            for piece in markup.pieces(text)
        ]

    def _single(self, own: str, code: C | str) -> str:
        character = markup.single(self._number())
        self.codes[character] = own or code
        return character

    def _put(self, character: str, code: C) -> None:
        self.codes[character] = code
        self._parts.append(character)

    def _number(self) -> int:
        self._next = min(self._next + 1, markup.MAX_CODES)
        return self._next - 1


@dataclass(frozen=True, slots=True)
class Core:
    """A unit's text without what encloses it: `lead` and `trail` are blanks and codes."""

    lead: str
    text: str
    trail: str


def core_of(text: str) -> Core:
    """Blanks, single codes and pairs around the whole stay outside a unit.

    >>> pair = markup.opening(0), markup.closing(0)
    >>> core_of(f" {pair[0]}Le pont{pair[1]} ").text
    'Le pont'
    """
    start, end = 0, len(text)
    while start < end:
        first, last = text[start], text[end - 1]
        if _is_loose(first):
            start += 1
        elif _is_loose(last):
            end -= 1
        elif markup.is_code(first) and markup.partner(first) == last:
            start, end = start + 1, end - 1
        else:
            break
    return Core(text[:start], text[start:end], text[end:])


def _is_loose(character: str) -> bool:
    if markup.is_code(character):
        return markup.code_kind(character) is TokenKind.ATOM
    return character.isspace() or character in "\ufeff\u200b"


def has_words(text: str) -> bool:
    """Whether there is a letter or a digit in a text."""
    return any(map(str.isalnum, markup.without_codes(text)))
