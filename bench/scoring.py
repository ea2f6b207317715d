"""How long scoring takes, beside the `sacrebleu` command doing the same.

    python bench/scoring.py REF HYP HYP [HYP ...]

BLEU, chrF2++ and TER, 1,000 bootstrap samples, paired bootstrap against the first system. Prints
wall and processor seconds and the peak memory of the largest process.
"""

import os
import resource
import subprocess
import sys
import time

OURS = ["-m", "eval", "score"]
THEIRS = ["-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "--paired-bs", "-f", "text"]


def measure(name: str, arguments: list[str]) -> None:
    """Run a command in a process that measures its children alone."""
    if os.fork() == 0:
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], check=True, stdout=subprocess.DEVNULL)
        wall = time.perf_counter() - start
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = used.ru_utime + used.ru_stime
        print(f"{name:20} {wall:6.1f} s  {seconds:6.1f} CPU s  {used.ru_maxrss / 1024:5.0f} MB")
        sys.stdout.flush()
        os._exit(0)
    os.wait()


def main() -> None:
    """Our command, ours with the randomization test, theirs."""
    reference, *hypotheses = sys.argv[1:]
    ours = [*OURS, "--ref", reference, *hypotheses]
    measure("depeche eval score", [*ours, "--trials", "0"])
    measure("  and 10,000 trials", ours)
    measure("sacrebleu", ["-m", "sacrebleu", reference, "-i", *hypotheses, *THEIRS])


if __name__ == "__main__":
    main()
