"""The translation memories of a desk: every sentence is looked up, confirmed ones go in."""

import time
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from translate.document import Document, Language
from translate.memory.store import Memory, Unit
from translate.notation.markup import without_codes
from ui.records import Job, Row

#: Where the units come from that translators of the desk have confirmed.
CONFIRMED = "confirmed"
#: Units that a search shows.
FOUND = 20


class Memories:
    """Files of memories; the first is made where there is none, and written into."""

    def __init__(self, paths: Sequence[Path] = ()) -> None:
        self.paths = tuple(str(path.resolve()) for path in paths)
        with ExitStack() as opened:  # closes the first ones where a later one cannot be opened
            memories = (Memory(path, create=at == 0) for at, path in enumerate(paths))
            self._open = [opened.enter_context(memory) for memory in memories]
            self._opened = opened.pop_all()

    def changed(self, job: Job, before: Iterable[Row], after: Iterable[Row]) -> None:
        """Keep what is confirmed now; drop what was confirmed here and is no longer."""
        if not self._open:
            return
        new = _confirmed(job, after)
        old = {key: unit for key, unit in _confirmed(job, before).items() if key not in new}
        own = self._open[0]
        own.discard(old.values())
        own.add(new.values())

    def cut(self, before: Job, old: Iterable[Row], after: Job, new: Iterable[Row]) -> None:
        """As `changed`, where the article was cut anew between the two."""
        if self._open:
            there, gone = _confirmed(after, new), _confirmed(before, old)
            self._open[0].discard(unit for key, unit in gone.items() if key not in there)
            self._open[0].add(unit for key, unit in there.items() if key not in gone)

    def search(self, words: str) -> list[Unit]:
        """Units of all memories that have all of the words, in either language."""
        found = [unit for one in self._open for _, unit in one.search(words, FOUND)]
        return found[:FOUND]

    def close(self) -> None:
        """Let the files go."""
        self._opened.close()


NO_MEMORIES = Memories()


def _confirmed(job: Job, rows: Iterable[Row]) -> dict[tuple[str, ...], Unit]:
    """The units of the rows that are confirmed translations, by their sentences and neighbours."""
    texts = _texts(job.document)
    kept = (row for row in rows if row.confirmed and row.segment.language is Language.FRENCH)
    units = [_unit(job, row, texts) for row in kept]
    return {(unit.source, unit.target, unit.before, unit.after): unit for unit in units}


def _texts(document: Document) -> list[str]:
    """The French of each row, with nothing before the first and after the last."""
    return ["", *map(document.of, document.segments()), ""]


def _unit(job: Job, row: Row, texts: Sequence[str]) -> Unit:
    return Unit(
        without_codes(row.source),
        without_codes(row.english),
        before=without_codes(texts[row.position]),
        after=without_codes(texts[row.position + 2]),
        author=row.who,
        changed=time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()),
        article=job.title,
        origin=CONFIRMED,
    ).clean()
