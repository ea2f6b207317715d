"""What the command line draws: side by side, segments, a progress bar."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table
from rich.text import Text

from translate.document import (
    Document,
    Language,
    Origin,
    Severity,
    TranslatedBlock,
    TranslatedSegment,
    Translation,
)
from translate.notation.markup import shown

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


def print_side_by_side(translation: Translation, console: Console | None = None) -> None:
    """A row for each sentence: what it is, French, English, and what to look at."""
    table = Table(show_lines=False, pad_edge=False, expand=True, header_style="bold")
    table.add_column("", style="dim", no_wrap=True)
    table.add_column("French", ratio=1)
    table.add_column("English", ratio=1)
    for block in translation.blocks:
        for index, segment in enumerate(block.segments):
            mark = block.block.kind.value if index == 0 else ""
            last = index == len(block.segments) - 1
            table.add_row(
                mark, Text(shown(segment.source)), _english(segment, block), end_section=last
            )
    (console or Console()).print(table)


def _english(segment: TranslatedSegment, block: TranslatedBlock) -> Text:
    if block.skipped:
        return Text("(left out)", style="dim")
    kept = segment.origin is Origin.KEPT and segment.segment.language is not Language.FRENCH
    text = Text(shown(segment.target), style="italic" if kept else "")
    for match in segment.matches:
        text.append(f"\n{match.score} % in the memory: {shown(match.target)}", style="dim")
    for finding in segment.findings:
        text.append(f"\n{finding.message}", style=_STYLES[finding.severity])
    return text


def segment_lines(document: Document, *, as_json: bool = False) -> Iterator[str]:
    """A line for each block and, indented, for each of its sentences."""
    if as_json:
        yield json.dumps(_blocks(document), ensure_ascii=False, indent=2)
        return
    for block in document.blocks:
        yield f"{block.kind.value} [{block.language.value}]"
        for segment in block.segments:
            yield f"  {segment.language.value:>3} | {shown(' '.join(document.of(segment).split()))}"


def _blocks(document: Document) -> list[dict[str, object]]:
    return [
        {
            "kind": block.kind.value,
            "language": block.language.value,
            "start": block.start,
            "end": block.end,
            "segments": [
                {
                    "language": segment.language.value,
                    "start": segment.start,
                    "end": segment.end,
                    "text": shown(document.of(segment)),
                }
                for segment in block.segments
            ],
        }
        for block in document.blocks
    ]


@contextmanager
def progress_bar(name: str, blocks: int) -> Iterator[Callable[[TranslatedBlock], None]]:
    """A bar on standard error that goes away when it is full."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(name, total=blocks)
        yield lambda _block: progress.advance(task)


@contextmanager
def batch_bar(files: int) -> Iterator[Callable[[int], None]]:
    """A bar for many files; it is called with the words of each finished one."""
    columns = (
        TextColumn("{task.completed:,.0f} of {task.total:,.0f} files"),
        BarColumn(),
        TextColumn("{task.fields[rate]:,.0f} words/s"),
        TimeRemainingColumn(),
    )
    started, words = time.monotonic(), 0
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task("", total=files, rate=0)

        def advance(more: int) -> None:
            nonlocal words
            words += more
            progress.update(task, advance=1, rate=words / max(time.monotonic() - started, 0.001))

        yield advance


@contextmanager
def step_bar() -> Iterator[Callable[[str, float], None]]:
    """A bar for steps that follow each other; it is called with a step and how much is done."""
    columns = TextColumn("{task.description}"), BarColumn(), TimeRemainingColumn()
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=1.0)

        def advance(step: str, share: float) -> None:
            if progress.tasks[0].description != step:
                progress.reset(task, description=step)
            progress.update(task, completed=share)

        yield advance


#: Seconds between two lines of a download where no bar can be drawn.
_LINE_EVERY = 10.0


@contextmanager
def download_bar(name: str) -> Iterator[Callable[[int, int], None]]:
    """A bar of bytes with the time left; lines now and then where no terminal is."""
    console = Console(stderr=True)
    if not console.is_terminal:
        yield _download_lines(name, console)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console) as progress:
        task: TaskID | None = None

        def show(done: int, total: int) -> None:
            nonlocal task
            if task is None:
                task = progress.add_task(name, total=total, completed=done)
            progress.update(task, completed=done)

        yield show


def _download_lines(name: str, console: Console) -> Callable[[int, int], None]:
    begun: tuple[float, int] | None = None
    last, said = 0.0, -1

    def say(done: int, total: int) -> None:
        nonlocal begun, last, said
        now = time.monotonic()
        begun = begun or (now, done)
        if done == said or (done < total and now - last < _LINE_EVERY):
            return
        last, said = now, done
        rate = (done - begun[1]) / max(now - begun[0], 0.001)
        left = f", {(total - done) / rate:,.0f} s left" if rate and done < total else ""
        text = f"{name}: {done / 1e6:,.1f} of {total / 1e6:,.1f} MB{left}"
        console.print(text, markup=False, highlight=False)

    return say
