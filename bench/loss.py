"""How well models expect the reference of a test set, and its rare words.

    python bench/loss.py --model builtin --set PATH --config train/news-wide.toml --data DATA

The loss is the mean negative log-likelihood of a piece of the reference, in nats, without label
smoothing, in float32; so that models of one vocabulary can be compared. A word is rare that the
English sides of the recipe's corpora in DATA have fewer than `--below` times.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from transformers import MarianMTModel

from train.config import load_recipe
from train.corpora import read_corpus
from train.measure import ParallelText, read_parallel
from translate.engines.folder import ModelInfo
from translate.engines.marian import load_weights
from translate.engines.marian_tokens import MarianTokens
from translate.engines.models import find_model
from translate.notation.vocabulary import words

BATCH = 32  # sentences


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", action="append", required=True)
    parser.add_argument("--set", type=Path, required=True)
    parser.add_argument("--config", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--below", type=int, default=100)
    parser.add_argument("--lines", type=int, help="so many lines of the set, evenly spaced")
    given = parser.parse_args()
    test = read_parallel(given.set, given.lines)
    counts = count_words(given.config, given.data)
    rare = {word for line in test.english for word in words(line.lower())}
    rare = {word for word in rare if counts[word] < given.below}
    print(f"{'loss, nats a piece':<24}{'all':>8}{'rare words':>12}")
    for name in given.model:
        every, some = losses(find_model(name), test, rare)
        print(f"{name[-24:]:<24}{every:>8.4f}{some:>12.4f}", flush=True)


def count_words(recipe: Path, data: Path) -> Counter[str]:
    counts: Counter[str] = Counter()
    for name in load_recipe(recipe).prepare.corpora:
        for _, english in read_corpus(data, name).pairs:
            counts.update(words(english.lower()))
    return counts


def losses(info: ModelInfo, test: ParallelText, rare: set[str]) -> tuple[float, float]:
    """Of all pieces, and of those of rare words."""
    model, tokens = load_weights(info.folder, torch.float32).eval(), MarianTokens(info)
    every: list[float] = []
    some: list[float] = []
    pairs = sorted(zip(test.french, test.english, strict=True), key=lambda pair: len(pair[1]))
    for start in range(0, len(pairs), BATCH):
        french, english = zip(*pairs[start : start + BATCH], strict=True)
        pieces = [tokens.encode_target(line) for line in english]
        found = piece_losses(model, tokens, french, pieces)
        for row, of in zip(pieces, found, strict=True):
            every += of
            some += [loss for loss, hit in zip(of, in_rare(row, rare), strict=False) if hit]
    return sum(every) / len(every), sum(some) / max(1, len(some))


@torch.no_grad()
def piece_losses(
    model: MarianMTModel, tokens: MarianTokens, french: Sequence[str], english: list[list[str]]
) -> list[list[float]]:
    """Of each piece of each line, `</s>` included."""
    source = padded(model, [tokens.ids(tokens.encode(line)) for line in french])
    target = padded(model, [tokens.ids(row) for row in english])
    pad = model.config.pad_token_id
    logits = model(
        input_ids=source,
        attention_mask=source != pad,
        labels=target,
    ).logits[..., :pad]
    chosen = target.clamp(max=pad - 1)[..., None]
    found = -logits.log_softmax(-1).gather(-1, chosen)[..., 0]
    return [row[: len(of) + 1].tolist() for row, of in zip(found, english, strict=True)]


def padded(model: MarianMTModel, rows: list[list[int]]) -> torch.Tensor:
    longest = max(map(len, rows))
    pad = model.config.pad_token_id
    return torch.tensor([[*row, *[pad] * (longest - len(row))] for row in rows])


def in_rare(pieces: list[str], rare: set[str]) -> Iterator[bool]:
    """Whether each piece is part of a word that is rare."""
    starts = [at for at, piece in enumerate(pieces) if at == 0 or piece.startswith("▁")]
    for start, end in zip(starts, [*starts[1:], len(pieces)], strict=True):
        word = "".join(pieces[start:end]).removeprefix("▁").lower()
        hit = any(found in rare for found in words(word))
        yield from [hit] * (end - start)


if __name__ == "__main__":
    main()
