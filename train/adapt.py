"""`adapt`: a Marian model goes on learning from a newsroom's own translations.

    files -> units -> pairs -> training, choosing, judging
    training -> shards in the model's own vocabulary -> fit -> averaged weights
    averaged weights, mixed with those before -> the mix that serves `choosing` best -> `judging`

A tenth of the sentences is never trained on. One half of it chooses how much of the old weights is
kept (Wortsman et al. 2022, Robust fine-tuning of zero-shot models), among the mixes that lose
little on general news; the other half says what was won, by sacreBLEU's paired tests.
"""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import torch
from torch import Tensor
from transformers import MarianMTModel

from eval.evaluation import Settings, evaluate
from eval.values import Evaluation
from train import align, shards
from train.augment import augmented, english_copies
from train.config import AugmentConfig, FitConfig, ModelConfig, PhaseConfig, PrepareConfig, Recipe
from train.corpora import Pair, clean, fingerprint
from train.errors import TrainError
from train.fit import Progress, average, fit
from train.network import set_weights
from train.speed import choose, pieces_a_second
from translate.engines import load_translator
from translate.engines.ct2 import converted_folder
from translate.engines.folder import (
    ModelInfo,
    card_text,
    model_files,
    read_model,
    weight_files,
)
from translate.engines.folder import Score as ModelScore
from translate.engines.marian import load_weights
from translate.engines.marian_tokens import MarianTokens
from translate.files import read_bytes
from translate.memory import exchange
from translate.memory.store import Memory, Unit

FEWEST = 200  # sentences: with fewer the judging half could tell nothing
HELD_OUT = 10  # one sentence in so many is not trained on
MOST_JUDGED = 1_000  # sentences held out at most
MOST_LOOKED_AT = 600  # sentences of a general set that each mix is tried on
PASSES = 6  # over the sentences at most
LEARNING_RATE = 2e-4
BATCH = (256, 2048)  # positions, least and most; a small text has small batches
UPDATES = 50  # in a pass, unless the batches would be too small or too large
SHARES = (0.0, 0.3, 0.5, 0.7)  # of the old weights in a mix
MAY_LOSE = 0.5  # BLEU on all general text together
_MEMORIES = (".sqlite", ".db")
_OWN, _COPIES = "own", "copies"  # names of the shards
_BEFORE, _AFTER = "before", "after"
_FAR = 1e9  # minutes: the budget is counted in pieces

Watch = Callable[[str, float], None]  # what is being done, and how much of it (0 to 1)


@dataclass(frozen=True, slots=True)
class Text:
    """Parallel sentences with a name."""

    name: str
    pairs: tuple[Pair, ...]

    @property
    def french(self) -> list[str]:
        """The French side."""
        return [french for french, _ in self.pairs]

    @property
    def english(self) -> list[str]:
        """The English side."""
        return [english for _, english in self.pairs]


@dataclass(frozen=True, slots=True)
class Parts:
    """What becomes of the sentences."""

    training: tuple[Pair, ...]
    choosing: Text
    judging: Text


@dataclass(frozen=True, slots=True)
class Adapted:
    """A model that has learnt, in a folder that the caller keeps or drops."""

    folder: Path
    kept: float  # share of the old weights in it
    pieces: int  # target pieces it was trained on
    seconds: float
    own: Evaluation  # the judging half: systems `before` and `after`
    general: tuple[Evaluation, ...]  # of each set, last of all together

    @property
    def is_better(self) -> bool:
        """Whether it wins on its own text, beyond chance, and loses little on general text."""
        gains = [c for c in self.own.comparisons if c.system == _AFTER]
        return (
            all(gain.difference > 0 for gain in gains)
            and any(gain.counts() for gain in gains)
            and all(loss(result) <= MAY_LOSE for result in self.general[-1:])
        )


def loss(result: Evaluation) -> float:
    """How many BLEU the model has lost; negative where it has won."""
    scores = {system.name: system.score("BLEU").value for system in result.systems}
    return scores[_BEFORE] - scores[_AFTER]


def read_units(path: Path) -> list[Unit]:
    """The units of a memory, TMX, TSV or XLIFF file; InputError for others."""
    if path.suffix.lower() in _MEMORIES:
        with Memory(path) as memory:
            return [unit for _, unit in memory.units()]
    return list(exchange.read(read_bytes(path), str(path)))


def parts_of(units: Iterable[Unit]) -> Parts:
    """Sound pairs, the last of each French sentence; which are held out depends on it alone.

    TrainError where there are too few.
    """
    last = {fingerprint(unit.source): (unit.source, unit.target) for unit in units}
    pairs = clean(last.values(), PrepareConfig(), frozenset())
    if len(pairs) < FEWEST:
        raise TrainError(
            f"{len(pairs)} different sound sentences; at least {FEWEST} are needed to learn from "
            "and to tell what was learnt"
        )
    numbers = [_number(french) for french, _ in pairs]
    held = [number % HELD_OUT == 0 for number in numbers]
    rows = list(zip(pairs, numbers, held, strict=True))
    out = sorted((number // HELD_OUT, pair) for pair, number, is_held in rows if is_held)
    chosen = [pair for _, pair in out[:MOST_JUDGED]]
    return Parts(
        tuple(pair for pair, _, is_held in rows if not is_held),
        Text("choosing", tuple(chosen[::2])),
        Text("judging", tuple(chosen[1::2])),
    )


def _number(french: str) -> int:
    digest = hashlib.blake2b(fingerprint(french).encode(), digest_size=8)
    return int.from_bytes(digest.digest(), "big")


def adapt(
    info: ModelInfo,
    parts: Parts,
    general: Sequence[Text],
    out: Path,
    *,
    minutes: float,
    threads: int = 0,
    rate: float = LEARNING_RATE,
    watch: Watch = lambda step, share: None,
) -> Adapted:
    """Train `info` on `parts.training` for at most about `minutes`; the best mix lies in `out`.

    `threads`: 0 takes what is fastest. `rate` is the highest learning rate. Raises TrainError for
    a model that cannot be trained on.
    """
    with tempfile.TemporaryDirectory(prefix="depeche-adapt-") as temporary:
        work = Path(temporary)
        network = _Network(info)
        tokens = _Tokens(info)
        watch("prepare", 0)
        _write_shards(parts.training, tokens, info, work)
        size = sum(len(shard.target) for shard in shards.Folder(work).values())
        recipe = _recipe(info, threads, size, rate)
        timer = partial(pieces_a_second, prepared=work, network=network, updates=2)
        recipe = choose(recipe, timer).on(recipe)
        recipe = _budget(recipe, min(PASSES * size, timer(recipe) * 60 * minutes))
        progress = fit(
            recipe,
            work,
            work / "run",
            network=network,
            watch=lambda at: watch("train", at.share(recipe.fit)),
        )
        judges = _Judges(info, tokens, parts, general, recipe.fit.threads)
        kept = _best_mix(network, average(work / "run"), judges, work, watch)
        shutil.copytree(work / f"mix-{kept}", out, dirs_exist_ok=True)
        watch("judge", 0)
        return judges.adapted(out, kept, progress)


class _Network:
    """Makes the network of a model folder, with its weights; TrainError where it does not fit."""

    def __init__(self, info: ModelInfo) -> None:
        self._folder = info.folder
        config = load_weights(info.folder).config
        if (info.folder / "target_vocab.json").is_file() or not config.tie_word_embeddings:
            raise TrainError(
                f"{info.name} has a vocabulary for each language; only models with one for both "
                "can learn more here"
            )
        if config.pad_token_id != config.vocab_size - 1:
            raise TrainError(
                f"{info.name} has its padding at {config.pad_token_id}, not at the end of its "
                f"{config.vocab_size:,} tokens as Marian models have: it cannot learn more here"
            )

    def __call__(self, *, attention: str = "eager") -> MarianMTModel:
        model = load_weights(self._folder, torch.float32)
        model.set_attn_implementation(attention)
        return model.train()


class _Tokens:
    """Text to ids with the vocabulary of a model, `</s>` included."""

    def __init__(self, info: ModelInfo) -> None:
        self._tokens = MarianTokens(info)
        self.longest = info.max_source_tokens

    def pair(self, pair: Pair) -> tuple[list[int], list[int]]:
        """The ids of French and English."""
        french, english = pair
        ids, tokens = self._tokens.ids, self._tokens
        return ids(tokens.encode(french)), ids(tokens.encode_target(english))

    def fits(self, text: str) -> bool:
        """Whether the model takes the French whole."""
        return 0 < len(self._tokens.encode(text)) <= self.longest


def _write_shards(training: Sequence[Pair], tokens: _Tokens, info: ModelInfo, work: Path) -> None:
    """The sentences, and changed copies that keep what the desk asks of a model."""
    kept = {_OWN: list(training), _COPIES: list(_copies(training, info))}
    table = []
    for name, pairs in kept.items():
        encoded = list(map(tokens.pair, pairs))
        encoded = [both for both in encoded if max(map(len, both)) <= tokens.longest + 1]
        if not encoded:
            raise TrainError(f"every sentence is over the {tokens.longest} tokens of {info.name}")
        sources, targets = zip(*encoded, strict=True)
        nothing = [align.nothing(len(target)) for target in targets]
        shards.save(shards.pack(sources, targets, nothing), work / f"{name}.npz")
        table.append({"name": name, "pairs": len(encoded)})
    (work / "corpora.json").write_text(json.dumps(table), encoding="utf-8")


def _copies(training: Sequence[Pair], info: ModelInfo) -> Iterator[Pair]:
    """Capitals, masked numbers and links, and English that stays as it is."""
    config = AugmentConfig(capitals=0.02)
    if info.placeholders:
        config = replace(config, placeholders=0.05, masked_numbers=0.3)
    yield from augmented(training, config, seed=1)
    yield from english_copies(training[::10], seed=1)


def _recipe(info: ModelInfo, threads: int, size: int, rate: float) -> Recipe:
    """For `size` target pieces."""
    longest = info.max_source_tokens + 1
    least, most = BATCH
    settings = FitConfig(
        minutes=_FAR,
        threads=threads,
        batch_tokens=min(most, max(least, size // UPDATES)),
        learning_rate=rate,
        ema=0.99,
        align_weight=0.0,
        checkpoint_minutes=_FAR,
    )
    phase = PhaseConfig(1.0, longest, longest, {_OWN: 1.0, _COPIES: 1.0})
    return Recipe(f"{info.name} adapted", ModelConfig(), PrepareConfig(), (phase,), settings)


def _budget(recipe: Recipe, tokens: float) -> Recipe:
    """So many target pieces, the first twentieth of them with a rising learning rate."""
    fit = recipe.fit
    updates = tokens / (fit.batch_tokens * fit.threads)
    changed = replace(fit, tokens=max(1, round(tokens)), warmup=max(1, round(updates / 20)))
    return replace(recipe, fit=changed)


def _best_mix(
    network: _Network, vector: Tensor, judges: "_Judges", work: Path, watch: Watch
) -> float:
    """The share of the old weights with which the new ones serve best; its folder stays."""
    best: tuple[float, float] | None = None
    for number, share in enumerate(SHARES):
        watch("choose", number / len(SHARES))
        folder = work / f"mix-{share}"
        _write(network, vector, share, judges.info, folder)
        gain, allowed = judges.gain(folder)
        if allowed or share == SHARES[-1]:
            best = max(best or (gain, share), (gain, share))
    assert best is not None
    return best[1]


def _write(network: _Network, vector: Tensor, share: float, info: ModelInfo, folder: Path) -> None:
    """A model folder with `share` of the old weights and the rest of the new ones, fp16."""
    model = network()
    old = [p.detach().clone() for p in model.parameters() if p.requires_grad]
    set_weights(model, vector)
    new = [p for p in model.parameters() if p.requires_grad]
    with torch.no_grad():
        for one, other in zip(new, old, strict=True):
            one.lerp_(other, share)
    model.half().save_pretrained(folder)
    for file in model_files(info.folder):
        if file.name not in weight_files(info.folder, info.weights):
            shutil.copyfile(file, folder / file.name)


class _Judges:
    """Scores mixes on the texts that were kept apart, as the desk would translate them."""

    def __init__(
        self, info: ModelInfo, tokens: _Tokens, parts: Parts, general: Sequence[Text], threads: int
    ) -> None:
        self.info = info
        self._threads = threads
        texts = (parts.choosing, parts.judging, *general)
        self._choosing, self._judging, *self._general = (
            Text(text.name, tuple(pair for pair in text.pairs if tokens.fits(pair[0])))
            for text in texts
        )
        if len(self._general) > 1:
            self._general.append(_together(self._general))
        self._looked_at = [_thinned(text) for text in self._general[-1:]]
        with self._engine(info.folder) as translate:
            seen = [self._choosing, self._judging, *self._general, *self._looked_at]
            self._before = {text: translate(text.french) for text in seen}

    def gain(self, folder: Path) -> tuple[float, bool]:
        """BLEU that a mix wins on the choosing half, and whether it loses little elsewhere."""
        with self._engine(folder) as translate:
            lost = [loss(self._compared(text, translate)) for text in self._looked_at]
            gain = -loss(self._compared(self._choosing, translate))
        return gain, max(lost, default=0) <= MAY_LOSE

    def adapted(self, folder: Path, kept: float, progress: Progress) -> Adapted:
        """The result with the scores of the mix that was chosen."""
        with self._engine(folder) as translate:
            own = self._compared(self._judging, translate, tested=True)
            general = [self._compared(text, translate, tested=True) for text in self._general]
        return Adapted(folder, kept, progress.target_tokens, progress.seconds, own, tuple(general))

    def _compared(self, text: Text, translate: "_Translate", *, tested: bool = False) -> Evaluation:
        chosen = Settings(metrics=("bleu", "chrf2"), analysis=False)
        if not tested:
            chosen = replace(chosen, samples=0, trials=0)
        systems = {_BEFORE: self._before[text], _AFTER: translate(text.french)}
        return evaluate(systems, [text.english], name=text.name, settings=chosen)

    @contextmanager
    def _engine(self, folder: Path) -> Iterator["_Translate"]:
        """The engine of the desk with a model folder; its conversion goes with it."""
        info = read_model(folder)
        converted = converted_folder(info, "int8")
        was_there = converted.is_dir()
        engine = load_translator(
            str(folder), engine="ctranslate2", device="cpu", threads=self._threads
        )

        known: dict[str, str] = {}  # the general sets come one by one, then together

        def translate(french: Sequence[str]) -> list[str]:
            new = [line for line in dict.fromkeys(french) if line not in known]
            found = engine.translate(new)
            known.update((line, row[0].text) for line, row in zip(new, found, strict=True))
            return [known[line] for line in french]

        try:
            yield translate
        finally:
            if not was_there:
                shutil.rmtree(converted, ignore_errors=True)


_Translate = Callable[[Sequence[str]], list[str]]


def _together(texts: Sequence[Text]) -> Text:
    """One text of all: a set of short lines is too small to tell a loss from chance."""
    return Text("all general", tuple(pair for text in texts for pair in text.pairs))


def _thinned(text: Text) -> Text:
    """At most `MOST_LOOKED_AT` of its sentences, evenly spaced."""
    return Text(text.name, text.pairs[:: -(-len(text.pairs) // MOST_LOOKED_AT) or 1])


def write_card(
    info: ModelInfo, name: str, sources: Sequence[str], parts: Parts, result: Adapted
) -> None:
    """`depeche.json` and README.md of the new model: its origin and its scores."""
    learnt = f"{len(parts.training):,} sentences of {', '.join(sources)}"
    scores = tuple(_scores(result))
    own = replace(info, name=name, origin=f"{info.origin}; adapted with {learnt}", scores=scores)
    (result.folder / "depeche.json").write_text(card_text(own, own.origin), encoding="utf-8")
    lines = [f"# {name}", "", f"{info.name}, adapted with {learnt}.", ""]
    lines += [f"- {score.test_set}: {score.metric} {score.value:g}" for score in scores]
    (result.folder / "README.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _scores(result: Adapted) -> Iterator[ModelScore]:
    for evaluation in (result.own, *result.general):
        name = "own sentences" if evaluation is result.own else evaluation.data.name
        after = next(system for system in evaluation.systems if system.name == _AFTER)
        for score in after.scores:
            if score.label in ("BLEU", "chrF2"):
                yield ModelScore(name, score.label, round(score.value, 1), score.signature)
