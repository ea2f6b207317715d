"""Every form gives the same three segments."""

import gzip
from pathlib import Path

import pytest

from eval.files import system_names
from eval.readers import Role, read_segments

ENGLISH = ("The “Senate” voted.", "It rained & snowed.", "Three\u2028lines\x85here.")
FRENCH = ("Le Sénat a voté.", "Il a plu & neigé.", "Trois lignes ici.")

DATA = Path(__file__).with_name("data")
TMX, XLIFF_1, XLIFF_2 = (
    (DATA / name).read_bytes().decode() for name in ("memory.tmx", "one.xlf", "two.xliff")
)
JSONL = "\n".join(
    f'{{"source": "{french}", "hypothesis": "{english}"}}'
    for french, english in zip(FRENCH, ENGLISH, strict=True)
)
TSV = "\n".join(f"{french}\t{english}" for french, english in zip(FRENCH, ENGLISH, strict=True))

FILES = {
    "plain.en": ("\n".join(ENGLISH), ""),
    "crlf.en": ("\r\n".join(ENGLISH) + "\r\n", ""),
    "table.tsv": (TSV, "#2"),
    "headed.tsv": ("fr\ten\n" + TSV + "\n", "#en"),
    "one.tsv": ("\n".join(ENGLISH), ""),
    "lines.jsonl": (JSONL, ""),
    "field.jsonl": (JSONL.replace("hypothesis", "ours"), "#ours"),
    "memory.tmx": (TMX, ""),
    "language.tmx": (TMX, "#en"),
    "one.xlf": (XLIFF_1, ""),
    "two.xliff": (XLIFF_2, "#target"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_form(name: str, tmp_path: Path) -> None:
    text, column = FILES[name]
    (tmp_path / name).write_bytes(text.encode())
    assert read_segments(f"{tmp_path / name}{column}") == ENGLISH


@pytest.mark.parametrize("name", ["lines.jsonl", "memory.tmx", "one.xlf", "two.xliff"])
def test_source_side(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(FILES[name][0].encode())
    assert read_segments(str(tmp_path / name), Role.SOURCE) == FRENCH


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_byte_order_marks(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "m.tmx").write_bytes(TMX.encode(encoding))
    assert read_segments(str(tmp_path / "m.tmx")) == ENGLISH


def test_gzip(tmp_path: Path) -> None:
    (tmp_path / "a.tsv.gz").write_bytes(gzip.compress(TSV.encode()))
    assert read_segments(f"{tmp_path / 'a.tsv.gz'}#2") == ENGLISH


def test_empty_lines_are_segments(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("One.\n\nThree.\n")
    assert read_segments(str(tmp_path / "a")) == ("One.", "", "Three.")


def test_name_with_a_hash(tmp_path: Path) -> None:
    (tmp_path / "a#2").write_text("One.\n")
    assert read_segments(str(tmp_path / "a#2")) == ("One.",)


def test_article_pair(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Titre\n\nUn.\n- Deux.\n")
    (tmp_path / "a.en.txt").write_text("Title\n\nOne.\n- Two.\n")
    assert read_segments(str(tmp_path / "a"), Role.REFERENCE) == ("Title", "One.", "- Two.")
    assert read_segments(str(tmp_path / "a"), Role.SOURCE) == ("Titre", "Un.", "- Deux.")
    assert read_segments(str(tmp_path / "a.en.txt")) == ("Title", "One.", "- Two.")


@pytest.mark.parametrize(
    ("files", "names"),
    [
        (["out/wmt.google.en", "out/wmt.ours.en"], ["google", "ours"]),
        (["out/wmt.google.en"], ["wmt.google"]),
        (["a/x.en", "b/x.en"], ["a/x.en", "b/x.en"]),
        (["all.tsv#1", "all.tsv#2"], ["all#1", "all#2"]),
        (["wmt.en", "wmt.ours.en"], ["wmt", "wmt.ours"]),
    ],
)
def test_names_of_systems(files: list[str], names: list[str]) -> None:
    assert system_names(files) == names
