"""Choosing instead of hoping: of several English drafts of a sentence, the one that keeps most."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property, partial
from typing import overload

from translate.document import Finding, Hypothesis, Origin, Severity
from translate.drafting import people
from translate.drafting.checks import ALONE, COSTLY, Place, check
from translate.notation import numbers, quotes, typography
from translate.notation.quotes import QuoteStyle
from translate.terms.house import lost_terms
from translate.terms.termbase import NO_TERMS, Term, Termbase

#: From so many words on, and so like its translation, a source is English.
ENGLISH_MIN_WORDS = 5
ENGLISH_SIMILARITY = 0.95
#: So many words that only French has make a copied source French; English has one ("coup").
FRENCH_MIN_WORDS = 2
#: Two sentences that are longer are compared word by word: an alignment takes the square of it.
ALIGNED_MAX_CHARS = 2_000


class Alternatives(Sequence[Hypothesis]):
    """Hypotheses that are finished when somebody looks at them, for most are never looked at."""

    def __init__(self, finish: Callable[[], Iterable[Hypothesis]]) -> None:
        self._finish = finish

    @cached_property
    def _finished(self) -> tuple[Hypothesis, ...]:
        return tuple(self._finish())

    @overload
    def __getitem__(self, index: int) -> Hypothesis: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Hypothesis, ...]: ...
    def __getitem__(self, index: int | slice) -> Hypothesis | tuple[Hypothesis, ...]:
        return self._finished[index]

    def __len__(self) -> int:
        return len(self._finished)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and self._finished == tuple(other)

    def __hash__(self) -> int:
        return hash(self._finished)

    def __repr__(self) -> str:
        return repr(self._finished)

    def __reduce__(self) -> tuple[type, tuple[tuple[Hypothesis, ...]]]:
        return tuple, (self._finished,)


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished English sentence with its findings; `alternatives` are best first.

    `lost_terms`: the names and nouns that the desk knows and that it has otherwise.
    """

    target: str
    origin: Origin
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    alternatives: Sequence[Hypothesis] = ()
    lost_terms: tuple[Term, ...] = ()

    @property
    def broken(self) -> tuple[str, ...]:
        """The checks that found an error, each as often as it did."""
        return _broken(self.findings)

    @property
    def errors(self) -> int:
        """How many promises it breaks."""
        return len(self.broken)

    @property
    def price(self) -> tuple[int, int, int]:
        """Errors, then terms that are lost, then words that are none or French: less is better."""
        words = sum(finding.check in COSTLY for finding in self.findings)
        return self.errors, len(self.lost_terms), words

    @property
    def cost(self) -> tuple[int, int, int, int]:
        """The price, then all findings."""
        return *self.price, len(self.findings)


def choose(
    source: str,
    candidates: Iterable[Hypothesis],
    origin: Origin,
    terms: Termbase = NO_TERMS,
    place: Place = ALONE,
) -> Draft | None:
    """The best of finished candidates (best score first); None where there is none.

    The first one wins that breaks no promise, has the terms that the desk knows, and words of
    English alone; where there is none, the one that breaks least. The hypotheses not chosen stay
    as alternatives: `candidates` is read again for them, and only as far as it has to be.
    """
    drafts: list[Draft] = []
    for candidate in _distinct(candidates):
        findings = check(source, candidate.text, terms=terms, place=place)
        lost = _lost(source, candidate.text, terms, findings)
        drafts.append(Draft(candidate.text, origin, candidate.score, findings, lost_terms=lost))
        if not any(drafts[-1].price):
            break
    if not drafts:
        return None
    if is_english_already(source, drafts[0].target):
        finding = Finding("language.kept", Severity.WARNING)
        others = Alternatives(partial(_distinct, candidates))
        return Draft(source, Origin.KEPT, None, (finding,), others)
    best = min(drafts, key=lambda draft: draft.price)
    others = Alternatives(partial(_distinct, candidates, best.target))
    return replace(best, alternatives=others)


def _distinct(candidates: Iterable[Hypothesis], *seen: str) -> Iterator[Hypothesis]:
    """The first of each text, but for what is empty or seen already."""
    texts = {"", *seen}
    for candidate in candidates:
        if candidate.text not in texts:
            texts.add(candidate.text)
            yield candidate


def is_english_already(source: str, target: str) -> bool:
    """Whether a source that passed for French is English, since the model all but copied it.

    A second guard behind `language`: what slips through stays as it is. A source with quotation
    marks or numbers in French style, or with small French words, is French that was not translated.
    """
    words = source.lower().split()
    copied = set(target.lower().split())
    if len(words) < ENGLISH_MIN_WORDS or sum(w in copied for w in words) < 0.7 * len(words):
        return False
    if typography.to_english(source, source, QuoteStyle.STRAIGHT) != source:
        return False
    found = check(source, source)
    if _broken(found) or sum(finding.check == "french" for finding in found) >= FRENCH_MIN_WORDS:
        return False
    given, got = (quotes.to_english(text, QuoteStyle.STRAIGHT) for text in (source, target))
    return _similarity(given, got) >= ENGLISH_SIMILARITY


def _similarity(one: str, other: str) -> float:
    """Share of what two sentences have in common, in order where they are not too long for it."""
    if len(one) + len(other) <= ALIGNED_MAX_CHARS:
        return SequenceMatcher(None, one, other, autojunk=False).ratio()
    words, others = Counter(one.split()), Counter(other.split())
    return 2 * (words & others).total() / (words.total() + others.total())


def mended(
    source: str, draft: Draft | None, terms: Termbase = NO_TERMS, place: Place = ALONE
) -> Draft | None:
    """The draft, or where it breaks a promise, a hypothesis that keeps all with a number mended.

    A warning tells the reviser what the model wrote.
    """
    if draft is None or not draft.errors:
        return draft
    candidates = (Hypothesis(draft.target, draft.score or 0.0), *draft.alternatives)
    for candidate in candidates:
        text = numbers.mended(candidate.text, source)
        findings = check(source, text, terms=terms, place=place) if text else ()
        if text and not _broken(findings):
            finding = Finding("numbers.mended", Severity.WARNING, (candidate.text,))
            lost = _lost(source, text, terms, findings)
            found = (finding, *findings)
            return Draft(text, draft.origin, candidate.score, found, candidates, lost)
    return draft


def _lost(
    source: str, target: str, terms: Termbase, findings: Iterable[Finding]
) -> tuple[Term, ...]:
    """The terms that the desk knows and that a target has otherwise, and the names of the source.

    A name that is lost or damaged is a term whose English is the French.
    """
    names = {finding.values[0] for finding in findings if finding.check == "names"}
    known = (*lost_terms(source, target, terms), *people.lost(source, target))
    return (*known, *(Term(name, name) for name in sorted(names)))


def _broken(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.check for finding in findings if finding.severity is Severity.ERROR)


def better(one: Draft | None, other: Draft | None) -> Draft | None:
    """The draft of lower cost; the first of two equals. Alternatives of the other are kept."""
    if one is None or other is None:
        return one or other
    best, rest = (other, one) if other.cost < one.cost else (one, other)
    return replace(best, alternatives=Alternatives(partial(_joined, best, rest)))


def _joined(best: Draft, rest: Draft) -> Iterator[Hypothesis]:
    own = Hypothesis(rest.target, rest.score or 0.0)
    return _distinct((*best.alternatives, own, *rest.alternatives), best.target)
