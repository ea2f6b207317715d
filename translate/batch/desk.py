"""Articles in and English out with one engine, in whatever process or on whatever machine it is."""

import dataclasses
import hashlib
import json
import logging
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from translate import formats
from translate.batch.manifest import Entry, Known, now
from translate.batch.places import Place
from translate.batch.portions import Portion
from translate.batch.tasks import Task
from translate.document import Severity, Translation
from translate.engines.base import Translator
from translate.errors import DepecheError, InputError, OutputError, UsageError
from translate.formats import AS_IT_IS, Reading, records
from translate.pipeline import translate_works, work
from translate.settings import Settings
from translate.work import Work

#: Sentences that are translated together: the more, the better they and their second tries fill
#: the engine's batches, which are of one length.
#: The first window is small, so that the first articles are soon there. 400 articles, processor
#: seconds of `depeche batch`: windows of 800 45, of 1,600 43, of 3,200 40.
FIRST_WINDOW, WINDOW = 400, 3_200

_log = logging.getLogger(__name__)
Put = Callable[[Entry], None]


@dataclass(frozen=True, slots=True)
class Order:
    """What a run is to do, besides the engine: it can be sent to another process.

    `target` is the format of the results, by default that of each article.
    """

    source: Place
    output: Place
    settings: Settings = field(default_factory=Settings)
    target: str | None = None
    reading: Reading = AS_IT_IS

    def key(self, translator: Translator) -> str:
        """What an output depends on besides its article."""
        values = {
            "model": translator.model,
            "engine": translator.engine,
            "format": self.target,
            "reading": dataclasses.asdict(self.reading),
            **dataclasses.asdict(self.settings),
        }
        return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Job:
    """An article that was read and cut into sentences."""

    task: Task
    sha256: str
    work: Work

    @property
    def words(self) -> int:
        """Words of its text."""
        return len(self.work.document.text.split())

    @property
    def sentences(self) -> int:
        """Segments of its text."""
        return sum(1 for _ in self.work.document.segments())


def windows(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """Jobs together: of `FIRST_WINDOW` sentences at first, then of `WINDOW`."""
    window: list[Job] = []
    sentences, enough = 0, min(FIRST_WINDOW, WINDOW)
    for job in jobs:
        window.append(job)
        sentences += job.sentences
        if sentences >= enough:
            yield window
            window, sentences, enough = [], 0, WINDOW
    if window:
        yield window


class Desk:
    """Reads, translates and writes articles; safe to use from several threads.

    `put` is called with the entry of each article that was finished, its output being there, or
    that failed.
    """

    def __init__(self, order: Order, translator: Translator, put: Put = lambda _: None) -> None:
        self._order = order
        self._translator = translator
        self._put = put
        self._key = order.key(translator)
        self.writing = threading.Lock()

    def read(self, task: Task, known: Known | None) -> Job | Entry | None:
        """An article as a job, or why it failed; None where its English is there already."""
        sha256 = ""
        try:
            source = self._order.source
            data = task.portion.read(source) if task.portion else source.read(task.name)
            sha256 = hashlib.sha256(data).hexdigest()
            if known == Known(sha256, self._key) and self._order.output.exists(task.target):
                return None
            reading = self._order.reading
            if task.portion:
                reading = _reading_of(task.portion, data, reading)
                if not reading.parts:
                    return self._put_down(task, data, self._done(task, sha256))
            document = formats.read(data, task.name, reading)
            return Job(task, sha256, work(document, self._order.settings))
        except (InputError, UsageError) as error:
            return self._failed(task, sha256, error)

    def translate(self, window: Sequence[Job]) -> list[Entry]:
        """One batch for the window; if that fails, one by one, so that only one is lost."""
        started = time.monotonic()
        try:
            translations = translate_works([job.work for job in window], self._translator)
        except Exception as error:  # noqa: BLE001 one article must not end a night's run
            _log.info("a window failed", exc_info=error)
            return self._one_by_one(window, error)
        share = (time.monotonic() - started) / (sum(job.words for job in window) or 1)
        pairs = zip(window, translations, strict=True)
        return [self._write(job, done, share * job.words) for job, done in pairs]

    def _one_by_one(self, window: Sequence[Job], error: Exception) -> list[Entry]:
        if len(window) > 1:
            return [entry for job in window for entry in self.translate([job])]
        return [self._failed(window[0].task, window[0].sha256, error)]

    def _write(self, job: Job, translation: Translation, seconds: float) -> Entry:
        severities = [finding.severity for finding in translation.all_findings()]
        entry = dataclasses.replace(
            self._done(job.task, job.sha256),
            words=job.words,
            segments=sum(1 for _ in translation.segments()),
            seconds=round(seconds, 3),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
        )
        write = formats.writer(self._order.target or formats.native_format(job.work.document))
        return self._put_down(job.task, write(translation), entry)

    def _put_down(self, task: Task, data: bytes, entry: Entry) -> Entry:
        try:
            with self.writing:
                self._order.output.write(task.target, data)
                self._put(entry)
        except OutputError as error:
            return self._failed(task, entry.sha256, error)
        return entry

    def _done(self, task: Task, sha256: str) -> Entry:
        by = self._translator
        return Entry(
            task.name,
            task.target,
            sha256,
            self._key,
            "done",
            model=by.model,
            engine=by.engine,
            finished=now(),
        )

    def _failed(self, task: Task, sha256: str, error: Exception) -> Entry:
        entry = failure(task, f"{error}" if isinstance(error, DepecheError) else _internal(error))
        entry = dataclasses.replace(entry, sha256=sha256, key=self._key)
        with self.writing:
            self._put(entry)
        return entry


def _reading_of(portion: Portion, data: bytes, reading: Reading) -> Reading:
    """How a portion is read: behind the first, fields may be missing."""
    parts = reading.parts
    if portion.start:
        there = records.fields(data, portion.name) if data.strip() else set()
        parts = tuple(part for part in parts if part in there)
    return dataclasses.replace(reading, form="records", parts=parts)


def failure(task: Task, reason: str) -> Entry:
    """The entry of an article that failed."""
    return Entry(task.name, "", "", "", "failed", reason=reason, finished=now())


def _internal(error: Exception) -> str:
    return f"internal error: {error!r}"
