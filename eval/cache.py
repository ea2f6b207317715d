"""What was translated is kept: an SQLite file of texts, each under a hash of all that made it.

The English of a text depends on the text, the model's files, the settings, the program (its lists
as much as its code), the libraries and the arithmetic of the processor.
"""

import hashlib
import importlib.metadata
import json
import os
import platform
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from functools import cache
from pathlib import Path

import translate
from eval import systems
from eval.systems import System
from eval.testsets import Article
from translate.engines.models import find_model
from translate.errors import InputError
from translate.folders import cache_folder

PROGRAM = Path(translate.__file__).parent
_MODEL_FILES = (".json", ".spm", ".safetensors", ".bin")


class HypothesisCache:
    """Translated texts in an SQLite file: key -> lines. Each text is safe once `put` returns."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; InputError where that cannot be done."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with ExitStack() as unless_it_works:
                self._database = unless_it_works.enter_context(closing(sqlite3.connect(path)))
                self._database.execute(
                    "CREATE TABLE IF NOT EXISTS hypotheses "
                    "(key TEXT PRIMARY KEY, lines TEXT NOT NULL)"
                )
                unless_it_works.pop_all()
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{path} cannot be used as cache ({error}): delete it or give --cache another path"
            ) from None

    def get(self, key: str) -> list[str] | None:
        """The lines of a text that was translated before."""
        row = self._database.execute(
            "SELECT lines FROM hypotheses WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else list(json.loads(row[0]))

    def put(self, found: Mapping[str, Sequence[str]]) -> None:
        """Keep some texts, all or none of them."""
        rows = [(key, json.dumps(list(lines), ensure_ascii=False)) for key, lines in found.items()]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO hypotheses VALUES (?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def default_cache() -> Path:
    """Where hypotheses are kept unless told: `DEPECHE_CACHE` or the user's cache folder."""
    return cache_folder() / "eval.sqlite3"


def keys_of(texts: Sequence[Article], system: System) -> list[str]:
    """What the English of each text depends on, hashed; ModelError for a missing model."""
    made_by = [
        *(program_hash(), model_hash(system.model), libraries(), processor()),
        *(str(system.raw), repr(system.settings)),
        *(system.engine, str(system.compute), system.device),
    ]
    return [
        hashlib.sha256(
            json.dumps([*made_by, text.markdown, bool(text.name), text.text]).encode()
        ).hexdigest()
        for text in texts
    ]


@cache
def program_hash(folder: Path = PROGRAM) -> str:
    """A hash of the program: its code, its lists, and how the evaluation drives it."""
    digest = hashlib.sha256(Path(systems.__file__).read_bytes())
    for file in sorted(_program_files(folder)):
        digest.update(file.relative_to(folder).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def _program_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        parts = file.relative_to(folder).parts
        is_model = parts[0] == "builtin_model" and file.suffix != ".py"  # hashed as what it is
        if file.is_file() and not is_model and "__pycache__" not in parts:
            yield file


def model_hash(model: str) -> str:
    """A hash of a model's files. Raises ModelError for a model that is not there."""
    files = sorted(find_model(model).folder.iterdir())
    kept = (file for file in files if file.is_file() and file.suffix in _MODEL_FILES)
    states = ((file, file.stat()) for file in kept)
    return _hash_of(tuple((file, state.st_size, state.st_mtime_ns) for file, state in states))


@cache
def _hash_of(files: tuple[tuple[Path, int, int], ...]) -> str:
    """A hash of some files, read again where size or time have changed."""
    digest = hashlib.sha256()
    for file, *_ in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def libraries() -> str:
    """What the program stands on, with versions: another tokenizer gives other English."""
    required = importlib.metadata.requires("depeche-desk") or []
    names = {re.split(r"[^\w.-]", line)[0] for line in required if "extra ==" not in line}
    return ", ".join(f"{name} {importlib.metadata.version(name)}" for name in sorted(names))


def processor() -> str:
    """The kind of processor, and what CTranslate2 is told about it: int8 rounds on each its way."""
    told = {key: value for key, value in os.environ.items() if key.startswith("CT2_")}
    return f"{platform.machine()} {_instructions()} {sorted(told.items())}"


@cache
def _instructions() -> str:
    """The instruction sets of the processor, where Linux lists them."""
    try:
        listed = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return platform.processor()
    found = re.search(r"^(?:flags|Features)\s*:(.*)$", listed, re.MULTILINE)
    return " ".join(sorted(found[1].split())) if found else platform.processor()
