"""Word files for revision: what they carry, and how long they take."""

import io
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import docx
from docx.oxml.ns import qn

from tests.fakes import Fake
from translate.formats import docx_page
from translate.pipeline import analyse, translate_document

EXAMPLES = Path(__file__).parents[3] / "examples"
TEXT = (EXAMPLES / "sommet.txt").read_text(encoding="utf-8")


def test_the_files_say_what_they_are() -> None:
    translation = translate_document(analyse(TEXT), Fake(str.upper))
    for write in (docx_page.article, docx_page.side_by_side):
        properties = docx.Document(io.BytesIO(write(translation))).core_properties
        assert properties.title.startswith("SOMMET DE LISBONNE")
        assert properties.author == "Depeche"
        assert properties.language == "en-US"
        assert datetime.now(UTC) - properties.created < timedelta(minutes=5)


def test_each_column_has_its_language() -> None:
    translation = translate_document(analyse(TEXT), Fake(str.upper))
    document = docx.Document(io.BytesIO(docx_page.side_by_side(translation)))
    (table,) = document.tables
    row = next(r for r in table.rows if r.cells[0].text.startswith("Il entrera"))
    assert row.cells[1].text.startswith("IL ENTRERA")
    languages = [cell._tc.find(f".//{qn('w:lang')}").get(qn("w:val")) for cell in row.cells]
    assert languages == ["fr-FR", "en-US", "en-US"]
    heading = table.rows[1]
    assert [cell.text for cell in heading.cells] == ["title"] * 3  # one, over all columns


def test_a_long_article_takes_no_longer_than_its_words() -> None:
    """19,000 words took 38 seconds."""

    def seconds(times: int) -> float:
        text = "\n\n".join(TEXT.replace("Lisbonne", f"Lisbonne {n}") for n in range(times))
        translation = translate_document(analyse(text), Fake(str.upper))
        start = time.process_time()
        docx_page.side_by_side(translation)
        return time.process_time() - start

    assert any(seconds(40) < 12 * seconds(5) + 0.2 for _ in range(3))
