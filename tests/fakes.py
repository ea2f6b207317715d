"""Translators that need no model."""

import hashlib
from collections.abc import Callable, Sequence

from translate.document import Hypothesis
from translate.engines.base import Translator


class Fake(Translator):
    """Translates with a function; by default it gives the source back in small letters."""

    model = "fake"
    engine = "fake"

    def __init__(
        self, function: Callable[[str], str | list[str]] = str, *, max_tokens: int = 128
    ) -> None:
        self.function = function
        self.max_tokens = max_tokens
        self.seen: list[str] = []

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        self.seen.extend(sources)
        answers = [self.function(source) for source in sources]
        rows = [[answer] if isinstance(answer, str) else answer for answer in answers]
        return [
            [Hypothesis(text, -0.1 * (rank + 1)) for rank, text in enumerate(row[:hypotheses])]
            for row in rows
        ]


class Careless(Fake):
    """A model with every bad habit: loses marks, digits and words, loops, invents quotations.

    What it does to a source depends on the source alone.
    """

    def __init__(self) -> None:
        super().__init__(self._spoil)
        self.placeholders = ("⟦0⟧", "⟦1⟧", "⟦2⟧")

    def _spoil(self, source: str) -> list[str]:
        dice = hashlib.sha256(source.encode()).digest()
        habits: tuple[Callable[[str], str], ...] = (
            str,
            lambda text: text.replace('"', ""),
            lambda text: text.replace("»", ""),
            lambda text: "".join(letter for letter in text if not letter.isdigit()),
            lambda text: f'"{text}',
            lambda text: " ".join([text.split(" ")[0]] * 12),
            lambda text: "",
            lambda text: text.upper(),
        )
        return [habits[byte % len(habits)](source) for byte in dice[:4]]
