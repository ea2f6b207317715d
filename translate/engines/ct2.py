"""The default engine: a Marian model's weights in CTranslate2, int8 on a CPU, float16 on a GPU.

The weights are converted once (that needs torch and transformers, some seconds) and kept in the
user's cache folder (`DEPECHE_CACHE` overrides it) under a hash of their content. After that a
start imports neither. `python -m translate.engines.ct2 [MODEL]` converts ahead of time.
"""

import hashlib
import json
import logging
import re
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import ctranslate2

from translate.document import Hypothesis
from translate.engines.base import (
    Translator,
    check_length,
    check_search,
    equal_length_batches,
    max_target_tokens,
)
from translate.engines.folder import ModelInfo, weight_files
from translate.engines.marian_tokens import MarianTokens
from translate.engines.models import DEFAULT, find_model
from translate.errors import DepecheError, ModelError, OutputError, UsageError
from translate.files import write_atomically
from translate.folders import cache_folder
from translate.kept import kept, make_once

_log = logging.getLogger(__name__)

#: Source tokens in a batch. 186 sentences of 20-22 tokens, words per CPU second: 1,931 with 256
#: tokens, 2,034 with 512, 2,002 with 1,024, 2,010 with 4,096; small batches share out better.
BATCH_TOKENS = 512
#: Batches for each thread that a call hands over ahead, so that another call's come in between.
AHEAD = 4
#: A call of so many sources waits for another such one. Two that share the engine end together, and
#: it is idle while Python looks at both; smaller calls (second tries) go in between.
LARGE = 1_000
#: Raised when what is written into a converted folder changes.
_LAYOUT = 1

#: `convert(model folder, new folder, quantization)`.
Convert = Callable[[Path, Path, str], None]


class CTranslate2Translator(Translator):
    """Marian weights in CTranslate2.

    Each of `threads` workers translates its own batch on one core: two threads on one batch cost
    more in waiting than they win, all the more on a busy machine.
    """

    engine = "ctranslate2"

    def __init__(
        self,
        info: ModelInfo,
        *,
        threads: int = 1,
        device: str = "auto",
        compute_type: str | None = None,
        batch_tokens: int = BATCH_TOKENS,
        convert: Convert | None = None,
    ) -> None:
        self.model = info.name
        self.max_tokens = info.max_source_tokens
        self.placeholders = info.placeholders
        self._tokens = MarianTokens(info)
        self._batch_tokens = batch_tokens
        device = _device(device)
        compute_type = compute_type or ("float16" if device == "cuda" else "int8")
        _check_compute_type(compute_type, device)
        self._adds_end = _adds_end(info)
        self._ahead, self._large = AHEAD * threads, threading.Lock()
        self._translator = _load(info, device, compute_type, threads, convert or convert_weights)

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
        pieces = [self._tokens.encode(source) for source in sources]
        for piece in pieces:
            check_length(len(piece), self.max_tokens)
        with self._large if len(sources) >= LARGE else nullcontext():
            return self._translated(pieces, beam_size, hypotheses, no_repeat_ngram)

    def _translated(
        self, pieces: Sequence[Sequence[str]], beam_size: int, hypotheses: int, no_repeat_ngram: int
    ) -> list[list[Hypothesis]]:
        results = [[Hypothesis("", 0.0)] for _ in pieces]
        running: deque[tuple[list[int], list[Any]]] = deque()

        def finish() -> None:
            for index, future in zip(*running.popleft(), strict=True):
                results[index] = self._hypotheses(future.result())

        for batch in equal_length_batches([len(piece) for piece in pieces], self._batch_tokens):
            if len(running) == self._ahead:
                finish()
            futures = self._translator.translate_batch(
                [self._sentence(pieces[index]) for index in batch],
                beam_size=beam_size,
                num_hypotheses=hypotheses,
                no_repeat_ngram_size=no_repeat_ngram,
                max_decoding_length=max_target_tokens(len(pieces[batch[0]])),
                disable_unk=True,
                return_scores=True,
                max_batch_size=0,  # the batches are made here
                asynchronous=True,
            )
            running.append((batch, futures))
        while running:
            finish()
        return results

    def complete(self, source: str, prefix: str, *, hypotheses: int = 5) -> list[str]:
        """See `Translator.complete`; a beam as wide as the hypotheses goes on from the prefix."""
        pieces = self._tokens.encode(source)
        check_length(len(pieces), self.max_tokens)
        start = self._tokens.encode_target(prefix)
        (result,) = self._translator.translate_batch(
            [self._sentence(pieces)],
            target_prefix=[start],
            beam_size=hypotheses,
            num_hypotheses=hypotheses,
            max_decoding_length=len(start) + max_target_tokens(len(pieces)),
            disable_unk=True,
        )
        return [self._tokens.decode(tokens) for tokens in result.hypotheses]

    def count_tokens(self, text: str) -> int:
        """How many pieces `source.spm` makes of the normalised text."""
        return len(self._tokens.encode(text))

    def covers(self, text: str) -> bool:
        """Whether the vocabulary can spell `text` without its unknown token."""
        return self._tokens.covers(text)

    def _sentence(self, pieces: Sequence[str]) -> list[str]:
        sentence = self._tokens.sentence(pieces)
        return sentence[:-1] if self._adds_end else sentence

    def _hypotheses(self, result: Any) -> list[Hypothesis]:
        return [
            Hypothesis(self._tokens.decode(tokens), score)
            for tokens, score in zip(result.hypotheses, result.scores, strict=True)
        ]


def prepare(model: str = DEFAULT, *, revision: str | None = None) -> Path:
    """Convert a model ahead of its first use (set-up time); the folder it is in."""
    info = find_model(model, revision=revision)
    if info.converted:
        return info.folder
    folder = converted_folder(info, "float16" if _device("auto") == "cuda" else "int8")
    if not folder.is_dir():
        make_once(folder, _converting(info, convert_weights))
    return folder


def converted_folder(info: ModelInfo, compute_type: str) -> Path:
    """Where a model's conversion is kept, or would be."""
    return cache_folder() / "ctranslate2" / f"{_content_hash(info)}-{_quantization(compute_type)}"


def _load(
    info: ModelInfo,
    device: str,
    compute_type: str,
    threads: int,
    convert: Convert,
) -> ctranslate2.Translator:
    """The translator from the cache, converted first where it is not there or broken."""

    def start(folder: Path) -> ctranslate2.Translator:
        return ctranslate2.Translator(
            str(folder),
            device=device,
            compute_type=compute_type,
            inter_threads=threads if device == "cpu" else 1,
            intra_threads=1,
        )

    if info.converted:
        try:
            return start(info.folder)
        except (RuntimeError, ValueError) as error:
            raise ModelError(
                f"CTranslate2 cannot run {info.folder} ({_line(error)}): copy it again"
            ) from error
    try:
        return kept(converted_folder(info, compute_type), _converting(info, convert), start)
    except OSError as error:
        raise OutputError(
            f"no room to convert the model: {error}; free some, or set DEPECHE_CACHE to a folder "
            "with space"
        ) from error
    except RuntimeError as error:
        raise ModelError(f"CTranslate2 cannot run {info.folder} on {device}: {error}") from error


def _adds_end(info: ModelInfo) -> bool:
    """Whether CTranslate2 itself ends the sources of a converted folder with `</s>`."""
    path = info.folder / "config.json"
    if not info.converted or not path.is_file():
        return False
    try:
        return bool(json.loads(path.read_text(encoding="utf-8"))["add_source_eos"])
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise ModelError(f"{path} is no configuration of CTranslate2: restore the file") from error


def _line(error: Exception) -> str:
    return (str(error).strip() or repr(error)).splitlines()[0]


def _converting(info: ModelInfo, convert: Convert) -> Callable[[Path], None]:
    """What converts a model into a folder, whose name ends with the quantization."""

    def make(folder: Path) -> None:
        _log.info("converting the model '%s' for CTranslate2, once", info.name)
        convert(info.folder, folder, folder.name.rsplit("-", 1)[1])

    return make


def convert_weights(model: Path, folder: Path, quantization: str) -> None:
    """CTranslate2's own converter; ModelError for weights that do not load whole."""
    from ctranslate2.converters import TransformersConverter

    from translate.engines.marian import load_weights

    class Converter(TransformersConverter):  # type: ignore[misc]
        def load_model(self, model_class: Any, model_name_or_path: str, **options: Any) -> Any:
            return load_weights(Path(model_name_or_path), options.get("dtype"))

    try:
        Converter(str(model)).convert(str(folder), quantization=quantization)
    except (DepecheError, OSError):
        raise
    except Exception as error:  # whatever the converter meets in files that do not fit together
        raise ModelError(
            f"CTranslate2 cannot convert {model} ({_line(error)}): its files do not fit together; "
            "copy or download the model again"
        ) from error


def convert_release(release: Path, folder: Path) -> None:
    """Convert an OPUS-MT release; ValueError where its files do not fit together."""
    from ctranslate2.converters import OpusMTConverter

    try:
        OpusMTConverter(str(release)).convert(str(folder))
    except OSError:
        raise
    except Exception as error:  # whatever the converter meets in files of another kind
        traceback.clear_frames(error.__traceback__)  # closes the weights, which it leaves open
        raise ValueError(_line(error)) from error


def _quantization(compute_type: str) -> str:
    """What the weights are stored as for a compute type."""
    if compute_type.startswith("int8"):
        return "int8"
    return "float16" if compute_type == "float16" else "float32"


def _content_hash(info: ModelInfo) -> str:
    """A hash of all that a conversion is made of.

    The files are read only when one has changed size or time since they were last hashed.
    """
    names = (
        *weight_files(info.folder, info.weights),
        "config.json",
        "vocab.json",
        "source.spm",
        "target.spm",
    )
    files = [(info.folder / name).resolve() for name in names]
    states = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    stamp = hashlib.sha256(json.dumps([_LAYOUT, states]).encode()).hexdigest()[:32]
    remembered = cache_folder() / "hashes" / stamp
    if found := _remembered(remembered):
        return found
    digest = hashlib.sha256(f"layout {_LAYOUT}".encode())
    for file in files:
        with file.open("rb") as stream:
            digest.update(hashlib.file_digest(stream, "sha256").digest())
    content = digest.hexdigest()[:32]
    try:
        write_atomically(remembered, content)
    except OutputError as error:
        _log.debug("cannot remember the hash of %s: %s", info.folder, error)
    return content


def _remembered(path: Path) -> str:
    """The hash that a file keeps; empty where there is none, or something else in it."""
    try:
        found = path.read_text(encoding="ascii")
    except (OSError, ValueError):
        return ""
    return found if re.fullmatch(r"[0-9a-f]{32}", found) else ""


def _device(device: str) -> str:
    if device != "auto":
        if device == "cuda" and not ctranslate2.get_cuda_device_count():
            raise UsageError("no CUDA device here; devices: auto, cpu")
        return device
    return "cuda" if ctranslate2.get_cuda_device_count() else "cpu"


def _check_compute_type(compute_type: str, device: str) -> None:
    allowed = sorted(ctranslate2.get_supported_compute_types(device))
    if compute_type not in allowed:
        raise UsageError(f"no compute type '{compute_type}' on {device}: {', '.join(allowed)}")


def main(arguments: Sequence[str]) -> int:
    """Convert the models named (the default one if none is): for `make setup` and images."""
    try:
        for model in arguments or [DEFAULT]:
            prepare(model)
    except DepecheError as error:
        sys.stderr.write(f"depeche: error: {error}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
