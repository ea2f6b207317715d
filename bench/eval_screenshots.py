"""Pictures of the evaluation: `python bench/eval_screenshots.py docs/screenshots`.

The desk's tab that marks errors, and the report of `depeche eval run --html` of the built-in model
with and without the desk around it.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright
from ui_load import CHROMIUM_FLAGS, desk
from ui_screenshots import EXAMPLE, choose, keep

WORDS = 16  # of a draft in which marks can be seen
PATIENCE = 120_000  # milliseconds: the machine may be busy


def opened(browser: Any, address: str, width: int = 1280, height: int = 800) -> Any:
    """A page in a window of its own."""
    context = browser.new_context(viewport={"width": width, "height": height})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(address)
    return page


def marks(browser: Any, folder: Path) -> None:
    """A draft with two spans that were marked, one that is chosen, and a score."""
    with desk(7897) as running:
        page = opened(browser, running.address)
        choose(page, EXAMPLE)
        page.get_by_role("tab").nth(2).click()
        page.select_option("#mark-article", index=1)
        page.get_by_label("Who marks").fill("anne")
        page.click("depeche-annotate button.primary")
        page.wait_for_selector("#target span")
        while page.locator("#target span").count() < WORDS:
            page.keyboard.press("Enter")
        keys = [*["ArrowRight"] * 3, "Shift+ArrowRight", "1", "j"]
        keys += [*["ArrowRight"] * 4, "5", "m", *["ArrowRight"] * 2]
        for key in (*keys, "s", *["PageUp"] * 3, "Escape"):
            page.keyboard.press(key)
        keep(page, folder / "marks.png")


def report(browser: Any, folder: Path) -> None:
    """The report on a desktop, and its segments on a phone."""
    with tempfile.TemporaryDirectory() as temporary:
        path = Path(temporary) / "report.html"
        command = ["-m", "eval", "run", "builtin", "builtin,raw=yes", "--no-history"]
        subprocess.run([sys.executable, *command, "--html", str(path)], check=True)
        keep(opened(browser, path.as_uri(), height=1440), folder / "report.png")
        page = opened(browser, path.as_uri(), 390, 844)
        page.evaluate("document.querySelector('#segments').scrollIntoView()")
        keep(page, folder / "report-phone.png")


def main(folder: Path) -> None:
    """All pictures."""
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)
        marks(browser, folder)
        report(browser, folder)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
