"""Scores by model and date."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from eval import Settings, evaluate
from eval.history import append, chosen, history_rows, read, records_of
from eval.plots import history_plot, plots
from eval.tables import render_text
from eval.values import Cost, Evaluation
from translate.errors import InputError, OutputError

WHEN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def result() -> Evaluation:
    quick = Settings(metrics=("bleu", "ter"), samples=0, trials=0)
    found = evaluate({"a": ["The cat sleeps here."]}, [["The cat sleeps there."]], settings=quick)
    return replace(found, costs={"a": Cost("0123456789ab", 9.3, 1234.5, 140.0)})


def test_records_survive_their_file(result: Evaluation, tmp_path: Path) -> None:
    path = tmp_path / "data" / "h.jsonl"
    append(records_of(result, now=WHEN), path)
    append(records_of(result, now=WHEN.replace(day=2)), path)
    found = read(path)
    assert found == [*records_of(result, now=WHEN), *records_of(result, now=WHEN.replace(day=2))]
    assert (found[0].words_per_second, found[0].model_mb) == (1234.5, 9.3)


def test_changes_are_those_of_the_same_data_and_signature(result: Evaluation) -> None:
    (record,) = records_of(result, now=WHEN)
    better = replace(record, scores={"BLEU": record.scores["BLEU"] + 1})
    other = replace(better, data="0" * 12)
    rows = history_rows([record, better, other], "BLEU")
    assert [row[6] for row in rows] == ["change", "", "+1.00", ""]
    assert chosen([record, other], test_set="nowhere") == []
    assert b"<svg" in history_plot([record, better, other], "BLEU")


@pytest.mark.parametrize("later", [timedelta(), timedelta(seconds=4), timedelta(days=40)])
def test_a_plot_says_the_date(later: timedelta, result: Evaluation) -> None:
    """Two runs in one minute had only seconds below them, 00:33.000000."""
    records = [*records_of(result, now=WHEN), *records_of(result, now=WHEN + later)]
    drawn = history_plot(records, "BLEU").decode()
    assert "2026" in "".join(re.findall(r"<text[^>]*>([^<]*)</text>", drawn))
    assert ".000000" not in drawn


def test_costs_are_shown_beside_quality(result: Evaluation) -> None:
    assert "1,234" in render_text(result)
    assert "speed" in plots(result)
    assert plots(result)["speed"]("png").startswith(b"\x89PNG")
    kept = replace(result, costs={"a": Cost("0123456789ab", 9.3)})
    assert "kept" in render_text(kept)
    assert "speed" not in plots(kept)


@pytest.mark.parametrize("line", ["", "no JSON", "{}", "[1]", '{"date": 3}'])
def test_a_broken_line_is_said(line: str, tmp_path: Path) -> None:
    (tmp_path / "h.jsonl").write_text(f"{line}\n")
    with pytest.raises(InputError, match="line 1 is no record"):
        read(tmp_path / "h.jsonl")


def test_files_that_cannot_be_had_are_said(result: Evaluation, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist yet"):
        read(tmp_path / "h.jsonl")
    (tmp_path / "file").touch()
    with pytest.raises(OutputError, match="cannot be written"):
        append(records_of(result), tmp_path / "file" / "h.jsonl")
