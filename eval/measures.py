"""What BLEU does not see: the news measures, each defined in docs/metrics.md."""

import re

from eval.values import Data, Measure

_DOUBLE_MARKS = re.compile(
    r"«[ \u00a0\u202f]*|[ \u00a0\u202f]*»|[“”„‟〝〞]|``|''|‹[ \u00a0\u202f]*|[ \u00a0\u202f]*›"
)
_SINGLE_MARKS = re.compile("[‘’‚‛`´]")


def normalise_quotes(text: str) -> str:
    """Every quotation mark as " or ', so that the style of the marks does not count.

    >>> normalise_quotes("“Yes,” said « Léa »’s mother")
    '"Yes," said "Léa"\\'s mother'
    """
    return _SINGLE_MARKS.sub("'", _DOUBLE_MARKS.sub('"', text))


def measure_system(data: Data, hypotheses: tuple[str, ...]) -> tuple[Measure, ...]:
    """All measures that the data allows for one system's hypotheses."""
    return (length_ratio(data, hypotheses),)


def length_ratio(data: Data, hypotheses: tuple[str, ...]) -> Measure:
    """Characters of the hypotheses per character of the first reference."""
    return Measure(
        "length ratio",
        sum(map(len, hypotheses)),
        sum(map(len, data.references[0])),
        percent=False,
    )
