import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import ui
from translate.cli.main import run
from translate.errors import DepecheError, UsageError
from ui.app import listen
from ui.options import Options, hash_password, is_password, users_from

STATIC = Path(ui.__file__).parent / "static"


def test_a_password_is_its_hash_and_nothing_else_is() -> None:
    hashed = hash_password("été:42")
    assert is_password("été:42", hashed)
    assert not is_password("ete:42", hashed)
    assert "42" not in hashed.split("$")[0]
    assert hash_password("été:42") != hashed  # its own salt


def test_users_come_from_the_line_and_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "passwords"
    path.write_text(f"# the night shift\nbea:{hash_password('two')}\n\n")
    users = users_from(["ana:one:more"], path)
    assert set(users) == {"ana", "bea"}
    assert is_password("one:more", users["ana"])
    assert is_password("two", users["bea"])


@pytest.mark.parametrize("entry", ["ana", "ana:", ":one", ""])
def test_half_a_user_is_refused(entry: str) -> None:
    with pytest.raises(UsageError, match="user:password"):
        users_from([entry], None)


@pytest.mark.parametrize(
    "text", ["ana:plain", "ana", "ana:scrypt$1$2$3$xx$yy", "ana:scrypt$0$8$1$00$00", "", "# none"]
)
def test_a_bad_password_file_is_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "passwords").write_text(text)
    with pytest.raises(DepecheError, match="--hash-password"):
        users_from([], tmp_path / "passwords")


def test_a_missing_password_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DepecheError, match="cannot read the password file"):
        users_from([], tmp_path / "none")


def test_a_taken_port_is_said() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(UsageError, match="choose another --port"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("localhost", True),
        ("::1", True),
        ("0.0.0.0", False),
        ("10.1.2.3", False),
    ],
)
def test_only_loopback_is_local(host: str, local: bool) -> None:
    assert Options(host=host).is_local is local


@pytest.mark.parametrize(
    "arguments",
    [
        ["--auth", "ana"],
        ["--engine", "steam"],
        ["--port", "99999"],
        ["--workers", "0"],
        ["--host", "256.1.1.1", "--auth", "a:b"],
    ],
)
def test_bad_options_are_one_line_and_exit_2(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["ui", *arguments]) == 2
    error = capsys.readouterr().err
    assert error.startswith("depeche: error: ")
    assert error.count("\n") == 1


def test_help_does_not_load_gradio() -> None:
    code = (
        "import sys; from translate.cli.main import run; code = run(['ui', '--help']);"
        "sys.exit(code or 'gradio' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_both_languages_have_every_string() -> None:
    strings = json.loads((STATIC / "strings.json").read_text(encoding="utf-8"))
    assert strings["en"].keys() == strings["fr"].keys()
    for key, english in strings["en"].items():
        blanks = re.findall(r"\{\w+\}", english)
        assert sorted(blanks) == sorted(re.findall(r"\{\w+\}", strings["fr"][key])), key


def test_every_string_that_the_page_asks_for_is_there() -> None:
    strings = json.loads((STATIC / "strings.json").read_text(encoding="utf-8"))["en"]
    for script in STATIC.glob("*.js"):
        for key in re.findall(r'\bt\(\s*"([\w.-]+)"', script.read_text(encoding="utf-8")):
            assert key in strings, f"{script.name}: {key}"


def test_every_check_kind_and_status_has_a_name() -> None:
    from translate.document import Kind, Language
    from translate.findings import sentences
    from ui.records import Status

    strings = json.loads((STATIC / "strings.json").read_text(encoding="utf-8"))["en"]
    wanted = [
        *(f"check.{code.partition('.')[0]}" for code in sentences()),
        *(f"kind.{kind}" for kind in Kind),
        *(f"language.{language}" for language in Language),
        *(f"status.{status}" for status in Status),
        *(f"progress.{status}" for status in Status),
    ]
    assert [key for key in wanted if key not in strings] == []


def test_the_page_never_writes_markup() -> None:
    for script in STATIC.glob("*.js"):
        text = script.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
        ):
            assert forbidden not in text, f"{script.name}: {forbidden}"


def test_a_desk_open_to_everybody_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        assert run(["ui", "--host", "0.0.0.0", "--port", port]) == 2
        assert "0.0.0.0 is open to the network" in capsys.readouterr().err
        assert run(["ui", "--host", "0.0.0.0", "--port", port, "--auth", "a:b"]) == 2
        assert "warning" not in capsys.readouterr().err


def test_a_desk_behind_a_proxy_says_where_it_listens(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "ui", "--port", "0", "--open", "--root-path", "desk/"]
    environment = os.environ | {"DEPECHE_DATA": str(tmp_path), "BROWSER": "false"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment) as running:
        assert running.stderr is not None
        said = running.stderr.readline()
        running.terminate()
        running.stderr.read()
    assert re.fullmatch(
        r"Depeche is at http://127\.0\.0\.1:\d+/, for a proxy that serves it at /desk/ "
        r"\(Ctrl\+C ends it\)\n",
        said,
    )
