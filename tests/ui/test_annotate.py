"""The tab that marks errors: files of several systems, the drafts of an article."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from eval.annotations import read_marks
from tests.ui.browser import New, audit, begin, needs_axe, needs_chromium, saved
from tests.ui.helpers import ARTICLE
from tests.ui.test_evaluation import packed
from translate.errors import InputError
from ui.annotation import items_of_files

FIRST = "Translations (English), one file a system"


def open_tab(page: Page) -> None:
    page.get_by_role("tab").nth(2).click()
    page.wait_for_selector("#mark-rater")


def choose(page: Page, folder: Path) -> None:
    (folder / "wmt.ours.en").write_text("The chat sleeps good.\n<b>It</b> rains.\n")
    (folder / "wmt.theirs.en").write_text("The cat sleeps.\nIt is raining.\n")
    (folder / "src.fr").write_text("Le chat dort bien.\nIl pleut.\n")
    page.get_by_label(FIRST).set_input_files([folder / "wmt.ours.en", folder / "wmt.theirs.en"])
    page.get_by_label("Source (French), if at hand").set_input_files(folder / "src.fr")
    page.get_by_label("Who marks").fill("léa")


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def table(page: Page, path: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("text=Save the TSV")
    waiting.value.save_as(path)
    return path


@needs_chromium
def test_systems_are_marked_by_keyboard(new: New, tmp_path: Path) -> None:
    page = new()
    open_tab(page)
    choose(page, tmp_path)
    page.click("depeche-annotate button.primary")
    expect(page.locator("#place")).to_have_text("1 of 4, 0 done")
    assert "ours" not in page.locator("depeche-annotate").inner_text()  # nobody knows whose it is
    while page.locator("#target").inner_text() != "The chat sleeps good.":
        press(page, "Enter")
    press(page, "ArrowRight", "1", "j")
    while not page.locator("#place").inner_text().endswith("4 done"):
        press(page, "Enter")
    marks = read_marks(table(page, tmp_path / "marks.tsv")).marks
    assert [(m.system, m.category, m.span) for m in marks if m.is_error] == [
        ("ours", "Accuracy/Mistranslation", (4, 8))
    ]
    assert {(m.system, m.rater) for m in marks} == {("ours", "léa"), ("theirs", "léa")}
    assert len(marks) == 4


@needs_chromium
def test_the_drafts_of_an_article_are_marked(new: New, tmp_path: Path) -> None:
    page = new()
    begin(page, ARTICLE)
    page.wait_for_selector("progress.done", state="attached")
    page.locator("[aria-label='English of sentence 2']").fill("What a reviser made of it.")
    saved(page)
    open_tab(page)
    page.select_option("#mark-article", index=1)
    page.get_by_label("Who marks").fill("jo")
    page.click("depeche-annotate button.primary")
    page.wait_for_selector("#target span")
    press(page, "Enter")
    expect(page.locator("#source")).to_contain_text("Paul Verdier")
    assert page.locator("#target").inner_text() != "What a reviser made of it."
    assert page.locator("#reference").text_content() == "What a reviser made of it."
    press(page, "m")
    found = read_marks(table(page, tmp_path / "marks.tsv")).marks
    assert [m.severity for m in found] == ["No-error", "Minor"]
    page.click("text=Other segments")
    page.wait_for_selector("#mark-rater")


@needs_chromium
def test_what_does_not_fit_is_said(new: New, tmp_path: Path) -> None:
    page = new(language="fr-FR")
    open_tab(page)
    page.click("depeche-annotate button.primary")
    expect(page.locator(".annotate .message")).to_contain_text("il faut une traduction")


@needs_chromium
def test_categories_and_scores_in_french(new: New, tmp_path: Path) -> None:
    page = new(language="fr-FR")
    open_tab(page)
    (tmp_path / "ours.en").write_text("The chat sleeps good.\n")
    page.locator("#mark-hypothesis").set_input_files(tmp_path / "ours.en")
    page.click("depeche-annotate button.primary")
    page.wait_for_selector("#target span")
    press(page, "ArrowRight", "1", "j", "s", "PageDown")
    expect(page.locator("#marks")).to_have_text("chat: Exactitude : faux sens, majeure")
    expect(page.locator("#rated")).to_have_text("40")
    with page.expect_download() as waiting:
        page.click("text=Enregistrer les notes (ESA)")
    waiting.value.save_as(tmp_path / "scores.tsv")
    found = read_marks(tmp_path / "scores.tsv")
    assert list(found.scores.values()) == [40.0]
    assert [mark.category for mark in found.marks] == ["Accuracy/Mistranslation"]


@needs_chromium
@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(new: New, tmp_path: Path, theme: str) -> None:
    page = new(width=390, height=800)
    if theme == "dark":
        page.click("text=Dark")
    open_tab(page)
    audit(page, "form")
    choose(page, tmp_path)
    page.click("depeche-annotate button.primary")
    page.wait_for_selector("#target span")
    press(page, "j", "ArrowRight", "c", "ArrowRight", "m", "s", "PageUp", "Escape")
    audit(page, "marks")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


Files = dict[str, tuple[str, bytes]]


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "a translation is needed"),
        ({"hypothesis0": ("a", b"x\n"), "source": ("s", b"x\ny\n")}, "differ in their segments"),
        ({"hypothesis0": ("a", b"x\n"), "hypothesis1": ("a", b"y\n")}, "the same name"),
        ({"hypothesis0": ("a.sgm", b"<x")}, "a.sgm"),
    ],
)
def test_bad_files_are_said(files: Files, message: str) -> None:
    with pytest.raises(InputError, match=message):
        items_of_files(packed(**files), 0)


def test_the_systems_stand_side_by_side_in_any_order() -> None:
    texts = {"one.en": b"a 1\nb 1\nc 1\n", "two.en": b"a 2\nb 2\nc 2\n"}
    files = {f"hypothesis{at}": file for at, file in enumerate(texts.items())}
    items = items_of_files(packed(**files), 2)
    assert len(items) == 4
    assert {item["system"] for item in items} == {"one", "two"}
    assert [item["seg_id"] for item in items[::2]] == [item["seg_id"] for item in items[1::2]]
