"""A teacher's translations of the corpora, for a smaller network to learn (Kim and Rush 2016)."""

import json
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from transformers import MarianMTModel

from train import align, shards
from train.config import Recipe
from train.errors import writing
from train.fit import averaged
from train.history import CORPORA
from train.vocabulary import EOS_ID

log = logging.getLogger(__name__)
TAUGHT = "taught_{}"  # the corpus that a teacher's translations of another one become
_LONGER = 1.5  # a translation is at most so many times as long as its source,
_MORE = 10  # and so many pieces
_ON_GPU = 200_000  # positions of a batch, padding included
_ON_CPU = 4_000

IdPair = tuple[list[int], list[int]]


def distil(
    recipe: Recipe,
    prepared: Path,
    run_folder: Path,
    names: Sequence[str],
    *,
    minutes: float,
    beam: int = 1,
    clock: Callable[[], float] = time.monotonic,
) -> dict[str, int]:
    """Translate the French of prepared corpora with a run's averaged weights.

    Each becomes a shard and a row of corpora.json, `taught_NAME`. The time is shared evenly among
    the corpora that are left; of one that it does not suffice for, pairs are drawn evenly. Returns
    the number of pairs of each.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    kind = torch.bfloat16 if device.type == "cuda" else torch.float32
    teacher = averaged(recipe, prepared, run_folder).to(device, kind).eval()
    folder = shards.Folder(prepared)
    end, made = clock() + 60 * minutes, {}
    for i, name in enumerate(names):
        now = clock()
        until = now + (end - now) / (len(names) - i)
        pairs = list(_translated(teacher, folder[name], beam, lambda: clock() < until))  # noqa: B023
        if pairs:
            _keep(prepared, name, pairs)
        made[TAUGHT.format(name)] = len(pairs)
        log.info("%s: %d of %d pairs", name, len(pairs), len(folder[name]))
    return made


def _translated(
    teacher: MarianMTModel, shard: shards.Shard, beam: int, may_go_on: Callable[[], bool]
) -> Iterator[IdPair]:
    """Pairs of a source and its translation; one that never ended is left out."""
    pad = teacher.config.pad_token_id
    for rows in _batches(shard, _ON_GPU if teacher.device.type == "cuda" else _ON_CPU):
        if not may_go_on():
            return
        sources = [shard.source[shard.source_at[i] : shard.source_at[i + 1]].tolist() for i in rows]
        width = max(map(len, sources))
        ids = torch.tensor([[*s, *[pad] * (width - len(s))] for s in sources])
        answers = _answers(teacher, ids.to(teacher.device), beam)
        for source, answer in zip(sources, answers, strict=True):
            if EOS_ID in answer:
                yield source, answer[: answer.index(EOS_ID) + 1]


def _batches(shard: shards.Shard, positions: int) -> list[list[int]]:
    """Pairs of like length, the batches in mixed order."""
    lengths, _ = shard.lengths()
    batches: list[list[int]] = [[]]
    for i in np.argsort(lengths, kind="stable").tolist():
        if lengths[i] * (len(batches[-1]) + 1) > positions and batches[-1]:
            batches.append([])
        batches[-1].append(i)
    order = np.random.default_rng(len(shard)).permutation(len(batches))
    return [batches[i] for i in order]


@torch.inference_mode()  # type: ignore[untyped-decorator]
def _answers(teacher: MarianMTModel, ids: torch.Tensor, beam: int) -> list[list[int]]:
    pad = teacher.config.pad_token_id
    found = teacher.generate(
        input_ids=ids,
        attention_mask=ids != pad,
        num_beams=beam,
        do_sample=False,
        max_new_tokens=int(_LONGER * ids.shape[1]) + _MORE,
        bad_words_ids=[[pad]],
        pad_token_id=pad,
        eos_token_id=EOS_ID,
        decoder_start_token_id=pad,
    )
    answers: list[list[int]] = found[:, 1:].tolist()
    return answers


def _keep(prepared: Path, name: str, pairs: Sequence[IdPair]) -> None:
    taught = TAUGHT.format(name)
    sources, targets = zip(*pairs, strict=True)
    shard = shards.pack(sources, targets, [align.nothing(len(target)) for target in targets])
    table = json.loads((prepared / CORPORA).read_text(encoding="utf-8"))
    old = next(row for row in table if row["name"] == name)
    sizes = {"source_tokens": len(shard.source), "target_tokens": len(shard.target)}
    origin = f"a teacher's translations of {name}: {old['origin']}"
    row = {**old, "name": taught, "origin": origin, "pairs": len(shard), **sizes}
    rows = [*(other for other in table if other["name"] != taught), row]
    with writing(prepared):
        shards.save(shard, prepared / f"{taught}.npz")
        text = json.dumps(rows, ensure_ascii=False, indent=1)
        (prepared / CORPORA).write_text(text + "\n", encoding="utf-8")
