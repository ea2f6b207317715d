"""How a French sentence goes to the model: whole, or cut into pieces, what is to be copied masked.

A plan is a row of pieces, some translated, the others copied. There are three ways to make one,
tried in this order until the English keeps the promises: the whole sentence at once; cut at its
quotation marks, links and inner sentences; cut at its clauses too. Where the model knows
placeholders, its numbers and terms are masked, and written by `numbers` and the termbase;
`restore` makes the English sentence of the answers.
"""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, islice, pairwise

import regex

from translate.article.sentences import sentence_spans_flat
from translate.drafting import headlines, people, rare
from translate.drafting.anchors import MIN_NAME, Anchor, Answers, placed
from translate.engines.base import Translator
from translate.notation import numbers, quotes, shortened, speech, typography
from translate.notation.markup import (
    LONGEST_WORD,
    RAISED,
    Token,
    TokenKind,
    is_code,
    parse_inline,
    with_whole_words,
)
from translate.notation.vocabulary import is_english_title
from translate.terms.termbase import NO_TERMS, Termbase


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the plan: `text` is translated, or copied when `literal`.

    A `markup` literal (link, tag, code) is kept byte for byte; other literals are punctuation.
    """

    text: str
    literal: bool = False
    markup: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A sentence, ready for the model.

    `anchors` are to be found again in the translation of the only translated piece; `marked` is
    that piece with placeholders for them. `copies` maps what the model is given to what it stands
    for (placeholders, letters it cannot spell), `written` the placeholders of numbers and terms to
    their English. `lowered`: the first letter of a headline was made small. `initial`: the markup
    around the first letter alone.
    """

    source: str
    pieces: tuple[Piece, ...]
    anchors: tuple[Anchor, ...] = ()
    copies: tuple[tuple[str, str], ...] = ()
    written: tuple[tuple[str, str], ...] = ()
    capitals: bool = False
    lowered: bool = False
    is_cut: bool = False
    marked: str = ""
    initial: tuple[str, str] | None = None

    def requests(self) -> list[str]:
        """The texts to be translated, in order."""
        return [piece.text for piece in self.pieces if not piece.literal]

    def questions(self) -> list[str]:
        """What is asked to find the anchors again."""
        return [*(anchor.words for anchor in self.anchors), *([self.marked] if self.marked else [])]

    def between(self, before: str, after: str, source: str) -> "Plan":
        """The plan of `source`, of which this one is the middle: both ends are English already."""
        pieces = (*_literal(before), *self.pieces, *_literal(after))
        return replace(self, source=source, pieces=pieces)


#: Cuts words into stretches, each with the English that a placeholder may stand for, or nothing.
Mask = Callable[[str], Iterable[tuple[str, str]]]

#: Links of a sentence that are looked for in its English; one with more is cut at them.
MAX_ANCHORS = 32

#: Where a sentence may be cut when it must be: after these, or before these words.
_CLAUSE = regex.compile(
    r"(?<=[;:]) |(?<=,) (?=\p{L})| (?=[–—(])|(?<=[–—)]) "
    r"| (?=(?:et|mais|ou|car|qui|que|dont|où|alors|tandis|parce|lorsque|puis|afin|pour|après)\b)"
)
#: A sentence that is left open: models make a dash of it.
_ENDING = regex.compile(r"(?<=[^\s.…])\s?(?:…|\.{3})\Z")
_BRACKET = regex.compile(r"[()\[\]]")
_LEFT_EDGE = regex.compile(r"[^\p{L}\p{N}]*+")
_RIGHT_EDGE = regex.compile(r"(?r)[^\p{L}\p{N}.!?…%€$£°)]*\Z")
_LETTER = regex.compile(r"\p{L}")
_LETTER_OR_DIGIT = regex.compile(r"[\p{L}\p{N}]")
_WORD = regex.compile(r"[\p{L}\p{M}]+")
#: What the mark of a note may be, in so many tokens, behind a word of so many letters; behind
#: shorter ones a number is that of a unit (m²).
_NOTE, MOST_OF_NOTE = regex.compile(r"[\[(]?(?:\d{1,3}|\*{1,3}|[†‡])[\])]?"), 8
MIN_WORD = 3
_LAST_WORD = regex.compile(
    r"(?P<words>(?:\b(?:l['’]|(?:les?|la|une?|des?|du|aux?|ces?|cette|s(?:on|a|es)|leurs?)\s)"
    r"(?:[\p{L}\p{M}-]+\s){0,3})?(?P<word>⟦\d+⟧|[\p{L}\p{M}\p{N}-]+))"
    r"(?P<closing>\s?[»”\"’')\]]*)\Z",
    regex.IGNORECASE,
)
#: The cells of a row, between tabs or bars that stand alone.
_CELLS = regex.compile(r"\t+|[ ]\|(?=[ ])[ ]|(?:(?![ ]\|[ ])[^\t])+")
_BETWEEN_CELLS = regex.compile(r"\t|[ ]\|[ ]")
_LEAD = regex.compile(r"\s*(?:(?:[-–—•*·]|\(?(?:\d{1,3}|[a-zA-Z])[.)])\s+)?")


def whole(text: str, translator: Translator, terms: Termbase = NO_TERMS) -> Plan | None:
    """The sentence as one piece: markup, numbers and terms masked; None where it must be cut."""
    return _uncut(text, translator, _terms_and_numbers(terms, translator))


def all_masked(text: str, translator: Translator, terms: Termbase = NO_TERMS) -> Plan | None:
    """As `whole`, with the numbers that models know: in words, in dates, in names (A380)."""
    return _uncut(text, translator, _terms_and_numbers(terms, translator, everything=True))


def unmasked(text: str, translator: Translator, terms: Termbase = NO_TERMS) -> Plan | None:
    """The sentence as one piece with its numbers, for a model that has lost their placeholders."""
    return _uncut(text, translator, _with_rare(terms.masked, translator))


def _terms_and_numbers(
    terms: Termbase, translator: Translator, *, everything: bool = False
) -> Mask:
    def mask(words: str) -> Iterator[tuple[str, str]]:
        for stretch, english in terms.masked(words):
            if english:
                yield stretch, english
            else:
                yield from numbers.masked(stretch, everything=everything)

    return _with_rare(mask, translator)


def _with_rare(mask: Mask, translator: Translator) -> Mask:
    """A mask that masks the characters that the model lacks as well."""

    def masked(words: str) -> Iterator[tuple[str, str]]:
        for stretch, english in mask(words):
            if english:
                yield stretch, english
            else:
                yield from rare.masked(stretch, translator)

    return masked


def _as_they_are(words: str) -> list[tuple[str, str]]:
    return [(words, "")]


def _uncut(text: str, translator: Translator, mask: Mask) -> Plan | None:
    if _BETWEEN_CELLS.search(text):
        return None
    initial, tokens = _read_tokens(speech.unelided(quotes.guillemets(text)))
    start, end = _body(tokens)
    seen = _Seen(tokens, mask, translator.placeholders)
    if start == end or not seen.read(start, end):
        return None
    readable = seen.readable
    if not quotes.is_balanced(readable) or len(sentence_spans_flat(readable)) > 1:
        return None
    lead, visible, trail = _trimmed(seen.visible)
    words, folded = _spellable(visible, translator)
    capitals = typography.is_in_capitals(words)
    small = headlines.lowered(words) if headlines.is_one(text) and not capitals else words
    lowered = small != words
    words = typography.lower_capitals(words) if capitals else small
    if translator.count_tokens(words) > translator.max_tokens:
        return None
    body = Piece(words, literal=not _LETTER.search(words))  # nothing is left where all is masked
    middle = (*_literal(lead), body, *_literal(trail))
    pieces = (*_copied(tokens[:start]), *middle, *_copied(tokens[end:]))
    anchors = tuple(
        replace(anchor, words=_as_given(anchor.words, translator, capitals))
        for anchor in seen.anchors
    )
    if any(translator.count_tokens(anchor.words) > translator.max_tokens for anchor in anchors):
        return None
    copies, written = (*seen.copies, *folded), tuple(seen.written)
    marked = _as_given(seen.marked, translator, capitals) if seen.marked != seen.visible else ""
    marked = headlines.lowered(marked) if lowered else marked
    if translator.count_tokens(marked) > translator.max_tokens or not _LETTER.search(marked):
        marked = ""
    kept = copies, written, capitals, lowered
    return Plan(text, pieces, anchors, *kept, marked=marked, initial=initial)


def _read_tokens(text: str) -> tuple[tuple[str, str] | None, Sequence[Token]]:
    """The markup around the first letter alone, if any, and the tokens without it.

    Other markup never parts a word.
    """
    tokens = parse_inline(text)
    first, letter, last, rest = (*tokens[:4], *[Token(TokenKind.TEXT, "")] * 4)[:4]
    if (
        first.partner == 2
        and letter.kind is rest.kind is TokenKind.TEXT
        and len(letter.text) == 1
        and letter.text.isalpha()
        and rest.text[:1].isalpha()
    ):
        word = Token(TokenKind.TEXT, letter.text + rest.text)
        tokens = tuple(replace(token, partner=max(-1, token.partner - 3)) for token in tokens[4:])
        return (first.text, last.text), with_whole_words((word, *tokens))
    return None, with_whole_words(tokens) if len(tokens) > 1 else tokens


def _as_given(words: str, translator: Translator, capitals: bool) -> str:
    words = _spellable(words.strip(), translator)[0]
    return typography.lower_capitals(words) if capitals else words


class _Seen:
    """What the model sees of a sentence: words, and placeholders for what is masked.

    Markup around words, or behind one, is left out and becomes an anchor. `marked` is the same with
    placeholders for what the outermost pairs enclose, as long as there are some; `readable` has
    numbers and terms as they are.
    """

    def __init__(self, tokens: Sequence[Token], mask: Mask, placeholders: Sequence[str]) -> None:
        self._tokens = tokens
        self._mask = mask
        self._marks = list(reversed(placeholders))
        self._reserved = 0
        self.visible = self.readable = self.marked = ""
        self.anchors: list[Anchor] = []
        self.copies: list[tuple[str, str]] = []
        self.written: list[tuple[str, str]] = []

    def read(self, start: int, end: int) -> bool:
        """Read tokens; False where not all can be copied, or a pair holds no words."""
        kinds = [token.kind for token in self._tokens[start:end]]
        self._reserved = kinds.count(TokenKind.ATOM)
        if self._reserved > len(self._marks) or kinds.count(TokenKind.OPEN) > MAX_ANCHORS:
            return False
        self._read(start, end, parent=-1)
        whole = max(1, len(self.visible))
        self.anchors = [replace(a, place=min(1.0, a.place / whole)) for a in self.anchors]
        return all(any(map(str.isalnum, anchor.words)) for anchor in self.anchors)

    def _read(self, start: int, end: int, parent: int) -> None:
        index = start
        while index < end:
            token = self._tokens[index]
            note = self._note(index)
            self._reserved -= token.kind is TokenKind.ATOM
            if note:
                last, word = note
                code = "".join(t.text for t in self._tokens[index : last + 1])
                self._read_note(word, code, parent)
                index = last
            elif token.kind is TokenKind.ATOM:
                self.copies.append((self._marks.pop(), token.text))
                self._see(self.copies[-1][0])
            elif token.kind is TokenKind.TEXT:
                self._read_words(token.text)
            elif token.kind is TokenKind.OPEN:
                self._read_pair(index, parent)
                index = token.partner
            index += 1

    def _read_words(self, words: str) -> None:
        for stretch, english in self._mask(written_out(words)):
            if english and len(self._marks) > self._reserved:
                self.written.append((self._marks.pop(), english))
                self._see(_marked(self.written[-1][0], stretch), stretch)
            else:
                self._see(stretch)

    def _note(self, index: int) -> tuple[int, regex.Match[str]] | None:
        """The last token of a mark that begins here behind a word, and that word.

        It is the mark of a note or a picture, and no word itself: a code, `[^1]`, a raised
        number, a number between codes.
        """
        token, last = self._tokens[index], index
        is_note = token.kind is TokenKind.ATOM and (
            is_code(token.text[0]) or token.text[0] in RAISED or token.text[:2] == "[^"
        )
        if token.kind is TokenKind.OPEN and is_code(token.text[0]):
            last = token.partner
            inside = _words(self._tokens[index : min(last, index + MOST_OF_NOTE)])
            is_note = last < index + MOST_OF_NOTE and _NOTE.fullmatch(inside) is not None
        after = self._tokens[last + 1].text[:1] if last + 1 < len(self._tokens) else ""
        if not is_note or after.isalnum() or len(self.anchors) >= MAX_ANCHORS:
            return None
        word = _last_word(self.visible)
        is_unit = token.kind is TokenKind.OPEN and word and len(word["word"]) < MIN_WORD
        return None if not word or is_unit else (last, word)

    def _read_note(self, word: regex.Match[str], code: str, parent: int) -> None:
        mark = self._marks.pop() if parent < 0 and len(self._marks) > self._reserved else ""
        self.marked += mark
        place = len(self.visible)
        anchor = Anchor("", word["words"], code, place, parent, mark, word["closing"])
        self.anchors.append(anchor)

    def _read_pair(self, index: int, parent: int) -> None:
        token = self._tokens[index]
        number, begin, marked = len(self.anchors), len(self.visible), self.marked
        self.anchors.append(Anchor(token.text, "", self._tokens[token.partner].text, parent=parent))
        inside = self._tokens[index + 1 : token.partner]
        if (
            [inner.kind for inner in inside] == [TokenKind.TEXT]
            and len(self._marks) > self._reserved
            and is_english_title(inside[0].text)
        ):
            self.written.append((self._marks.pop(), inside[0].text))
            self._see(self.written[-1][0], inside[0].text)
        else:
            self._read(index + 1, token.partner, number)
        words = self.visible[begin:]
        mark = ""
        if parent < 0 and len(self._marks) > self._reserved:
            mark = self._marks.pop()
            self.marked = marked + mark
        middle = begin + len(words) / 2
        self.anchors[number] = replace(self.anchors[number], words=words, place=middle, mark=mark)

    def _see(self, visible: str, readable: str = "") -> None:
        self.visible += visible
        self.marked += visible
        self.readable += readable or visible


def _last_word(text: str) -> regex.Match[str] | None:
    return _LAST_WORD.search(text[-LONGEST_WORD:])


def by_rule(text: str, english: Callable[[str], str | None]) -> Plan | None:
    """A text that a rule writes without the model, its markup around what it writes of the words.

    None where the rule does not know the text, or not what stands between its markup.
    """
    tokens = parse_inline(text)
    if all(token.kind in (TokenKind.TEXT, TokenKind.ATOM) for token in tokens):
        written = english(text)
        return Plan(text, _literal(written)) if written else None
    if any(token.kind is TokenKind.ATOM for token in tokens):
        return None
    written = english(_words(tokens))
    found = []
    for index, token in enumerate(tokens):
        if token.kind is TokenKind.OPEN:
            inner = _words(tokens[index : token.partner])
            words = english(inner) or inner
            found.append(Anchor(token.text, words, tokens[token.partner].text))
    kept = all(len(anchor.words) >= MIN_NAME for anchor in found)
    answers = Answers(tuple((anchor.words,) for anchor in found))
    if not (written and kept and placed(written, found, answers)):
        return None
    return Plan(text, _literal(written), tuple(found))


def _words(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens if token.kind is TokenKind.TEXT)


def cut_at_marks(text: str, translator: Translator, terms: Termbase = NO_TERMS) -> Plan:
    """Cut at quotation marks, markup, and the ends of inner sentences; numbers, terms masked."""
    return _cut(text, translator, _at_marks, _terms_and_numbers(terms, translator))


def masked_clauses(text: str, translator: Translator, terms: Termbase = NO_TERMS) -> Plan:
    """Cut at the clauses as well; numbers and terms masked: a few in each piece are kept."""
    mask = _terms_and_numbers(terms, translator)
    return _cut(text, translator, lambda words: _at_clauses(_at_marks(words)), mask)


def cut_at_clauses(text: str, translator: Translator, _: Termbase = NO_TERMS) -> Plan:
    """Cut at the clauses as well, nothing masked: the last resort, which always gives something."""
    return _cut(text, translator, lambda words: _at_clauses(_at_marks(words)), _as_they_are)


def _cut(text: str, translator: Translator, cut: Callable[[str], list[str]], mask: Mask) -> Plan:
    capitals = typography.is_in_capitals(text)
    marks = iter(translator.placeholders)
    pieces: list[Piece] = []
    folded: list[tuple[str, str]] = []
    written: list[tuple[str, str]] = []
    given = speech.parted(speech.unelided(quotes.guillemets(text)))
    initial, tokens = _read_tokens(given)
    for token in _with_cells(tokens):
        if token.kind is not TokenKind.TEXT:
            pieces.append(Piece(token.text, literal=True, markup=True))
            continue
        for words in cut(written_out(token.text)):
            spelled, copies = _spellable(words, translator)
            folded.extend(copies)
            lowered = typography.lower_capitals(spelled) if capitals else spelled
            for part in _fitting(lowered, translator):
                pieces.extend(_masked(piece, mask, marks, written) for piece in _edged(part))
    kept = tuple(folded), tuple(written)
    return Plan(text, tuple(pieces), (), *kept, capitals, is_cut=True, initial=initial)


def _with_cells(tokens: Iterable[Token]) -> Iterator[Token]:
    """The cells of a row as texts of their own; what stands between them is markup."""
    for token in tokens:
        if token.kind is TokenKind.TEXT and _BETWEEN_CELLS.search(token.text):
            for text in _CELLS.findall(token.text):
                kind = TokenKind.ATOM if _BETWEEN_CELLS.match(text) else TokenKind.TEXT
                yield Token(kind, text)
        else:
            yield token


def written_out(text: str) -> str:
    """A French text as the model is given it: months, abbreviations, some numbers in full."""
    text = shortened.written_out(typography.full_months(typography.plain_spaces(text)))
    return numbers.written_out(people.written_out(text))


def _masked(
    piece: Piece, mask: Mask, marks: Iterator[str], written: list[tuple[str, str]]
) -> Piece:
    """A piece with placeholders for its numbers and terms, as long as there are some."""
    if piece.literal:
        return piece
    visible = ""
    for text, english in mask(piece.text):
        mark = next(marks, "") if english else ""
        visible += _marked(mark, text) if mark else text
        if mark:
            written.append((mark, english))
    return Piece(visible, literal=not _LETTER.search(visible))


def _marked(mark: str, text: str) -> str:
    """A placeholder apart from the word behind an elision: une trentaine d'élus."""
    return mark + " " * text.endswith(("'", "’"))


def _at_marks(text: str) -> list[str]:
    marks = {at for mark in quotes.marks(text) for at in (mark.position, mark.position + 1)}
    ends = {at for span in sentence_spans_flat(text) for at in span}
    return _sliced(text, marks | ends)


def _at_clauses(parts: Iterable[str]) -> list[str]:
    return [
        piece
        for part in parts
        for piece in _sliced(
            part, {match.start() for match in _CLAUSE.finditer(part)} | _brackets(part)
        )
    ]


def _brackets(text: str) -> set[int]:
    return {at for match in _BRACKET.finditer(text) for at in match.span()}


def _sliced(text: str, cuts: set[int]) -> list[str]:
    ends = sorted({0, len(text), *cuts})
    return [text[start:end] for start, end in pairwise(ends)]


def _fitting(text: str, translator: Translator) -> Iterator[str]:
    """Halve a text at its clauses, else its spaces, else anywhere, until the model takes it."""
    if len(text) < 2 or translator.count_tokens(text) <= translator.max_tokens:
        yield text
        return
    middle = len(text) // 2
    clauses = [match.start() for match in _CLAUSE.finditer(text)]
    spaces = [match.start() for match in regex.finditer(" ", text.strip())]
    third = [at for at in clauses if len(text) / 4 < at < len(text) * 3 / 4]
    cut = min(third or spaces or [middle], key=lambda at: abs(at - middle))
    cut = cut if 0 < cut < len(text) else middle
    yield from _fitting(text[:cut], translator)
    yield from _fitting(text[cut:], translator)


def _edged(text: str) -> Iterator[Piece]:
    """Punctuation at the edges is copied; a stretch without letters is copied whole."""
    left, right = _LEFT_EDGE.match(text), _RIGHT_EDGE.search(text)
    if left is None or right is None or not _LETTER.search(text, left.end()):
        yield from _literal(text)
        return
    words = _ENDING.sub("", text[left.end() : right.start()])
    yield from _literal(left.group())
    yield Piece(words)
    yield from _literal(text[left.end() + len(words) :])


def _literal(text: str) -> tuple[Piece, ...]:
    return (Piece(text, literal=True),) if text else ()


def _copied(tokens: Iterable[Token]) -> Iterator[Piece]:
    for token in tokens:
        yield Piece(token.text, literal=True, markup=token.kind is not TokenKind.TEXT)


def _body(tokens: Sequence[Token]) -> tuple[int, int]:
    """The tokens from the first word to the last: markup around a whole sentence is outside."""
    start, end = 0, len(tokens)
    while start < end:
        first, last = tokens[start], tokens[end - 1]
        if first.kind is TokenKind.OPEN and first.partner == end - 1:
            start, end = start + 1, end - 1
        elif first.kind is TokenKind.ATOM:
            start += 1
        elif last.kind is TokenKind.ATOM:
            end -= 1
        elif not _has_words(first) and start + 1 < end and tokens[start + 1].kind is TokenKind.ATOM:
            start += 2
        elif not _has_words(last) and end - 2 > start and tokens[end - 2].kind is TokenKind.ATOM:
            end -= 2
        else:
            break
    return start, end


def _has_words(token: Token) -> bool:
    return token.kind is not TokenKind.TEXT or _LETTER_OR_DIGIT.search(token.text) is not None


def _trimmed(text: str) -> tuple[str, str, str]:
    """White space at the ends, a list mark or dialogue dash, and brackets around all apart."""
    lead = _LEAD.match(text)
    start = lead.end() if lead else 0
    stop = start + len(_ENDING.sub("", text[start:].rstrip()))
    if text[start:stop] and _is_bracketed(text[start:stop]):
        start, stop = start + 1, stop - 1
    return text[:start], text[start:stop], text[stop:]


def _is_bracketed(text: str) -> bool:
    """Whether the first and the last character are a pair of brackets."""
    if text[0] + text[-1] not in ("()", "[]"):
        return False
    depths = accumulate((letter == text[0]) - (letter == text[-1]) for letter in text)
    return all(depth > 0 for depth in islice(depths, len(text) - 1))


def _spellable(text: str, translator: Translator) -> tuple[str, tuple[tuple[str, str], ...]]:
    """Words with letters that the model lacks ("Dvořák") in plain letters, and the way back."""
    if translator.covers(text):
        return text, ()
    plain = {
        word: _plain_letters(word)
        for word in dict.fromkeys(_WORD.findall(text))
        if not translator.covers(word)
    }
    text = _WORD.sub(lambda match: plain.get(match.group(), match.group()), text)
    return text, tuple((folded, word) for word, folded in plain.items() if folded != word)


_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae", "ł": "l", "Ł": "L", "ø": "o", "Ø": "O"}
    | {"đ": "d", "Đ": "D", "ß": "ss", "ı": "i", "ð": "d", "þ": "th", "Þ": "Th", "ə": "e"}
)


def _plain_letters(word: str) -> str:
    decomposed = unicodedata.normalize("NFKD", word.translate(_LIGATURES))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
