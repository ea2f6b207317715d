"""Thresholds: tuned on one half of a golden set, tested on the other.

    python bench/thresholds.py [SET...]

Each case of a set is of the half to tune on or of the held-out half, by the checksum of its French
(`is_held_out`); of language.tsv those lines are held out that were written after the rules stood.
For each threshold: its value, what share of the tuning half is right (in per cent) with 0.5, 0.7,
0.85, 1.15, 1.4 and 2 times of it, and "no case" where none of these changes an answer. Exit code 1
where another value gets more than one case of the tuning half more right, or where the held-out
half is below its floor.
"""

import json
import sys
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from translate.article import language
from translate.document import Language
from translate.drafting import checks
from translate.notation import likeness, names, own_names, vocabulary
from translate.pipeline import analyse
from translate.terms.house import name_spans

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "golden"
HEADLINES = ROOT / "examples" / "headlines"
FACTORS = (0.5, 0.7, 0.85, 1.15, 1.4, 2.0)


@dataclass(frozen=True, slots=True)
class Case:
    """What is asked, whether the answer is right, and the half that it is of."""

    is_right: Callable[[], bool]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """A constant of a module, or the one at a place of a constant pair."""

    module: ModuleType
    name: str
    at: int | None = None

    @property
    def own(self) -> Any:
        """Its value."""
        value = getattr(self.module, self.name)
        return value if self.at is None else value[self.at]

    @contextmanager
    def trying(self, factor: float) -> Iterator[None]:
        """A multiple of its value in its place, and nothing remembered of either."""
        before, value = getattr(self.module, self.name), type(self.own)(self.own * factor)
        if self.at is not None:
            value = (*before[: self.at], value, *before[self.at + 1 :])
        setattr(self.module, self.name, value)
        _forget()
        try:
            yield
        finally:
            setattr(self.module, self.name, before)
            _forget()


@dataclass(frozen=True, slots=True)
class Set:
    """A golden set, the thresholds that are tuned on it, and what the held-out half has to reach.

    `floor` is a share in per cent.
    """

    cases: Callable[[], list[Case]]
    thresholds: tuple[Threshold, ...]
    floor: float


def is_held_out(french: str) -> bool:
    """Whether no threshold may be tuned on the case of this text."""
    return zlib.crc32(french.encode()) % 2 == 1


def rows(name: str) -> list[list[str]]:
    """The fields of each line of a golden file."""
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


def objects(name: str) -> list[dict[str, Any]]:
    """The lines of a golden file of JSON."""
    return [json.loads(line) for line in (GOLDEN / name).read_text("utf-8").splitlines()]


def spans() -> list[Case]:
    """The language of a line by itself."""

    def case(label: str, group: str, text: str) -> Case:
        return Case(lambda: language.identify(text) == label, group == "heldout")

    return [case(*row) for row in rows("language.tsv")]


FRENCH = "Le maire est parti hier soir avec sa sœur. Il revient demain avec tous les siens."


def lines_of_an_article() -> list[Case]:
    """The language of a line between the paragraphs of a French article."""

    def case(label: str, group: str, text: str) -> Case:
        def is_right() -> bool:
            blocks = analyse(f"{FRENCH}\n\n{text}\n\n{FRENCH}").blocks[1:-1]
            return {block.language for block in blocks} == {Language(label)}

        return Case(is_right, group == "heldout")

    return [case(*row) for row in rows("language.tsv")]


def words() -> list[Case]:
    """What is a word of which language, alone and in a sentence."""

    def word(text: str, kind: str) -> Case:
        def is_right() -> bool:
            english = vocabulary.is_english_word(text) is (kind in ("english", "both"))
            return (english or kind == "french") and (
                vocabulary.is_french_only(text) is (kind == "french")
            )

        return Case(is_right, is_held_out(text))

    def sentence(case: dict[str, Any]) -> Case:
        french, english = case["french"], case["english"]

        def is_right() -> bool:
            found = vocabulary.non_words(french, english), vocabulary.french_left(french, english)
            return found == (case["non_words"], case["french_left"])

        return Case(is_right, is_held_out(french))

    sentences = map(sentence, objects("words_in_sentences.jsonl"))
    return [*(word(*row) for row in rows("vocabulary.tsv")), *sentences]


def faults_of_names() -> list[Case]:
    """Which names of a sentence are damaged or lost."""

    def case(given: dict[str, Any]) -> Case:
        french, english = given["french"], given["english"]

        def is_right() -> bool:
            found = names.faults(french, english, name_spans(french))
            return [[fault.name, fault.written] for fault in found] == given["faults"]

        return Case(is_right, is_held_out(french))

    return [case(given) for given in objects("names.jsonl")]


def lengths() -> list[Case]:
    """Headlines with all of their English, a third of its words, or all of it three times."""
    sides = ((HEADLINES / f"headlines.{end}").read_text("utf-8") for end in ("fr", "en"))

    def case(french: str, words: list[str], is_wrong: bool) -> Case:
        return Case(
            lambda: bool(list(checks.check_length(french, " ".join(words)))) is is_wrong,
            is_held_out(french),
        )

    cases = []
    for french, english in zip(*(side.splitlines() for side in sides), strict=True):
        found = english.split()
        if len(french.split()) >= checks.LENGTH_MIN_WORDS:
            parts = (found, False), (found[: len(found) // 3], True), (found * 3, True)
            cases += [case(french, *part) for part in parts]
    return cases


def _of(module: ModuleType, names: str) -> tuple[Threshold, ...]:
    return tuple(Threshold(module, name) for name in names.split())


SETS = {
    "spans": Set(
        spans,
        _of(
            language,
            "FUNCTION_WEIGHT COMMON_WEIGHT ENDING_WEIGHT SPACING_WEIGHT "
            "VOCABULARY_WEIGHT LONE_LEAD MODEL_WEIGHT MODEL_CAP FRENCH_PRIOR",
        ),
        95.0,
    ),
    "lines": Set(lines_of_an_article, _of(language, "THIN CONFIDENT"), 90.0),
    "words": Set(
        words,
        _of(
            vocabulary,
            "WORD_ZIPF STEM_ZIPF LEAD_OF_RARE LEAD_OF_COMMON LEAD_OF_COPIED_COMMON COMMON_ZIPF "
            "COPIED_COMMON_ZIPF NAME_SIMILARITY INVENTED_SIMILARITY TITLE_WORDS",
        ),
        100.0,
    ),
    "names": Set(
        faults_of_names,
        (
            *_of(own_names, "OWN_LEAD RARE_ZIPF NOUN_ZIPF SMALL_ZIPF"),
            *_of(
                likeness,
                "FORM_LEAD SIMILARITY FORM_SIMILARITY PLAIN_ZIPF PLAIN_LEAD MIN_LETTERS",
            ),
            *_of(names, "FIRST_NAME_ZIPF MAX_BETWEEN"),
        ),
        100.0,
    ),
    "lengths": Set(lengths, tuple(Threshold(checks, "LENGTH_RATIO", at) for at in (0, 1)), 80.0),
}


_KEPT = (language._all_languages, language._french_or_english)


def _forget() -> None:
    for name, module in list(sys.modules.items()):
        if name.startswith("translate."):
            for value in vars(module).values():
                if hasattr(value, "cache_clear") and value not in _KEPT:
                    value.cache_clear()


def right(cases: Sequence[Case], *, held_out: bool) -> int:
    """How many cases of a half are right."""
    return sum(case.is_right() for case in cases if case.held_out is held_out)


def main(arguments: Sequence[str]) -> int:
    """Print the sets that are named, or all; 1 where a threshold does not hold."""
    return max([judge(name, SETS[name]) for name in arguments or SETS])


def judge(name: str, one: Set) -> int:
    """Print a set with its thresholds; 1 where one of them does not hold."""
    cases = one.cases()
    held_out = sum(case.held_out for case in cases)
    tuning = len(cases) - held_out
    own = right(cases, held_out=False)
    kept = 100 * right(cases, held_out=True) / held_out
    print(f"{name}: {100 * own / tuning:.1f} of {tuning}; held out {kept:.1f} of {held_out}")
    failed = kept < one.floor
    for threshold in one.thresholds:
        found = [_with(threshold, factor, cases) for factor in FACTORS]
        shares = " ".join(f"{100 * tuned / tuning:.1f}" for tuned, _ in found)
        is_flat = len({(own, round(kept * held_out / 100)), *found}) == 1
        is_beaten = max(tuned for tuned, _ in found) > own + 1
        failed |= is_beaten
        said = "  no case" * is_flat + "  BEATEN" * is_beaten
        place = "" if threshold.at is None else f"[{threshold.at}]"
        print(f"  {threshold.name + place:22}{threshold.own:5}  {shares}{said}", flush=True)
    return int(failed)


def _with(threshold: Threshold, factor: float, cases: Sequence[Case]) -> tuple[int, int]:
    """Right cases of both halves with a multiple of a threshold."""
    with threshold.trying(factor):
        return right(cases, held_out=False), right(cases, held_out=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
