"""Scores for the page and the API: files or a test set in, table, plot, worst segments, report out.

`eval` is imported when it is asked for, so that the desk starts without matplotlib and sacrebleu.
"""

import base64
import binascii
import json
import threading
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.errors import InputError, UsageError
from ui.desk import Desk
from ui.names import file_name
from ui.worker import Worker

if TYPE_CHECKING:
    from eval import Evaluation

#: Segments that the page lists as the worst.
WORST = 10
#: Segments that one request may score, and words of a segment: TER compares each with each. The
#: command line has no limit.
MAX_SEGMENTS = 20_000
MAX_WORDS = 250
MAX_SAMPLES = 1000
#: Bytes that the files of one request may have once they are unpacked.
MAX_UNPACKED = 24_000_000


@dataclass(frozen=True, slots=True)
class Shown:
    """An evaluation as the page shows it; every cell is text."""

    title: str
    scores: list[list[str]]
    measures: list[list[str]]
    worst: list[list[str]]
    notes: list[str]
    plot: str  # SVG
    report: str  # the HTML report


def test_sets() -> list[str]:
    """The test sets that are here; none is downloaded."""
    from eval.testsets import listing

    return [found.name for found in listing() if found.segments]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that a page sent: its name, without folders, and what is in it, unpacked."""

    name: str
    data: bytes


def uploads(packed: str) -> dict[str, Upload]:
    """The files of a page: JSON, by role the `name` and the `data`, gzip in base64.

    Raises InputError for what a page does not send, or where they unpack to too much.
    """
    found: dict[str, Upload] = {}
    left = MAX_UNPACKED
    for role, file in _objects(packed).items():
        try:
            name, data = str(file["name"]), base64.b64decode(file["data"], validate=True)
        except (TypeError, KeyError, ValueError, binascii.Error):
            raise InputError(f"the {role} file did not arrive whole; choose it again") from None
        name = file_name(name).removesuffix(".gz")
        found[role] = Upload(name, unpacked(data, name, left))
        left -= len(found[role].data)
    return found


def _objects(packed: str) -> Mapping[str, Any]:
    try:
        values = json.loads(packed or "{}")
    except (ValueError, RecursionError):
        values = None
    if not isinstance(values, dict):
        raise InputError("the files did not arrive whole; choose them again")
    return {str(role): file for role, file in values.items() if file is not None}


def unpacked(data: bytes, name: str, limit: int) -> bytes:
    """What was packed with gzip, in one or several parts; never more than `limit` in memory."""
    parts: list[bytes] = []
    while data:
        reader = zlib.decompressobj(wbits=31)
        try:
            part = reader.decompress(data, limit + 1)
        except zlib.error:
            raise InputError(f"{name} is not a whole gzip file: unpack or copy it again") from None
        limit -= len(part)
        if limit < 0:
            raise InputError(
                f"the files unpack to more than {MAX_UNPACKED:,} bytes; use `depeche eval score`"
            )
        if not reader.eof:
            raise InputError(f"{name} is not a whole gzip file: unpack or copy it again")
        parts.append(part)
        data = reader.unused_data
    return b"".join(parts)


def score_packed(packed: str) -> Shown:
    """Score the files that a page sent."""
    return score_files(uploads(packed))


def score_files(files: Mapping[str, Upload]) -> Shown:
    """Score a file against another; the readers of `depeche eval score` read them."""
    from eval import evaluate
    from eval.readers import Role, segments_in

    if not {Role.HYPOTHESIS, Role.REFERENCE} <= files.keys():
        raise InputError("two files are needed: the hypotheses and the reference")
    streams = {
        role: segments_in(files[role].data, files[role].name, role)
        for role in Role
        if role in files
    }
    _fits(*streams.values())
    result = evaluate(
        {files[Role.HYPOTHESIS].name: streams[Role.HYPOTHESIS]},
        [streams[Role.REFERENCE]],
        sources=streams.get(Role.SOURCE, ()),
        name=files[Role.REFERENCE].name,
    )
    return shown(result)


async def score_set(
    desk: Desk, name: str, models: Sequence[str], engine: str, cache: Path
) -> Shown:
    """Translate a test set with models of this desk and score them in one table."""
    if name not in test_sets():
        raise InputError(f"there is no test set {name!r}; here are {', '.join(test_sets())}")
    if not models:
        raise UsageError("no model is chosen; choose at least one")
    over = threading.Event()
    try:
        found = await desk.lanes.sets.run(
            _translate_set, desk.worker, name, tuple(models), engine, cache, over
        )
    finally:
        over.set()
    return await desk.lanes.scores.run(_score_set, name, found)


def _translate_set(
    worker: Worker,
    name: str,
    models: tuple[str, ...],
    engine: str,
    cache: Path,
    over: threading.Event,
) -> dict[str, list[str]]:
    """The English of each model, until it is `over`: what is done by then is kept."""
    from eval.cache import HypothesisCache
    from eval.run import translate_set
    from eval.systems import System
    from eval.testsets import load

    def advance(system: str, done: int, total: int) -> None:
        if over.is_set():
            raise InputError("nobody waits for it any more")

    with closing(HypothesisCache(cache)) as kept:
        return {
            model: translate_set(
                load(name),
                System(model, model, engine),
                kept,
                advance=advance,
                load=lambda model, *, engine, **_: worker.translator(model, engine),
            )
            for model in models
        }


def _score_set(name: str, found: dict[str, list[str]]) -> Shown:
    from eval import evaluate
    from eval.testsets import load

    test_set = load(name)
    return shown(
        evaluate(
            found,
            test_set.references,
            sources=test_set.sources,
            articles=test_set.articles,
            kinds=test_set.kinds,
            name=test_set.name,
        )
    )


def score_texts(
    hypotheses: Sequence[str],
    references: Sequence[str],
    sources: Sequence[str] = (),
    samples: int = MAX_SAMPLES,
) -> dict[str, Any]:
    """Score lists of segments: the answer of POST /evaluate, as `--format json` prints it."""
    from eval import Settings, evaluate
    from eval.tables import render_json

    _fits(hypotheses, references, sources)
    if not 0 <= samples <= MAX_SAMPLES:
        raise UsageError(f"samples is {samples}; allowed: 0 to {MAX_SAMPLES}")
    result = evaluate(
        {"hypotheses": hypotheses},
        [references],
        sources=sources,
        settings=Settings(samples=samples),
    )
    found: dict[str, Any] = json.loads(render_json(result))
    return found


def shown(result: "Evaluation") -> Shown:
    """An evaluation for the page."""
    from eval.plots import interval_plot
    from eval.report import render_html
    from eval.tables import measure_rows, score_rows

    return Shown(
        title=f"{result.data.name}: {result.data.segments} segments, data {result.data.hash}",
        scores=[list(row) for row in score_rows(result)],
        measures=[list(row) for row in measure_rows(result)],
        worst=worst(result),
        notes=[f"{note.subject} {note.message}." for note in result.notes],
        plot=interval_plot(result).decode(),
        report=render_html(result),
    )


def worst(result: "Evaluation", count: int = WORST) -> list[list[str]]:
    """The segments of the first system that are furthest from the reference (chrF2++)."""
    system = result.systems[0]
    data = result.data
    order = sorted(range(data.segments), key=lambda at: system.segment_scores[at])
    return [
        [
            str(at + 1),
            f"{system.segment_scores[at]:.1f}",
            system.hypotheses[at],
            data.references[0][at],
            data.sources[at] if data.sources else "",
        ]
        for at in order[:count]
    ]


def _fits(*streams: Sequence[str]) -> None:
    for segments in streams:
        if len(segments) > MAX_SEGMENTS:
            raise InputError(
                f"{len(segments):,} segments; this desk scores {MAX_SEGMENTS:,} at most: "
                "use `depeche eval score`"
            )
        for number, segment in enumerate(segments, start=1):
            if segment.count(" ") >= MAX_WORDS and len(segment.split()) > MAX_WORDS:
                raise InputError(
                    f"segment {number} has {len(segment.split()):,} words; this desk scores "
                    f"{MAX_WORDS} at most in one: cut it, or use `depeche eval score`"
                )
