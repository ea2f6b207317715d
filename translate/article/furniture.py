"""What belongs to the page and not to the article.

Menus, breadcrumbs, share bars, donation and newsletter calls, cookie notices, comment forms,
copyright lines, "Lire aussi", reading times, tags, logins, repeated titles. Sentences of the
article that are *about* cookies or donations stay: a paragraph is furniture only for phrases by
which a site speaks to its reader (`furniture_words.py`), and one such phrase is enough only outside
the body of the article.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from translate.article.blocks import find_title, reads_as_headline
from translate.article.furniture_words import (
    ADDRESSES,
    FIXED_LINES,
    LINK_LIST_OPENERS,
    MENU_GLUE,
    MENU_WORDS,
    OPENINGS,
    TOPICS,
)
from translate.document import Block, Kind

SHORT_CHARS = 160  # a line of page furniture; longer ones are judged as paragraphs
TITLE_OVERLAP = 0.8  # share of common words from which a short line repeats the title
REPEAT_MIN_WORDS = 3
NOTICE_MAX_CHARS = 3_000  # cookie notices of any length are recognised by their beginning
BODY_MIN_CHARS = 100  # a paragraph of the article, against stray lines

_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_SIGNS = re.compile(r"[^\w]+")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|^copyright)[^.]{0,40}\b(?:19|20)\d\d\b.{0,5}[-–—|.,•]?\s*\S{3,}.*"
    r"|tous droits (?:de reproduction )?r[ée]serv[ée]s|all rights reserved"
    r"|^(?:droits d.auteur|copyright)\b.*\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:tags?|mots?[- ]cl[ée]s?|[ée]tiquettes?|cat[ée]gories?|th[ée]matiques?|sujets?"
    r"|filed under|topics?)\s*:",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"«[^»]{1,2000}»|“[^”]{1,2000}”")
_FONT_SIZE = re.compile(r"(?:a\s*(?:[+-]\s*)?){2,3}[+-]?", re.IGNORECASE)
_READING_TIME = re.compile(
    r"(?:temps de lecture|lecture|durée|reading time)?\s*(?::\s*)?\d{1,3}\s*(?:min|mn|minutes?)\b"
    r"(?:\s*(?:de lecture|read|chrono))?\.?|(?:\d+|aucun|no)\s+(?:commentaires?|comments?|partages?"
    r"|réactions?|vues?|j.aime)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rf"\b(?:{'|'.join(sorted(ADDRESSES, reverse=True))})\b")
_TOPIC = re.compile(rf"\b(?:{'|'.join(sorted(TOPICS, reverse=True))})\b")
_OPENING = re.compile(rf"(?:{'|'.join(sorted(OPENINGS, reverse=True))})\b")
_TRAIL = re.compile(r"(?<!\s)\s+[>›»|•·/→]\s+|(?<!\s)\s*[›→]\s*|[›→]\s*")  # once a run of spaces
_PART = re.compile(r"\s[-–—|»>›•]\s")
_CLICKABLE = re.compile(r"\[([^\]\n]{1,200})\]\([^)\s\[]{0,2000}+\)")


def fold(text: str) -> str:
    """Lower case without accents; every other sign becomes one space.

    >>> fold("Droits d’auteur © 2024")
    'droits d auteur 2024'
    """
    plain = _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return _SIGNS.sub(" ", plain).strip()


def label_furniture(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, with FURNITURE where they belong to the page; the title is found again."""
    lines = [_CLICKABLE.sub(r"\1", text[block.start : block.end]) for block in blocks]
    folded = [fold(_QUOTED.sub(" ", line[:NOTICE_MAX_CHARS])) for line in lines]
    first, last = body = _body(lines, blocks, folded)
    page = [
        blocks[i].kind is not Kind.CELL and _is_furniture(line, plain, inside=first <= i <= last)
        for i, (line, plain) in enumerate(zip(lines, folded, strict=True))
    ]
    _mark_sections(lines, folded, body, page)
    _mark_link_lists(lines, folded, page)
    if len(blocks) == 1 and not page[0]:
        return blocks
    title = _title(lines, blocks, page)
    if title is not None:
        title = _below_menu(lines, blocks, folded, title, first, page)
    if title is not None:
        _mark_repeats(lines, title, body, page)
    return tuple(
        _relabel(block, furniture=page[i], title=i == title) for i, block in enumerate(blocks)
    )


def _relabel(block: Block, *, furniture: bool, title: bool) -> Block:
    if furniture and block.kind is not Kind.CELL:  # a table without it were another
        return replace(block, kind=Kind.FURNITURE)
    if title:
        return replace(block, kind=Kind.TITLE)
    return replace(block, kind=Kind.HEADING) if block.kind is Kind.TITLE else block


def _body(lines: Sequence[str], blocks: Sequence[Block], folded: Sequence[str]) -> tuple[int, int]:
    """First and last index of the article's prose: long paragraphs that address no reader."""
    prose = [
        i
        for i, (line, block) in enumerate(zip(lines, blocks, strict=True))
        if block.kind is Kind.PARAGRAPH
        and len(line) >= BODY_MIN_CHARS
        and not _ADDRESS.search(folded[i])
    ]
    return (prose[0], prose[-1]) if prose else (len(lines), -1)


def _is_furniture(line: str, folded: str, *, inside: bool) -> bool:
    """Whether a line is furniture by its own words; `inside`: between paragraphs of the article."""
    if folded in FIXED_LINES or _FONT_SIZE.fullmatch(line) or _READING_TIME.fullmatch(line):
        return True
    short = len(line) <= SHORT_CHARS
    if short and (_OPENING.match(folded) or _LABEL.match(line) or _is_menu(line, folded)):
        return True
    if len(line) <= 2 * SHORT_CHARS and _COPYRIGHT.search(line):
        return True
    return _speaks_to_reader(folded, inside=inside)


def _speaks_to_reader(folded: str, *, inside: bool) -> bool:
    """An address to the reader; inside the article, a second phrase of boilerplate as well."""
    addresses = set(_ADDRESS.findall(folded))
    if not addresses:
        return False
    return not inside or len(addresses | set(_TOPIC.findall(folded))) > 1


def _is_menu(line: str, folded: str) -> bool:
    """Section names only (two at least), or a trail of short items that starts at the home page."""
    words = folded.split()
    if _sections(words) >= 2:
        return True
    trail = _TRAIL.split(line)
    if len(trail) >= 3 and max(map(len, trail)) <= 40:
        return True
    parts = [fold(part) for part in trail]
    if len(parts) > 1 and all(part in FIXED_LINES or _sections(part.split()) for part in parts):
        return True
    at_home = words[:1] in (["accueil"], ["home"])
    return at_home and (len(trail) > 1 or (len(words) > 1 and words[1] in MENU_WORDS))


def _sections(words: Sequence[str]) -> int:
    """How many sections of a site a line names, if it names nothing else."""
    if not all(word in MENU_WORDS or word in MENU_GLUE for word in words):
        return 0
    return sum(word in MENU_WORDS for word in words)


def _mark_sections(
    lines: Sequence[str], folded: Sequence[str], body: tuple[int, int], page: list[bool]
) -> None:
    """A section's name outside the body: above another short line, or beside other furniture."""
    first, last = body
    for i, plain in enumerate(folded):
        if first <= i <= last or page[i] or not _sections(plain.split()):
            continue
        after = i + 1 < len(lines) and (page[i + 1] or len(lines[i + 1]) <= SHORT_CHARS)
        page[i] = (i > 0 and page[i - 1]) or (after and i < first)


def _mark_link_lists(lines: Sequence[str], folded: Sequence[str], page: list[bool]) -> None:
    """Short lines after "Lire aussi", up to the next paragraph, are links to other articles."""
    in_list = False
    for i, line in enumerate(lines):
        if folded[i] in LINK_LIST_OPENERS:
            in_list = True
        elif in_list:
            in_list = page[i] or reads_as_headline(line, SHORT_CHARS)
            page[i] = page[i] or in_list


def _title(lines: Sequence[str], blocks: Sequence[Block], page: Sequence[bool]) -> int | None:
    """The first title candidate that is not furniture."""
    left = [i for i in range(len(blocks)) if not page[i]]
    found = find_title([lines[i] for i in left], [blocks[i] for i in left])
    if found is None:
        return None
    parts = _parts(lines[left[found]])
    for i in left[found + 1 :] if len(parts) > 1 else ():  # "Title | Site" above the title itself
        if len(lines[i]) > SHORT_CHARS:
            break
        if frozenset(fold(lines[i]).split()) in parts:
            return i
    return left[found]


def _below_menu(
    lines: Sequence[str],
    blocks: Sequence[Block],
    folded: Sequence[str],
    title: int,
    first: int,
    page: list[bool],
) -> int:
    """The headline under a site's menu, where `title` is above it: that is the site's name."""
    menu = False
    for i in range(title + 1, min(first, len(lines))):
        if page[i]:
            menu = menu or _is_menu(lines[i], folded[i]) or _sections(folded[i].split()) > 0
        elif menu and blocks[i].kind is Kind.HEADING and fold(lines[i]) != fold(lines[title]):
            page[title] = True
            return i
    return title


def _parts(line: str) -> list[frozenset[str]]:
    """The words of each part of a line like "Title - Site"."""
    return [frozenset(fold(part).split()) for part in _PART.split(line)]


def _mark_repeats(
    lines: Sequence[str], title: int, body: tuple[int, int], page: list[bool]
) -> None:
    """Short lines that say the title once more, with a site's name or a trail around it.

    A title of one or two words may come again as a subhead: it is a repeat outside the body only.
    """
    words = frozenset(fold(lines[title]).split())
    for i, line in enumerate(lines):
        if i == title or len(line) > 2 * SHORT_CHARS:
            continue
        again = frozenset(fold(line).split())
        outside = not body[0] <= i <= body[1]
        if len(words) >= REPEAT_MIN_WORDS or (outside and words):
            repeated = len(again & words) >= TITLE_OVERLAP * len(again | words)
            repeated = repeated or words in _parts(line)
            page[i] = page[i] or repeated
