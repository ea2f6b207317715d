"""How quick the desk is, and what it does under load: `python bench/ui_load.py`.

A desk of its own process with the built-in model, on 127.0.0.1 and in a temporary folder; nothing
else is asked. Prints one table. Needs chromium for the lines about the page (`--no-browser` leaves
them out).
"""

import argparse
import asyncio
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(
    path
    for path in (ROOT / "examples").iterdir()
    if path.suffix in (".txt", ".md") and ".en" not in path.suffixes and path.stem != "README"
)
MEGABYTE = 2**20
#: A client that waits longer has lost its article.
PATIENCE = 120.0
LONG_WORDS = 20_000
CHROMIUM_FLAGS = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-sync")


@dataclass(frozen=True, slots=True)
class Done:
    """One client's article: seconds until its first row and until it was whole."""

    first: float
    whole: float
    rows: int


class Desk:
    """The desk as its own process."""

    def __init__(self, data: Path, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        started = time.monotonic()
        command = [sys.executable, "-m", "ui", "--port", str(port)]
        environment = {**os.environ, "DEPECHE_DATA": str(data)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)
        self.memory = psutil.Process(self.process.pid)
        while not self._answers():
            if time.monotonic() - started > 60 or self.process.poll() is not None:
                raise SystemExit("the desk did not start")
            time.sleep(0.05)
        self.start_seconds = time.monotonic() - started

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.address}/health", timeout=1).status_code == 200
        except httpx.TransportError:
            return False

    @property
    def megabytes(self) -> float:
        """Resident memory of the process."""
        return float(self.memory.memory_info().rss) / MEGABYTE

    def waiting(self) -> int:
        """Articles that are not finished."""
        return int(httpx.get(f"{self.address}/health").json()["waiting"])


@contextmanager
def desk(port: int) -> Iterator[Desk]:
    """A desk with an empty store; it is ended and its store removed."""
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        running = Desk(Path(folder), port)
        try:
            yield running
        finally:
            running.process.terminate()
            running.process.wait(timeout=20)


async def translate(address: str, path: Path, *, cut_after: int | None = None) -> Done:
    """One browser: start an article, read its stream; `cut_after` rows the line goes dead."""
    timeout = httpx.Timeout(PATIENCE)
    async with httpx.AsyncClient(base_url=address, timeout=timeout) as client:
        started = time.monotonic()
        body = {"text": path.read_text(encoding="utf-8"), "name": path.name}
        job = (await client.post("/desk/jobs", json=body)).raise_for_status().json()
        first, whole = await _follow(client, job, started, cut_after)
        if cut_after is not None:
            await asyncio.sleep(1)  # gone for a while, then back
            first_again, whole = await _follow(client, job, started, None)
            first = min(first, first_again)
        found = (await client.get(f"/desk/jobs/{job['id']}")).raise_for_status().json()
        if found["status"] != "done" or any(row["english"] is None for row in found["rows"]):
            raise RuntimeError(f"{path.name} is {found['status']}")
        return Done(first, whole, len(found["rows"]))


async def _follow(
    client: httpx.AsyncClient, job: dict[str, Any], started: float, cut_after: int | None
) -> tuple[float, float]:
    first = 0.0
    seen = 0
    async with client.stream("GET", f"/desk/jobs/{job['id']}/events") as stream:
        async for line in stream.aiter_lines():
            if not line.startswith("data: "):
                continue
            event = json.loads(line.removeprefix("data: "))
            seen += len(event.get("rows", []))
            if seen and not first:
                first = time.monotonic() - started
            if cut_after is not None and seen >= cut_after:
                break
    return first, time.monotonic() - started


async def abandon(address: str, path: Path) -> None:
    """A program that asks the plain API and goes away after half a second."""
    async with httpx.AsyncClient(base_url=address, timeout=0.5) as client:
        try:
            await client.post("/translate", json={"text": path.read_text(encoding="utf-8")})
        except httpx.TimeoutException:
            return


def at_once(work: list[Awaitable[Any]]) -> list[Any]:
    """All at the same time; exceptions come back as results."""

    async def gathered() -> list[Any]:
        return await asyncio.gather(*work, return_exceptions=True)

    return asyncio.run(gathered())


def crowd(running: Desk, clients: int, *, cut_after: int | None = None) -> Iterator[str]:
    """Many clients at once, each with an example."""
    paths = [EXAMPLES[number % len(EXAMPLES)] for number in range(clients)]
    started = time.monotonic()
    results = at_once([translate(running.address, path, cut_after=cut_after) for path in paths])
    seconds = time.monotonic() - started
    done = [result for result in results if isinstance(result, Done)]
    for error in (result for result in results if not isinstance(result, Done)):
        yield f"error: {error!r}"
    yield f"articles finished: {len(done)} of {clients} in {seconds:.1f} s"
    yield f"first row: {spread([one.first for one in done])}"
    yield f"whole article: {spread([one.whole for one in done])}"
    yield f"memory of the server: {running.megabytes:.0f} MB"


def spread(values: list[float]) -> str:
    """Median and 95th percentile."""
    cuts = statistics.quantiles(values, n=20, method="inclusive")
    return f"p50 {statistics.median(values):.2f} s, p95 {cuts[-1]:.2f} s"


def long_article(words: int) -> str:
    """The examples again and again, each round with other figures, so that no sentence repeats."""
    paragraphs: list[str] = []
    count = number = 0
    while count < words:
        for path in EXAMPLES:
            for paragraph in path.read_text(encoding="utf-8").split("\n\n"):
                number += 1
                paragraphs.append(f"{paragraph.strip()} C’est le point {number} de la liste.")
                count += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs)


def page(running: Desk, chromium: str) -> Iterator[str]:
    """First paint, one article, and a very long one, as a reader sees them."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        view = browser.new_page(viewport={"width": 1366, "height": 768})
        started = time.monotonic()
        view.goto(running.address)
        view.wait_for_selector("#article")
        paint = view.evaluate(
            "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"
        )
        yield f"first paint {paint / 1000:.2f} s, ready to paste {time.monotonic() - started:.2f} s"
        for name in ("budget.txt", "budget.txt"):
            yield f"{name}, 480 words: {_timed(view, (ROOT / 'examples' / name).read_text())}"
            view.goto(f"{running.address}/#/")
            view.wait_for_selector("#article")
        text = long_article(LONG_WORDS)
        before = running.megabytes
        yield f"{len(text.split()):,} words: {_timed(view, text)}"
        yield f"memory of the server: {before:.0f} MB before, {running.megabytes:.0f} MB after"
        yield from _feel(view)
        browser.close()


def _timed(view: Any, text: str) -> str:
    view.fill("#article", text)
    started = time.monotonic()
    view.click("button.primary.large")
    view.wait_for_function(
        "document.querySelector('.row textarea')?.value", timeout=PATIENCE * 1000
    )
    first = time.monotonic() - started
    view.wait_for_selector("progress.done", state="attached", timeout=5 * PATIENCE * 1000)
    whole = time.monotonic() - started
    rows = view.locator(".row textarea").count()
    return f"first row {first:.2f} s, whole {whole:.2f} s, {rows} rows"


def _feel(view: Any) -> Iterator[str]:
    heap = "performance.memory.usedJSHeapSize / 2 ** 20"
    key = view.evaluate(
        """async () => {
            const area = [...document.querySelectorAll(".row textarea")].at(-20);
            area.focus();
            const times = [];
            for (let count = 0; count < 20; count += 1) {
                const started = performance.now();
                document.execCommand("insertText", false, "x");
                await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
                times.push(performance.now() - started);
            }
            return times.sort((a, b) => a - b)[18];
        }"""
    )
    frames = view.evaluate(
        """async () => {
            const times = [];
            let last = performance.now();
            for (let step = 0; step < 60; step += 1) {
                scrollBy(0, 400);
                await new Promise((done) => requestAnimationFrame(done));
                times.push(performance.now() - last);
                last = performance.now();
            }
            return times.sort((a, b) => a - b)[57];
        }"""
    )
    yield (
        f"a key takes {key:.0f} ms (p95), a frame of scrolling {frames:.0f} ms (p95), "
        f"script memory of the page {view.evaluate(heap):.0f} MB"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--port", type=int, default=7899)
    parser.add_argument("--no-browser", action="store_true")
    options = parser.parse_args()
    chromium = None if options.no_browser else shutil.which("chromium")
    with desk(options.port) as running:
        print(f"start: {running.start_seconds:.1f} s until it answers")
        if chromium:
            for line in page(running, chromium):
                print(f"page: {line}", flush=True)
        for line in crowd(running, options.clients):
            print(f"{options.clients} clients: {line}", flush=True)
        for line in crowd(running, options.clients, cut_after=5):
            print(f"{options.clients} clients, cut off and back: {line}", flush=True)
        at_once([abandon(running.address, EXAMPLES[n % len(EXAMPLES)]) for n in range(20)])
        started = time.monotonic()
        while running.waiting() and time.monotonic() - started < PATIENCE:
            time.sleep(0.1)
        print(
            f"20 programs that went away: {running.waiting()} articles still waiting after "
            f"{time.monotonic() - started:.1f} s; memory {running.megabytes:.0f} MB"
        )


if __name__ == "__main__":
    main()
