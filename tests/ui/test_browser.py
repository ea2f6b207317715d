"""The page in a real browser: an article from the paste to the download."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.ui.browser import (
    TIMEOUT,
    New,
    audit,
    begin,
    downloaded,
    finding_of,
    needs_axe,
    needs_chromium,
    saved,
    translate,
    value,
)
from tests.ui.helpers import ARTICLE, CAPTION, LONG_ARTICLE, english
from tests.ui.server import Server

pytestmark = needs_chromium


def test_paste_edit_reload_download(new: New) -> None:
    page = new()
    translate(page)
    assert value(page, 1) == english("La ville de Marsanne ouvre son musée")[0]
    assert f"{value(page, 4)} {value(page, 5)}" == CAPTION
    expect(page.get_by_role("img", name="quotation")).to_have_count(1)
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
    stored = page.evaluate(
        "fetch(`/desk/jobs/${location.hash.split('/')[2]}`).then(answer => answer.json())"
    )
    waiting = sum(row["english"] is None for row in stored["rows"])
    assert waiting > 0
    assert stored["status"] == "stopped"
    expect(page.locator(".row.waiting")).to_have_count(waiting)  # what was written before it comes
    page.reload()
    expect(page.locator(".row.waiting")).to_have_count(waiting)
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


def test_the_keyboard_is_enough(new: New) -> None:
    page = new()
    translate(page)
    active = "document.activeElement.getAttribute('aria-label')"
    page.keyboard.press("Tab")
    page.locator(".row textarea").first.focus()
    page.keyboard.press("Alt+ArrowDown")
    assert page.evaluate(active) == "English of sentence 2"
    page.keyboard.press("Alt+ArrowUp")
    assert page.evaluate(active) == "English of sentence 1"
    page.keyboard.press("Control+Enter")
    expect(page.locator(".row.confirmed")).to_have_count(1)
    assert page.evaluate(active) == "English of sentence 2"
    page.keyboard.press("Alt+c")
    french = page.locator(".row .french").nth(1).inner_text()
    assert value(page, 2) == french
    saved(page)
    expect(page.locator(".row").nth(2).locator(".finding")).to_have_count(1)  # still French
    page.keyboard.press("Alt+ArrowUp")
    page.keyboard.press("Alt+n")
    assert page.evaluate(active) == "English of sentence 2"
    page.keyboard.press("Alt+z")
    page.wait_for_function(
        "([french]) => document.querySelectorAll('.row textarea')[1].value !== french", arg=[french]
    )
    assert value(page, 2) == english(french)[0]


def test_alternatives_findings_and_the_filter(new: New) -> None:
    page = new()
    translate(page)
    page.locator(".row textarea").nth(1).click()
    page.click(".alternative")
    saved(page)
    assert "also" in value(page, 2)
    page.fill("[aria-label='English of sentence 3']", "It cost 13 million euros.")
    saved(page)
    finding_of(page, "English of sentence 3").hover()
    expect(page.locator(".tip")).to_contain_text(re.compile("12 .*in the French, 13 "))
    page.select_option("select[aria-label='Which sentences']", "look")
    expect(page.locator(".row:visible:not(.look, .header)")).to_have_count(0)
    for left in range(page.locator(".row.look:visible").count(), 0, -1):
        expect(page.locator(".row.look:visible")).to_have_count(left)
        page.locator(".row.look:visible textarea").first.click()
        page.get_by_role("button", name="Confirm", exact=True).click()
    expect(page.locator(".row:visible:not(.header)")).to_have_count(0)
    expect(page.locator(".nothing")).to_be_visible()
    page.click("summary:has-text('Download')")
    expect(page.locator("text=Word (.docx)")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("text=Word (.docx)")).to_be_hidden()


def test_a_corrected_french_sentence_is_translated_again(new: New) -> None:
    page = new()
    translate(page)
    page.locator(".row textarea").nth(1).click()
    page.fill("#french", "Le maire a fermé le musée.")
    page.get_by_role("button", name="Translate again").click()
    wanted = english("Le maire a fermé le musée.")[0]
    page.wait_for_function(
        "([wanted]) => document.querySelectorAll('.row textarea')[1].value === wanted", arg=[wanted]
    )
    page.reload()
    page.wait_for_selector(".rows")
    assert page.locator(".row .french").nth(1).inner_text() == "Le maire a fermé le musée."


def test_the_reading_view_shows_the_article_in_order(new: New) -> None:
    page = new()
    translate(page)
    page.fill("[aria-label='English of sentence 1']", "A headline")
    page.click("text=Reading view")
    page.wait_for_selector("article.page h1")
    assert page.locator("article.page h1").inner_text() == "A headline"
    assert page.locator("article.page > :nth-child(3)").inner_text() == CAPTION
    expect(page.locator(".reading dl")).to_contain_text("20 %")  # one of five; two were kept


def test_settings_are_remembered_and_used(new: New) -> None:
    page = new()
    page.click("text=Settings")
    page.select_option("#setting-marks", "straight")
    assert page.is_disabled("#setting-quotes")
    page.click("dialog >> text=Done")
    page.reload()
    page.wait_for_selector("#article")
    translate(page)
    assert value(page, 6).startswith('"')


def test_deleting_an_article_asks_and_is_real(new: New) -> None:
    page = new()
    translate(page)
    page.click("text=← Articles")
    page.wait_for_selector(".recent li")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("button", name="Delete").click()
    assert page.locator(".recent li").count() == 1
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Delete").click()
    expect(page.locator(".recent li")).to_have_count(0)
    page.go_back()
    expect(page.locator(".message")).to_contain_text("no such article")


def test_a_dropped_file_and_an_example_fill_the_page(new: New, tmp_path: Path) -> None:
    page = new()
    (tmp_path / "musée.md").write_text("# Le musée\n\nLe maire a parlé.\n", encoding="utf-8")
    page.set_input_files("#file", tmp_path / "musée.md")
    expect(page.locator("#article")).to_have_value("# Le musée\n\nLe maire a parlé.\n")
    (tmp_path / "bad.txt").write_bytes(b"\x00\xff" * 99)
    page.set_input_files("#file", tmp_path / "bad.txt")
    expect(page.locator(".message")).to_contain_text("not UTF-8 text")
    page.click("text=Sommet de Lisbonne")
    page.wait_for_function("document.querySelector('#article').value.startsWith('Sommet')")


def test_a_word_file_is_downloaded_as_word(new: New) -> None:
    page = new()
    sample = Path(__file__).parents[1] / "golden" / "formats" / "article.docx"
    page.set_input_files("#file", sample)
    expect(page.locator("[role=status].help")).to_contain_text(
        "keeps its own format", timeout=TIMEOUT
    )
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached")
    page.click("summary:has-text('Download')")
    with page.expect_download() as download:
        page.click("text=As it came (.docx)")
    assert download.value.suggested_filename == "article.en.docx"
    assert download.value.path().read_bytes().startswith(b"PK")


def test_the_interface_speaks_french(new: New) -> None:
    page = new(language="fr-FR")
    expect(page.locator("button.primary.large")).to_have_text("Traduire")
    expect(page.get_by_role("tab").nth(1)).to_have_text("Évaluer")
    page.fill("#article", ARTICLE)
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached")
    page.fill("[aria-label='Anglais de la phrase 3']", "It cost 13 million euros.")
    expect(page.locator(".saved")).to_have_text("Corrections enregistrées", timeout=TIMEOUT)
    finding_of(page, "Anglais de la phrase 3").hover()
    expect(page.locator(".tip")).to_contain_text(re.compile("Nombre: 12 .*en français, 13 "))
    page.click("text=← Articles")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.click("text=English")
    expect(page.locator("button.primary.large")).to_have_text("Translate")
    expect(page.get_by_role("tab").nth(1)).to_have_text("Evaluate")


def test_a_phone_shows_everything_without_scrolling_sideways(new: New) -> None:
    page = new(width=360, height=740)
    translate(page)
    page.locator(".row textarea").nth(1).click()
    expect(page.locator(".inspector h3")).to_be_in_viewport()
    wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wide) <= 0
    page.click("text=Reading view")
    page.wait_for_selector("article.page")
    assert page.evaluate(wide) <= 0


def test_nothing_jumps_while_rows_come_in(new: New) -> None:
    page = new()
    page.evaluate(
        """() => {
            window.shift = 0;
            new PerformanceObserver((list) => {
                for (const entry of list.getEntries())
                    if (!entry.hadRecentInput) window.shift += entry.value;
            }).observe({ type: "layout-shift", buffered: false });
        }"""
    )
    begin(page, LONG_ARTICLE)
    page.wait_for_selector("progress.done", state="attached")
    assert page.evaluate("window.shift") < 0.1  # "good" by web.dev's Cumulative Layout Shift


@needs_axe
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(new: New, theme: str) -> None:
    page = new()
    if theme == "dark":
        page.click("text=Dark")
    audit(page, "compose")
    page.click("text=Settings")
    audit(page, "settings")
    page.keyboard.press("Escape")
    translate(page)
    page.fill("[aria-label='English of sentence 3']", "It cost 13 million euros.")
    saved(page)
    audit(page, "rows")
    page.click("text=Reading view")
    page.wait_for_selector("article.page")
    audit(page, "reading")
    page.get_by_role("tab").nth(1).click()
    page.wait_for_selector("text=Translate and score")
    audit(page, "evaluate")


def test_gradio_client_calls_the_named_endpoints(server: Server) -> None:
    code = (
        "import json, sys; from gradio_client import Client;"
        "client = Client(sys.argv[1], verbose=False);"
        "print(json.dumps([client.predict(sys.argv[2], api_name='/translate'),"
        " client.predict(sys.argv[2], api_name='/segment'),"
        " client.predict(['a b c d'], ['a b c d'], api_name='/evaluate')]))"
    )
    command = [sys.executable, "-c", code, server.address, ARTICLE]
    answer = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert answer.returncode == 0, answer.stderr
    translated, segmented, evaluated = json.loads(answer.stdout)
    assert CAPTION in translated["text"]
    assert segmented["blocks"][0]["kind"] == "title"
    assert evaluated["systems"][0]["scores"][0]["score"] == 100.0


def test_the_real_model_translates_an_example(chromium: Browser, tmp_path: Path) -> None:
    server = Server(tmp_path, "real")
    try:
        page = chromium.new_page()
        page.goto(server.address)
        page.click("text=Sommet de Lisbonne")
        page.wait_for_function("document.querySelector('#article').value.startsWith('Sommet')")
        page.click("button.primary.large")
        page.wait_for_selector("progress.done", state="attached", timeout=30_000)
        rows = [area.input_value() for area in page.locator(".row textarea").all()]
        french = page.locator(".row .french").all_inner_texts()
        assert len(rows) > 15
        assert all(rows)
        assert any(
            row == source and "REUTERS" in row for row, source in zip(rows, french, strict=False)
        )
        assert page.locator(".mark.sure, .mark.fair, .mark.unsure").count() > 10
        page.close()
    finally:
        server.kill()


def test_two_files_are_scored(new: New, tmp_path: Path) -> None:
    page = new()
    (tmp_path / "hyp.txt").write_text("The cat sleeps.\nThe dog <b>barks</b> now.\n")
    (tmp_path / "ref.txt").write_text("The cat sleeps.\nThe dog barks here.\n")
    page.get_by_role("tab").nth(1).click()
    page.get_by_label("Hypotheses (English)").set_input_files(tmp_path / "hyp.txt")
    page.get_by_label("Reference (English)").set_input_files(tmp_path / "ref.txt")
    page.click("text=Score the files")
    page.wait_for_selector("#evaluation-plot g#figure_1", state="attached")
    expect(page.locator("#evaluation-title")).to_contain_text("ref.txt: 2 segments")
    assert page.locator(".evaluate-results td b").count() == 0
    expect(page.locator(".evaluate-results")).to_contain_text("<b>barks</b>")
    with page.expect_download() as download:
        page.click("text=Download the report")
    assert "<html" in download.value.path().read_text(encoding="utf-8")[:200].lower()
