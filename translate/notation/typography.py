"""The surface of French and of English text: spaces, capitals, punctuation.

French sets a no-break space before : ; ! ? % and inside « »; English sets none. Headlines in
capitals are lower-cased for the model, which has seen few, and capitalised again.
"""

import regex

from translate.notation import numbers, quotes
from translate.notation.calendar import FULL_MONTHS
from translate.notation.money import CurrencyStyle
from translate.notation.quotes import QuoteStyle

#: What copies of web pages leave inside words or between them, invisible to the reader.
_INVISIBLE = regex.compile("[\u00ad\u200b\u200c\u2060\ufeff]+")
_WHITE_SPACE = regex.compile(r"\s+")
_BEFORE_SMALL = regex.compile(r"[\p{P}\s]*(?=\p{Ll})")
_CAPITALISED = regex.compile(r"\p{Lu}(?:\p{Ll}+|(?=\s))")
_LETTERS = regex.compile(r"\p{L}+")
#: French sets a space before ; ! ? , : and full stops; nobody sets one inside brackets.
_FRENCH_SPACE = regex.compile(
    r"""(?<=[\p{L}\p{N}\p{Pe}\p{Pf}\p{Co}"'”’»%])[ ]+
        (?=[;!?,](?:[\s\p{Pe}\p{Pf}"]|$)|[:.](?:\s|$))
    |   (?<=[(\[])[ ]+ | [ ]+(?=[)\]])""",
    regex.VERBOSE,
)
_APOSTROPHE = regex.compile(r"(?<=\p{L})'(?=\p{L}|\s|[.,;:!?]|$)")
_SINGLED = regex.compile(
    r"(?<![\p{L}\p{N}])'(?=\S)((?:[^'’]|(?<=\p{L})['’](?=\p{L}))++)(?<=\S)['’](?![\p{L}\p{N}])"
)
#: Closing marks behind a mark of their own, and with a comma or full stop behind them.
_CLOSING = {
    style: (
        regex.compile(rf"(?<=[!?.,…])([{closing}]+)[,.](?=\s|$)"),
        regex.compile(rf"(?<=[^\s!?.,…{closing}])([{closing}]+)([,.])(?=\s|$)"),
    )
    for style, closing in ((QuoteStyle.AMERICAN, "”’"), (QuoteStyle.STRAIGHT, "\"'"))
}
_COMMA_TOO = regex.compile(r"([!?])[,.](?=[”’\"'])([”’\"']+)(?!\w)|(?<=[!?][”’\"]),(?= )")
_STOP_AND_COMMA = regex.compile(r"\.\s?[»”\"]\s?,")
_STOP_BEFORE_SMALL = regex.compile(r"\.([”’\"]+),?(?= \p{Ll})")
_MONTH = regex.compile(
    rf"(?:(?<=(?:\d|\der|[^\w\s]) )|\b(?=\w+\. [12]\d{{3}}\b))({'|'.join(FULL_MONTHS)})\."
    r"(?=( ?[^\s])|\s*$)"
)
#: The last mark of a sentence, inside the marks and brackets that close behind it.
_CLOSING_MARKS = "[\\s»”’\"')\\]*_\U000f0000-\U000ffffd]{0,9}$"  # and what stands for markup
#: Characters from which on an ending is looked for.
_LONGEST_ENDING = 40
_FINAL = regex.compile(rf"((?:[–—-]?(?:\.\.\.|…)|[.!?–—-])?){_CLOSING_MARKS}")
_LOUD = ("!", "?", "…", "...")
_TAME = ("", ".", *(dash + mark for dash in "-–—" for mark in ("", "…", "...")))
#: What ends a text that goes on, and a word behind which a full stop is no abbreviation's.
_GOES_ON = regex.compile(r"[;:](?=\s*$)")
_STOPPED = regex.compile(r"(?:\p{Ll}{3}|\d|[%»”\"’')\]*_])\s?\.[\s»”\"*_]{0,9}$")
_HALF_DASH = regex.compile(r"(?<![-<!])--(?![->])")
_DASH = regex.compile(r"[–—]")
_DOTS = regex.compile(r"(?<![./])\.{2,3}(?![./])")
_MIN_CAPITALS = 8  # letters; shorter lines in capitals are as likely names or acronyms
_CAPITALS_SHARE = 0.8


def plain_spaces(text: str) -> str:
    """One plain space for any white space, line ends included; soft hyphens are dropped.

    >>> plain_spaces("l’accord\\u202f: oui")
    'l’accord : oui'
    """
    return _WHITE_SPACE.sub(" ", _INVISIBLE.sub("", text))


def full_months(text: str) -> str:
    """Abbreviated months of dates written out: models leave "14 janv." as it is.

    >>> full_months("du 14 janv. au 2 déc.")
    'du 14 janvier au 2 décembre.'
    """
    return _MONTH.sub(lambda match: FULL_MONTHS[match[1]] + "." * (not match[2]), text)


def is_in_capitals(text: str) -> bool:
    """Whether a line is set in capitals (and not merely a name or an acronym)."""
    letters = sum(map(str.isalpha, text))
    upper = sum(map(str.isupper, text))
    return letters >= _MIN_CAPITALS and upper >= _CAPITALS_SHARE * letters


def lower_capitals(text: str) -> str:
    """A line in capitals as an ordinary sentence: first letter large, the rest small."""
    lowered = text.lower()
    first = _LETTERS.search(lowered)
    if first is None:
        return lowered
    at = first.start()
    return lowered[:at] + lowered[at].upper() + lowered[at + 1 :]


def capitalise_first(text: str) -> str:
    """The first letter large; brackets and marks before it stay."""
    first = _BEFORE_SMALL.match(text)
    return text if first is None else text[: first.end()] + _upper(text[first.end() :])


def lower_first(text: str) -> str:
    """The first letter small, unless the first word is "I" or has other capitals (a name)."""
    word = _CAPITALISED.match(text)
    if word is None or word.group() == "I":
        return text
    return text[0].lower() + text[1:]


def to_english(
    target: str,
    source: str,
    style: QuoteStyle = QuoteStyle.AMERICAN,
    *,
    carried: bool = False,
    runs_on: bool = False,
    currency: CurrencyStyle = CurrencyStyle.SIGN,
) -> str:
    """Set an English sentence as English: numbers, spaces before marks, quotation marks.

    Idempotent. `source` is the French sentence, whose numbers tell which are in French notation;
    `carried` and `runs_on` as in `quotes.to_english`.
    """
    text = _signs_of(source, plain_spaces(target))
    text = numbers.to_english(text, source, currency)
    text = _FRENCH_SPACE.sub("", text)
    text = _in_double_marks(text, source)
    if style is not QuoteStyle.STRAIGHT:
        text = _APOSTROPHE.sub("’", text)
    text = quotes.to_english(text, style, carried=carried, runs_on=runs_on)
    return _punctuation_at_quotes(_one_mark(text, source), source, style)


def _in_double_marks(text: str, source: str) -> str:
    """A quotation in double marks where a model has taken the single ones of Parliament.

    >>> print(_in_double_marks("the 'mega events' of '98", "les « méga événements » de 98"))
    the "mega events" of '98
    """
    if "'" not in text or quotes.marks(text.replace("'", "’")):
        return text
    wanted = quotes.marks(source)
    singles = list(_SINGLED.finditer(text)) if wanted else []
    if len(wanted) != 2 * len(singles) or not all(mark.paired for mark in wanted):
        return text
    return _SINGLED.sub(r'"\1"', text)


def _signs_of(source: str, text: str) -> str:
    """The dash and the « … » of the French where a model has hyphens and dots for them."""
    dash = _DASH.search(source)
    text = _HALF_DASH.sub(dash.group(), text) if dash else text
    return _DOTS.sub("…", text) if "…" in source and not _DOTS.search(source) else text


def _one_mark(text: str, source: str) -> str:
    """One mark where a quotation ends: no comma after « ? », and no full stop before a comma."""
    text = _COMMA_TOO.sub(lambda match: (match[1] or "") + (match[2] or ""), text)
    if _STOP_AND_COMMA.search(source):
        text = _STOP_BEFORE_SMALL.sub(r",\1", text)
    return text


def _punctuation_at_quotes(text: str, source: str, style: QuoteStyle) -> str:
    """American practice sets commas and full stops inside the closing mark (Chicago 6.9).

    British practice leaves inside what belongs to the quotation: what is inside in French.
    """
    if style is QuoteStyle.BRITISH:
        return _british(text, source)
    inside, outside = _CLOSING[style]
    return outside.sub(r"\2\1", inside.sub(r"\1", text))


def _british(text: str, source: str) -> str:
    """Commas and full stops outside the closing marks that have them outside in French."""
    french, english = (
        [mark.position for mark in quotes.marks(t) if mark.role is quotes.Role.CLOSE]
        for t in (source, text)
    )
    if len(french) != len(english):
        return text
    for before, at in zip(reversed(french), reversed(english), strict=True):
        inside = source[:before].rstrip()[-1:]
        if text[at - 1 : at] in (".", ",") and inside not in (".", ",", "…", "!", "?"):
            behind = "" if text[at + 1 : at + 2] in (".", ",", ";", ":") else text[at - 1]
            text = text[: at - 1] + text[at] + behind + text[at + 1 :]
    return text


def with_final_mark(text: str, source: str) -> str:
    """An English sentence that ends as its French does, where a model has tamed « ! » or « … ».

    Also where it has dropped the full stop, or the « ; » or « : » of what goes on in the next line.

    >>> with_final_mark("“To be seen-”", "« À voir… »")
    '“To be seen…”'
    >>> with_final_mark("two fragments", "deux fragments ;")
    'two fragments;'
    """
    given, got = (_FINAL.search(t, max(0, len(t) - _LONGEST_ENDING)) for t in (source, text))
    if not given or not got:
        return text
    if not got[1] and _STOPPED.search(source, max(0, len(source) - _LONGEST_ENDING)):
        return text[: got.start(1)].rstrip() + "." + text[got.end(1) :]
    if not given[1]:
        on = _GOES_ON.search(source)
        return text.rstrip(" .,;:") + on.group() if on and got[1] in ("", ".") else text
    if given[1] not in _LOUD or got[1] not in _TAME:
        return text
    return text[: got.start(1)].rstrip() + given[1] + text[got.end(1) :]


def _upper(text: str) -> str:
    return text[0].upper() + text[1:]
