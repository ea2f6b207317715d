"""A slow network: no key and no word is lost while the server has not answered yet."""

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, Held, New, needs_chromium, saved, translate, value

pytestmark = needs_chromium

FIRST = "[aria-label='English of sentence 1']"
SECOND = "[aria-label='English of sentence 2']"
THIRD = "[aria-label='English of sentence 3']"
ROWS = "**/desk/jobs/*/rows/*"
UNDISPUTED = "document.querySelectorAll('.disputed').length === 0"


@pytest.fixture
def page(new: New) -> Page:
    made = new()
    translate(made)
    return made


def cut_off(page: Page) -> None:
    """No edit reaches the server any more."""
    page.route(
        ROWS,
        lambda route: route.abort() if route.request.method == "PATCH" else route.fallback(),
    )


def refuse_first(page: Page) -> None:
    """The server takes no edit of the first row."""
    page.route(
        "**/desk/jobs/*/rows/0",
        lambda route: (
            route.fulfill(status=422, json={"error": "no such words"})
            if route.request.method == "PATCH"
            else route.fallback()
        ),
    )


def over(page: Page, field: str, text: str) -> None:
    """Type over a row, without waiting."""
    page.locator(field).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def is_stored(page: Page, field: str, text: str) -> None:
    """The row says so, the server too, and nobody was asked to choose."""
    saved(page)
    expect(page.locator(field)).to_have_value(text)
    expect(page.locator(".disputed")).to_have_count(0)
    page.reload()
    expect(page.locator(field)).to_have_value(text, timeout=TIMEOUT)


def test_typing_in_a_row_while_it_is_confirmed_is_no_conflict(page: Page) -> None:
    held = Held(page, ROWS, "PATCH")
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    held.wait()
    over(page, FIRST, "typed meanwhile")
    held.let_go()
    is_stored(page, FIRST, "typed meanwhile")


def test_two_commands_on_a_row_in_quick_succession_are_both_done(page: Page) -> None:
    held = Held(page, ROWS, "PATCH")
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    held.wait()
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Control+Enter")
    held.let_go()
    expect(page.locator(".row.confirmed")).to_have_count(1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(page.locator(".row.confirmed")).to_have_count(0)
    expect(page.get_by_text("changed elsewhere")).to_have_count(0)


def test_undo_right_after_a_command_undoes_the_command(page: Page) -> None:
    over(page, FIRST, "my words")
    saved(page)
    held = Held(page, ROWS, "PATCH")
    page.keyboard.press("Control+Enter")
    held.wait()
    page.keyboard.press("Control+z")
    held.let_go()
    expect(page.locator("[aria-label='Redo']")).to_be_enabled()
    expect(page.locator(".row.confirmed")).to_have_count(0)
    is_stored(page, FIRST, "my words")


def test_undo_takes_what_was_done_last_though_the_server_is_slow(page: Page) -> None:
    draft = value(page, 2)
    held = Held(page, ROWS, "PATCH")
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    held.wait()
    page.keyboard.press("Alt+c")
    page.keyboard.press("Control+z")
    held.let_go()
    expect(page.locator(SECOND)).to_have_value(draft)
    expect(page.locator(".row.confirmed")).to_have_count(1)


def test_what_is_typed_while_undo_waits_is_not_undone_by_redo(page: Page) -> None:
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    held = Held(page, ROWS, "PATCH")
    page.keyboard.press("Control+z")
    held.wait()
    over(page, SECOND, "typed meanwhile")
    held.let_go()
    expect(page.locator(".row.confirmed")).to_have_count(0)
    expect(page.locator("[aria-label='Redo']")).to_be_disabled()
    is_stored(page, SECOND, "typed meanwhile")


def test_undo_that_cannot_reach_the_server_can_be_tried_again(page: Page) -> None:
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    cut_off(page)
    page.keyboard.press("Control+z")
    expect(page.get_by_text("server does not answer")).to_have_count(1)
    page.unroute(ROWS)
    page.keyboard.press("Control+z")
    expect(page.locator(".row.confirmed")).to_have_count(0)


def test_an_answer_that_got_lost_is_no_conflict(page: Page) -> None:
    held = Held(page, ROWS, "PATCH")
    over(page, FIRST, "sent")
    held.wait()
    held.lose_answer()
    page.keyboard.type(", and typed on")
    held.let_go()
    page.reload()
    expect(page.locator(FIRST)).to_have_value("sent, and typed on", timeout=TIMEOUT)
    is_stored(page, FIRST, "sent, and typed on")


def test_what_is_typed_while_rows_are_joined_stays_with_its_sentence(page: Page) -> None:
    held = Held(page, "**/cut", "POST")
    page.locator(SECOND).click()
    page.keyboard.press("Alt+j")
    held.wait()
    over(page, "[aria-label='English of sentence 6']", "typed meanwhile")
    page.keyboard.press("ArrowLeft")
    held.let_go()
    expect(page.locator(".row:not(.header)")).to_have_count(6)
    page.keyboard.type(", in the middle of i")
    is_stored(page, "[aria-label='English of sentence 5']", "typed meanwhil, in the middle of ie")
    assert page.evaluate(UNDISPUTED)


def test_what_was_typed_while_rows_were_joined_is_undone_where_it_is(page: Page) -> None:
    draft = value(page, 6)
    held = Held(page, "**/cut", "POST")
    page.locator(SECOND).click()
    page.keyboard.press("Alt+j")
    held.wait()
    over(page, "[aria-label='English of sentence 6']", "typed meanwhile")
    held.let_go()
    expect(page.locator(".row:not(.header)")).to_have_count(6)
    page.keyboard.press("Control+z")
    expect(page.locator("[aria-label='English of sentence 5']")).to_have_value(draft)
    page.keyboard.press("Control+z")
    expect(page.locator(".row:not(.header)")).to_have_count(7)


def test_the_reading_view_does_not_come_back_over_the_rows(page: Page) -> None:
    held = Held(page, "**/reading", "GET")
    page.click("text=Reading view")
    held.wait()
    page.click("text=Side by side")
    with page.expect_response("**/reading"):
        held.let_go()
    page.locator(FIRST).click()
    page.keyboard.press("Alt+c")
    saved(page)
    expect(page.locator("article.page")).to_have_count(0)


def test_an_article_that_comes_late_does_not_take_the_page(page: Page) -> None:
    address = page.url
    page.click("text=← Articles")
    page.wait_for_selector("#article")
    held = Held(page, f"**/desk/jobs/{address.rsplit('/', 1)[1]}", "GET")
    page.click(".recent .list a")
    held.wait()
    page.evaluate("location.hash = '#/'")
    page.wait_for_function("location.hash === '#/'")
    with page.expect_response("**/desk/jobs/*"):
        held.let_go()
    page.fill("#article", "Un autre article.")
    expect(page.locator("#article")).to_have_value("Un autre article.")
    assert page.evaluate("location.hash") == "#/"


def test_completions_of_another_text_are_not_offered(page: Page) -> None:
    over(page, SECOND, "My own beginning")
    saved(page)
    held = Held(page, "**/complete", "POST")
    page.keyboard.press("Alt+a")
    held.wait()
    page.keyboard.type(" and more")
    with page.expect_response("**/complete"):
        held.let_go()
    is_stored(page, SECOND, "My own beginning and more")
    expect(page.locator(".completions .alternative")).to_have_count(0)


def test_a_refusal_stays_until_the_next_command(page: Page) -> None:
    cut_off(page)
    page.locator(FIRST).click()
    page.keyboard.press("Control+Enter")
    said = page.get_by_text("server does not answer")
    expect(said).to_have_count(1)
    with page.expect_response("**/rows?after=*"):
        pass  # the page looks for what others wrote
    expect(said).to_have_count(1)


def test_nothing_is_confirmed_joined_or_downloaded_that_is_not_saved(page: Page) -> None:
    refuse_first(page)
    over(page, FIRST, "what the server refuses")
    expect(page.locator(".saved")).to_have_text("Not saved")
    said = page.get_by_text("Not done: what you wrote here is not on the server yet.")
    page.keyboard.press("Control+Enter")
    expect(said).to_have_count(1)
    page.locator(SECOND).click()
    page.keyboard.press("Alt+j")
    expect(said).to_have_count(1)
    page.click("summary:has-text('Download')")
    page.click("text=Text (.txt)")
    expect(said).to_have_count(1)
    expect(page.locator(".row:not(.header)")).to_have_count(7)
    expect(page.locator(".row.confirmed")).to_have_count(0)
    assert value(page, 1) == "what the server refuses"


def test_a_row_that_is_refused_does_not_hold_up_the_others(page: Page) -> None:
    refuse_first(page)
    over(page, FIRST, "what the server refuses")
    expect(page.locator(".saved")).to_have_text("Not saved")
    with page.expect_response("**/desk/jobs/*/rows/1"):
        over(page, SECOND, "what it takes")
    expect(page.locator(".row.edited")).to_have_count(1)
    page.unroute("**/desk/jobs/*/rows/0")
    over(page, THIRD, "and another")
    is_stored(page, FIRST, "what the server refuses")


def test_a_comment_and_a_correction_that_were_begun_are_there_again(page: Page) -> None:
    page.locator(FIRST).click()
    page.locator(".comments summary").click()
    page.locator("#comment").fill("Is it the mayor of")
    page.locator("#french").fill("La ville de Lyon ouvre")
    page.locator(THIRD).click()
    expect(page.locator("#comment")).to_have_value("")
    page.reload()
    page.locator(FIRST).click()
    expect(page.locator("#comment")).to_have_value("Is it the mayor of")
    expect(page.locator("#french")).to_have_value("La ville de Lyon ouvre")
    page.get_by_role("button", name="Add the comment").click()
    expect(page.locator(".comments li")).to_contain_text("Is it the mayor of")
    page.get_by_role("button", name="Translate again").click()
    expect(page.locator(".row .french").first).to_have_text("La ville de Lyon ouvre")
    page.locator(THIRD).click()
    page.locator(FIRST).click()
    expect(page.locator("#comment")).to_have_value("")


def test_a_correction_in_another_place_is_a_step_of_its_own(page: Page) -> None:
    over(page, FIRST, "one two")
    page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    page.keyboard.press("Control+z")
    expect(page.locator(FIRST)).to_have_value("one two")
