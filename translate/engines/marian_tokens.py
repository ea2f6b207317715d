"""Marian's tokens from SentencePiece alone: what MarianTokenizer does, without transformers.

A source is cut by `source.spm`, a target is joined by `target.spm`; `vocab.json` maps pieces to
the rows of the embedding. A piece that is not in it is `<unk>`; `</s>` ends every source.
"""

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import sentencepiece

from translate.engines.folder import ModelInfo, source_vocabulary
from translate.errors import ModelError

END = "</s>"
UNKNOWN = "<unk>"
#: Texts whose pieces are remembered: a plan counts, spells and sends the same one.
ENCODED = 1024


class MarianTokens:
    """Text to pieces and back for the model in a folder."""

    def __init__(self, info: ModelInfo) -> None:
        self._source = _load(info.folder / "source.spm")
        self._target = _load(info.folder / "target.spm")
        self._ids = source_vocabulary(info.folder)
        self._head = [info.target_token] if info.target_token else []
        self._normalisation = info.normalisation
        self._pieces = lru_cache(maxsize=ENCODED)(self._encode)

    def encode(self, text: str) -> list[str]:
        """The pieces of a normalised source, without `</s>`; none for white space."""
        return list(self._pieces(text))

    def _encode(self, text: str) -> tuple[str, ...]:
        return tuple(self._source.encode(self.normalise(text), out_type=str))

    def sentence(self, pieces: Sequence[str]) -> list[str]:
        """What a model is given: the token of a language where it needs one, pieces, `</s>`."""
        return [*self._head, *pieces, END]

    def encode_target(self, text: str) -> list[str]:
        """The pieces of English, without `</s>`: what a model is trained to write."""
        return list(self._target.encode(self._normalise_english(text), out_type=str))

    def ids(self, pieces: Sequence[str]) -> list[int]:
        """The rows of the embedding of pieces, and of `</s>` at their end."""
        return [self._ids.get(piece, self._ids[UNKNOWN]) for piece in (*pieces, END)]

    def decode(self, pieces: Sequence[str]) -> str:
        """The text of target pieces, without white space at its ends."""
        return str(self._target.decode(list(pieces))).strip()

    def covers(self, text: str) -> bool:
        """Whether every piece of the text is in the vocabulary."""
        return all(map(self._ids.__contains__, self._pieces(text)))

    def normalise(self, text: str) -> str:
        """The text as the model saw it in training; white space alone becomes nothing."""
        return self._normalise(text) if text.strip() else ""

    @cached_property
    def _normalise(self) -> Callable[[str], str]:
        if self._normalisation == "none":
            return str.strip
        from sacremoses import MosesPunctNormalizer  # 0.2 s, and only hub models need it

        normalizer = MosesPunctNormalizer(lang="fr")

        def normalise(text: str) -> str:
            # Its rules for « » and % ask for U+00A0, whatever space was typed.
            spaced = re.sub(r"(?<=«)[ \u202f]|[ \u202f](?=»)|\u202f", "\u00a0", text)
            return str(normalizer.normalize(spaced)).strip()

        return normalise

    @cached_property
    def _normalise_english(self) -> Callable[[str], str]:
        if self._normalisation == "none":
            return str.strip
        from sacremoses import MosesPunctNormalizer

        normalizer = MosesPunctNormalizer(lang="en")
        return lambda text: str(normalizer.normalize(text)).strip()


def _load(path: Path) -> sentencepiece.SentencePieceProcessor:
    try:
        return sentencepiece.SentencePieceProcessor(model_file=str(path))
    except (OSError, RuntimeError) as error:
        raise ModelError(
            f"{path} is not a SentencePiece model: restore the file or name another model"
        ) from error
