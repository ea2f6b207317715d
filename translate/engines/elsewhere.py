"""Models converted in a process of its own: torch's memory is not the model's."""

import subprocess
import sys

from translate.errors import ModelError


def convert_elsewhere(name: str) -> None:
    """Convert a model for CTranslate2 where that was not done yet; ModelError says why not."""
    command = [sys.executable, "-m", "translate.engines.ct2", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it cannot be converted"]
        raise ModelError(said[-1].removeprefix("depeche: error: "))
