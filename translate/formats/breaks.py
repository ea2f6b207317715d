"""Line breaks that a translator put into a sentence: they outlive formats that join lines."""

from dataclasses import replace

from translate.document import TranslatedSegment, Translation

#: Unicode's own line break stands for them until the format's is set.
_BREAK = "\u2028"


def held(translation: Translation) -> Translation:
    """The translation with a mark for each line break that the French does not have."""
    return translation.with_segments(_segment)


def as_markup(text: str) -> str:
    """What was written of a `held` translation, with its breaks as HTML and Markdown have them."""
    return text.replace(_BREAK, "<br>")


def _segment(segment: TranslatedSegment) -> TranslatedSegment:
    if "\n" not in segment.target or "\n" in segment.source:
        return segment
    return replace(segment, target=segment.target.replace("\n", _BREAK))
