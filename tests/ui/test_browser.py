"""The page in a real browser: Debian's chromium, driven by Playwright.

`make test` skips these where there is no chromium; `make test-ui` sets DEPECHE_BROWSER_TESTS and
then nothing is skipped.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.ui.helpers import ARTICLE, CAPTION, LONG_ARTICLE, english

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
AXE = ROOT / ".venv" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
DEMANDED = bool(os.environ.get("DEPECHE_BROWSER_TESTS"))
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
pytestmark = pytest.mark.skipif(
    not CHROMIUM and not DEMANDED,
    reason="there is no chromium: apt-get install chromium, then `make test-ui`",
)
TIMEOUT = 10_000


class Server:
    """The desk in its own process; it can be killed and started again on the same data."""

    def __init__(self, data: Path, *arguments: str) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.data = data
        self.arguments = arguments
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def start(self) -> None:
        command = [sys.executable, "-m", "tests.ui.serve", str(self.port), str(self.data)]
        self.process = subprocess.Popen([*command, *self.arguments], cwd=ROOT)
        end = time.monotonic() + 60
        while not self.answers():
            assert self.process.poll() is None, "the desk ended"
            assert time.monotonic() < end, "the desk did not start"
            time.sleep(0.1)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}health", timeout=1):
                return True
        except OSError:
            return False

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("desk"))
    yield running
    running.kill()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


New = Callable[..., Page]


@pytest.fixture
def new(chromium: Browser, server: Server) -> Iterator[New]:
    """A page of a new browser profile at the desk; it may ask nobody but the desk."""
    contexts: list[BrowserContext] = []
    elsewhere: list[str] = []
    faults: list[str] = []

    def made(*, width: int = 1366, height: int = 768, language: str = "en-GB") -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": height}, locale=language, accept_downloads=True
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(TIMEOUT)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((server.address, "data:", "blob:"))
                else elsewhere.append(request.url)
            ),
        )
        page.goto(server.address)
        page.wait_for_selector("#article")
        return page

    yield made
    for context in contexts:
        context.close()
    assert elsewhere == []
    assert faults == []


def translate(page: Page, text: str = ARTICLE) -> None:
    """Paste an article and wait until it is done."""
    begin(page, text)
    page.wait_for_selector("progress.done", state="attached")


def begin(page: Page, text: str) -> None:
    page.fill("#article", text)
    page.click("button.primary.large")
    page.wait_for_selector(".rows")


def value(page: Page, number: int) -> str:
    return page.get_by_label(f"English of sentence {number}", exact=True).input_value()


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("All edits saved", timeout=TIMEOUT)


def downloaded(page: Page, name: str = "Text (.txt)") -> str:
    page.click("summary:has-text('Download')")
    with page.expect_download() as download:
        page.click(f"text={name}")
    return download.value.path().read_text(encoding="utf-8")


def test_paste_edit_reload_download(new: New) -> None:
    page = new()
    translate(page)
    assert value(page, 1) == english("La ville de Marsanne ouvre son musée")[0]
    assert f"{value(page, 4)} {value(page, 5)}" == CAPTION
    page.fill("[aria-label='English of sentence 1']", "Marsanne opens its museum")
    saved(page)
    page.reload()
    page.wait_for_selector(".rows")
    assert value(page, 1) == "Marsanne opens its museum"
    text = downloaded(page)
    assert text.startswith("Marsanne opens its museum\n\n")
    assert CAPTION in text
    shown = [value(page, number) for number in range(1, page.locator(".row textarea").count() + 1)]
    assert all(one in text for one in shown)


def test_an_edit_outlives_a_killed_server(new: New, server: Server) -> None:
    page = new()
    translate(page)
    page.fill("[aria-label='English of sentence 2']", "saved before the end")
    saved(page)
    server.kill()
    page.fill("[aria-label='English of sentence 3']", "typed while nobody listened")
    expect(page.locator(".saved")).to_have_text("Not saved yet", timeout=TIMEOUT)
    server.start()
    saved(page)
    page.reload()
    page.wait_for_selector(".rows")
    assert value(page, 2) == "saved before the end"
    assert value(page, 3) == "typed while nobody listened"


def test_rows_come_in_while_the_model_works_and_stop_stops(new: New) -> None:
    page = new()
    begin(page, LONG_ARTICLE)
    page.wait_for_function("document.querySelector('.row textarea').value !== ''")
    page.click("text=Stop")
    page.wait_for_selector("text=Continue")
    waiting = page.locator(".row.waiting").count()
    assert waiting > 0
    time.sleep(0.6)
    assert page.locator(".row.waiting").count() == waiting
    page.click("text=Continue")
    page.wait_for_selector("progress.done", state="attached")
    page.wait_for_function("!document.querySelector('.row.waiting')")


def test_two_users_at_once(new: New) -> None:
    one, two = new(), new()
    begin(one, LONG_ARTICLE)
    translate(two, ARTICLE.replace("Marsanne", "Lyon"))
    one.wait_for_selector("progress.done", state="attached")
    assert "Lyon" in value(two, 1)
    assert "Marsanne" in value(one, 1)
    one.click("text=← Articles")
    one.wait_for_selector(".recent li")
    assert one.locator(".recent li").count() == 1
    assert "Marsanne" in one.locator(".recent li").inner_text()


def test_an_article_is_never_read_as_markup(new: New) -> None:
    page = new()
    evil = (
        "Le titre <script>window.hacked = 1</script> du jour\n\n"
        'Le maire <img src=x onerror="window.hacked = 2"> a parlé mardi de la ville.\n\n'
        "Voir [la page du maire](javascript:window.hacked=3) sur le site de la ville.\n"
    )
    translate(page, evil)
    page.click("text=Reading view")
    page.wait_for_selector("article.page")
    assert page.evaluate("window.hacked") is None
    assert page.locator("article.page script, article.page img, article.page a").count() == 0
    assert page.locator(".rows img, .rows script").count() == 0
    assert "<script>" in page.locator("article.page").inner_text()
