"""Starts the desk, unless another distribution has taken one of its packages: that is said.

`translate`, `ui`, `eval` and `train` are names that others use too, and pip lets one distribution
write over another without a word. This module has a name of its own, so that it can tell.
"""

import base64
import csv
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
    installed = _installed()
    taken = sorted({*taken_packages(home), *(changed_packages(installed) if installed else ())})
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


def changed_packages(installed: metadata.Distribution) -> Iterator[str]:
    """The packages whose first file is not the one that was installed (RECORD has its hash).

    RECORD is read itself: from Python 3.12 on `files` leaves out what is no longer there.
    """
    firsts = {f"{name}/__init__.py": name for name in PACKAGES}
    for file, digest, _ in csv.reader((installed.read_text("RECORD") or "").splitlines()):
        path = Path(str(installed.locate_file(file)))
        if file in firsts and digest and digest.partition("=")[2] != _hash(path):
            yield firsts[file]


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


def _installed() -> metadata.Distribution | None:
    """What was installed; nothing where the desk runs from its own folder."""
    try:
        return metadata.distribution(DISTRIBUTION)
    except metadata.PackageNotFoundError:
        return None
