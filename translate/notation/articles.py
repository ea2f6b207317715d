"""English a or an: by how the next word or number is spoken.

What is set into a sentence (a number, a term, the words of a link) may begin with another sound
than what the model thought of.
"""

import regex

#: Spelt with a vowel and spoken with a consonant; and the other way round.
_CONSONANT = regex.compile(r"(?i)uni(?!m|n|d)|us[aeu]|util|eu|one\b|once|ubiq|uran|utop")
_SILENT_H = regex.compile(r"(?i)hono|hour|heir|honest")
#: Eight, eleven and eighteen, also of thousands; the years 11xx and 18xx.
_NUMBER = regex.compile(r"8|1[18](?!\d)|1[18]\d\d(?![\d,])")
#: What stands for markup while the text around it is set.
_MARKUP = "\U000f0000-\U000ffffd"
#: An article before figures, with quotation marks, markup or a currency between, or before a word
#: with markup between.
_ARTICLE = regex.compile(
    r"(?<![\w.'’-])(?:an?|(?<=(?:^|[.!?:“]\s?))An?) "
    rf'(?=[{_MARKUP}"“‘(]*+[€£$¥]?(?P<next>\d[\d,]*)|[{_MARKUP}]++(?P<next>\p{{L}}+))'
)
_LAST = regex.compile(r"\b[Aa]n? $")


def article(word: str) -> str:
    """The indefinite article of an English word or of a number in figures.

    >>> [article(w) for w in ("union", "hour", "uncle", "unit", "animal", "European", "house")]
    ['a', 'an', 'an', 'a', 'an', 'a', 'a']
    >>> [article(n) for n in ("8", "11-year-old", "18,000", "1850", "1,850", "110", "12")]
    ['an', 'an', 'an', 'an', 'a', 'a', 'a']
    """
    vowel = word[:1].lower() in "aeiou" and not _CONSONANT.match(word)
    return "an" if vowel or _SILENT_H.match(word) or _NUMBER.match(word) else "a"


def agreed(before: str, word: str) -> str:
    """What stands before a word, with its article if it ends in one; capitals may be spelt out.

    >>> agreed("It was an ", "palace"), agreed("the ", "uncle"), agreed("an ", "MP")
    ('It was a ', 'the ', 'an ')
    """
    found = _LAST.search(before[-4:])
    return before[: -len(found.group())] + _before(word, found.group()) if found else before


def with_articles(text: str) -> str:
    """A text with the articles that its numbers in figures and its marked words have.

    >>> with_articles("A 11-year-old had a €8 note and an 12-inch pan.")
    'An 11-year-old had an €8 note and a 12-inch pan.'
    """
    return _ARTICLE.sub(lambda match: _before(match["next"], match.group()), text)


def _before(word: str, given: str) -> str:
    if word[:2].isupper():
        return given
    found = article(word)
    return (found.capitalize() if given[0].isupper() else found) + " "
