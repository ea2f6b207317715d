"""The keys work wherever the focus is; find and replace, confirm all, small screens."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, New, needs_chromium, saved, translate, value
from tests.ui.helpers import LONG_ARTICLE

pytestmark = needs_chromium

ACTIVE = "document.activeElement.getAttribute('aria-label')"


@pytest.fixture
def page(new: New) -> Page:
    made = new()
    translate(made)
    return made


def at(page: Page, number: int) -> None:
    page.wait_for_function(f"{ACTIVE} === 'English of sentence {number}'")


def test_keys_work_from_the_body(page: Page) -> None:
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Alt+ArrowDown")
    at(page, 1)
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Alt+ArrowDown")
    at(page, 2)


def test_keys_work_after_an_alternative_and_after_the_last_of_a_filter(page: Page) -> None:
    page.locator(".row textarea").nth(0).click()
    page.locator(".alternative").first.click()
    at(page, 1)
    saved(page)
    page.keyboard.press("Alt+ArrowDown")
    at(page, 2)
    page.select_option("select[aria-label='Which sentences']", "edited")
    page.locator(".row textarea").nth(0).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    page.select_option("select[aria-label='Which sentences']", "all")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("Alt+ArrowDown")
    at(page, 2)


def test_a_number_takes_an_alternative_and_its_differences_are_marked(page: Page) -> None:
    page.locator(".row textarea").nth(1).click()
    other = page.locator(".alternative").first
    expect(other.locator("mark")).to_have_count(1)
    wanted = other.inner_text()
    page.keyboard.press("Alt+1")
    expect(page.locator(".row textarea").nth(1)).to_have_value(wanted)
    at(page, 2)
    page.keyboard.press("Alt+i")
    assert page.evaluate("document.activeElement.closest('.inspector') !== null")
    page.keyboard.press("Alt+ArrowDown")
    at(page, 3)


def test_find_replace_and_go_to(page: Page) -> None:
    page.fill("[aria-label='English of sentence 1']", "The town opens a town museum")
    page.fill("[aria-label='English of sentence 2']", "In town, the Mayor")
    saved(page)
    page.keyboard.press("Alt+f")
    page.keyboard.type("town")
    expect(page.locator(".find [role=status]")).to_have_text("in 2 sentences")
    page.keyboard.press("Enter")
    at(page, 1)
    assert page.evaluate("getSelection().toString() || document.activeElement.selectionEnd") in (
        "town",
        8,
    )
    page.fill("[aria-label='Replace with']", "city")
    page.click("text=Replace all")
    assert value(page, 1) == "The city opens a city museum"
    assert value(page, 2) == "In city, the Mayor"
    saved(page)
    page.locator(".row textarea").nth(3).click()
    page.keyboard.press("Control+z")
    expect(page.locator(".row textarea").nth(1)).to_have_value("In town, the Mayor")
    assert value(page, 1) == "The town opens a town museum"
    page.fill("[aria-label='No.']", "4")
    page.keyboard.press("Enter")
    at(page, 4)


def test_find_in_the_french_takes_the_words_as_they_are(page: Page) -> None:
    page.keyboard.press("Alt+f")
    page.select_option("[aria-label='Find in']", "french")
    page.fill("[aria-label='Find']", "12 millions")
    expect(page.locator(".find [role=status]")).to_have_text("in 1 sentences")
    page.fill("[aria-label='Find']", "(.*")
    expect(page.locator(".find [role=status]")).to_have_text("in 0 sentences")


def test_confirm_all_is_one_step(page: Page) -> None:
    rows = page.locator(".row textarea").count()
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=Confirm all")
    expect(page.locator(".row.confirmed")).to_have_count(rows)
    expect(page.locator(".left")).to_have_text("0 words left")
    page.click("[aria-label='Undo']")
    expect(page.locator(".row.confirmed")).to_have_count(0)


def test_an_article_is_renamed_and_found(page: Page) -> None:
    page.click("text=← Articles")
    page.wait_for_selector(".recent li")
    page.once("dialog", lambda dialog: dialog.accept("Musée, version longue"))
    page.get_by_role("button", name="Rename").first.click()
    expect(page.locator(".recent li a").first).to_have_text("Musée, version longue")


@pytest.mark.parametrize(("width", "height"), [(844, 390), (683, 384)])
def test_the_active_row_is_seen_on_a_small_screen(new: New, width: int, height: int) -> None:
    """A phone on its side; a laptop at 200 %."""
    page = new(width=width, height=height)
    translate(page, LONG_ARTICLE)
    for _ in range(9):
        page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(".inspector h3")
    page.wait_for_timeout(500)  # the alternatives come
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_timeout(500)
    row = page.locator(".row.active textarea").bounding_box()
    panel = page.locator(".inspector").bounding_box()
    assert row is not None
    assert panel is not None
    assert row["y"] >= 0
    assert (
        row["y"] + row["height"] <= max(panel["y"], 0) or panel["y"] + panel["height"] <= row["y"]
    )
    page.evaluate("scrollTo(0, 0)")
    page.click("summary[aria-label='Keyboard shortcuts']")
    box = page.locator(".menu.keys dl").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width


def test_an_article_by_keyboard_alone(new: New) -> None:
    """From the paste to the last confirmation without a mouse."""
    page = new()
    page.locator("#article").focus()
    page.keyboard.insert_text("Le titre du jour\n\nLe maire a parlé mardi. Il part à Lyon.\n")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("progress.done", state="attached", timeout=TIMEOUT)
    page.keyboard.press("Alt+ArrowDown")
    at(page, 1)
    page.keyboard.press("Control+a")
    page.keyboard.type("Title of the day")
    page.keyboard.press("Control+Enter")
    at(page, 2)
    page.keyboard.press("Alt+c")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+Enter")
    at(page, 3)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(3, timeout=TIMEOUT)
    assert value(page, 1) == "Title of the day"
    expect(page.locator(".left")).to_have_text("0 words left")


def test_the_sentence_goes_on_from_the_caret_and_tab_takes_it(page: Page) -> None:
    english = page.locator("[aria-label='English of sentence 2']")
    english.fill("My own beginning")
    english.press("End")
    page.keyboard.press("Alt+a")
    offered = page.locator(".completions .alternative")
    expect(offered.first).to_contain_text("My own beginning")
    wanted = offered.first.inner_text()
    page.keyboard.press("Tab")
    expect(english).to_have_value(wanted)
    expect(page.locator(".completions .alternative")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(english).to_have_value("My own beginning")
    page.keyboard.press("Alt+a")
    expect(offered.first).to_be_visible()
    page.keyboard.press("End")
    page.keyboard.type(" and more")
    expect(offered).to_have_count(0)  # they went on from another text
    page.keyboard.press("Tab")
    assert page.evaluate(ACTIVE) != "English of sentence 2"  # as ever


def test_what_is_printed_is_the_article(page: Page) -> None:
    page.locator("[aria-label='English of sentence 2']").click()
    page.emulate_media(media="print")
    for seen in (".row .french", ".row textarea", "h2[lang=fr]"):
        expect(page.locator(seen).first).to_be_visible()
    for hidden in ("depeche-masthead", ".tools", ".bar", ".inspector", ".row .marks"):
        expect(page.locator(hidden).first).to_be_hidden()
    page.emulate_media(media="screen")
    page.click("text=Reading view")
    page.wait_for_selector("article.page")
    page.emulate_media(media="print")
    expect(page.locator("article.page")).to_be_visible()
    expect(page.locator(".reading aside")).to_be_hidden()
    expect(page.get_by_role("button")).to_have_count(0)
