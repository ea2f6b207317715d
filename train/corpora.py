"""Reading and cleaning of parallel corpora: NAME.tsv or NAME.tsv.xz with NAME.json beside it."""

import json
import lzma
import random
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from train.config import PrepareConfig
from train.errors import TrainError

Pair = tuple[str, str]  # French, English
Drawn = TypeVar("Drawn")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus with where it comes from and under which licence."""

    name: str
    origin: str
    licence: str
    pairs: list[Pair]


def read_corpus(folder: Path, name: str) -> Corpus:
    """Read one corpus; a missing, empty or malformed file is a TrainError that names the line."""
    path = next(
        (p for p in (folder / f"{name}.tsv", folder / f"{name}.tsv.xz") if p.is_file()), None
    )
    if path is None:
        found = sorted({p.name.split(".")[0] for p in folder.glob("*.tsv*")})
        raise TrainError(f"no {name}.tsv or {name}.tsv.xz in {folder}; there: {', '.join(found)}")
    pairs = list(_read_pairs(path))
    if not pairs:
        raise TrainError(f"{path} is empty; give it French<TAB>English lines or leave it out")
    card = read_card(folder / f"{name}.json")
    return Corpus(name, _origin(card), str(card.get("licence", "unknown")), pairs)


def _origin(card: dict[str, object]) -> str:
    repositories = card.get("repositories")
    if isinstance(repositories, list):
        return ", ".join(str(row.get("fr", row)) for row in repositories)
    return str(card.get("origin") or card.get("source") or "unknown")


def _read_pairs(path: Path) -> Iterator[Pair]:
    opener = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, 1):
                columns = line.rstrip("\r\n").split("\t")
                if len(columns) != 2:
                    raise TrainError(
                        f"{path} line {number} has {len(columns)} columns; "
                        "every line must be French<TAB>English"
                    )
                yield columns[0].strip(), columns[1].strip()
    except (UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise TrainError(f"{path} cannot be read ({error}); it must be whole and UTF-8") from error


def read_card(path: Path) -> dict[str, object]:
    """What NAME.json says of a corpus; without a licence it is a TrainError."""
    try:
        card = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise TrainError(
            f"{path} is missing; it must say the corpus's origin and licence"
        ) from error
    except ValueError as error:
        raise TrainError(f"{path} is not valid JSON: {error}") from error
    if not isinstance(card, dict) or not card.get("licence"):
        raise TrainError(f"{path} names no licence; data of unknown licence is not trained on")
    return card


def read_held_out(folder: Path) -> frozenset[str]:
    """Every line of every test set below `folder`, both languages, reduced by `fingerprint`."""
    paths = sorted([*folder.rglob("*.fr"), *folder.rglob("*.en")])
    if not paths:
        raise TrainError(f"no NAME.fr or NAME.en in {folder}; the test sets must be known")
    held = (fingerprint(line) for p in paths for line in p.read_text("utf-8").splitlines())
    return frozenset(filter(None, held))


def fingerprint(text: str) -> str:
    """Letters and digits only, casefolded, without accents: what two copies of a line share."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if c.isalnum())


def clean(pairs: Iterable[Pair], config: PrepareConfig, held_out: frozenset[str]) -> list[Pair]:
    """Drop empty, lopsided, letterless, repeated and held-out pairs; keep the order."""
    kept: dict[Pair, None] = {}
    for french, english in pairs:
        if _is_sound(french, english, config.ratio) and not (
            fingerprint(french) in held_out or fingerprint(english) in held_out
        ):
            kept.setdefault((french, english), None)
    return list(kept)


def _is_sound(french: str, english: str, ratio: float) -> bool:
    if not any(map(str.isalpha, french)) or not any(map(str.isalpha, english)):
        return False
    short, long = sorted((len(french), len(english)))
    return long <= 800 and (long <= 20 or long <= ratio * short)


def draw(pairs: list[Drawn], limit: int, seed: int) -> list[Drawn]:
    """At most `limit` of them, drawn without replacement; the same for the same seed."""
    if len(pairs) <= limit:
        return pairs
    return random.Random(seed).sample(pairs, limit)
