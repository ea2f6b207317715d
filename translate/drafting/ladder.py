"""The ways to translate a sentence, tried in turn until the English keeps the promises."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from translate.document import Finding, Hypothesis, Origin, Severity
from translate.drafting import bylines, choose, plans, restore
from translate.drafting.anchors import Answers
from translate.drafting.checks import Place
from translate.drafting.choose import Draft
from translate.drafting.plans import Plan
from translate.engines.base import Translator
from translate.settings import Settings
from translate.terms.house import kicker, peeled, phrase, with_names, with_news, with_phrases
from translate.terms.termbase import Termbase

#: n-grams that may not come twice when a sentence is translated again because it looped.
NO_REPEAT_NGRAM = 3


@dataclass(frozen=True, slots=True)
class Source:
    """A French sentence to be translated.

    `carried`: it begins inside a quotation that an earlier paragraph opened; `runs_on`: a later
    paragraph closes the quotation that it leaves open. `furniture`: it belongs to the page;
    `byline`: it says who wrote the article. `surnames`: words of it that the article has as
    surnames behind given names.
    """

    text: str
    carried: bool = False
    runs_on: bool = False
    furniture: bool = False
    byline: bool = False
    surnames: tuple[str, ...] = ()

    @property
    def place(self) -> Place:
        """What the checks are told of it."""
        return Place(self.furniture, self.carried, self.runs_on, self.surnames)


def draft(
    sources: Iterable[Source], translator: Translator, settings: Settings
) -> dict[Source, Draft]:
    """The English of French sentences; each distinct one is translated once.

    1. whole sentences, numbers and terms masked  2. the names and nouns of the news too that were
    lost  3. the numbers in words and dates too where one was lost  4. with numbers where a
    placeholder was lost; the garbled ones are mended  5. where a promise is broken, cut at
    quotation marks and links  6. where it still is, cut at clauses and without repetition. The
    best of all is kept.
    """
    drafts: dict[Source, Draft | None] = dict.fromkeys(sources)
    asked: set[tuple[Source, tuple[str, ...], int]] = set()
    for way in WAYS:
        todo = [source for source, found in drafts.items() if way.may_help(found)]
        new: dict[Source, Plan] = {}
        for source in todo:
            plan = way.planned(source, translator, settings.terms, drafts[source])
            key = (source, tuple(plan.requests() if plan else ()), way.ngram(drafts[source]))
            if plan and key not in asked:
                new[source] = plan
                asked.add(key)
        for source, found in _attempt(new, translator, settings, way.no_repeat_ngram).items():
            drafts[source] = choose.better(drafts[source], found)
        if way.mends:
            drafts = {
                s: choose.mended(s.text, found, settings.terms, s.place)
                for s, found in drafts.items()
            }
    return {source: found or _untranslated(source) for source, found in drafts.items()}


def _is_nothing(found: Draft | None) -> bool:
    return found is None


def _is_broken(found: Draft | None) -> bool:
    return found is None or bool(found.errors)


def _lacks_terms(found: Draft | None) -> bool:
    return found is not None and bool(found.lost_terms)


def _lacks_numbers(found: Draft | None) -> bool:
    return found is not None and "numbers" in found.broken


@dataclass(frozen=True, slots=True)
class Way:
    """A way to translate a sentence that earlier ways have not translated, or not well.

    `may_help`: whether it is worth a try after what was found so far; `news`: with all names and
    nouns of the news masked where nothing was found; `mends`: garbled numbers are mended after it.
    """

    plan: Callable[[str, Translator, Termbase], Plan | None]
    may_help: Callable[[Draft | None], bool]
    news: bool = True
    mends: bool = False
    no_repeat_ngram: int = 0

    def planned(
        self, source: Source, translator: Translator, terms: Termbase, found: Draft | None
    ) -> Plan | None:
        """The plan of a source; what was `found` so far says which terms are lost.

        A byline, the word before a headline (« DIRECT. »), a line that is a phrase of a page
        (« Télécharger »), and the fixed phrases at both ends of furniture need no model.
        """
        if written := plans.by_rule(source.text, lambda text: phrase(text, terms)):
            return written
        if source.byline or bylines.is_dated(source.text):
            names = with_names(terms)
            byline = plans.by_rule(source.text, lambda text: bylines.english(text, names))
            if byline:
                return byline
        terms = with_phrases(terms) if source.furniture else terms
        if found:
            terms = terms.plus(found.lost_terms)
        elif self.news:
            terms = with_news(terms)
        if not source.furniture:
            before, words = kicker(source.text)
            plan = self.plan(words, translator, terms)
            return plan and (plan.between(before, "", source.text) if before else plan)
        before, words, after = peeled(source.text, terms)
        plan = self.plan(words, translator, terms) if words else Plan("", ())
        return plan and plan.between(before, after, source.text)

    def ngram(self, found: Draft | None) -> int:
        """`no_repeat_ngram` where it makes a difference: after a loop."""
        return self.no_repeat_ngram if found and "repetition" in found.broken else 0


WAYS = (
    Way(plans.whole, _is_nothing, news=False),
    Way(plans.whole, _lacks_terms),
    Way(plans.all_masked, _lacks_numbers),
    Way(plans.unmasked, _is_nothing, mends=True),
    Way(plans.cut_at_marks, _is_broken),
    Way(plans.masked_clauses, _lacks_numbers),
    Way(plans.cut_at_clauses, _is_broken, no_repeat_ngram=NO_REPEAT_NGRAM),
)


def _attempt(
    plans: dict[Source, Plan], translator: Translator, settings: Settings, no_repeat_ngram: int
) -> dict[Source, Draft | None]:
    requests = list(
        dict.fromkeys(
            text for plan in plans.values() for text in (*plan.requests(), *plan.questions())
        )
    )
    answers = translator.translate(
        requests,
        beam_size=settings.beam_size,
        hypotheses=settings.beam_size,
        no_repeat_ngram=no_repeat_ngram,
    )
    found = dict(zip(requests, answers, strict=True))
    return {source: _drafted(source, plan, found, settings) for source, plan in plans.items()}


def _drafted(
    source: Source, plan: Plan, found: dict[str, list[Hypothesis]], settings: Settings
) -> Draft | None:
    requests = plan.requests()
    answers = Answers(
        tuple(tuple(answer.text for answer in found[a.words]) for a in plan.anchors),
        tuple(answer.text for answer in found.get(plan.marked, ())),
    )
    if len(requests) == 1:
        rows = [[hypothesis] for hypothesis in found[requests[0]]]
    else:
        rows = [[_best_piece(text, found[text]) for text in requests]]
    candidates = _Candidates(source, plan, rows, answers, settings)
    if plan.marked and not any(True for _ in candidates):
        rows = [[hypothesis] for hypothesis in found[plan.marked]]
        answers = replace(answers, are_set_in=True)
        candidates = _Candidates(source, plan, rows, answers, settings)
    origin = Origin.MODEL if len(requests) == 1 else Origin.PIECES
    return choose.choose(source.text, candidates, origin, settings.terms, source.place)


@dataclass(frozen=True, slots=True)
class _Candidates:
    """The hypotheses of a plan as English sentences, without those that cannot be restored.

    Each is finished when it is asked for.
    """

    source: Source
    plan: Plan
    rows: Sequence[Sequence[Hypothesis]]
    answers: Answers
    settings: Settings

    def __iter__(self) -> Iterator[Hypothesis]:
        for row in self.rows:
            text = restore.finish(
                self.plan,
                [hypothesis.text for hypothesis in row],
                self.answers,
                self.settings.quotes,
                carried=self.source.carried,
                runs_on=self.source.runs_on,
                currency=self.settings.currency,
            )
            if text is not None:
                yield Hypothesis(text, _mean_score(row))


def _best_piece(text: str, hypotheses: Sequence[Hypothesis]) -> Hypothesis:
    chosen = choose.choose(text, hypotheses, Origin.PIECES)
    return Hypothesis(chosen.target, chosen.score or 0.0) if chosen else Hypothesis(text, 0.0)


def _mean_score(row: Sequence[Hypothesis]) -> float:
    words = [max(1, len(hypothesis.text.split())) for hypothesis in row]
    total = sum(hypothesis.score * count for hypothesis, count in zip(row, words, strict=True))
    return total / sum(words) if words else 0.0


def _untranslated(source: Source) -> Draft:
    finding = Finding("untranslated.nothing", Severity.ERROR)
    return Draft(source.text, Origin.KEPT, None, (finding,))
