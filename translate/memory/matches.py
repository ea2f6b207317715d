"""What a memory knows of a sentence: the same one, in the same place or not, or one much like it.

Numbers, dates, names and links of a unit that are other ones in the sentence are put right, where
it is plain what stands for them in the English; where it is not, the unit is no match.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import regex

from translate.document import Document, Language, Match, Segment
from translate.drafting.checks import check
from translate.memory.store import Memory, Unit, folded
from translate.notation import markup
from translate.notation.figures import Figure, english_figures, masked_figures
from translate.notation.typography import capitalise_first
from translate.terms.house import lost_terms

#: Scores, in percent: at least so like; the same; the same between the same neighbours.
FUZZY, EXACT, CONTEXT = 75, 100, 101
#: Fuzzy matches of a sentence that are offered.
OFFERED = 3
#: What is at least so like is put right, the first few: reading numbers and names takes its time.
WORTH_MENDING = 55
MENDED = 6
#: Longer sentences are not compared letter by letter.
MAX_CHARS = 3_000
_KEPT = ("numbers", "links", "names")
_NAME = regex.compile(r"(?<![\w’'-])\p{Lu}[\w-]++(?: \p{Lu}[\w-]++)*+")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Atom:
    """A number, name or link of a sentence."""

    start: int
    end: int
    surface: str
    figure: Figure | None = None


def recalled(
    document: Document, wanted: Iterable[Segment], paths: Sequence[str]
) -> dict[Segment, tuple[Match, ...]]:
    """The matches of segments of a document; segments without any are left out."""
    neighbours = neighbours_of(document)
    with ExitStack() as stack:
        memories = [stack.enter_context(Memory(Path(path))) for path in paths]
        found = {
            segment: recall(memories, document.of(segment), *neighbours[segment])
            for segment in wanted
            if segment.language is Language.FRENCH
        }
    return {segment: matches for segment, matches in found.items() if matches}


def neighbours_of(document: Document) -> dict[Segment, tuple[str, str]]:
    """The French before and after each segment of a document."""
    segments = list(document.segments())
    texts = ["", *(document.of(segment) for segment in segments), ""]
    around = zip(texts, texts[2:], strict=False)
    return dict(zip(segments, around, strict=True))


def recall(memories: Sequence[Memory], source: str, before: str, after: str) -> tuple[Match, ...]:
    """The matches of a sentence, best first: all exact ones, or a few fuzzy ones."""
    exact = [unit for memory in memories for unit in memory.exact(source)]
    if exact:
        found = [_match(unit, unit.target, _exact_score(unit, before, after)) for unit in exact]
    else:
        found = list(_fuzzy(memories, source))
    found.sort(key=lambda match: -match.score)
    distinct = {match.target: match for match in reversed(found)}
    return tuple(sorted(distinct.values(), key=found.index))[:OFFERED]


def _match(unit: Unit, target: str, score: int) -> Match:
    return Match(unit.source, target, score, unit.origin)


def _exact_score(unit: Unit, before: str, after: str) -> int:
    known = unit.before or unit.after
    neighbours = (folded(unit.before), folded(unit.after)) == (folded(before), folded(after))
    return CONTEXT if known and neighbours else EXACT


def _fuzzy(memories: Sequence[Memory], source: str) -> Iterator[Match]:
    plain = markup.without_codes(source)
    if len(plain) > MAX_CHARS:
        return
    for unit in _likest([unit for memory in memories for unit in memory.near(plain)], plain):
        mended = put_right(unit, plain)
        like = similarity(folded(plain), folded(mended[0]), FUZZY) if mended else 0
        score = min(EXACT - 1, like)
        if mended and score and _keeps(plain, mended[1], unit):
            yield _match(unit, mended[1], score)


def _likest(units: Iterable[Unit], source: str) -> list[Unit]:
    """The few units whose French is most like a sentence, before anything is put right."""
    wanted = folded(source)
    scored = [(similarity(wanted, folded(unit.source), WORTH_MENDING), unit) for unit in units]
    scored.sort(key=lambda pair: -pair[0])
    return [unit for score, unit in scored[:MENDED] if score]


def similarity(one: str, other: str, least: int = 0) -> int:
    """How like two sentences are, in percent of the longer one's letters; 0 under `least`.

    >>> similarity("Le chat dort.", "Le chat mord.")
    84
    """
    from rapidfuzz.distance import Levenshtein

    share = Levenshtein.normalized_similarity(one, other, score_cutoff=least / 100)
    return int(share * 100)


def _keeps(source: str, target: str, unit: Unit) -> bool:
    """Whether nothing is lost of the sentence that the unit's own English had."""
    own = {finding.code for finding in check(unit.source, unit.target, _KEPT)}
    if any(finding.code not in own for finding in check(source, target, _KEPT)):
        return False
    return len(lost_terms(source, target)) <= len(lost_terms(unit.source, unit.target))


def put_right(unit: Unit, source: str) -> tuple[str, str] | None:
    """French and English of a unit with the numbers, names and links of a sentence.

    None where it is not plain what stands for what.

    >>> put_right(Unit("Il a 12 ans.", "He is 12 years old."), "Il a 13 ans.")
    ('Il a 13 ans.', 'He is 13 years old.')
    """
    ours, theirs = (list(_atoms(text)) for text in (source, unit.source))
    if [_kind(atom) for atom in ours] != [_kind(atom) for atom in theirs]:
        return unit.source, unit.target  # `_keeps` says whether it will do
    french: list[tuple[Span, str]] = []
    english: list[tuple[Span, str]] = []
    for new, old in zip(ours, theirs, strict=True):
        if folded(new.surface) != folded(old.surface):
            span, words = _place(old, unit.target), _english(new)
            if span is None or not words or _counts_change(new, old):
                return None
            french.append(((old.start, old.end), new.surface))
            begins = unit.target[span[0]].isupper()
            english.append((span, capitalise_first(words) if begins else words))
    mended = _replaced(unit.target, english)
    return None if mended is None else (_replaced(unit.source, french) or "", mended)


def _kind(atom: Atom) -> str:
    return "figure" if atom.figure else "link" if markup.addresses(atom.surface) else "name"


def _atoms(text: str) -> Iterator[Atom]:
    """Links, numbers, days and names within a sentence, in order; none in another."""
    taken = bytearray(len(text))
    spans = markup.addresses(text)
    found = [Atom(start, end, text[start:end]) for start, end in spans]
    figures = masked_figures(text, everything=True)
    found += [Atom(one.start, one.end, one.surface, one) for one in figures]
    second = text.find(" ") + 1  # the first word has a capital anyway
    found += [Atom(*one.span(), one[0]) for one in _NAME.finditer(text, second) if second]
    kept = []
    for atom in found:
        if not any(taken[atom.start : atom.end]):
            taken[atom.start : atom.end] = b"\1" * (atom.end - atom.start)
            kept.append(atom)
    return iter(sorted(kept, key=lambda atom: atom.start))


def _place(atom: Atom, target: str) -> Span | None:
    """Where the one thing stands in the English that says what an atom says."""
    if atom.figure is None:
        return _only(_standing(atom.surface, target))
    if atom.figure.english and (span := _only(_standing(atom.figure.english, target))):
        return span
    values = atom.figure.values
    return _only(
        (figure.start, figure.end)
        for figure in english_figures(target)
        if figure.values & values or figure.surface == atom.surface
    )


def _standing(words: str, target: str) -> Iterator[Span]:
    pattern = regex.compile(rf"(?<!\w){regex.escape(words)}(?!\w|[.,]\d)", regex.I)
    return (match.span() for match in pattern.finditer(target))


def _only(spans: Iterable[Span]) -> Span | None:
    found = list(spans)
    return found[0] if len(found) == 1 else None


def _english(atom: Atom) -> str:
    return atom.surface if atom.figure is None else atom.figure.english


def _counts_change(new: Atom, old: Atom) -> bool:
    """Whether one of two numbers is one: then the words around it are others."""
    one = {"0", "1"}
    values = [atom.figure.values if atom.figure else frozenset() for atom in (new, old)]
    return bool(values[0] & one) != bool(values[1] & one)


def _replaced(text: str, changes: list[tuple[Span, str]]) -> str | None:
    """The text with stretches of it replaced; None where two of them overlap."""
    last = len(text)
    for (start, end), words in sorted(changes, reverse=True):
        if end > last:
            return None
        text, last = text[:start] + words + text[end:], start
    return text
