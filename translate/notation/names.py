"""The names of a French sentence in its English: kept, damaged by a letter or two, or lost.

A name is a run of capitalised words with its particles ("Ursula von der Leyen"). Many have another
form in English (Londres) or are words (la Maison Blanche); one must stand as it is where English
writes it nearly as often as French, which the word lists tell, or where a word beside it is such a
one (Emmanuel Macron). People with a French given name and places named after a saint stand to the
letter (Hélène, Saint-Étienne), and names that English takes over keep their accents.
"""

import functools
import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import islice, pairwise, takewhile

import regex

from translate.notation.calendar import ENGLISH_DAYS, ENGLISH_MONTHS
from translate.notation.given_names import given_name
from translate.notation.vocabulary import (
    PARTICLES,
    POSSESSIVE,
    Word,
    is_english_word,
    plain,
    read,
    zipf,
)

#: Parts of joined names that English has words for.
_DIRECTIONS = frozenset(
    "Nord Sud Est Ouest Centre Haut Haute Bas Basse Grand Grande Orient Occident Franco".split()
)
#: French writes a word that English has otherwise so much more often (10 to this power).
OWN_LEAD = 1.5
#: A rarer word is a name whatever its lead, unless it ends like a noun or an adjective.
RARE_ZIPF = 2.6
#: A word that is as common as this in both is more likely a noun (Direction, Institution).
NOUN_ZIPF = 4.0
#: A word of English is a name's other form where it is nearly as common as the name in French.
FORM_LEAD = 1.0
#: A damaged name is so like it (Mbapped, Elugio for Sergio).
SIMILARITY = 0.65
#: A word so like a name is at least its English form (Chile, Dominic).
PART_SIMILARITY = 0.9  # of one part of a joined name
FORM_SIMILARITY = 0.5
#: First names are rarer in English than nouns that begin a name (Festival de Cannes).
FIRST_NAME_ZIPF = 4.0
#: Without its French accents a word is one of English (President, Ceres) where it is so common
#: there, and so much more than with them.
PLAIN_ZIPF, PLAIN_LEAD = 2.3, 1.0
#: English knows a name so much better than the word in its place (Maria, Marai; 10 to this power).
DAMAGE_LEAD = 2.0
#: A given name is French alone that French writes so much more often (10 to this power).
FRENCH_LEAD = 1.0
#: What is shorter, or in French as common as small words are, is no name.
MIN_LETTERS, SMALL_ZIPF = 3, 5.3
#: A surname that begins a sentence may be a noun as common as this (Berger).
FIRST_ZIPF = 3.5
#: Small words inside a joined name have no more letters (Villeneuve-sous-Pic).
LONGEST_PARTICLE = 4
#: So many words may stand in the place of particles (Ursula voted from Leyen).
MAX_BETWEEN = 3

#: Names as common as nouns are, of which English makes no adjective.
_FAMOUS = frozenset(
    "Obama Trump Biden Macron Clinton Hitler Facebook Google Twitter YouTube Instagram Netflix "
    "Microsoft Paris Marseille Lyon Toulouse Bordeaux Lille Nantes Strasbourg Montpellier Rennes "
    "Berlin Madrid Chicago Boston Manchester Liverpool Chelsea Arsenal Hollywood Manhattan".split()
)
_DERIVED = regex.compile(
    r"(?:i[ae]|[ie]en(?:ne)?s?|[ao]is(?:es?)?|iques?|tions?|te|ments?|eurs?|istes?|ain(?:es?|s)?"
    r"|ees?|es|[ts]s|oires?|[ae]nces?|ismes?)$"
)
_COMPOUND = regex.compile(r"[\p{L}\p{M}]+(?:[ -][\p{L}\p{M}]+)*+")
#: Endings of who or what is of a place, and letters that are left of its name.
_OF_A_PLACE = regex.compile(r"(?:i?an|ese|ish)s?$")
SHORTEST_PLACE = 5
#: Letters of other alphabets as French and as English write them.
_SOUNDS = (
    (regex.compile("iste?s?$|ites?$"), "ist"),
    (regex.compile("(?<=in)e$"), ""),
    (regex.compile("t?s?ch|t?sh|c(?=[eiy])"), "s"),
    (regex.compile("ou|oo|w"), "u"),
    (regex.compile("kh|k|c|q(?:u(?=[eiy]))?"), "k"),
    (regex.compile("dj|dzh|zh|j"), "j"),
    (regex.compile("gu(?=[eiy])"), "g"),
    (regex.compile("ii|y|ey|e"), "i"),
)
_TITLES = frozenset(
    "M MM Mme Mmes Mlle Mlles Dr Dre Drs Pr Pre Prs Me Mes Mgr Lt Col Gal Sgt".split()
)
_PERSON = regex.compile(r"[\p{L}-]+ (?:d(?:e|u|es) |d['’])[\p{L}-]+")
_DIRECTION = regex.compile(r" (?:du (?:Nord|Sud)|de l['’](?:Est|Ouest))$")
_SAINT = regex.compile(r"Saint(?:es?|s)?-\p{Lu}")
#: What has an English name of its own, or is no place.
_OTHER_SAINTS = frozenset(
    "Saint-Siège Saint-Père Saint-Esprit Saint-Empire Saint-Office Saint-Sépulcre Saint-Sylvestre "
    "Saint-Valentin Saint-Jean Saint-Laurent Saint-Patrick Sainte-Hélène Sainte-Lucie Saint-Marin "
    "Saint-Barthélemy Sainte-Alliance Sainte-Trinité Sainte-Vierge Sainte-Sophie".split()
)
#: Who stands before a given name has an English one (le roi Philippe), or is a saint.
_RULER = regex.compile(
    r"(?i)\b(?:papes?|rois?|reines?|saints?|saintes?|princes?|princesses?|empereurs?|impératrices?"
    r"|tsars?|ducs?|duchesses?|sultans?|apôtres?|évangile|prophètes?|frères?|sœurs?|pères?|mères?)"
    r"\s(?:d(?:e\s|['’])|selon\s)?$"
)
#: The trema is how French writes foreign vowels (Mikhaïlov, Haïti): English goes without.
_ACCENTS = regex.compile(r"[^\P{L}a-zæœïüÿ]", regex.IGNORECASE)
_FOREIGN_LETTER = regex.compile(r"[^\P{L}a-zàâæçéèêëîïôœùûüÿ]", regex.IGNORECASE)
_NUMERAL = regex.compile(r"[IVX]+(?:er|e|ème)?")
#: Particles that are no French words, and so are not translated.
_FRENCH = frozenset("de du des d la le les l".split())
_FOREIGN = PARTICLES - _FRENCH


#: Names of a sentence, words of one, and strange words of its English, that are compared.
MOST = 48


@dataclass(frozen=True, slots=True)
class Fault:
    """A name that is not in the English as the French has it.

    `written` is what stands there instead, from `start` on; nothing where the name is lost.
    """

    name: str
    written: str = ""
    start: int = 0

    @property
    def is_of_accents(self) -> bool:
        """Whether the letters are right, but for their accents."""
        return _folded(self.name) == _folded(self.written)


Span = tuple[int, int]


@functools.lru_cache(maxsize=256)  # what is mended is checked
def faults(french: str, english: str, known: tuple[Span, ...] = ()) -> tuple[Fault, ...]:
    """The names that are damaged or lost, in the order of the French.

    `known`: where in the French there are names whose English is known to be another.

    >>> faults("Selon Mbappé, c’est perdu.", "According to Mbapped, it is lost.")
    (Fault(name='Mbappé', written='Mbapped', start=13),)
    >>> faults("Londres salue Emmanuel Macron.", "London hails Emmanuel Macron.")
    ()
    """
    runs = [run for run in _runs(french, known) if not _stands(run.text, english)]
    if not runs:
        return ()
    target = _target(french, english)
    found: dict[int, Fault] = {}
    lost: list[Fault] = []
    for run in runs:
        damaged = {fault.start: fault for fault in _damaged(run, target)}
        if damaged and _is_apart(run, target.mended(damaged)):
            lost.append(Fault(run.text))
            continue
        found |= {start: fault for start, fault in damaged.items() if start not in found}
        lost += [] if damaged else _lost(run, target)
    return (*found.values(), *lost)


def _stands(name: str, english: str) -> bool:
    at = english.find(name)
    return at >= 0 and not english[at + len(name) : at + len(name) + 1].isalpha()


def mended(french: str, english: str, known: tuple[Span, ...] = ()) -> str:
    """The English with each damaged name as the French has it.

    >>> mended("Ursula von der Leyen est là.", "Ursula voted from Leyen is there.")
    'Ursula von der Leyen is there.'
    """
    for fault in sorted(faults(french, english, known), key=lambda fault: -fault.start):
        if fault.written:
            end = fault.start + len(fault.written)
            english = english[: fault.start] + fault.name + english[end:]
    return english


#: A given name, if the list has it, and the word behind it.
_FULL_NAME = regex.compile(
    r"(?<![\p{L}\p{M}’'-])(\p{Lu}[\p{L}\p{M}-]++) (\p{Lu}[\p{L}\p{M}’'-]{3,}+)"
)


@functools.lru_cache(maxsize=8)  # each sentence of an article asks for them
def surnames(text: str) -> frozenset[str]:
    """The surnames that stand behind French given names in a text, an article or more of it.

    >>> sorted(surnames("Élise Vasseur a battu Théo Petit, de Nice. Louis XVIII dort."))
    ['Petit', 'Vasseur']
    """
    found = (match.groups() for match in _FULL_NAME.finditer(text, overlapped=True))
    return frozenset(
        surname
        for first, surname in found
        if given_name(first) and not given_name(surname) and not surname.isupper()
    )


def alone(french: str, known: frozenset[str]) -> tuple[str, ...]:
    """The first known surnames that are names in a French sentence, in its order.

    >>> alone("Basket : Petit sauve Nanterre", frozenset({"Petit", "Vasseur"}))
    ('Petit',)
    >>> alone("Petit sauve Nanterre", frozenset({"Petit"}))
    ()
    """
    words = (word for word in read(french) if word.bare in known) if known else ()
    sure = (word.bare for word in words if word.is_name or zipf(word.bare, "fr") < FIRST_ZIPF)
    return tuple(islice(dict.fromkeys(sure), MOST))


@dataclass(frozen=True, slots=True)
class _Run:
    """Words that make a name; `proper` are those that English has to write as French does.

    `exact`: to the letter, since it is a person's or a saint's place. `others`: names that English
    may have otherwise. `is_sure`: the word lists say so of one of them at
    least, or a given name does.
    """

    text: str
    words: tuple[Word, ...]
    proper: tuple[Word, ...]
    exact: frozenset[Word]
    others: tuple[Word, ...]
    is_sure: bool


@dataclass(frozen=True, slots=True)
class _Target:
    """An English sentence; `strange` are its capitalised words that the French does not have.

    They come in order, each with its place; `places` are where the words of each folded form
    stand, `exact` the words to the letter. `forms` are the strange words that may be English forms
    of names, `renamed` is how many names of the French are known to have others.
    """

    text: str
    words: tuple[Word, ...]
    folded: tuple[str, ...]
    places: Mapping[str, Sequence[int]]
    exact: frozenset[str]
    strange: Mapping[Word, int]
    forms: tuple[Word, ...] = ()
    renamed: int = 0

    def mended(self, damaged: Mapping[int, Fault]) -> "_Target":
        """What it would be with damaged names as the French has them; faults by their start."""
        folded = tuple(
            _folded(damaged[word.start].name) if word.start in damaged else plain_word
            for word, plain_word in zip(self.words, self.folded, strict=True)
        )
        return replace(self, folded=folded, places=_places(folded))

    def capitalised(self, folded: str) -> list[Word]:
        """The words of a folded form that have a capital, in their order."""
        found = (self.words[at] for at in self.places.get(folded, ()))
        return [word for word in found if word.bare[0].isupper()]

    def only(self, word: Word) -> int | None:
        """Where a word stands that stands there once."""
        places = self.places.get(_folded(word.bare), ())
        return places[0] if len(places) == 1 else None


def _places(folded: Iterable[str]) -> dict[str, list[int]]:
    places: dict[str, list[int]] = {}
    for at, word in enumerate(folded):
        places.setdefault(word, []).append(at)
    return places


def _target(french: str, english: str) -> _Target:
    found = read(english)
    folded = tuple(_folded(word.bare) for word in found)
    given = {_folded(word.bare) for word in read(french)}
    strange = (
        (word, at)
        for at, word in enumerate(found)
        if word.bare[0].isupper() and folded[at] not in given
    )
    exact = frozenset(form for word in found for form in _exact_forms(word.bare))
    places = _places(folded)
    strangers = dict(islice(strange, MOST))
    forms = tuple(w for w in strangers if w.is_name and _folded(w.bare) not in _NEVER_NAMES)
    renamed = sum(
        word.is_name and not _is_own(word.bare) and _folded(word.bare) not in places
        for word in read(french)
    )
    return _Target(english, found, folded, places, exact, strangers, forms, renamed)


#: What English writes with a capital and French without: days, months, peoples.
_NEVER_NAMES = frozenset(
    map(str.lower, ("I", "I'm", "I've", "I'll", *ENGLISH_DAYS.values(), *ENGLISH_MONTHS.values()))
)


def _exact_forms(word: str) -> tuple[str, str]:
    """A word with either kind of apostrophe, and without the possessive."""
    return word.replace("’", "'"), POSSESSIVE.sub("", word)


@functools.lru_cache(maxsize=256)  # each hypothesis asks again
def _runs(french: str, known: tuple[Span, ...]) -> tuple[_Run, ...]:
    """The names of a French sentence that have a word which must stand as it is."""
    runs: list[list[Word]] = [[]]
    for word in read(french):
        if runs[-1] and not _follows(word, runs[-1][-1], french):
            runs.append([])
        is_particle = bool(runs[-1]) and plain(word.bare) in PARTICLES
        if is_particle or word.is_name or (word.bare[0].isupper() and _may_begin(word.bare)):
            runs[-1].append(word)
        elif runs[-1]:
            runs.append([])
    named = (run for words in runs if _matters(run := _run(words, french, known)))
    return tuple(islice(named, MOST))


def _matters(run: _Run) -> bool:
    return bool(run.proper or run.others)


def _may_begin(word: str) -> bool:
    """Whether a word whose capital says nothing, since it begins a sentence, is a name."""
    given = given_name(word)
    return _is_own(word) or _is_saint(word) or bool(given)


def _follows(word: Word, before: Word, french: str) -> bool:
    """Whether a word may belong to the name before it: one space apart, and without its article."""
    start = word.end - len(word.text)
    between = french[before.end : start]
    if len(before.bare) == 1 and before.bare.isupper() and between[:1] == ".":
        between = between[1:] or " "  # J. C. Morel, J.C. Morel
    return between == " " and french[start].lower() != "l" * (start < word.start)


def _run(words: Sequence[Word], french: str, known: tuple[Span, ...]) -> _Run:
    words = words[:MOST]
    while words and not words[-1].bare[0].isupper():
        words = words[:-1]
    while words and words[0].bare in _TITLES:
        words = words[1:]
    text = french[words[0].start : words[-1].end] if words else ""
    large = [word for word in words if word.bare[0].isupper()]
    unknown = [w for w in large if not (_overlaps(w, known) or _is_noun(w.bare))]
    person = set(_person(words, french))
    person = person if person <= set(unknown) else set()  # foreigners: Viktor Yanukovych
    exact = {word for word in unknown if word in person or _is_saint(word.bare)}
    others = (
        word
        for word in unknown
        if (word.is_name or _is_own(word.bare))
        and word not in exact
        and len(word.bare) > MIN_LETTERS
    )
    own = [word for word in large if word.is_name and _is_own(word.bare)]
    is_sure = bool(exact or own)
    is_place = is_sure and not exact and all(word.bare in _FAMOUS for word in own)
    names = (word for word in large if not _is_noun(word.bare))
    proper = (  # what stands beside Paris may be any noun: la Bourse de Paris
        w for w in names if w in exact or _is_own(w.bare) or (not is_place and _may_be_own(w.bare))
    )
    is_name = (is_sure or len(large) > 1) and not _DIRECTION.search(text)
    return _Run(
        text,
        tuple(words),
        proper=tuple(proper) if is_name else (),
        exact=frozenset(exact),
        others=tuple(others),
        is_sure=is_sure,
    )


def _overlaps(word: Word, spans: Sequence[Span]) -> bool:
    """Whether a word has letters in one of the spans, which come in order and lie apart."""
    before = bisect_left(spans, (word.end, 0))
    return before > 0 and spans[before - 1][1] > word.start


def _person(words: Sequence[Word], french: str) -> list[Word]:
    """The given name of a person and what is behind it; nothing where there is none.

    Kings, popes and saints have English names.
    """
    first = next((i for i, word in enumerate(words) if given_name(word.bare)), None)
    initials = _initials(words)
    if initials and (first is None or first > 0):
        return list(words[initials : initials + 1])
    if first is None or any(_NUMERAL.fullmatch(word.bare) for word in words[first:]):
        return []
    large = [word for word in words[first:] if word.bare[0].isupper()]
    is_epithet = len(words) > first + 1 and words[first + 1].bare in ("le", "la")
    before = french[max(0, large[0].start - 20) : large[0].start]
    if is_epithet or (len(large) == 1 and _RULER.search(before)):
        return []
    given = given_name(large[0].bare)
    return [] if len(large) == 1 and given and given.is_word else large


def _initials(words: Sequence[Word]) -> int:
    """How many initials a name begins with, before a surname; one of them may be an article (A)."""
    letters = list(takewhile(lambda word: len(word.bare) == 1 and word.bare.isupper(), words))
    behind = words[len(letters)].bare if len(letters) < len(words) else ""
    return len(letters) if len(behind) > MIN_LETTERS and behind[0].isupper() else 0


def _lacks_initials(run: _Run, target: _Target) -> bool:
    """Whether the surname of a person with initials stands without them: J. Weston for J. M."""
    size = _initials(run.words)
    letters = [word.bare for word in run.words[:size]]
    if not size or _folded(run.words[size].bare) not in target.places:
        return False
    wanted = r"\.?[ -]?".join(map(regex.escape, letters))
    surname = regex.escape(run.words[size].bare)
    return regex.search(rf"\b{wanted}\.?[ ]?{surname}", target.text) is None


def _is_noun(word: str) -> bool:
    """Whether a joined word has a part in small letters that is no particle: Anti-contrefaçon."""
    return any(part.islower() and len(part) > LONGEST_PARTICLE for part in word.split("-")[1:])


def _is_saint(word: str) -> bool:
    return _SAINT.match(word) is not None and word not in _OTHER_SAINTS


@functools.lru_cache(maxsize=1 << 14)
def _is_own(word: str) -> bool:
    """Whether English writes a name as French does, by itself."""
    if word in _FAMOUS:
        return True
    french, english = zipf(word, "fr"), zipf(word, "en")
    if len(word) < MIN_LETTERS or word.isupper() or min(french, english) > NOUN_ZIPF:
        return False
    if "-" in word:
        return _is_own_compound(word.split("-"))
    return french - english < OWN_LEAD if english else _may_be_own(word) and french < RARE_ZIPF


def _is_own_compound(parts: Sequence[str]) -> bool:
    """Whether English keeps names that are joined: Rhône-Alpes, Carthage-Étoile; not Pilsen-Sud."""
    if all(_is_own(part) or zipf(part, "en") > NOUN_ZIPF for part in parts):
        return True
    may_be = all(part[:1].isupper() and _may_be_own(part) for part in parts)
    return may_be and any(map(_is_own, parts)) and not _DIRECTIONS.intersection(parts)


def _may_be_own(word: str) -> bool:
    """Whether English writes it so beside such a name: no small word, noun or adjective."""
    is_small = len(word) < MIN_LETTERS or word.isupper() or zipf(word, "fr") > SMALL_ZIPF
    return not is_small and not _DERIVED.search(_folded(word))


def _damaged(run: _Run, target: _Target) -> Iterator[Fault]:
    is_foreign = _is_foreign(run, target)
    proper = frozenset(run.proper)
    for word in run.proper:
        if word in run.exact and not is_foreign:
            yield from _inexact(word, target)
        elif _folded(word.bare) not in target.places:
            found = _like(word, target)
            if found and (run.is_sure or not zipf(_folded(found.bare), "en")):
                yield _written(word, found)
    for word in run.others:
        if _folded(word.bare) in target.places:
            yield from _bare_of_accents(word, target)
        elif word not in proper:
            found = _like(word, target)
            if found and _is_damage(_folded(found.bare), word.bare):
                yield _written(word, found)
    yield from _between(run, target)


def _is_damage(word: str, name: str) -> bool:
    """Whether a word like a name is none of English, or English knows the name far better."""
    if len(word) >= SHORTEST_PLACE and _folded(name).startswith(word):
        return False  # Landbouw, of Landbouwplastic
    return not is_english_word(word) or zipf(name, "en") - zipf(word, "en") >= DAMAGE_LEAD


def _is_foreign(run: _Run, target: _Target) -> bool:
    """Whether the surname stands in another form, as foreign ones do (Loukachenko, Lukashenko)."""
    surnames = [word for word in run.proper if not given_name(word.bare)]
    alike = _sounds_alike if _is_of_france(run) else _is_form
    return any(_has_form(word, target, alike) for word in surnames)


def _is_of_france(run: _Run) -> bool:
    """Whether a person has a given name that only French has, or initials: no form but by sound."""
    first = next((word.bare for word in run.words if word in run.exact), "")
    lead = zipf(first, "fr") - zipf(first, "en")
    is_french = lead >= FRENCH_LEAD or "-" in first or _ACCENTS.search(first) is not None
    return bool(_initials(run.words)) or (given_name(first) is not None and is_french)


def _is_exact(name: Word, target: _Target) -> bool:
    return name.bare.replace("’", "'") in target.exact


def _has_form(name: Word, target: _Target, alike: Callable[[str, str], bool]) -> bool:
    own = _folded(name.bare)
    if "-" in own or own in target.places:
        return False
    return any(
        folded != f"{own}s" and alike(folded, name.bare) and _similarity(name, word) >= SIMILARITY
        for word, folded in ((word, _folded(word.bare)) for word in target.strange)
    )


def _inexact(name: Word, target: _Target) -> Iterator[Fault]:
    """What stands in the place of a name that has to stand to the letter."""
    if _is_exact(name, target):
        return
    folded = _folded(name.bare)
    given = given_name(name.bare)
    forms = {_folded(form) for form in (given.english if given else ())}
    known = {word for word in target.strange if _folded(word.bare) in forms}
    found = sorted({*target.capitalised(folded), *known}, key=lambda word: word.start)
    if not found and "-" in name.bare:
        yield from _double(name, target)
        return
    if not found and (alike := _most_alike(name, target.strange)):
        found = [alike]
    yield from (_written(name, word) for word in found)


def _double(name: Word, target: _Target) -> Iterator[Fault]:
    """A name with hyphens that stands in one word or several (Saint Etien)."""
    size = name.bare.count("-") + 1
    own = _folded(name.bare)
    best, written = SIMILARITY, Fault(name.bare)
    for word, index in target.strange.items():
        for last in target.words[index : index + size]:
            text = POSSESSIVE.sub("", target.text[word.start : last.end])
            if not last.bare[0].isupper() or not _COMPOUND.fullmatch(text):
                break
            ratio = SequenceMatcher(None, own, _folded(text).replace(" ", "-")).ratio()
            if ratio > best:
                best, written = ratio, Fault(name.bare, text, word.start)
    if written.written:
        yield written


def _bare_of_accents(name: Word, target: _Target) -> Iterator[Fault]:
    """A name that English takes over and that has lost its accents."""
    own = _folded(name.bare)
    if (
        not _ACCENTS.search(name.bare)
        or _is_english_form(own, name.bare)
        or _is_exact(name, target)
    ):
        return
    yield from (_written(name, word) for word in target.capitalised(own))


def _is_english_form(own: str, name: str) -> bool:
    """Whether English writes a French name without its accents; those of others it copies."""
    english = zipf(own, "en")
    is_french = not _FOREIGN_LETTER.search(name)
    return is_french and english >= max(PLAIN_ZIPF, zipf(name, "en") + PLAIN_LEAD)


def _like(name: Word, target: _Target) -> Word | None:
    """The strange word that is most like a name, where it is like it and no form of it."""
    wrong = [word for word in target.strange if not _is_form(_folded(word.bare), name.bare)]
    return _most_alike(name, wrong)


def _most_alike(name: Word, words: Iterable[Word]) -> Word | None:
    """The word that is most like a name, where it is like it."""
    best = max(words, key=lambda word: (_similarity(name, word), -word.start), default=None)
    return best if best and _similarity(name, best) >= SIMILARITY else None


def _written(name: Word, word: Word) -> Fault:
    """The fault that a word stands in the place of a name."""
    return Fault(name.bare, POSSESSIVE.sub("", word.bare), word.start)


def _between(run: _Run, target: _Target) -> Iterator[Fault]:
    """Foreign particles that were taken for words."""
    large = [index for index, word in enumerate(run.words) if word.bare[0].isupper()]
    for start, end in pairwise(large):
        particles = [_folded(word.bare) for word in run.words[start + 1 : end]]
        first, last = target.only(run.words[start]), target.only(run.words[end])
        if not particles or not set(particles) <= _FOREIGN or first is None or last is None:
            continue
        written = target.folded[first + 1 : last]
        if 0 < len(written) <= MAX_BETWEEN and list(written) != particles:
            begin, stop = target.words[first].start, target.words[last].end
            name = run.text[run.words[start].start - run.words[0].start :]
            yield Fault(
                name[: run.words[end].end - run.words[start].start],
                POSSESSIVE.sub("", target.text[begin:stop]),
                begin,
            )


def _lost(run: _Run, target: _Target) -> list[Fault]:
    """The whole name, where a word of it is nowhere, or its words stand apart."""
    if not run.is_sure:
        return []
    if not _is_foreign(run, target) and not all(_is_exact(word, target) for word in run.exact):
        return [Fault(run.text)]
    if _lacks_initials(run, target):
        return [Fault(run.text)]
    absent = [word for word in run.proper if not _is_there(word, target)]
    nouns = all(min(zipf(word.bare, "fr"), zipf(word.bare, "en")) > NOUN_ZIPF for word in absent)
    other = any(word.is_name for word in target.strange)
    sure = [word for word in absent if word in run.exact or _is_kept(word.bare)]
    is_lost = absent and not nouns and not other
    if is_lost or (sure and len(target.forms) <= target.renamed) or _is_apart(run, target):
        return [Fault(run.text)]
    return []


def _is_kept(name: str) -> bool:
    """Whether English writes a name so, and does not translate it: not Nord-Ouest, Länder."""
    is_known = bool(zipf(name, "en")) or not zipf(name, "fr")
    return _is_own(name) and is_known and not _DIRECTIONS.issuperset(name.split("-"))


def _is_there(name: Word, target: _Target) -> bool:
    """Whether a name, or another form of it, is in the target."""
    found = _folded(name.bare) in target.places
    return found or any(_similarity(name, word) >= FORM_SIMILARITY for word in target.strange)


def _is_apart(run: _Run, target: _Target) -> bool:
    """Whether a first name and a surname with a French particle do not stand together."""
    if len(run.proper) != 2 or not _PERSON.fullmatch(run.text):
        return False
    first, last = (_folded(word.bare) for word in run.proper)
    if given_name(run.proper[1].bare) or run.proper[1].bare in _FAMOUS:
        return False  # two names: à Sarajevo de Ferdinand, la Bourse de Paris
    if not _is_own(run.proper[0].bare) or zipf(first, "en") > FIRST_NAME_ZIPF:
        return False
    pairs = set(pairwise(word for word in target.folded if word not in _FRENCH))
    return not pairs & {(first, last), (first, "of"), ("of", last), (first, "from")}


def _is_form(word: str, name: str) -> bool:
    """Whether a word may be what English writes for a name, and not a damaged one."""
    if "-" in word and "-" not in name and is_english_word(word):
        return True
    english, own = zipf(word, "en"), _folded(name)
    if "-" not in word and english and english >= zipf(name, "fr") - FORM_LEAD:
        return True
    if {word, word.removesuffix("s")} & {own, *own.split("-")} or own in word.split("-"):
        return True
    stem = _OF_A_PLACE.sub("", word)
    if stem != word and len(stem) >= SHORTEST_PLACE and own.startswith(stem):
        return True  # the Canaries, Canarian
    return _sounds_alike(word, name)


def _sounds_alike(word: str, name: str) -> bool:
    return _sound(word) == _sound(_folded(name))


def _sound(folded: str) -> str:
    """A name from another alphabet as it sounds: French "Chternberg", English "Shternberg"."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded


#: Letters that are not made of one and an accent.
_BARRED = str.maketrans("łøđðı", "loddi")


@functools.lru_cache(maxsize=1 << 14)
def _folded(word: str) -> str:
    """A word in small letters without accents, and without the possessive."""
    decomposed = unicodedata.normalize("NFKD", plain(POSSESSIVE.sub("", word)))
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return bare.translate(_BARRED)


def _similarity(name: Word, word: Word) -> float:
    """How alike two words are, from 0 to 1; joined ones as much as the parts in the same place."""
    own, other = _folded(name.bare), _folded(word.bare)
    pairs = [*zip(own.split("-"), other.split("-"), strict=False)]
    large = all(part[:1].isupper() for part in name.bare.split("-"))
    joined = large and own.count("-") == other.count("-") > 0
    parts = [p for p in pairs if joined and len(p[0]) > MIN_LETTERS]
    likeness = max((_ratio(*pair) for pair in parts), default=0.0)
    whole = _ratio(own, other)
    return max(whole, likeness) if likeness >= PART_SIMILARITY else whole


def _ratio(own: str, other: str) -> float:
    return SequenceMatcher(None, own, other, autojunk=False).ratio()
