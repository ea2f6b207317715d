"""The report in a real browser: hostile texts stay texts, search and order work, a phone fits.

`make test` skips these where there is no chromium; `make test-ui` sets DEPECHE_BROWSER_TESTS and
then nothing is skipped.
"""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from eval import Settings, evaluate
from eval.report import render_html

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or ""
pytestmark = pytest.mark.skipif(
    not CHROMIUM and not os.environ.get("DEPECHE_BROWSER_TESTS"),
    reason="there is no chromium: apt-get install chromium, then `make test-ui`",
)
HOSTILE = "</script><img src=x onerror=\"document.title='broken'\"><b>bold</b> &amp; “quoted”"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    reference = [f"It rained {n} times in the town of Brest." for n in range(30)]
    ours = [line.replace("rained", "snowed") if n % 3 else line for n, line in enumerate(reference)]
    theirs = [line.replace("the town of", "that city,") for line in reference]
    ours[4] = HOSTILE
    result = evaluate(
        {"ours": ours, "theirs <i>": theirs},
        [reference],
        sources=[f"Il a plu {n} fois dans la ville de Brest." for n in range(30)],
        kinds=["paragraph"] * 30,
        settings=Settings(metrics=("bleu",), samples=100, trials=100),
    )
    path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_text(render_html(result))
    return path


@pytest.fixture(scope="module")
def page(report: Path) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("request", lambda request: faults.append(request.url))
        page.goto(report.as_uri())
        assert faults == [report.as_uri()]
        yield page
        browser.close()


def shown(page: Page) -> list[str]:
    """The segments in the list, by their first line."""
    return page.locator(".segment > .who").all_inner_texts()


def choose(page: Page, *, search: str = "", order: str = "worst", first: str = "ours") -> None:
    page.fill("#search", search)
    page.select_option("#order", order)
    page.select_option("#first", label=first)


def test_hostile_texts_are_shown_as_they_are(page: Page) -> None:
    choose(page, search="onerror")
    assert shown(page) == ["segment 5 · paragraph"]
    assert HOSTILE in page.locator("#list").inner_text().replace("\n", " ")
    assert page.locator("#list img, #list b").count() == 0
    assert page.title() == "Evaluation: data"


def test_search_finds_french_and_english(page: Page) -> None:
    choose(page, search="plu 12 fois")
    assert shown(page) == ["segment 13 · paragraph"]
    choose(page, search="RAINED 7 TIMES")
    assert shown(page) == ["segment 8 · paragraph"]
    choose(page, search="no such words")
    assert shown(page) == []
    assert "0 of 0" in page.locator("#count").inner_text()


def test_order_and_more(page: Page) -> None:
    choose(page)
    assert shown(page)[0] == "segment 5 · paragraph"
    assert len(shown(page)) == 20
    page.click("#more")
    assert len(shown(page)) == 30
    assert page.locator("#more").is_hidden()
    choose(page, order="document")
    assert shown(page)[:2] == ["segment 1 · paragraph", "segment 2 · paragraph"]
    choose(page, order="losses")
    assert shown(page)[0] == "segment 5 · paragraph"


def test_differences_are_marked(page: Page) -> None:
    choose(page, search="plu 7 fois")
    assert page.locator("#list mark").all_inner_texts() == ["snowed", "that city,"]


@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_sideways_scrolling(width: int, scheme: str, page: Page) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
