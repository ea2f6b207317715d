"""Which articles there are, and what becomes of their names."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import overload

from translate import formats
from translate.batch.manifest import reserved
from translate.batch.places import Place
from translate.batch.portions import Big, Cut, Portion, can_be_cut, portions
from translate.errors import InputError, UsageError
from translate.formats import AS_IT_IS, Reading


@dataclass(frozen=True, slots=True)
class Task:
    """One article: its name below the input, and the name of its English below the output.

    Or a portion of a big file, with a name of its own.
    """

    name: str
    target: str
    portion: Portion | None = None


class Tasks(Sequence[Task]):
    """The tasks of a run in order; `left_out`: the files that are no articles, with the reasons.

    `big` are the files that are translated in portions, for `portions.join`. Of an article that
    keeps its name only that is held: an archive has millions.
    """

    def __init__(
        self,
        tasks: Iterable[Task],
        left_out: Iterable[tuple[str, str]] = (),
        big: Iterable[Big] = (),
    ) -> None:
        self._tasks = [task.name if task.target == task.name else task for task in tasks]
        self.left_out = tuple(left_out)
        self.big = tuple(big)

    def __len__(self) -> int:
        return len(self._tasks)

    @overload
    def __getitem__(self, index: int) -> Task: ...
    @overload
    def __getitem__(self, index: slice) -> "Tasks": ...
    def __getitem__(self, index: int | slice) -> "Task | Tasks":
        if isinstance(index, slice):
            return Tasks(map(_whole, self._tasks[index]))
        return _whole(self._tasks[index])


def _whole(task: Task | str) -> Task:
    return Task(task, task) if isinstance(task, str) else task


def find_tasks(
    source: Place,
    output: Place,
    *,
    pattern: str | None = None,
    target: str | None = None,
    reading: Reading = AS_IT_IS,
    cut: Cut | None = None,
) -> Tasks:
    """The articles of a place, in the order of their names, with the names of their outputs.

    `pattern` is a glob ("*.txt"), by default every file that can be read so, and the others are
    left out; `target` is a format. Where two would give the same name, each keeps its own ending
    before the new one. Hidden files and the output folder are passed over. `cut` is for big files
    of JSON Lines that keep their format: `portions.join` comes after such a run.
    """
    source.check_source()
    output.check_output()
    if output.identity("") == source.identity(""):
        raise UsageError("the output folder is the input folder; name another one")
    names: list[str] = []
    left_out: list[tuple[str, str]] = []
    for name in source.names(pattern):
        if _is_output(name, source, output):
            continue
        reason = None if pattern else reading.why_not(name)
        if reason:
            left_out.append((name, reason))
        else:
            names.append(name)
    if not names:
        wanted = pattern or ", ".join(sorted(reading.endings()))
        raise InputError(
            f"there are no articles in {source.address} ({wanted}); choose files with --glob"
        )
    tasks = Tasks(_apart([_task(name, target) for name in names]), left_out)
    _check_outputs(tasks, output)
    _check_sources(tasks, source, output)
    return _cut(tasks, source, reading, cut) if cut and not target else tasks


def _cut(tasks: Tasks, source: Place, reading: Reading, how: Cut) -> Tasks:
    """The tasks with the portions of big files in their place."""
    found: list[Task] = []
    big: list[Big] = []
    for task in tasks:
        size = source.size(task.name) if can_be_cut(task.name, reading) else None
        if size is not None and size > how.big:
            parts = tuple(Task(p.name, p.target, p) for p in portions(task.name, size, how.portion))
            big.append(Big(task.name, parts))
            found.extend(parts)
        else:
            found.append(task)
    return Tasks(found, tasks.left_out, big) if big else tasks


def _is_output(name: str, source: Place, output: Place) -> bool:
    """Whether an article lies in the output folder, where that is inside the input folder."""
    inside = output.identity("") + "/"
    if source.identity("").startswith(inside):
        return False
    return source.identity(name).startswith(inside)


def _task(name: str, target: str | None) -> Task:
    path = PurePosixPath(name)
    return Task(name, str(path.with_suffix(formats.ending(target))) if target else name)


def _apart(tasks: list[Task]) -> list[Task]:
    """`a.txt` and `a.md` become `a.txt.html` and `a.md.html`, not twice `a.html`."""
    times = Counter(task.target for task in tasks)
    return [task if times[task.target] == 1 else _with_both_endings(task) for task in tasks]


def _with_both_endings(task: Task) -> Task:
    target = PurePosixPath(task.target)
    return replace(
        task, target=str(target.with_name(PurePosixPath(task.name).name + target.suffix))
    )


def _check_outputs(tasks: Iterable[Task], output: Place) -> None:
    """No two articles become one."""
    seen = dict.fromkeys(reserved(output), "the manifest of the run")
    for task in tasks:
        if task.target in seen:
            raise UsageError(
                f"{seen[task.target]} and {task.name} would both become "
                f"{output.at(task.target)}; use --glob"
            )
        seen[task.target] = task.name


def _check_sources(tasks: Sequence[Task], source: Place, output: Place) -> None:
    """No output takes the place of an article, where the one folder is inside the other."""
    sources = {source.identity(task.name) for task in tasks}
    for task in tasks:
        if output.identity(task.target) in sources:
            raise UsageError(
                f"{task.name} would be written over the article {output.at(task.target)}; "
                "name another folder"
            )
