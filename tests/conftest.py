"""Shared by all tests: caches of their own, and the built-in model in both engines."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from translate.engines import Translator, load_translator
from translate.engines.models import BUILTIN

# Machines differ and are busy: no example has a deadline. On CI the examples are the same each
# time, so that a red run means a change; elsewhere they are new, so that faults are found.
settings.register_profile("local", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("local"), derandomize=True)
settings.register_profile("thorough", settings.get_profile("local"), max_examples=1500)
settings.load_profile("ci" if os.environ.get("CI") else "local")


@pytest.fixture(scope="session", autouse=True)
def private_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """No test reads or writes the user's models; conversions are kept between runs, they are slow.

    The cache is keyed by content, so what an earlier run left is as good as new.
    """
    root = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DEPECHE_DATA", str(root))
        if "DEPECHE_CACHE" not in os.environ:
            user = os.getuid() if hasattr(os, "getuid") else "user"
            folder = Path(tempfile.gettempdir()) / f"depeche-tests-{user}"
            patch.setenv("DEPECHE_CACHE", str(folder))
        yield root


@pytest.fixture(scope="session")
def builtin(private_folders: Path) -> Translator:
    """The built-in model as users have it: CTranslate2, int8 on the CPU."""
    return load_translator(BUILTIN, device="cpu")


@pytest.fixture(scope="session")
def builtin_float32(private_folders: Path) -> Translator:
    """The built-in model in CTranslate2, unquantized."""
    return load_translator(BUILTIN, device="cpu", compute_type="float32")


@pytest.fixture(scope="session")
def builtin_transformers(private_folders: Path) -> Translator:
    """The built-in model in transformers, float32 on one core (two stall on a busy machine)."""
    return load_translator(BUILTIN, engine="transformers", device="cpu", threads=1)
