"""Sentence segmentation: ours and four common libraries on the golden cases, as one table.

    python -m venv /tmp/bench && /tmp/bench/bin/pip install pysbd syntok sentence-splitter spacy
    PYTHONPATH=. /tmp/bench/bin/python -W ignore bench/segmentation.py

The others are no dependencies (group `bench` of pyproject.toml); those that are installed are
measured.

Each system gets the same blocks, one at a time. A case is right when every cut is where the case
has it and there is no other; only characters that are not blank count, so that a system may
treat white space as it likes.
"""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from translate.article.sentences import sentence_spans
from translate.notation.quotes import find_quotations
from translate.notation.spaces import BLANKS

GOLDEN = Path(__file__).parents[1] / "tests" / "golden" / "segments.txt"
ROUNDS = 3  # the fastest counts
#: One case for each noun of french.LETTERED: a table of ours, so the share is shown without it too.
APART = "letters"

Segmenter = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Case:
    """A block, where it is to be cut (in characters that are not blank), and its class."""

    group: str
    text: str
    cuts: frozenset[int]


@dataclass(frozen=True, slots=True)
class Score:
    """What one system did: right cases, cuts inside quotations, characters a second."""

    right: int
    inside: int
    broken: int
    speed: float
    wrong_groups: dict[str, int]


def depeche() -> Segmenter:
    """Ours."""
    return lambda text: [text[start:end] for start, end in sentence_spans(text)]


def pysbd() -> Segmenter:
    """The golden rules of Pragmatic Segmenter, in Python."""
    import pysbd

    segmenter = pysbd.Segmenter(language="fr", clean=False)
    return lambda text: list(segmenter.segment(text))


def syntok() -> Segmenter:
    """A rule-based segmenter for Indo-European languages."""
    from syntok import segmenter

    return lambda text: [
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in segmenter.process(text)
        for sentence in paragraph
    ]


def sentence_splitter() -> Segmenter:
    """The Europarl splitter with its list of French abbreviations."""
    from sentence_splitter import SentenceSplitter

    splitter = SentenceSplitter(language="fr")
    return lambda text: list(splitter.split(text))


def spacy() -> Segmenter:
    """The sentencizer in a blank French pipeline."""
    import spacy

    pipeline = spacy.blank("fr")
    pipeline.add_pipe("sentencizer")
    return lambda text: [sentence.text for sentence in pipeline(text).sents]


SYSTEMS = {
    "Depeche": depeche,
    "pySBD": pysbd,
    "syntok": syntok,
    "sentence-splitter": sentence_splitter,
    "spaCy sentencizer": spacy,
}


def solid(text: str) -> int:
    """How many characters are not blank."""
    return len(text) - sum(text.count(blank) for blank in BLANKS)


def cuts_of(segments: Sequence[str]) -> frozenset[int]:
    """Where each segment ends, the last one included, in characters that are not blank."""
    ends, end = [], 0
    for segment in segments:
        end += solid(segment)
        ends.append(end)
    return frozenset(ends)


def load_cases(path: Path) -> list[Case]:
    """The golden cases; the form of the file is told in its first lines."""
    cases, group = [], ""
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("== "):
            group = line.removeprefix("== ")
        elif line and not line.startswith("#"):
            line = line.replace("\\n", "\n")
            text = line.replace(" | ", " ").replace("|", "")
            cases.append(Case(group, text, cuts_of(line.split("|"))))
    return cases


def cuts_inside(text: str, cuts: frozenset[int]) -> int:
    """How many cuts part a complete quotation."""
    whole = [
        (solid(text[: quotation.start]), solid(text[: quotation.end]))
        for quotation in find_quotations(text)
        if quotation.complete
    ]
    return sum(any(start < cut < end for start, end in whole) for cut in cuts)


def measure(segment: Segmenter, cases: Sequence[Case]) -> Score:
    """Run one system over all cases."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        found = [cuts_of(segment(case.text)) for case in cases]
        seconds.append(time.perf_counter() - began)
    wrong: dict[str, int] = {}
    for case, cuts in zip(cases, found, strict=True):
        wrong[case.group] = wrong.get(case.group, 0) + (cuts != case.cuts)
    inside = [cuts_inside(case.text, cuts) for case, cuts in zip(cases, found, strict=True)]
    return Score(
        right=len(cases) - sum(wrong.values()),
        inside=sum(inside),
        broken=sum(count > 0 for count in inside),
        speed=sum(len(case.text) for case in cases) / min(seconds),
        wrong_groups=wrong,
    )


def overview(scores: dict[str, Score], cases: Sequence[Case]) -> Iterator[str]:
    """One row a system."""
    yield "| system | cases right | share | without `letters` | cuts in quotations | characters/s |"
    yield "|---|--:|--:|--:|--:|--:|"
    apart = sum(case.group == APART for case in cases)
    for name, score in scores.items():
        share = score.right / len(cases)
        rest = (score.right - apart + score.wrong_groups[APART]) / (len(cases) - apart)
        inside = f"{score.inside} in {score.broken} cases" if score.inside else "0"
        shares = f"{share:.1%} | {rest:.1%}"
        yield f"| {name} | {score.right} | {shares} | {inside} | {score.speed:,.0f} |"


def by_class(scores: dict[str, Score], cases: Sequence[Case]) -> Iterator[str]:
    """One row a class of cases: how many each system has wrong."""
    yield f"| class | cases | {' | '.join(scores)} |"
    yield f"|---|--:|{'--:|' * len(scores)}"
    for group, count in Counter(case.group for case in cases).items():
        row = " | ".join(str(score.wrong_groups[group]) for score in scores.values())
        yield f"| {group} | {count} | {row} |"


def main() -> None:
    """Measure what is installed and print both tables."""
    cases = load_cases(GOLDEN)
    scores: dict[str, Score] = {}
    for name, make in SYSTEMS.items():
        try:
            segment = make()
        except ImportError as error:
            print(f"{name} left out: {error}", file=sys.stderr)
            continue
        scores[name] = measure(segment, cases)
    print(f"{len(cases)} cases\n", *overview(scores, cases), sep="\n")
    print("\nwrong cases by class\n", *by_class(scores, cases), sep="\n")


if __name__ == "__main__":
    main()
