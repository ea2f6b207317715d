"""What the README shows is what happens."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def run(arguments: list[str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT)


@pytest.mark.parametrize("block", blocks("console"))
def test_a_command_prints_what_is_shown(block: str) -> None:
    for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        line, _, shown = example.partition("\n")
        program, *arguments = shlex.split(line)
        assert program == "depeche"
        done = run(["-m", "translate", *arguments])
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == shown


def test_the_python_lines_run() -> None:
    (block,) = blocks("python")
    done = run(["-c", block])
    assert (done.returncode, done.stderr) == (0, "")
    assert "REUTERS/Clara Whitfield" in done.stdout


def test_the_first_screen_shows_french_and_english() -> None:
    first = "\n".join(README.splitlines()[:25])
    assert "```console" in first
    assert "«" in first
    assert "“" in first


def test_every_file_that_is_linked_exists() -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        if not target.startswith("http"):
            assert (ROOT / target).exists(), target


def test_the_make_targets_exist() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"make ([a-z-]+)", README):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
