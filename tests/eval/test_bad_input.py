"""Every bad input is said in one line; the cases are in bad_input.toml."""

import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval import evaluate
from eval.cli.main import cli
from translate.errors import DepecheError, InputError

CASES = tomllib.loads(Path(__file__).with_name("bad_input.toml").read_text())["case"]


def write(files: dict[str, Any]) -> None:
    for name, content in files.items():
        data = content.encode() if isinstance(content, str) else bytes.fromhex(content["hex"])
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_bad_input(case: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write({"ref": "The Senate voted on Tuesday.\nNo one spoke.\nIt rained.\n"})
    write({"hyp": "The Senate has voted Tuesday.\nNobody spoke.\nIt was raining.\n"})
    write(case.get("files", {}))
    with pytest.raises(DepecheError) as caught:
        CliRunner().invoke(cli, case["args"], catch_exceptions=False)
    message = str(caught.value)
    assert case["says"] in message
    assert "\n" not in message


def test_command_line_exits_with_2(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "eval", "score", "--ref", str(tmp_path / "no"), "no"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("error: ")
    assert done.stderr.count("\n") == 1
    assert not done.stdout


@pytest.mark.parametrize(
    ("systems", "references", "says"),
    [
        ({}, [["a"]], "no hypotheses"),
        ({"s": ["a"]}, [], "no references"),
        ({"s": []}, [[]], "no references"),
        ({"s": ["a", "b", "c"]}, [["a"]], "3 segments, the reference has 1"),
        ({"s": "abc"}, [["a", "b", "c"]], "is one string"),
        ({"s": ["a"]}, ["a"], "give a list of references"),
        ({"s": ["", " "]}, [["a", "b"]], "empty in every segment"),
    ],
)
def test_bad_calls(systems: Any, references: Any, says: str) -> None:
    with pytest.raises(InputError, match=says):
        evaluate(systems, references)
