"""English usage around names and numbers, where a model keeps to the French or to Parliament.

"M. Martin, 47 ans" is "Mr. Martin, 47" in a newspaper (Associated Press Stylebook; with British
quotation marks "Mr Martin", Guardian style guide).
"""

import regex

from translate.notation.quotes import QuoteStyle

_TITLE = regex.compile(r"\b(?:(MM?)\.|(M(?:me|lle)s?))\s(?=\p{Lu})")
_TITLES = {
    "M": "Mr.",
    "MM": "Messrs.",
    "Mme": "Ms.",
    "Mmes": "Mses.",
    "Mlle": "Ms.",
    "Mlles": "Mses.",
}
_FRENCH_TITLE = regex.compile(r"\b(?:MM?\.|M(?:me|lle)s?)\s\p{Lu}")
_CURRENCY_AGAIN = regex.compile(
    r"((?:US)?[$€£]\d[\d,.]*(?:\s(?:m|b|tr)illion)?)(?:\s(?:US\s)?(?:dollars|euros|pounds)\b)+"
)
_BILLION = regex.compile(r"(?<=\d )(?:thousand millions?|milliards?)\b")
_EUROS = regex.compile(r"(?<=\d (?:(?:m|b|tr)illion )?)Euro(?=s\b)")
_AGE = regex.compile(r"(?<=\p{L}, \d{1,3}) years(?: old| of age)?(?=,)")
_FRENCH_AGE = regex.compile(r",\s(?:âgée?\sde\s)?\d{1,3}\sans,")
_DATE_TO_TIME = regex.compile(
    r"(?<=\b(?:\w+day|yesterday|today|tomorrow|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December) \d{1,2}(?:, \d{4})?),?) to"
    r"(?= (?:\d{1,2}(?::\d\d)? [ap]\.m\.|noon\b|midnight\b))"
)
_FROM = regex.compile(r"(?i)\bfrom\b")
_AT_CENTURY = regex.compile(r"\b([Aa])t (?=the (?:[\w-]+ )?\d{1,2}(?:st|nd|rd|th) centur)")
_THE_THE = regex.compile(r"\b([Tt]he)(?: the)+\b")
#: What models make of "n° 12".
_NUMBER_SIGN = regex.compile(r"\b(?:[Nn]o?|Number)\.?\s?[°º],?\s?(?=\d)")
_HONOURABLE = regex.compile(r"\b[Hh]on\. ")


def to_usage(text: str, source: str, style: QuoteStyle) -> str:
    """An English sentence with titles, ages, sums and times as newspapers have them.

    Idempotent. `source` is the French sentence: what it does not have is not touched.

    >>> to_usage("M. Brix, 47 years, paid $80 dollars", "M. Brix, 47 ans, a payé 80 dollars",
    ...     QuoteStyle.AMERICAN)
    'Mr. Brix, 47, paid $80'
    """
    if _FRENCH_TITLE.search(source):
        text = _TITLE.sub(lambda match: _title(match[1] or match[2], style), text)
    if _FRENCH_AGE.search(source):
        text = _AGE.sub("", text)
    text = _EUROS.sub("euro", _BILLION.sub("billion", text))
    text = _CURRENCY_AGAIN.sub(r"\1", text)
    text = _THE_THE.sub(r"\1", text)
    text = text if _FROM.search(text) else _DATE_TO_TIME.sub(" at", text)
    text = _AT_CENTURY.sub(lambda match: "In " if match[1] == "A" else "in ", text)
    text = _NUMBER_SIGN.sub("No. ", text)
    return text if _HONOURABLE.search(source) else _HONOURABLE.sub("", text)


def _title(french: str, style: QuoteStyle) -> str:
    english = _TITLES[french]
    return (english.rstrip(".") if style is QuoteStyle.BRITISH else english) + " "
