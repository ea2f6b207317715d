"""Scores of a network on parallel text, translated by CTranslate2 as the desk does."""

import re
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import ctranslate2
import sentencepiece
import torch
from sacrebleu.metrics import BLEU, CHRF, TER  # type: ignore[attr-defined]
from transformers import MarianMTModel

from train.errors import TrainError
from train.layout import write_layout
from translate.notation.vocabulary import french_left, non_words, words

_NEARLY = 0.95  # one wrong piece in a line of news
_PLAIN_MARKS = str.maketrans("“”‘’", "\"\"''")
_LOOP = re.compile(r"\b((?:\w+\W+){0,3}\w+)(?:\W+\1\b){3}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ParallelText:
    """A parallel text of as many French as English lines."""

    name: str
    french: list[str]
    english: list[str]


def read_parallel(path: Path, lines: int | None = None) -> ParallelText:
    """Read PATH.fr and PATH.en; where `lines` is given, so many of them, evenly spaced.

    Never the first ones: a test set is in article order, and the head of newstest2013 scores 7
    BLEU more than the whole.
    """
    sides = []
    for suffix in (".fr", ".en"):
        try:
            text = path.with_name(path.name + suffix).read_text(encoding="utf-8")
        except OSError as error:
            raise TrainError(f"no test set {path}{suffix}: {error.strerror}") from error
        sides.append(text.splitlines())
    french, english = sides
    if len(french) != len(english):
        raise TrainError(f"{path}: {len(french)} French and {len(english)} English lines")
    kept = _spread(len(french), lines)
    return ParallelText(path.name, [french[i] for i in kept], [english[i] for i in kept])


def _spread(size: int, limit: int | None) -> list[int]:
    count = size if limit is None else min(limit, size)
    return [i * size // count for i in range(count)]


def to_ctranslate2(folder: Path, out: Path, *, quantization: str = "int8") -> None:
    """Convert a folder in Hugging Face's layout."""
    converter = ctranslate2.converters.TransformersConverter(str(folder))
    converter.convert(str(out), quantization=quantization, force=True)


class Decoder:
    """A converted model with its vocabulary."""

    def __init__(
        self,
        converted: Path,
        vocabulary: Path,
        *,
        threads: int,
        compute: str = "int8",
        longest: int = 256,
    ):
        self.longest = longest  # pieces of a translation
        self.pieces = sentencepiece.SentencePieceProcessor(
            model_file=str(vocabulary / "source.spm")
        )
        self.engine = ctranslate2.Translator(
            str(converted), device="cpu", intra_threads=threads, compute_type=compute
        )

    def translate(self, lines: Sequence[str], *, beam: int) -> list[str]:
        """Translate lines; the order is kept."""
        tokens = [[*self.pieces.encode(line, out_type=str), "</s>"] for line in lines]
        results = self.engine.translate_batch(
            tokens,
            beam_size=beam,
            max_batch_size=2048,
            batch_type="tokens",
            max_decoding_length=self.longest,
        )
        return [self.pieces.decode(result.hypotheses[0]) for result in results]


def quick_scores(
    model: MarianMTModel, prepared: Path, test: ParallelText, *, threads: int
) -> dict[str, float]:
    """BLEU and chrF2 of greedy int8 decoding, for following a run."""
    with tempfile.TemporaryDirectory() as temporary:
        folder, converted = Path(temporary, "hf"), Path(temporary, "ct2")
        write_layout(model, prepared, folder, dtype=torch.float32)
        to_ctranslate2(folder, converted)
        english = Decoder(converted, folder, threads=threads).translate(test.french, beam=1)
    return {
        "bleu": BLEU().corpus_score(english, [test.english]).score,
        "chrf": CHRF().corpus_score(english, [test.english]).score,
    }


@dataclass(frozen=True, slots=True)
class Scores:
    """A model on one test set: corpus scores, sacreBLEU's signature of each, and speed."""

    test_set: str
    lines: int
    bleu: float
    chrf: float
    ter: float
    signatures: tuple[str, ...]
    words_per_second: float  # French words
    non_words: float  # per 1,000 words of the output
    invented: float  # share of the lines with a non-word or a French word in them


def full_scores(decoder: Decoder, test: ParallelText, *, beam: int = 4) -> Scores:
    """BLEU, chrF2 and TER with sacreBLEU's defaults."""
    started = time.perf_counter()
    english = decoder.translate(test.french, beam=beam)
    seconds = time.perf_counter() - started
    metrics = (BLEU(), CHRF(), TER())
    bleu, chrf, ter = (m.corpus_score(english, [test.english]).score for m in metrics)
    signatures = tuple(str(m.get_signature()) for m in metrics)
    given = sum(len(line.split()) for line in test.french)
    size, speed = len(english), given / seconds
    return Scores(test.name, size, bleu, chrf, ter, signatures, speed, *wrong_words(test, english))


def wrong_words(test: ParallelText, english: Sequence[str]) -> tuple[float, float]:
    """Words that no language has, per 1,000; share of the lines with one, or with a French word.

    The lists are those of `translate.notation.vocabulary`. 0.9 % of the lines of newstest2013.en,
    which people wrote, count as such too.
    """
    both = list(zip(test.french, english, strict=True))
    unknown = [len(non_words(french, line)) for french, line in both]
    hit = sum(bool(n or french_left(*pair)) for n, pair in zip(unknown, both, strict=True))
    size = sum(len(words(line)) for line in english)
    return 1000 * sum(unknown) / max(1, size), hit / max(1, len(english))


@dataclass(frozen=True, slots=True)
class English:
    """What a model does to lines that are English already: promise 2 of the desk, unguarded."""

    lines: int
    identical: float  # shares, 0 to 1; quotation marks and spaces apart
    nearly: float  # at most `_NEARLY` of the characters differ


def english_untouched(decoder: Decoder, lines: Sequence[str], *, beam: int = 4) -> English:
    """How many English lines come out as they went in."""
    out = decoder.translate(lines, beam=beam)
    alike = [
        SequenceMatcher(None, _plain(given), _plain(got), autojunk=False).ratio()
        for given, got in zip(lines, out, strict=True)
    ]
    return English(
        len(lines),
        sum(ratio == 1 for ratio in alike) / len(alike),
        sum(ratio >= _NEARLY for ratio in alike) / len(alike),
    )


def _plain(line: str) -> str:
    return " ".join(line.translate(_PLAIN_MARKS).split())


def loops(decoder: Decoder, lines: Sequence[str], *, beam: int = 4) -> int:
    """In how many translations a group of up to four words comes four times running."""
    return sum(bool(_LOOP.search(line)) for line in decoder.translate(lines, beam=beam))
