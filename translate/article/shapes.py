"""Lines that look short and are no headlines: rows of tables, times, scores, verses."""

from collections.abc import Sequence
from itertools import groupby

import regex

#: Cells are short; a longer one is prose with a tab or a pipe in it (characters).
CELL_MAX_CHARS = 80
VERSE_MIN_LINES = 4
VERSE_MAX_CHARS = 75
RESULT_MAX_CHARS = 60

_CELL = regex.compile(r"[^\t|]+")
_HAS_FIGURE = regex.compile(r"\d")
_TIME = r"(?:[01]?\d|2[0-3])\s?(?:[hH:]|h\s)\s?(?:[0-5]\d)?(?:\smin)?"
_TIME_MARK = regex.compile(
    rf"[\[(*_]{{0,3}}(?:(?:à|le|mis à jour à|publié à|posté à)\s)?{_TIME}[\])*_]{{0,3}}\s?[.:–—-]?"
    rf"|{_TIME}\s?[:|–—-]\s(?=\S).*",
    regex.IGNORECASE,
)
_SCORE = regex.compile(r"(?<![\d/-])\d{1,3}\s?[-–/à]\s?\d{1,3}(?![\d/-])")
_SMALL_WORD = regex.compile(r"(?<![\p{L}'’])\p{Ll}{4,}")
_SIGN_OFF = regex.compile(r"\(?(?=[^/]{1,11}/)[a-z]{1,5}(?:[-/][a-z]{1,5}){1,8}\)?")
_HANDLE = regex.compile(
    r"[@#][\p{L}\d_.]+(?:[\s,·•|/–-]+(?:[@#][\p{L}\d_.]+|\d[\w ]*))*"
    r"|@[\p{L}\d_.]+\s(?:(?:sur|on)\s\w+\s?)?[:–—-]\s.*"
)
_SPEAKER = regex.compile(
    r"(?:[–—]\s|(?:Q|R|Question|Réponse|Q\s?\.\s?[–—-]|R\s?\.\s?[–—-]|[A-Z]\.\s?[A-Z]\.)\s?[:.–—]\s)"
)
_BEGINS_LARGE = regex.compile(r"[\p{P}\s]*\p{Lu}")
_ENDS_INSIDE = regex.compile(r"(?:[,;:!]|[\p{L}'’])$")
_ENDS = regex.compile(r"[.!?…»”]$")


def table_rows(lines: Sequence[str]) -> dict[int, list[tuple[int, int]]]:
    """For each line that is a row of a table, where its cells stand in it.

    Rows follow each other with equally many tabs or pipes; one alone has two tabs, or a figure.

    >>> table_rows(["Anne | 34", "Jean | 41", "Le vote | la loi"])[1]
    [(0, 4), (7, 9)]
    """
    rows: dict[int, list[tuple[int, int]]] = {}
    numbered = [(number, line) for number, line in enumerate(lines) if line.strip()]
    for shape, group in groupby(numbered, key=lambda row: _shape(row[1])):
        run = list(group)
        if any(shape) and (len(run) > 1 or _is_row_alone(run[0][1])):
            rows.update((number, _cells(line)) for number, line in run)
    return {number: cells for number, cells in rows.items() if cells}


def _shape(line: str) -> tuple[int, int]:
    """How many tabs and pipes stand between the words of a line of cells; none in prose."""
    bare = line.strip()
    tabs, pipes = bare.count("\t"), bare.count("|")
    if (tabs or pipes) and max(map(len, _CELL.findall(bare)), default=0) <= CELL_MAX_CHARS:
        return tabs, pipes
    return 0, 0


def _is_row_alone(line: str) -> bool:
    bare = line.strip()
    cells = [cell for cell in bare.split("\t") if cell.strip()]
    figures = sum(_HAS_FIGURE.search(cell) is not None for cell in cells)
    in_pipes = bare.startswith("|") and bare.endswith("|") and bare.count("|") > 2
    return in_pipes or len(cells) > 2 or (len(cells) > 1 and figures > 0)


def _cells(line: str) -> list[tuple[int, int]]:
    found = []
    for match in _CELL.finditer(line):
        words = match.group().strip()
        if any(map(str.isalnum, words)):
            start = match.start() + match.group().index(words)
            found.append((start, start + len(words)))
    return found


def are_verses(lines: Sequence[str]) -> bool:
    """Whether lines that follow each other are verses: short, large at their beginning, open at
    their end.
    """
    if len(lines) < VERSE_MIN_LINES or max(map(len, lines)) > VERSE_MAX_CHARS:
        return False
    large = sum(_BEGINS_LARGE.match(line) is not None for line in lines)
    inside = sum(_ENDS_INSIDE.search(line) is not None for line in lines[:-1])
    commas = sum(line.endswith((",", ";", ":", "!")) for line in lines[:-1])
    words = sum(_SMALL_WORD.search(line) is not None for line in lines)
    return (
        large >= 0.8 * len(lines)
        and words >= 0.8 * len(lines)
        and inside >= 0.6 * len(lines)
        and commas >= 1
        and _ENDS.search(lines[-1]) is not None
    )


def is_time_mark(line: str) -> bool:
    """A line that is the time of an entry of a live blog, or begins with it.

    >>> [is_time_mark(line) for line in ("19:55", "20h03 : Le but !", "19 h de retard")]
    [True, True, False]
    """
    return _TIME_MARK.fullmatch(line) is not None


def is_result(line: str) -> bool:
    """A score between names: « Lyon - Nantes : 2-1 », "6-4, 7-5"."""
    if len(line) > RESULT_MAX_CHARS or not _SCORE.search(line):
        return False
    return _SMALL_WORD.search(line) is None


def is_sign_off(line: str) -> bool:
    """The initials of those who wrote for an agency: "bur-cgm/pz/abx"."""
    return _SIGN_OFF.fullmatch(line) is not None


def is_handle(line: str) -> bool:
    """A line of handles and hashtags, or what one says: "@nom · 3 h", "@nom sur X : Bravo"."""
    return _HANDLE.fullmatch(line) is not None


def is_dialogue(line: str) -> bool:
    """A turn of a dialogue or interview: « – Et vous ? », « Q : Que faire ? »."""
    return _SPEAKER.match(line) is not None
