"""The page for marking errors, with the keyboard alone, in a real browser."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Page, sync_playwright

from eval.annotations import read_marks
from eval.cli.main import cli

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("DEPECHE_BROWSER_TESTS"),
    reason="there is no chromium: apt-get install chromium, then `make test-ui`",
)
HOSTILE = "</script><img src=x onerror=\"document.title='broken'\"> 𝄞 end."


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    (tmp_path / "ref").write_text("The cat sleeps well.\nIt rains.\n")
    (tmp_path / "src").write_text("Le chat dort bien.\nIl pleut.\n")
    (tmp_path / "ours").write_text(f"The chat sleeps good.\n{HOSTILE}\n")
    arguments = ["annotate", "--ref", str(tmp_path / "ref"), "--src", str(tmp_path / "src")]
    output = tmp_path / "page.html"
    arguments += ["--rater", "léa", "-o", str(output), str(tmp_path / "ours")]
    assert CliRunner().invoke(cli, arguments, catch_exceptions=False).exit_code == 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page(accept_downloads=True)
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto(output.as_uri())
        yield page
        assert faults == []
        browser.close()


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_marks_by_keyboard_are_saved_as_wmt_tsv(page: Page, tmp_path: Path) -> None:
    press(page, "ArrowRight", "1", "j")  # chat
    press(page, "ArrowRight", "Shift+ArrowRight", "5", "m")  # sleeps good.
    press(page, "Enter")
    assert page.locator("#target").inner_text() == HOSTILE
    press(page, "ArrowRight", "ArrowRight", "ArrowRight", "c", "Backspace", "Enter")
    with page.expect_download() as waiting:
        page.click("#save")
    waiting.value.save_as(tmp_path / "saved.tsv")
    marks = read_marks(tmp_path / "saved.tsv").marks
    assert [(mark.category, mark.severity, mark.span) for mark in marks] == [
        ("Accuracy/Mistranslation", "Major", (4, 8)),
        ("Fluency/Grammar", "Minor", (9, 21)),
        ("No-error", "No-error", None),
    ]
    assert {(mark.system, mark.rater) for mark in marks} == {("ours", "léa")}
    assert page.title() == "Errors: ref"


def test_scores_by_keyboard_are_saved_as_esa(page: Page, tmp_path: Path) -> None:
    assert page.locator("#save-scores").is_disabled()
    press(page, "ArrowRight", "1", "j", "s", "PageUp", "ArrowLeft", "Enter")  # 60, 59
    assert page.locator("#target").inner_text() == HOSTILE
    assert page.locator("#rated").inner_text() == "none yet"
    press(page, *["ArrowRight"] * 4, "m")  # the last words, behind a letter of two code units
    press(page, "s", "End", "Escape", "p")
    assert page.locator("#rated").inner_text() == "59"
    with page.expect_download() as waiting:
        page.click("#save-scores")
    assert waiting.value.suggested_filename == "scores-léa.tsv"
    waiting.value.save_as(tmp_path / "saved.tsv")
    read = read_marks(tmp_path / "saved.tsv")
    assert list(read.scores.items()) == [
        (("ours", "ref:1", "léa"), 59.0),
        (("ours", "ref:2", "léa"), 100.0),
    ]
    first, second = read.marks
    assert (first.category, first.severity, first.span) == (
        *("Accuracy/Mistranslation", "major"),
        (4, 8),
    )
    assert second.span is not None
    assert HOSTILE[slice(*second.span)] == "end."


def test_the_work_is_kept(page: Page) -> None:
    press(page, "j", "s", "Home", "Enter")
    page.reload()
    assert page.locator("#rated").inner_text() == "0"
    assert "1 of 2, 1 done" in page.locator("#place").inner_text()
    assert page.locator("#target .major").count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_no_sideways_scrolling(width: int, page: Page) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
