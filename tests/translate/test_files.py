import subprocess
import sys
from pathlib import Path

import pytest

from translate.errors import InputError, OutputError
from translate.files import read_bytes, write_atomically


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
