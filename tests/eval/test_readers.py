"""Every form gives the same three segments."""

import gzip
from pathlib import Path

import pytest

from eval.files import read_task, system_names
from eval.readers import Role, Rows, read_rows, read_segments

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
    "lines.json": (JSONL, ""),
    "array.json": ("[" + JSONL.replace("\n", ",") + "]", ""),
    "pretty.jsonl": ("[\n" + JSONL.replace("\n", ",\n").replace(", ", ",\n  ") + "\n]\n", ""),
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


def sgm(lines: tuple[str, ...], kind: str, attributes: str) -> str:
    """A WMT file of two documents, the second with the last line."""
    segments = [f'<seg id="{n}">{line}</seg>' for n, line in enumerate(lines, start=1)]
    return (
        f'<{kind} setid="t" srclang="any">\n<doc {attributes} docid="a">\n<hl>\n{segments[0]}\n'
        f"</hl>\n<p>\n{segments[1]}\n</p>\n</doc>\n"
        f"<doc {attributes} docid=b>\n<p>{segments[2]}</p>\n</doc>\n</{kind}>\n"
    )


WMT_XML = """<?xml version="1.0"?><dataset id="t">
<doc id="a"><src lang="fr"><p><seg id="1">Un &amp; deux.</seg></p></src>
<ref lang="en" translator="A"><p><seg id="1">One &amp; two.</seg></p></ref>
<ref lang="en" translator="B"><p><seg id="1">One and two.</seg></p></ref>
<hyp system="X" lang="en"><p><seg id="1">One two.</seg></p></hyp></doc>
<doc id="b"><src lang="fr"><p><seg id="1">Trois.</seg></p></src>
<ref lang="en" translator="A"><p><seg id="1">Three.</seg></p></ref>
<ref lang="en" translator="B"><p><seg id="1">3.</seg></p></ref>
<hyp system="X" lang="en"><p><seg id="1">Tree.</seg></p></hyp></doc></dataset>"""
DOCUMENTED = ("The “Senate” voted.", "It rained &amp; snowed.", "Three lines.")


def test_wmt_sgm_has_documents(tmp_path: Path) -> None:
    (tmp_path / "ref.sgm").write_text(sgm(DOCUMENTED, "refset", 'sysid="ref"'))
    found = read_rows(str(tmp_path / "ref.sgm"), Role.REFERENCE)
    assert found.streams == (("The “Senate” voted.", "It rained & snowed.", "Three lines."),)
    assert found.articles == ("a", "a", "b")


def test_wmt_xml_has_sides(tmp_path: Path) -> None:
    path = tmp_path / "all.xml"
    path.write_text(WMT_XML)
    assert read_segments(str(path), Role.SOURCE) == ("Un & deux.", "Trois.")
    assert read_segments(f"{path}#B", Role.REFERENCE) == ("One and two.", "3.")
    assert read_rows(str(path)).streams == (("One two.", "Tree."),)
    assert read_rows(str(path)).articles == ("a", "b")


@pytest.mark.parametrize(
    ("text", "column"),
    [
        (
            'source,hypothesis\n"Il a dit, hier","“Yes,” he said"\nDeux,"Two\nlines"\n',
            "#hypothesis",
        ),
        ('source,hypothesis\n"Il a dit, hier","“Yes,” he said"\nDeux,"Two\nlines"\n', "#2"),
        ('x;y\nIl a dit, hier;"“Yes,” he said"\nDeux;"Two\nlines"\n', "#y"),
    ],
)
def test_csv(text: str, column: str, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(text)
    assert read_segments(f"{tmp_path / 'a.csv'}{column}") == ("“Yes,” he said", "Two lines")


def test_headings_are_no_segments(tmp_path: Path) -> None:
    (tmp_path / "a.tsv").write_text("fr\ten\nUn.\tOne.\n")
    assert read_segments(f"{tmp_path / 'a.tsv'}#2") == ("One.",)


def test_hugging_face(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"translation": {"fr": "Un.", "en": "One."}, "document_id": 7}\n')
    assert read_segments(str(path), Role.SOURCE) == ("Un.",)
    assert read_rows(str(path), Role.REFERENCE) == Rows((("One.",),), ("7",))
    assert read_segments(f"{path}#translation.en") == ("One.",)


def test_a_list_of_references(tmp_path: Path) -> None:
    (tmp_path / "r.jsonl").write_text(
        '{"references": ["One.", "1."]}\n{"references": ["T.", "2."]}\n'
    )
    (tmp_path / "h").write_text("One.\nTwo.\n\n\n")
    task = read_task([str(tmp_path / "r.jsonl")], [str(tmp_path / "h")])
    assert task.references == (("One.", "T."), ("1.", "2."))
    assert task.systems == {"h": ("One.", "Two.")}  # without the blank lines at its end


def test_documents_become_articles(tmp_path: Path) -> None:
    (tmp_path / "ref.sgm").write_text(sgm(DOCUMENTED, "refset", 'sysid="ref"'))
    (tmp_path / "h").write_text("a\nb\nc\n")
    assert read_task([str(tmp_path / "ref.sgm")], [str(tmp_path / "h")]).articles == ("a", "a", "b")


def test_a_hostile_sgm_is_read_in_linear_time(tmp_path: Path) -> None:
    (tmp_path / "a.sgm").write_text("<seg " * 100_000 + "<seg id=1>One.</seg>" + "<doc " * 100_000)
    assert read_segments(str(tmp_path / "a.sgm")) == ("One.",)
