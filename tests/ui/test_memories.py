"""The desk remembers what its translators confirm."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import New, begin, needs_chromium, saved, value
from tests.ui.helpers import Backwards, wait_until
from tests.ui.server import Server
from translate.document import Origin
from translate.errors import InputError
from translate.memory.store import Memory, Unit
from ui.choices import Menu
from ui.desk import Desk
from ui.lane import Lanes, in_thread
from ui.memories import Memories
from ui.records import Job, Status
from ui.store import Store
from ui.worker import Worker

FIRST = """Le port de Marsanne rouvre

Le maire a reçu mardi les pêcheurs du port. Ils demandent une baisse des taxes. \
La ville leur promet une réponse.

Le maire a reçu mardi les pêcheurs du port.
"""
SECOND = """La ville répond aux pêcheurs

Ils demandent une baisse des taxes. La ville leur promet une réponse. \
Le maire a encore reçu jeudi les pêcheurs du port.
"""


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    return tmp_path / "memory.sqlite"


@pytest.fixture
def desk(tmp_path: Path, memory: Path) -> Iterator[Desk]:
    worker = Worker(lambda model, engine: Backwards())
    store, lanes = Store(tmp_path / "desk.sqlite"), Lanes(in_thread)
    made = Desk(store, worker, lanes, max_article=20_000, memories=Memories([memory]))
    yield made
    made.close()


def translated(desk: Desk, text: str) -> Job:
    article = asyncio.run(desk.article(text, markdown=False))
    job = desk.start("me", "a.txt", article, Menu(("builtin",)).usual())
    wait_until(lambda: now(desk, job).status is Status.DONE)
    return now(desk, job)


def now(desk: Desk, job: Job) -> Job:
    found = desk.store.job(job.id, job.owner)
    assert found is not None
    return found


def units(path: Path) -> list[tuple[str, str]]:
    with Memory(path) as memory:
        return [(unit.source, unit.target) for _, unit in memory.units()]


def test_only_what_is_confirmed_goes_in(desk: Desk, memory: Path) -> None:
    job = translated(desk, FIRST)
    desk.edit(job, 2, "They want lower taxes.")
    assert units(memory) == []
    desk.confirm(job, 2, True, who="ana")
    assert units(memory) == [("Ils demandent une baisse des taxes.", "They want lower taxes.")]
    with Memory(memory) as kept:
        ((_, unit),) = kept.units()
    assert unit.before == "Le maire a reçu mardi les pêcheurs du port."
    assert unit.after == "La ville leur promet une réponse."
    assert (unit.article, unit.origin) == ("Le port de Marsanne rouvre", "confirmed")
    assert unit.author == "ana"


@pytest.mark.parametrize("how", ["unconfirm", "edit", "restore", "again"])
def test_what_is_no_longer_confirmed_goes_out(desk: Desk, memory: Path, how: str) -> None:
    job = translated(desk, FIRST)
    desk.edit(job, 2, "They want lower taxes.")
    row = desk.confirm(job, 2, True)
    assert row is not None
    assert units(memory)
    if how == "unconfirm":
        desk.confirm(job, 2, False)
    elif how == "edit":
        desk.edit(job, 2, "They want much lower taxes.")
    elif how == "again":
        desk.again(job, 2, "Ils demandent une forte baisse des taxes.")
    else:
        past = desk.store.history(job, 2)[-1][1]
        desk.restore(job, 2, past.version)
    assert units(memory) == []


def test_what_others_have_imported_is_never_dropped(desk: Desk, memory: Path) -> None:
    with Memory(memory) as kept:
        kept.add([Unit("Ils demandent une baisse des taxes.", "They want lower taxes.")])
    job = translated(desk, FIRST)
    desk.confirm(job, 2, True)
    desk.confirm(job, 2, False)
    assert len(units(memory)) == 1


def test_all_are_confirmed_at_once(desk: Desk, memory: Path) -> None:
    job = translated(desk, FIRST)
    rows = desk.confirm_all(job, range(5), True)
    assert len(rows) == 5
    assert len(units(memory)) == 5  # the repeated one twice: its neighbours differ
    desk.confirm_all(now(desk, job), range(5), False)
    assert units(memory) == []


def test_a_confirmed_sentence_takes_the_place_of_the_model(desk: Desk) -> None:
    first = translated(desk, FIRST)
    desk.edit(first, 2, "They want lower taxes.")
    desk.confirm(first, 2, True)
    rows = desk.store.rows(translated(desk, SECOND))
    assert rows[1].draft is not None
    assert rows[1].draft.origin is Origin.MEMORY
    assert rows[1].english == "They want lower taxes."
    assert [match.score for match in rows[1].draft.matches] == [100]
    assert not rows[1].confirmed


def test_a_sentence_much_like_it_is_offered(desk: Desk) -> None:
    first = translated(desk, FIRST)
    desk.edit(first, 1, "The mayor met the fishermen on Tuesday.")
    desk.confirm(first, 1, True)
    row = desk.store.rows(translated(desk, SECOND))[3]
    assert row.draft is not None
    assert row.draft.origin is Origin.MODEL
    (match,) = row.draft.matches
    assert 75 <= match.score < 100
    assert match.target == "The mayor met the fishermen on Thursday."


def test_a_desk_without_a_memory_remembers_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Memories([tmp_path / "one.sqlite", tmp_path / "gone.sqlite"])
    assert Memories().search("x") == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A desk with a memory, for `new`."""
    running = Server(tmp_path_factory.mktemp("desk"), "memory")
    yield running
    running.kill()


@pytest.fixture
def page(new: New) -> Page:
    return new()


def row(page: Page, number: int) -> str:
    return f"[aria-label='English of sentence {number}']"


def done(page: Page, text: str) -> None:
    begin(page, text)
    page.wait_for_selector("progress.done", state="attached")


@needs_chromium
def test_a_day_of_work(page: Page) -> None:
    """Two articles: of the second one the reviser writes in two rows of four."""
    done(page, FIRST)
    english = [
        "Marsanne’s port opens again",
        "The mayor met the port’s fishermen on Tuesday.",
        "They want lower taxes.",
        "The city promises them an answer.",
    ]
    for number, text in enumerate(english, start=1):
        page.locator(row(page, number)).fill(text)
    saved(page)
    page.locator(row(page, 2)).click()
    page.click("text=Use it in 1 more place")  # the sentence stands twice
    expect(page.locator(row(page, 5))).to_have_value(english[1])
    page.locator(row(page, 1)).click()
    for _ in range(5):
        page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(5)
    expect(page.locator(".row.edited")).to_have_count(5)

    page.click("text=← Articles")
    done(page, SECOND)
    assert value(page, 2) == english[2]
    assert value(page, 3) == english[3]
    expect(page.locator(".mark.good")).to_have_text(["memory 100 %"] * 2)
    page.locator(row(page, 1)).fill("The city answers the fishermen")
    page.locator(row(page, 4)).click()
    offered = page.locator(".matches .alternative")
    expect(offered).to_have_text("The mayor met the port’s fishermen on Thursday.")
    expect(page.locator(".matches")).to_contain_text("Le maire")
    offered.click()
    page.keyboard.press("Control+Home")
    for _ in range(2):
        page.keyboard.press("Control+ArrowRight")
    page.keyboard.type(" again")
    saved(page)
    assert value(page, 4) == "The mayor again met the port’s fishermen on Thursday."
    expect(page.locator(".row.edited")).to_have_count(2)  # of the first article it was all five

    page.locator(row(page, 2)).select_text()
    page.keyboard.press("Alt+k")
    expect(page.locator(".concordance li")).to_have_count(1)
    expect(page.locator(".concordance li")).to_contain_text("Ils demandent une baisse des taxes.")
    page.fill(".concordance input", "pêcheurs")
    page.keyboard.press("Enter")
    expect(page.locator(".concordance li mark").first).to_have_text("pêcheurs")
    page.keyboard.press("Escape")
    expect(page.locator(".concordance")).to_be_hidden()
