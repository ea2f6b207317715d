"""The models of a desk: everybody sees them, administrators add, remove and choose them."""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from translate.engines.available import available_models
from translate.engines.checked import Check, forget_check, last_check
from translate.engines.elsewhere import convert_elsewhere
from translate.engines.folder import ModelInfo
from translate.engines.hub import Report
from translate.engines.models import (
    add_model,
    find_model,
    is_hub_id,
    list_models,
    name_of,
    remove_model,
    set_default,
)
from translate.errors import DepecheError, ModelError, UsageError
from ui.choices import Menu
from ui.lane import BusyError

_log = logging.getLogger(__name__)

#: `add(source, name=, report=)` of `translate.engines.models`.
Add = Callable[..., ModelInfo]


class StoppedError(Exception):
    """Somebody pressed Stop."""


@dataclass(slots=True)
class Work:
    """What is being done with a model: its bytes so far and in all, and how it ended.

    `state` is running, done, failed or stopped; `number` tells one work from the next.
    """

    kind: str
    model: str
    number: int = 0
    done: int = 0
    total: int = 0
    state: str = "running"
    error: str = ""
    started: float = field(default_factory=time.monotonic)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for JSON, with the seconds that are left where they can be told."""
        values = asdict(self)
        taken = time.monotonic() - values.pop("started")
        rate = self.done / taken if taken else 0
        left = (self.total - self.done) / rate if rate and self.total else None
        return {**values, "seconds_left": left and round(left)}


class Models:
    """The models as a page sees and changes them; one is added or checked at a time."""

    def __init__(
        self,
        menu: Menu,
        forget: Callable[[str], None],
        *,
        add: Add = add_model,
        convert: Callable[[str], None] = convert_elsewhere,
        check: Callable[[str], None] | None = None,
    ) -> None:
        self._menu = menu
        self._forget = forget
        self._add = add
        self._convert = convert
        self._check = check or check_elsewhere
        self._lock = threading.Lock()
        self._stopped = threading.Event()
        self._work: Work | None = None

    def seen(self) -> dict[str, Any]:
        """The models that are there, the public ones that are not, and what is being done."""
        found = list_models()
        origins = {info.origin.split("@")[0] for info in found}
        public = [model for model in available_models() if model.id not in origins]
        with self._lock:
            work = self._work and self._work.as_dict()
        return {
            "models": [self._row(info) for info in found],
            "available": [asdict(model) for model in public],
            "work": work,
        }

    def _row(self, info: ModelInfo) -> dict[str, Any]:
        """A model without its folder: that is the server's own affair."""
        return {
            "name": info.name,
            "megabytes": round(info.size_bytes / 1e6, 1),
            "parameters": info.parameters,
            "licence": info.licence,
            "origin": info.origin if is_hub_id(info.origin.split("@")[0]) else "",
            "scores": [asdict(score) for score in info.scores],
            "check": _checked(last_check(info.name)),
            "default": info.name == self._menu.models[0],
        }

    def add(self, source: str, name: str, *, folders: bool) -> None:
        """Begin to add a model of the hub, or with `folders` a folder or file of this machine."""
        if not folders and (not is_hub_id(source) or Path(source).exists()):
            raise UsageError(
                f"'{source[:80]}' is no id of the hub such as Helsinki-NLP/opus-mt-fr-en; folders "
                "are added on the desk's own machine, with `depeche models add`"
            )
        known = name or name_of(source)
        self._begin(Work("add", known), lambda work: self._added(work, source, name))

    def check(self, name: str) -> None:
        """Begin to check a model: a minute."""
        find_model(self._known(name))
        self._begin(Work("check", name), lambda _: self._check(name))

    def stop(self) -> None:
        """Stop a download; what came is kept, and the same model goes on from there."""
        self._stopped.set()

    def choose(self, name: str) -> None:
        """Make a model the one that is used where nothing is chosen, now and after a restart."""
        set_default(self._known(name))
        self._renew([name, *self._menu.models])

    def remove(self, name: str) -> None:
        """Delete an added model."""
        remove_model(self._known(name))
        forget_check(name)
        self._forget(name)
        self._renew(model for model in self._menu.models if model != name)

    def _known(self, name: str) -> str:
        names = [info.name for info in list_models()]
        if name not in names:
            raise ModelError(f"no model '{name[:80]}'; this desk has: {', '.join(names)}")
        return name

    def _renew(self, names: Iterable[str]) -> None:
        self._menu.models = tuple(dict.fromkeys(names))

    def _begin(self, work: Work, step: Callable[[Work], None]) -> None:
        with self._lock:
            if self._work and self._work.state == "running":
                raise BusyError(f"{self._work.model} is still being worked on; wait, or stop it")
            work.number = self._work.number + 1 if self._work else 1
            self._work = work
            self._stopped.clear()
        threading.Thread(target=self._run, args=(work, step), daemon=True).start()

    def _run(self, work: Work, step: Callable[[Work], None]) -> None:
        try:
            step(work)
        except StoppedError:
            work.state = "stopped"
        except DepecheError as error:
            work.state, work.error = "failed", str(error)
        except Exception as error:  # noqa: BLE001 it is said, and the desk goes on
            _log.error("%s of a model failed", work.kind, exc_info=error)
            work.state, work.error = "failed", "it failed; the desk's log says why"
        else:
            work.state = "done"

    def _added(self, work: Work, source: str, name: str) -> None:
        info = self._add(source, name=name or None, report=self._report(work))
        work.model = info.name
        self._convert(info.name)
        self._renew([*self._menu.models, info.name])

    def _report(self, work: Work) -> Report:
        def report(done: int, total: int) -> None:
            if self._stopped.is_set():
                raise StoppedError
            work.done, work.total = done, total

        return report


def check_elsewhere(name: str) -> None:
    """`depeche models check` in a process of its own; ModelError says why it gave nothing."""
    command = [sys.executable, "-m", "translate", "models", "check", name]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):  # 1: it was checked, and a promise is not kept
        said = done.stderr.strip().splitlines() or ["it cannot be checked"]
        raise ModelError(said[-1].removeprefix("depeche: error: "))


def _checked(found: Check | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "words_per_second": round(found.words_per_second),
        "peak_mb": found.peak_mb and round(found.peak_mb),
        "test_set": found.test_set,
        "scores": found.scores,
        "broken": found.broken,
    }
