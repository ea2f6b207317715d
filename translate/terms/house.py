"""What the desk has terms for of its own: names and nouns of the news, and phrases of pages.

Names and nouns that a small model guesses at (Poutine, la Tchétchénie, cessez-le-feu) count
everywhere, but only where the model has not found them itself: a placeholder says less to it than a
word. The fixed phrases of the pages around articles (menus, share bars, forms, consent buttons)
count in furniture alone: a model that has learnt from sentences makes little of "Accueil Monde
Sport Contact". At the ends of a line they need no model.
"""

import functools
from dataclasses import replace
from importlib import resources

import regex

from translate.terms.termbase import NO_TERMS, Term, Termbase, bare_name, parse_terms


@functools.lru_cache(maxsize=8)
def with_names(terms: Termbase) -> Termbase:
    """A termbase with the names of the news that it does not have itself."""
    return _joined(terms, names())


@functools.lru_cache(maxsize=8)  # every sentence asks for it
def with_news(terms: Termbase) -> Termbase:
    """A termbase with the names and nouns of the news that it does not have itself."""
    return _joined(terms, (*names(), *nouns()))


@functools.lru_cache(maxsize=8)
def with_phrases(terms: Termbase) -> Termbase:
    """A termbase with the phrases that it does not have itself."""
    return _joined(terms, phrases())


def names() -> tuple[Term, ...]:
    """Names of the news as English newspapers write them."""
    return own_terms("names.tsv")


@functools.lru_cache(maxsize=256)  # each hypothesis asks again
def name_spans(source: str) -> tuple[tuple[int, int], ...]:
    """Where in a French text there are names whose English the desk knows: start and end."""
    found = with_names(NO_TERMS).find(source)
    return tuple((start, start + len(term.french)) for start, term in found)


def copied_names(source: str, target: str) -> list[str]:
    """The names of a French text that its English has as they are, and not in their English form.

    >>> copied_names("Cyrille vit à Moscou.", "Cyrille lives in Moscou.")
    ['Moscou']
    """
    known = with_names(NO_TERMS)
    names = {bare_name(term.french): term for _, term in known.find(source)}
    copied = {n: term for n, term in names.items() if n in target and n not in _english_names()}
    missing = known.missing(source, target) if copied else ()
    return [name for name, term in copied.items() if term in missing and _has_word(target, name)]


@functools.cache
def _english_names() -> frozenset[str]:
    return frozenset(choice for name in names() for choice in name.choices)


def _has_word(text: str, word: str) -> bool:
    return word in text and regex.search(rf"(?<!\w){regex.escape(word)}(?!\w)", text) is not None


def nouns() -> tuple[Term, ...]:
    """Nouns of the news, with the English of newspapers."""
    return tuple(replace(term, noun=True) for term in own_terms("nouns.tsv"))


def lost_terms(source: str, target: str, terms: Termbase = NO_TERMS) -> tuple[Term, ...]:
    """The names and nouns of the news of a French sentence that its English has otherwise.

    A name with an article too many is one of them.

    >>> lost = lost_terms("Cessez-le-feu entre le Tchad et la Corée du Nord",
    ...     "Celebration between the Chad and North Korea")
    >>> [term.english for term in lost]
    ['ceasefire', 'Chad']
    """
    known = with_news(terms)
    there = [term for _, term in known.find(source)]
    missing = known.missing(source, target) if there else []
    has_the = {term: _has_the(term, target) for term in dict.fromkeys(there)}
    return (*missing, *(term for term in there if has_the[term]))


def without_terms(source: str, target: str) -> tuple[str, str]:
    """A French sentence and its English without the names and nouns of the news.

    As they are where the English lacks one of them.
    """
    missing, *rest = with_news(NO_TERMS).compared(source, target)
    return (source, target) if missing else (rest[0], rest[1])


def _has_the(term: Term, target: str) -> bool:
    if not term.has_article or term.english.startswith("the "):
        return False
    return _with_the(term.english).search(target) is not None


@functools.lru_cache(maxsize=1024)
def _with_the(english: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?i)\bthe {regex.escape(english)}\b")


@functools.cache
def phrases() -> tuple[Term, ...]:
    """The phrases, to be found only where no other words belong to them."""
    return tuple(replace(term, alone=True) for term in own_terms("pages.tsv"))


@functools.cache
def _by_phrase() -> dict[str, str]:
    known = (*own_terms("labels.tsv"), *phrases())
    return {_bare(term.french): term.english for term in known}


def kicker(text: str) -> tuple[str, str]:
    """The English of the word in capitals before a headline, and the headline.

    So with the head of a line of practical information.

    >>> kicker("DIRECT. Le Sénat vote"), kicker("SNCF. Le trafic reprend")
    (('LIVE. ', 'Le Sénat vote'), ('', 'SNCF. Le trafic reprend'))
    >>> kicker("Lieu : salle des fêtes")
    ('Venue: ', 'salle des fêtes')
    """
    match = _HEAD.match(text)
    if match and (english := _heads().get(match["head"], "")):
        return f"{english}: ", _DAY.sub("", text[match.end() :])
    head, stop, headline = text.partition(". ")
    english = _kickers().get(head, "") if stop and headline.strip() else ""
    return (f"{english}. ", headline.strip()) if english else ("", text)


_DAY = regex.compile(r"^le[ \u00a0](?=\d)")
_HEAD = regex.compile(r"(?P<head>\p{Lu}[\p{L} .-]{2,24}?)[ \u00a0\u202f]?:[ \u00a0\u202f](?=\S)")


@functools.cache
def _heads() -> dict[str, str]:
    return {term.french: term.english for term in own_terms("heads.tsv")}


@functools.cache
def _kickers() -> dict[str, str]:
    return {term.french: term.english for term in own_terms("kickers.tsv")}


def phrase(text: str, terms: Termbase = NO_TERMS) -> str:
    """The English of a line that is phrases of a page and nothing else; "" where it is not.

    Several have a capital each. Terms of the termbase take the place of phrases.

    >>> phrase("Télécharger"), phrase("Nom *"), phrase("Le vote")
    ('Download', 'Name *', '')
    >>> phrase("Précédent Suivant"), phrase("Partager le suivant")
    ('Previous Next', '')
    """
    words = text.strip(_AROUND_PHRASE)
    english = "" if terms.find(text) else _by_phrase().get(_bare(words), "")
    if english:
        return text.replace(words, _in_case(english, words))
    known = _in_rows(terms)
    if len(text) > LONGEST_ROW or not all(words[at].isupper() for at, _ in known.find(words)):
        return ""
    row, left, after = peeled(words, known)
    return "" if left else text.replace(words, row + after)


@functools.lru_cache(maxsize=8)
def _in_rows(terms: Termbase) -> Termbase:
    """The phrases, and the terms of a termbase as if they were some."""
    return with_phrases(Termbase(tuple(replace(term, alone=True) for term in terms.all_terms())))


#: Characters of the longest row of phrases.
LONGEST_ROW = 80
_AROUND_PHRASE = " \u00a0\u202f*:.›»>→•|-–"


def _bare(phrase: str) -> str:
    return phrase.lower().replace("’", "'")


def _joined(terms: Termbase, more: tuple[Term, ...]) -> Termbase:
    given = {bare_name(term.french) for term in terms.all_terms()}
    return terms.plus(term for term in more if bare_name(term.french) not in given)


@functools.cache
def own_terms(name: str) -> tuple[Term, ...]:
    """The terms of a list of the desk's own: a file of this folder."""
    text = resources.files("translate.terms").joinpath(name).read_text(encoding="utf-8")
    return tuple(parse_terms(text, name))


def peeled(text: str, terms: Termbase) -> tuple[str, str, str]:
    """What the phrases at both ends of a line are in English, and what is left between them.

    >>> peeled("Accueil Monde Le vote de dimanche | Partager", with_phrases(NO_TERMS))
    ('Home World ', 'Le vote de dimanche |', ' Share')
    """
    found = [
        (start, start + len(term.french), term.english)
        for start, term in terms.find(text)
        if term.alone
    ]
    before = after = ""
    begin, end = 0, len(text)
    while found and _is_filler(text[begin : found[0][0]]):
        start, stop, english = found.pop(0)
        before += text[begin:start] + _in_case(english, text[start:stop])
        begin = stop
    while found and _is_filler(text[found[-1][1] : end]):
        start, stop, english = found.pop()
        after = _in_case(english, text[start:stop]) + text[stop:end] + after
        end = start
    between = text[begin:end]
    if _is_filler(between):
        return before + between + after, "", ""
    words = between.strip()
    left = between.index(words)
    return before + between[:left], words, between[left + len(words) :] + after


def _is_filler(text: str) -> bool:
    """Whether a stretch belongs to no sentence: no word in it, and no quotation mark."""
    return not any(letter.isalnum() or letter in '"“”«»' for letter in text)


def _in_case(english: str, french: str) -> str:
    """A phrase in capitals where the page has it so."""
    return english.upper() if french.isupper() else english
