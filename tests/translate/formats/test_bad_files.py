"""Files that are broken or wish harm: one line, quickly, in little memory."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.translate.formats.test_round_trips import written
from translate import formats
from translate.errors import DepecheError
from translate.pipeline import examine

TYPES = "[Content_Types].xml"
MAIN = "word/document.xml"


def a_docx(change: Callable[[dict[str, bytes]], None] = lambda _: None) -> bytes:
    document = docx.Document()
    document.add_paragraph("Le pont est ouvert.")
    buffer = io.BytesIO()
    document.save(buffer)
    source = zipfile.ZipFile(buffer)
    members = {name: source.read(name) for name in source.namelist()}
    change(members)
    return zipped(members)


def zipped(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


def with_member(name: str, content: bytes) -> bytes:
    return a_docx(lambda members: members.update({name: content}))


def without(name: str) -> bytes:
    return a_docx(lambda members: members.pop(name) and None)


def with_main(old: bytes, new: bytes) -> bytes:
    return a_docx(lambda members: members.update({MAIN: members[MAIN].replace(old, new)}))


def zipped_and_damaged(name: str) -> bytes:
    picture = bytes(range(256))
    data = with_member(name, picture)
    at = data.index(b"PK\x03\x04", data.index(name.encode()) - 40) + 30 + len(name) + 5
    return data[:at] + bytes(3) + data[at + 3 :]


def encrypted() -> bytes:
    data = bytearray(a_docx())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    return bytes(data)


def many_members() -> bytes:
    return zipped({f"{TYPES}{n}": b"" for n in range(20_001)})


ENTITIES = b'<!DOCTYPE x [<!ENTITY a "' + b"ha" * 500 + b'"><!ENTITY b "' + b"&a;" * 500 + b'">]>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def declared(entities: bytes) -> bytes:
    return with_main(b"<w:document", entities + b"<w:document")


BAD: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.docx", lambda: with_member("word/a.xml", b" " * 450_000_000), "unpacks to"),
    "packed too well": ("a.docx", lambda: with_member("word/a.xml", bytes(9**7)), "unpacks to"),
    "many members": ("a.docx", many_members, "unpacks to"),
    "entity bomb": ("a.docx", lambda: declared(ENTITIES), "entities"),
    "external entity": ("a.docx", lambda: declared(OUTSIDE), "entities"),
    "truncated zip": ("a.docx", lambda: a_docx()[:-400], "is damaged"),
    "half a zip": ("a.docx", lambda: a_docx()[:3000], "is damaged"),
    "damaged member": (
        "a.docx",
        lambda: a_docx().replace(a_docx()[60:90], bytes(30), 1),
        "is damaged",
    ),
    "damaged picture": (
        "a.docx",
        lambda: zipped_and_damaged("word/media/a.png"),
        "is damaged",
    ),
    "a mere zip": ("a.docx", lambda: zipped({"a": b"b"}), "is no .docx"),
    "macro file": ("a.docx", lambda: with_member("word/vbaProject.bin", b"x"), "has macros"),
    "password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
    "password in the zip": ("a.docx", encrypted, "password"),
    "deep nesting": (
        "a.docx",
        lambda: with_main(b"<w:body>", b"<w:body>" + b"<w:x>" * 9000),
        "no well-formed XML",
    ),
    "no main part": ("a.docx", lambda: without(TYPES), "is no .docx"),
    "broken xml": ("a.docx", lambda: with_main(b"</w:body>", b""), "no well-formed XML"),
    "no words": ("a.docx", lambda: with_main(b"Le pont est ouvert.", b""), "is empty"),
    "text named docx": ("a.docx", lambda: b"\x00\x01Le pont", "is damaged or no .docx"),
    "pdf": ("a.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(99), "PDF"),
    "pdf named html": ("a.html", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(99), "PDF"),
    "image": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "image"),
    "jpeg named txt": ("a.txt", lambda: b"\xff\xd8\xff\xe0" + bytes(99), "image"),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old Office"),
    "gzip": ("a.html", lambda: b"\x1f\x8b\x08" + bytes(99), "gzip"),
    "empty html": ("a.html", lambda: b"", "is empty"),
    "html without words": ("a.html", lambda: b"<html><p></p></html>", "is empty"),
    "script alone": ("a.html", lambda: b"<html><script>mot</script>", "is empty"),
    "nulls in html": ("a.html", lambda: b"<html>\x00" * 9, "binary"),
    "zip named html": ("a.html", lambda: zipped({"a": b"b"}), "zip"),
    "rtf": ("a.doc", lambda: rb"{\rtf1\ansi Le pont}", "RTF"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_said_in_one_line(name: str) -> None:
    file, made, said = BAD[name]
    data = made()
    started = perf_counter()
    with pytest.raises(DepecheError) as error:
        examine(formats.read(data, file))
    assert said in str(error.value)
    assert "\n" not in str(error.value)
    assert perf_counter() - started < 10


GOLDEN = Path(__file__).parents[2] / "golden" / "formats"
SAMPLES = {name: (GOLDEN / name).read_bytes() for name in ("article.docx", "article.odt")}


@settings(max_examples=150)
@given(
    st.sampled_from(sorted(SAMPLES)),
    st.integers(0, 40_000),
    st.integers(0, 60),
    st.binary(max_size=40),
)
def test_any_damage_is_said_in_one_line(name: str, at: int, cut: int, put: bytes) -> None:
    data = SAMPLES[name]
    at %= len(data)
    damaged = data[:at] + put + data[at + cut :]
    said = ""
    try:
        assert written(formats.read(damaged, name), str) == damaged
    except DepecheError as error:
        said = str(error)
    assert "\n" not in said


def test_a_page_of_a_hundred_megabytes_is_refused_at_once() -> None:
    data = b"<html>" + b"<p>Le pont.</p>" * 7_000_000
    started = perf_counter()
    with pytest.raises(DepecheError, match="at most"):
        formats.read(data, "a.html")
    assert perf_counter() - started < 5


def test_a_deep_page_is_read_in_little_memory() -> None:
    code = (
        "from pathlib import Path\nfrom translate import formats\n"
        "data = b'<html>' + b'<div><b>' * 400_000 + b'Le pont.'\n"
        "formats.read(data, 'a.html')\n"
        # not ru_maxrss, which counts the process that this one was forked from
        "status = Path('/proc/self/status').read_text()\n"
        "print(int(status.split('VmHWM:')[1].split()[0]) // 1024)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 1500
