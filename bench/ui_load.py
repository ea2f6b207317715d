"""How quick the desk is, and what it does under load: `python bench/ui_load.py`.

A desk of its own process with the built-in model, on 127.0.0.1 and in a temporary folder; nothing
else is asked. Prints one line a figure. Needs chromium for the lines about the page (`--no-browser`
leaves them out).

`--hold` measures instead what a desk must bear that is served to strangers: clients without a pause
beside connections that hang, a thousand jobs, kill -9 under edits and in the middle of articles.
"""

import argparse
import asyncio
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Awaitable, Iterator
from concurrent.futures import ProcessPoolExecutor
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
        self.port = port
        self.data = data
        self.start()

    def start(self) -> None:
        """Start it, on what it left if it was there before."""
        started = time.monotonic()
        command = [sys.executable, "-m", "ui", "--port", str(self.port)]
        environment = {**os.environ, "DEPECHE_DATA": str(self.data)}
        self.process = subprocess.Popen(command, cwd=ROOT, env=environment)
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

    def kill(self) -> None:
        """End it with SIGKILL."""
        self.process.kill()
        self.process.wait()

    @property
    def megabytes(self) -> float:
        """Memory of the server and its processes: what they share is counted once."""
        server = psutil.Process(self.process.pid)
        every = [server, *server.children(recursive=True)]
        return float(sum(one.memory_full_info().pss for one in every)) / MEGABYTE

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
    async with httpx.AsyncClient(base_url=address, timeout=timeout, verify=False) as client:
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


async def busy_clients(address: str, clients: int, seconds: float) -> tuple[list[Done], list[str]]:
    """Clients that bring one example after the other for a while."""
    end = time.monotonic() + seconds
    done: list[Done] = []
    errors: list[str] = []

    async def client(number: int) -> None:
        while time.monotonic() < end:
            path = EXAMPLES[number % len(EXAMPLES)]
            number += 1
            try:
                done.append(await translate(address, path))
            except (httpx.HTTPError, RuntimeError) as error:
                errors.append(repr(error))

    await asyncio.gather(*(client(number) for number in range(clients)))
    return done, errors


def healths(address: str, seconds: float) -> list[float]:
    """How long GET /health took, again and again; for a process of its own."""
    end = time.monotonic() + seconds
    times: list[float] = []
    with httpx.Client(base_url=address, timeout=PATIENCE, verify=False) as client:
        while time.monotonic() < end:
            started = time.monotonic()
            client.get("/health").raise_for_status()
            times.append(time.monotonic() - started)
            time.sleep(0.05)
    return times


def hang(port: int, connections: int) -> list[socket.socket]:
    """Connections that begin a request and never end it."""
    opened = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
    for number, one in enumerate(opened):
        body = b"" if number % 2 else b"content-length: 1000\r\n\r\n{"
        one.sendall(b"POST /translate HTTP/1.1\r\nhost: 127.0.0.1\r\n" + body)
    return opened


def held(running: Desk, clients: int, seconds: float, hanging: int) -> Iterator[str]:
    """Many clients without a pause, beside connections that hang."""
    before = running.megabytes
    opened = hang(running.port, hanging)

    with ProcessPoolExecutor(1) as beside:
        watch = beside.submit(healths, running.address, seconds)
        done, errors = asyncio.run(busy_clients(running.address, clients, seconds))
        times = watch.result()
    for one in opened:
        one.close()
    yield f"{len(done)} articles, {len(errors)} errors {sorted(set(errors))[:3]}"
    yield f"first row: {spread([one.first for one in done])}"
    yield f"GET /health: {spread(times)}, at most {max(times):.2f} s"
    yield f"in the queue afterwards: {running.waiting()}"
    yield f"memory: {before:.0f} MB before, {running.megabytes:.0f} MB after"


def many_jobs(running: Desk, jobs: int) -> Iterator[str]:
    """One small article after the other, four at a time, by page and by API."""
    text = "Le maire de {} a inauguré le musée. Il a coûté {} millions d’euros.\n"

    async def portion(numbers: range) -> None:
        async with httpx.AsyncClient(base_url=running.address, timeout=PATIENCE) as client:
            for number in numbers:
                body = {"text": text.format(f"Ville{number}", number + 2)}
                address = "/desk/jobs" if number % 2 else "/translate"
                (await client.post(address, json=body)).raise_for_status()

    async def hundred(first: int) -> None:
        await asyncio.gather(*(portion(range(first + at, first + 100, 4)) for at in range(4)))

    for first in range(0, jobs, 100):
        asyncio.run(hundred(first))
        if first % 500 == 400 or not first:
            yield f"memory after {first + 100} jobs: {running.megabytes:.0f} MB"


def kills_under_edits(running: Desk, kills: int) -> Iterator[str]:
    """kill -9 while edits come in over HTTP: every one that was acknowledged is there."""
    lost = acknowledged = 0
    with httpx.Client(base_url=running.address, timeout=PATIENCE) as client:
        body = {"text": (ROOT / "examples" / "budget.txt").read_text(encoding="utf-8")}
        job = client.post("/desk/jobs", json=body).raise_for_status().json()
        job = _whole(client, job)
        for round_ in range(kills):
            killer = threading.Timer(0.5 + round_ % 5 / 5, running.kill)
            killer.start()
            written = _edited_until_it_ends(client, job, round_)
            killer.join()
            running.start()
            found = client.get(f"/desk/jobs/{job['id']}").raise_for_status().json()["rows"]
            acknowledged += len(written)
            lost += sum(found[at]["english"] != english for at, english in written.items())
    yield f"{acknowledged} acknowledged edits over {kills} kills, {lost} lost"


def _whole(client: httpx.Client, job: dict[str, Any]) -> dict[str, Any]:
    while job["status"] == "running":
        time.sleep(0.1)
        job = client.get(f"/desk/jobs/{job['id']}").raise_for_status().json()
    return job


def _edited_until_it_ends(client: httpx.Client, job: dict[str, Any], round_: int) -> dict[int, str]:
    """Row -> the last English of it that the server acknowledged."""
    written: dict[int, str] = {}
    number = 0
    while True:
        at = number % len(job["rows"])
        english = f"The sentence {number} of round {round_}."
        number += 1
        try:
            address = f"/desk/jobs/{job['id']}/rows/{at}"
            client.patch(address, json={"english": english}).raise_for_status()
        except httpx.TransportError:
            written.pop(at, None)  # nobody knows whether this one was taken
            return written
        written[at] = english


def restart_amid_articles(running: Desk, articles: int) -> Iterator[str]:
    """kill -9 in the middle of articles: they go on when they are opened again."""
    with httpx.Client(base_url=running.address, timeout=PATIENCE) as client:
        jobs = []
        for number in range(articles):
            text = long_article(400 + number)
            jobs.append(client.post("/desk/jobs", json={"text": text}).raise_for_status().json())
        running.kill()
        running.start()
        for job in jobs:
            client.get(f"/desk/jobs/{job['id']}").raise_for_status()
        done = [_whole(client, client.get(f"/desk/jobs/{j['id']}").json()) for j in jobs]
        missing = sum(row["english"] is None for job in done for row in job["rows"])
        finished = sum(job["status"] == "done" for job in done)
    yield f"{finished} of {articles} articles finished after the kill, {missing} rows missing"


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


def hold(options: argparse.Namespace) -> None:
    """Measure what a desk must bear that strangers reach."""
    with desk(options.port) as running:
        for name, lines in (
            (f"{options.jobs} jobs", many_jobs(running, options.jobs)),
            (
                f"50 clients for {options.seconds:.0f} s, 60 connections left hanging",
                held(running, 50, options.seconds, 60),
            ),
            ("kill -9 under edits", kills_under_edits(running, options.kills)),
            ("kill -9 amid articles", restart_amid_articles(running, 20)),
        ):
            for line in lines:
                print(f"{name}: {line}", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=20)
    parser.add_argument("--port", type=int, default=7899)
    parser.add_argument("--no-browser", action="store_true")
    parser.add_argument("--hold", action="store_true", help="what strangers may bring")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--jobs", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=20)
    options = parser.parse_args()
    chromium = None if options.no_browser else shutil.which("chromium")
    if options.hold:
        hold(options)
        return
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
