"""`depeche batch` over many generated articles, side by side with the raw engine.

Prints words a second of both on the same sentences, peak memory, and whether a run that was killed
and resumed has the same outputs as one that was not. All in one run:

    python bench/batch.py --articles 2000
"""

import argparse
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from translate import formats
from translate.batch import WINDOW
from translate.document import Language
from translate.engines import load_translator

EXAMPLES = Path(__file__).parent.parent / "examples"
_SENTENCE_END = re.compile(r"(?<=[a-zà-ÿ])\.(?= [A-ZÀ-Ý«]|$)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--paragraphs", type=int, default=6, help="paragraphs an article")
    parser.add_argument("--skip-kill", action="store_true", help="only the two speeds")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        root = Path(folder)
        generate(root / "in", options.articles, options.paragraphs)
        words = sum(len(p.read_text("utf-8").split()) for p in (root / "in").iterdir())
        print(f"{options.articles} articles, {words:,} words")
        raw = raw_engine(root / "in")
        whole, memory = run_batch(root / "in", root / "whole")
        print(f"{'raw engine':28} {words / raw:8,.0f} words/s {raw:8.1f} s")
        print(
            f"{'depeche batch':28} {words / whole:8,.0f} words/s {whole:8.1f} s "
            f"= {100 * raw / whole:.0f} % of the raw engine; peak memory {memory:,.0f} MB"
        )
        if not options.skip_kill:
            killed_and_resumed(root, whole)


def generate(folder: Path, articles: int, paragraphs: int) -> None:
    """Articles of paragraphs of examples/, changed so that hardly a sentence comes twice."""
    folder.mkdir()
    dice = random.Random(1)
    sources = [p for p in sorted(EXAMPLES.glob("*.txt")) if not p.name.endswith(".en.txt")]
    pool = [block for p in sources for block in p.read_text("utf-8").split("\n\n")]
    pool = [block.strip() for block in pool if len(block) > 150]
    for number in range(articles):
        chosen = dice.sample(pool, paragraphs)
        text = "\n\n".join(changed(block, dice) for block in chosen)
        (folder / f"article{number:05}.txt").write_text(f"Titre {number}\n\n{text}\n", "utf-8")


def changed(block: str, dice: random.Random) -> str:
    """A paragraph whose sentences end with a speaker of their own, so that no two are the same."""
    return _SENTENCE_END.sub(lambda _: f", selon {speaker(dice)}.", block)


def speaker(dice: random.Random) -> str:
    """One of 12,000 invented names."""
    first = "Paul Marie Karim Lucie Jeanne Omar Théo Inès Léa Hugo Nadia Yann".split()
    start = "Bar Cas Dur Fav Gar Lan Mar Mon Per Rou".split()
    middle = "a an e el er et i in o on".split()
    end = "bert dier got lard neau quin rand reau ton vet".split()
    return f"{dice.choice(first)} {dice.choice(start)}{dice.choice(middle)}{dice.choice(end)}"


def raw_engine(folder: Path) -> float:
    """Seconds of the engine alone on the sentences that the desk gives it, loading left out."""
    translator = load_translator()
    sentences = list(french_sentences(folder))
    started = time.perf_counter()
    for start in range(0, len(sentences), WINDOW):
        translator.translate(sentences[start : start + WINDOW], beam_size=4, hypotheses=4)
    return time.perf_counter() - started


def french_sentences(folder: Path) -> Iterator[str]:
    for path in sorted(folder.iterdir()):
        document = formats.read(path.read_bytes(), path.name)
        for segment in document.segments():
            text = " ".join(document.of(segment).split())
            if segment.language is Language.FRENCH:
                yield text


def run_batch(source: Path, target: Path) -> tuple[float, float]:
    """Seconds and peak resident memory (MB) of the command."""
    process = start(source, target)
    peak = [0.0]
    watcher = threading.Thread(target=watch, args=(process.pid, peak), daemon=True)
    watcher.start()
    _, said = process.communicate()
    if process.returncode:
        sys.exit(said.decode())
    print(said.decode().strip())
    seconds = float(said.decode().split(" words in ")[1].split(" s")[0])
    return seconds, peak[0]


def start(source: Path, target: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "translate", "batch", str(source), str(target)]
    return subprocess.Popen(command, stderr=subprocess.PIPE)


def watch(pid: int, peak: list[float]) -> None:
    try:
        process = psutil.Process(pid)
        while True:
            peak[0] = max(peak[0], process.memory_info().rss / 1e6)
            time.sleep(0.2)
    except psutil.NoSuchProcess:
        return


def killed_and_resumed(root: Path, whole_seconds: float) -> None:
    process = start(root / "in", root / "resumed")
    time.sleep(max(3.0, whole_seconds / 2))
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    finished = outputs(root / "resumed")
    print(f"killed with {len(finished)} outputs; resuming")
    run_batch(root / "in", root / "resumed")
    lines = (root / "resumed" / "manifest.jsonl").read_text("utf-8").splitlines()
    once = len({json.loads(line)["file"] for line in lines}) == len(lines)
    same = outputs(root / "resumed") == outputs(root / "whole")
    print(f"every output once: {once}; identical to the uninterrupted run: {same}")
    if not (once and same):
        sys.exit("the resumed run differs")


def outputs(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.txt")}


if __name__ == "__main__":
    main()
