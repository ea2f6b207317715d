"""What int8 costs on each kind of processor, and that float32 costs nothing.

    python bench/processors.py [TEST-SET]

CTranslate2 is told to be each kind (CT2_FORCE_CPU_ISA) in a process and with a cache of its own.
Prints BLEU of the built-in model behind the desk, and how many segments differ from float32 on
this machine. A kind that the processor lacks is left out; a run that fails is said, and the exit
code is 1.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

#: What CTranslate2 can be told to be, and what /proc/cpuinfo calls it.
KINDS = {"GENERIC": "", "AVX2": "avx2", "AVX512": "avx512f"}
ARITHMETICS = ("int8", "float32")


def translate(name: str, kind: str | None, folder: Path) -> dict[str, tuple[float, list[str]]]:
    """BLEU and hypotheses of each arithmetic; SystemExit where the run fails."""
    systems = [f"builtin,compute={arithmetic}" for arithmetic in ARITHMETICS]
    output = ["--cache", str(folder / "cache"), "--save", str(folder), "--format", "json"]
    quick = ["-m", "bleu", "--samples", "0", "--trials", "0"]
    done = subprocess.run(
        [sys.executable, "-m", "eval", "run", "--set", name, *systems, *output, *quick],
        env=os.environ | ({"CT2_FORCE_CPU_ISA": kind} if kind else {}),
        stdout=subprocess.PIPE,
        check=False,
    )
    if done.returncode:
        sys.exit(f"{kind or 'this one'}: the run failed with code {done.returncode}")
    found = {row["system"]: row["scores"][0]["score"] for row in json.loads(done.stdout)["systems"]}
    return {
        arithmetic: (found[system], _lines(folder, system))
        for arithmetic, system in zip(ARITHMETICS, systems, strict=True)
    }


def _lines(folder: Path, system: str) -> list[str]:
    return (folder / f"{system.replace(',', '_')}.en").read_text(encoding="utf-8").split("\n")


def main() -> None:
    """A row for each kind of processor and arithmetic."""
    name = (*sys.argv[1:], "news-desk")[0]
    here: list[str] = []
    flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").split()
    known = [kind for kind, flag in KINDS.items() if not flag or flag in flags]
    for kind in (None, *known):
        with tempfile.TemporaryDirectory() as folder:
            found = translate(name, kind, Path(folder))
        here = here or found["float32"][1]
        for arithmetic, (bleu, lines) in found.items():
            differ = sum(a != b for a, b in zip(lines, here, strict=True))
            print(f"{kind or 'this one':8} {arithmetic:8} BLEU {bleu:6.2f}  {differ:5} differ")


if __name__ == "__main__":
    main()
