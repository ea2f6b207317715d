"""Every format that the desk reads: dropped on the page, edited, and downloaded as it came."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.translate.formats.test_xlsx import workbook
from tests.ui.browser import TIMEOUT, New, needs_chromium, saved
from tests.ui.helpers import ARTICLE
from translate import formats
from translate.formats import READERS

pytestmark = needs_chromium

GOLDEN = Path(__file__).parents[1] / "golden" / "formats"
#: For each format a file, and the columns or fields that are translated.
DROPPED = {
    "text": ("article.txt", ""),
    "markdown": ("article.md", ""),
    "html": ("journal.html", ""),
    "docx": ("article.docx", ""),
    "odt": ("article.odt", ""),
    "srt": ("reportage.srt", ""),
    "vtt": ("reportage.vtt", ""),
    "csv": ("depeches.csv", "titre, texte"),
    "tsv": ("depeches.tsv", "2"),
    "xlsx": ("depeches.xlsx", "titre"),
    "records": ("depeches.json", "article.title, article.body"),
    "xliff": ("segments.xlf", ""),
    "tmx": ("memoire.tmx", ""),
    "po": ("site.po", ""),
    "feed": ("fil.rss", ""),
}
MADE = {
    "article.txt": ARTICLE.encode(),
    "article.md": f"# {ARTICLE}".encode(),
    "depeches.xlsx": workbook(),
}
#: How the page names a download in the format that came; text is never another.
MENU = {"text": "Text (.txt)", "markdown": "Markdown (.md)"}
EDIT = "Handwritten"


def content(data: bytes) -> str:
    """All words of a file, those of a package member by member."""
    if not data.startswith(b"PK"):
        return data.decode()
    package = zipfile.ZipFile(io.BytesIO(data))
    texts = [name for name in package.namelist() if name.endswith(".xml")]
    return "".join(package.read(name).decode() for name in texts)


def test_every_format_is_tried() -> None:
    assert set(DROPPED) == set(READERS) - {"parquet"}  # its reader is an extra


@pytest.mark.parametrize("form", DROPPED)
def test_a_file_comes_back_in_its_format_with_the_edits(new: New, form: str) -> None:
    name, parts = DROPPED[form]
    data = MADE[name] if name in MADE else (GOLDEN / name).read_bytes()
    page = new()
    page.on("dialog", lambda dialog: dialog.accept(parts))
    page.set_input_files("#file", {"name": name, "mimeType": "", "buffer": data})
    page.wait_for_function("document.querySelector('#article').value")
    page.click("button.primary.large")
    page.wait_for_selector("progress.done", state="attached", timeout=TIMEOUT)
    page.locator(".row textarea").first.fill(EDIT)
    saved(page)
    page.click("summary:has-text('Download')")
    ending = Path(name).suffix
    with page.expect_download() as download:
        page.click(f"text={MENU.get(form, f'As it came ({ending})')}")
    assert download.value.suggested_filename == f"{Path(name).stem}.en{ending}"
    came = download.value.path().read_bytes()
    assert formats.format_of(came, name) == form
    assert EDIT in content(came)
    assert EDIT not in content(data)
