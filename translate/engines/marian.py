"""The reference engine: transformers' MarianMTModel and MarianTokenizer, on CPU or CUDA.

The only module that imports torch and transformers when it is loaded. Slower than CTranslate2,
and what CTranslate2 is held to: with the same weights in float32, greedy, both give the same
tokens (`tests/translate/engines/test_engines.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
import transformers

from translate.document import Hypothesis
from translate.engines.base import (
    Translator,
    check_length,
    check_search,
    equal_length_batches,
    max_target_tokens,
)
from translate.engines.folder import CONVERTED, ModelInfo
from translate.engines.marian_tokens import MarianTokens
from translate.errors import ModelError, UsageError

#: Source tokens in a batch.
BATCH_TOKENS = 1024
COMPUTE_TYPES = {
    "float32": torch.float32,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
}


class MarianTranslator(Translator):
    """Marian weights in PyTorch: float32 on a CPU, float16 on a GPU."""

    engine = "transformers"

    def __init__(
        self,
        info: ModelInfo,
        *,
        threads: int = 1,
        device: str = "auto",
        compute_type: str | None = None,
        batch_tokens: int = BATCH_TOKENS,
    ) -> None:
        self.model = info.name
        self.max_tokens = info.max_source_tokens
        self.placeholders = info.placeholders
        self._batch_tokens = batch_tokens
        self._device = _device(device)
        torch.set_num_threads(threads)
        self._tokens = MarianTokens(info)
        self._tokenizer, self._model = _load(info, _compute_type(compute_type, self._device))
        self._model.to(self._device)
        head = [info.target_token] if info.target_token else []
        self._head: list[int] = self._tokenizer.convert_tokens_to_ids(head)

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        """See `Translator.translate_batch`; scores count `</s>` as a token."""
        check_search(beam_size, hypotheses, no_repeat_ngram)
        ids = [self._encode(source) for source in sources]
        for tokens in ids:
            check_length(len(tokens), self.max_tokens)
        results = [[Hypothesis("", 0.0)] for _ in sources]
        for batch in equal_length_batches([len(tokens) for tokens in ids], self._batch_tokens):
            rows = [[*self._head, *ids[index], self._tokenizer.eos_token_id] for index in batch]
            found = self._generate(rows, beam_size, hypotheses, no_repeat_ngram)
            for position, index in enumerate(batch):
                results[index] = found[position * hypotheses : (position + 1) * hypotheses]
        return results

    def count_tokens(self, text: str) -> int:
        """How many tokens MarianTokenizer makes of the normalised text."""
        return len(self._encode(text))

    def covers(self, text: str) -> bool:
        """Whether the vocabulary can spell `text` without its unknown token."""
        return self._tokens.covers(text)

    def _encode(self, text: str) -> list[int]:
        # An article may hold the letters of "</s>" or ">>fra<<": to SentencePiece they are text.
        pieces = self._tokenizer.spm_source.encode(self._tokens.normalise(text), out_type=str)
        return list(self._tokenizer.convert_tokens_to_ids(pieces))

    def _generate(
        self, rows: list[list[int]], beam_size: int, hypotheses: int, no_repeat_ngram: int
    ) -> list[Hypothesis]:
        """The hypotheses of all rows (equal lengths, so no padding), one row after the other."""
        input_ids = torch.tensor(rows, device=self._device)
        with torch.inference_mode():
            output = self._model.generate(
                input_ids=input_ids,
                attention_mask=torch.ones_like(input_ids),
                num_beams=beam_size,
                num_return_sequences=hypotheses,
                no_repeat_ngram_size=no_repeat_ngram,
                max_new_tokens=max_target_tokens(len(rows[0]) - 1 - len(self._head)),
                do_sample=False,
                output_scores=True,
                return_dict_in_generate=True,
            )
        texts = self._tokenizer.batch_decode(output.sequences, skip_special_tokens=True)
        scores = self._scores(output, beam_size)
        return [Hypothesis(text.strip(), score) for text, score in zip(texts, scores, strict=True)]

    def _scores(self, output: Any, beam_size: int) -> list[float]:
        """Mean log-probability per target token, `</s>` included, as in CTranslate2."""
        if beam_size > 1:  # the length penalty is 1: the sum is divided by the length already
            return [float(score) for score in output.sequences_scores]
        steps = self._model.compute_transition_scores(
            output.sequences, output.scores, normalize_logits=True
        )
        written = output.sequences[:, 1:] != self._tokenizer.pad_token_id
        sums = steps.float().masked_fill(~written, 0.0).sum(1)
        return [float(score) for score in sums / written.sum(1)]


def _load(info: ModelInfo, dtype: torch.dtype) -> tuple[Any, Any]:
    model = load_weights(info.folder, dtype).eval()
    tokenizer = transformers.MarianTokenizer.from_pretrained(info.folder)
    # As in CTranslate2: neither <pad> nor <unk> is ever written, nor takes probability.
    never = [tokenizer.pad_token_id, tokenizer.unk_token_id]
    model.final_logits_bias[:, never] = float("-inf")
    model.generation_config = transformers.GenerationConfig(
        decoder_start_token_id=model.config.decoder_start_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
        length_penalty=1.0,
    )
    return tokenizer, model


def load_weights(folder: Path, dtype: Any = None) -> Any:
    """The MarianMTModel of a folder, quietly; ModelError where a weight is broken or missing.

    transformers itself makes missing weights up at random and only warns.
    """
    if (folder / CONVERTED).is_file():
        raise ModelError(
            f"{folder} is CTranslate2's: only --engine ctranslate2 runs it, and it cannot be "
            "trained; its original in Hugging Face's Marian format can"
        )
    transformers.utils.logging.disable_progress_bar()
    transformers.utils.logging.set_verbosity_error()
    try:
        model, loading = transformers.MarianMTModel.from_pretrained(
            folder, dtype=dtype, output_loading_info=True
        )
        if loading["missing_keys"]:
            raise ValueError(f"no {min(loading['missing_keys'])} in them")
        _check_finite(model)
    except Exception as error:  # transformers, safetensors, torch and pickle have no common one
        reason = (str(error).strip() or repr(error)).splitlines()[0]
        raise ModelError(
            f"the weights in {folder} do not load ({reason}): copy or download the model again"
        ) from error
    return model


def _check_finite(model: Any) -> None:
    for name, weights in model.named_parameters():
        if not torch.isfinite(weights).all():
            raise ValueError(f"{name} has values that are no numbers")


def _device(device: str) -> str:
    if device == "cuda" and not torch.cuda.is_available():
        raise UsageError("no CUDA device here; devices: auto, cpu")
    if device != "auto":
        return device
    return "cuda" if torch.cuda.is_available() else "cpu"


def _compute_type(compute_type: str | None, device: str) -> torch.dtype:
    name = compute_type or ("float16" if device == "cuda" else "float32")
    if name not in COMPUTE_TYPES:
        raise UsageError(
            f"no compute type '{name}' with transformers; there are: {', '.join(COMPUTE_TYPES)}"
        )
    return COMPUTE_TYPES[name]
