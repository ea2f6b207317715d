"""A page in a real browser for the tests: Debian's chromium, driven by Playwright.

The fixtures `server`, `chromium` and `new` are handed to every test by conftest.py. `make test`
skips tests with `pytestmark = needs_chromium` where there is no chromium; `make test-ui` sets
DEPECHE_BROWSER_TESTS and then nothing is skipped.
"""

import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    Route,
    expect,
    sync_playwright,
)

from tests.ui.helpers import ARTICLE
from tests.ui.server import Server

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
needs_chromium = pytest.mark.skipif(
    not CHROMIUM and not DEMANDED,
    reason="there is no chromium: apt-get install chromium, then `make test-ui`",
)
needs_axe = pytest.mark.skipif(
    not AXE.is_file() and not DEMANDED, reason="axe-core is not installed: make test-ui"
)
TIMEOUT = 30_000  # a busy machine


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
            viewport={"width": width, "height": height},
            locale=language,
            accept_downloads=True,
            reduced_motion="reduce",  # no colour is judged half way to another
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


def finding_of(page: Page, label: str) -> Locator:
    """The mark of a row whose English has this label."""
    return page.locator(".row", has=page.get_by_label(label, exact=True)).locator(".finding")


def saved(page: Page) -> None:
    expect(page.locator(".saved")).to_have_text("All edits saved", timeout=TIMEOUT)


def downloaded(page: Page, name: str = "Text (.txt)") -> str:
    page.click("summary:has-text('Download')")
    with page.expect_download() as download:
        page.click(f"text={name}")
    return download.value.path().read_text(encoding="utf-8")


def audit(page: Page, where: str) -> None:
    """Run axe-core; nothing may be found."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")["violations"]
    faults = [
        (one["id"], one["impact"], [node["html"][:200] for node in one["nodes"]][:3])
        for one in found
    ]
    assert not faults, where


class Held:
    """Requests that are on their way until they are let go: a slow network, under control."""

    def __init__(self, page: Page, pattern: str, method: str) -> None:
        self.page = page
        self.method = method
        self.routes: list[Route] = []
        self.open = False
        page.route(pattern, self._take)

    def _take(self, route: Route) -> None:
        if self.open or route.request.method != self.method:
            route.fallback()
        else:
            self.routes.append(route)

    def wait(self, count: int = 1) -> None:
        """Until so many are held."""
        end = time.monotonic() + TIMEOUT / 1000
        while len(self.routes) < count:
            assert time.monotonic() < end, f"{len(self.routes)} of {count} requests came"
            self.page.wait_for_timeout(10)

    def let_go(self) -> None:
        """Let these and all others pass."""
        self.open = True
        for route in self.routes:
            route.continue_()

    def lose_answer(self) -> None:
        """Let the server do what the first one asks for, and cut the line before it answers."""
        self.routes.pop(0).fetch()
