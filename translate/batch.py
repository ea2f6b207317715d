"""Many files: order, progress, resume; one failure never stops the rest.

The manifest in the output folder holds a JSON line for each file that was finished or failed. A
file is not translated again while its bytes, the model and the settings are the same and its
output is there.
"""

import dataclasses
import hashlib
import json
import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar, get_type_hints

from translate import formats
from translate.document import Severity, Translation
from translate.engines.base import Translator
from translate.errors import DepecheError, InputError, OutputError, UsageError
from translate.files import read_bytes, write_atomically
from translate.formats import AS_IT_IS, Reading
from translate.pipeline import translate_works, work
from translate.settings import Settings
from translate.work import Work

MANIFEST = "manifest.jsonl"
#: Sentences that are translated together: quicker than 400 (bench/batch.py), since second tries
#: fill the engine's batches better; 1,600 were no quicker and lose more when the run is stopped.
WINDOW = 800

T = TypeVar("T")
R = TypeVar("R")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Task:
    """One file to be translated; `name` is its path below the input folder."""

    name: str
    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the manifest; `reason` says why a file failed, `seconds` is its share of time."""

    file: str
    output: str
    sha256: str
    key: str
    status: str  # "done" or "failed"
    reason: str = ""
    words: int = 0
    segments: int = 0
    seconds: float = 0.0
    errors: int = 0
    warnings: int = 0
    model: str = ""
    engine: str = ""
    finished: str = ""


#: Called with the entry of a finished or failed file, or None for one that was left as it was.
Progress = Callable[[Entry | None, Task], None]


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; `failed` holds the entries of the files that failed."""

    done: int
    kept: int
    failed: tuple[Entry, ...]
    words: int
    seconds: float


@dataclass(frozen=True, slots=True)
class _Job:
    """A file that was read and cut into sentences."""

    task: Task
    sha256: str
    work: Work

    @property
    def words(self) -> int:
        return len(self.work.document.text.split())


def find_tasks(
    folder: Path,
    output: Path,
    *,
    pattern: str | None,
    target: str | None,
    reading: Reading = AS_IT_IS,
) -> list[Task]:
    """The files of a folder and below, in the order of their names, with their outputs.

    `pattern` is a glob ("*.txt"), by default every file that can be read so; `target` is a format.
    Where two would give the same name, each keeps its own ending before the new one.
    Hidden files and the output folder are left out.
    """
    if not folder.is_dir():
        raise InputError(f"{folder} is not a folder; give a folder of articles")
    if output.resolve() == folder.resolve():
        raise UsageError("the output folder is the input folder; name another one")
    if output.exists() and not output.is_dir():
        raise OutputError(f"{output} is a file; name a folder for the output")
    endings = reading.endings()
    paths = _files(folder, output, pattern, endings)
    tasks = _apart([_task(path, folder, output, target) for path in paths])
    if not tasks:
        wanted = pattern or ", ".join(sorted(endings))
        raise InputError(f"there are no articles in {folder} ({wanted}); choose files with --glob")
    seen: dict[Path, str] = {output / MANIFEST: "the manifest of the run"}
    for task in tasks:
        if task.target in seen:
            other = seen[task.target]
            raise UsageError(f"{other} and {task.name} would both become {task.target}; use --glob")
        seen[task.target] = task.name
    _check_sources(tasks)
    return tasks


def _check_sources(tasks: list[Task]) -> None:
    """No output takes the place of an article, where the one folder is inside the other."""
    sources = {task.source.resolve() for task in tasks}
    for task in tasks:
        if task.target.resolve() in sources:
            raise UsageError(
                f"{task.name} would be written over the article {task.target}; name another folder"
            )


def run(
    tasks: Iterable[Task],
    output: Path,
    translator: Translator,
    settings: Settings,
    *,
    target: str | None = None,
    reading: Reading = AS_IT_IS,
    jobs: int = 2,
    resume: bool = True,
    progress: Progress | None = None,
) -> Summary:
    """Translate all tasks; outputs and manifest lines are written as the files are finished.

    1. leave out what is done  2. read and cut  3. translate windows of sentences, `jobs` at once
    4. write
    """
    started = time.monotonic()
    ledger = Ledger(output, _key(translator, settings, target, reading), resume=resume)
    tally = _Tally(progress)
    desk = _Desk(translator, target, ledger)
    try:
        windows = _windows(tasks, settings, reading, ledger, tally)  # 1, 2
        for results in _in_flight(windows, desk.translate, jobs):  # 3, 4
            for entry, task in results:
                tally(entry, task)
    except KeyboardInterrupt:
        ledger.writing.acquire()  # the file that is being written is finished, no other begun
        raise
    ledger.close()
    return Summary(
        tally.done, tally.kept, tuple(tally.failed), tally.words, time.monotonic() - started
    )


class _Tally:
    """Counts the files and tells the progress."""

    def __init__(self, progress: Progress | None) -> None:
        self.done = self.kept = self.words = 0
        self.failed: list[Entry] = []
        self._progress = progress

    def __call__(self, entry: Entry | None, task: Task) -> None:
        if entry is None:
            self.kept += 1
        elif entry.status == "failed":
            self.failed.append(entry)
        else:
            self.done += 1
            self.words += entry.words
        if self._progress:
            self._progress(entry, task)


class Ledger:
    """The manifest of an output folder; safe to write from several threads.

    A last line that was cut off when the process was killed is dropped.
    """

    def __init__(self, output: Path, key: str, *, resume: bool) -> None:
        self.output = output
        self.key = key
        self.writing = threading.Lock()
        path = output / MANIFEST
        self._entries = _read_manifest(path) if resume else {}
        lines = "".join(_line(entry) for entry in self._entries.values())
        write_atomically(path, lines)
        self._stream = path.open("a", encoding="utf-8")

    def is_done(self, task: Task, sha256: str) -> bool:
        """Whether the output of exactly these bytes, model and settings is there."""
        entry = self._entries.get(task.name)
        return (
            entry is not None
            and (entry.status, entry.sha256, entry.key) == ("done", sha256, self.key)
            and task.target.exists()
        )

    def put(self, entry: Entry, target: Path | None = None, data: bytes = b"") -> None:
        """Write an output and its line, in this order."""
        with self.writing:
            if target is not None:
                write_atomically(target, data)
            try:
                self._stream.write(_line(entry))
                self._stream.flush()
            except OSError as error:
                raise OutputError(
                    f"cannot write {self.output / MANIFEST}: {error.strerror}; free some space"
                ) from None

    def close(self) -> None:
        """Close the manifest."""
        self._stream.close()


def _files(
    folder: Path, output: Path, pattern: str | None, endings: Collection[str]
) -> Iterator[Path]:
    inside = output.resolve()
    apart = inside in folder.resolve().parents  # then nothing of the input is output
    for path in _matches(folder, pattern or "*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        readable = pattern is not None or path.suffix.lower() in endings
        written = not apart and inside in path.resolve().parents
        if readable and not hidden and path.is_file() and not written:
            yield path


def _matches(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.rglob(pattern))
    except (NotImplementedError, ValueError) as error:
        raise UsageError(
            f"--glob {pattern} is no pattern of files ({error}); for example '*.txt'"
        ) from None


def _task(path: Path, folder: Path, output: Path, target: str | None) -> Task:
    name = path.relative_to(folder)
    renamed = name.with_suffix(formats.ending(target)) if target else name
    return Task(name.as_posix(), path, output / renamed)


def _apart(tasks: list[Task]) -> list[Task]:
    """`a.txt` and `a.md` become `a.txt.html` and `a.md.html`, not twice `a.html`."""
    times = Counter(task.target for task in tasks)
    return [
        task
        if times[task.target] == 1
        else replace(task, target=task.target.with_name(task.source.name + task.target.suffix))
        for task in tasks
    ]


def _windows(
    tasks: Iterable[Task], settings: Settings, reading: Reading, ledger: Ledger, report: Progress
) -> Iterator[list[_Job]]:
    window: list[_Job] = []
    size = 0
    for task in tasks:
        job = _read(task, settings, reading, ledger, report)
        if job is not None:
            window.append(job)
            size += sum(1 for _ in job.work.document.segments())
        if size >= WINDOW:
            yield window
            window, size = [], 0
    if window:
        yield window


def _read(
    task: Task, settings: Settings, reading: Reading, ledger: Ledger, report: Progress
) -> _Job | None:
    sha256 = ""
    try:
        data = read_bytes(task.source)
        sha256 = hashlib.sha256(data).hexdigest()
        if ledger.is_done(task, sha256):
            report(None, task)
            return None
        document = formats.read(data, task.name, reading)
        todo = work(document, settings)
    except (InputError, UsageError) as error:
        report(_failed(task, sha256, ledger, error), task)
        return None
    return _Job(task, sha256, todo)


def _failed(task: Task, sha256: str, ledger: Ledger, error: Exception) -> Entry:
    reason = str(error) if isinstance(error, DepecheError) else f"internal error: {error!r}"
    entry = Entry(task.name, "", sha256, ledger.key, "failed", reason=reason, finished=_now())
    ledger.put(entry)
    return entry


class _Desk:
    """Translates windows of files and writes what comes out."""

    def __init__(self, translator: Translator, target: str | None, ledger: Ledger) -> None:
        self._translator = translator
        self._target = target
        self._ledger = ledger

    def translate(self, window: list[_Job]) -> list[tuple[Entry, Task]]:
        """One batch for the window; if that fails, file by file, so that only one is lost."""
        started = time.monotonic()
        try:
            translations = translate_works([job.work for job in window], self._translator)
        except Exception as error:  # noqa: BLE001 one article must not end a night's run
            _log.info("a window failed", exc_info=error)
            return self._one_by_one(window, error)
        share = (time.monotonic() - started) / (sum(job.words for job in window) or 1)
        pairs = zip(window, translations, strict=True)
        return [(self._write(job, done, share * job.words), job.task) for job, done in pairs]

    def _one_by_one(self, window: list[_Job], error: Exception) -> list[tuple[Entry, Task]]:
        if len(window) > 1:
            return [result for job in window for result in self.translate([job])]
        job = window[0]
        return [(_failed(job.task, job.sha256, self._ledger, error), job.task)]

    def _write(self, job: _Job, translation: Translation, seconds: float) -> Entry:
        severities = [finding.severity for finding in translation.all_findings()]
        entry = Entry(
            job.task.name,
            job.task.target.relative_to(self._ledger.output).as_posix(),
            job.sha256,
            self._ledger.key,
            "done",
            words=job.words,
            segments=sum(1 for _ in translation.segments()),
            seconds=round(seconds, 3),
            errors=severities.count(Severity.ERROR),
            warnings=severities.count(Severity.WARNING),
            model=translation.model,
            engine=translation.engine,
            finished=_now(),
        )
        write = formats.writer(self._target or formats.native_format(job.work.document))
        try:
            self._ledger.put(entry, job.task.target, write(translation))
        except OutputError as error:
            return _failed(job.task, job.sha256, self._ledger, error)
        return entry


def _in_flight(items: Iterator[T], work: Callable[[T], R], jobs: int) -> Iterator[R]:
    """Do the work on `jobs` items at once, without reading further ahead than that.

    Interrupted, it does not wait for the engine: what is under way is dropped.
    """
    pool = ThreadPoolExecutor(jobs, thread_name_prefix="depeche")
    pending: set[Future[R]] = set()
    try:
        for item in items:
            pending.add(pool.submit(work, item))
            if len(pending) > jobs:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in finished)
        for future in pending:
            yield future.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _key(translator: Translator, settings: Settings, target: str | None, reading: Reading) -> str:
    values = {
        "model": translator.model,
        "engine": translator.engine,
        "format": target,
        "reading": dataclasses.asdict(reading),
        **dataclasses.asdict(settings),
    }
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:16]


def _read_manifest(path: Path) -> dict[str, Entry]:
    try:
        lines = path.read_bytes().splitlines() if path.exists() else []
    except OSError as error:
        raise OutputError(
            f"cannot read {path}: {error.strerror}; choose another folder or remove it"
        ) from None
    entries = {}
    for line in lines:
        try:
            entry = Entry(**json.loads(line))
        except (ValueError, TypeError, RecursionError):
            continue  # cut off when the process was killed; its file is translated again
        if _is_sound(entry):
            entries[entry.file] = entry
    return entries


def _is_sound(entry: Entry) -> bool:
    """Whether every value of a line has its type: somebody may have changed it."""
    values = ((getattr(entry, name), kind) for name, kind in get_type_hints(Entry).items())
    return all(isinstance(value, (int, float) if kind is float else kind) for value, kind in values)


def _line(entry: Entry) -> str:
    values = dataclasses.asdict(entry)
    line = json.dumps(values, ensure_ascii=False)
    is_utf8 = not any("\ud800" <= letter <= "\udfff" for letter in line)  # a file name may not be
    return (line if is_utf8 else json.dumps(values)) + "\n"


def _now() -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
