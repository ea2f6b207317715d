"""Another distribution with a package of one of our names: said at the start, not guessed at."""

import base64
import hashlib
import os
import subprocess
import sys
from importlib.metadata import Distribution
from pathlib import Path

import pytest

import depeche

ROOT = Path(depeche.__file__).parent
START = [sys.executable, "-c", "import depeche; depeche.main()", "--version"]


def started(*folders: Path) -> subprocess.CompletedProcess[str]:
    path = os.pathsep.join(map(str, (*folders, ROOT)))
    environment = {**os.environ, "PYTHONPATH": path, "PYTHONSAFEPATH": "1"}
    return subprocess.run(START, capture_output=True, text=True, check=False, env=environment)


def test_the_desk_starts_in_its_own_folder() -> None:
    done = started()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("depeche, version")


@pytest.mark.parametrize("name", depeche.PACKAGES)
def test_a_package_from_elsewhere_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    (tmp_path / name / "__init__.py").write_text("raise RuntimeError")
    done = started(tmp_path)
    assert done.returncode == 2
    assert f"has taken the package {name}, and Depeche cannot run beside it" in done.stderr
    assert "give it an environment of its own: `pipx install`" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with our distribution in it, as pip leaves it."""
    info = tmp_path / "depeche_desk-0.1.0.dist-info"
    info.mkdir()
    lines = [f"{info.name}/RECORD,,"]
    for name in depeche.PACKAGES:
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(f'"""{name}"""')
        digest = hashlib.sha256((tmp_path / name / "__init__.py").read_bytes()).digest()
        value = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        lines.append(f"{name}/__init__.py,sha256={value},9")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: depeche-desk\nVersion: 0.1.0\n")
    (info / "RECORD").write_text("\n".join(lines) + "\n")
    return tmp_path


def changed(site: Path) -> list[str]:
    installed = Distribution.at(site / "depeche_desk-0.1.0.dist-info")
    return list(depeche.changed_packages(installed))


def test_a_package_that_was_written_over_is_known(site: Path) -> None:
    assert changed(site) == []
    (site / "eval" / "__init__.py").write_text("other = 1")
    (site / "ui" / "__init__.py").unlink()
    assert sorted(changed(site)) == ["eval", "ui"]
