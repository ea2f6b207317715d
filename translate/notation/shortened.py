"""French abbreviations written in full: models leave "env. 20 mm" as it is, or garble it.

Only where what stands around tells which word is meant: "av. Foch" is an avenue, "av. J.-C." an
era. Months are `typography.full_months`, titles of people `people.written_out`.
"""

from collections.abc import Iterable

import regex

#: Before a number, a letter of a series or a Roman numeral: "art. 5", "bât. B".
_BEFORE_NUMBERS = {
    **{"art": "article", "arts": "articles", "al": "alinéa", "env": "environ"},
    **{"approx": "environ", "chap": "chapitre", "fig": "figure", "tél": "téléphone"},
    **{"réf": "référence", "sect": "section", "ann": "annexe", "tab": "tableau"},
    **{"bât": "bâtiment", "vol": "volume"},
}
#: Before a name, or before "de": "bd Voltaire", "pl. de la République".
_BEFORE_NAMES = {
    **{"bd": "boulevard", "bld": "boulevard", "boul": "boulevard", "av": "avenue"},
    **{"pl": "place", "rte": "route", "sq": "square", "fg": "faubourg", "imp": "impasse"},
}
#: Behind a number: "1 200 hab."
_BEHIND_NUMBERS = {"hab": "habitants", "ex": "exemplaires", "ét": "étage"}
#: Wherever they stand.
_ANYWHERE = {
    **{"c.-à-d": "c'est-à-dire", "c-à-d": "c'est-à-dire", "càd": "c'est-à-dire"},
    **{"p. ex": "par exemple", "p.ex": "par exemple", "par ex": "par exemple"},
    **{"av. J.-C": "avant Jésus-Christ", "av. J-C": "avant Jésus-Christ"},
    **{"apr. J.-C": "après Jésus-Christ", "apr. J-C": "après Jésus-Christ"},
    **{"w.-e": "week-end", "W.-E": "week-end", "w-e": "week-end", "W-E": "week-end"},
    **{"ap. J.-C": "après Jésus-Christ", "ap. J-C": "après Jésus-Christ"},
}
#: "12 postes max.", but "5 min." are minutes.
_LIMITS = {"max": "au maximum", "min": "au minimum"}
_FULL = _BEFORE_NUMBERS | _BEFORE_NAMES | _BEHIND_NUMBERS | _ANYWHERE | _LIMITS


def _any(words: Iterable[str]) -> str:
    """Any of them, in small letters or with a capital: not "BD", which is a comic strip."""
    both = {form for word in words for form in (word, word[0].upper() + word[1:])}
    return "|".join(map(regex.escape, sorted(both, key=len, reverse=True)))


#: A dot that ends the sentence as well stays.
_DOT = r"(?:\.(?=(?P<goes_on>[ ]?[^\s])|\s*$))"
_SHORT = regex.compile(
    rf"""(?<![\w.-])(?:
      (?P<word>{_any(_ANYWHERE)}){_DOT}
    | (?P<word>càd|[wW]-[eE])(?![\w-])
    | (?P<word>{_any(_BEFORE_NUMBERS)}){_DOT}?(?=[ ](?:n°[ ]?)?(?:\d|[A-Z]\b|[IVXL]+\b))
    | (?P<word>[Ee]nv)\.(?P<goes_on>(?=[ ]\p{{Ll}}))
    | (?P<word>{_any(_BEFORE_NAMES)})(?:(?P<goes_on>)\.|(?<=[Bb]l?d|[Rr]te|[Ff]g)(?P<goes_on>))
        (?=[ ](?:d(?:e[ ]l(?:a[ ]|['’])|e[ ]|u[ ]|es[ ]|['’]))?\p{{Lu}})
    | (?<=\d[ ])(?P<word>hab|ex){_DOT}
    | (?<=\d(?:er?|re|ème)[ ])(?P<word>ét){_DOT}
    | (?<=\p{{L}}[ ])(?P<word>max){_DOT}
    | (?<=\p{{L}}{{3}}[ ])(?P<word>min){_DOT}
    )""",
    regex.VERBOSE,
)
#: What has none of these is left alone at once; most sentences have no dot but the last one.
_SIGNS = (
    *("hab.", "ex.", "ét.", "max.", "min.", "C.", "bd ", "Bd ", "bld ", "rte ", "fg ", "càd"),
    *("w-e", "W-E"),
)


def written_out(text: str) -> str:
    """A French text with its abbreviations in full.

    >>> written_out("Il vit bd Voltaire depuis env. 20 ans, selon l'art. 5. Soit 1 200 hab.")
    "Il vit boulevard Voltaire depuis environ 20 ans, selon l'article 5. Soit 1 200 habitants."
    """
    if "." in text[:-1] or any(sign in text for sign in _SIGNS):
        return _SHORT.sub(_in_full, text)
    return text


def _in_full(match: regex.Match[str]) -> str:
    short = match["word"]
    full = _FULL.get(short) or _FULL[short[0].lower() + short[1:]].capitalize()
    ends = match.group().endswith(".") and match["goes_on"] is None
    return full + "." * ends
