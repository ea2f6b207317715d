from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.browser import chromium, new, server
from tests.ui.helpers import Backwards
from ui.desk import Desk
from ui.lane import Lanes, in_thread
from ui.store import Store
from ui.worker import Worker

__all__ = ["chromium", "desk", "new", "server", "translator"]  # fixtures


@pytest.fixture
def translator() -> Backwards:
    return Backwards()


@pytest.fixture
def desk(tmp_path: Path, translator: Backwards) -> Iterator[Desk]:
    made = Desk(
        Store(tmp_path / "desk.sqlite"),
        Worker(lambda model, engine: translator),
        Lanes(in_thread),
        max_article=20_000,
    )
    yield made
    made.close()
