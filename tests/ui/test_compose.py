"""How an article comes in: files dropped anywhere, several at once, old encodings, rich pastes."""

import base64
from collections.abc import Mapping

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, New, needs_chromium
from tests.ui.helpers import ARTICLE

pytestmark = needs_chromium

RICH = """<html><body><!--StartFragment--><style>p { color: red }</style>
<h1>Le port <em>rouvre</em></h1>
<div><p>Le maire a reçu les <a href="https://exemple.fr/a(b)">pêcheurs</a>&nbsp;mardi.<br>Ils
attendent.</p><ul><li>une baisse <b>des taxes</b></li><li>une réponse</li></ul>
<script>alert(1)</script><ol><li>lundi</li><li>mardi</li></ol></div>
<blockquote>« Enfin ! »</blockquote><a href="javascript:alert(1)">ici</a></body></html>"""
MARKDOWN = """# Le port *rouvre*

Le maire a reçu les [pêcheurs](https://exemple.fr/a%28b%29) mardi.

Ils attendent.

- une baisse **des taxes**
- une réponse

1. lundi
2. mardi

> « Enfin ! »

ici"""


@pytest.fixture
def page(new: New) -> Page:
    return new()


def drop(page: Page, where: str, files: Mapping[str, bytes]) -> None:
    given = {name: base64.b64encode(data).decode() for name, data in files.items()}
    page.evaluate(
        """([where, files]) => {
          const dataTransfer = new DataTransfer();
          for (const [name, data] of Object.entries(files)) {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            dataTransfer.items.add(new File([bytes], name));
          }
          const target = document.querySelector(where);
          const options = { bubbles: true, cancelable: true, dataTransfer };
          for (const type of ["dragover", "drop"]) {
            if (target.dispatchEvent(new DragEvent(type, options)))
              throw new Error("the browser would go to the file");
          }
        }""",
        [where, given],
    )


def test_several_files_become_several_articles(page: Page) -> None:
    other = ARTICLE.replace("Marsanne", "Lyon")
    files = {"a.txt": ARTICLE, "b.txt": other, "c.txt": "Ein Haus ist gestern abgebrannt. " * 9}
    drop(page, "#article", {name: text.encode() for name, text in files.items()})
    expect(page.locator(".recent .list li")).to_have_count(2, timeout=TIMEOUT)
    expect(page.locator(".paper [role=status]")).to_contain_text("2 articles begun")
    expect(page.locator(".paper .message")).to_contain_text("c.txt: the article looks like German")
    page.click(".recent .list a >> nth=0")
    page.wait_for_selector("progress.done", state="attached")
    assert "Lyon" in page.locator("h2[lang=fr]").inner_text()


def test_a_drop_beside_the_form_is_taken(page: Page) -> None:
    drop(page, "depeche-masthead", {"a.txt": ARTICLE.encode()})
    expect(page.locator("#article")).to_have_value(ARTICLE)


def test_a_drop_on_an_article_does_not_leave_it(page: Page) -> None:
    page.fill("#article", ARTICLE)
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached")
    drop(page, "body", {"a.txt": b"another"})
    assert page.locator(".rows").count() == 1


def test_an_old_encoding_is_said(page: Page) -> None:
    drop(page, "#article", {"a.txt": ARTICLE.replace("’", "'").encode("cp1252")})
    expect(page.locator(".paper [role=status]")).to_contain_text("Windows-1252")
    assert "Le maire, Paul Verdier, a inauguré" in page.input_value("#article")


def test_text_of_a_wrong_encoding_is_said(page: Page) -> None:
    page.fill("#article", ARTICLE.encode().decode("cp1252", errors="replace"))
    page.click("button.primary.large")
    expect(page.locator(".article header .message").first).to_contain_text("wrong encoding")


def paste(page: Page, html: str, text: str) -> None:
    page.evaluate(
        """([html, text]) => {
          const clipboardData = new DataTransfer();
          clipboardData.setData("text/html", html);
          clipboardData.setData("text/plain", text);
          const field = document.querySelector("#article");
          field.focus();
          const options = { bubbles: true, cancelable: true, clipboardData };
          if (field.dispatchEvent(new ClipboardEvent("paste", options)))
            document.execCommand("insertText", false, text); // as the browser would
        }""",
        [html, text],
    )


def test_a_rich_paste_keeps_links_headings_and_lists(page: Page) -> None:
    paste(page, RICH, "Le port rouvre")
    expect(page.locator("#article")).to_have_value(MARKDOWN)
    expect(page.locator(".paper [role=status]")).to_contain_text("Markdown")
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached")
    assert page.locator(".block.title .french").inner_text() == "Le port *rouvre*"


def test_a_plain_paste_stays_plain(page: Page) -> None:
    paste(page, "<span style='color: red'>Le port rouvre.</span>", "Le port rouvre.")
    expect(page.locator("#article")).to_have_value("Le port rouvre.")
    page.evaluate("document.querySelector('#article').setSelectionRange(15, 15)")
    paste(page, "<b>Enfin</b>", " Enfin")  # in the middle of a text
    expect(page.locator("#article")).to_have_value("Le port rouvre. Enfin")
