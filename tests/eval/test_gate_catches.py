"""The gate on the articles: every processor passes it, and what is really worse does not."""

import os
import re
import subprocess
import sys
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

    def planted(self, spoil: Callable[[str], str]) -> set[str]:
        """The bounds that fall when the first segment that can be spoilt is."""
        for at, line in enumerate(self.hypotheses):
            if spoil(line) != line:
                return self.below([*self.hypotheses[:at], spoil(line), *self.hypotheses[at + 1 :]])
        raise AssertionError("nothing to spoil")


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
    best, lines = bleu(gate, gate.hypotheses), list(gate.hypotheses)
    for at in range(len(lines)):
        lines[at] = re.sub(r"\b(the|a) (?=[a-z])", "", lines[at], count=2)
        if bleu(gate, lines) <= best - 1:
            break
    assert best - 1.2 < bleu(gate, lines) <= best - 1
    assert "BLEU" in gate.below(lines)


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("links kept", lambda line: re.sub(r"https?://\S+", "", line)),
        ("links kept", lambda line: re.sub(r"(https?://\S+)(\w)", r"\1", line)),
        ("numbers kept", lambda line: re.sub(r"(\d),(\d)(\d\d)", r"\1\2,\3", line)),
        ("numbers kept", lambda line: re.sub(r"\b(?:19|20)\d\d\b", "2203", line)),
        ("quotations kept", lambda line: re.sub("”", "", line, count=1)),
        ("English unchanged", lambda line: line.replace("Passengers wait", "Passengers waits")),
        ("loops", lambda line: re.sub(r"( \w+ \w+ \w+)", r"\1\1\1\1", line, count=1)),
    ],
)
def test_one_broken_promise_is_caught(name: str, spoil: Callable[[str], str], gate: Gate) -> None:
    assert name in gate.planted(spoil)


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
