"""Text -> blocks: title, byline, heading, paragraph, list item, caption.

A block is `text[start:end]` without its markup (`# `, `- `, `> `, `1. `) and without white space
at its ends; markup, rules, code and blank lines stay in the gaps between blocks. A paragraph
whose lines were wrapped by hand is one block that contains the line ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from translate.article import shapes
from translate.article.language import is_caption_line
from translate.document import Block, Kind

TITLE_MAX_CHARS = 200  # headlines of agencies end at 120; with a kicker, at 180
HEADING_MAX_CHARS = 120
BYLINE_MAX_CHARS = 100

# Hard-wrapped text: mail and typewriter widths lie between 60 and 80, wide editors reach 130.
WRAP_MIN_CHARS = 35  # shorter lines are menus and headlines, never evidence of wrapping
WRAP_MAX_CHARS = 140
WRAP_SHARE = 0.4  # of the long lines go on in lower case; wrapped French prose has 0.75
SENTENCE_MIN_LINES = 3  # short lines are one sentence only where two line ends show it
WRAP_SLACK = 0.8  # a line whose next word would still fit into this share of the width ended

#: What is neither white space to Python nor visible: BOM, zero-width signs, soft hyphen.
_INVISIBLE = "\ufeff\u200b\u200c\u200d\u200e\u200f\u2060\u00ad"
_BREAK = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_RULE = re.compile(r"[-–—_=*~.#+·•|\\/:<>\s]+")
_QUOTE_MARK = re.compile(r"(?:>[ \t]?)+\s*")
#: Quotations inside each other; a deeper one is read as one of this depth.
MAX_QUOTES = 30
_DEEPER_QUOTES = re.compile(rf"^((?:[ \t]?>){{{MAX_QUOTES}}})(?:[ \t]*>)+", re.MULTILINE)
#: Elements inside each other: the parser leaves out what is deeper; a list has two for a level.
MAX_NESTING = 100
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+")
_LIST_MARK = re.compile(r"(?:[-*+•◦▪‣●■·]|\d{1,2}[.)]|[a-z]\))\s+(?=\S)")
_UNDERLINE = re.compile(r"\s*(?:=+|-+)\s*")
_DIALOGUE = re.compile(r"[–—]\s")
_SENTENCE_END = re.compile(r"[.…;:,][»”\"')\]\s*_]*$")
_HANGING = re.compile(  # no headline and no sentence ends so
    r"(?:,|\b(?:a|à|au|aux|avec|ce|ces|cette|dans|de|des|du|en|et|la|le|les|leur|ou|par|pour|que|qui"
    r"|sa|ses|son|sous|sur|un|une|the|of|and|to))$"
)
_BYLINE = re.compile(
    r"[*_]{0,2}(?:[Pp]ar|PAR|[Bb]y|BY|[Aa]uteure?\s?:)\s+[^\W\d_a-zà-ÿ]"
    r"|(?:[Pp]ropos recueillis|(?:[ÉEé]crit|[Rr]édigé|[Pp]ublié|[Pp]osté) par"
    r"|[Dd]e notre (?:correspondant|envoyé)|[Ff]rom our correspondent)"
    r"|.{2,60}\b(?:avec|with) (?:l['’])?(?:AFP|Reuters|AP|agences?)\)?$|\(?(?:avec )?AFP\)$"
    r"|(?i:publié|mis à jour|modifié|posté|published|updated)\b.{0,20}\d"
    r"|(?i:(?:le )?\d{1,2}(?:er)? [a-zéû]{3,9}\.? \d{4}\b.{0,25}$)"
)
_CAPITALISED_NAME = re.compile(
    r"[^\W\d_a-zà-ÿ][\w.’'-]+"
    r"(?: (?:de|du|des|van|von|el|al|ben|le|la)| [^\W\d_a-zà-ÿ][\w.’'-]*){1,4}"
)
_OWN_LINE = re.compile(rf"(?:par|by) {_CAPITALISED_NAME.pattern}|(?:par|by) \w+")
#: The words for an image that say what it shows, and not how its file is called.
_ALT = re.compile(r"!\[\s*(?P<alt>[^\]\n]*\w[^\]\n]*?)\s*\](?=[(\[])")
_IMAGES_ONLY = re.compile(r"(?:!\[[^\]\n]*\](?:\([^)\n]*\)|\[[^\]\n]*\])?\s*)+")
_TASK_MARK = re.compile(r"\[[ xX]\]\s+(?=\S)")
_NOTE_MARK = re.compile(r"\[\^[^\]\s]{1,64}\]:\s+(?=\S)")
#: A line of a page's machinery: a shortcode, a container, the name of an alert.
_DIRECTIVE = re.compile(
    r"\{\{[^{}]*\}\}|\{%[^%]*%\}|\[/?[a-z][\w-]*(?: [^\[\]]*)?/?\]|:{3,}.*|\[![A-Z]+\]"
)
_BEGINS_LARGE = re.compile(r"[\W\d_]*[^\W\d_a-zà-ÿœ]")
_NOTE = "\ue0f0"
_YAML_LINE = re.compile(r"[\w-]+\s*:|\s*- |\s+\S|#")
_WORD = re.compile(r"\S+")
FRONT_MATTER_MAX_LINES = 100


@dataclass(frozen=True, slots=True)
class _Line:
    """A visible line without its markup: `text[start:end]`, and what the markup said."""

    start: int
    end: int
    kind: Kind | None  # HEADING or LIST_ITEM by its mark, None for running text
    indented: bool


def split_blocks(text: str, *, markdown: bool = False) -> tuple[Block, ...]:
    """The blocks of an article in order.

    >>> [block.kind.value for block in split_blocks("Un titre\\n\\nIl est tombé hier à midi.")]
    ['title', 'paragraph']
    """
    spans = _markdown_spans(text) if markdown else _plain_spans(text)
    return name_kinds(text, list(spans))


def _plain_spans(text: str) -> Iterator[Block]:
    """Blocks of plain text: HEADING and LIST_ITEM by their marks, else PARAGRAPH."""
    groups = list(_line_groups(text, list(_line_spans(text))))
    width = _wrap_width(text, groups)
    for group in groups:
        if shapes.are_verses([text[line.start : line.end] for line in group]):
            yield from (Block(line.start, line.end, Kind.VERSE) for line in group)
        else:
            yield from _join_lines(text, group, width)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of every line, without its line end."""
    start = 0
    for found in _BREAK.finditer(text):
        yield start, found.start()
        start = found.end()
    yield start, len(text)


def _line_groups(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[list[_Line]]:
    """Runs of visible lines between blank lines and rules; an underlined line is a heading.

    A cell of a table is a run of its own.
    """
    rows = shapes.table_rows([text[start:end] for start, end in spans])
    group: list[_Line] = []
    for number, (start, end) in enumerate(spans):
        if number in rows:
            if group:
                yield group
            yield from ([_cell(text, start, cell)] for cell in rows[number])
            group = []
            continue
        line = _read_line(text, start, end)
        if line is not None:
            group.append(line)
            continue
        if len(group) == 1 and start < end and _UNDERLINE.fullmatch(text, start, end):
            group = [replace(group[0], kind=Kind.HEADING)]
        if group:
            yield group
        group = []
    if group:
        yield group


def _cell(text: str, line: int, cell: tuple[int, int]) -> _Line:
    begin, stop = _trim(text, line + cell[0], line + cell[1])
    return _Line(begin, stop, Kind.CELL, indented=False)


def _read_line(text: str, start: int, end: int) -> _Line | None:
    """The visible part of a line, or None for a blank line or a rule."""
    begin, stop = _trim(text, start, end)
    if begin == stop or _RULE.fullmatch(text, begin, stop):
        return None
    indented = text[start:begin].strip("\ufeff").startswith((" " * 2, "\t", "\u2003"))
    kind: Kind | None = None
    for mark, marked in (
        (_QUOTE_MARK, None),
        (_HEADING_MARK, Kind.HEADING),
        (_LIST_MARK, Kind.LIST_ITEM),
    ):
        if found := mark.match(text, begin, stop):
            begin, stop = _trim(text, found.end(), stop)
            kind = marked or kind
    if kind is Kind.HEADING:  # closing marks: "## Titre ##"
        stop = begin + len(_without_closing_marks(text[begin:stop]))
    return _Line(begin, stop, kind, indented) if begin < stop else None


def _without_closing_marks(heading: str) -> str:
    bare = heading.rstrip("#")
    return bare.rstrip() if bare[-1:].isspace() else heading


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space and invisible signs at its ends."""
    while start < end and (text[start].isspace() or text[start] in _INVISIBLE):
        start += 1
    while start < end and (text[end - 1].isspace() or text[end - 1] in _INVISIBLE):
        end -= 1
    return start, end


def _wrap_width(text: str, groups: list[list[_Line]]) -> int | None:
    """The column at which the text was wrapped by hand, or None if it was not."""
    lengths, mid_sentence = [], 0
    for group in groups:
        for line, following in pairwise(group):
            if line.end - line.start >= WRAP_MIN_CHARS and following.kind is None:
                lengths.append(line.end - line.start)
                mid_sentence += _runs_on(text, line, following)
    if not lengths or mid_sentence < WRAP_SHARE * len(lengths):
        return None
    width = sorted(lengths)[int(0.98 * len(lengths))]
    return width if width <= WRAP_MAX_CHARS else None


def _runs_on(text: str, line: _Line, following: _Line) -> bool:
    """Whether a sentence visibly goes on from one line to the next."""
    if _OWN_LINE.fullmatch(text, following.start, following.end):
        return False
    end = text[max(line.start, line.end - 12) : line.end]
    if _HANGING.search(end):
        return True
    return not _SENTENCE_END.search(end) and text[following.start].islower()


def _join_lines(text: str, lines: list[_Line], width: int | None) -> Iterator[Block]:
    """Lines -> blocks: wrapped lines are joined, all others stand alone."""
    if _is_one_sentence(text, lines):
        yield _block(lines[0], lines[-1])
        return
    first = last = lines[0]
    for line in lines[1:]:
        if not _continues(text, last, line, width):
            yield _block(first, last)
            first = line
        last = line
    yield _block(first, last)


def _is_one_sentence(text: str, lines: list[_Line]) -> bool:
    """Whether lines, however short, are one sentence that was wrapped: each goes on in the next."""
    if len(lines) < SENTENCE_MIN_LINES or any(line.kind for line in lines):
        return False
    begins = _BEGINS_LARGE.match(text, lines[0].start) is not None
    ends = text[lines[-1].end - 1] in ".!?…"
    return begins and ends and all(_runs_on(text, *pair) for pair in pairwise(lines))


def _block(first: _Line, last: _Line) -> Block:
    return Block(first.start, last.end, first.kind or Kind.PARAGRAPH)


def _continues(text: str, line: _Line, following: _Line, width: int | None) -> bool:
    """Whether `following` belongs to the same paragraph as `line`."""
    if following.kind or line.kind is Kind.HEADING or _DIALOGUE.match(text, following.start):
        return False
    if line.end < following.start and ">" in text[line.end : following.start]:
        return False  # each line of a block quote carries its own mark
    length = line.end - line.start
    if width is None:
        return length >= WRAP_MIN_CHARS and _runs_on(text, line, following)
    if _runs_on(text, line, following):
        return length >= WRAP_MIN_CHARS
    if following.indented and not line.indented and line.kind is None:
        return False
    word = _WORD.match(text, following.start, following.end)
    room = length + 1 + (word.end() - word.start() if word else 0)
    return room > WRAP_SLACK * width


def _markdown_spans(text: str) -> Iterator[Block]:
    """Blocks of Markdown, as `_plain_spans` gives them for plain text."""
    groups = [group for lines in _markdown_groups(text) for group in _without_gaps(text, lines)]
    width = _wrap_width(text, groups)
    for group in groups:
        yield from _join_lines(text, group, width)


def _markdown_groups(text: str) -> Iterator[list[_Line]]:
    """The lines of every leaf block, by markdown-it's block parser (CommonMark with tables).

    Indented code that reads as prose is text: newsrooms indent paragraphs. Other code, HTML blocks
    and link definitions have no `inline` token and so stay in the gaps.
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable("table")
    parser.core.ruler.enableOnly(["normalize", "block"])
    spans = list(_line_spans(text))
    spans = spans[_front_matter_lines(text, spans) :]
    source = "\n".join(text[start:end] for start, end in spans).replace("\ufeff", " ")
    source = _DEEPER_QUOTES.sub(r"\1", source)
    source = source.replace("[^", _NOTE + "^")  # or a note of one word would be a link's target
    lists, cells, kind = 0, 0, None
    used = (-1, 0)  # line of the last table cell and where it ended
    for token in parser.parse(source):
        lists += token.nesting * token.type.startswith("list_item")
        cells += token.nesting * token.type.startswith("tr_")
        if token.type == "code_block" and token.map and _is_prose(token.content):
            lines = _find_lines(text, spans, token.map[0], token.content, 0)
            yield lines
        if token.type == "heading_open":
            kind = Kind.TITLE if token.tag == "h1" else Kind.HEADING
        elif token.type == "heading_close":
            kind = None
        elif token.type == "inline" and token.map and token.content:
            first = token.map[0]
            floor = used[1] if used[0] == first else 0
            content = token.content.replace(_NOTE, "[")
            lines = _find_lines(text, spans, first, content, floor)
            if lines:
                used = (first, lines[0].end)
                marked = Kind.CELL if cells else Kind.LIST_ITEM if lists else None
                lines[0] = replace(lines[0], kind=kind or marked)
                yield from _parted_at_notes(text, lines)


def _is_prose(code: str) -> bool:
    """Whether indented lines are a paragraph: a capital at the start, an end of a sentence."""
    bare = code.strip()
    return _BEGINS_LARGE.match(bare) is not None and bare.endswith((".", "!", "?", "…", "»", "”"))


def _parted_at_notes(text: str, lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines without the boxes of tasks (`[x] `) and the marks of footnotes (`[^1]: `).

    Each footnote is a block, although no blank line parts them.
    """
    run: list[_Line] = []
    for line in lines:
        note = _NOTE_MARK.match(text, line.start, line.end)
        mark = note or (_TASK_MARK.match(text, line.start, line.end) if not run else None)
        if note and run:
            yield run
            run = []
        kind = Kind.LIST_ITEM if note else line.kind
        run.append(replace(line, start=mark.end() if mark else line.start, kind=kind))
    yield run


def _front_matter_lines(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """How many lines a YAML header between `---` takes at the start of the text."""
    start, end = spans[0]
    if text[start:end].strip("\ufeff \t") != "---":
        return 0
    for number, (start, end) in enumerate(spans[1:FRONT_MATTER_MAX_LINES], start=2):
        line = text[start:end].rstrip()
        if line in ("---", "..."):
            return number
        if line and not _YAML_LINE.match(line):
            return 0
    return 0


def _find_lines(
    text: str, spans: Sequence[tuple[int, int]], first: int, content: str, floor: int
) -> list[_Line]:
    """Where the lines of a leaf block lie in the text, from the span `first` on.

    `floor` is the end of a cell before it.
    """
    lines = []
    needles = content.split("\n")
    # The parser drops lines at the start that are white space to Python, though not to Markdown.
    begins = range(first, len(spans))
    shown = (text[slice(*spans[number])].replace("\ufeff", " ") for number in begins)
    at = next((number for number, line in zip(begins, shown, strict=True) if line.strip()), first)
    for needle, (start, end) in zip(needles, spans[at : at + len(needles)], strict=False):
        start = max(start, floor)
        line = _read_line(text, start, end)
        needle = needle.strip()
        if needle not in text[start:end]:  # a table cell may hold `\\|`
            needle = needle.replace("|", "\\|")
        found = text.find(needle, start, end) if floor else text.rfind(needle, start, end)
        if found >= 0 and line is not None:
            line = replace(line, start=found, end=found + len(needle), kind=None)
        if line is not None:
            begin, stop = _trim(text, line.start, line.end)
            if begin < stop:
                lines.append(replace(line, start=begin, end=stop, kind=None))
    return lines


def _without_gaps(text: str, lines: list[_Line]) -> Iterator[list[_Line]]:
    """The lines in runs, parted where a line holds only images or a rule.

    The words for an image are a caption.
    """
    run: list[_Line] = []
    for line in lines:
        whole = (_IMAGES_ONLY, _RULE, _DIRECTIVE)
        if any(pattern.fullmatch(text, line.start, line.end) for pattern in whole):
            if run:
                yield run
            run = []
            for image in _ALT.finditer(text, line.start, line.end):
                if " " in image["alt"]:
                    yield [_Line(*image.span("alt"), Kind.CAPTION, indented=False)]
        else:
            run.append(line)
    if run:
        yield run


def name_kinds(text: str, blocks: list[Block]) -> tuple[Block, ...]:
    """Title, byline, headings and captions among blocks that so far carry their marks only."""
    lines = [text[block.start : block.end] for block in blocks]
    title = find_title(lines, blocks) if _may_have_title(blocks) else None
    named = []
    for i, (block, line) in enumerate(zip(blocks, lines, strict=True)):
        kind = Kind.TITLE if i == title else block.kind
        if kind is Kind.TITLE and i != title:
            kind = Kind.HEADING
        if kind is Kind.PARAGRAPH and (len(blocks) > 1 or _is_byline(line)):
            near_title = title is not None and i == title + 1
            kind = _kind_of(line, signature=near_title or i == len(blocks) - 1)
        named.append(replace(block, kind=kind))
    return tuple(named)


def _may_have_title(blocks: Sequence[Block]) -> bool:
    """A text of one block has no title unless it is marked as one: it may be a mere sentence."""
    return len(blocks) > 1 or any(block.kind is Kind.TITLE for block in blocks)


def find_title(lines: Sequence[str], blocks: Sequence[Block]) -> int | None:
    """The first level-one heading, else a first line before all prose that reads as a headline."""
    marked = [i for i, block in enumerate(blocks) if block.kind is Kind.TITLE]
    if marked:
        return marked[0]
    for i, (line, block) in enumerate(zip(lines, blocks, strict=True)):
        if block.kind in (Kind.LIST_ITEM, Kind.CELL, Kind.VERSE):
            return None
        if block.kind is Kind.HEADING:
            return i
        if block.kind is Kind.CAPTION:
            continue
        if _is_byline(line) or is_caption_line(line) or _is_no_headline(line):
            continue
        return i if reads_as_headline(line, TITLE_MAX_CHARS) else None
    return None


def _kind_of(line: str, *, signature: bool) -> Kind:
    """Kind of an unmarked block; `signature`: a bare name here is the author's."""
    if _is_byline(line) or (signature and _CAPITALISED_NAME.fullmatch(line)):
        return Kind.BYLINE
    if shapes.is_sign_off(line):
        return Kind.BYLINE
    if shapes.is_time_mark(line):
        return Kind.ENTRY
    if shapes.is_dialogue(line):
        return Kind.DIALOGUE
    if shapes.is_result(line) or shapes.is_handle(line):
        return Kind.PARAGRAPH
    if is_caption_line(line):
        return Kind.CAPTION
    return Kind.HEADING if reads_as_headline(line, HEADING_MAX_CHARS) else Kind.PARAGRAPH


def _is_no_headline(line: str) -> bool:
    """Whether a short line stands beside an article's text and heads nothing."""
    tells = (shapes.is_time_mark, shapes.is_result, shapes.is_sign_off, shapes.is_handle)
    return any(tell(line) for tell in tells)


def _is_byline(line: str) -> bool:
    short = len(line) <= BYLINE_MAX_CHARS and not line.endswith((".", "!", "?"))
    return short and _BYLINE.match(line) is not None


def reads_as_headline(line: str, longest: int) -> bool:
    """A short line that ends without a full stop and is no dialogue."""
    if len(line) > longest or not any(map(str.isalnum, line)):
        return False
    if _SENTENCE_END.search(line) or _DIALOGUE.match(line):
        return False
    return not (line.endswith(("!", "?", "»", "”")) and len(line) > longest // 2)
