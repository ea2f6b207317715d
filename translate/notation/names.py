"""The names of a French sentence in its English: kept, damaged by a letter or two, or lost.

A name is a run of capitalised words with its particles ("Ursula von der Leyen"; `name_runs`). Many
have another form in English (Londres) or are words (la Maison Blanche); one must stand as it is
where English writes it nearly as often as French (`own_names`), or where a word beside it is such a
one (Emmanuel Macron). People with a French given name and places named after a saint stand to the
letter (Hélène, Saint-Étienne), and names that English takes over keep their accents.
"""

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import islice, pairwise

import regex

from translate.notation import likeness
from translate.notation.given_names import given_name
from translate.notation.name_runs import MOST, Run, Span, initials, is_of_france, runs
from translate.notation.name_targets import Target, target_of
from translate.notation.own_names import FAMOUS, is_common, is_kept, is_own
from translate.notation.vocabulary import (
    PARTICLES,
    POSSESSIVE,
    Word,
    is_english_word,
    read,
    zipf,
)

#: First names are rarer in English than nouns that begin a name (Festival de Cannes).
FIRST_NAME_ZIPF = 4.0
#: English knows a name so much better than the word in its place (Maria, Marai; 10 to this power).
DAMAGE_LEAD = 2.0
#: A surname that begins a sentence may be a noun as common as this (Berger).
FIRST_ZIPF = 3.5
#: So many words may stand in the place of particles (Ursula voted from Leyen).
MAX_BETWEEN = 3
_COMPOUND = regex.compile(r"[\p{L}\p{M}]+(?:[ -][\p{L}\p{M}]+)*+")
_PERSON = regex.compile(r"[\p{L}-]+ (?:d(?:e|u|es) |d['’])[\p{L}-]+")
#: Particles that are no French words, and so are not translated.
_FRENCH = frozenset("de du des d la le les l".split())
_FOREIGN = PARTICLES - _FRENCH


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
        return likeness.folded(self.name) == likeness.folded(self.written)


@functools.lru_cache(maxsize=256)  # what is mended is checked
def faults(french: str, english: str, known: tuple[Span, ...] = ()) -> tuple[Fault, ...]:
    """The names that are damaged or lost, in the order of the French.

    `known`: where in the French there are names whose English is known to be another.

    >>> faults("Selon Mbappé, c’est perdu.", "According to Mbapped, it is lost.")
    (Fault(name='Mbappé', written='Mbapped', start=13),)
    >>> faults("Londres salue Emmanuel Macron.", "London hails Emmanuel Macron.")
    ()
    """
    missing = [run for run in runs(french, known) if not _stands(run.text, english)]
    if not missing:
        return ()
    target = target_of(french, english)
    found: dict[int, Fault] = {}
    lost: list[Fault] = []
    for run in missing:
        damaged = {fault.start: fault for fault in _damaged(run, target)}
        right = {start: fault.name for start, fault in damaged.items()}
        if damaged and _is_apart(run, target.mended(right)):
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
    here = {surname for surname in known if surname in french}
    words = (word for word in read(french) if word.bare in here) if here else ()
    sure = (word.bare for word in words if word.is_name or zipf(word.bare, "fr") < FIRST_ZIPF)
    return tuple(islice(dict.fromkeys(sure), MOST))


def _lacks_initials(run: Run, target: Target) -> bool:
    """Whether the surname of a person with initials stands without them: J. Weston for J. M."""
    size = initials(run.words)
    letters = [word.bare for word in run.words[:size]]
    if not size or likeness.folded(run.words[size].bare) not in target.places:
        return False
    wanted = r"\.?[ -]?".join(map(regex.escape, letters))
    surname = regex.escape(run.words[size].bare)
    return regex.search(rf"\b{wanted}\.?[ ]?{surname}", target.text) is None


def _damaged(run: Run, target: Target) -> Iterator[Fault]:
    is_foreign = _is_foreign(run, target)
    proper = frozenset(run.proper)
    for word in run.proper:
        if word in run.exact and not is_foreign:
            yield from _inexact(word, target)
        elif likeness.folded(word.bare) not in target.places:
            found = _like(word, target)
            if found and (run.is_sure or not zipf(likeness.folded(found.bare), "en")):
                yield _written(word, found)
    for word in run.others:
        if likeness.folded(word.bare) in target.places:
            yield from _bare_of_accents(word, target)
        elif word not in proper:
            found = _like(word, target)
            if found and _is_damage(likeness.folded(found.bare), word.bare):
                yield _written(word, found)
    yield from _between(run, target)


def _is_damage(word: str, name: str) -> bool:
    """Whether a word like a name is none of English, or English knows the name far better."""
    if likeness.begins(word, name):
        return False  # Landbouw, of Landbouwplastic
    return not is_english_word(word) or zipf(name, "en") - zipf(word, "en") >= DAMAGE_LEAD


def _is_foreign(run: Run, target: Target) -> bool:
    """Whether the surname stands in another form, as foreign ones do (Loukachenko, Lukashenko)."""
    surnames = [word for word in run.proper if not given_name(word.bare)]
    alike = likeness.sounds_alike if is_of_france(run) else likeness.is_form
    return any(_has_form(word, target, alike) for word in surnames)


def _is_exact(name: Word, target: Target) -> bool:
    return name.bare.replace("’", "'") in target.exact


def _has_form(name: Word, target: Target, alike: Callable[[str, str], bool]) -> bool:
    own = likeness.folded(name.bare)
    if "-" in own or own in target.places:
        return False
    return any(
        folded != f"{own}s" and alike(folded, name.bare) and likeness.are_alike(name, word)
        for word, folded in ((word, likeness.folded(word.bare)) for word in target.strange)
    )


def _inexact(name: Word, target: Target) -> Iterator[Fault]:
    """What stands in the place of a name that has to stand to the letter."""
    if _is_exact(name, target):
        return
    folded = likeness.folded(name.bare)
    given = given_name(name.bare)
    forms = {likeness.folded(form) for form in (given.english if given else ())}
    known = {word for word in target.strange if likeness.folded(word.bare) in forms}
    found = sorted({*target.capitalised(folded), *known}, key=lambda word: word.start)
    if not found and "-" in name.bare:
        yield from _double(name, target)
        return
    if not found and (alike := likeness.most_alike(name, target.strange)):
        found = [alike]
    yield from (_written(name, word) for word in found)


def _double(name: Word, target: Target) -> Iterator[Fault]:
    """A name with hyphens that stands in one word or several (Saint Etien)."""
    size = name.bare.count("-") + 1
    own = likeness.folded(name.bare)
    best, written = likeness.SIMILARITY, Fault(name.bare)
    for word, index in target.strange.items():
        for last in target.words[index : index + size]:
            text = POSSESSIVE.sub("", target.text[word.start : last.end])
            if not last.bare[0].isupper() or not _COMPOUND.fullmatch(text):
                break
            ratio = SequenceMatcher(None, own, likeness.folded(text).replace(" ", "-")).ratio()
            if ratio > best:
                best, written = ratio, Fault(name.bare, text, word.start)
    if written.written:
        yield written


def _bare_of_accents(name: Word, target: Target) -> Iterator[Fault]:
    """A name that English takes over and that has lost its accents."""
    own = likeness.folded(name.bare)
    if (
        not likeness.has_accents(name.bare)
        or likeness.is_bare_form(own, name.bare)
        or _is_exact(name, target)
    ):
        return
    yield from (_written(name, word) for word in target.capitalised(own))


def _like(name: Word, target: Target) -> Word | None:
    """The strange word that is most like a name, where it is like it and no form of it."""
    wrong = [
        word
        for word in target.strange
        if not likeness.is_form(likeness.folded(word.bare), name.bare)
    ]
    return likeness.most_alike(name, wrong)


def _written(name: Word, word: Word) -> Fault:
    """The fault that a word stands in the place of a name."""
    return Fault(name.bare, POSSESSIVE.sub("", word.bare), word.start)


def _between(run: Run, target: Target) -> Iterator[Fault]:
    """Foreign particles that were taken for words."""
    large = [index for index, word in enumerate(run.words) if word.bare[0].isupper()]
    for start, end in pairwise(large):
        particles = [likeness.folded(word.bare) for word in run.words[start + 1 : end]]
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


def _lost(run: Run, target: Target) -> list[Fault]:
    """The whole name, where a word of it is nowhere, or its words stand apart."""
    if not run.is_sure:
        return []
    if not _is_foreign(run, target) and not all(_is_exact(word, target) for word in run.exact):
        return [Fault(run.text)]
    if _lacks_initials(run, target):
        return [Fault(run.text)]
    absent = [word for word in run.proper if not _is_there(word, target)]
    nouns = all(is_common(word.bare) for word in absent)
    other = any(word.is_name for word in target.strange)
    sure = [word for word in absent if word in run.exact or is_kept(word.bare)]
    is_lost = absent and not nouns and not other
    if is_lost or (sure and len(target.forms) <= target.renamed) or _is_apart(run, target):
        return [Fault(run.text)]
    return []


def _is_there(name: Word, target: Target) -> bool:
    """Whether a name, or another form of it, is in the target."""
    found = likeness.folded(name.bare) in target.places
    return found or any(likeness.may_be_form(name, word) for word in target.strange)


def _is_apart(run: Run, target: Target) -> bool:
    """Whether a first name and a surname with a French particle do not stand together."""
    if len(run.proper) != 2 or not _PERSON.fullmatch(run.text):
        return False
    first, last = (likeness.folded(word.bare) for word in run.proper)
    if given_name(run.proper[1].bare) or run.proper[1].bare in FAMOUS:
        return False  # two names: à Sarajevo de Ferdinand, la Bourse de Paris
    if not is_own(run.proper[0].bare) or zipf(first, "en") > FIRST_NAME_ZIPF:
        return False
    pairs = set(pairwise(word for word in target.folded if word not in _FRENCH))
    return not pairs & {(first, last), (first, "of"), ("of", last), (first, "from")}
