"""The terms of a desk: a file of lines, which its translators change in the page."""

import threading
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from translate.errors import UsageError
from translate.files import read_bytes, write_atomically
from translate.terms.exchange import line_of
from translate.terms.termbase import (
    NO_TERMS,
    Term,
    Termbase,
    given_terms,
    parse_terms,
    read_termbase,
)

#: Characters of a term, and terms of a desk.
LONGEST = 200
MOST = 50_000


class Terms:
    """A termbase that can be changed; safe to use from several threads.

    The lines that nobody changes stay as they are, comments too. Without a path nothing is kept.
    """

    def __init__(self, path: Path | None = None, base: Termbase = NO_TERMS) -> None:
        self._path = path
        self._lock = threading.Lock()
        self.base = read_termbase(path) if path and path.is_file() else base

    def listed(self) -> list[Term]:
        """All terms, in the order of the file."""
        return [term for term in self.base.all_terms() if not term.bare]

    def put(self, french: str, english: str, *, old: str = "") -> None:
        """Add a term, or change the one whose French is `old`; UsageError for what cannot be one.

        The English may have several words, parted by "|"; the first is written.
        """
        (term,) = given_terms(f"{_bare(french)}\t{_bare(english)}\n", "the term")
        with self._lock:
            lines = self._lines()
            there = {_french(line) for line in lines}
            if old != term.french and term.french in there:
                raise UsageError(f"“{term.french}” is there already; change that one")
            if old and old in there:
                lines = [line_of(term) if _french(line) == old else line for line in lines]
            else:
                lines.append(line_of(term))
            self._write(lines)

    def remove(self, french: str) -> None:
        """Take a term out."""
        with self._lock:
            self._write([line for line in self._lines() if _french(line) != french])

    def add(self, terms: Iterable[Term]) -> int:
        """Add those whose French is not there yet; how many they were."""
        with self._lock:
            lines = self._lines()
            there = {_french(line) for line in lines}
            new = [line_of(term) for term in terms if term.french not in there]
            self._write([*lines, *new])
        return len(new)

    def with_words(self, words: str, most: int) -> list[Term]:
        """The terms that have all of the words, in either language."""
        wanted = words.casefold().split()
        found = (
            term
            for term in self.listed()
            if all(word in line_of(term).casefold() for word in wanted)
        )
        return list(islice(found, most))

    def _lines(self) -> list[str]:
        """The file as it is now: its owner may have changed it meanwhile."""
        if self._path and self._path.is_file():
            return read_bytes(self._path).decode("utf-8-sig").splitlines()
        return [] if self._path else list(map(line_of, self.listed()))

    def _write(self, lines: list[str]) -> None:
        if len(lines) > MOST:
            raise UsageError(f"{len(lines):,} terms; a desk keeps {MOST:,} at most")
        text = "".join(f"{line}\n" for line in lines)
        terms = tuple(parse_terms(text, self._path.name if self._path else "terms"))
        if self._path:
            write_atomically(self._path, text)
        self.base = replace(self.base, terms=terms)


def _bare(text: str) -> str:
    words = " ".join(text.split())
    if len(words) > LONGEST:
        raise UsageError(f"a term of {len(words):,} characters; {LONGEST} are the most")
    return words


def _french(line: str) -> str:
    """The French of a line; empty of one that is no term."""
    return "" if line.startswith("#") else line.partition("\t")[0].strip()
