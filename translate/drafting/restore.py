"""The English sentence of a plan: the answers joined, placeholders and markup set back."""

from collections.abc import Sequence
from dataclasses import replace

import regex

from translate.drafting import anchors, people
from translate.drafting.anchors import Anchor, Answers
from translate.drafting.plans import Piece, Plan
from translate.notation import articles, names, newspaper, speech, typography
from translate.notation.money import CurrencyStyle
from translate.notation.quotes import QuoteStyle
from translate.terms import house

#: The first of the code points that stand for markup while the text around it is set.
_SENTINEL = 0xF0000
_MAX_SENTINELS = 0xFFFD
_SENTINELS = regex.compile("[\U000f0000-\U000ffffd]")
_INITIAL = regex.compile(r"[\p{L}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
_AFTER_ARTICLE = regex.compile("\\b[Tt]he [\U000f0000-\U000ffffd]*+$")
_LEADING = regex.compile("[\U000f0000-\U000ffffd]*+")
_FINAL_MARK = regex.compile(r"[.!?…]$")
_FULL_STOP = regex.compile(r"(?<=[^.])\.$")
_QUOTATION_MARK = regex.compile(r'["“”«»„‟‹›]')


def finish(
    plan: Plan,
    targets: Sequence[str],
    answers: Answers,
    style: QuoteStyle,
    *,
    carried: bool = False,
    runs_on: bool = False,
    currency: CurrencyStyle = CurrencyStyle.SIGN,
) -> str | None:
    """The English sentence of a plan, from the translations of its requests and questions.

    `carried` and `runs_on`: a quotation runs into or out of the paragraph. None where a placeholder
    or an anchor is not found again.
    """
    kept: list[str] = []
    translated = iter(targets)
    parts: list[str] = []
    for index, piece in enumerate(plan.pieces):
        if piece.markup:
            parts.append(_sentinel(piece.text, kept))
        elif piece.literal:
            parts.append(typography.plain_spaces(piece.text))
        else:
            target = next(translated)
            target = _without_marks(target) if plan.is_cut else target.strip()
            target = _fitted(target, piece.text, first=_is_first(plan.pieces, index))
            parts.append(typography.capitalise_first(target) if plan.lowered else target)
    text = "".join(parts)
    text = text if plan.capitals else names.mended(plan.source, text, house.name_spans(plan.source))
    restored = _restore(text, plan, answers, kept)
    if restored is None:
        return None
    text = speech.without_elisions(restored, plan.source)
    text = typography.to_english(
        text, plan.source, style, carried=carried, runs_on=runs_on, currency=currency
    )
    american = style is not QuoteStyle.BRITISH
    text = speech.parted_english(text, plan.source, comma_inside=american)
    text = newspaper.to_usage(text, plan.source, style)
    text = people.mended(plan.source, text, style)
    text = typography.with_final_mark(text, plan.source)
    if plan.source[:1].isupper():
        markup = _LEADING.match(text)
        lead = markup.end() if markup else 0
        text = text[:lead] + typography.capitalise_first(text[lead:])
    text = text.upper() if plan.capitals else text
    text = _with_initial(text, *plan.initial, kept) if plan.initial else text
    return _SENTINELS.sub(lambda match: kept[ord(match.group()) - _SENTINEL], text)


def _with_initial(text: str, opening: str, closing: str, kept: list[str]) -> str:
    """A text with markup around its first letter."""
    first = _INITIAL.search(text)
    at = first.start() if first else 0
    letter = text[at : at + 1]
    marked = _sentinel(opening, kept) + letter + _sentinel(closing, kept)
    return text[:at] + marked + text[at + 1 :]


def _is_first(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a sentence begins with this piece."""
    while index:
        index -= 1
        before = pieces[index].text.rstrip(" \u00a0\u202f«»“”\"'‘’(")
        if before:
            return before[-1] in ".!?…"
    return True


def _fitted(target: str, source: str, *, first: bool) -> str:
    """A piece's translation set into its place: case and final mark as in the source."""
    head = target.split(" ", 1)[0].rstrip(",.:;")
    names = {word.strip(".,;:!?…()") for word in source.split()}
    if not first and source[:1].islower() and head not in names:
        target = typography.lower_first(target)
    if not _FINAL_MARK.search(source):
        target = _FULL_STOP.sub("", target)
    return target


def _without_marks(target: str) -> str:
    """Pieces are cut at quotation marks: one that the model adds is its own invention."""
    return " ".join(_QUOTATION_MARK.sub(" ", target).split())


def _sentinel(text: str, kept: list[str]) -> str:
    if len(kept) >= _MAX_SENTINELS:
        return text
    kept.append(text)
    return chr(_SENTINEL + len(kept) - 1)


def _restore(text: str, plan: Plan, answers: Answers, kept: list[str]) -> str | None:
    around: str | None = text
    if plan.anchors:
        put = _with_answers if answers.are_set_in else _with_anchors
        around = put(text, plan.anchors, answers, kept)
    if around is None:
        return None
    text = around
    for mark, english in plan.written:
        if text.count(mark) != 1:
            return None
        if _AFTER_ARTICLE.search(text[: text.index(mark)]):  # "L’<b>OMS</b>": the article is there
            english = english.removeprefix("the ")
        text = _put(text, mark, english, english)
    words = {given: original for given, original in plan.copies if given.isalpha()}
    if words:
        text = _WORD.sub(lambda match: words.get(match.group(), match.group()), text)
    for given, original in plan.copies:
        if given.isalpha():
            continue
        if text.count(given) != 1:
            return None
        text = text.replace(given, _sentinel(original, kept))
    return text


def _with_anchors(
    text: str, found: Sequence[Anchor], answers: Answers, kept: list[str]
) -> str | None:
    """A text with the markup of its anchors set around their words."""
    spans = anchors.placed(text, found, answers)
    if spans is None:
        return None
    cuts: list[tuple[int, int, int, str]] = []  # where, closings first, the inner or outer first
    for number, (anchor, (start, end)) in enumerate(zip(found, spans, strict=True)):
        if anchor.behind is not None:
            inside = anchor.parent >= 0
            cuts.append((end, 0 if inside else 1, number, _sentinel(anchor.close, kept)))
            continue
        cuts.append((end, 0, -number, _sentinel(anchor.close, kept)))
        cuts.append((start, 2, number, _sentinel(anchor.open, kept)))
    for place, _, _, markup in sorted(cuts, reverse=True):
        text = text[:place] + markup + text[place:]
    return text


def _with_answers(
    text: str, found: Sequence[Anchor], answers: Answers, kept: list[str]
) -> str | None:
    """The sentence with placeholders, and the answers for the anchors in their places."""
    for number, anchor in enumerate(found):
        if anchor.parent >= 0:
            continue
        if anchor.behind is not None:
            if not anchor.mark or text.count(anchor.mark) != 1:
                return None
            text = text.replace(f" {anchor.mark}", anchor.mark)
            text = text.replace(anchor.mark, _sentinel(anchor.close, kept))
            continue
        inner = [i for i in range(number + 1, len(found)) if _is_inside(found, i, number)]
        moved = [replace(found[i], parent=found[i].parent - number - 1) for i in inner]
        words = _fitted(answers.words[number][0].strip(), anchor.words, first=False) or anchor.words
        words = anchors.without_article(words, anchor.words)
        own = Answers(tuple(answers.words[i] for i in inner))
        whole = _with_anchors(words, moved, own, kept)
        if whole is None or not anchor.mark or text.count(anchor.mark) != 1:
            return None
        opening, closing = _sentinel(anchor.open, kept), _sentinel(anchor.close, kept)
        text = _put(text, anchor.mark, opening + whole + closing, words)
    return text


def _put(text: str, mark: str, english: str, words: str) -> str:
    """English words in the place of a mark, behind the article that they have."""
    before, _, after = text.partition(mark)
    return articles.agreed(before, words) + english + after


def _is_inside(found: Sequence[Anchor], index: int, outer: int) -> bool:
    while index > outer:
        index = found[index].parent
    return index == outer
