"""English usage around names and numbers, where a model keeps to the French or to Parliament.

"M. Martin, 47 ans" is "Mr. Martin, 47" in a newspaper (Associated Press Stylebook; with British
quotation marks "Mr Martin", Guardian style guide).
"""

import regex

from translate.notation import articles, times
from translate.notation.calendar import ENGLISH_MONTHS, IN_WORDS
from translate.notation.numerals import SPACES
from translate.notation.quotes import QuoteStyle

_TITLE = regex.compile(r"(?<!\b\p{Lu}\.\s?)\b(?:(MM?)\.|(M(?:me|lle)s?))\s(?=\p{Lu})")
_TITLES = {
    "M": "Mr.",
    "MM": "Messrs.",
    "Mme": "Ms.",
    "Mmes": "Mses.",
    "Mlle": "Ms.",
    "Mlles": "Mses.",
}
_FRENCH_TITLE = regex.compile(r"\b(?:MM?\.|M(?:me|lle)s?)\s(?:\p{Lu}|et\sMme\s)")
_COUPLE = regex.compile(r"\b(?:M\.|Mr\.?|Mister) and (?:Mme|M(?:r?s|iss)\.?)(?= \p{Lu})")
_CURRENCY_AGAIN = regex.compile(
    r"((?:US)?[$€£]\d[\d,.]*(?:\s(?:m|b|tr)illion)?)(?:\s(?:US\s)?(?:dollars|euros|pounds)\b)+"
)
_BILLION = regex.compile(r"(?<=\d )(?:thousand millions?|milliards?)\b")
_EUROS = regex.compile(r"(?<=\d (?:(?:m|b|tr)illion )?)Euro(?=s\b)")
_AGE = regex.compile(r"(?<=\p{L}, \d{1,3}) years(?: old| of age)?(?=,)")
_FRENCH_AGE = regex.compile(r",\s(?:âgée?\sde\s)?\d{1,3}\sans,")
_CLOCK = r"(?:\d{1,2}(?::\d\d)? [ap]\.m\.|noon\b|midnight\b)"
_DATE_TO_TIME = regex.compile(
    r"(?<=\b(?:\w+day|yesterday|today|tomorrow|(?:January|February|March|April|May|June|July"
    r"|August|September|October|November|December) \d{1,2}(?:, \d{4})?),?) to"
    rf"(?= {_CLOCK})"
)
_TO_TIME = regex.compile(rf"\bto {_CLOCK}")
#: What tells before a French time when something is, and what tells until or towards when.
_CLAUSE, _WHEN = 60, regex.compile(rf"(?i)\bà[{SPACES}]$")
_UNTIL = regex.compile(
    rf"""(?ix)(?: \bjusqu['’]
      | (?:\d[{SPACES}]?h?(?:eures)?\d*|\bmidi|\bminuit)[{SPACES}]      # 9 h à 12 h
      | \b(?:de|entre|dès|depuis)\s(?:\d|mi(?:di|nuit))[^.;:!?]*
      | \b(?:report|décal|repouss|avanc|prolong|éten|étal|recul|retard|ramen|pass|déplac)\p{{L}}*
        [^.;:!?]*
    )à[{SPACES}]$"""
)
_FROM = regex.compile(r"(?i)\bfrom\b")
#: A model's preposition before a time of day.
_IN_TIME = regex.compile(rf"\bin(?= {_CLOCK})")
#: Days of one month: from October 14 to 18.
_MONTHS = "|".join(ENGLISH_MONTHS.values())
_TH = r"(?:st|nd|rd|th)?"
_DAYS_OF_MONTH = regex.compile(
    rf"\b(?P<from>[Ff]rom|[Bb]etween) (?:the )?(?P<first>\d\d?){_TH} (?P<to>to|and|until) "
    rf"(?:the )?(?:(?P<month>{_MONTHS}) (?P<last>\d\d?){_TH}"
    rf"|(?P<last>\d\d?){_TH}(?: of)? (?P<month>{_MONTHS}))(?!\d|\p{{L}})"
)
_FRENCH_DAYS = regex.compile(
    rf"\b(?:du|entre le) \d\d?(?:er)? (?:au|et le) \d\d? (?:{'|'.join(ENGLISH_MONTHS)})"
)
#: Countries and regions without an article in English, where nothing that belongs to one follows.
_COUNTRIES = (
    "Africa Algeria Argentina Asia Austria Belgium Brazil Brittany Bulgaria Canada China Corsica "
    "Croatia Denmark Egypt England Europe Finland France Germany Greece Hungary India Iran Iraq "
    "Ireland Israel Italy Japan Libya Mexico Morocco Normandy Norway Poland Portugal Provence "
    "Romania Russia Scotland Serbia Spain Sweden Switzerland Syria Tunisia Turkey Ukraine"
).split()
_THE_COUNTRY = regex.compile(rf"\b[Tt]he (?=(?:{'|'.join(_COUNTRIES)})[,.;:!?”\"])")
_AT_CENTURY = regex.compile(r"\b([Aa])t (?=the (?:[\w-]+ )?\d{1,2}(?:st|nd|rd|th) centur)")
_THE_THE = regex.compile(r"\b([Tt]he)(?: the)+\b")
#: What models make of "n° 12".
_NUMBER_SIGN = regex.compile(r"\b(?:[Nn]o?|Number)\.?\s?[°º],?\s?(?=\d)")
_BARE_TITLE = regex.compile(r"\b(Mr|Mrs|Ms|Dr|Messrs)(?= \p{Lu})")
_COURTESY = regex.compile(
    r"(?i)\b(?:m[rm]?s?\.?|monsieur|messieurs|m(?:ada|esda)?mes?|mlles?|d(?:octeu)?r)\b"
)
#: An era, which newspapers write so: 44 B.C., but A.D. 96.
_ERA = regex.compile(
    r"(?i)(?:(?P<year>\d+) )?\b(?:(?P<before>before)|after) (?:J\.?C\.?|(?:Jesus[- ])?Christ)(?!\w)"
)
_FRENCH_ERA = regex.compile(r"\b(?:av(?:ant)?|apr?(?:ès)?)\.? (?:J\.-?C|Jésus-Christ)")
#: A day before its month, as Parliament has them; not the second of two days.
_DAY_FIRST = regex.compile(
    rf"(?<!\d(?:st|nd|rd|th)? ?(?:to|and|or|-|–|,) ?)(?<![\d,.:/]|No\. )\b"
    rf"(?:the (?=\d+(?:st|nd|rd|th)))?(?P<day>[12]?\d|3[01])(?:st|nd|rd|th)?(?: of)?"
    rf" (?P<month>{'|'.join(ENGLISH_MONTHS.values())})\b(?:,? (?P<year>[12]\d{{3}})\b(?!\d))?"
)
_FRENCH_DATE = regex.compile(rf"(?<![\w,./-]){IN_WORDS}")
#: A ruler, first of the name: François Ier.
_FIRST_RULER = regex.compile(r"(?<=\b\p{Lu}[\p{L}’'-]{2,} I)(?:er|re|ère)\b")
#: A share that has no article in English: three-quarters of them.
_SHARE_THE = regex.compile(
    r"\b[Tt]he (?P<first>t)(?=(?:wo[- ]third|hree[- ](?:quarter|fifth))s of\b)"
)
_HONOURABLE = regex.compile(r"\b[Hh]on\. ")


def to_usage(text: str, source: str, style: QuoteStyle) -> str:
    """An English sentence with titles, ages, sums and times as newspapers have them.

    Idempotent. `source` is the French sentence: what it does not have is not touched.

    >>> to_usage("M. Brix, 47 years, paid $80 dollars", "M. Brix, 47 ans, a payé 80 dollars",
    ...     QuoteStyle.AMERICAN)
    'Mr. Brix, 47, paid $80'
    """
    if _FRENCH_TITLE.search(source):
        text = _COUPLE.sub(_couple(style), text)
        text = _TITLE.sub(lambda match: _title(match[1] or match[2], style), text)
    if _FRENCH_AGE.search(source):
        text = _AGE.sub("", text)
    text = _EUROS.sub("euro", _BILLION.sub("billion", text))
    text = _CURRENCY_AGAIN.sub(r"\1", text)
    text = _THE_THE.sub(r"\1", text)
    if style is not QuoteStyle.BRITISH:
        text = _BARE_TITLE.sub(r"\1.", text) if _COURTESY.search(source) else text
        if _DAY_FIRST.search(text) and _FRENCH_DATE.search(source):
            text = _DAY_FIRST.sub(_month_first, text)
    if _FRENCH_ERA.search(source):
        text = _ERA.sub(_era, text)
    text = text if _FROM.search(text) else _DATE_TO_TIME.sub(" at", text)
    text = _at_times(text, source) if _TO_TIME.search(text) else text
    text = _IN_TIME.sub("at", text)
    if style is not QuoteStyle.BRITISH and _FRENCH_DAYS.search(source):
        text = _DAYS_OF_MONTH.sub(r"\g<from> \g<month> \g<first> \g<to> \g<last>", text)
    text = _THE_COUNTRY.sub("", text)
    text = _SHARE_THE.sub(_without_the, text)
    text = _FIRST_RULER.sub("", text)
    text = _AT_CENTURY.sub(lambda match: "In " if match[1] == "A" else "in ", text)
    text = articles.with_articles(_NUMBER_SIGN.sub("No. ", text))
    return text if _HONOURABLE.search(source) else _HONOURABLE.sub("", text)


def _at_times(text: str, source: str) -> str:
    """ "He spoke at 2:30 p.m." where a model has "to" for the « à » of « à 14 h 30 »."""
    for time in times.times(source):
        before = source[max(0, time.start - _CLAUSE) : time.start]
        if _WHEN.search(before) and not _UNTIL.search(before):
            said = regex.escape(times.english(time))
            text = regex.sub(rf"\bto (?={said}(?!\w))", "at ", text, count=1)
    return text


def _month_first(match: regex.Match[str]) -> str:
    return f"{match['month']} {match['day']}" + (f", {match['year']}" if match["year"] else "")


def _couple(style: QuoteStyle) -> str:
    return "Mr and Mrs" if style is QuoteStyle.BRITISH else "Mr. and Mrs."


def _without_the(match: regex.Match[str]) -> str:
    return match["first"].upper() if match.group()[0] == "T" else match["first"]


def _era(match: regex.Match[str]) -> str:
    year = match["year"] or ""
    return f"{year} B.C.".strip() if match["before"] else f"A.D. {year}".strip()


def _title(french: str, style: QuoteStyle) -> str:
    english = _TITLES[french]
    return (english.rstrip(".") if style is QuoteStyle.BRITISH else english) + " "
