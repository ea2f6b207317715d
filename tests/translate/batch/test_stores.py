import pickle
from collections.abc import Iterator
from pathlib import Path

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFile

from tests.fakes import Fake
from translate.batch import Folder, Order, Place, Store, Summary, find_tasks, place_of, run
from translate.batch.manifest import PART_LINES, PARTS, Entry, Known, PartsManifest
from translate.cli.main import run as depeche
from translate.errors import InputError, OutputError, UsageError


@pytest.fixture
def memory() -> Iterator[Store]:
    """A store that is empty before and after."""
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield Store("memory://paper/in")
    files.store.clear()


def fill(place: Place) -> None:
    for number in range(12):
        text = f"Le pont {number} est ouvert\n\nLe maire a parlé. Il a dit « oui ».\n"
        place.write(f"2024/a{number:02}.txt", text.encode())
    place.write("b.md", b"# Le pont\n\nLe maire est parti.\n")
    place.write(".caché/c.txt", b"Le maire est parti.")
    place.write("notes.pdf", b"%PDF")


def go(source: Place, output: Place, translator: Fake | None = None) -> Summary:
    tasks = find_tasks(source, output)
    return run(tasks, Order(source, output), translator or Fake())


def outputs(place: Place) -> dict[str, bytes]:
    return {name: place.read(name) for name in place.names() if name != "manifest.jsonl"}


@pytest.mark.parametrize("into_a_folder", [True, False])
def test_a_store_gives_what_a_folder_gives(
    memory: Store, tmp_path: Path, into_a_folder: bool
) -> None:
    folder, out = Folder(tmp_path / "in"), Folder(tmp_path / "out")
    fill(folder)
    fill(memory)
    assert go(folder, out).done == 13
    far: Place = Folder(tmp_path / "far") if into_a_folder else Store("memory://paper/english")
    assert go(memory, far).done == 13
    assert outputs(far) == outputs(out)
    again = Fake()
    assert go(memory, far, again).kept == 13
    assert not again.seen


class Listed(Store):
    """A store that counts how often it is listed."""

    times = 0

    def below(self, folder: str = "") -> list[str]:
        Listed.times += 1
        return super().below(folder)


def test_a_store_is_listed_once_for_articles_and_for_what_is_left_out(memory: Store) -> None:
    fill(memory)
    Listed.times = 0
    tasks = find_tasks(Listed(memory.address), Store("memory://paper/english"))
    assert Listed.times == 1
    assert len(tasks) == 13
    assert [name for name, _ in tasks.left_out] == ["notes.pdf"]


def test_what_changed_in_a_store_is_done_again(memory: Store) -> None:
    fill(memory)
    out = Store("memory://paper/english")
    go(memory, out)
    memory.write("b.md", "# Le pont\n\nLe maire est arrivé.\n".encode())
    fsspec.filesystem("memory").rm_file("/paper/english/2024/a03.txt")
    assert go(memory, out).done == 2
    assert go(memory, out).kept == 13


def test_names_that_lead_elsewhere_are_left_out(memory: Store, tmp_path: Path) -> None:
    files = fsspec.filesystem("memory")
    text = b"Le maire est parti."
    for name in ("a.txt", "../b.txt", "c/../../../d.txt", "/e.txt"):
        files.store[f"/paper/in/{name}"] = MemoryFile(files, name, text)
    assert [task.name for task in find_tasks(memory, Folder(tmp_path / "out"))] == ["a.txt"]


def test_the_output_inside_the_input_is_no_input(memory: Store) -> None:
    fill(memory)
    out = Store("memory://paper/in/english/")
    assert go(memory, out).done == 13
    assert go(memory, out).kept == 13


def test_a_part_is_written_when_it_is_full_or_old(memory: Store) -> None:
    now = [0.0]
    manifest = PartsManifest(memory, resume=True, clock=lambda: now[0])
    lines = lambda: b"".join(memory.read(part) for part in memory.below(PARTS)).count(b"\n")  # noqa: E731
    for number in range(PART_LINES - 1):
        manifest.put(Entry(f"a{number}", "", "f00", "key", "done"))
    assert lines() == 0
    now[0] = 11
    manifest.put(Entry("last of the part", "", "f00", "key", "done"))
    manifest.put(Entry("a0", "", "", "", "failed"))
    assert lines() == PART_LINES
    manifest.close()
    assert lines() == PART_LINES + 1
    assert len(memory.below(PARTS)) == 2
    again = PartsManifest(memory, resume=True)
    assert again.known("a1") == Known("f00", "key")
    assert again.known("a0") is None
    assert PartsManifest(memory, resume=False).known("a1") is None


def test_what_no_place_can_be(memory: Store, tmp_path: Path) -> None:
    fill(memory)
    with pytest.raises(UsageError, match="the output folder is the input folder"):
        find_tasks(memory, Store("memory://paper/in/"))
    with pytest.raises(UsageError, match=r"https://paper\.example/ can only be read"):
        find_tasks(memory, place_of("https://paper.example/"))
    with pytest.raises(InputError, match="there is nothing at memory://nothing"):
        find_tasks(Store("memory://nothing"), Folder(tmp_path))
    with pytest.raises(InputError, match="there are no articles in memory://paper/in"):
        find_tasks(memory, Folder(tmp_path), pattern="*.doc")
    with pytest.raises(InputError, match="cannot read memory://paper/in/none"):
        memory.read("none")
    with pytest.raises(OutputError, match=r"cannot write memory://paper/in/b\.md/c"):
        memory.write("b.md/c", b"")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nowhere://a", "nowhere:// is no kind of address"),
        ("oss://a", r"of its own: \(Install ossfs"),
    ],
)
def test_an_unknown_store_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], address: str, said: str
) -> None:
    import re

    assert depeche(["batch", address, str(tmp_path / "out")]) == 2
    err = capsys.readouterr().err
    assert re.search(said, err)
    assert err.count("\n") == 1


def test_places_can_be_sent_to_other_processes(memory: Store) -> None:
    fill(memory)
    sent = pickle.loads(pickle.dumps(memory))
    assert sent == memory
    assert sent.exists("b.md")
    assert not sent.exists("b.txt")


def test_local_addresses_are_folders() -> None:
    assert place_of("file:///a/b") == Folder(Path("/a/b"))
    assert place_of("a/b") == Folder(Path("a/b"))
