"""Markdown links by reference: `[the note]` finds its address by its words, which change."""

from collections.abc import Iterator
from dataclasses import replace

import regex

from translate.document import TranslatedSegment, Translation

_DEFINITION = regex.compile(r"^ {0,3}\[([^\[\]\n^][^\[\]\n]*)\]:[ \t]*\S", regex.MULTILINE)
#: `[the note]` or `[the note][]`, and no other kind of link, footnote or image.
_SHORTCUT = regex.compile(r"(?<![\]!\\])\[([^\[\]\n^][^\[\]\n]*)\](?:\[\])?(?![\[(:])")


def held(translation: Translation) -> Translation:
    """The translation whose references name the labels that the article defines.

    `[la note]` with a definition `[la note]: ...` becomes `[the note][la note]`.
    """
    labels = {_label(found[1]) for found in _DEFINITION.finditer(translation.document.text)}
    if not labels:
        return translation
    return translation.with_segments(lambda segment: _segment(segment, labels))


def _segment(segment: TranslatedSegment, labels: set[str]) -> TranslatedSegment:
    if segment.source == segment.target:
        return segment
    given = [m[1] for m in _SHORTCUT.finditer(segment.source) if _label(m[1]) in labels]
    found = list(_SHORTCUT.finditer(segment.target))
    if not given or len(given) != len(found):
        return segment  # what is lost is said by the check of links
    return replace(segment, target="".join(_named(segment.target, found, given)))


def _named(text: str, found: list[regex.Match[str]], labels: list[str]) -> Iterator[str]:
    end = 0
    for match, label in zip(found, labels, strict=True):
        same = _label(match[1]) == _label(label)
        yield text[end : match.start()]
        yield match[0] if same else f"[{match[1]}][{label}]"
        end = match.end()
    yield text[end:]


def _label(words: str) -> str:
    """A label as CommonMark compares it: without regard to case and white space."""
    return " ".join(words.split()).casefold()
