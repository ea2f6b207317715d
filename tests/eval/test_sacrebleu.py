"""Our numbers are those of the `sacrebleu` command, to the last digit that it prints."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import psutil
import pytest

from eval import Evaluation, Settings, evaluate, sacrebleu_members
from eval.metrics import CHUNK, METRICS, Metric, Options, Scorer, statistics
from eval.resample import bootstrap_totals
from eval.tables import render_json
from translate.engines.models import find_model
from translate.errors import UsageError

OPTIONS = {
    "intl": (Options(tokenize="intl"), ("--tokenize", "intl")),
    "char": (Options(tokenize="char"), ("--tokenize", "char")),
    "none": (Options(tokenize="none"), ("--tokenize", "none")),
    "zh": (Options(tokenize="zh"), ("--tokenize", "zh")),
    "lowercase": (Options(lowercase=True), ("--lowercase", "--chrf-lowercase")),
    "both": (
        Options(tokenize="intl", lowercase=True),
        ("--tokenize", "intl", "--lowercase", "--chrf-lowercase"),
    ),
}
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


@pytest.mark.parametrize("name", OPTIONS)
def test_every_option(
    name: str, files: dict[str, str], reference: list[str], systems: dict[str, list[str]]
) -> None:
    options, arguments = OPTIONS[name]
    output = sacrebleu(
        files["ref"], "-i", files["fair"], "-f", "json", "-w", "2", "--confidence", *arguments
    )
    expected = {entry["name"]: entry for entry in json.loads(output)}
    result = evaluate({"fair": systems["fair"]}, [reference], settings=Settings(options=options))
    scores = json.loads(render_json(result))["systems"][0]["scores"]
    ours = {entry["name"]: entry for entry in scores if entry["text"] == "raw"}
    for metric, entry in expected.items():
        assert {key: ours[metric][key] for key in entry} == entry


def test_chrf_without_words(
    files: dict[str, str], reference: list[str], systems: dict[str, list[str]]
) -> None:
    command = [sys.executable, "-m", "sacrebleu", files["ref"], "-i", files["fair"], "-m", "chrf"]
    done = subprocess.run([*command, "-w", "2"], check=True, capture_output=True, text=True)
    settings = Settings(metrics=("chrf2", "chrf"), samples=0, trials=0)
    result = evaluate({"fair": systems["fair"]}, [reference], settings=settings)
    expected = json.loads(done.stdout)
    score = result.systems[0].score("chrF2")
    assert (round(score.value, 2), score.signature) == (expected["score"], expected["signature"])


def test_a_sentencepiece_tokenizer(tmp_path: Path, files: dict[str, str]) -> None:
    """FLORES' tokenizer, its file stood in for by the built-in model's."""
    (tmp_path / "models").mkdir()
    model = find_model("builtin").folder / "target.spm"
    shutil.copy(model, tmp_path / "models" / "flores200sacrebleuspm")
    environment = os.environ | {"SACREBLEU": str(tmp_path)}
    arguments = ["--tokenize", "flores200", "-m", "bleu"]
    commands = (
        ["eval", "score", "--ref", files["ref"], files["fair"], "--format", "json"],
        ["sacrebleu", files["ref"], "-i", files["fair"], "-f", "json", "-w", "2", "--confidence"],
    )
    ours, theirs = (
        subprocess.run(
            [sys.executable, "-m", *command, *arguments],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        for command in commands
    )
    expected = json.loads(theirs)
    found = json.loads(ours)["systems"][0]["scores"][0]
    assert {key: found[key] for key in expected} == expected
    assert "tok:flores200" in found["signature"]


def test_segments_are_those_of_sentence_level(
    files: dict[str, str], reference: list[str], systems: dict[str, list[str]]
) -> None:
    result = evaluate(
        {"poor": systems["poor"]}, [reference], settings=Settings(samples=0, trials=0)
    )
    for label, arguments in (
        ("BLEU", ("-m", "bleu")),
        ("chrF2++", ("-m", "chrf", "--chrf-word-order", "2")),
        ("TER", ("-m", "ter")),
    ):
        command = [sys.executable, "-m", "sacrebleu", files["ref"], "-i", files["poor"], "-sl"]
        done = subprocess.run(
            [*command, *arguments, "-w", "4", "-b"], check=True, capture_output=True, text=True
        )
        expected = [float(line) for line in done.stdout.split()]
        assert [round(x, 4) for x in result.systems[0].by_segment[label]] == expected


@pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)
@pytest.mark.parametrize("member", sacrebleu_members.MEMBERS)
def test_this_sacrebleu_has_the_member(metric: Metric, member: str) -> None:
    import sacrebleu.metrics

    scorer = getattr(sacrebleu.metrics, metric.class_name)()
    assert hasattr(scorer, member), (
        f"sacreBLEU {sacrebleu.__version__} has no {metric.class_name}.{member}: "
        "mend eval/sacrebleu_members.py, or the bound in pyproject.toml"
    )


def test_another_sacrebleu_is_said() -> None:
    class Other:
        _ref_cache = _cache_references = _compute_score_from_stats = None

    with pytest.raises(
        UsageError, match=r"has no Other\._extract_corpus_statistics: .*>=2\.5,<2\.7"
    ):
        sacrebleu_members.require_members(Other())


def test_the_bound_is_that_of_the_package() -> None:
    assert f'"{sacrebleu_members.BOUND}"' in Path("pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["bleu", "chrf", "ter"])
def test_many_scores_at_once_are_those_of_each(
    name: str, reference: list[str], systems: dict[str, list[str]]
) -> None:
    metric = METRICS[name]
    rows = statistics(metric, [systems["poor"]], [reference])[0]
    sums = bootstrap_totals(rows, samples=60).astype(np.float32)
    scorer = Scorer(metric, 1)
    expected = [scorer.value(row) for row in sums]
    assert scorer.values(sums) == pytest.approx(expected, rel=1e-13)
    assert scorer.values(rows.astype(np.float32)) == pytest.approx(
        [scorer.value(row) for row in rows.astype(np.float32)], rel=1e-13
    )


WORKERS = """
import time
from eval.metrics import worker_pool
if __name__ == "__main__":
    with worker_pool(2) as pool:
        list(pool.map(abs, range(2)))
        print("ready", flush=True)
        time.sleep(600)
"""


@pytest.mark.parametrize("way", [signal.SIGTERM, signal.SIGKILL])
def test_workers_end_with_what_started_them(way: signal.Signals, tmp_path: Path) -> None:
    (tmp_path / "script.py").write_text(WORKERS)
    command = [sys.executable, str(tmp_path / "script.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(way)
    assert len(children) >= 2
    _, alive = psutil.wait_procs(children, timeout=60)
    assert not alive


def test_ctrl_c_is_said_by_one_process(tmp_path: Path) -> None:
    """A terminal sends it to all of them; each worker wrote a traceback."""
    (tmp_path / "script.py").write_text(WORKERS)
    with subprocess.Popen(
        [sys.executable, str(tmp_path / "script.py")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert said.count("Traceback") == 1, said
