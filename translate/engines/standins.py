"""Placeholders for a model that has learnt none: it is given numbers that it copies as any other.

The desk masks links, numbers and terms with `MARKS`. A model that was not trained on them (those of
the hub) garbles them; a number of three digits it copies, and the grammar around it stays right.
`bench/standins.py` has measured other stand-ins.
"""

import re
from collections.abc import Sequence

from translate.document import Hypothesis
from translate.engines.base import Translator

MARKS = tuple(f"⟦{number}⟧" for number in range(10))
#: Their digits differ, so that a model that confuses two is noticed.
NUMBERS = tuple("317 428 539 641 752 863 974 286 397 518 629 731 842 953 164 275".split())
_MARK = re.compile("|".join(map(re.escape, MARKS)))


class StandIns(Translator):
    """A translator whose model knows no placeholders, with numbers in their place.

    A number that did not come out as it went in is left to the desk: its placeholder is then lost.
    """

    placeholders = MARKS

    def __init__(self, inner: Translator, words: Sequence[str] = NUMBERS) -> None:
        self._inner, self._words = inner, words
        self.model, self.engine, self.max_tokens = inner.model, inner.engine, inner.max_tokens

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        """See `Translator.translate_batch`."""
        pairs = [self._stand_ins(source) for source in sources]
        results = self._inner.translate_batch(
            [_given(source, given) for source, given in zip(sources, pairs, strict=True)],
            beam_size=beam_size,
            hypotheses=hypotheses,
            no_repeat_ngram=no_repeat_ngram,
        )
        return [
            [Hypothesis(_marked(one.text, given), one.score) for one in row]
            for row, given in zip(results, pairs, strict=True)
        ]

    def complete(self, source: str, prefix: str, *, hypotheses: int = 5) -> list[str]:
        """See `Translator.complete`; what goes on from a prefix has no placeholders."""
        return self._inner.complete(source, prefix, hypotheses=hypotheses)

    def count_tokens(self, text: str) -> int:
        """How many tokens the model makes of what it is given."""
        return self._inner.count_tokens(_given(text, self._stand_ins(text)))

    def covers(self, text: str) -> bool:
        """Whether the vocabulary can spell `text` without its unknown token."""
        return self._inner.covers(_given(text, self._stand_ins(text)))

    def _stand_ins(self, source: str) -> dict[str, str]:
        """A word for each placeholder of a source, none of which the source has itself."""
        marks = dict.fromkeys(_MARK.findall(source))
        free = (word for word in self._words if word not in source)
        return dict(zip(marks, free, strict=False))


def _given(source: str, given: dict[str, str]) -> str:
    return _MARK.sub(lambda match: given.get(match[0], match[0]), source) if given else source


def _marked(text: str, given: dict[str, str]) -> str:
    """The placeholders for their stand-ins, where these stand alone."""
    for mark, word in given.items():
        text = re.sub(rf"(?<![\w.,]){re.escape(word)}(?!\w|[.,]\d)", mark, text)
    return text
