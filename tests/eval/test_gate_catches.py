"""The gate on the articles: every processor passes it, and what is really worse does not."""

import os
import re
import subprocess
import sys
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from eval import Settings, evaluate
from eval.gate import Floors, judge, read_floors
from eval.run import run
from eval.systems import parse_system
from eval.testsets import TestSet, load

#: What CTranslate2 can be told to be, and what /proc/cpuinfo calls it.
PROCESSORS = {"GENERIC": "", "AVX2": "avx2", "AVX512": "avx512f"}
FRENCH = (
    "Le maire de Lyon a présenté hier un plan de 3,2 milliards d’euros pour les transports.",
    "« Nous n’avons pas le choix », a-t-il dit, « il faut agir avant l’été. »",
    "Les syndicats ont appelé à une nouvelle journée de grève contre la réforme des retraites.",
    "Selon les premiers résultats, le parti au pouvoir perd la majorité absolue à l’Assemblée.",
)


@dataclass(frozen=True)
class Gate:
    """The pinned floors, their data, and what the system that they name writes."""

    floors: Floors
    test_set: TestSet
    hypotheses: tuple[str, ...]

    def below(self, hypotheses: Sequence[str]) -> set[str]:
        result = evaluate(
            {"it": hypotheses},
            self.test_set.references,
            sources=self.test_set.sources,
            articles=self.test_set.articles,
            settings=Settings(samples=0, trials=0),
        )
        return {verdict.name for verdict in judge(self.floors, result) if not verdict.holds}

    def planted(self, spoil: Callable[[str], str], times: int = 1) -> set[str]:
        """The bounds that fall when the first segments that can be spoilt are."""
        lines = list(self.hypotheses)
        places = [at for at, line in enumerate(lines) if spoil(line) != line][:times]
        assert len(places) == times, "nothing to spoil"
        for at in places:
            lines[at] = spoil(lines[at])
        return self.below(lines)


@pytest.fixture(scope="module")
def gate(tmp_path_factory: pytest.TempPathFactory) -> Gate:
    floors = read_floors()
    test_set = load(floors.test_set)
    result = run(
        test_set,
        [parse_system(floors.system)],
        cache=tmp_path_factory.mktemp("gate") / "cache",
        settings=Settings(metrics=("bleu",), samples=0, trials=0),
    )
    return Gate(floors, test_set, result.systems[0].hypotheses)


def bleu(gate: Gate, hypotheses: Sequence[str]) -> float:
    quick = Settings(metrics=("bleu",), samples=0, trials=0)
    result = evaluate({"it": hypotheses}, gate.test_set.references, settings=quick)
    return result.systems[0].score("BLEU").value


def test_what_is_there_passes(gate: Gate) -> None:
    assert gate.below(gate.hypotheses) == set()


def test_one_bleu_is_caught(gate: Gate) -> None:
    """A model that drops an article here and there, until it has lost one BLEU."""
    best = bleu(gate, gate.hypotheses)
    poor = [re.sub(r"\b(the|a) (?=[a-z])", "", line, count=2) for line in gate.hypotheses]

    def spoilt(count: int) -> list[str]:
        return [*poor[:count], *gate.hypotheses[count:]]

    counts = range(len(poor))
    count = bisect_left(counts, 1, key=lambda count: best - bleu(gate, spoilt(count)))
    assert 1 <= best - bleu(gate, spoilt(count)) < 1.2
    assert "BLEU" in gate.below(spoilt(count))


@dataclass(frozen=True)
class Planted:
    """A fault in some segments, and the floor that it breaks."""

    floor: str
    segments: int
    pattern: str
    written: str

    def spoil(self, line: str) -> str:
        return re.sub(self.pattern, self.written, line, count=1)


SWAPPED = (r"(\w+) (\w+)", r"\2 \1")
PLANTED = (
    Planted("BLEU", 60, *SWAPPED),
    Planted("BLEU (article)", 60, *SWAPPED),
    Planted("BLEU (quotes)", 60, *SWAPPED),
    Planted("TER", 60, *SWAPPED),
    Planted("chrF2++", 60, r"([a-z])[aeiou](?=[a-z]+\b)", r"\1"),
    Planted("links kept", 1, r"https?://\S+", ""),
    Planted("links kept", 1, r"(https?://\S+)\w", r"\1"),
    Planted("numbers kept", 1, r"(\d),(\d)(\d\d)", r"\1\2,\3"),
    Planted("numbers kept", 1, r"\b(?:19|20)\d\d\b", "2203"),
    Planted("quotations kept", 1, "”", ""),
    Planted("English unchanged", 1, "Passengers wait", "Passengers waits"),
    Planted("loops", 1, r"( \w+ \w+ \w+)", r"\1\1\1\1"),
    Planted("names consistent", 4, "Maréchaux", "Marshalls"),
    Planted("non-words", 8, r"\b([a-z]{4,})s\b", r"\1sk"),
    Planted("French words left", 8, r"\b(?:too|in|very|so)\b", "trop"),
    Planted("length ratio", 120, r" \w+ \w+(?= )", ""),
)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.floor)
def test_a_planted_fault_is_caught(planted: Planted, gate: Gate) -> None:
    assert planted.floor in gate.planted(planted.spoil, planted.segments)


def test_a_fault_is_planted_for_every_floor() -> None:
    assert {planted.floor for planted in PLANTED} == set(read_floors().bounds)


def test_every_processor_writes_the_same_in_float32(tmp_path: Path) -> None:
    """The gate's arithmetic; int8 would differ (`bench/processors.py` runs whole sets)."""
    flags = Path("/proc/cpuinfo").read_text() if Path("/proc/cpuinfo").exists() else ""
    article = tmp_path / "article.txt"
    article.write_text("\n\n".join(FRENCH), encoding="utf-8")
    command = [sys.executable, "-m", "translate", "translate", "--compute", "float32", str(article)]
    written = {
        subprocess.run(
            command,
            env=os.environ | {"CT2_FORCE_CPU_ISA": isa},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for isa, flag in PROCESSORS.items()
        if flag in flags
    }
    assert len(written) == 1
    assert "3.2 billion" in written.pop()
