"""What a download from the hub says: one that is cut and goes on, and one line for each failure.

    python -m bench.hub

Serves a small model on loopback as the hub does; nothing else is contacted.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from tests.hub import FakeHub, serving
from tests.models import tiny_marian
from tests.translate.engines.test_hub import FAILURES, MODEL
from translate.engines.hub import Hub
from translate.errors import DepecheError


def main() -> None:
    """Print the requests of a cut download, then each failing case with its line."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary)
        made = tiny_marian(root / "made")
        with serving(FakeHub(MODEL, made)) as served:
            served.cuts = [200_000, 100_000]
            hub = Hub(served.address, root / "cache", wait=lambda seconds: say(f"wait {seconds} s"))
            hub.find(MODEL, None)
            say("\n".join(line for line in served.requests if "/cdn/model" in line))
        for case, (change, _) in FAILURES.items():
            folder = shutil.copytree(made, root / "changed", dirs_exist_ok=True)
            with serving(FakeHub(MODEL, folder)) as served:
                change(served)
                try:
                    Hub(served.address, root / case, wait=lambda seconds: None).find(MODEL, None)
                except DepecheError as error:
                    say(f"{case}: {error}")


def say(text: str) -> None:
    """A line of the report."""
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
