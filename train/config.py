"""The recipe: a TOML file into frozen dataclasses, every key checked."""

import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from train.errors import TrainError

T = TypeVar("T")
DECAYS = ("linear", "inverse_sqrt")


@dataclass(frozen=True, slots=True)
class ModelConfig:
    """The shape of the network; see transformers' MarianConfig."""

    encoder_layers: int = 6
    decoder_layers: int = 2
    width: int = 256
    heads: int = 8
    ffn: int = 1024
    vocabulary: int = 8000
    dropout: float = 0.0


@dataclass(frozen=True, slots=True)
class AugmentConfig:
    """Share of the pairs that get an extra, changed copy (see `train.augment`)."""

    capitals: float = 0.0
    accent_free: float = 0.0
    numbers: float = 0.0
    placeholders: float = 0.0
    masked_numbers: float = 0.0
    names: float = 0.0
    english_copy: float = 0.0
    furniture: int = 0  # repetitions of the list of page furniture


@dataclass(frozen=True, slots=True)
class RareConfig:
    """What is made for the words that the corpora hardly have (see `train.rare`)."""

    made_from: tuple[str, ...] = ()  # corpora whose sentences are changed or cut up
    news: tuple[str, ...] = ()  # of them, those whose words come first
    substituted: int = 0  # sentences with rare words in the place of others
    dictionary: int = 0  # short pairs around each entry of the lexicon, at most
    phrases: int = 0  # phrases around each word of few occurrences, at most
    headlines: int = 0  # short sentences without their stop; besides, as many of nouns and phrases


@dataclass(frozen=True, slots=True)
class PrepareConfig:
    """What is taken from the folder of corpora."""

    corpora: tuple[str, ...] = ()
    limit: int = 100_000  # pairs taken of one corpus at most, drawn evenly
    limits: dict[str, int] = field(default_factory=dict)  # the same for one that is named
    longest: int = 120  # pieces of either side, end marker included
    ratio: float = 2.5  # of the lengths in characters, for pairs over 20 characters
    augment_from: tuple[str, ...] = ()
    english_from: tuple[str, ...] = ()  # their English sides become pairs of English and English
    english_limit: int = 20_000  # of each of them
    align: bool = True
    reverse: bool = False  # English to French: a model for `back`
    augment: AugmentConfig = field(default_factory=AugmentConfig)
    rare: RareConfig = field(default_factory=RareConfig)


@dataclass(frozen=True, slots=True)
class PhaseConfig:
    """A stretch of the run with its own mixture.

    `until` is the share of the run at which it ends; pairs are at most `length_from` pieces long
    at its start and `length_to` at its end, growing linearly. `weights` multiply the number of
    pairs of each corpus: 2 draws a corpus twice as often as its size would.
    """

    until: float
    length_from: int
    length_to: int
    weights: dict[str, float]


@dataclass(frozen=True, slots=True)
class FitConfig:
    """The optimisation."""

    minutes: float = 60.0
    tokens: int = 0  # > 0: a budget of target pieces in the place of minutes
    steps: int = 0  # > 0: a budget of updates in the place of both
    seed: int = 1
    threads: int = (
        0  # on a CPU: each has its own batch, and the gradients are added; 0: the fastest
    )
    batch_tokens: int = 1024  # positions of the longer side in one batch, padding included
    accumulate: int = 1
    block: int = 12_000  # pairs drawn at once, then sorted by length into batches
    bucket: int = 8
    learning_rate: float = 7e-4
    warmup: int = 400
    decay: str = "linear"  # or "inverse_sqrt"
    label_smoothing: float = 0.1
    ema: float = 0.999
    start_share: float = 0.0  # share that the exported weights keep of those the run started from
    clip: float = 1.0
    align_weight: float = 0.1
    align_until: float = 1.0  # share of the run at which the weight has decayed to zero
    bf16: bool | None = None  # or float32; left out: whichever is faster on this machine
    checkpoint_minutes: float = 10.0
    dev_minutes: float = 10.0
    dev_lines: int = 500


@dataclass(frozen=True, slots=True)
class Recipe:
    """All of it."""

    name: str
    model: ModelConfig
    prepare: PrepareConfig
    phases: tuple[PhaseConfig, ...]
    fit: FitConfig
    notes: str = ""  # for the model card: where the run was not just what the recipe says


def load_recipe(path: Path) -> Recipe:
    """Read a recipe; an unknown key, a wrong type or a missing file is a TrainError."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainError(f"cannot read the recipe {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise TrainError(f"{path} is not valid TOML: {error}") from error
    prepare = dict(raw.get("prepare", {}))
    prepare["augment"] = _build(AugmentConfig, prepare.get("augment", {}), f"{path} augment")
    prepare["rare"] = _build(RareConfig, prepare.get("rare", {}), f"{path} rare")
    recipe = Recipe(
        name=str(raw.get("name", path.stem)),
        model=_build(ModelConfig, raw.get("model", {}), f"{path} model"),
        prepare=_build(PrepareConfig, prepare, f"{path} prepare"),
        phases=tuple(_build(PhaseConfig, p, f"{path} phase") for p in raw.get("phase", [])),
        fit=_build(FitConfig, raw.get("fit", {}), f"{path} fit"),
        notes=str(raw.get("notes", "")),
    )
    _check(recipe, path)
    return recipe


def _build(kind: type[T], raw: dict[str, Any], where: str) -> T:
    known = {f.name: f for f in fields(kind)}  # type: ignore[arg-type]
    unknown = sorted(set(raw) - set(known))
    if unknown:
        raise TrainError(f"{where}: unknown key {unknown[0]!r}; known: {', '.join(sorted(known))}")
    values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise TrainError(f"{where}: {error}") from error


def _check(recipe: Recipe, path: Path) -> None:
    if not recipe.phases:
        raise TrainError(f"{path} has no [[phase]]; give at least one with its weights")
    ends = [phase.until for phase in recipe.phases]
    if ends != sorted(ends) or ends[-1] != 1.0:
        raise TrainError(f"{path}: phases end at {ends}; they must rise and the last must be 1.0")
    if recipe.fit.decay not in DECAYS:
        raise TrainError(f"{path}: decay {recipe.fit.decay!r}; allowed: {', '.join(DECAYS)}")
    if recipe.model.width % recipe.model.heads:
        raise TrainError(f"{path}: width {recipe.model.width} is no multiple of the heads")
