"""A run on Ray: the same worker as an actor of a streaming pool, on one machine or many.

Ray Data hands handfuls of names to the actors, starts more of them while there is work, waits when
entries are not taken, and gives the work of a dead actor or machine to others. Whatever is without
an entry in the end is handed out again, in smaller handfuls down to one by one.
"""

import json
import logging
import os
import sys
import warnings
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from translate.batch.desk import Order, failure
from translate.batch.manifest import Entry, Manifest, manifest_of, note_skipped
from translate.batch.places import Folder, Place
from translate.batch.runs import Progress, Summary, Tally
from translate.batch.tasks import Task
from translate.batch.worker import HANDFUL, Load, Worker, handfuls
from translate.errors import DepecheError, ModelError, UsageError

#: Articles of a dataset for each actor: the driver holds the handfuls of one dataset at a time,
#: some 20 kB each. The next one loads the engines anew, seconds after many minutes of work.
SLICE = 2048
#: How often Ray hands the articles of a dead actor to another before it gives them up.
RETRIES = 1


def connect(address: str | None = None) -> None:
    """Join the cluster at an address, or the one that runs here, or start one of this machine.

    UsageError where Ray is not installed or the cluster cannot be reached. Ray's usage statistics
    stay off unless RAY_USAGE_STATS_ENABLED says otherwise.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError('--ray needs Ray: pip install "depeche-desk[ray]"') from None
    if ray.is_initialized():
        return
    try:
        ray.init(
            address=address,
            include_dashboard=False,
            log_to_driver=False,
            logging_level=logging.ERROR,
        )
    except Exception as error:  # noqa: BLE001 Ray raises bare ones
        where = address or os.environ.get("RAY_ADDRESS") or "of this machine"
        reason = " ".join(str(error).split())
        raise UsageError(f"cannot reach the Ray cluster {where}: {reason}") from None


def run_on_ray(
    tasks: Sequence[Task],
    order: Order,
    load: Load,
    *,
    most: int | None = None,
    at_once: int = SLICE,
    resume: bool = True,
    left_out: Iterable[tuple[str, str]] = (),
    progress: Progress | None = None,
) -> Summary:
    """As `runs.run`, with an engine in each of at most `most` actors; `connect` comes first.

    `at_once` are the articles of a dataset for each actor.
    """
    order = replace(order, source=_absolute(order.source), output=_absolute(order.output))
    tally = Tally(progress)
    manifest = manifest_of(order.output, resume=resume)
    tally.skipped = note_skipped(manifest, left_out)
    slices = _Slices(order, load, most, manifest, tally)
    try:
        start = 0
        while start < len(tasks):
            stop = start + at_once * slices.actors()
            slices.run(tasks[start:stop])
            start = stop
    finally:
        manifest.close()
    return tally.summary()


class _Slices:
    """Runs a dataset for each slice of the tasks, so that what the driver holds has an end."""

    def __init__(
        self, order: Order, load: Load, most: int | None, manifest: Manifest, tally: Tally
    ) -> None:
        self._order, self._load, self._most = order, load, most
        self._manifest, self._tally = manifest, tally
        self._worked = False

    def actors(self) -> int:
        """How many the cluster has room for now."""
        import ray

        room = ray.cluster_resources()
        return max(1, min(int(room.get("GPU", 0) or room.get("CPU", 1)), self._most or sys.maxsize))

    def run(self, tasks: Sequence[Task]) -> None:
        """Until each task has an entry: what was lost again in smaller handfuls, or failed."""
        left: Sequence[int] = range(len(tasks))
        size = HANDFUL
        while left:
            rest, problem = self._attempt(tasks, left, size)
            if len(rest) == len(left) and problem and not self._worked:
                raise ModelError(f"nothing could be translated on Ray: {problem}")
            self._worked = self._worked or len(rest) < len(left)
            if size == 1 and len(rest) == len(left):
                for number in rest:
                    self._put(failure(tasks[number], f"its worker ended {problem}"))
                return
            left, size = rest, max(1, size // 4)

    def _attempt(
        self, tasks: Sequence[Task], numbers: Sequence[int], size: int
    ) -> tuple[list[int], str]:
        """The numbers that are left without an entry, and what ended the attempt."""
        seen = bytearray(len(tasks))
        problem = ""
        try:
            for number, entry in self._entries(tasks, numbers, size):
                seen[number] = 1
                self._put(entry)
        except _ray_error() as error:
            problem = _reason(error)
        return [number for number in numbers if not seen[number]], problem

    def _put(self, entry: Entry | None) -> None:
        if entry is not None:
            self._manifest.put(entry)
        self._tally(entry)

    def _entries(
        self, tasks: Sequence[Task], numbers: Sequence[int], size: int
    ) -> Iterator[tuple[int, Entry | None]]:
        import ray.data

        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.max_errored_blocks = -1
        logging.getLogger("ray.data").setLevel(logging.CRITICAL)  # failures are told as entries
        has_gpus = ray.cluster_resources().get("GPU", 0) > 0
        resources: dict[str, Any] = {"num_gpus": 1} if has_gpus else {"num_cpus": 1}
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # ray_remote_args_fn goes with 2.64
            # from_arrow would send a task for each block, which the driver never forgets
            handfuls = ray.data.from_blocks(list(_blocks(tasks, numbers, self._manifest, size)))
            entries = handfuls.map_batches(
                Worker,
                fn_constructor_args=(self._order, self._load),
                batch_size=None,  # a handful, however short
                compute=ray.data.ActorPoolStrategy(min_size=1, max_size=self._most),
                ray_remote_args_fn=_of_actors,
                **resources,
            )
        for batch in entries.iter_batches(batch_size=None):
            for number, line in zip(batch["number"], batch["entry"], strict=True):
                yield int(number), Entry(**json.loads(line)) if line else None


def _absolute(place: Place) -> Place:
    """A folder by its whole path: actors run elsewhere."""
    return Folder(place.path.resolve()) if isinstance(place, Folder) else place


def _of_actors() -> dict[str, int]:
    return {"max_restarts": -1, "max_task_retries": RETRIES}


def _blocks(
    tasks: Sequence[Task], numbers: Sequence[int], manifest: Manifest, size: int
) -> Iterator[Any]:
    """Tables of names and of what is known of them."""
    import pyarrow

    numbered = ((number, tasks[number]) for number in numbers)
    for some in handfuls(numbered, size, lambda one: one[1]):
        known = [manifest.known(task.name) for _, task in some]
        portions = [task.portion for _, task in some]
        yield pyarrow.table(
            {
                "number": [number for number, _ in some],
                "name": [task.name for _, task in some],
                "target": [task.target for _, task in some],
                "sha256": [one.sha256 if one else "" for one in known],
                "key": [one.key if one else "" for one in known],
                "file": [one.file if one else "" for one in portions],
                "start": [one.start if one else 0 for one in portions],
                "stop": [one.stop if one else 0 for one in portions],
            }
        )


def _ray_error() -> type[Exception]:
    import ray.exceptions

    found: type[Exception] = ray.exceptions.RayError
    return found


def _reason(error: BaseException) -> str:
    """The last line of what was raised, which names it."""
    cause: BaseException | None = error
    while cause is not None and not isinstance(cause, DepecheError):
        cause = getattr(cause, "cause", None) or cause.__cause__
    lines = str(cause or error).strip().splitlines()
    return lines[-1] if lines else type(error).__name__
