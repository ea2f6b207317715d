import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.fakes import Fake
from translate.cli.main import COMMANDS, run
from translate.engines.base import Translator
from translate.errors import ModelError

ARTICLE = (
    "Le maire inaugure le pont\n\n"
    "Le maire a déclaré : « Le pont est ouvert. » Il a coûté 12 000 euros.\n\n"
    "A view of the new bridge in Lyon, France, March 3, 2024. Jane Doe/Pool via REUTERS\n"
)
ENGLISH_ARTICLE = (
    "The mayor opens the bridge\n\nThe mayor said on Tuesday that the new bridge was open to the "
    "public and that it had cost less than expected.\n"
)
GERMAN_ARTICLE = (
    "Der Bürgermeister eröffnet die Brücke\n\nDer Bürgermeister sagte am Dienstag, dass die neue "
    "Brücke für den Verkehr geöffnet sei und weniger gekostet habe als erwartet. Die Bewohner der "
    "Stadt freuen sich über die schnellere Verbindung in die Innenstadt.\n"
)
Depeche = Callable[..., int]


def load(*_args: object, **_options: object) -> Translator:
    return Fake(lambda text: text.replace("Le maire", "The mayor"))


def lossy(*_args: object, **_options: object) -> Translator:
    return Fake(lambda text: "The bridge")


@pytest.fixture
def depeche() -> Depeche:
    return lambda *arguments: run([str(argument) for argument in arguments], load=load)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_a_file_goes_to_standard_output(
    depeche: Depeche, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert depeche("translate", article) == 0
    out, err = capsys.readouterr()
    assert out.startswith(
        "The mayor inaugure le pont\n\nThe mayor a déclaré: “Le pont est ouvert.” Il"
    )
    assert "€12,000" in out
    assert out.endswith("Jane Doe/Pool via REUTERS\n")
    assert err == ""


def test_a_text_is_taken_as_it_is(depeche: Depeche, capsys: pytest.CaptureFixture[str]) -> None:
    assert depeche("translate", "Le maire est parti hier.") == 0
    assert capsys.readouterr().out == "The mayor est parti hier.\n"


@pytest.mark.parametrize(
    ("target", "beginning"),
    [
        ("text", "The mayor"),
        ("markdown", "# The mayor"),
        ("html", "<!doctype html>"),
        ("json", '{\n  "source_language": "fr"'),
    ],
)
def test_every_format(depeche: Depeche, article: Path, target: str, beginning: str) -> None:
    output = article.with_name("out")
    assert depeche("translate", article, "--to", target, "-o", output) == 0
    assert output.read_text(encoding="utf-8").startswith(beginning)


def test_the_ending_of_the_output_tells_the_format(depeche: Depeche, article: Path) -> None:
    output = article.with_name("out.json")
    assert depeche("translate", article, "-o", output) == 0
    assert json.loads(output.read_text(encoding="utf-8"))["blocks"][0]["kind"] == "title"


def test_several_files_into_a_folder(depeche: Depeche, article: Path, tmp_path: Path) -> None:
    other = tmp_path / "autre.md"
    other.write_text("# Le maire parle\n\nLe maire a parlé.\n", encoding="utf-8")
    assert depeche("translate", article, other, "-o", tmp_path / "out") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "article.en.txt",
        "autre.en.md",
    ]
    text = (tmp_path / "out" / "autre.en.md").read_text(encoding="utf-8")
    assert text == "# The mayor parle\n\nThe mayor a parlé.\n"


def test_side_by_side_and_findings(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["translate", str(article), "--side-by-side", "--show-findings"]
    assert run(arguments, load=lossy) == 0
    out, err = capsys.readouterr()
    assert "French" in out
    assert "caption" in out
    assert "error: 12 000 euros in the French, no such number in the English | Il a coûté" in err


def test_strict_exits_with_1_where_a_promise_is_broken(article: Path) -> None:
    assert run(["translate", str(article)], load=lossy) == 0
    assert run(["translate", str(article), "--strict"], load=lossy) == 1


def test_a_termbase_is_kept_to_where_the_model_has_placeholders(
    article: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = tmp_path / "terms.tsv"
    terms.write_text("maire\tlord mayor\n", encoding="utf-8")
    command = ["translate", str(article), "--terms", str(terms), "--show-findings"]
    assert run(command, load=load) == 0
    out, err = capsys.readouterr()
    assert "The mayor inaugure" in out
    assert err.count("warning: the termbase has “lord mayor” for “maire”: not in the English") == 2

    def masking(*_args: object, **_options: object) -> Translator:
        translator = Fake(lambda text: text.replace("Le", "The"))
        translator.placeholders = ("⟦0⟧", "⟦1⟧")
        return translator

    assert run(command, load=masking) == 0
    out, err = capsys.readouterr()
    assert out.startswith("The lord mayor inaugure")
    assert "termbase" not in err


def test_segment_needs_no_model(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def never(*_args: object, **_options: object) -> Translator:
        raise AssertionError("a model was loaded")

    assert run(["segment", str(article)], load=never) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == "title [fr]"
    assert "caption [en]" in out
    assert run(["segment", str(article), "--json"], load=never) == 0
    assert json.loads(capsys.readouterr().out)[-1]["language"] == "en"


def test_an_english_article_is_said_and_left_unchanged(
    depeche: Depeche, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "english.txt"
    path.write_text(ENGLISH_ARTICLE, encoding="utf-8")
    assert depeche("translate", path) == 0
    out, err = capsys.readouterr()
    assert out == ENGLISH_ARTICLE
    assert "already English: nothing to translate" in err


BAD_INPUT: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "is empty: nothing to translate"),
    "only spaces": (b" \n\t\n \xc2\xa0\n", "is empty: nothing to translate"),
    "only a byte order mark": (b"\xef\xbb\xbf", "is empty: nothing to translate"),
    "binary": (bytes(range(256)) * 4, "is binary, not UTF-8 text"),
    "control characters": (b"Le maire " + b"\x01\x02\x03" * 20, "is binary, not UTF-8"),
    "UTF-16 without a mark": ("Le maire a parlé".encode("utf-16-le"), "is UTF-16 without a byte"),
    "Polish": ("Zażółć gęślą jaźń".encode("cp1250"), "is not UTF-8 (byte 0xBF at 2"),
    "cut in a character": ("Le maire a parlé".encode()[:-1], "is not UTF-8 (byte 0xC3 at 15"),
    "a bad UTF-16": (b"\xff\xfeL\x00e\x00\x00\xd8", "is not UTF-16"),
    "German": (GERMAN_ARTICLE.encode(), "the article looks like German, not French"),
    "short German": (
        b"Die Regierung hat am Dienstag beschlossen, dass die Steuern nicht steigen.",
        "the article looks like German, not French",
    ),
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_bytes_are_said_in_one_line(
    depeche: Depeche, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data, message = BAD_INPUT[name]
    path = tmp_path / "article.txt"
    path.write_bytes(data)
    assert depeche("translate", path, "-o", tmp_path / "out.txt") == 2
    _one_line(capsys, message)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["translate", "missing.txt"], "there is no file missing.txt"),
        (["translate", "."], ". is a folder, not an article"),
        (["translate", "nowhere/at/all"], "there is no file nowhere/at/all"),
        (["translate", "article"], "there is no file article"),
        (["translate"], "Missing argument"),
        (["translate", ""], "the text is empty: nothing to translate"),
        (["translate", " "], "the text is empty: nothing to translate"),
        (["translate", "a b", "--to", "pdf"], "'pdf' is not one of"),
        (["translate", "a b", "--beam", "0"], "0 is not in the range"),
        (["translate", "a b", "--nonsense"], "No such option"),
        (["translate", "a b", "c d", "-o", __file__], "is a file, but 2 articles were given"),
        (["translate", "a b", "-o", "out.pdf"], "out.pdf: .pdf is not written; name a file"),
        (["translate", "a b", "-o", "out.png"], ".png is not written"),
        (
            ["translate", "a b", "--side-by-side", "-o", "out.txt"],
            "--side-by-side is written as .html or .docx, not out.txt",
        ),
        (["translate", "a b", "--side-by-side", "-o", "a.html", "--to", "json"], "not json"),
        (["nonsense"], "No such command"),
        (["translate", "a b", "--terms", "none.tsv"], "there is no termbase none.tsv"),
        (["translate", "a b", "--terms", __file__], "line 1 is not French<TAB>English"),
        (["batch", "missing", "out"], "missing is not a folder"),
        (["batch", ".", "out", "--terms", "none.tsv"], "there is no termbase none.tsv"),
        (["segment", "missing.md"], "there is no file missing.md"),
    ],
)
def test_bad_arguments_are_said_in_one_line(
    depeche: Depeche, capsys: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    assert depeche(*arguments) == 2
    _one_line(capsys, message)


@pytest.mark.parametrize("group", ["eval", "memory"])
def test_a_group_alone_shows_its_commands(
    depeche: Depeche, capsys: pytest.CaptureFixture[str], group: str
) -> None:
    assert depeche(group) == 2
    assert capsys.readouterr().err.startswith(f"Usage: depeche {group}")


@pytest.mark.parametrize(("name", "beginning"), [("o.html", b"<!doctype"), ("o.docx", b"PK")])
def test_side_by_side_in_a_file(
    depeche: Depeche, article: Path, name: str, beginning: bytes
) -> None:
    output = article.with_name(name)
    assert depeche("translate", article, "--side-by-side", "-o", output) == 0
    assert output.read_bytes().startswith(beginning)


def test_a_model_that_cannot_be_had(capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_args: object, **_options: object) -> Translator:
        raise ModelError("there is no model x;\nchoose builtin")

    assert run(["translate", "Le maire parle."], load=broken) == 2
    _one_line(capsys, "there is no model x; choose builtin")


def test_interrupted_while_translating(article: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupt(_text: str) -> str:
        raise KeyboardInterrupt

    output = article.with_name("out.txt")
    arguments = ["translate", str(article), "-o", str(output)]
    assert run(arguments, load=lambda *_args, **_options: Fake(interrupt)) == 130
    _one_line(capsys, "interrupted")
    assert not output.exists()


def test_the_article_is_not_overwritten(
    depeche: Depeche, article: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert depeche("translate", article, "-o", article) == 2
    _one_line(capsys, "is the article itself")
    assert article.read_text(encoding="utf-8") == ARTICLE


@pytest.mark.parametrize(
    "text",
    [
        "Le maire 🎉🎉 a parlé 👩‍👩‍👧.",
        "Le maire a dit مرحبا بالعالم hier.",
        "Le maire\x07 a parlé\x1b[31m.",
        "Le maire a vu " + " ".join(["le pont et"] * 1500) + ".",
        "Le maire " + "x" * 5000 + " a parlé.",
    ],
    ids=["emoji", "right to left", "control characters", "3,000 words", "a word of 5,000 letters"],
)
def test_odd_text_comes_through(
    depeche: Depeche, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    assert depeche("translate", text) == 0
    out = capsys.readouterr().out
    assert out.startswith("The mayor")
    for part in ("🎉🎉", "👩‍👩‍👧", "مرحبا بالعالم", "\x1b[31m", "x" * 5000):
        assert (part in text) == (part in out)
    assert out.count("le pont et") == text.count("le pont et")


def test_two_megabytes(depeche: Depeche, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text((ARTICLE + "\n") * (2_000_000 // len(ARTICLE)), encoding="utf-8")
    assert depeche("translate", path, "-o", tmp_path / "out.txt") == 0
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").count("REUTERS") == 2_000_000 // len(
        ARTICLE
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(depeche: Depeche, capsys: pytest.CaptureFixture[str], shell: str) -> None:
    assert depeche("completion", shell) == 0
    assert "_DEPECHE_COMPLETE" in capsys.readouterr().out


def test_help_lists_every_command(depeche: Depeche, capsys: pytest.CaptureFixture[str]) -> None:
    assert depeche("--help") == 0
    out = capsys.readouterr().out
    assert all(f"  {name} " in out for name in COMMANDS)


def _one_line(capsys: pytest.CaptureFixture[str], message: str) -> None:
    out, err = capsys.readouterr()
    assert out == ""
    assert err.strip().count("\n") == 0
    assert err.strip().startswith("depeche: error: ")
    assert message in err


FAKE = (
    "import sys\n"
    "from tests.fakes import Fake\n"
    "from translate.cli.main import run\n"
    "sys.exit(run(sys.argv[1:], load=lambda *a, **k: Fake()))\n"
)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="for Linux")
@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        ("translate - <&-", 2, "standard input is closed; give a file or a text"),
        ("translate 'Il est parti.' >&-", 2, "standard output is closed; name a file with -o"),
        ("translate 'Il est parti.' -o /dev/null >&-", 0, ""),
        ("translate 'Il est parti.' > /dev/full", 2, "No space left on device"),
        ("translate 'Il est parti.' -o /dev/full", 2, "No space left on device; free some"),
        ("translate 'Il est parti.' -o /dev/stdout | cat > /dev/null", 0, ""),
        ("translate /dev/zero", 2, "/dev/zero goes on after 256 MB; give a file"),
        ("translate - < /dev/zero", 2, "standard input goes on after 256 MB; give a file"),
        ("formats > /dev/full", 2, "No space left on device"),
    ],
)
def test_streams_that_are_closed_full_or_endless(arguments: str, code: int, said: str) -> None:
    shell = f'"{sys.executable}" -c "$0" {arguments}'
    command = ["bash", "-c", f"set -o pipefail; {shell}", FAKE]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert done.stderr.count("\n") <= 1


def test_closed_standard_error_changes_nothing(article: Path) -> None:
    shell = f'"{sys.executable}" -c "$0" translate "{article}" 2>&-'
    done = subprocess.run(["bash", "-c", shell, FAKE], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "Le maire" in done.stdout
