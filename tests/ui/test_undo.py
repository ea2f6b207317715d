"""No work is lost: undo, history, two windows, an article taken up again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, New, needs_chromium, saved, translate, value
from tests.ui.helpers import ARTICLE

pytestmark = needs_chromium

FIRST = "[aria-label='English of sentence 1']"
SECOND = "[aria-label='English of sentence 2']"


def write(page: Page, field: str, text: str) -> None:
    """Type over a row as a translator does, and wait until it is saved."""
    page.locator(field).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)
    saved(page)


def is_value(page: Page, field: str, text: str) -> None:
    expect(page.locator(field)).to_have_value(text, timeout=TIMEOUT)


def second_window(page: Page) -> Page:
    """The same article in another window of the browser."""
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector(".rows")
    return other


def look_away(page: Page) -> None:
    """From now on the page does not see what happens elsewhere."""
    page.evaluate("document.querySelector('depeche-desk').article.live.close()")


@pytest.fixture
def page(new: New) -> Page:
    made = new()
    translate(made)
    return made


@pytest.mark.parametrize("key", ["Alt+c", "Alt+z"])
def test_a_command_over_an_edit_is_undone(page: Page, key: str) -> None:
    write(page, FIRST, "Marsanne opens its museum")
    page.keyboard.press(key)
    expect(page.locator(FIRST)).not_to_have_value("Marsanne opens its museum")
    commanded = value(page, 1)
    page.keyboard.press("Control+z")
    is_value(page, FIRST, "Marsanne opens its museum")
    page.keyboard.press("Control+Shift+z")
    is_value(page, FIRST, commanded)
    page.keyboard.press("Control+z")
    saved(page)
    page.reload()
    page.wait_for_selector(".rows")
    assert value(page, 1) == "Marsanne opens its museum"


def test_undo_goes_from_row_to_row_and_to_the_draft(page: Page) -> None:
    drafts = value(page, 1), value(page, 2)
    write(page, FIRST, "one")
    write(page, SECOND, "two")
    page.locator(".row textarea").nth(3).focus()
    page.keyboard.press("Control+z")
    is_value(page, SECOND, drafts[1])
    page.keyboard.press("Control+z")
    is_value(page, FIRST, drafts[0])
    page.keyboard.press("Control+y")
    is_value(page, FIRST, "one")


def test_translating_again_and_confirming_are_undone(page: Page) -> None:
    write(page, FIRST, "my own words")
    page.fill("#french", "La ville de Lyon ouvre son port")
    page.get_by_role("button", name="Translate again").click()
    expect(page.locator(FIRST)).to_have_value(re.compile("Lyon"), timeout=TIMEOUT)
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    page.click("[aria-label='Undo']")
    expect(page.locator(".row.confirmed")).to_have_count(0)
    page.click("[aria-label='Undo']")
    is_value(page, FIRST, "my own words")
    assert "Marsanne" in page.locator(".row .french").first.inner_text()
    page.click("[aria-label='Redo']")
    expect(page.locator(FIRST)).to_have_value(re.compile("Lyon"), timeout=TIMEOUT)


def test_text_of_one_event_is_not_doubled(page: Page) -> None:
    """Dictation and input methods put in a sentence at once."""
    draft = value(page, 1)
    page.locator(FIRST).click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("dictated in one go")
    saved(page)
    page.keyboard.press("Alt+z")
    is_value(page, FIRST, draft)
    page.keyboard.press("Control+z")
    is_value(page, FIRST, "dictated in one go")
    page.keyboard.press("Control+z")
    is_value(page, FIRST, draft)


def test_earlier_versions_are_listed_and_can_be_had_again(page: Page) -> None:
    draft = value(page, 1)
    write(page, FIRST, "a better one")
    page.keyboard.press("Alt+c")
    saved(page)
    page.reload()
    page.wait_for_selector(".rows")
    page.locator(FIRST).click()
    page.click("text=Earlier versions")
    states = page.locator(".history button")
    expect(states).to_have_text(["a better one", draft])
    states.first.click()
    is_value(page, FIRST, "a better one")


def test_an_edit_takes_the_confirmation_away_and_a_confirmed_row_has_no_red_mark(
    page: Page,
) -> None:
    page.locator(FIRST).click()
    page.keyboard.press("Alt+c")  # still French: a finding
    saved(page)
    expect(page.locator(".row").nth(1).locator(".finding")).to_have_count(1)
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    expect(page.locator(".row.confirmed .finding")).to_have_count(0)
    write(page, FIRST, "changed after all")
    expect(page.locator(".row.confirmed")).to_have_count(0)


def test_two_windows_show_each_other_and_neither_overwrites(page: Page) -> None:
    other = second_window(page)
    write(page, FIRST, "from the first window")
    is_value(other, FIRST, "from the first window")

    look_away(other)
    write(page, SECOND, "the first writer's")
    other.locator(SECOND).click()
    other.keyboard.press("Control+a")
    other.keyboard.type("the second writer's")
    expect(other.locator(".saved")).to_have_text("Changed elsewhere", timeout=TIMEOUT)
    expect(other.locator(".disputed .theirs")).to_have_text("the first writer's")
    assert value(page, 2) == "the first writer's"
    other.click("text=Keep mine")
    saved(other)
    is_value(page, SECOND, "the second writer's")


def test_an_own_edit_hides_none_of_the_other_window(page: Page) -> None:
    """What was saved elsewhere before it is still looked for."""
    other = second_window(page)
    page.route("**/rows?after=*", lambda route: route.abort())
    write(other, SECOND, "from the other window")
    write(page, FIRST, "written here a moment later")
    page.unroute("**/rows?after=*")
    is_value(page, SECOND, "from the other window")


def test_theirs_can_be_taken(page: Page) -> None:
    other = second_window(page)
    look_away(other)
    write(page, FIRST, "the first writer's")
    other.locator(FIRST).fill("the second writer's")
    other.click("text=Take that one")
    is_value(other, FIRST, "the first writer's")
    saved(other)


def test_a_confirmation_is_of_what_was_shown(page: Page) -> None:
    other = second_window(page)
    look_away(other)
    write(page, FIRST, "never seen over there")
    other.locator(FIRST).click()
    other.keyboard.press("Control+Enter")
    expect(other.locator(".message", has_text="changed elsewhere")).to_have_count(1)
    is_value(other, FIRST, "never seen over there")
    expect(other.locator(".row.confirmed")).to_have_count(0)


def test_a_deleted_article_keeps_what_is_written_on_the_page(page: Page) -> None:
    article = page.url.rsplit("/", 1)[1]
    look_away(page)
    page.evaluate("id => fetch(`/desk/jobs/${id}`, { method: 'DELETE' })", article)
    page.locator(FIRST).fill("written too late")
    expect(page.locator(".gone")).to_be_visible(timeout=TIMEOUT)
    expect(page.locator(".saved")).to_have_text("Not saved")
    assert value(page, 1) == "written too late"
    kept = page.evaluate("id => localStorage.getItem(`depeche.unsaved.${id}`)", article)
    assert "written too late" in kept


def test_an_article_is_taken_up_again_with_its_edits(page: Page) -> None:
    write(page, FIRST, "Marsanne opens its museum")
    page.click("text=Edit the French or the settings")
    page.wait_for_selector("#article")
    assert page.input_value("#article").strip() == ARTICLE.strip()
    page.fill("#article", page.input_value("#article").replace("mardi", "jeudi", 1))
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached")
    is_value(page, FIRST, "Marsanne opens its museum")


def test_clear_is_undone(new: New) -> None:
    page = new()
    page.fill("#article", "Un texte que je voulais garder.")
    page.click("text=Clear")
    assert page.input_value("#article") == ""
    page.click("text=Undo clear")
    assert page.input_value("#article") == "Un texte que je voulais garder."
