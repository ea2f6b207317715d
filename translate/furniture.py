"""What belongs to the page and not to the article.

Menus, breadcrumbs, share bars, donation and newsletter calls, cookie notices, comment forms,
copyright lines, "Lire aussi", reading times, tags, logins, repeated titles. Sentences of the
article that are *about* cookies or donations stay: a paragraph is furniture only for phrases by
which a site speaks to its reader (`boilerplate.py`), and one such phrase is enough only outside
the body of the article.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from translate.blocks import find_title, reads_as_headline
from translate.boilerplate import (
    FIXED_LINES,
    LINK_LIST_OPENERS,
    MENU_GLUE,
    MENU_WORDS,
    OPENINGS,
    PHRASES,
)
from translate.document import Block, Kind

SHORT_CHARS = 160  # a line of page furniture; longer ones are judged as paragraphs
TITLE_OVERLAP = 0.8  # share of common words from which a short line repeats the title
NOTICE_MAX_CHARS = 3_000  # cookie notices of any length are recognised by their beginning
BODY_MIN_CHARS = 100  # a paragraph of the article, against stray lines

_SIGNS = re.compile(r"[^\w]+")
_COPYRIGHT = re.compile(
    r"©|\(c\)|\bcopyright\b|droits? d.auteur|\btous droits r[ée]serv[ée]s|\ball rights reserved",
    re.IGNORECASE,
)
_RIGHTS = re.compile(
    r"droits r[ée]serv|rights reserved|droits? d.auteur|copyright|©.{0,12}\b\d{4}\b.{3,}",
    re.IGNORECASE,
)
_FONT_SIZE = re.compile(r"(?:a\s*[+-]?\s*){2,3}(?:[+-])?", re.IGNORECASE)
_READING_TIME = re.compile(
    r"(?:temps de lecture|lecture|durée|reading time)?\s*:?\s*\d{1,3}\s*(?:min|mn|minutes?)\b"
    r"(?:\s*(?:de lecture|read|chrono))?\.?|(?:\d+|aucun|no)\s+(?:commentaires?|comments?|partages?"
    r"|réactions?|vues?|j.aime)",
    re.IGNORECASE,
)
_PHRASE = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b")
_OPENING = re.compile(rf"(?:{'|'.join(OPENINGS)})\b")
_TRAIL = re.compile(r"\s+[>›»|•/→]\s+|\s*[›→]\s*")
_CLICKABLE = re.compile(r"\[([^\]\n]{1,200})\]\([^)\s]*\)")


def fold(text: str) -> str:
    """Lower case without accents; every other sign becomes one space.

    >>> fold("Droits d’auteur © 2024")
    'droits d auteur 2024'
    """
    plain = unicodedata.normalize("NFKD", text.casefold())
    return _SIGNS.sub(" ", "".join(c for c in plain if not unicodedata.combining(c))).strip()


def label_furniture(text: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The same blocks, with FURNITURE where they belong to the page; the title is found again."""
    lines = [_CLICKABLE.sub(r"\1", text[block.start : block.end]) for block in blocks]
    folded = [fold(line[:NOTICE_MAX_CHARS]) for line in lines]
    first, last = _body(lines, blocks)
    page = [
        _is_furniture(line, plain, inside=first <= i <= last)
        for i, (line, plain) in enumerate(zip(lines, folded, strict=True))
    ]
    _mark_link_lists(lines, folded, page)
    if len(blocks) == 1 and not page[0]:
        return blocks
    title = _title(lines, blocks, page)
    if title is not None:
        _mark_repeats(folded, lines, title, page)
    return tuple(
        _relabel(block, furniture=page[i], title=i == title) for i, block in enumerate(blocks)
    )


def _relabel(block: Block, *, furniture: bool, title: bool) -> Block:
    if furniture:
        return replace(block, kind=Kind.FURNITURE)
    if title:
        return replace(block, kind=Kind.TITLE)
    return replace(block, kind=Kind.HEADING) if block.kind is Kind.TITLE else block


def _body(lines: Sequence[str], blocks: Sequence[Block]) -> tuple[int, int]:
    """First and last index of the article's prose: long paragraphs that address no reader."""
    prose = [
        i
        for i, (line, block) in enumerate(zip(lines, blocks, strict=True))
        if block.kind is Kind.PARAGRAPH
        and len(line) >= BODY_MIN_CHARS
        and not _phrases(fold(line[:NOTICE_MAX_CHARS]))
    ]
    return (prose[0], prose[-1]) if prose else (len(lines), -1)


def _phrases(folded: str) -> int:
    """How many different phrases of boilerplate a line holds."""
    return len(set(_PHRASE.findall(folded)))


def _is_furniture(line: str, folded: str, *, inside: bool) -> bool:
    """Whether a line is furniture by its own words; `inside`: between paragraphs of the article."""
    if folded in FIXED_LINES or _FONT_SIZE.fullmatch(line) or _READING_TIME.fullmatch(line):
        return True
    if len(line) <= SHORT_CHARS and (_OPENING.match(folded) or _is_menu(line, folded)):
        return True
    if _COPYRIGHT.search(line) and _RIGHTS.search(line) and len(line) <= 2 * SHORT_CHARS:
        return True
    return _phrases(folded) >= (2 if inside else 1)


def _is_menu(line: str, folded: str) -> bool:
    """Section names only (two at least), or a trail of short items that starts at the home page."""
    words = folded.split()
    sections = sum(word in MENU_WORDS for word in words)
    if sections >= 2 and all(word in MENU_WORDS or word in MENU_GLUE for word in words):
        return True
    trail = _TRAIL.split(line)
    if len(trail) >= 3 and max(map(len, trail)) <= 40:
        return True
    at_home = words[:1] in (["accueil"], ["home"])
    return at_home and (len(trail) > 1 or (len(words) > 1 and words[1] in MENU_WORDS))


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
    return None if found is None else left[found]


def _mark_repeats(
    folded: Sequence[str], lines: Sequence[str], title: int, page: list[bool]
) -> None:
    """Short lines that say the title once more, with a site's name or a trail around it."""
    words = frozenset(folded[title].split())
    if len(words) < 3:
        repeats = [i for i, plain in enumerate(folded) if plain == folded[title]]
    else:
        repeats = [i for i, plain in enumerate(folded) if _repeats(lines[i], plain, words)]
    for i in repeats:
        page[i] = page[i] or i != title


def _repeats(line: str, folded: str, title: frozenset[str]) -> bool:
    if len(line) > 2 * SHORT_CHARS:
        return False
    words = frozenset(folded.split())
    return len(words & title) >= TITLE_OVERLAP * len(words | title)
