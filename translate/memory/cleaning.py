"""Units that are no use in a memory, with the reason."""

from collections.abc import Iterable, Iterator

from translate.article.language import identify
from translate.document import Language
from translate.memory.store import Unit, folded

#: Letters of the English for each of the French, from so many letters on.
LOPSIDED = (0.4, 2.5)
LOPSIDED_MIN = 40
#: Shorter sentences are of no certain language.
LANGUAGE_MIN = 40


def faults(units: Iterable[tuple[int, Unit]]) -> Iterator[tuple[int, Unit, str]]:
    """The units to take out: "duplicate", "lopsided", "untranslated", "wrong language".

    Of units with the same two sentences and neighbours the first stays.
    """
    seen: set[int] = set()
    for number, unit in units:
        pair = hash(tuple(map(folded, (unit.source, unit.target, unit.before, unit.after))))
        reason = "duplicate" if pair in seen else _reason(unit)
        seen.add(pair)
        if reason:
            yield number, unit, reason


def _reason(unit: Unit) -> str:
    french, english = len(unit.source), len(unit.target)
    if french >= LANGUAGE_MIN and folded(unit.source) == folded(unit.target):
        return "untranslated"
    low, high = LOPSIDED
    if max(french, english) >= LOPSIDED_MIN and not low <= english / french <= high:
        return "lopsided"
    if french >= LANGUAGE_MIN and identify(unit.source) is Language.ENGLISH:
        return "wrong language"
    if english >= LANGUAGE_MIN and identify(unit.target) is Language.FRENCH:
        return "wrong language"
    return ""
