"""A translation memory: one SQLite file, safe for several processes at once.

Each batch of units is one transaction: what ends in the middle of an import leaves the batches
before it, and nothing of its own.
"""

import functools
import hashlib
import itertools
import sqlite3
import threading
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, astuple, dataclass, fields, replace
from pathlib import Path

import regex

from translate.errors import InputError, OutputError

#: Units written in one transaction.
BATCH = 5_000
#: A word that more units have than this finds nothing that its rarer neighbours do not.
COMMON = 1_500
#: Units that are compared with a sentence letter by letter.
CANDIDATES = 24
#: Words of a search at most: each costs SQLite more than the one before.
MAX_SEARCHED = 50
#: Seconds to wait for another process that writes.
PATIENCE = 60.0
_MARK = 0x44455045  # "DEPE", the application id of the file
_BREAKS = regex.compile(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+")
_UNWRITABLE = regex.compile(r"[\ud800-\udfff\ufffe\uffff]")
_WORD = regex.compile(r"[\p{L}\p{M}]++")
_APOSTROPHES = str.maketrans("’‘ʼ", "'''")
_SCHEMA = """
CREATE TABLE IF NOT EXISTS units (
  id INTEGER PRIMARY KEY, same INTEGER NOT NULL UNIQUE, look INTEGER NOT NULL,
  source TEXT NOT NULL, target TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL,
  author TEXT NOT NULL, changed TEXT NOT NULL, article TEXT NOT NULL, origin TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS looks ON units (look);
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5 (
  source, target, content='units', content_rowid='id', detail='column',
  tokenize="unicode61 remove_diacritics 2");
CREATE TRIGGER IF NOT EXISTS added AFTER INSERT ON units BEGIN
  INSERT INTO words (rowid, source, target) VALUES (new.id, new.source, new.target); END;
CREATE TRIGGER IF NOT EXISTS removed AFTER DELETE ON units BEGIN
  INSERT INTO words (words, rowid, source, target)
  VALUES ('delete', old.id, old.source, old.target); END;
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A French sentence and its English, with what is known of them.

    `before` and `after` are its French neighbours, `changed` is as TMX writes it
    (20260131T120000Z), `origin` says how it came in: a file, or "confirmed".
    """

    source: str
    target: str
    before: str = ""
    after: str = ""
    author: str = ""
    changed: str = ""
    article: str = ""
    origin: str = ""

    def clean(self) -> "Unit":
        """On one line, without what XML cannot hold: what every exchange format gives back."""
        return Unit(*(one_line(value) for value in astuple(self)))

    def with_origin(self, origin: str) -> "Unit":
        """The same with where it came from."""
        return replace(self, origin=origin)

    def as_dict(self) -> dict[str, str]:
        """As plain values."""
        return asdict(self)


_COLUMNS = ", ".join(field.name for field in fields(Unit))


def one_line(text: str) -> str:
    """A text whose line ends, tabs and control characters are single spaces."""
    return _BREAKS.sub(" ", _UNWRITABLE.sub("", text)).strip()


def folded(text: str) -> str:
    """A sentence as it is compared: kinds of spaces and apostrophes are one.

    >>> folded("L’eau\\u202f!") == folded("L'eau !")
    True
    """
    return " ".join(unicodedata.normalize("NFC", one_line(text)).translate(_APOSTROPHES).split())


#: Read at once: another process may be making the same memory.
_STATE = "SELECT application_id, (SELECT count(*) FROM sqlite_master) FROM pragma_application_id"


def _patiently(db: sqlite3.Connection, statement: str) -> None:
    """Execute what SQLite does not wait for by itself while another process has the file."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            db.execute(statement)
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
        time.sleep(0.02)


class Memory:
    """The units of a file; made where `create` and there is none, else InputError."""

    def __init__(self, path: Path, *, create: bool = False) -> None:
        if not create and not path.is_file():
            raise InputError(
                f"there is no memory {path}; make one with `depeche memory import FILE`"
            )
        self.path = path
        self._lock = threading.RLock()
        self._ids_of = functools.lru_cache(maxsize=20_000)(self._find_word)
        self._db = self._opened(create)

    def _opened(self, create: bool) -> sqlite3.Connection:
        try:
            if create:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.path.touch(mode=0o600)  # for its owner only
            db = sqlite3.connect(
                self.path, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
        except (sqlite3.Error, OSError) as error:
            raise OutputError(f"cannot open {self.path}: {error}; choose another place") from None
        try:
            self._made(db, create)
        except sqlite3.Error as error:
            db.close()
            raise InputError(
                f"{self.path} cannot be used as a memory ({error}); `depeche memory import` makes "
                "one of TMX, TSV and XLIFF"
            ) from None
        except InputError:
            db.close()
            raise
        return db

    def _made(self, db: sqlite3.Connection, create: bool) -> None:
        mark, tables = db.execute(_STATE).fetchone()
        if mark != _MARK:
            if tables or not create:
                raise sqlite3.DatabaseError("it is another database")
            _patiently(db, "PRAGMA journal_mode = WAL")
            db.executescript(f"BEGIN IMMEDIATE; {_SCHEMA} PRAGMA application_id = {_MARK}; COMMIT;")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")

    def close(self) -> None:
        """Let the file go."""
        self._db.close()

    def __enter__(self) -> "Memory":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def add(self, units: Iterable[Unit]) -> int:
        """Keep units, a batch a transaction; how many are new. One without words is not kept."""
        kept = (one for unit in units if (one := unit.clean()).source and one.target)
        new = 0
        while batch := list(itertools.islice(kept, BATCH)):
            with self._writing():
                written = self._db.executemany(
                    f"INSERT OR IGNORE INTO units (same, look, {_COLUMNS}) "
                    f"VALUES (?, ?{', ?' * len(fields(Unit))})",
                    map(_row, batch),
                )
                new += written.rowcount
        return new

    def remove(self, ids: Iterable[int]) -> int:
        """Take units out; how many there were."""
        gone = 0
        with self._writing():
            for number in ids:
                gone += self._db.execute("DELETE FROM units WHERE id = ?", (number,)).rowcount
        return gone

    def discard(self, units: Iterable[Unit]) -> None:
        """Take units out that have the same sentences, neighbours, article and origin."""
        given = [(_row(unit)[0], unit.article, unit.origin) for unit in units]
        if given:
            with self._writing():
                self._db.executemany(
                    "DELETE FROM units WHERE same = ? AND article = ? AND origin = ?", given
                )

    def __len__(self) -> int:
        with self._lock:
            (count,) = self._db.execute("SELECT count(*) FROM units").fetchone()
        return int(count)

    def units(self, **having: str) -> Iterator[tuple[int, Unit]]:
        """All units with their numbers, in the order in which they came; `having` those values."""
        last, where = 0, "".join(f" AND {name} = ?" for name in having)
        while True:
            with self._lock:
                rows = self._db.execute(
                    f"SELECT id, {_COLUMNS} FROM units WHERE id > ?{where} ORDER BY id LIMIT 1000",
                    (last, *having.values()),
                ).fetchall()
            if not rows:
                return
            yield from ((number, Unit(*values)) for number, *values in rows)
            last = rows[-1][0]

    def exact(self, source: str) -> list[Unit]:
        """The units of a sentence, kinds of spaces and apostrophes aside; the newest first."""
        wanted = folded(source)
        with self._lock:
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM units WHERE look = ? ORDER BY changed DESC, id DESC",
                (_hash(wanted),),
            ).fetchall()
        return [unit for row in rows if folded((unit := Unit(*row)).source) == wanted]

    def near(self, source: str) -> list[Unit]:
        """Units that share most of the rarer words of a sentence, as many as are worth a look."""
        found: Counter[int] = Counter()
        words = sorted(set(_words(source)))
        for word in words:
            ids = self._ids_of(word)
            if len(ids) <= COMMON:
                found.update(ids)
        best = [number for number, _ in found.most_common(CANDIDATES)]
        return self._of(best or self._with_all(words))

    def search(self, words: str, limit: int = 20) -> list[tuple[int, Unit]]:
        """Units that have all the words, in either language, with their numbers; best first."""
        wanted = regex.findall(r"[\p{L}\p{M}\p{N}]++", words)
        if not wanted:
            raise InputError(f"{words!r} has no words; give words of French or English")
        if len(wanted) > MAX_SEARCHED:
            raise InputError(f"{len(wanted)} words are given; give at most {MAX_SEARCHED}")
        query = " AND ".join(f'"{word}"' for word in wanted)
        with self._lock:
            rows = self._match(query, limit, "ORDER BY rank")
            return [(number, self._of([number])[0]) for number in rows]

    def counts(self) -> Mapping[str, int]:
        """How many units came from where."""
        with self._lock:
            return dict(
                self._db.execute(
                    "SELECT origin, count(*) FROM units GROUP BY origin ORDER BY 2 DESC, 1"
                )
            )

    def _with_all(self, words: list[str]) -> list[int]:
        """Units that have all of the longest words, where each of them is common."""
        longest = sorted(words, key=len, reverse=True)[:6]
        query = " AND ".join(f'"{word}"' for word in longest)
        with self._lock:
            return self._match(f"source : ({query})", CANDIDATES) if longest else []

    def _find_word(self, word: str) -> tuple[int, ...]:
        with self._lock:
            return tuple(self._match(f'source : "{word}"', COMMON + 1))

    def _match(self, query: str, limit: int, order: str = "") -> list[int]:
        try:
            rows = self._db.execute(
                f"SELECT rowid FROM words WHERE words MATCH ? {order} LIMIT ?", (query, limit)
            )
            return [number for (number,) in rows]
        except sqlite3.OperationalError as error:
            if "phrase" in str(error):  # SQLite takes a rare letter for a space
                return []
            raise

    def _of(self, ids: list[int]) -> list[Unit]:
        marks = ", ".join("?" * len(ids))
        with self._lock:
            rows = self._db.execute(
                f"SELECT {_COLUMNS} FROM units WHERE id IN ({marks}) "
                "ORDER BY changed DESC, id DESC",
                ids,
            )
            return [Unit(*row) for row in rows]

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction; all of it or nothing."""
        with self._lock:
            try:
                self._db.execute("BEGIN IMMEDIATE")
                try:
                    yield
                except BaseException:
                    self._db.execute("ROLLBACK")
                    raise
                self._db.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise OutputError(f"cannot write {self.path}: {error}; try again") from None
            self._ids_of.cache_clear()


def _words(text: str) -> Iterator[str]:
    return (match[0].lower() for match in _WORD.finditer(text))


def _row(unit: Unit) -> tuple[int | str, ...]:
    same = _hash("\0".join((unit.source, unit.target, unit.before, unit.after)))
    return (same, _hash(folded(unit.source)), *astuple(unit))


def _hash(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), signed=True)
