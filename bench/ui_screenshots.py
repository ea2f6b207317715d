"""Take the screenshots of docs/web-desk.md: `python bench/ui_screenshots.py docs/screenshots`.

The desk runs with the built-in model in a temporary folder; the pictures are those of chromium.
"""

import io
import shutil
import sys
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright
from ui_load import CHROMIUM_FLAGS, desk, long_article

EXAMPLE = "Ferries Marseille-Tunis"
COLOURS = 256  # the pages are paper and ink: a palette shows them as they are


def keep(page: Any, path: Path, *, whole: bool = False) -> None:
    """A screenshot as a small PNG."""
    page.wait_for_timeout(400)
    picture = Image.open(io.BytesIO(page.screenshot(full_page=whole)))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path} {path.stat().st_size // 1024} kB")


def choose(page: Any, title: str) -> None:
    """Put an example into the page and translate it."""
    page.click(f"text={title}")
    page.wait_for_function("document.querySelector('#article').value.length > 100")
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached", timeout=60_000)


def keep_sentence(page: Any, path: Path) -> None:
    """What can be done with a sentence: a comment, joining and parting, the kind of its block."""
    page.locator(".row textarea").nth(14).click()
    page.locator(".comments summary").click()
    page.fill("#comment", "Ask the company for the new fares.")
    page.locator(".comments > button").click()
    page.wait_for_selector(".comments li")
    page.locator(".shape summary").click()
    page.locator(".inspector").evaluate("element => { element.scrollTop = element.scrollHeight; }")
    keep(page, path)


def main(folder: Path) -> None:
    """Every state of the page, in the order of the work."""
    chromium = shutil.which("chromium")
    with desk(7898) as running, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_FLAGS)

        def new(width: int = 1280, height: int = 800, **more: Any) -> Any:
            context = browser.new_context(viewport={"width": width, "height": height}, **more)
            page = context.new_page()
            page.goto(running.address)
            page.wait_for_selector("#article")
            return page

        page = new()
        keep(page, folder / "empty.png")
        page.fill("#article", long_article(3000))
        page.click("button.primary.large")
        page.wait_for_selector(".row:not(.waiting, .header)")
        keep(page, folder / "working.png")
        page.click("text=Stop")
        page.click("text=← Articles")
        page.wait_for_selector("#article")
        choose(page, EXAMPLE)
        hours = page.locator(".row", has_text="2 180 passagers").locator("textarea")
        hours.fill("The first ship left the quay at 7:15 a.m. with 2,810 passengers and 640 cars.")
        page.wait_for_selector(".saved:has-text('All edits saved')")
        hours.scroll_into_view_if_needed()
        page.locator(".row.look .finding").last.hover()
        keep(page, folder / "findings.png")
        keep_sentence(page, folder / "sentence.png")
        page.keyboard.press("Alt+t")
        page.fill("#term-french", "Carthage-Étoile")
        page.fill("#term-english", "Carthage-Étoile")
        page.locator("dialog.terms form button").click()
        page.wait_for_selector(".terms .lines li span")
        keep(page, folder / "terms.png")
        page.keyboard.press("Escape")
        page.click("text=Reading view")
        page.wait_for_selector("article.page")
        page.evaluate("scrollTo(0, 0)")
        keep(page, folder / "reading.png")
        page.get_by_role("tab").nth(1).click()
        page.click("text=Translate and score")
        page.wait_for_selector("#evaluation-plot g#figure_1", state="attached", timeout=60_000)
        keep(page, folder / "evaluate.png", whole=True)

        page = new(locale="fr-FR", color_scheme="dark")
        choose(page, "Sommet de Lisbonne")
        page.locator(".row textarea").nth(2).click()
        keep(page, folder / "dark.png")
        page.click("text=Réglages")
        keep(page, folder / "settings.png")
        page.click("text=Modèles de ce bureau")
        page.wait_for_selector("dialog.models li")
        keep(page, folder / "models.png")

        page = new(390, 844)
        choose(page, "Sommet de Lisbonne")
        page.locator(".row textarea").nth(2).click()
        keep(page, folder / "phone.png")
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
