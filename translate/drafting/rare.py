"""Characters that a model lacks (|, ₂, ½, →, ™): carried to the English by placeholders.

A letter with an accent is none of them: `plans` writes it plain for the model.
"""

import unicodedata
from collections.abc import Iterator

import regex

from translate.engines.base import Translator

#: A word to be looked at alone: what an elision or white space parts.
_TOKEN = regex.compile(r"[^\s'’\[\]]+")
_OMISSION = regex.compile(r"\[(?:…|\.{3})\]")
_WORD = regex.compile(r"[\p{L}\p{N}].*[\p{L}\p{N}\p{S}]|[\p{L}\p{N}\p{S}]", regex.DOTALL)


def masked(text: str, translator: Translator) -> Iterator[tuple[str, str]]:
    """A French text in stretches; one with rare characters is its own English.

    A symbol stuck to a word takes the word with it: CO₂ is one. An omission too: […].
    """
    last = 0
    for start, end in _rare(text, translator):
        yield text[last:start], ""
        yield text[start:end], text[start:end]
        last = end
    yield text[last:], ""


def _rare(text: str, translator: Translator) -> Iterator[tuple[int, int]]:
    yield from sorted(
        (
            *(match.span() for match in _OMISSION.finditer(text)),
            *(() if translator.covers(text) else _lacking(text, translator)),
        )
    )


def _lacking(text: str, translator: Translator) -> Iterator[tuple[int, int]]:
    for match in _TOKEN.finditer(text):
        token = match.group()
        if not translator.covers(token) and any(_is_rare(letter, translator) for letter in token):
            core = _WORD.search(token)
            start, end = core.span() if core else (0, len(token))
            yield match.start() + start, match.start() + end


def _is_rare(letter: str, translator: Translator) -> bool:
    """Whether a character is neither known nor a letter that has a plain form."""
    if translator.covers(letter):
        return False
    plain = unicodedata.normalize("NFKD", letter)[0]
    return not (letter.isalpha() and plain.isascii())


#: Symbols that must not be lost, and words that English may have in their place.
_SYMBOLS = regex.compile(r"(?<!\b[Nn])[\p{So}\p{Sm}\p{No}§‰†‡¶|~^→•]")
_PAUSE = regex.compile(r"…|\.{3}")
_IN_WORDS = {
    **{"°": "degree", "²": "squar", "³": "cub", "½": "half", "¼": "quarter", "¾": "quarter"},
    **{"§": "section", "‰": "per ", "×": "x", "+": "", "=": "", "<": "", ">": "", "•": ""},
    "−": "-",
}


def lost(source: str, target: str) -> list[str]:
    """The symbols of a French text that its English has neither as such nor in words.

    A pause (… or ...) is one of them.

    >>> lost("Le CO₂ → 12 m²", "The CO at 12 square meters")
    ['₂', '→']
    >>> lost("Il fait −24 °C", "It is -24°C")
    []
    """
    there, lowered = _bare(target), target.lower()
    pause = ["…"] if _PAUSE.search(source) and not _PAUSE.search(target) else []
    return pause + [
        symbol
        for symbol in dict.fromkeys(_SYMBOLS.findall(source))
        if symbol not in there and _IN_WORDS.get(symbol, symbol) not in lowered
    ]


def _bare(text: str) -> str:
    return text.replace("º", "°")
