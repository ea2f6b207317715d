"""Running systems: what was translated is kept, and a stopped run continues."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from eval import Settings
from eval.run import run, save_hypotheses
from eval.systems import parse_system
from eval.testsets import TestSet, load
from translate.document import Hypothesis
from translate.engines.base import Translator
from translate.errors import DepecheError, InputError, UsageError
from translate.notation.quotes import QuoteStyle
from translate.settings import Furniture

QUICK = Settings(metrics=("bleu",), samples=0, trials=0)


class Echo(Translator):
    """Gives the French back; is stopped by Ctrl-C at a text if told to."""

    def __init__(self, stop_at: str = "") -> None:
        self.stop_at = stop_at
        self.seen = 0

    def translate_batch(self, sources: Sequence[str], **options: Any) -> list[list[Hypothesis]]:
        if self.stop_at in sources:
            raise KeyboardInterrupt
        self.seen += len(sources)
        return [[Hypothesis(source, -1.0)] * options.get("hypotheses", 1) for source in sources]


@pytest.fixture
def test_set(tmp_path: Path) -> TestSet:
    (tmp_path / "many.fr").write_text("".join(f"Il a plu {n} fois hier.\n" for n in range(600)))
    (tmp_path / "many.en").write_text("".join(f"It rained {n} times.\n" for n in range(600)))
    return load(str(tmp_path / "many"))


def hypotheses(
    test_set: TestSet, cache: Path, translator: Translator, spec: str = "builtin"
) -> tuple[str, ...]:
    result = run(
        test_set,
        [parse_system(spec)],
        cache=cache,
        settings=QUICK,
        load=lambda *_, **__: translator,
    )
    return result.systems[0].hypotheses


@pytest.mark.parametrize("spec", ["builtin", "builtin,raw=yes"])
def test_a_stopped_run_continues(spec: str, test_set: TestSet, tmp_path: Path) -> None:
    undisturbed = Echo()
    whole = hypotheses(test_set, tmp_path / "whole", undisturbed, spec)
    stopped = Echo(stop_at="Il a plu 550 fois hier.")
    with pytest.raises(KeyboardInterrupt):
        hypotheses(test_set, tmp_path / "cache", stopped, spec)
    rest = Echo()
    assert hypotheses(test_set, tmp_path / "cache", rest, spec) == whole
    assert len(whole) == 600
    assert rest.seen < stopped.seen + rest.seen == undisturbed.seen


def test_nothing_is_translated_twice(test_set: TestSet, tmp_path: Path) -> None:
    first = hypotheses(test_set, tmp_path / "cache", Echo())

    def refuse(*_: object, **__: object) -> Translator:
        raise AssertionError("the model was loaded although all is there")

    again = run(test_set, [parse_system("")], cache=tmp_path / "cache", settings=QUICK, load=refuse)
    assert again.systems[0].hypotheses == first


def test_other_settings_are_other_hypotheses(test_set: TestSet, tmp_path: Path) -> None:
    hypotheses(test_set, tmp_path / "cache", Echo())
    other = Echo()
    hypotheses(test_set, tmp_path / "cache", other, "builtin,beam=1")
    assert other.seen >= 600


def test_progress_counts_texts(test_set: TestSet, tmp_path: Path) -> None:
    seen: list[tuple[str, int, int]] = []
    run(
        test_set,
        [parse_system("builtin")],
        cache=tmp_path / "cache",
        settings=QUICK,
        advance=lambda *step: seen.append(step),
        load=lambda *_, **__: Echo(),
    )
    assert seen == [("builtin", done, 600) for done in (0, 500, 600)]


def test_articles_keep_their_lines(tmp_path: Path) -> None:
    found = load("news-desk")
    lines = hypotheses(found, tmp_path / "cache", Echo())
    assert len(lines) == len(found.sources)
    captions = [
        (source, line)
        for source, line in zip(found.sources, lines, strict=True)
        if source.startswith("Passengers wait")
    ]
    assert captions
    assert all(source == line for source, line in captions)


def test_a_text_without_a_translation_stays_in_its_place(tmp_path: Path) -> None:
    class Silent(Echo):
        def translate_batch(self, sources: Sequence[str], **options: Any) -> list[list[Hypothesis]]:
            return [[Hypothesis("", -9.0)] * options.get("hypotheses", 1) for _ in sources]

    found = load("news-desk")
    lines = hypotheses(found, tmp_path / "cache", Silent())
    assert len(lines) == len(found.sources)
    for source, line in zip(found.sources, lines, strict=True):
        if source.startswith("Passengers wait"):
            assert line == source


def test_markup_and_lines_without_words_stay(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Le titre\n\n***\n\n- Il pleut.\n- Il neige.\n\n> Il vente.\n")
    (tmp_path / "a.en.md").write_text("# T\n\n***\n\n- It rains.\n- It snows.\n\n> Wind.\n")
    lines = hypotheses(load(str(tmp_path)), tmp_path / "cache", Echo())
    assert lines == ("# Le titre", "- Il pleut.", "- Il neige.", "> Il vente.")


def test_a_paragraph_on_two_lines_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(
        "Titre\n\nIl pleut beaucoup depuis hier à Paris et\nil neige.\n"
    )
    (tmp_path / "a.en.txt").write_text("Title\n\nIt rains and\nsnows.\n")
    with pytest.raises(InputError, match="a: a paragraph goes on after line 3"):
        hypotheses(load(str(tmp_path)), tmp_path / "cache", Echo())


def test_a_system_is_parsed() -> None:
    system = parse_system("builtin,engine=transformers,beam=2,furniture=keep,quotes=british,raw=no")
    assert (system.model, system.engine, system.raw) == ("builtin", "transformers", False)
    assert system.settings.beam_size == 2
    assert system.settings.furniture is Furniture.KEEP
    assert system.settings.quotes is QuoteStyle.BRITISH


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("builtin,beam", "'beam' is no setting; known are engine, compute, device, beam"),
        ("builtin,temperature=1", "'temperature=1' is no setting"),
        ("builtin,beam=0", "beam is '0'; give a number from 1 to 32"),
        ("builtin,beam=many", "beam is 'many'"),
        ("builtin,furniture=burn", "furniture is 'burn'; known are translate, keep"),
        ("builtin,furniture=skip", "furniture is 'skip'; known are translate, keep"),
        ("builtin,quotes=german", "quotes is 'german'; known are american"),
        ("builtin,raw=maybe", "raw is 'maybe'; known are yes, no"),
    ],
)
def test_bad_systems(spec: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse_system(spec)
    assert says in str(caught.value)


def test_other_systems_stand_in_the_same_table(test_set: TestSet, tmp_path: Path) -> None:
    result = run(
        test_set,
        [parse_system("builtin")],
        others={"theirs": test_set.references[0]},
        cache=tmp_path / "cache",
        settings=QUICK,
        load=lambda *_, **__: Echo(),
    )
    assert [system.name for system in result.systems] == ["builtin", "theirs"]
    save_hypotheses(result, tmp_path / "saved")
    saved = (tmp_path / "saved" / "theirs.en").read_text().splitlines()
    assert tuple(saved) == test_set.references[0]


@pytest.mark.parametrize(
    ("others", "says"),
    [
        ({"theirs": ["One."]}, "hypothesis 'theirs' has 1 segments"),
        ({"builtin": ["One."] * 600}, "systems of the same name"),
    ],
)
def test_bad_others(
    others: dict[str, list[str]], says: str, test_set: TestSet, tmp_path: Path
) -> None:
    def refuse(*_: object, **__: object) -> Translator:
        raise AssertionError("translated before the files were checked")

    with pytest.raises(DepecheError, match=says):
        run(test_set, [parse_system("builtin")], others=others, cache=tmp_path / "c", load=refuse)
