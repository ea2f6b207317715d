"""Our numbers are those of the `sacrebleu` command, to the last digit that it prints."""

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval import Evaluation, Settings, evaluate
from eval.metrics import CHUNK
from eval.tables import render_json

ALL_METRICS = ("-m", "bleu", "chrf", "ter", "--chrf-word-order", "2")


def write(path: Path, lines: Sequence[str]) -> str:
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def sacrebleu(*arguments: str) -> str:
    command = [sys.executable, "-m", "sacrebleu", *arguments, *ALL_METRICS]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="module")
def files(
    tmp_path_factory: pytest.TempPathFactory,
    reference: list[str],
    second_reference: list[str],
    systems: dict[str, list[str]],
) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("files")
    texts = {"ref": reference, "ref2": second_reference, **systems}
    return {name: write(folder / name, lines) for name, lines in texts.items()}


@pytest.mark.parametrize("references", [("ref",), ("ref", "ref2")])
def test_one_system_with_intervals(
    references: tuple[str, ...],
    files: dict[str, str],
    reference: list[str],
    second_reference: list[str],
    systems: dict[str, list[str]],
) -> None:
    paths = [files[name] for name in references]
    output = sacrebleu(*paths, "-i", files["good"], "--confidence", "-f", "json", "-w", "2")
    expected = {entry["name"]: entry for entry in json.loads(output)}

    streams = [reference, second_reference][: len(references)]
    result = evaluate({"good": systems["good"]}, streams)
    scores = json.loads(render_json(result))["systems"][0]["scores"]
    ours = {entry["name"]: entry for entry in scores if entry["text"] == "raw"}

    assert ours.keys() == expected.keys()
    for name, entry in expected.items():
        assert {key: ours[name][key] for key in entry} == entry


def paired(result: Evaluation, test: str, width: int) -> list[list[str]]:
    """The figures of sacreBLEU's table, a list a system."""
    rows = []
    for system in result.systems:
        cells = []
        for score in (score for score in system.scores if score.text == "raw"):
            cells.append(f"{score.value:.{width}f}")
            if test == "bs":
                assert score.mean is not None
                cells += [f"{score.mean:.{width}f}", f"{score.margin:.{width}f}"]
            comparison = result.comparison(system.name, score.metric)
            if comparison:
                p = comparison.p_bootstrap if test == "bs" else comparison.p_randomization
                cells.append(f"{p:.4f}")
        rows.append(cells)
    return rows


@pytest.mark.parametrize("test", ["bs", "ar"])
def test_paired_tests(
    test: str, files: dict[str, str], reference: list[str], systems: dict[str, list[str]]
) -> None:
    width = 3
    paths = [files[name] for name in systems]
    options = ("--no-color", f"--paired-{test}", "-f", "latex", "-w", str(width))
    output = sacrebleu(files["ref"], "-i", *paths, *options)
    table = [line for line in output.splitlines() if line.rstrip().endswith(r"\\")][1:]
    expected = [re.findall(r"(?<![\w.])\d+\.\d+", line.partition("&")[2]) for line in table]

    result = evaluate(systems, [reference], settings=Settings(metrics=("bleu", "chrf", "ter")))
    assert len(expected) == len(systems)
    assert paired(result, test, width) == expected


def test_two_processes_find_the_same(reference: list[str], systems: dict[str, list[str]]) -> None:
    times = CHUNK // len(reference) + 1  # more than one chunk
    more = {name: system * times for name, system in systems.items()}
    alone, together = (
        evaluate(more, [reference * times], settings=Settings(metrics=("bleu",), jobs=jobs))
        for jobs in (1, 2)
    )
    assert alone == together
