import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes import Fake
from translate import batch
from translate.batch import MANIFEST, Folder, Order, Summary, Task
from translate.cli.main import run as depeche
from translate.engines.base import Translator
from translate.errors import DepecheError, InputError, OutputError, UsageError
from translate.formats import AS_IT_IS, Reading
from translate.settings import Furniture, Settings
from translate.terms.termbase import Term, Termbase


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sous").mkdir(parents=True)
    for number in range(12):
        text = f"Le pont {number} est ouvert\n\nLe maire {number} a parlé hier. Il a dit « oui ».\n"
        (folder / f"a{number:02}.txt").write_text(text, encoding="utf-8")
    (folder / "sous" / "b.md").write_text("# Le pont\n\nLe maire a parlé.\n", encoding="utf-8")
    (folder / "notes.pdf").write_bytes(b"%PDF")
    (folder / ".hidden.txt").write_text("caché", encoding="utf-8")
    return folder


def go(
    folder: Path,
    out: Path,
    translator: Translator | None = None,
    *,
    target: str | None = None,
    settings: Settings | None = None,
    resume: bool = True,
) -> Summary:
    order = Order(Folder(folder), Folder(out), settings or Settings(), target)
    tasks = batch.find_tasks(order.source, order.output, target=target)
    return batch.run(tasks, order, translator or Fake(), resume=resume)


def find(
    folder: Path, out: Path, *, pattern: str | None = None, reading: Reading = AS_IT_IS
) -> list[Task]:
    return batch.find_tasks(Folder(folder), Folder(out), pattern=pattern, reading=reading)


def outputs(out: Path) -> dict[str, bytes]:
    files = (path for path in out.rglob("*") if path.is_file() and path.name != MANIFEST)
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files}


def manifest(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in (out / MANIFEST).read_text(encoding="utf-8").splitlines()]


def test_every_article_has_its_output_and_its_line(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    summary = go(folder, out)
    assert (summary.done, summary.kept, summary.failed) == (13, 0, ())
    assert sorted(outputs(out)) == [*(f"a{number:02}.txt" for number in range(12)), "sous/b.md"]
    assert outputs(out)["a03.txt"].decode().endswith("Il a dit “oui.”\n")
    lines = manifest(out)
    assert sorted(str(line["file"]) for line in lines) == sorted(outputs(out))
    assert {line["status"] for line in lines} == {"done"}
    assert all(line["words"] and line["segments"] and line["sha256"] for line in lines)


def test_a_second_run_does_nothing(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(folder, out)
    before = outputs(out)
    translator = Fake()
    summary = go(folder, out, translator)
    assert (summary.done, summary.kept) == (0, 13)
    assert translator.seen == []
    assert outputs(out) == before


def test_what_changed_is_done_again(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(folder, out)
    (folder / "a00.txt").write_text("Un autre texte est arrivé.\n", encoding="utf-8")
    (out / "a01.txt").unlink()
    assert go(folder, out).done == 2
    assert go(folder, out, settings=Settings(furniture=Furniture.SKIP)).done == 13
    assert go(folder, out, settings=Settings(terms=Termbase((Term("texte", "text"),)))).done == 13
    assert go(folder, out, resume=False).done == 13


def test_a_cut_off_line_is_dropped(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(folder, out)
    path = out / MANIFEST
    path.write_bytes(path.read_bytes()[:-30])
    assert (go(folder, out).done, len(manifest(out))) == (1, 13)


def test_lines_that_no_longer_count_are_dropped(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(folder, out)
    path = out / MANIFEST
    (folder / "a00.txt").write_text("Un autre texte est arrivé.\n", encoding="utf-8")
    go(folder, out)
    old, new = (line for line in manifest(out) if line["file"] == "a00.txt")
    assert old["sha256"] != new["sha256"]
    go(folder, out)
    assert [line for line in manifest(out) if line["file"] == "a00.txt"] == [new]
    assert len(manifest(out)) == 13
    before = path.stat().st_ino
    go(folder, out)
    assert path.stat().st_ino == before  # each line counts: it is not written anew


def test_a_folder_is_walked_in_the_order_of_paths(tmp_path: Path) -> None:
    names = ["a/x.txt", "a.txt", "a-b/y.txt", "b/c/d.txt", "b/.e/f.txt", ".g.txt", "B.txt", "é.md"]
    for name in names:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Le maire a parlé.", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "nowhere.txt").symlink_to(tmp_path / "none")
    place = Folder(tmp_path)
    assert list(place.names()) == list(place.names("*"))
    assert list(place.names()) == sorted([*names[:4], *names[6:], "link.txt"], key=Path)


def test_tasks_are_a_sequence() -> None:
    tasks = batch.Tasks([Task("a.md", "a.md"), Task("b.md", "b.html"), Task("c.md", "c.md")])
    assert len(tasks) == 3
    assert tasks[-2] == Task("b.md", "b.html")
    assert list(tasks[1:]) == [Task("b.md", "b.html"), Task("c.md", "c.md")]
    assert tasks.left_out == tasks[1:].left_out == ()


def test_one_bad_file_does_not_stop_the_rest(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "a02.txt").write_bytes(b"\x00\x01")
    (folder / "a05.txt").write_bytes(b"")
    out = tmp_path / "out"
    arguments = ["batch", str(folder), str(out), "--glob", "*.txt"]
    assert depeche(arguments, load=lambda *_args, **_options: Fake()) == 1
    err = capsys.readouterr().err
    assert "10 translated, 0 already done, 2 failed" in err
    assert "failed: a02.txt: a02.txt is " in err
    assert "failed: a05.txt: a05.txt is empty" in err
    assert len(outputs(out)) == 10 + 1  # and the lock


def test_what_is_not_read_is_said_and_is_no_failure(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "sous" / "c.json").write_text('{"titre": "Le maire a parlé."}', encoding="utf-8")
    (folder / "photo.JPG").write_bytes(b"\xff\xd8\xff")
    (folder / "style.css").write_text("p {}", encoding="utf-8")
    out = folder / "out"  # what lies in the output folder is no input
    reasons = {
        "notes.pdf": "PDF is not read; open it in Word or LibreOffice and save it as .docx or "
        ".odt, or copy its text",
        "photo.JPG": "an image is not read; type its words, or read them with a program for "
        "scans, and give the text",
        "sous/c.json": ".json files need --column or --field, what of them is to be translated",
        "style.css": "files in .css are not among those that `depeche formats` lists; choose "
        "them with --glob",
    }
    arguments = ["batch", str(folder), str(out)]
    for done, kept in ((13, 0), (0, 13)):
        assert depeche(arguments, load=lambda *_args, **_options: Fake()) == 0
        said = capsys.readouterr().err.splitlines()
        assert f"{done} translated, {kept} already done, 0 failed, 4 skipped; " in said[0]
        assert said[1:] == [f"depeche: skipped: {name}: {why}" for name, why in reasons.items()]
        skipped = [line for line in manifest(out) if line["status"] == "skipped"]
        assert {line["file"]: line["reason"] for line in skipped} == reasons


def test_a_glob_skips_nothing_and_a_field_is_remembered(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "c.json").write_text('{"titre": "Le maire a parlé."}', encoding="utf-8")
    out = tmp_path / "out"
    arguments = ["batch", str(folder), str(out)]
    with_field = [*arguments, "--glob", "*.json", "--field", "titre"]
    for given in (with_field, arguments, with_field):
        assert depeche(given, load=lambda *_args, **_options: Fake()) == 0
    said = [line for line in capsys.readouterr().err.splitlines() if "already done" in line]
    assert "1 translated, 0 already done, 0 failed; " in said[0]
    assert "13 translated, 0 already done, 0 failed, 2 skipped; " in said[1]
    assert "0 translated, 1 already done, 0 failed; " in said[2]


def test_an_article_that_breaks_the_model_fails_alone(folder: Path, tmp_path: Path) -> None:
    def fragile(text: str) -> str:
        if "maire 7" in text:
            raise RuntimeError("the model broke")
        return text

    summary = go(folder, tmp_path / "out", Fake(fragile))
    assert [entry.file for entry in summary.failed] == ["a07.txt"]
    assert "the model broke" in summary.failed[0].reason
    assert summary.done == 12


def test_other_formats(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(folder, out, target="json")
    assert sorted(outputs(out))[0] == "a00.json"
    assert json.loads(outputs(out)["sous/b.json"])["blocks"][0]["kind"] == "title"


def test_two_articles_for_one_output_are_both_written(folder: Path, tmp_path: Path) -> None:
    (folder / "a00.md").write_text("# Autre\n", encoding="utf-8")
    go(folder, tmp_path / "out", target="json")
    assert sorted(outputs(tmp_path / "out"))[:3] == ["a00.md.json", "a00.txt.json", "a01.json"]


def test_names_that_clash_all_the_same_are_refused(folder: Path, tmp_path: Path) -> None:
    (folder / "a00.md").write_text("# Autre\n", encoding="utf-8")
    (folder / "a00.md.txt").write_text("Autre\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"a00\.md and a00\.md\.txt would both become"):
        go(folder, tmp_path / "out", target="json")


def test_a_mixed_folder_keeps_its_endings(folder: Path, tmp_path: Path) -> None:
    (folder / "sous" / "page.html").write_text("<html><p>Le pont.</p>", encoding="utf-8")
    go(folder, tmp_path / "out")
    assert outputs(tmp_path / "out")["sous/page.html"].startswith(b"<html><p>")


def test_folders_that_cannot_be(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="the output folder is the input folder"):
        find(folder, folder)
    with pytest.raises(OutputError, match="is a file; name a folder"):
        find(folder, folder / "a00.txt")
    with pytest.raises(InputError, match="there are no articles in"):
        find(folder, tmp_path / "out", pattern="*.doc")


def test_the_output_may_lie_inside_the_input(folder: Path) -> None:
    out = folder / "english"
    assert go(folder, out).done == 13
    assert go(folder, out).kept == 13


def test_windows_change_nothing(folder: Path, tmp_path: Path) -> None:
    go(folder, tmp_path / "one")
    order = Order(Folder(folder), Folder(tmp_path / "two"))
    for task in reversed(find(folder, tmp_path / "two")):
        batch.run([task], order, Fake())
    assert outputs(tmp_path / "one") == outputs(tmp_path / "two")


#: Once there is an article in the output folder no other one is finished.
STOPS = (
    "import signal, sys, time\n"
    "from pathlib import Path\n"
    "from translate.cli.main import run\n"
    "from tests.fakes import Fake\n"
    "out = Path(sys.argv[3])\n"
    "def stop(text):\n"
    "    while any(out.glob('a*.txt')):\n"
    "        time.sleep(1)\n"
    "    return text\n"
    "import translate.batch.desk\n"
    "translate.batch.desk.WINDOW = 6\n"
    # where the tests run in a shell's background, children are born deaf to Ctrl-C
    "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
    "sys.exit(run(sys.argv[1:], load=lambda *a, **k: Fake(stop)))\n"
)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_killed_in_the_middle_and_continued(
    folder: Path, tmp_path: Path, how: signal.Signals
) -> None:
    whole, out = tmp_path / "whole", tmp_path / "out"
    go(folder, whole)
    command = [sys.executable, "-c", STOPS, "batch", str(folder), str(out)]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 200
    while not list(out.glob("a*.txt")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(process.pid, how)
    _, said = process.communicate(timeout=200)
    assert process.returncode == (130 if how is signal.SIGINT else -how)
    if how is signal.SIGINT:
        assert said.endswith("depeche: interrupted; the same command continues where it was\n")
        assert not list(out.rglob("*.part"))
    finished = len(list(out.rglob("a*.txt")))
    assert 0 < finished < 13
    summary = go(folder, out)
    assert summary.done + summary.kept == 13
    assert summary.kept >= finished - 1
    same = {name: data for name, data in outputs(out).items() if not name.startswith(".")}
    assert same == outputs(whole)


def test_two_runs_at_once_are_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from filelock import FileLock

    out = tmp_path / "out"
    out.mkdir()
    with FileLock(out / ".depeche.lock"):
        assert depeche(["batch", str(folder), str(out)], load=lambda *_a, **_k: Fake()) == 2
    assert "another run writes to" in capsys.readouterr().err


def test_tables_and_records_are_taken_where_a_column_is_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for name in ("a.csv", "b.json", "c.srt", "d.txt"):
        (tmp_path / "in" / name).write_text("Le pont est fermé.")
    found = {
        reading.parts: [
            task.name for task in find(tmp_path / "in", tmp_path / "out", reading=reading)
        ]
        for reading in (Reading(), Reading(parts=("titre",)))
    }
    assert found == {
        (): ["c.srt", "d.txt"],
        ("titre",): ["a.csv", "b.json", "c.srt", "d.txt"],
    }


@pytest.mark.skipif(os.name != "posix", reason="file names are bytes on POSIX only")
def test_a_file_name_that_is_not_utf_8(tmp_path: Path) -> None:
    folder, out = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/caf\xe9.txt")).write_text("Il est parti hier.")
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    (folder / "empty.txt").write_text("")
    first = go(folder, out)
    assert (first.done, len(first.failed)) == (1, 1)
    assert len((out / MANIFEST).read_text(encoding="utf-8").splitlines()) == 2
    assert go(folder, out).kept == 1


def test_the_input_folder_inside_the_output_folder(tmp_path: Path) -> None:
    folder = tmp_path / "out" / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "a.txt").write_text("Il est parti hier.")
    assert go(folder, tmp_path / "out").done == 1
    assert (tmp_path / "out" / "sub" / "a.txt").is_file()
    (folder / "in" / "sub").mkdir(parents=True)
    (folder / "in" / "sub" / "a.txt").write_text("Il viendra demain.")
    with pytest.raises(UsageError, match="would be written over the article"):
        find(folder, tmp_path / "out")


def test_an_article_named_as_the_manifest(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / MANIFEST).write_text("Il est parti hier.")
    with pytest.raises(UsageError, match=r"manifest of the run and manifest\.jsonl would both"):
        find(folder, tmp_path / "out", pattern="*")


@pytest.mark.parametrize("pattern", ["/etc/*", "**a"])
def test_a_pattern_that_is_none(folder: Path, tmp_path: Path, pattern: str) -> None:
    with pytest.raises(DepecheError, match="--glob"):  # not the same error in every Python
        find(folder, tmp_path / "out", pattern=pattern)


@pytest.mark.parametrize(
    "line",
    [
        *('{"file": ["a"]}', "[]", "5", "null", "{}", "[" * 100_000, '{"a":' * 100_000, "9" * 5000),
        *('"\\ud800"', "\x00", '{"file": {}, "output": 1, "sha256": 2, "key": 3, "status": 4}'),
        '{"file": "a.txt", "output": "", "sha256": "", "key": "", "status": "done", "words": "x"}',
        '{"file": "a.txt", "output": "", "sha256": "", "key": "", "status": "done", "more": 1}',
    ],
    ids=range(13),
)
def test_a_damaged_line_of_the_manifest(folder: Path, tmp_path: Path, line: str) -> None:
    out = tmp_path / "out"
    go(folder, out)
    with (out / MANIFEST).open("a", encoding="utf-8", errors="surrogatepass") as stream:
        stream.write(line + "\n")
    assert go(folder, out).kept == 13


def test_a_manifest_that_cannot_be_read(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out" / MANIFEST).mkdir(parents=True)
    with pytest.raises(OutputError, match="cannot read"):
        go(folder, tmp_path / "out")
