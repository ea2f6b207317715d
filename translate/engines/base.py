"""The seam between the desk and its engines: one abstract batch method."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from translate.document import Hypothesis

#: Longer input is split at a clause before the engine sees it (tokens of the model's vocabulary).
DEFAULT_MAX_TOKENS = 128


class Translator(ABC):
    """Turns French sentences into English hypotheses.

    A sub-class implements `translate_batch`; a fake one for tests is under ten lines.
    """

    model: str = "unnamed"  # what the reports call the model
    engine: str = "unnamed"  # "ctranslate2", "transformers", ...
    max_tokens: int = DEFAULT_MAX_TOKENS
    placeholders: tuple[str, ...] = ()  # symbols that the model was trained to copy, in order

    @abstractmethod
    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        """For each source, `hypotheses` candidates (1 <= hypotheses <= beam_size), best first.

        No source is longer than `max_tokens`. The result for a source does not depend on the
        other sources. `no_repeat_ngram` > 0 forbids n-grams of that size to come twice.
        """

    def count_tokens(self, text: str) -> int:
        """How many tokens the model makes of `text`; white-space words unless overridden."""
        return len(text.split())

    def covers(self, text: str) -> bool:
        """Whether the vocabulary can spell `text` without its unknown token."""
        return True
