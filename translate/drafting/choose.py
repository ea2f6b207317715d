"""Choosing instead of hoping: of several English drafts of a sentence, the one that keeps most."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

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
#: Two sentences that are longer are compared word by word: an alignment takes the square of it.
ALIGNED_MAX_CHARS = 2_000


@dataclass(frozen=True, slots=True)
class Draft:
    """A finished English sentence with its findings; `alternatives` are best first.

    `lost_terms`: the names and nouns that the desk knows and that it has otherwise.
    """

    target: str
    origin: Origin
    score: float | None = None
    findings: tuple[Finding, ...] = ()
    alternatives: tuple[Hypothesis, ...] = ()
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
        """The price, and all warnings."""
        return *self.price, len(self.findings) - self.errors


def choose(
    source: str,
    candidates: Iterable[Hypothesis],
    origin: Origin,
    terms: Termbase = NO_TERMS,
    place: Place = ALONE,
) -> Draft | None:
    """The best of finished candidates (best score first); None where there is none.

    The first one wins that breaks no promise, has the terms that the desk knows, and words of
    English alone; where there is none, the one that breaks least.
    The hypotheses not chosen stay as alternatives.
    """
    distinct = list(
        {candidate.text: candidate for candidate in candidates if candidate.text}.values()
    )
    drafts: list[Draft] = []
    for candidate in distinct:
        findings = check(source, candidate.text, terms=terms, place=place)
        lost = _lost(source, candidate.text, terms, findings)
        drafts.append(Draft(candidate.text, origin, candidate.score, findings, lost_terms=lost))
        if not any(drafts[-1].price):
            break
    if not drafts:
        return None
    if is_english_already(source, distinct[0].text):
        finding = Finding("language.kept", Severity.WARNING)
        return Draft(source, Origin.KEPT, None, (finding,), tuple(distinct))
    best = min(drafts, key=lambda draft: draft.price)
    others = tuple(candidate for candidate in distinct if candidate.text != best.target)
    return replace(best, alternatives=others)


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
    if _broken(check(source, source)):
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
    seen = {best.target}
    more = [*best.alternatives, Hypothesis(rest.target, rest.score or 0.0), *rest.alternatives]
    alternatives = [a for a in more if not (a.text in seen or seen.add(a.text))]  # type: ignore[func-returns-value]
    return replace(best, alternatives=tuple(alternatives))
