"""What the folder listing promises: one door, heavy imports in their places, a quick start."""

import ast
import importlib.metadata
import os
import re
import subprocess
import sys
import tomllib
from itertools import chain
from pathlib import Path

import pytest

import translate

ROOT = Path(translate.__file__).parent.parent
PACKAGES = ("translate", "ui", "eval", "train")
#: Heavy module -> the only places that may import it.
PLACES = {
    "torch": ("translate/engines/marian.py", "train/"),
    "transformers": ("translate/engines/marian.py", "translate/engines/ct2.py", "train/"),
    "ctranslate2": ("translate/engines/ct2.py", "train/"),
    "gradio": ("ui/app.py", "ui/page.py", "ui/sealed.py", "ui/evaluate_tab.py"),
    "sacrebleu": ("eval/metrics.py", "train/"),
    "matplotlib": ("eval/plots.py", "train/"),
    "pyarrow": ("translate/formats/parquet.py", "translate/batch/cluster.py"),
    "ray": ("translate/batch/cluster.py",),
    "docx": ("translate/formats/docx_page.py",),
    "wordfreq": ("translate/notation/wordlists.py",),
    "marisa_trie": ("translate/notation/wordlists.py",),
    "py3langid": ("translate/article/identifier.py",),
}


def modules() -> list[Path]:
    return sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
    return names


@pytest.mark.parametrize("heavy", PLACES)
def test_heavy_imports_are_in_their_places(heavy: str) -> None:
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if not name.startswith(PLACES[heavy]):
            assert heavy not in {module.split(".")[0] for module in imported(path)}, name


def test_translate_imports_neither_the_desk_nor_the_evaluation() -> None:
    for path in modules():
        if path.is_relative_to(ROOT / "translate"):
            tops = {module.split(".")[0] for module in imported(path)}
            assert not tops & {"ui", "eval", "train"}, path


def test_the_door_is_sorted_and_small() -> None:
    assert translate.__all__ == sorted(translate.__all__)
    assert len(translate.__all__) <= 13
    assert all(getattr(translate, name).__doc__ for name in translate.__all__)


#: What the desk and the evaluation may know of `translate`: its values and services. Of the rooms
#: inside, only how the languages write things, what a draft is, and what is wrong with one.
DOORS = (
    "translate",
    "translate.document",
    "translate.errors",
    "translate.files",
    "translate.findings",
    "translate.folders",
    "translate.settings",
    "translate.pipeline",
    "translate.work",
    "translate.engines",
    "translate.formats",
    "translate.memory",
    "translate.notation",
    "translate.terms.exchange",
    "translate.terms.termbase",
    "translate.drafting",
    "translate.cli.main",
    "translate.cli.terminal",  # how a command shows its progress
    "translate.article.language",  # the evaluation reads lines that are no articles
    "translate.article.sentences",
)


def test_the_desk_and_the_evaluation_come_in_by_the_doors() -> None:
    for path in modules():
        if path.relative_to(ROOT).parts[0] not in ("ui", "eval"):
            continue
        for name in imported(path):
            if name.split(".")[0] == "translate":
                allowed = [door for door in DOORS if name == door or name.startswith(f"{door}.")]
                assert allowed not in ([], ["translate"]) or name == "translate", (path, name)


#: Who finds the kind of a block in a text or reads it from a file, and who says what becomes of it.
KINDS = ("translate/document.py", "translate/article/", "translate/formats/", "translate/work.py")


def test_only_some_rooms_of_translate_know_the_kinds_of_blocks() -> None:
    for path in modules():
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("translate/") and not name.startswith(KINDS):
            names = {n.id for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Name)}
            assert "Kind" not in names, name


#: Rooms whose modules are told by their names: a module a format, a module a command.
PLAIN_ROOMS = ("formats", "cli")


def test_the_map_is_true() -> None:
    """CONTRIBUTING.md names every module of `translate`, and in a room's row nothing else."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)/` \| (.*?) \|", text, re.MULTILINE))
    rooms = {path.parent.name for path in (ROOT / "translate").glob("*/__init__.py")}
    assert set(rows) == rooms - {"builtin_model"}
    beside = {path.name for path in (ROOT / "translate").glob("[!_]*.py")}
    assert not beside - set(re.findall(r"`(\w+\.py)`", text)), "CONTRIBUTING.md lacks a module"
    for room, row in rows.items():
        named = {name.partition(".")[0] for name in re.findall(r"`([\w.]+)`", row)}
        files = {path.stem for path in (ROOT / "translate" / room).iterdir()}
        wanted = {path.stem for path in (ROOT / "translate" / room).glob("[!_]*.py")}
        assert not named - files, f"{room}/ has no such module"
        assert room in PLAIN_ROOMS or not wanted - named, f"CONTRIBUTING.md lacks a name of {room}/"


def test_nobody_else_owns_our_package_names() -> None:
    owners = importlib.metadata.packages_distributions()
    for package in PACKAGES:
        assert set(owners.get(package, ["depeche-desk"])) == {"depeche-desk"}


def test_whatever_is_imported_is_declared() -> None:
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    given = [*content["dependencies"], *chain(*content["optional-dependencies"].values())]
    declared = {re.split(r"[<>=;\[ ]", one)[0].lower().replace("_", "-") for one in given}
    owners = importlib.metadata.packages_distributions()
    tops = {name.split(".")[0] for path in modules() for name in imported(path)}
    for top in sorted(tops - sys.stdlib_module_names - set(PACKAGES)):
        names = {name.lower().replace("_", "-") for name in owners.get(top, [top])}
        assert names & declared, f"{top} is imported, but {names} is not declared"


def test_help_needs_no_model_and_no_heavy_module() -> None:
    code = (
        "import sys\nfrom translate.cli.main import run\nrun(['--help'])\n"
        "heavy = {'torch', 'transformers', 'ctranslate2', 'gradio', 'sacrebleu', 'py3langid'}\n"
        "heavy |= {'numpy', 'rich', 'huggingface_hub', 'wordfreq'}\n"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_is_quick() -> None:
    """Under 0.3 s of processor time on an idle machine, with room for a busy one."""
    command = [sys.executable, "-m", "translate", "--help"]
    seconds = []
    for _ in range(5):
        before = _of_children()
        subprocess.run(command, capture_output=True, check=True, cwd=ROOT)
        seconds.append(_of_children() - before)
    assert min(seconds) < 0.9


def _of_children() -> float:
    """The processor time that the processes started here have taken."""
    times = os.times()
    return times.children_user + times.children_system
