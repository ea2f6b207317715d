"""Words a second, load time and peak memory of the engines: same weights, same sentences.

    python bench/engines.py [--model builtin] [--beam 4] [--rounds 3] [--threads N] [--articles N]
        [--only ROW ...]

The sentences are those of the French articles in `examples/`. Each row runs in a process of its
own, with all cores unless said; the best of the rounds counts (other work on the machine only
slows). The row `script` is what most scripts do: transformers' `generate`, float32, one sentence
at a time, a single round. On a busy machine take `--threads 1` and read the words per CPU second:
with more threads the processor's time holds their waiting for each other.
"""

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

EXAMPLES = Path(__file__).parent.parent / "examples"
#: Targets of the project for the default engine.
TIMES_SCRIPT, TIMES_TRANSFORMERS, MEGABYTES = 10.0, 4.0, 400.0

Run = Callable[[Sequence[Sequence[str]]], object]


@dataclass(frozen=True, slots=True)
class Measured:
    """One row: seconds to load and to translate all, the processor's seconds, peak RSS in MB."""

    load: float
    wall: float
    cpu: float
    memory: float


def sentences() -> list[list[str]]:
    """The French sentences of each example article."""
    from translate.article.blocks import split_blocks
    from translate.article.language import identify
    from translate.article.sentences import sentence_spans
    from translate.document import Language

    articles = []
    for path in sorted([*EXAMPLES.glob("*.txt"), *EXAMPLES.glob("*.md")]):
        if ".en" in path.suffixes or path.name == "README.md":
            continue
        text = path.read_text(encoding="utf-8")
        blocks = [
            text[block.start : block.end]
            for block in split_blocks(text, markdown=path.suffix == ".md")
        ]
        found = [block[start:end] for block in blocks for start, end in sentence_spans(block)]
        articles.append([text for text in found if identify(text) is Language.FRENCH])
    return articles


def script(model: str, beam: int, threads: int | None) -> Run:
    """transformers as most scripts use it."""
    import torch
    from transformers import MarianMTModel, MarianTokenizer

    from translate.engines.models import find_model

    if threads:
        torch.set_num_threads(threads)
    folder = find_model(model).folder
    tokenizer = MarianTokenizer.from_pretrained(folder)
    reference: Any = MarianMTModel.from_pretrained(folder, dtype=torch.float32)

    def run(articles: Sequence[Sequence[str]]) -> None:
        for article in articles:
            for source in article:
                inputs = tokenizer([source], return_tensors="pt", truncation=True)
                output = reference.generate(**inputs, num_beams=beam)
                tokenizer.decode(output[0], skip_special_tokens=True)

    return run


def ours(engine: str, *, together: bool) -> Callable[[str, int, int | None], Run]:
    """One of our engines, all articles in one call or article by article."""

    def build(model: str, beam: int, threads: int | None) -> Run:
        from translate.engines import load_translator

        translator = load_translator(model, engine=engine, threads=threads)

        def run(articles: Sequence[Sequence[str]]) -> None:
            every = [source for article in articles for source in article]
            for sources in [every] if together else articles:
                translator.translate(sources, beam_size=beam)

        return run

    return build


ROWS: dict[str, Callable[[str, int, int | None], Run]] = {
    "script": script,
    "transformers": ours("transformers", together=True),
    "ctranslate2": ours("ctranslate2", together=True),
    "ctranslate2-article": ours("ctranslate2", together=False),
}


def measure(options: argparse.Namespace) -> Measured:
    """Run one row in this process."""
    articles = json.load(sys.stdin)
    start = time.perf_counter()
    run = ROWS[options.row](options.model, options.beam, options.threads)
    load = time.perf_counter() - start
    times = []
    for _ in range(1 if options.row == "script" else options.rounds):
        wall, cpu = time.perf_counter(), time.process_time()
        run(articles)
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measured(load, min(times)[0], min(cpu for _, cpu in times), peak * 1024 / 1e6)


def measure_apart(row: str, options: argparse.Namespace, articles: list[list[str]]) -> Measured:
    """Run one row in a process of its own, so that memory and imports are its own."""
    command = [sys.executable, __file__, "--row", row, "--model", options.model]
    command += ["--beam", str(options.beam), "--rounds", str(options.rounds)]
    command += ["--threads", str(options.threads)] if options.threads else []
    done = subprocess.run(
        command, input=json.dumps(articles), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{row} failed:\n{done.stderr}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def table(found: dict[str, Measured], words: int) -> str:
    """The rows as Markdown; words are French words."""
    lines = [
        "| engine | words/s | words per CPU second | load s | peak MB |",
        "|---|---:|---:|---:|---:|",
    ]
    for row, it in found.items():
        speed, per_cpu = words / it.wall, words / it.cpu
        lines.append(f"| {row} | {speed:,.0f} | {per_cpu:,.0f} | {it.load:.2f} | {it.memory:.0f} |")
    return "\n".join(lines)


def verdict(found: dict[str, Measured]) -> list[str]:
    """How the default engine stands to its targets."""
    lines, fast = [], found.get("ctranslate2")
    if fast is None:
        return []
    for row, target in (("script", TIMES_SCRIPT), ("transformers", TIMES_TRANSFORMERS)):
        if row in found:
            wall, cpu = found[row].wall / fast.wall, found[row].cpu / fast.cpu
            times = f"{wall:.1f} x {row} by the clock, {cpu:.1f} x by the processor"
            lines.append(f"{times} (target {target:g} x)")
    return [*lines, f"{fast.memory:.0f} MB at the peak (target under {MEGABYTES:g} MB)"]


def main() -> None:
    """Measure all rows, or with --row one of them in this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", default="builtin")
    parser.add_argument("--beam", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--articles", type=int, help="only the first N articles")
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--row", choices=ROWS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        print(json.dumps(asdict(measure(options))))
        return
    articles = sentences()[: options.articles]
    every = [source for article in articles for source in article]
    words = sum(len(source.split()) for source in every)
    print(f"{len(articles)} articles, {len(every)} sentences, {words:,} words; beam {options.beam}")
    found = {row: measure_apart(row, options, articles) for row in options.only}
    print(table(found, words), *verdict(found), sep="\n")


if __name__ == "__main__":
    main()
