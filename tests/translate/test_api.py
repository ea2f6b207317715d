from pathlib import Path

import pytest

from translate import translate_file
from translate.errors import UsageError


def test_a_file_is_translated_into_a_file(tmp_path: Path) -> None:
    page, out = tmp_path / "page.html", tmp_path / "out.html"
    page.write_text("<html><p>Le pont est <b>ouvert</b>.</p></html>", encoding="utf-8")
    translation = translate_file(page, out)
    assert out.read_text(encoding="utf-8").startswith("<html><p>The bridge is <b>")
    assert len(translation.blocks) == 1


def test_a_format_that_is_not_there(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><p>Le pont est ouvert.</p></html>", encoding="utf-8")
    with pytest.raises(UsageError, match="no format 'pdf'"):
        translate_file(page, tmp_path / "out", to="pdf")
