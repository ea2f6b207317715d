"""The terms of the desk are changed in the page; the file stays one that people can edit."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import New, audit, begin, needs_axe, needs_chromium
from tests.ui.helpers import ARTICLE
from tests.ui.server import Server
from translate.errors import UsageError
from translate.terms.termbase import Term
from ui.terms import Terms

LINES = "# people\nPoutine\tPutin\n\n# police\ngarde à vue\tpolice custody | custody\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "terms.tsv"
    file.write_text(LINES, encoding="utf-8")
    return file


def test_comments_and_other_lines_stay(path: Path) -> None:
    terms = Terms(path)
    terms.put("le maire", "the mayor")
    terms.put("garde à vue", "custody", old="garde à vue")
    terms.put("M. Poutine", "Mr Putin", old="Poutine")
    assert path.read_text(encoding="utf-8") == (
        "# people\nM. Poutine\tMr Putin\n\n# police\ngarde à vue\tcustody\nle maire\tthe mayor\n"
    )
    terms.remove("garde à vue")
    assert "garde" not in path.read_text(encoding="utf-8")
    assert [term.french for term in terms.listed()] == ["M. Poutine", "le maire"]


def test_what_the_owner_wrote_meanwhile_stays(path: Path) -> None:
    terms = Terms(path)
    path.write_text(f"{LINES}préfet\tprefect\n", encoding="utf-8")
    terms.put("maire", "mayor")
    assert [term.french for term in terms.listed()] == [
        *("Poutine", "garde à vue", "préfet", "maire"),
    ]


def test_a_file_adds_what_is_not_there(path: Path) -> None:
    terms = Terms(path)
    assert terms.add([Term("Poutine", "Poutine"), Term("préfet", "prefect")]) == 1
    assert terms.listed()[0].english == "Putin"


def test_a_desk_without_a_file_makes_one(tmp_path: Path) -> None:
    terms = Terms(tmp_path / "own.tsv")
    assert terms.listed() == []
    terms.put("le Mali", "Mali")
    assert (tmp_path / "own.tsv").read_text(encoding="utf-8") == "le Mali\tMali\n"
    assert len(list(terms.base.find("du Mali"))) == 1  # without its article too


@pytest.mark.parametrize(
    ("french", "english", "message"),
    [
        ("Poutine", "Vladimir", "is there already"),
        ("«»", "x", "does not begin with a letter"),
        (" ", "x", "is not French<TAB>English"),
        ("mot", "a |", "is not French<TAB>English"),
        ("mot", "x" * 201, "200 are the most"),
    ],
)
def test_what_cannot_be_a_term_is_refused(
    path: Path, french: str, english: str, message: str
) -> None:
    with pytest.raises(UsageError, match=message):
        Terms(path).put(french, english)
    assert path.read_text(encoding="utf-8") == LINES


@pytest.fixture
def page(new: New, server: Server) -> Page:
    (server.data / "terms.tsv").unlink(missing_ok=True)
    made = new()
    begin(made, ARTICLE)
    made.wait_for_selector("progress.done", state="attached")
    return made


def select_french(page: Page, number: int, words: str) -> None:
    """Mark words of a row's French."""
    page.evaluate(
        """([number, words]) => {
          const node = document.querySelectorAll(".row:not(.header) .french")[number].firstChild;
          const start = node.data.indexOf(words);
          getSelection().setBaseAndExtent(node, start, node, start + words.length);
        }""",
        [number - 1, words],
    )


@needs_chromium
def test_what_is_marked_on_both_sides_becomes_a_term(page: Page, server: Server) -> None:
    english = page.locator("[aria-label='English of sentence 2']")
    english.fill("The mayor, Paul Verdier, opened the town museum on Tuesday.")
    english.evaluate(
        "field => field.setSelectionRange(field.value.indexOf('town'), field.value.indexOf(' on '))"
    )
    select_french(page, 2, "musée de la ville")
    page.keyboard.press("Alt+t")
    expect(page.locator("#term-french")).to_have_value("musée de la ville")
    expect(page.locator("#term-english")).to_have_value("town museum")
    page.locator("dialog.terms").get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".terms .lines li")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator("dialog.terms")).to_be_hidden()
    expect(page.locator(".french .term")).to_have_text("musée de la ville")
    assert page.locator(".french .term").get_attribute("title") == "town museum"
    text = (server.data / "terms.tsv").read_text(encoding="utf-8")
    assert text == "musée de la ville\ttown museum\n"
    english.fill("The mayor opened something on Tuesday.")
    expect(page.locator(".inspector .findings")).to_contain_text("town museum")


@needs_chromium
def test_terms_are_changed_removed_and_exchanged(page: Page, tmp_path: Path) -> None:
    page.get_by_role("button", name="Terms", exact=True).click()
    (tmp_path / "desk.csv").write_text("French,English\nmaire,mayor\nmusée,museum\n")
    page.set_input_files("#terms-file", tmp_path / "desk.csv")
    expect(page.locator(".terms .message")).to_have_text("New: 2 of 2.")
    page.click("[aria-label='Edit: maire']")
    page.fill("#term-english", "lord mayor | mayor")
    page.get_by_role("button", name="Change").click()
    page.click("[aria-label='Remove: musée']")
    expect(page.locator(".terms .lines li")).to_have_count(1)
    expect(page.locator(".terms .lines li")).to_contain_text("lord mayor | mayor")
    page.fill("#term-french", "maire")
    page.fill("#term-english", "x")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.locator(".terms .message")).to_contain_text("is there already")
    with page.expect_download() as waiting:
        page.click(".terms a:has-text('TBX')")
    assert "<term>lord mayor</term>" in waiting.value.path().read_text(encoding="utf-8")


@needs_chromium
def test_a_dialog_just_closed_swallows_no_key(page: Page) -> None:
    page.keyboard.press("Alt+t")
    page.evaluate(
        """() => {
          const field = document.querySelector("#term-french");
          field.closest("dialog").close();
          const key = { key: "k", code: "KeyK", altKey: true, bubbles: true };
          field.dispatchEvent(new KeyboardEvent("keydown", key)); // the focus has not moved yet
        }"""
    )
    expect(page.locator(".concordance input")).to_be_focused()


@needs_chromium
@needs_axe
def test_axe_finds_nothing(page: Page) -> None:
    page.keyboard.press("Alt+t")
    page.fill("#term-french", "maire")
    page.fill("#term-english", "mayor")
    page.keyboard.press("Enter")
    expect(page.locator(".terms .lines li")).to_have_count(1)
    audit(page, "terms")
    page.keyboard.press("Escape")
    expect(page.locator("dialog.terms")).to_be_hidden()
    page.keyboard.press("Alt+k")
    page.fill(".concordance input", "maire")
    page.keyboard.press("Enter")
    expect(page.locator(".concordance li")).to_contain_text("mayor")
    audit(page, "concordance")
