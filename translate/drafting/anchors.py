"""Where the words of a link, or of a bold run, stand in the English of their sentence.

A mark behind a word, such as that of a footnote, stands behind the same word in English.

The model sees the sentence without its markup, the words between each pair once more alone, and
the sentence with placeholders for them. Its answer for the words is looked for in the English
sentence word for word; else what stands between the words around the placeholder; else the stretch
that has most words of the answer, endings forgiven, near the place that they have in French.
bench/inline_tags.py measures it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import regex


@dataclass(frozen=True, slots=True)
class Anchor:
    """Words of a sentence that stand between markup: `[`, words, `](target)`.

    `words` are as the model is given them; `place` is their middle in the sentence, 0 to 1;
    `parent` is the index of the anchor that encloses this one, or -1; `mark` is what stands for it
    in the sentence with placeholders, or nothing. Where `behind` is set, there is only a `close`,
    behind the words and as much of a closing quotation mark or bracket as `behind` has.
    """

    open: str
    words: str
    close: str
    place: float = 0.5
    parent: int = -1
    mark: str = ""
    behind: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What the model says of the words of each anchor, and of the sentence with placeholders.

    Best first; `are_set_in`: the words are put into the places of the placeholders.
    """

    words: tuple[tuple[str, ...], ...] = ()
    marked: tuple[str, ...] = ()
    are_set_in: bool = False


Span = tuple[int, int]

#: Share of the words, small ones counted for less, that a stretch must have in common.
MIN_SHARE = 0.6
#: From this share on it is as good as word for word.
SURE_SHARE = 0.75
#: What being at the other end of the sentence costs.
DISTANCE_COST = 0.3
SMALL_WORD = 0.25
#: Shorter French words stand in English by chance ("on", "or").
MIN_NAME = 4
#: Letters that words which are alike have in common at least.
MIN_BEGINNING = 4
_EDGES = ' .,;:!?"“”«»'
_WORD = regex.compile(r"⟦\d+⟧|[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}’'-]*[\p{L}\p{N}])?")
_MARK = regex.compile(r"⟦\d+⟧")
_CLOSING = regex.compile(r"[,.]?\s?[»”\"’')\]]+")
_SMALL = frozenset(
    "a an the of in on at to for by from with and or is are was were be been has have had his her "
    "its their it he she they that this".split()
)
_ARTICLE = regex.compile(r"(?:the|an?) (?=\w)", regex.I)
_ARTICLE_BEFORE = regex.compile(r"(?<!\w)(?:the|an?) $", regex.I)
#: French words begin so where the English ones may have an article.
_DETERMINER = regex.compile(r"(?:l[’']|(?:les?|la|une?|des?|du|d[’']|ce|cette|ces)\b)", regex.I)


def placed(text: str, anchors: Sequence[Anchor], answers: Answers) -> list[Span] | None:
    """Where each anchor stands in the English; None where one is not found."""
    spans: list[Span] = []
    for anchor, own in zip(anchors, answers.words, strict=True):
        within = spans[anchor.parent] if anchor.parent >= 0 else (0, len(text))
        taken = [s for s, a in zip(spans, anchors, strict=False) if a.parent == anchor.parent]
        find = _find if anchor.behind is None else _behind
        span = find(text, within, taken, anchor, own, answers.marked)
        if span is None:
            return None
        spans.append(span)
    return spans


def _find(
    text: str,
    within: Span,
    taken: Sequence[Span],
    anchor: Anchor,
    answers: Sequence[str],
    marked: Sequence[str],
) -> Span | None:
    place = within[0] + anchor.place * (within[1] - within[0])
    is_own = len(anchor.words) >= MIN_NAME or _MARK.fullmatch(anchor.words)
    own = (anchor.words,) if is_own else ()
    kept = " " if anchor.words.endswith((".", "!", "?")) else _EDGES  # "9:12 a.m."
    candidates = [words for a in (*own, *answers) for e in (kept, _EDGES) if (words := a.strip(e))]
    for words in candidates:
        exact = [span for span in _exact(text, words, within) if _is_free(span, taken)]
        if exact:
            return min(exact, key=lambda span: abs(sum(span) / 2 - place))
    found = [w for w in _WORD.finditer(text, *within) if _is_free(w.span(), taken)]
    scored = [
        (_score(span, share, place, within), span)
        for words in candidates
        for share, span in _alike(found, [w.lower() for w in _WORD.findall(words)])
        if _fits(text, span, anchor)
    ]
    best, alike = max(scored, default=(0.0, (0, 0)))
    around = (_between(text, other, anchor) for other in (marked if anchor.mark else ()))
    between = (span for span in around if span and _is_free(span, taken))
    span = alike if best >= SURE_SHARE else next(between, alike if best >= MIN_SHARE else None)
    return span and with_article(text, span, anchor.words)


def _behind(
    text: str,
    within: Span,
    taken: Sequence[Span],
    anchor: Anchor,
    answers: Sequence[str],
    marked: Sequence[str],
) -> Span | None:
    """The end of the word that a mark stands behind; inside a link at least the link's end."""
    place = within[0] + anchor.place * (within[1] - within[0])
    said = (words for answer in answers if (words := answer.strip(_EDGES)))
    exact = min(
        (span for words in said for span in _exact(text, words, within)),
        key=lambda span: abs(span[1] - place),
        default=None,
    )
    others = (_before_mark(text, other, anchor) for other in (marked if anchor.mark else ()))
    for span in (exact, *others, _find(text, within, (), anchor, answers, ())):
        end = _past_closing(text, span[1], anchor.behind or "") if span else -1
        if within[0] < end <= within[1] and _is_free((end, end), taken):
            return end, end
    return (within[1], within[1]) if anchor.parent >= 0 else None


def _past_closing(text: str, end: int, french: str) -> int:
    closing = _CLOSING.match(text, end) if french else None
    return closing.end() if closing else end


def _before_mark(text: str, marked: str, anchor: Anchor) -> Span | None:
    """The word that stands before the mark in another English sentence."""
    words, others = list(_WORD.finditer(text)), [w.lower() for w in _WORD.findall(marked)]
    match = _same_words(words, others, anchor.mark)
    if match is None:
        return None
    at = others.index(anchor.mark) - 1
    return words[match[at]].span() if at in match and others[at] not in _SMALL else None


def _same_words(
    words: Sequence[regex.Match[str]], others: Sequence[str], mark: str
) -> dict[int, int] | None:
    """Which word each word of another sentence is, by their places; None unless it has the mark."""
    if others.count(mark) != 1:
        return None
    blocks = SequenceMatcher(
        None, [word[0].lower() for word in words], others, autojunk=False
    ).get_matching_blocks()
    return {b.b + i: b.a + i for b in blocks for i in range(b.size)}


def _between(text: str, marked: str, anchor: Anchor) -> Span | None:
    """What stands between the words that stand around the mark in another English sentence."""
    words, others = list(_WORD.finditer(text)), [w.lower() for w in _WORD.findall(marked)]
    match = _same_words(words, others, anchor.mark)
    if match is None:
        return None
    at = others.index(anchor.mark)
    first = match.get(at - 1, -2) + 1 if at else 0
    last = match.get(at + 1, -1) if at + 1 < len(others) else len(words)
    longest = 2 * len(_WORD.findall(anchor.words)) + 2
    if not 0 <= first < last <= first + longest:
        return None
    if any(
        w not in _SMALL and w in others for w in (word[0].lower() for word in words[first:last])
    ):
        return None  # that sentence has them elsewhere: they are not those of the anchor
    span = words[first].start(), words[last - 1].end()
    return span if _fits(text, span, anchor) else None


def _exact(text: str, words: str, within: Span) -> Iterator[Span]:
    """Where words stand, in capitals or not, with no letter before or behind them."""
    lower, wanted = text.lower(), words.lower()
    if len(lower) != len(text):  # a few capitals are longer in small letters
        lower, wanted = text, words
    start = lower.find(wanted, *within)
    while start >= 0:
        end = start + len(wanted)
        if not (lower[start - 1 : start].isalnum() or lower[end : end + 1].isalnum()):
            yield start, end
        start = lower.find(wanted, start + 1, within[1])


def _fits(text: str, span: Span, anchor: Anchor) -> bool:
    """Whether a stretch has the placeholders of numbers and codes that the words have."""
    stretch = text[slice(*span)]
    if "⟦" not in anchor.words and "⟦" not in stretch:
        return True
    given, got = (sorted(_MARK.findall(t)) for t in (anchor.words, stretch))
    return given == got


def _is_free(span: Span, taken: Sequence[Span]) -> bool:
    return all(span[1] <= start or end <= span[0] for start, end in taken)


def _alike(
    found: Sequence[regex.Match[str]], wanted: Sequence[str]
) -> Iterator[tuple[float, Span]]:
    """Stretches that begin and end with a word of those wanted, with the share that they share."""
    words = [word[0].lower() for word in found]
    weights = [_weight(word) for word in words]
    hits = _hits(words, wanted)
    whole = sum(map(_weight, wanted))
    for first, begins in enumerate(hits):
        shared = size = 0.0
        for last in range(first, min(first + len(wanted) + 2, len(found)) if begins else first):
            size += weights[last]
            shared += weights[last] * hits[last]
            if hits[last] and whole:
                yield (
                    2 * min(shared, whole) / (size + whole),
                    (found[first].start(), found[last].end()),
                )


def _hits(words: Sequence[str], wanted: Sequence[str]) -> list[bool]:
    """Whether each word is like one of those wanted."""
    same = set(wanted)
    begins = {word[:MIN_BEGINNING] for word in wanted}
    return [
        word in same
        or (word[:MIN_BEGINNING] in begins and any(_is_like(word, other) for other in wanted))
        for word in words
    ]


def _weight(word: str) -> float:
    return SMALL_WORD if word in _SMALL else 1.0


def _is_like(word: str, other: str) -> bool:
    """Equal but for their endings: "reopens", "reopening"."""
    if word == other:
        return True
    shortest = min(len(word), len(other))
    kept = max(MIN_BEGINNING, round(0.65 * max(len(word), len(other))))
    return shortest >= kept and word[:kept] == other[:kept]


def _score(span: Span, share: float, place: float, within: Span) -> float:
    distance = abs(sum(span) / 2 - place) / max(1, within[1] - within[0])
    return share - DISTANCE_COST * distance


def with_article(text: str, span: Span, french: str) -> Span:
    """With the article before it where the French has one, else without the one in it."""
    start, end = span
    has = has_article(french)
    before = _ARTICLE_BEFORE.search(text[max(0, start - 5) : start])
    if has and before:
        return start - len(before[0]), end
    inside = _ARTICLE.match(text[start:end])
    return (start + inside.end(), end) if inside and not has else (start, end)


def without_article(english: str, french: str) -> str:
    """The words without an article that the French does not have.

    >>> without_article("the WHO", "OMS")
    'WHO'
    """
    inside = None if has_article(french) else _ARTICLE.match(english)
    return english[inside.end() :] if inside else english


def has_article(french: str) -> bool:
    """Whether French words begin with what may be an article in English."""
    return _DETERMINER.match(french.lstrip(_EDGES)) is not None
