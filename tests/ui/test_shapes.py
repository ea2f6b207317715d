"""An article cut anew: sentences joined and parted, blocks turned, and all of it undone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, New, downloaded, needs_chromium, saved, translate, value
from tests.ui.helpers import english
from tests.ui.test_desk import finished, row, start
from tests.ui.test_undo import is_value, second_window, write
from translate.document import Document, Kind
from translate.errors import InputError
from translate.pipeline import analyse
from ui import shapes
from ui.desk import Desk
from ui.records import Job, Row, StaleError

TEXT = """Un titre de Marsanne

Le maire est venu. Il a vu le musée. Il est reparti mardi.

Une autre ligne, enfin.
"""
DOCUMENT = analyse(TEXT)


def texts(document: Document) -> list[str]:
    return [document.of(segment) for segment in document.segments()]


def test_sentences_are_joined_and_parted() -> None:
    whole = shapes.joined(DOCUMENT, 1)
    assert texts(whole)[1:3] == ["Le maire est venu. Il a vu le musée.", "Il est reparti mardi."]
    again = shapes.parted(whole, 1, len("Le maire est venu. "))
    assert again == DOCUMENT
    with pytest.raises(InputError, match="sentence 4 is the last of its block"):
        shapes.joined(DOCUMENT, 3)
    for at in (0, len("Le maire est venu.")):
        with pytest.raises(InputError, match="both parts of a sentence need words"):
            shapes.parted(DOCUMENT, 1, at)
    with pytest.raises(InputError, match="there is no sentence 10; the article has 5"):
        shapes.as_kind(DOCUMENT, 9, Kind.CAPTION)


@given(st.integers(0, 4), st.integers(-5, 60))
def test_what_is_parted_is_joined_again(position: int, at: int) -> None:
    try:
        parts = shapes.parted(DOCUMENT, position, at)
    except InputError:
        return
    assert len(texts(parts)) == 6
    assert shapes.joined(parts, position) == DOCUMENT


def lines(desk: Desk, job: Job) -> list[tuple[str, str, bool]]:
    return [(one.source, one.english, one.confirmed) for one in desk.store.rows(job)]


def now(desk: Desk, job: Job) -> Job:
    found = desk.store.job(job.id, job.owner)
    assert found is not None
    return found


def test_joined_rows_are_one_sentence_for_the_model(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    before = lines(desk, job)
    desk.edit(job, 4, "Another line.")
    desk.cutting.join(job, 1)
    job = now(desk, job)
    assert len(lines(desk, job)) == 4
    assert row(desk, job, 1).source == "Le maire est venu. Il a vu le musée."
    assert row(desk, job, 1).edited is None
    assert row(desk, job, 3).english == "Another line."
    assert "Another line." in desk.translation(job).text
    first = desk.cutting.undo(job)
    assert first == 1
    job = now(desk, job)
    assert lines(desk, job)[:4] == before[:4]
    assert row(desk, job, 4).english == "Another line."


def test_what_was_written_stays_in_the_joined_row_and_after_its_undoing(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    desk.edit(job, 1, "The mayor came.")
    desk.edit(job, 1, "The mayor has come.", who="ana")
    desk.confirm(job, 2, True)
    past = desk.store.history(job, 1)
    second = row(desk, job, 2).english
    desk.cutting.join(job, 1)
    job = now(desk, job)
    joined = row(desk, job, 1)
    assert (joined.edited, joined.confirmed) == (f"The mayor has come. {second}", False)
    desk.cutting.undo(job)
    job = now(desk, job)
    assert row(desk, job, 1).edited == "The mayor has come."
    assert row(desk, job, 2).confirmed
    assert [version.english for _, version in desk.store.history(job, 1)] == [
        version.english for _, version in past
    ]
    desk.cutting.redo(job)
    assert row(desk, now(desk, job), 1).edited == f"The mayor has come. {second}"


def test_a_row_is_parted_with_what_was_written(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    desk.cutting.part(job, 4, "Une autre ligne,")
    job = now(desk, job)
    assert [one.source for one in desk.store.rows(job)[4:]] == ["Une autre ligne,", "enfin."]
    assert row(desk, job, 5).english == english("enfin.")[0]
    desk.cutting.undo(job)
    job = now(desk, job)
    desk.edit(job, 4, "Another line, at last.")
    desk.cutting.part(job, 4, "Une autre ligne,", "Another line,")
    job = now(desk, job)
    assert [one.edited for one in desk.store.rows(job)[4:]] == ["Another line,", "at last."]
    with pytest.raises(InputError, match="the French was changed meanwhile"):
        desk.cutting.part(job, 4, "Une autre chose")


def test_a_block_becomes_another_kind(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT, furniture="keep"))
    desk.edit(job, 4, "Another line.")
    desk.cutting.turn(job, 1, Kind.FURNITURE)
    job = now(desk, job)
    assert job.document.blocks[1].kind is Kind.FURNITURE
    assert row(desk, job, 1).english == "Le maire est venu."  # furniture is kept here
    desk.cutting.turn(job, 1, Kind.HEADING)
    job = now(desk, job)
    assert row(desk, job, 1).english != "Le maire est venu."
    desk.cutting.turn(job, 4, Kind.CAPTION)
    assert row(desk, now(desk, job), 4).edited == "Another line."


def test_only_the_last_cut_is_undone(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    desk.cutting.join(job, 1)
    old = job
    with pytest.raises(StaleError, match="cut anew elsewhere"):
        desk.cutting.join(old, 2)
    with pytest.raises(StaleError, match="cut anew elsewhere"):
        desk.cutting.undo(old)


def test_cuts_are_undone_and_done_again_one_after_the_other(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    states = [desk.store.rows(job)]
    for position in (1, 1):
        desk.cutting.join(now(desk, job), position)
        states.append(desk.store.rows(now(desk, job)))

    def shown(rows: list[Row]) -> list[tuple[str, str]]:
        return [(row.source, row.english) for row in rows]

    def stands(at: int) -> None:
        assert shown(desk.store.rows(now(desk, job))) == shown(states[at])

    for at in (1, 0):
        desk.cutting.undo(now(desk, job))
        stands(at)
    with pytest.raises(StaleError):
        desk.cutting.undo(now(desk, job))
    for at in (1, 2):
        desk.cutting.redo(now(desk, job))
        stands(at)
    desk.cutting.turn(now(desk, job), 0, Kind.HEADING)
    with pytest.raises(StaleError):  # another cut was done instead
        desk.cutting.redo(now(desk, job))
    desk.cutting.undo(now(desk, job))
    stands(2)


def noted(desk: Desk, job: Job, position: int) -> list[str]:
    return [comment.text for comment in desk.store.comments(job, position)]


def test_comments_go_where_their_rows_go(desk: Desk) -> None:
    job = finished(desk, start(desk, TEXT))
    for position, text in ((1, "one"), (2, "two"), (4, "four")):
        desk.store.add_comment(job, position, text, "ana")
    desk.cutting.join(job, 1)
    job = now(desk, job)
    assert (noted(desk, job, 1), noted(desk, job, 3)) == (["one", "two"], ["four"])
    desk.store.add_comment(job, 1, "both", "bob")
    desk.cutting.undo(job)
    job = now(desk, job)
    assert [noted(desk, job, at) for at in range(1, 5)] == [["one", "both"], ["two"], [], ["four"]]
    desk.cutting.turn(job, 1, Kind.VERSE)
    assert desk.store.commented(job.id) == {1: 2, 2: 1, 4: 1}
    (one, _) = desk.store.comments(job, 1)
    desk.store.remove_comment(job, 1, one.id)
    assert noted(desk, job, 1) == ["both"]


FIRST = "[aria-label='English of sentence 2']"


@pytest.fixture
def page(new: New) -> Page:
    made = new()
    translate(made, TEXT)
    return made


@needs_chromium
def test_rows_are_joined_and_parted_by_keys(page: Page) -> None:
    write(page, FIRST, "The mayor came.")
    second = value(page, 3)
    page.keyboard.press("Alt+j")
    is_value(page, FIRST, f"The mayor came. {second}")
    expect(page.locator(".row:not(.header)")).to_have_count(4)
    page.keyboard.press("Control+z")
    is_value(page, FIRST, "The mayor came.")
    expect(page.locator(".row:not(.header)")).to_have_count(5)
    page.keyboard.press("Control+Shift+z")
    is_value(page, FIRST, f"The mayor came. {second}")
    page.keyboard.press("Control+z")
    is_value(page, FIRST, "The mayor came.")
    page.keyboard.press("Control+z")  # and what was written before it
    expect(page.locator(FIRST)).not_to_have_value("The mayor came.", timeout=TIMEOUT)
    page.locator("[aria-label='English of sentence 5']").focus()
    page.keyboard.press("Alt+e")
    for _ in "Une autre ligne, ":
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".row:not(.header)")).to_have_count(6)
    expect(page.locator(".row .french").last).to_have_text("enfin.")
    saved_text = downloaded(page)
    assert "\n\n" in saved_text


@needs_chromium
def test_all_commands_are_undone_and_done_again(page: Page) -> None:
    rows = page.locator(".row:not(.header) textarea")

    def shown() -> list[str]:
        return [row.input_value() for row in rows.all()]

    before = shown()
    write(page, FIRST, "The mayor came.")
    page.keyboard.press("Alt+j")
    expect(rows).to_have_count(4)
    page.keyboard.press("Alt+j")
    expect(rows).to_have_count(3)
    page.keyboard.press("Alt+f")
    page.keyboard.type("mayor")
    page.locator("[aria-label='Replace with']").fill("Mayor")
    page.click("text=Replace all")
    page.keyboard.press("Escape")
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("text=Confirm all")
    expect(page.locator(".row.confirmed")).to_have_count(3)
    page.locator(".shape summary").click()
    page.locator("#kind").select_option("heading")
    expect(page.locator(".block.heading")).to_have_count(1)
    page.keyboard.press("Alt+c")
    saved(page)
    after = shown()
    for _ in range(7):
        page.keyboard.press("Control+z")
    expect(page.locator("[aria-label='Undo']")).to_be_disabled(timeout=TIMEOUT)
    expect(rows).to_have_count(5)
    assert shown() == before
    for _ in range(7):
        page.keyboard.press("Control+Shift+z")
    expect(page.locator("[aria-label='Redo']")).to_be_disabled(timeout=TIMEOUT)
    expect(rows).to_have_count(3)
    assert shown() == after


@needs_chromium
def test_what_is_marked_begins_the_second_sentence(page: Page) -> None:
    page.locator(FIRST).focus()
    page.evaluate(
        """() => {
          const node = document.querySelectorAll(".row:not(.header) .french")[1].firstChild;
          const start = node.data.indexOf("est venu");
          getSelection().setBaseAndExtent(node, start, node, start + 3);
        }"""
    )
    page.keyboard.press("Alt+e")
    expect(page.locator(".row:not(.header)")).to_have_count(6)
    expect(page.locator(".row .french").nth(2)).to_have_text("est venu.")


@needs_chromium
def test_a_block_is_turned_in_the_page(page: Page) -> None:
    page.locator("[aria-label='English of sentence 5']").focus()
    page.locator(".shape summary").click()
    page.locator("#kind").select_option("heading")
    expect(page.locator(".block.heading")).to_have_count(1, timeout=TIMEOUT)
    assert downloaded(page, "Markdown (.md)").count("## ") == 1
    page.keyboard.press("Control+z")
    expect(page.locator(".block.heading")).to_have_count(0, timeout=TIMEOUT)


@needs_chromium
def test_the_other_window_sees_the_article_cut_anew(page: Page) -> None:
    other = second_window(page)
    other.locator(FIRST).focus()
    page.locator(FIRST).focus()
    page.keyboard.press("Alt+j")
    expect(page.locator(".row:not(.header)")).to_have_count(4)
    expect(other.locator(".row:not(.header)")).to_have_count(4, timeout=TIMEOUT)
    write(other, "[aria-label='English of sentence 4']", "Another line.")
    saved(other)
    expect(page.locator("[aria-label='English of sentence 4']")).to_have_value(
        "Another line.", timeout=TIMEOUT
    )


@needs_chromium
def test_what_is_not_saved_elsewhere_goes_along_with_its_sentence(page: Page) -> None:
    other = second_window(page)
    other.route("**/rows/*", lambda route: route.abort())
    other.locator("[aria-label='English of sentence 5']").fill("Another line.")
    expect(other.locator(".saved")).to_have_text("Not saved yet", timeout=TIMEOUT)
    page.locator(FIRST).focus()
    page.keyboard.press("Alt+j")
    expect(other.locator(".row:not(.header)")).to_have_count(4, timeout=TIMEOUT)
    other.unroute("**/rows/*")
    expect(page.locator("[aria-label='English of sentence 4']")).to_have_value(
        "Another line.", timeout=TIMEOUT
    )
    expect(other.locator(".disputed")).to_have_count(0)


@needs_chromium
def test_what_is_not_saved_of_a_row_that_is_gone_is_not_lost(page: Page) -> None:
    other = second_window(page)
    other.route("**/rows/*", lambda route: route.abort())
    other.locator(FIRST).fill("My mayor.")
    expect(other.locator(".saved")).to_have_text("Not saved yet", timeout=TIMEOUT)
    page.locator(FIRST).focus()
    page.keyboard.press("Alt+j")
    expect(other.locator(".row:not(.header)")).to_have_count(4, timeout=TIMEOUT)
    other.unroute("**/rows/*")
    other.locator(".disputed").get_by_role("button", name="Keep mine").click()
    expect(page.locator(FIRST)).to_have_value("My mayor.", timeout=TIMEOUT)


@needs_chromium
def test_a_row_is_commented_in_the_page(page: Page) -> None:
    page.locator(FIRST).focus()
    page.locator(".comments summary").click()
    page.locator("#comment").fill("Is this the mayor of 2020?\nAsk Paul.")
    page.get_by_role("button", name="Add the comment").click()
    marks = page.locator(".row.commented .marks")
    expect(marks).to_contain_text("1 comment", timeout=TIMEOUT)
    other = second_window(page)
    expect(other.locator(".row.commented")).to_have_count(1)
    other.locator(FIRST).focus()
    expect(other.locator(".comments li")).to_contain_text("Ask Paul.", timeout=TIMEOUT)
    other.get_by_label("Which sentences").select_option("commented")
    expect(other.locator(".row:visible:not(.header)")).to_have_count(1)
    assert "Ask Paul" not in downloaded(page)
    other.locator(".comments").get_by_role("button", name="Delete").click()
    expect(other.locator(".row.commented")).to_have_count(0, timeout=TIMEOUT)
    expect(page.locator(".row.commented")).to_have_count(0, timeout=TIMEOUT)
