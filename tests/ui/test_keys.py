"""The keys work wherever the focus is; find and replace, confirm all, small screens."""

import re

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
    page.locator(".row textarea").first.focus()
    page.keyboard.press("Alt+f")
    page.keyboard.type("town")
    expect(page.locator(".find [role=status]")).to_have_text("in 2 sentences")
    expect(page.locator(".hits mark")).to_have_text(["town", "town", "town"])
    for row, start in ((1, 4), (1, 17), (2, 3), (1, 4)):  # the focus stays: Enter goes on
        page.keyboard.press("Enter")
        expect(page.locator(".row.active textarea")).to_have_attribute(
            "aria-label", f"English of sentence {row}"
        )
        assert (
            page.evaluate("document.querySelector('.row.active textarea').selectionStart") == start
        )
    assert value(page, 1) == "The town opens a town museum"
    page.keyboard.press("Escape")
    at(page, 1)
    assert page.evaluate("document.activeElement.selectionEnd") == 8
    expect(page.locator(".hits")).to_have_count(0)
    page.keyboard.press("Alt+f")
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
    expect(page.locator(".find [role=status]")).to_have_text("in 1 sentence")
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


@pytest.mark.parametrize(("width", "height"), [(390, 844), (844, 390)])
def test_what_is_looked_for_and_the_bar_are_both_seen(new: New, width: int, height: int) -> None:
    page = new(width=width, height=height)
    translate(page, LONG_ARTICLE)
    last = page.locator(".row textarea").last
    last.fill("The heron flew away")
    saved(page)
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("Alt+f")
    page.keyboard.type("heron")
    page.keyboard.press("Enter")
    expect(last).to_be_in_viewport()
    bar, row = page.locator(".find").bounding_box(), last.bounding_box()
    assert bar
    assert row
    assert 0 <= bar["y"] < bar["y"] + bar["height"] <= row["y"]
    expect(page.locator(".find input").first).to_be_focused()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(("width", "height"), [(844, 390), (683, 384)])
def test_the_active_row_is_seen_on_a_small_screen(new: New, width: int, height: int) -> None:
    """A phone on its side; a laptop at 200 %."""
    page = new(width=width, height=height)
    translate(page, LONG_ARTICLE)
    for number in range(1, 11):
        page.keyboard.press("Alt+ArrowDown")
        at(page, number)
    expect(page.locator(".inspector h3")).to_have_text("Sentence 10")
    page.wait_for_selector(".others .alternative")
    page.wait_for_function(
        """() => {
          const row = document.querySelector(".row.active textarea").getBoundingClientRect();
          const panel = document.querySelector(".inspector").getBoundingClientRect();
          return row.top >= 0 && (row.bottom <= Math.max(panel.top, 0) || panel.bottom <= row.top);
        }"""
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


def test_letters_are_keys_wherever_the_keyboard_has_them(page: Page) -> None:
    """AZERTY has A at the place of Q and Z at that of W."""
    draft = value(page, 1)
    page.locator(".row textarea").first.fill("my own words")
    press = """([key, code, how]) => document.activeElement.dispatchEvent(
        new KeyboardEvent("keydown", { key, code, bubbles: true, cancelable: true, ...how }))"""
    page.evaluate(press, ["z", "KeyW", {"altKey": True}])
    expect(page.locator(".row textarea").first).to_have_value(draft)
    page.evaluate(press, ["z", "KeyW", {"ctrlKey": True}])
    expect(page.locator(".row textarea").first).to_have_value("my own words")
    page.evaluate(press, ["\u0101", "KeyC", {"altKey": True}])  # a Mac
    expect(page.locator(".row textarea").first).to_have_value(re.compile("musée"))
    page.evaluate(press, ["&", "Digit1", {"altKey": True}])
    expect(page.locator(".row textarea").first).to_have_value(re.compile("also|eésum"))


@pytest.mark.parametrize("key", ["Alt+k", "Alt+t", "Alt+f"])
def test_what_is_typed_right_after_a_panel_is_closed_is_in_the_sentence(
    page: Page, key: str
) -> None:
    page.locator(".row textarea").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.press(key)
    page.wait_for_function("document.activeElement.matches('input')")
    page.keyboard.press("Escape")
    page.keyboard.type(" and on")
    expect(page.locator(".row textarea").nth(1)).to_have_value(re.compile(" and on$"))


def test_the_list_of_filters_is_not_made_anew_while_it_is_open(page: Page) -> None:
    filters = page.locator("select[aria-label='Which sentences']")
    edited = filters.locator("option[value=edited]").element_handle()
    page.locator(".row textarea").first.fill("my own words")
    saved(page)
    expect(filters).to_contain_text("Edited (1)")
    assert edited.evaluate("option => option.isConnected")


def test_one_sentence_is_one_sentence(new: New) -> None:
    page = new()
    translate(page, "Bonjour.")
    expect(page.locator(".said")).to_have_text(re.compile("^1 sentence in"))
    expect(page.locator(".left")).to_have_text("1 word left")


def test_on_a_phone_the_english_of_a_long_sentence_is_seen(new: New) -> None:
    page = new(width=360, height=740)
    long = "Le maire a dit aux habitants de la ville que " + "le musée est ouvert, " * 14
    translate(page, f"Le titre du jour\n\nUne phrase.\n\n{long}et voilà.\n\nUne autre.\n")
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    page.wait_for_selector(".inspector h3")
    page.keyboard.press("Alt+ArrowDown")
    at(page, 3)
    page.wait_for_function(
        """() => {
          const field = document.activeElement.getBoundingClientRect();
          const panel = document.querySelector(".inspector").getBoundingClientRect();
          return field.top >= 0 && field.top < panel.top - 100;
        }"""
    )


def test_a_table_is_read_as_a_table(new: New) -> None:
    page = new()
    table = "| Ville | Voix |\n|---|---|\n| Lyon | 32,5 % |\n| Nantes | 28 % |\n"
    translate(page, f"Le vote\n\n{table}\nLe maire a parlé mardi.\n")
    page.click("text=Reading view")
    expect(page.locator("article.page tr")).to_have_count(3)
    expect(page.locator("article.page tr").nth(1).locator("td")).to_have_text(["Lyon", "32.5%"])
    expect(page.locator("article.page > p").last).to_contain_text("idram")


def test_on_a_phone_a_touched_row_is_not_covered(new: New) -> None:
    page = new(width=390, height=844)
    translate(page, LONG_ARTICLE)
    page.locator(".row textarea").nth(2).click()
    at(page, 3)
    page.wait_for_function(
        """() => {
          const field = document.activeElement.getBoundingClientRect();
          const panel = document.querySelector(".inspector").getBoundingClientRect();
          return panel.height > 100 && field.top >= 0 && field.bottom <= panel.top;
        }"""
    )
