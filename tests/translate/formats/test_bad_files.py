"""Files that are broken or wish harm: one line, quickly, in little memory."""

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from time import process_time

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


MADE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "zip bomb": ("a.docx", lambda: with_member("word/a.xml", b" " * 450_000_000)),
    "packed too well": ("a.docx", lambda: with_member("word/a.xml", bytes(9**7))),
    "many members": ("a.docx", many_members),
    "entity bomb": ("a.docx", lambda: declared(ENTITIES)),
    "external entity": ("a.docx", lambda: declared(OUTSIDE)),
    "truncated zip": ("a.docx", lambda: a_docx()[:-400]),
    "half a zip": ("a.docx", lambda: a_docx()[:3000]),
    "damaged member": (
        "a.docx",
        lambda: a_docx().replace(a_docx()[60:90], bytes(30), 1),
    ),
    "damaged picture": (
        "a.docx",
        lambda: zipped_and_damaged("word/media/a.png"),
    ),
    "a mere zip": ("a.docx", lambda: zipped({"a": b"b"})),
    "macro file": ("a.docm", lambda: with_member("word/vbaProject.bin", b"x")),
    "password": ("a.docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "password in the zip": ("a.docx", encrypted),
    "deep nesting": (
        "a.docx",
        lambda: with_main(b"<w:body>", b"<w:body>" + b"<w:x>" * 9000),
    ),
    "no main part": ("a.docx", lambda: without(TYPES)),
    "broken xml": ("a.docx", lambda: with_main(b"</w:body>", b"")),
    "no words": ("a.docx", lambda: with_main(b"Le pont est ouvert.", b"")),
    "text named docx": ("a.docx", lambda: b"\x00\x01Le pont"),
    "pdf": ("a.pdf", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(99)),
    "pdf named html": ("a.html", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(99)),
    "image": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + bytes(99)),
    "jpeg named txt": ("a.txt", lambda: b"\xff\xd8\xff\xe0" + bytes(99)),
    "old word": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99)),
    "gzip": ("a.html", lambda: b"\x1f\x8b\x08" + bytes(99)),
    "empty html": ("a.html", lambda: b""),
    "html without words": ("a.html", lambda: b"<html><p></p></html>"),
    "script alone": ("a.html", lambda: b"<html><script>mot</script>"),
    "nulls in html": ("a.html", lambda: b"<html>\x00" * 9),
    "zip named html": ("a.html", lambda: zipped({"a": b"b"})),
    "rtf": ("a.doc", lambda: rb"{\rtf1\ansi Le pont}"),
    "program": ("ls", lambda: b"\x7fELF\x02\x01\x01" + bytes(900)),
    "wrong encoding": ("a.txt", lambda: "Il a déclaré".encode("cp437")),
    "damaged utf8": ("a.txt", lambda: "Le maire a déclaré été éternité".encode()[:-1]),
    "greek": ("a.txt", lambda: "Καλημέρα κόσμε, τι κάνεις".encode("iso8859-7")),
    "utf-16 bare": ("a.txt", lambda: "Le pont est ouvert.".encode("utf-16-le")),
    "xml bomb": ("a.rss", lambda: ENTITIES + b"<rss><channel><title>&b;</title></channel></rss>"),
    "unknown xml": ("a.xml", lambda: b"<?xml version='1.0'?><facture><total>1</total></facture>"),
    "broken rss": ("a.rss", lambda: b"<rss><channel><title>Un</channel></rss>"),
    "json cut": ("a.json", lambda: b'{"titre": "Un'),
    "json deep": ("a.json", lambda: b"[" * 100_000),
    "json no parts": ("a.json", lambda: b'{"titre": "Un"}'),
    "csv no parts": ("a.csv", lambda: b"titre;texte\nUn;Deux\nTrois;Quatre\n"),
    "srt": ("a.srt", lambda: b"Le pont"),
    "po": ("a.po", lambda: b"Le pont"),
    "hundred megabytes": ("a.html", lambda: b"<html>" + b"<p>Le pont.</p>" * 7_000_000),
    "odt nothing": ("a.odt", lambda: zipped({"a": b"b"})),
    "german": ("a.txt", lambda: "Der Bürgermeister hat gestern die Brücke eröffnet. ".encode() * 5),
}
#: What is said of each; "…" is anything.
GOLDEN = Path(__file__).parents[2] / "golden"
LINES = dict(
    line.split("\t")
    for line in (GOLDEN / "bad_files.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
)
#: Bytes that refusing a file may take beside the file itself.
MAX_MEMORY = 200_000_000


def peak() -> int:
    """The most memory that this process has had since `clear_refs` was written, in bytes."""
    status = Path("/proc/self/status").read_text()
    return 1024 * int(status.split("VmHWM:")[1].split()[0])


def test_every_bad_file_has_its_line() -> None:
    assert set(MADE) == set(LINES)
    assert len(LINES) >= 30


@pytest.mark.parametrize("name", MADE)
def test_bad_files_are_said_in_one_line_in_little_time_and_memory(name: str) -> None:
    file, made = MADE[name]
    data = made()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before, started = peak(), process_time()
    with pytest.raises(DepecheError) as error:
        examine(formats.read(data, file))
    assert process_time() - started < 10
    assert peak() - before < MAX_MEMORY
    wanted = ".*".join(map(re.escape, LINES[name].split("…")))
    assert re.fullmatch(wanted, str(error.value))


SAMPLES = {
    name: (GOLDEN / "formats" / name).read_bytes() for name in ("article.docx", "article.odt")
}


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
