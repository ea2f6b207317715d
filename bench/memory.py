"""How quick a memory is: import, exact and fuzzy look-ups, memory, size of its file.

    python bench/memory.py [UNITS] [LOOK-UPS]

Units are made sentences: 5 to 30 French words, drawn as often as they are in French. What is
looked up are units with one word in ten changed. Processor seconds are those of this process: they
tell more than the clock on a busy machine.
"""

import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import wordfreq

from translate.memory.matches import recall
from translate.memory.store import Memory, Unit

SEED = 20260131


def sentences(count: int) -> Iterator[str]:
    dice = random.Random(SEED)
    words = wordfreq.top_n_list("fr", 60_000)
    shares = [wordfreq.word_frequency(word, "fr") for word in words]
    drawn = iter(dice.choices(words, shares, k=count * 18))
    for _ in range(count):
        yield " ".join(next(drawn) for _ in range(dice.randint(5, 30))).capitalize() + "."


def spoiled(sentence: str, dice: random.Random) -> str:
    words = sentence.split()
    for place in dice.sample(range(len(words)), max(1, len(words) // 10)):
        words[place] = "autrement"
    return " ".join(words)


def timed(name: str, count: int, start: tuple[float, float]) -> None:
    clock, cpu = time.perf_counter() - start[0], time.process_time() - start[1]
    print(f"{name}: {count:,} in {clock:.1f} s ({cpu:.1f} s of processor), {count / cpu:,.0f}/s")


def main(units: int = 100_000, look_ups: int = 2_000) -> None:
    dice = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "memory.sqlite"
        with Memory(path, create=True) as memory:
            made = (Unit(text, text.upper(), origin="made") for text in sentences(units))
            start = time.perf_counter(), time.process_time()
            timed("import", memory.add(made), start)
            step = max(1, units // look_ups)
            known = [unit.source for n, (_, unit) in enumerate(memory.units()) if n % step == 0]
        wanted = [spoiled(text, dice) for text in known[:look_ups]]
        with Memory(path) as memory:
            start = time.perf_counter(), time.process_time()
            hits = sum(bool(memory.exact(text)) for text in known)
            timed("exact look-ups", hits, start)
            start = time.perf_counter(), time.process_time()
            candidates = sum(bool(memory.near(text)) for text in wanted)
            timed("candidates", candidates, start)
        with Memory(path) as memory:
            start = time.perf_counter(), time.process_time()
            found = [bool(recall([memory], text, "", "")) for text in wanted]
            timed("fuzzy look-ups", len(found), start)
        print(f"with a match: {sum(found):,} of {len(found):,}")
        print(f"file: {path.stat().st_size / 1e6:,.0f} MB")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory: {peak:,.0f} MB at most, the list of words and the import among it")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
