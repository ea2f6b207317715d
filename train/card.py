"""The model card: README.md beside the weights, made of what the run left behind."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from train.config import PhaseConfig, Recipe
from train.history import CORPORA, LOG, RUNS, lineage
from train.plot import Row, read_log

_BLEND = ", of which {share:.0%} are those that the run started from"
_TEMPLATE = """\
---
language: [fr, en]
license: other
pipeline_tag: translation
library_name: transformers
---
# {name}: French to English for news

A MarianMT model of {millions:.1f} million parameters ({encoder}+{decoder} layers, width {width}, \
{vocabulary:,} joint pieces), float16, trained from random weights by `python -m train` of this \
project{in_runs}. Loads with `MarianMTModel.from_pretrained` and converts with CTranslate2's \
TransformersConverter.

## Scores
CTranslate2, int8, beam 4; sacreBLEU defaults. None of these lines was in the training data.

{scores}
{signatures}
{english}
## Recipe
`{where}` has the recipe as it ran, the log, thinned, and its plot.
{updates:,} updates, {tokens:.1f} million target pieces, {minutes:.0f} minutes on the wall clock. \
Adam, {decay} decay from {rate:g} after {warmup} updates of warm-up, label smoothing \
{smoothing:g}, moving average of the weights {ema:g}{blend}.
The length of the pairs grows over the run.{guided} The padding row of the embedding is zero, \
because CTranslate2 starts the decoder from a zero vector.

{notes}
Quotation marks and apostrophes are made straight by the vocabulary itself, on both sides, so the \
input needs no normalisation and the output has straight marks. `⟦0⟧` to `⟦9⟧` are symbols of the \
vocabulary that are copied, for links and other things to be masked. Input ends with `</s>`.

## Data and licences
Share: of the pairs drawn in each phase of the run, before pairs too long for it are left out.

{data}

`news_dev`, `news_mt` and `newsdiscuss_dev` are given for research use only, and part of \
`news_mt` is the output of commercial translation services, whose terms may restrict training; \
some corpora are under share-alike or non-commercial licences. **These weights are therefore for \
research; they are not under the licence of the project's code.**

## Known weaknesses
{weaknesses}
"""

_GUIDED = " One cross-attention head a layer is guided by word alignments (Chen et al. 2016)."
_WEAKNESSES = """\
- Names and rare words: spelt piece by piece from few examples, so some come out wrong.
- Long sentences: clauses may be dropped or repeated; the desk's checks mark length and repetition.
- Idiom, irony, verse and dialect: the training data hold almost none.
- News of 2008-2012, Canadian parliament and everyday sentences make the style; later events and \
names are unknown to it.
- The gender of *son*, *sa* and *lui* is guessed from the sentence alone.
"""


def card_text(
    recipe: Recipe, folder: Path, run: str, runs: Path | None, scores: Mapping[str, Any]
) -> str:
    """The card of a model folder; `scores` is the content of scores.json.

    `run` is the name of the run that made it, and `runs` the folder that describes it.
    """
    kept = runs or folder / RUNS
    last = _last_row(kept / run)
    corpora = json.loads((kept / run / CORPORA).read_text("utf-8"))
    config = json.loads((folder / "config.json").read_text("utf-8"))
    model, fit = recipe.model, recipe.fit
    return _TEMPLATE.format(
        name=recipe.name,
        in_runs=_before(kept, run),
        where=f"{runs.as_posix() if runs else RUNS}/{run}/",
        millions=_parameters(recipe, config["vocab_size"]) / 1e6,
        encoder=model.encoder_layers,
        decoder=model.decoder_layers,
        width=model.width,
        vocabulary=config["vocab_size"],
        scores=_score_table(scores["sets"]),
        signatures=_signatures(scores["sets"]),
        english=_english(scores),
        updates=int(last["step"]),
        tokens=last["target_tokens"] / 1e6,
        minutes=last["seconds"] / 60,
        decay=fit.decay.replace("_", " "),
        rate=fit.learning_rate,
        warmup=fit.warmup,
        smoothing=fit.label_smoothing,
        ema=fit.ema,
        blend=_BLEND.format(share=fit.start_share) if fit.start_share else "",
        guided=_GUIDED if fit.align_weight else "",
        notes=f"{recipe.notes.strip()}\n" if recipe.notes else "",
        data=_data_table(corpora, recipe.phases),
        weaknesses=_WEAKNESSES.strip(),
    )


def _before(runs: Path, run: str) -> str:
    names = lineage(runs, run)
    if len(names) == 1:
        return ""
    each = (f"{name} ({_last_row(runs / name)['target_tokens'] / 1e6:.1f})" for name in names[:-1])
    return (
        f", in {len(names)} runs, each from the weights of the one before. The last is described "
        f"here; before it came, with their million target pieces, {', '.join(each)}"
    )


def _last_row(run: Path) -> Row:
    return max(read_log(run / LOG), key=lambda row: row["step"])


def _parameters(recipe: Recipe, vocabulary: int) -> int:
    """Trained numbers: 4 d^2 an attention, 2 d f a feed-forward, biases and norms included."""
    model = recipe.model
    width, ffn = model.width, model.ffn
    attention = 4 * width * (width + 1)
    rest = 2 * width * ffn + ffn + width
    encoder = model.encoder_layers * (attention + rest + 4 * width)
    decoder = model.decoder_layers * (2 * attention + rest + 6 * width)
    return vocabulary * width + encoder + decoder


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def _score_table(sets: Sequence[Mapping[str, Any]]) -> str:
    if not sets:
        return "Not scored yet: `python -m train score --keep`."
    head = (
        *("test set", "lines", "BLEU", "chrF2", "TER", "French words a second"),
        *("non-words per 1,000 words", "lines with an invented or a French word"),
    )
    return _table(head, [_score_row(row) for row in sets])


def _score_row(row: Mapping[str, Any]) -> list[str]:
    values = (f"{row[key]:.1f}" for key in ("bleu", "chrf", "ter"))
    wrong = ("non_words", "{:.1f}"), ("invented", "{:.1%}")
    return [
        *(row["test_set"], f"{row['lines']:,}", *values, f"{row['words_per_second']:,.0f}"),
        *(form.format(row[key]) if key in row else "" for key, form in wrong),
    ]


def _signatures(sets: Sequence[Mapping[str, Any]]) -> str:
    found = dict.fromkeys(signature for row in sets for signature in row["signatures"])
    return "".join(f"\n- `{signature}`" for signature in found) + "\n"


def _english(scores: Mapping[str, Any]) -> str:
    if "english" not in scores:
        return ""
    english = scores["english"]
    return (
        f"Of {english['lines']} English lines given to it unguarded, {english['identical']:.1%} "
        f"came out the same and {english['nearly']:.1%} nearly so (95 % of the characters). "
        f"Loops on a news article: {scores['loops']}.\n"
    )


def _data_table(corpora: Sequence[Mapping[str, Any]], phases: Sequence[PhaseConfig]) -> str:
    shares = [_shares(corpora, phase) for phase in phases]
    head = ("corpus", "pairs", *(f"phase {i + 1}" for i in range(len(phases))), "licence", "origin")
    rows = [
        [
            row["name"],
            f"{row['pairs']:,}",
            *(f"{share.get(row['name'], 0):.1%}" for share in shares),
            row["licence"],
            row["origin"],
        ]
        for row in corpora
    ]
    return _table(head, rows)


def _shares(corpora: Sequence[Mapping[str, Any]], phase: PhaseConfig) -> dict[str, float]:
    mass = {row["name"]: row["pairs"] * phase.weights.get(row["name"], 0.0) for row in corpora}
    total = sum(mass.values())
    return {name: value / total for name, value in mass.items()}
