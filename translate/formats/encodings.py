"""Bytes as text: what the file declares, UTF-8, or what the French of it tells.

A byte order mark counts most, then the encoding that a page or an XML file names. Bytes that are
no UTF-8 are read in the old encoding in which the signs beside ASCII are those that French has;
charset-normalizer took 25 of 347 lines of our examples for another encoding, this rule none
(bench/encodings.py). Where no encoding gives French, the file is refused: never mojibake.
"""

import codecs
from dataclasses import dataclass

import regex

from translate.document import Finding, Severity
from translate.errors import InputError
from translate.formats.content import ADVICES, Content, told

ADVICE = "save it as UTF-8 text (.txt or .md) and try again"
#: What files of French are in, beside Unicode; Latin-1 is Windows-1252 with fewer signs.
OLD = {"cp1252": "Windows-1252", "mac_roman": "MacRoman"}
#: Signs that French newspapers print beside ASCII; names of neighbours' people are among them.
_FRENCH = frozenset(
    "àâäæçéèêëîïôöœùûüÿÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜŸáãåíñóõøúßÁÅÍÑÓØÚ«»‹›‘’“”„–—…·•°€£©®™²³½§†×÷\u00a0\u00ad"
)
#: A capital after a small letter, or alone: dashes and spaces of the other encoding look so.
_MISPLACED = regex.compile(
    r"(?<=\p{Ll})[[À-ÖØ-Þ]--[É]]|(?<!\p{L})[[Á-ÖØ-Þ]--[É]](?!\p{L})", regex.VERSION1
)
#: Share of them from which a guess is one; a name in another language may be in a text.
_MIN_SHARE = 0.95
_DECLARED = regex.compile(
    rb"""(?:<\?xml\s[^>]{0,100}?encoding|<meta\s[^>]{0,200}?charset)\s*=\s*["']?\s*([\w.:-]{1,40})""",
    regex.IGNORECASE,
)
#: Share of the bytes beside ASCII that make UTF-8 characters, from which a file is damaged UTF-8.
_CUT_SHARE = 0.75
#: How far an encoding is looked for (bytes): the HTML standard says 1,024, pages say more.
_PRESCAN = 4096
#: How much of a file is looked at to guess its encoding (bytes).
_SAMPLE = 1_000_000
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),  # begins as UTF-16's mark does
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding that it was in, and whether that is a guess."""

    text: str
    encoding: str
    is_guess: bool = False

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A warning where the encoding is a guess."""
        if not self.is_guess:
            return ()
        return (Finding("encoding.guessed", Severity.WARNING, (OLD[self.encoding],)),)


def decode(data: bytes, name: str) -> Decoded:
    """The text of a file; InputError where it is empty, binary, or in no encoding known here.

    >>> decode("Il a déclaré".encode("mac_roman"), "a.txt").encoding
    'mac_roman'
    """
    if not data.strip():
        raise InputError(f"{name} is empty: nothing to translate; give an article")
    if (held := told(data)) in ADVICES:
        raise refusal(held, name)
    encoding = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if encoding is None and b"\x00" in data:
        raise refusal(told(data), name)
    found = _declared(data) if encoding is None else None
    if found is not None:
        return found
    try:
        return Decoded(data.decode(encoding or "utf-8"), encoding or "utf-8")
    except UnicodeDecodeError as error:
        guess = _guess(data) if encoding is None and not _is_cut(data, error) else None
        if guess is None:
            raise _refusal(data, name, encoding or "utf-8", error) from None
        return guess


def declared(data: bytes) -> str | None:
    """The encoding that a page or an XML file names, as Python calls it."""
    found = _DECLARED.search(data[:_PRESCAN]) if data.lstrip()[:1] == b"<" else None
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else None
    except LookupError:
        return None
    return "cp1252" if name in ("iso8859-1", "ascii") else name  # as browsers read them


def _declared(data: bytes) -> Decoded | None:
    name = declared(data)
    if name is None or name.startswith(("utf", "idna", "punycode", "raw", "unicode")):
        return None
    try:
        return Decoded(data.decode(name), name)
    except (LookupError, ValueError):  # not of text, or not in what it says
        return None


def _guess(data: bytes) -> Decoded | None:
    shares = {name: _french_share(data[:_SAMPLE], name) for name in OLD}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] < _MIN_SHARE:
        return None
    return Decoded(data.decode(best, "replace"), best, is_guess=True)


def _french_share(data: bytes, encoding: str) -> float:
    text = data.decode(encoding, "replace")
    signs = [sign for sign in text if not sign.isascii()]
    odd = len(_MISPLACED.findall(text))
    return (sum(sign in _FRENCH for sign in signs) - odd) / len(signs)


def _is_cut(data: bytes, error: UnicodeDecodeError) -> bool:
    """Whether it is UTF-8 with a damaged place: most of its bytes beside ASCII make characters."""
    if error.end >= len(data) and error.reason == "unexpected end of data":
        return True
    kept = data.decode("utf-8", "ignore")
    wide = sum(1 for character in kept if ord(character) > 0x7F)
    return 2 * wide > _CUT_SHARE * sum(1 for byte in data if byte > 0x7F)


def refusal(held: Content, name: str) -> InputError:
    """What a file is that is no text, and what to do."""
    return InputError(f"{name} is {held.value}, not UTF-8 text; {ADVICES.get(held, ADVICE)}")


def _refusal(data: bytes, name: str, encoding: str, error: UnicodeDecodeError) -> InputError:
    byte = f"byte 0x{data[error.start]:02X} at {error.start}"
    if encoding == "utf-8" and len(_CONTROL.findall(data)) > _BINARY_SHARE * len(data):
        return refusal(Content.BINARY, name)
    return InputError(f"{name} is not {encoding.upper()} ({byte}); {ADVICE}")


#: Share of control characters above which bytes are no text.
_BINARY_SHARE = 0.05
_CONTROL = regex.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
