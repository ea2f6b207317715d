import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import BinaryIO, cast

import pytest

from translate.errors import InputError, OutputError
from translate.files import read_bytes, read_stream, write_atomically


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "out.txt"
    write_atomically(path, "un\r\n")
    write_atomically(path, "deux\r\n")
    assert path.read_bytes() == b"deux\r\n"
    assert list(path.parent.iterdir()) == [path]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    """A limit on the size of files fails a write as a full disk does."""
    path = tmp_path / "out.txt"
    path.write_text("old")
    code = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from translate.errors import OutputError\n"
        "from translate.files import write_atomically\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))\n"
        "try:\n"
        "    write_atomically(Path(sys.argv[1]), 'x' * 100_000)\n"
        "except OutputError as error:\n"
        "    print(error)\n"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"cannot write {path}: File too large;")
    assert done.stdout.strip().endswith("nothing was written")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_the_advice_for_a_full_disk(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="cannot write /dev/full/x"):
        write_atomically(Path("/dev/full/x"), "text")


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    with pytest.raises(OutputError, match="it is a folder; give the name of a file"):
        write_atomically(tmp_path / "out", "text")
    assert list(tmp_path.iterdir()) == [tmp_path / "out"]


def test_what_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="is a folder, not an article"):
        read_bytes(tmp_path)
    with pytest.raises(InputError, match="there is no file"):
        read_bytes(tmp_path / "missing")


def test_a_link_is_followed_and_the_mode_kept(tmp_path: Path) -> None:
    path, link = tmp_path / "real.txt", tmp_path / "link.txt"
    path.write_text("old")
    path.chmod(0o600)
    link.symlink_to(path)
    write_atomically(link, "new")
    assert link.is_symlink()
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_link_to_nothing_makes_the_file(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "new" / "file")
    write_atomically(tmp_path / "link", "text")
    assert (tmp_path / "new" / "file").read_text() == "text"


def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "link")
    with pytest.raises(OutputError, match="cannot write"):
        write_atomically(tmp_path / "link", "text")


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with ThreadPoolExecutor() as pool:
        read = pool.submit(pipe.read_bytes)
        write_atomically(pipe, "texte")
        assert read.result(timeout=200) == b"texte"
    assert pipe.is_fifo()


def test_a_device_stays_one(tmp_path: Path) -> None:
    """By way of a link: were the device replaced, the machine would suffer for it."""
    (tmp_path / "null").symlink_to(os.devnull)
    write_atomically(tmp_path / "null", "text")
    assert not Path(os.devnull).is_file()
    assert (tmp_path / "null").is_symlink()


def test_what_never_ends_is_not_read_for_ever() -> None:
    with pytest.raises(InputError, match="endless goes on after 1 MB"):
        read_stream(cast("BinaryIO", Endless()), "endless", limit=1024**2)


class Endless:
    """A device that gives zeros."""

    def fileno(self) -> int:
        raise OSError

    def read(self, size: int) -> bytes:
        return bytes(size)
