import pytest

from translate.document import Finding, Severity
from translate.drafting.confidence import FAIR, SURE, confidence

FOUND = (Finding("length.empty", Severity.ERROR),)


@pytest.mark.parametrize(
    ("source", "score", "findings", "word"),
    [
        ("Le ministre a parlé hier.", SURE, (), "sure"),
        ("Le ministre a parlé hier.", SURE, FOUND, "fair"),
        ("Le ministre a tergiversé hier.", SURE, (), "fair"),
        ("Hier, Zbigniew Krzywoblocki a parlé au G20.", SURE, (), "sure"),
        ("Le ministre a parlé hier.", SURE - 0.01, (), "fair"),
        ("Le ministre a parlé hier.", FAIR - 0.01, (), "unsure"),
        ("Le ministre a tergiversé hier.", FAIR - 0.01, FOUND, "unsure"),
    ],
)
def test_what_is_sure(source: str, score: float, findings: tuple[Finding, ...], word: str) -> None:
    assert confidence(source, score, findings) == word
