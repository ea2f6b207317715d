"""Starts the desk, unless another distribution has taken one of its packages: that is said.

`translate`, `ui`, `eval` and `train` are names that others use too, and pip lets one distribution
write over another without a word. This module has a name of its own, so that it can tell.
"""

import base64
import hashlib
import importlib.util
import sys
from collections.abc import Iterable, Iterator
from importlib import metadata
from pathlib import Path

PACKAGES = ("translate", "ui", "eval", "train")
DISTRIBUTION = "depeche-desk"


def main() -> None:
    """Check the packages and hand over to the command line."""
    home = Path(__file__).resolve().parent
    taken = sorted({*taken_packages(home), *changed_packages(_installed())})
    if taken:
        sys.stderr.write(f"depeche: error: {explain(taken)}\n")
        sys.exit(2)
    from translate.cli.main import main as run

    run()


def taken_packages(home: Path) -> Iterator[str]:
    """The packages that Python would load from elsewhere than from beside this module."""
    origins = {}
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        origins[name] = Path(spec.origin).resolve().parent.parent if spec and spec.origin else None
    beside = {home, *(place for place in origins.values() if place)}
    for name, place in origins.items():
        # an editable install has this module apart from the packages, all of which are together
        if place is None or (place != home and (home in origins.values() or len(beside) > 2)):
            yield name


def changed_packages(files: Iterable[metadata.PackagePath]) -> Iterator[str]:
    """The packages whose first file is not the one that was installed (RECORD has its hash)."""
    firsts = {f"{name}/__init__.py": name for name in PACKAGES}
    for file in files:
        name = firsts.get(file.as_posix())
        if name and file.hash and file.hash.value != _hash(Path(file.locate())):
            yield name


def _hash(path: Path) -> str:
    """The SHA-256 of a file as RECORD has it; empty where there is none."""
    if not path.is_file():
        return ""
    return base64.urlsafe_b64encode(hashlib.sha256(path.read_bytes()).digest()).decode().rstrip("=")


def explain(taken: Iterable[str]) -> str:
    """Who has taken the packages, and what to do."""
    owners = metadata.packages_distributions()
    others = {other for name in taken for other in owners.get(name, ())} - {DISTRIBUTION}
    who = ", ".join(sorted(others)) or "something else on Python's path"
    return (
        f"{who} has taken the package {' and '.join(taken)}, and Depeche cannot run beside it; "
        "give it an environment of its own: `pipx install` or `uv tool install` with its folder "
        "or wheel"
    )


def _installed() -> Iterable[metadata.PackagePath]:
    """What was installed; nothing where the desk runs from its own folder."""
    try:
        return metadata.files(DISTRIBUTION) or ()
    except metadata.PackageNotFoundError:
        return ()
