"""A block of French text into its sentences.

One pass over the places where a sentence may end (`.`, `!`, `?`, `…` with what closes behind
them); a place is an end unless it lies inside a quotation, a short parenthesis or an address, or
one of the rules on the word before and the word after says no. A rule looks back no further than
the start of its sentence, so that cutting a sentence again leaves it whole, and at a bounded
number of characters, so that the time is linear whatever the text. The words are in
`abbreviations.py`.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from translate.article import abbreviations
from translate.notation import calendar, markup, quotes
from translate.notation.spaces import BLANKS

Span = tuple[int, int]

#: A longer parenthesis is cut like other text (characters; a long sentence has about 300).
MAX_PARENTHESIS = 400
#: A dateline or a run-in heading ("Lyon. – Le maire ...") is no longer than this (characters).
MAX_DATELINE = 60
#: How far the rules look back and ahead (characters): more than the longest word they know.
LOOK_BACK = 48
LOOK_AHEAD = 64

_B = f"[{BLANKS}]"
_OPENERS = r"«‹„“‘\"'’(\[—–―*_\-"
_BLANK = re.compile(f"{_B}*")
_CLUSTER = re.compile(rf"[.!?…‽]+(?:{_B}{{1,2}}[!?]+)*")
_EMOJI = re.compile("[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff][\u200d\ufe0f\u20e3]*")
_BRACKETS = re.compile(r"[()\[\]]")
_DASH = re.compile(f"{_B}[—–―-]{_B}")
_CREDIT_AND_DASH = re.compile(rf"{_B}*(?:\([^()]{{1,30}}\))?{_DASH.pattern}")
_LEAD = re.compile(rf"(?:[{BLANKS}{_OPENERS}]|(?:…|\.{{3}})[)\]]?)*")
_LISTED = re.compile(r"[a-z]\)")
_WORD = re.compile(r"[^\W_]+")
_UPPER = "A-ZÀ-ÖØ-ÞŒ"
_TOKEN = re.compile(r"[\w°.-]*$")
_PREVIOUS = re.compile(rf"([\w°.-]+)[{BLANKS}’'(«“\"]*$")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*(?:er|re|e|ème)?|[IVX]+(?:er|re|e)")
_NUMERAL = re.compile(r"\d|[IVXLC]+(?![\w’'])|[A-Z]\.?[- \u00a0\u202f]?\d|[A-Z]\.|[°§]")
_DATE = re.compile(rf"(?:\d{{1,2}}|1er){_B}([^\W\d_]+)")
_INITIALS = re.compile(rf"[{_UPPER}](?:(?:\.-?|-)[{_UPPER}]){{0,7}}")
_ITEM = re.compile(r"\d{1,3}(?:\.\d{1,2})*|[a-hA-H]|[IVX]{1,5}")
_BEFORE_ITEM = re.compile(rf"(?:^|[\n;])[{BLANKS}{_OPENERS}•·]*$")
_BEFORE_GLUE = re.compile(r"(?:[a-zà-öø-ÿœ]{2}|\d{4}|[%€])$")
_GLUED = re.compile(rf"[{_UPPER}][{BLANKS}a-zà-öø-ÿœ’']|[«“„]")
_CAPITALS = re.compile(rf"[{_UPPER}]{{2}}")
_KICKER = re.compile(rf"(?=.{{4}})[{_UPPER}][{_UPPER}-]{{1,19}}(?: [{_UPPER}-]{{2,19}})?")
_ASIDE = re.compile(rf"{_B}*\([^()]{{1,60}}\)(?:,|{_B}*[a-zà-öø-ÿœ])")
_BEFORE_BODIES = abbreviations.ARTICLES | abbreviations.ERAS
_PARTICLE = re.compile(rf"(?:L[ae]s?|Du|De|Des){_B}[{_UPPER}]")


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a sentence may end: `text[start:stop]` stops it, `text[stop:end]` closes behind it."""

    text: str
    sentence: int  # where the sentence begins
    start: int
    stop: int
    end: int

    @property
    def before(self) -> str:
        """The last characters of the sentence before its stop."""
        return self.text[max(self.sentence, self.start - LOOK_BACK) : self.start]

    @property
    def after(self) -> str:
        """The first characters behind the stop and what closes."""
        return self.text[self.end : self.end + LOOK_AHEAD]

    @property
    def token(self) -> str:
        """The word that the stop follows, without an elided article: `J.-C`, `cf`, `12`."""
        match = _TOKEN.search(self.before)
        return match.group().lstrip(".-_") if match else ""

    @property
    def previous(self) -> str:
        """The word before `token`, with its own full stop if it has one; empty at the start."""
        match = _PREVIOUS.search(self.before.removesuffix(self.token))
        return match.group(1) if match else ""

    @property
    def is_full_stop(self) -> bool:
        """A single full stop with nothing that closes behind it."""
        return self.text[self.start : self.end] == "."

    @property
    def is_ellipsis(self) -> bool:
        """Three dots, as one character or as several."""
        return self.text[self.start : self.stop].endswith(("…", ".."))


def sentence_spans(text: str, *, carried: bool = False, runs_on: bool = False) -> tuple[Span, ...]:
    """The sentences of a block, in order, as spans without blanks at their ends.

    Between two spans there are only blanks (`spaces.BLANKS`). No span begins or ends inside a
    quotation, however many sentences that has; of an unbalanced one only where `carried` (the
    block begins inside it) or `runs_on` (it goes on in the next block) say that it is real.

    >>> text = "« Oui. Demain. », dit M. Roy. Il part."
    >>> [text[start:end] for start, end in sentence_spans(text)]
    ['« Oui. Demain. », dit M. Roy.', 'Il part.']
    """
    whole = [
        (quotation.start, quotation.end)
        for quotation in quotes.find_quotations(text, carried=carried, runs_on=runs_on)
        if quotation.complete
        or (carried and quotation.start == 0 and quotation.closed)
        or (runs_on and quotation.opened and quotation.end == len(text))
        or (carried and runs_on and quotation.end - quotation.start == len(text))
    ]
    return _spans(text, whole, carried=carried)


def sentence_spans_flat(text: str, *, carried: bool = False) -> tuple[Span, ...]:
    """The sentences of a block, those inside quotations too: for quotations too long to keep.

    Each mark stays with the sentence that it touches.

    >>> text = "« Oui. Demain. »"
    >>> [text[start:end] for start, end in sentence_spans_flat(text)]
    ['« Oui.', 'Demain. »']
    """
    return _spans(text, [], carried=carried)


def _spans(text: str, whole: Sequence[Span], *, carried: bool) -> tuple[Span, ...]:
    """Cut `text` where sentences end, never inside one of the spans of `whole`."""
    start, stop = _skip_blanks(text, 0), len(text.rstrip(BLANKS))
    first = _CLUSTER.search(text, start)
    if first is None or first.end() == stop:
        return ((start, stop),) if start < stop else ()
    closing = {
        mark.position
        for mark in quotes.marks(text, carried=carried)
        if mark.role is quotes.Role.CLOSE
    }
    brackets = _merged(list(_parentheses(text)))
    whole_at = partial(_around, _merged([*whole, *brackets]))
    address_at = partial(_around, markup.addresses(text))
    dashes = [match.start() for match in _DASH.finditer(text)]
    spans = []
    start, at = _skip_blanks(text, 0), 0
    while match := _CLUSTER.search(text, max(at, start)):
        end = _closed(text, match.end(), closing)
        at = match.end()
        if whole_at(end) or address_at(match.start() + 1):
            continue
        bracket = _around(brackets, match.end())
        if bracket and _has_word(text, start, bracket[0]) and end < len(text):
            continue  # « Il a gagné (3-0 !) Paris » goes on behind its bracket
        place = _Place(text, start, match.start(), match.end(), end)
        odd_dashes = (bisect_left(dashes, match.start()) - bisect_right(dashes, start)) % 2 == 1
        if _is_end(place, inside_dashes=odd_dashes):
            spans.append((start, end))
            start = at = _skip_blanks(text, end)
    if start < len(text):
        spans.append((start, len(text.rstrip(BLANKS))))
    return tuple(spans)


def _has_word(text: str, start: int, end: int) -> bool:
    """Whether there is a letter or digit closely before `end`, from `start` on."""
    return _WORD.search(text, max(start, end - LOOK_BACK), end) is not None


def _skip_blanks(text: str, at: int) -> int:
    """The first position from `at` on that is not blank."""
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _closed(text: str, at: int, closing: set[int]) -> int:
    """Where the closing marks, brackets and emoji behind a stop end."""
    end = at
    while True:
        after = _skip_blanks(text, end)
        if text[after : after + 1] in (")", "]") or after in closing:
            end = after + 1
        elif match := _EMOJI.match(text, after):
            end = match.end()
        elif (
            after == end
            and text[end : end + 1] in ("*", "_")
            and not text[end + 1 : end + 2].isalnum()
        ):
            end += 1
        else:
            return end


def _merged(spans: Sequence[Span]) -> list[Span]:
    """The same characters as disjoint spans in order."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _around(spans: Sequence[Span], at: int) -> Span | None:
    """The one of the disjoint, ordered spans that a cut at `at` would part, if any."""
    index = bisect_left(spans, (at,)) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def _parentheses(text: str) -> Iterator[Span]:
    """Balanced parentheses and brackets that are short enough to stay in one piece."""
    open_at: list[int] = []
    for match in _BRACKETS.finditer(text):
        if match.group() in "([":
            open_at.append(match.start())
        elif open_at:
            start = open_at.pop()
            if match.end() - start <= MAX_PARENTHESIS:
                yield start, match.end()


def _is_end(place: _Place, *, inside_dashes: bool) -> bool:
    """Whether a sentence ends at this place."""
    if place.end == len(place.text):
        return True
    if place.after[0] not in BLANKS:
        return _is_glued(place)
    lead = _LEAD.match(place.after)
    length = lead.end() if lead else 0
    opening, following = place.after[:length].strip(BLANKS), place.after[length:]
    if not following:  # nothing begins where only marks are left; many blanks begin much
        return place.end + length < len(place.text)
    if not _begins_sentence(place, opening, following):
        return False
    if inside_dashes and opening[:1] in ("—", "–", "-") and not place.is_full_stop:
        return False  # « Il est venu – quelle surprise ! – Paul aussi. »
    return not any(rule(place, following) for rule in _NO_END)


def _is_glued(place: _Place) -> bool:
    """Whether the next sentence follows without a space: `fini.Le`, `« Oui. »Il`."""
    if not _GLUED.match(place.after) or not _WORD.search(place.before):
        return False
    word = _WORD.match(place.after)
    if word and word.group().lower() in abbreviations.SUFFIXES:
        return False
    if place.end == place.stop and not _BEFORE_GLUE.search(place.before.rstrip(BLANKS)):
        return False
    return not any(rule(place, place.after) for rule in _NO_END)


def _begins_sentence(place: _Place, opening: str, following: str) -> bool:
    """Whether what follows looks like a beginning; `opening` are the marks before it."""
    if _LISTED.match(following):
        return True
    first = following[0]
    if first in ",;:.!?…»›”)]}" or _ASIDE.match(place.after):
        return False
    if first.islower():
        # « Il part. « on verra », dit-il. » begins with its mark, « iPhone » with its own way.
        return (place.is_full_stop and any(mark in opening for mark in '«“„"')) or (
            following[1:2].isupper()
        )
    return not (place.is_ellipsis and first.isdigit())  # « un, deux... 10 000 personnes »


def _opens(following: str) -> bool:
    """Whether the next word begins sentences and no name: `Il`, `L’`, but not `L.` or `Le Pen`."""
    word = _WORD.match(following)
    if not word or _PARTICLE.match(following):
        return False
    elided = following[word.end() : word.end() + 1] in ("’", "'")
    return word.group().lower() in abbreviations.OPENERS and (
        elided or len(word.group()) > 1 or word.group() == "À"
    )


def _is_omission(place: _Place, _following: str) -> bool:
    """`(…)`, `[...]`, `(!)`, or an ellipsis that begins the sentence: nothing has ended yet."""
    before = place.before
    return before.rstrip(BLANKS).endswith(("(", "[")) or not _WORD.search(before)


def _is_title(place: _Place, following: str) -> bool:
    """`M. Roy`, `MME. ROY`, but not `5 M.`"""
    token = place.token
    if not place.is_full_stop or (token == "M" and _NUMBER.fullmatch(place.previous)):
        return False
    in_capitals = len(token) > 1 and token.isupper() and _CAPITALS.match(following)
    return token in abbreviations.TITLES or bool(
        in_capitals and token.capitalize() in abbreviations.TITLES
    )


def _is_first_name(place: _Place, _following: str) -> bool:
    """`Ch. de Gaulle`, `Ph. Roy`."""
    return place.is_full_stop and place.token in abbreviations.FIRST_NAMES


def _is_continued(place: _Place, following: str) -> bool:
    """`cf. Roy`, `p. ex. Lyon`, `bd. Voltaire`; but `2e éd. Le livre` ends."""
    token = _folded(place.token)
    known = (
        token in abbreviations.CONTINUED
        or f"{place.previous.lower()} {token}" in abbreviations.CONTINUED
    )
    ends = _NUMBER.fullmatch(place.previous) and _opens(following)
    return place.is_full_stop and known and not ends


def _is_numbered(place: _Place, following: str) -> bool:
    """`p. 12`, `art. L. 123-1`, `t. IV`."""
    known = _folded(place.token) in abbreviations.NUMBERED
    return place.is_full_stop and known and bool(_NUMERAL.match(following))


def _is_date(place: _Place, following: str) -> bool:
    """`janv. 2024`, `mer. 12 juin`."""
    token = place.token.lower()
    if not place.is_full_stop or not following[0].isdigit():
        return False
    day = _DATE.match(following)
    month = day.group(1).lower() if day else ""
    return token in calendar.MONTHS or (
        token in abbreviations.WEEKDAYS
        and (month in calendar.MONTH_NAMES or month in calendar.MONTHS)
    )


def _is_item(place: _Place, _following: str) -> bool:
    """The number of an enumeration: `1. Le prix`, `; 2. La date`, `II. Les faits`."""
    if not place.is_full_stop or not _ITEM.fullmatch(place.token):
        return False
    before = place.before.removesuffix(place.token)
    if place.sentence < place.start - LOOK_BACK:
        before = "x" + before  # the sentence began further back
    in_list = _BEFORE_ITEM.search(before)
    return bool(in_list) or (place.token == "1" and before.rstrip(BLANKS).endswith(":"))


def _is_initial(place: _Place, following: str) -> bool:
    """`J. Roy`, `J.-M. Le Pen`, `J.R.R. Tolkien`; but `le plan B.`, `la S.N.C.F.` may end."""
    token, previous = place.token, place.previous
    if not place.is_full_stop or not _INITIALS.fullmatch(token) or _NUMBER.fullmatch(previous):
        return False
    if len(token) == 1:
        if previous.lower() in abbreviations.LETTERED:
            return False
        if _PARTICLE.match(following):  # « Karim B. Le Monde », but « M. B. Le Maire »
            return not previous[:1].isupper() or previous.endswith(".")
    elif token not in abbreviations.CLUBS and previous.lower().rstrip(".") in _BEFORE_BODIES:
        return False
    return not _opens(following)


def _is_kicker(place: _Place, following: str) -> bool:
    """`DIRECT. Le Sénat ...`: one or two words in capitals at the head of a headline."""
    if not place.is_full_stop or place.start >= LOOK_BACK:
        return False
    return bool(_KICKER.fullmatch(place.text, 0, place.start) and following[1:2].islower())


def _is_dateline(place: _Place, _following: str) -> bool:
    """`Lyon. – Le maire ...`, `De notre correspondant à Rome. — ...`: what follows is its text."""
    alone = place.is_full_stop and place.start < LOOK_BACK
    if alone and place.text[: place.start] in abbreviations.DATELINE_TOWNS:
        return True
    if place.start - place.sentence > MAX_DATELINE or not _CREDIT_AND_DASH.match(place.after):
        return False
    head = place.text[place.sentence : place.start]
    words = _WORD.findall(head)
    named = words[0].lower() not in abbreviations.OPENERS and head[0].isalnum()
    short = len(words) <= 3 or (len(words[0]) > 1 and words[0].isupper())
    return place.is_full_stop and (
        (named and short) or head.lower().startswith(abbreviations.DATELINE_STARTS)
    )


def _folded(token: str) -> str:
    """A word as the tables have it: single letters keep their case (`c.` is no `C.`)."""
    return token if len(token) == 1 else token.lower()


_NO_END = (
    _is_omission,
    _is_title,
    _is_first_name,
    _is_continued,
    _is_numbered,
    _is_date,
    _is_item,
    _is_initial,
    _is_dateline,
    _is_kicker,
)
