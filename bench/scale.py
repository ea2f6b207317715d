"""A batch in threads, in processes and on Ray: articles a second in one run; the driver's memory.

    python bench/scale.py --articles 400 --workers 1 2 4
    python bench/scale.py --memory 1000 10000 50000   # an engine that copies: the driver alone
    python bench/scale.py --kill 5000                 # the same engine: one of two nodes is killed
    python bench/scale.py --kill 300 --real           # the model itself

Needs the extra `ray`. More actors than cores share these. The last lines of the first are on paper:
hours for ten million articles of 500 words on 1, 10 and 100 machines as this one, at the best rate
of actors that was measured, in words a second.
"""

import argparse
import functools
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import ray
from ray.cluster_utils import Cluster

ROOT = Path(__file__).parent.parent
os.environ["PYTHONPATH"] = str(ROOT)  # of the actors

from batch import generate  # noqa: E402

from tests.fakes import Fake  # noqa: E402
from translate.batch import Folder, Order, Summary, find_tasks, run  # noqa: E402
from translate.batch.cluster import connect, run_on_ray  # noqa: E402
from translate.batch.processes import run_in_processes  # noqa: E402
from translate.engines import load_translator, usable_cores  # noqa: E402
from translate.engines.base import Translator  # noqa: E402

ARCHIVE, WORDS = 10_000_000, 500


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--paragraphs", type=int, default=3, help="paragraphs an article")
    parser.add_argument("--workers", type=int, nargs="*", default=[1, 2, 4])
    parser.add_argument("--memory", type=int, nargs="*", help="numbers of articles")
    parser.add_argument("--kill", type=int, metavar="ARTICLES", help="a node in the middle")
    parser.add_argument("--real", action="store_true", help="the model, not an engine that copies")
    options = parser.parse_args()
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        if options.kill:
            load = functools.partial(load_translator, threads=1) if options.real else Fake
            sys.exit(killed(Path(folder), options.kill, options.paragraphs, load))
        ray.init("local", num_cpus=max(usable_cores(), *options.workers), log_to_driver=False)
        if options.memory:
            memory(Path(folder), options.memory)
        else:
            speed(Path(folder), options.articles, options.paragraphs, options.workers)


def speed(root: Path, articles: int, paragraphs: int, workers: list[int]) -> None:
    generate(root / "in", articles, paragraphs)
    load = functools.partial(load_translator, threads=1)
    whole = load_translator()
    timed(root, "threads of one process", lambda *how: run(*how, whole))
    rates = []
    for count in workers:
        timed(root, f"{count} processes", lambda *how, n=count: run_in_processes(*how, load, n))
        rates.append(
            timed(root, f"{count} Ray actors", lambda *how, n=count: run_on_ray(*how, load, most=n))
        )
    for machines in (1, 10, 100):
        hours = ARCHIVE * WORDS / max(rates) / machines / 3600
        print(
            f"{ARCHIVE:,} articles, {machines:3} machines of {usable_cores()} cores: {hours:,.0f} h"
        )


def timed(root: Path, name: str, drive: Callable[..., Summary]) -> float:
    """Words a second, engines and their loading and all."""
    order = Order(Folder(root / "in"), Folder(root / name))
    started = time.monotonic()
    summary = drive(find_tasks(order.source, order.output), order)
    seconds = time.monotonic() - started
    rate = summary.done / seconds
    words = summary.words / seconds
    print(f"{name:22} {rate:6.1f} articles/s {words:6,.0f} words/s {seconds:5.0f} s", flush=True)
    return words


def killed(root: Path, articles: int, paragraphs: int, load: Callable[[], Translator]) -> int:
    """1 where a run on two nodes, one of which is killed, is not what a plain run is."""
    generate(root / "in", articles, paragraphs)
    plain, order = (Order(Folder(root / "in"), Folder(root / name)) for name in ("plain", "ray"))
    started = time.monotonic()
    run(find_tasks(plain.source, plain.output), plain, load())
    alone, started = time.monotonic() - started, time.monotonic()
    node = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
    cluster = Cluster(initialize_head=True, head_node_args=node)
    victim = cluster.add_node(**node)
    connect(cluster.address)
    seen = 0

    def kill(_entry: object) -> None:
        nonlocal seen
        seen += 1
        if seen == articles // 2:
            cluster.remove_node(victim, allow_graceful=False)

    tasks = find_tasks(order.source, order.output)
    summary = run_on_ray(tasks, order, load, progress=kill)
    seconds = time.monotonic() - started
    ray.shutdown()
    cluster.shutdown()
    lines = (root / "ray" / "manifest.jsonl").read_bytes().splitlines()
    ours, theirs = (
        {path.name: path.read_bytes() for path in (root / name).glob("*.txt")}
        for name in ("ray", "plain")
    )
    is_same = ours == theirs and len(ours) == len(lines) == summary.done == articles
    print(f"{articles:,} articles in one process: {alone:.0f} s")
    print(
        f"on two nodes, one killed after {articles // 2:,}: {seconds:.0f} s; {summary.done:,} "
        f"done, {len(summary.failed)} failed, {len(lines):,} lines of the manifest; the outputs "
        f"are {'' if is_same else 'NOT '}the same"
    )
    return int(not is_same)


def memory(root: Path, sizes: list[int]) -> None:
    mine = psutil.Process()
    for size in sizes:
        order = Order(Folder(root / f"in{size}"), Folder(root / f"out{size}"))
        for number in range(size):
            text = f"Le pont {number} est fermé.\n\nLe maire a parlé hier."
            path = root / f"in{size}" / f"{number % 100:02}" / f"{number}.txt"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        peak = [0]

        def look(_entry: object, peak: list[int] = peak) -> None:
            peak[0] = max(peak[0], mine.memory_info().rss)

        started = time.monotonic()
        summary = run_on_ray(
            find_tasks(order.source, order.output), order, Fake, most=2, progress=look
        )
        seconds = time.monotonic() - started
        print(
            f"{summary.done:7,} articles: driver at most {peak[0] / 1e6:,.0f} MB, {seconds:.0f} s",
            flush=True,
        )


if __name__ == "__main__":
    main()
