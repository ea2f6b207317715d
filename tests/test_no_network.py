"""Nothing leaves the machine: no name is looked up and no address outside of it is contacted.

Each command runs in a process whose audit hook (PEP 578) refuses what is not loopback.
"""

import os
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

GUARD = """
import ipaddress, sys

def guard(event, given):
    if event == "socket.connect" and isinstance(given[1], tuple):
        host = given[1][0]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = given[0]
    else:
        return
    try:
        at_home = host in (None, "localhost") or ipaddress.ip_address(host).is_loopback
    except ValueError:
        at_home = False
    if not at_home:
        sys.stderr.write(f"CONTACTED {host}\\n")
        raise OSError(f"{host} was contacted")

sys.addaudithook(guard)
from translate.cli.main import run
"""

ARTICLE = "Le ministre a annoncé une réforme. Voir https://example.org/page pour la suite.\n"


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """The user's, with folders of the test and nothing that forbids the hub."""
    names = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "GRADIO_ANALYTICS_ENABLED")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "DEPECHE_DATA": str(tmp_path / "data"), "HF_HOME": str(tmp_path / "hub")}


def depeche(environment: dict[str, str], folder: Path, *commands: tuple[str, ...]) -> str:
    """What the commands say, run one after the other in one process."""
    code = f"{GUARD}\nfor command in {commands!r}:\n    run(list(command))"
    done = subprocess.run(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        env=environment,
        cwd=folder,
    )
    return done.stdout


def test_commands_contact_nobody(tmp_path: Path, environment: dict[str, str]) -> None:
    (tmp_path / "one.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "one.en").write_text("The minister has announced a reform.\n", encoding="utf-8")
    (tmp_path / "theirs.en").write_text("The minister announced a reform.\n", encoding="utf-8")
    output = depeche(
        environment,
        tmp_path,
        ("translate", "one.txt"),
        ("translate", "one.txt", "--engine", "transformers"),
        ("models",),
        ("models", "--available"),
        ("models", "add", "nosuch"),
        ("eval", "score", "--ref", "one.en", "theirs.en"),
    )
    assert output.count("https://example.org/page") == 2
    for said in ("Helsinki-NLP/opus-mt-fr-en", "no model 'nosuch'", "BLEU"):
        assert said in output
    assert "CONTACTED" not in output


def test_the_guard_sees_what_is_asked_for(tmp_path: Path, environment: dict[str, str]) -> None:
    """A hub id is a request for the hub: the guard of these tests works."""
    output = depeche(environment, tmp_path, ("models", "add", "Newsroom/not-there"))
    assert "CONTACTED huggingface.co" in output
    assert "depeche: error: cannot get 'Newsroom/not-there'" in output


def test_the_desk_contacts_nobody(tmp_path: Path, environment: dict[str, str]) -> None:
    said = tmp_path / "said"
    code = f"{GUARD}\nrun(['ui', '--port', '0', '--no-open'])"
    with (
        said.open("w") as output,
        subprocess.Popen(
            [sys.executable, "-c", code],
            stdout=output,
            stderr=subprocess.STDOUT,
            env=environment,
            cwd=tmp_path,
        ) as server,
    ):
        try:
            address = _address(said, server)
            assert urlopen(f"{address}health", timeout=30).status == 200
            assert b"Depeche" in urlopen(address, timeout=30).read()
        finally:
            server.terminate()
    assert "CONTACTED" not in said.read_text(encoding="utf-8")


def _address(said: Path, server: "subprocess.Popen[bytes]") -> str:
    """Where the desk says that it listens."""
    for _ in range(600):
        words = said.read_text(encoding="utf-8").split()
        found = [word for word in words if word.startswith("http://127.0.0.1:")]
        if found:
            return found[0].rstrip("/") + "/"
        assert server.poll() is None, said.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError("the desk does not start")
