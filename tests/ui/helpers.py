"""A translator whose English can be told from its French, and a desk that waits for nobody."""

import re
import threading
import time
from collections.abc import Callable, Sequence

from tests.fakes import Fake
from translate.document import Hypothesis

ARTICLE = """La ville de Marsanne ouvre son musée

Le maire, Paul Verdier, a inauguré mardi le musée de la ville. Il a coûté 12 millions d’euros.

People wait in front of the new museum in Marsanne, France, May 4, 2026. Littoral Press/Jo Bell

« C’est un grand jour », a dit le maire. Les portes ouvrent à 9 h.
"""
#: Fifty paragraphs, no two alike.
LONG_ARTICLE = "La longue journée de Marsanne\n\n" + "\n\n".join(
    f"Le maire a reçu {number} lettres des habitants. Il a répondu à {number + 100} d’entre elles."
    for number in range(2, 52)
)
CAPTION = ARTICLE.split("\n\n")[2]


def english(french: str) -> list[str]:
    """Two hypotheses: small words backwards; capitals, figures and marks as they are."""
    turned = re.sub(r"\b[a-zà-ÿœ]{2,}\b", lambda word: word[0][::-1], french)
    return [turned, turned.replace(" ", " also ", 1)]


class Backwards(Fake):
    """`english` for each sentence, slowly if wanted; counts its calls and their sizes."""

    def __init__(self, *, seconds: float = 0.0) -> None:
        super().__init__(english)
        self.seconds = seconds
        self.calls: list[int] = []

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        if sources:
            self.calls.append(len(sources))
        time.sleep(self.seconds * len(sources))
        return super().translate_batch(
            sources, beam_size=beam_size, hypotheses=hypotheses, no_repeat_ngram=no_repeat_ngram
        )

    def complete(self, source: str, prefix: str, *, hypotheses: int = 5) -> list[str]:
        """The prefix and the rest of either hypothesis, word by word."""
        words = len(prefix.split())
        return [" ".join([prefix.strip(), *t.split()[words:]]) for t in english(source)]


class Gated(Backwards):
    """Translates nothing until `gate` is set."""

    def __init__(self) -> None:
        super().__init__()
        self.gate = threading.Event()
        self.begun = threading.Event()

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        self.begun.set()
        assert self.gate.wait(20)
        return super().translate_batch(
            sources, beam_size=beam_size, hypotheses=hypotheses, no_repeat_ngram=no_repeat_ngram
        )


def wait_until(true: Callable[[], bool], seconds: float = 10.0) -> None:
    """Look again and again; fail when it never becomes true."""
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it never came true"
        time.sleep(0.01)
