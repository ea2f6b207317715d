"""The report is one file without a network, in which texts stay texts."""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import Evaluation, Settings, evaluate
from eval.plots import COLOURS, interval_plot, plots, write_plots
from eval.report import render_html
from eval.tables import render_markdown
from translate.errors import OutputError

HOSTILE = "$x_1$ 日 </script><img src=x onerror=alert(1)> & \x01 \"'"


@pytest.fixture(scope="module")
def result(reference: list[str], systems: dict[str, list[str]]) -> Evaluation:
    half = len(reference) // 2
    return evaluate(
        {**systems, HOSTILE: [*systems["good"][:-1], HOSTILE]},
        [reference],
        sources=[HOSTILE, *reference[1:]],
        articles=["one"] * half + [HOSTILE] * (len(reference) - half),
        kinds=["title", *["paragraph"] * (len(reference) - 1)],
        settings=Settings(metrics=("bleu", "chrf"), samples=100, trials=100, parts_of_speech=True),
    )


def page_data(page: str) -> dict[str, Any]:
    found = re.search(r'<script type="application/json" id="page">(.*?)</script>', page, re.S)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_hostile_texts_do_not_become_markup(result: Evaluation) -> None:
    page = render_html(result)
    assert "<img" not in page
    assert page.count("</script>") == 2
    assert page_data(page)["sources"][0] == HOSTILE


def test_nothing_is_loaded(result: Evaluation) -> None:
    page = render_html(result)
    assert not re.findall(r'(?:src|href|@import|url\()\s*=?\s*["\'(]?(?:https?:)?//', page)
    assert re.findall(r'href="(?!#)', page.replace('xlink:href="#', "")) == []


def test_report_holds_what_the_tables_hold(result: Evaluation) -> None:
    page = render_html(result)
    for _, score in result.lines():
        assert f"<td>{score.value:.2f}</td>" in page
        assert score.signature in page
    assert result.data.hash in page
    assert "quotations kept" in page
    assert page.count("<svg") == len(plots(result)) == 4
    data = page_data(page)
    assert len(data["hypotheses"]) == len(result.systems)
    for system, lines in zip(result.systems, data["hypotheses"], strict=True):
        assert len(lines) == result.data.segments
        plain = [
            " ".join(words for change, words in runs if change != "missing").split()
            for runs in lines
        ]
        assert plain == [h.replace("\x01", " ").split() for h in system.hypotheses]


def test_words_and_phrases_are_shown(result: Evaluation) -> None:
    page = render_html(result)
    for axis in ("frequency", "class", "part of speech"):
        assert f"words of the reference found, by {axis}" in page
    assert "Phrases of the reference that good has, poor lacks" in page


def test_markdown_has_parts_and_phrases(result: Evaluation) -> None:
    written = render_markdown(result)
    assert "| length | segments | good |" in written
    assert "| phrase of the reference | good | poor |" in written


def test_ten_systems_have_ten_colours(result: Evaluation) -> None:
    assert len(set(COLOURS)) >= 10


def test_wins_and_losses(result: Evaluation) -> None:
    page = render_html(result)
    good, poor = result.systems[0].segment_scores, result.systems[2].segment_scores
    wins = sum(a - b >= 1 for a, b in zip(good, poor, strict=True))
    losses = sum(b - a >= 1 for a, b in zip(good, poor, strict=True))
    row = f"<td>{wins}</td><td>{len(good) - wins - losses}</td><td>{losses}</td>"
    assert f"<td>good</td><td>poor</td>{row}" in page


def test_one_system_without_intervals(reference: list[str]) -> None:
    settings = Settings(metrics=("bleu",), samples=0, trials=0)
    page = render_html(evaluate({"s": reference}, [reference], settings=settings))
    assert "A against B" not in page.replace("A loses most against B", "")
    assert "What BLEU does not see" in page


def test_plots_are_the_same_each_time(result: Evaluation) -> None:
    assert interval_plot(result) == interval_plot(result)
    assert b"currentColor" in interval_plot(result)


def test_png_plots(result: Evaluation, tmp_path: Path) -> None:
    written = write_plots(result, tmp_path / "plots")
    assert [path.name for path in written] == [
        "intervals.png",
        "length.png",
        "kind.png",
        "article.png",
    ]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in written)


def test_plots_need_a_folder(result: Evaluation, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(OutputError, match="cannot be written"):
        write_plots(replace(result, groups=()), tmp_path / "file")
