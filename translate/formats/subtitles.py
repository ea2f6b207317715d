"""SRT and WebVTT: sentences over several cues are translated whole and shared out again.

Cue numbers, times, settings, notes and styles stay byte for byte.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import unescape

import regex

from translate.document import Kind, SourceFile
from translate.errors import InputError
from translate.formats.base import English, Unit, Words, has_words, of_units
from translate.formats.encodings import decode
from translate.formats.lines import shared

#: Cues that a sentence may run over, and the pause between two of them, in seconds.
MAX_CUES = 8
MAX_PAUSE = 5.0
_TIME = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{2})[.,](\d{1,3})"
_TIMING = regex.compile(rf"\s*{_TIME}\s*-->\s*{_TIME}(?:\s.*)?")
_TAG = regex.compile(r"</?[A-Za-z][^<>\r\n]{0,200}>|<\d[\d:.]{0,20}>|\{\\[^{}\r\n]{0,200}\}")
_TAGS = regex.compile(f"({_TAG.pattern})")
_NAME = regex.compile(r"</?([A-Za-z]+)")
_ENDED = regex.compile(r"[.!?♪][\s\"'»”’)\]]*+$")
_SMALL = regex.compile(r"\p{Ll}")
_GOES_ON = regex.compile(r"…|\.\.\.|\p{Ll}")
_TRAILING_DOTS = regex.compile(r"(?:…|\.{3})$")
#: Dots that say no more than that the sentence runs over the cue.
_DOTS_AT_END = regex.compile(rf"(?:…|\.{{3}})((?:{_TAG.pattern})*)$")
_DOTS_AT_START = regex.compile(rf"^((?:{_TAG.pattern})*)(?:…|\.{{3}})\s*")
_SPEAKER = regex.compile(r"[-–—]\s*(?=\S)")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The lines of a cue, or one of a dialogue: `text[start:end]`."""

    start: int
    end: int
    begins: float
    ends: float
    is_speech: bool = False  # a line of a dialogue; its dash is not in it


@dataclass(frozen=True, slots=True)
class Sentence:
    """The stretches that are translated together."""

    stretches: tuple[Stretch, ...]
    words: Words[str]


class Subtitles:
    """A file of subtitles without their words."""

    def __init__(self, text: str, *, is_vtt: bool) -> None:
        self._text = text
        self._is_vtt = is_vtt
        groups = _grouped(list(stretches_of(text)), text)
        sentences = (Sentence(tuple(group), self._words(group)) for group in groups)
        self._sentences = [s for s in sentences if has_words(s.words.text) and not s.words.is_full]
        self.units = [Unit(s.words.text.strip(), Kind.PARAGRAPH) for s in self._sentences]

    def filled(self, english: Sequence[English]) -> bytes:
        """The file with its English, shared out over the cues by their lengths."""
        new: list[tuple[Stretch, str]] = []
        for sentence, one in zip(self._sentences, english, strict=True):
            if one.changed:
                lengths = [self._length(stretch) for stretch in sentence.stretches]
                parts = shared(one.text, lengths)
                new += [
                    (stretch, self._written(stretch, sentence.words, part))
                    for stretch, part in zip(sentence.stretches, parts, strict=True)
                ]
        out, last = [], 0
        for stretch, words in sorted(new, key=lambda pair: pair[0].start):
            out += [self._text[last : stretch.start], words]
            last = stretch.end
        return "".join([*out, self._text[last:]]).encode()

    def _words(self, group: Sequence[Stretch]) -> Words[str]:
        words: Words[str] = Words()
        pieces = list(self._pieces(group))
        partner = _pairs(pieces)
        numbers: dict[int, int] = {}
        for index, piece in enumerate(pieces):
            if not piece:
                words.part()
            elif not _TAG.fullmatch(piece):
                words.add(unescape(piece) if self._is_vtt else piece)
            elif index not in partner:
                words.single(piece)
            elif partner[index] > index:
                numbers[partner[index]] = words.open(piece)
            else:
                words.close(numbers[index], piece)
        return words

    def _pieces(self, group: Sequence[Stretch]) -> Iterator[str]:
        """Tags and the words between them; an empty one parts two stretches."""
        for number, stretch in enumerate(group, 1):
            yield ""
            words = " ".join(self._text[stretch.start : stretch.end].split())
            words = words if number == len(group) else _DOTS_AT_END.sub(r"\1", words)
            words = words if number == 1 else _DOTS_AT_START.sub(r"\1", words)
            yield from filter(None, _TAGS.split(words))

    def _length(self, stretch: Stretch) -> int:
        return len(_TAG.sub("", self._text[stretch.start : stretch.end]))

    def _written(self, stretch: Stretch, words: Words[str], part: str) -> str:
        """A part on as many lines as the French had, none much longer than another."""
        old = self._text[stretch.start : stretch.end]
        ending = "\r\n" if "\r\n" in old else "\n"
        lines = shared(part, [1] * len(old.splitlines()), balanced=True)
        written = ("".join(words.written(line, self._escaped)) for line in lines if line)
        return ending.join(written)

    def _escaped(self, words: str) -> str:
        return words.replace("&", "&amp;").replace("<", "&lt;") if self._is_vtt else words


def stretches_of(text: str) -> Iterator[Stretch]:
    """The cues in order; a dialogue of two speakers gives one for each."""
    at = 0
    times: tuple[float, float] | None = None
    lines: list[tuple[int, int]] = []
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        words = line.strip("\ufeff \t\r\n")
        timing = _TIMING.fullmatch(words) if "-->" in words else None
        if timing or not words:
            yield from _cue(text, lines, times)
            lines = []
            times = _seconds(timing) if timing else None
        elif times:
            lines.append((start, start + len(line.rstrip("\r\n"))))
    yield from _cue(text, lines, times)


def _cue(
    text: str, lines: Sequence[tuple[int, int]], times: tuple[float, float] | None
) -> Iterator[Stretch]:
    if not (lines and times):
        return
    dashes = [_SPEAKER.match(text, *line) for line in lines]
    if len(lines) > 1 and all(dashes):
        for dash, (_, end) in zip(dashes, lines, strict=True):
            yield Stretch(dash.end() if dash else 0, end, *times, is_speech=True)
    else:
        yield Stretch(lines[0][0], lines[-1][1], *times)


def _seconds(timing: "regex.Match[str]") -> tuple[float, float]:
    numbers = [int(group or 0) for group in timing.groups()]
    first, last = (
        60 * (60 * hours + minutes) + seconds + thousandths / 1000
        for hours, minutes, seconds, thousandths in (numbers[:4], numbers[4:])
    )
    return first, last


def _grouped(stretches: Sequence[Stretch], text: str) -> Iterator[list[Stretch]]:
    """Stretches up to where a sentence ends."""
    group: list[Stretch] = []
    for stretch in stretches:
        if group and not _runs_on(group, stretch, text):
            yield group
            group = []
        group.append(stretch)
    if group:
        yield group


def _runs_on(group: Sequence[Stretch], following: Stretch, text: str) -> bool:
    last = group[-1]
    if len(group) >= MAX_CUES or last.is_speech or following.is_speech:
        return False
    if not 0 <= following.begins - last.ends <= MAX_PAUSE:
        return False
    words = _TAG.sub("", text[last.start : last.end]).rstrip()
    behind = _TAG.sub("", text[following.start : following.end]).lstrip()
    if _SPEAKER.match(behind):
        return False
    if _TRAILING_DOTS.search(words):
        return _GOES_ON.match(behind) is not None
    is_quoted = words.endswith(("»", "”", '"'))
    return not _ENDED.search(words) or bool(is_quoted and _SMALL.match(behind))  # « Non ! » dit-il


def _pairs(pieces: Sequence[str]) -> dict[int, int]:
    """Opening tag -> closing tag and back, by their places; the others stand alone."""
    partner: dict[int, int] = {}
    waiting: list[int] = []
    names = [tag[1] if (tag := _NAME.match(piece)) else "" for piece in pieces]
    for index, piece in enumerate(pieces):
        if piece.startswith("</") and waiting and names[waiting[-1]] == names[index]:
            partner[index] = waiting.pop()
            partner[partner[index]] = index
        elif names[index] and not piece.startswith("</"):
            waiting.append(index)
    return partner


def parse(data: bytes, name: str, _file: SourceFile) -> Subtitles:
    """Subtitles; InputError where there is no cue."""
    text = decode(data, name).text
    subtitles = Subtitles(text, is_vtt=text.lstrip("\ufeff").startswith("WEBVTT"))
    if not any(_TIMING.fullmatch(line.strip()) for line in text.splitlines() if "-->" in line):
        raise InputError(f"{name} has no cue (00:00:01,000 --> 00:00:02,000); is it SRT or WebVTT?")
    return subtitles


_KEPT = "numbers, times, settings, notes and tags; sentences over several cues are shared out again"
SRT = of_units("srt", (".srt",), "application/x-subrip; charset=utf-8", _KEPT, parse)
VTT = of_units(
    "vtt",
    (".vtt",),
    "text/vtt; charset=utf-8",
    _KEPT,
    parse,
    recognises=lambda data: data.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT"),
)
