"""The desk beside other programs on the same weights and sentences: words a second, memory.

    python -m venv /tmp/argos && /tmp/argos/bin/pip install argostranslate
    python bench/peers.py [--argos /tmp/argos/bin/python] [--threads N] [--articles N]
        [--rounds 3] [--only ROW ...]

Each row runs in a process of its own, one after the other in each round, and its best round counts.
Argos Translate runs its own code on the built-in weights packed as its package; sentences come to
it a line each, for its splitter wants a model of its own. On a busy machine read the words per CPU
second.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from engines import script, sentences

BEAM = 4
BATCH_TOKENS = 512
Articles = Sequence[Sequence[str]]
Run = Callable[[Articles], object]


@dataclass(frozen=True, slots=True)
class Given:
    """What a row is given: the weights as a package of Argos, and how many threads it may take."""

    package: Path
    threads: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds, the processor's seconds, peak RSS in MB."""

    wall: float
    cpu: float
    memory: float


def transformers_loop(given: Given) -> Run:
    """`generate` of each sentence, float32."""
    return script("builtin", BEAM, given.threads)


def bare(given: Given, *, together: bool) -> Run:
    """CTranslate2 and SentencePiece alone, sentence by sentence or all in one call."""
    import ctranslate2
    import sentencepiece

    inter, intra = (given.threads, 1) if together else (1, given.threads)
    translator = ctranslate2.Translator(
        str(given.package / "model"), compute_type="int8", inter_threads=inter, intra_threads=intra
    )
    pieces: Any = sentencepiece.SentencePieceProcessor(
        model_file=str(given.package / "sentencepiece.model")
    )

    def run(articles: Articles) -> None:
        every = [pieces.encode(text, out_type=str) for article in articles for text in article]
        for batch in [every] if together else [[one] for one in every]:
            found = translator.translate_batch(
                batch, beam_size=BEAM, max_batch_size=BATCH_TOKENS, batch_type="tokens"
            )
            pieces.decode([result.hypotheses[0] for result in found])

    return run


def desk(given: Given) -> Run:
    """All that the desk does with articles, many at once, checks and second tries included."""
    from translate import analyse, load_translator
    from translate.pipeline import translate_documents

    translator = load_translator(threads=given.threads)

    def run(articles: Articles) -> None:
        translate_documents([analyse("\n\n".join(article)) for article in articles], translator)

    return run


def argos(given: Given) -> Run:
    """Argos Translate's own translation of a package, an article a call."""
    os.environ |= {"ARGOS_CHUNK_TYPE": "STANZA", "ARGOS_INTRA_THREADS": str(given.threads)}
    from argostranslate.package import Package
    from argostranslate.translate import Language, PackageTranslation

    class Lines:
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    languages = Language("fr", "French"), Language("en", "English")
    translation = PackageTranslation(*languages, Package(given.package))
    translation.sentencizer = Lines()

    def run(articles: Articles) -> None:
        for article in articles:
            translation.translate("\n".join(article))

    return run


ROWS: dict[str, Callable[[Given], Run]] = {
    "transformers, one sentence at a time": transformers_loop,
    "Argos Translate": argos,
    "CTranslate2, one sentence at a time": lambda given: bare(given, together=False),
    "CTranslate2, all in one call": lambda given: bare(given, together=True),
    "Depeche, with checks and second tries": desk,
}


def packed(folder: Path) -> Path:
    """The built-in weights as a package of Argos Translate."""
    from translate.engines import ct2
    from translate.engines.models import find_model

    info = find_model("builtin")
    ct2.prepare()
    converted = ct2.converted_folder(info, "int8")
    model = folder / "model"
    model.mkdir()
    for path in converted.iterdir():
        (model / path.name).write_bytes(path.read_bytes())
    config = json.loads((model / "config.json").read_text(encoding="utf-8"))
    ended = json.dumps(config | {"add_source_eos": True})
    (model / "config.json").write_text(ended, encoding="utf-8")
    (folder / "sentencepiece.model").write_bytes((info.folder / "source.spm").read_bytes())
    codes = {"from_code": "fr", "from_name": "French", "to_code": "en", "to_name": "English"}
    (folder / "metadata.json").write_text(json.dumps(codes), encoding="utf-8")
    return folder


def measure(row: str, given: Given) -> Measured:
    """Run one row in this process, once to warm up and once for the clock."""
    articles = json.load(sys.stdin)
    run = ROWS[row](given)
    run(articles[:1])
    wall, cpu = time.perf_counter(), time.process_time()
    run(articles)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return Measured(wall, cpu, peak * 1024 / 1e6)


def measure_apart(python: str, row: str, given: Given, articles: Articles) -> Measured:
    """Run one row in a process of its own."""
    command = [python, __file__, "--row", row, "--package", str(given.package)]
    command += ["--threads", str(given.threads)]
    done = subprocess.run(
        command, input=json.dumps(articles), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{row} failed:\n{done.stderr}")
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def table(found: dict[str, list[Measured]], words: int) -> str:
    """The best round of each row as Markdown; words are French words."""
    lines = ["| | words/s | words per CPU second | peak memory |", "|---|---:|---:|---:|"]
    for row, rounds in found.items():
        wall, cpu = min(one.wall for one in rounds), min(one.cpu for one in rounds)
        memory = max(one.memory for one in rounds)
        lines.append(f"| {row} | {words / wall:,.0f} | {words / cpu:,.0f} | {memory:,.0f} MB |")
    return "\n".join(lines)


def main() -> None:
    """Measure all rows, or with --row one of them in this process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--argos", help="the Python of an environment with argostranslate")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)))
    parser.add_argument("--articles", type=int, help="only the first N articles")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--only", nargs="+", choices=ROWS, default=list(ROWS))
    parser.add_argument("--row", choices=ROWS, help=argparse.SUPPRESS)
    parser.add_argument("--package", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.row:
        print(json.dumps(asdict(measure(options.row, Given(options.package, options.threads)))))
        return
    articles = sentences()[: options.articles]
    words = sum(len(source.split()) for article in articles for source in article)
    print(f"{len(articles)} articles, {words:,} words; beam {BEAM}, {options.threads} threads")
    rows = [row for row in options.only if options.argos or ROWS[row] is not argos]
    found: dict[str, list[Measured]] = {row: [] for row in rows}
    with tempfile.TemporaryDirectory(prefix="depeche-peers-") as folder:
        given = Given(packed(Path(folder)), options.threads)
        for _ in range(options.rounds):
            for row in rows:
                python = options.argos if ROWS[row] is argos else sys.executable
                found[row].append(measure_apart(python, row, given, articles))
    print(table(found, words))


if __name__ == "__main__":
    main()
