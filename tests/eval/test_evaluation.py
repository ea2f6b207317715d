"""What is said beside the scores, and what the tables show."""

import json
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from click.testing import CliRunner

from eval import Settings, evaluate
from eval.cli.main import cli
from eval.metrics import Options
from eval.ranks import ranks
from eval.sanity import Finder, find_shift, find_slip
from eval.tables import RENDERERS, render_latex, render_markdown, render_text

QUICK = Settings(metrics=("bleu",), samples=0, trials=0)


def notes(hypotheses: list[str], *references: list[str]) -> str:
    result = evaluate({"system": hypotheses}, references, settings=QUICK)
    return " / ".join(note.message for note in result.notes)


def test_a_fair_system_has_no_notes(systems: dict[str, list[str]], reference: list[str]) -> None:
    assert notes(systems["good"], reference) == ""


@pytest.mark.parametrize("shift", [-3, -1, 1, 2])
def test_shifted_lines_are_said(
    shift: int, systems: dict[str, list[str]], reference: list[str]
) -> None:
    moved = systems["good"][-shift:] + systems["good"][:-shift]
    assert find_shift(Finder(reference).matches(moved)) == shift
    said = notes(moved, reference)
    assert f"moved by {-shift:+d} lines" in said


@pytest.mark.parametrize("order", ["shuffled", "sorted"])
def test_another_order_is_said(
    order: str, systems: dict[str, list[str]], reference: list[str]
) -> None:
    lines = sorted(systems["good"])
    if order == "shuffled":
        random.Random(1).shuffle(lines)
    assert "another order" in notes(lines, reference)


def test_a_bad_system_in_the_right_order_is_not_accused(reference: list[str]) -> None:
    rubbish = ["Completely different words entirely here."] * len(reference)
    assert notes(rubbish, reference) == ""


def test_a_copy_of_a_reference_is_said(reference: list[str], second_reference: list[str]) -> None:
    assert "is reference 2 itself" in notes(second_reference, reference, second_reference)


def test_empty_segments_are_said(systems: dict[str, list[str]], reference: list[str]) -> None:
    lines = ["", *systems["good"][1:-1], " "]
    assert f"leaves 2 of {len(lines)} segments empty" in notes(lines, reference)


def test_entities_are_said_with_their_cost() -> None:
    reference = ["He doesn't say yes to all of it.", "It rained all day long."]
    said = notes([escape(line) for line in reference], reference)
    assert "HTML entities" in said
    assert "in 1 of 2 segments; unescaped, BLEU would be 100.00 instead of 58.89" in said


def test_entities_that_the_tokenizer_undoes_cost_nothing() -> None:
    reference = ['He said "yes" to all of it & left.', "It rained all day long."]
    assert "BLEU would stay 100.00" in notes([escape(line) for line in reference], reference)


def test_tokenized_text_is_said(systems: dict[str, list[str]], reference: list[str]) -> None:
    tokenized = [re.sub(r"(\w)([.,])(?= |$)", r"\1 \2", line) for line in systems["good"]]
    assert "detokenize it first" in notes(tokenized, reference)
    assert "detokenize" not in notes(tokenized, tokenized[::-1])


@pytest.mark.parametrize(("case", "says"), [(str.lower, "small letters"), (str.upper, "capitals")])
def test_a_single_case_is_said(
    case: Callable[[str], str], says: str, systems: dict[str, list[str]], reference: list[str]
) -> None:
    written = list(map(case, systems["good"]))
    assert f"has nothing but {says}; without regard to case (--lowercase)" in notes(
        written, reference
    )
    settings = replace(QUICK, options=Options(lowercase=True))
    assert not evaluate({"it": written}, [reference], settings=settings).notes
    assert says not in notes(written, list(map(case, reference)))


def test_entities_of_the_reference_are_no_fault() -> None:
    assert "entities" not in notes(["R&amp;D grows now."], ["R&amp;D grew then."])


def test_unescape_puts_another_system_beside() -> None:
    reference = ['He said "yes" to all of it & left.', "It rained all day long."]
    settings = replace(QUICK, unescape=True)
    escaped = [escape(line) for line in reference]
    found = evaluate({"a": escaped, "b": reference}, [reference], settings=settings)
    assert [system.name for system in found.systems] == ["a", "a, unescaped", "b"]
    assert found.systems[1].score("BLEU").value == pytest.approx(100)


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda line: line.replace(" ", " \u200b"), "characters that cannot be seen"),
        (lambda line: unicodedata.normalize("NFD", line), "letters in two parts"),
    ],
)
def test_spoilt_characters_are_said(spoil: Callable[[str], str], says: str) -> None:
    reference = ["The café of the Élysée was closed all day."] * 3
    assert says in notes([spoil(line) for line in reference], reference)
    assert says not in notes(reference, list(map(spoil, reference)))


@pytest.mark.parametrize("place", [0.1, 0.5, 0.8])
@pytest.mark.parametrize("change", ["lost", "added"])
def test_a_line_lost_in_the_middle_is_said(
    place: float, change: str, systems: dict[str, list[str]], reference: list[str]
) -> None:
    lines = list(systems["good"])
    at = int(place * len(lines))
    moved = [*lines[:at], *lines[at + 1 :], "End."] if change == "lost" else None
    moved = moved or [*lines[:at], "A line too many.", *lines[at:-1]]
    slip = find_slip(Finder(reference).matches(moved))
    assert slip is not None
    assert abs(slip.start - at) < 8
    assert "lines were lost or added there" in notes(moved, reference).replace("some", "lines")


def test_repeated_lines_do_not_slip() -> None:
    lines = ["The council met on Monday evening.", "It rained all day long."] * 40
    assert notes([line.replace("evening", "night") for line in lines], lines) == ""


@pytest.mark.parametrize(
    ("hypotheses", "references", "sources", "says"),
    [
        ("en", "fr", "en", "has English sources and French references"),
        ("en", "fr", "", ""),
        ("fr", "en", "fr", "is French in most segments"),
        ("source", "en", "fr", "is the source itself"),
        ("en", "en", "fr", ""),
    ],
)
def test_swapped_sides_are_said(hypotheses: str, references: str, sources: str, says: str) -> None:
    texts = {
        "fr": ["Le maire a refusé de répondre aux questions.", "Il pleut depuis trois jours."],
        "en": ["The mayor refused to answer the questions.", "It has rained for three days."],
        "": [],
    }
    texts["source"] = texts[sources]
    given = texts[hypotheses] if hypotheses == "source" else [f"{t} Ok." for t in texts[hypotheses]]
    found = evaluate({"s": given}, [texts[references]], sources=texts[sources], settings=QUICK)
    said = " / ".join(note.message for note in found.notes)
    assert (says in said) if says else said == ""


def test_signatures_say_what_was_done_to_the_text(
    systems: dict[str, list[str]], reference: list[str]
) -> None:
    articles = ["one"] * 5 + ["two"] * (len(reference) - 5)
    result = evaluate({"s": systems["good"]}, [reference], articles=articles, settings=QUICK)
    signatures = {score.label: score.signature for score in result.systems[0].scores}
    assert "text" not in signatures["BLEU"]
    assert signatures["BLEU (quotes)"] == signatures["BLEU"] + "|text:quotes-alike"
    assert signatures["BLEU (article)"] == signatures["BLEU"] + "|unit:article"


def test_all_pairs_are_ranked(systems: dict[str, list[str]], reference: list[str]) -> None:
    settings = Settings(metrics=("bleu",), trials=500, all_pairs=True)
    texts = {**systems, "twin": [*systems["good"][:-1], "Another end."]}
    result = evaluate(texts, [reference], settings=settings)
    assert len(result.pairs) == 6
    assert [c.system for c in result.comparisons] == ["fair", "poor", "twin"]
    found = {rank.system: rank for rank in ranks(result, "BLEU")}
    assert found["good"].cluster == found["twin"].cluster == 1
    assert found["poor"].cluster > 1
    assert (found["poor"].first, found["poor"].last) == (4, 4)
    for pair in result.pairs:
        assert pair.p_holm is not None
        assert pair.p_holm >= max(pair.p_bootstrap or 0, pair.p_randomization or 0)
    assert "p Holm" in render_text(result)
    assert json.loads(RENDERERS["json"](result))["ranks"]["BLEU"][0]["cluster"] == 1


def test_json_has_segments(systems: dict[str, list[str]], reference: list[str]) -> None:
    result = evaluate({"s": systems["good"]}, [reference], settings=QUICK)
    document = json.loads(RENDERERS["json"](result))
    assert len(document["systems"][0]["segment_scores"]["BLEU"]) == len(reference)
    assert document["reference_measures"][-1]["value"] == 1


def test_quote_style_is_told_apart() -> None:
    reference = ["“Yes,” she said, “all of them.”"] * 2
    system = evaluate({"s": ['"Yes," she said, "all of them."'] * 2}, [reference]).systems[0]
    assert system.score("BLEU").value < 60
    assert system.score("BLEU (quotes)").value == pytest.approx(100)


def test_the_article_as_a_unit(systems: dict[str, list[str]], reference: list[str]) -> None:
    half = len(reference) // 2
    articles = ["one"] * half + ["two"] * (len(reference) - half)
    result = evaluate({"s": systems["good"]}, [reference], articles=articles, settings=QUICK)
    score = result.systems[0].score("BLEU (article)")
    assert score.segments == 2
    joined = [" ".join(systems["good"][:half]), " ".join(systems["good"][half:])]
    joined_reference = [" ".join(reference[:half]), " ".join(reference[half:])]
    expected = evaluate({"s": joined}, [joined_reference], settings=QUICK)
    assert score.value == expected.systems[0].score("BLEU").value
    assert {group.label for group in result.groups if group.axis == "article"} == {"one", "two"}


def test_groups_are_scores_of_their_parts(
    systems: dict[str, list[str]], reference: list[str]
) -> None:
    kinds = ["title" if at % 3 == 0 else "paragraph" for at in range(len(reference))]
    result = evaluate({"s": systems["good"]}, [reference], kinds=kinds, settings=QUICK)
    titles = next(group for group in result.groups if group.label == "title")
    alone = evaluate({"s": systems["good"][::3]}, [reference[::3]], settings=QUICK)
    assert titles.segments == len(reference[::3])
    assert titles.bleu == alone.systems[0].score("BLEU").value


def test_which_differences_count(systems: dict[str, list[str]], reference: list[str]) -> None:
    result = evaluate({**systems, "same": systems["good"]}, [reference])
    poor, same = (result.comparison(name, "BLEU") for name in ("poor", "same"))
    assert poor is not None
    assert poor.counts()
    assert poor.difference < 0
    assert same is not None
    assert not same.counts()
    assert [note.subject for note in result.notes if "word for word" in note.message] == ["same"]
    assert same.difference == 0


def test_every_line_has_segments_and_hash(
    systems: dict[str, list[str]], reference: list[str]
) -> None:
    result = evaluate(systems, [reference], settings=Settings(metrics=("bleu", "chrf")))
    text = render_text(result)
    lines = [line for line in text.splitlines() if line.startswith(tuple(systems))]
    assert len(lines) == len(systems) * 3
    for line in lines:
        assert f" {len(reference)}  {result.data.hash}" in line


def test_tables_escape_names(reference: list[str], systems: dict[str, list[str]]) -> None:
    result = evaluate({"a|b_c&<d>%": systems["good"]}, [reference], settings=QUICK)
    assert "a\\|b\\_c&\\<d\\>%" in render_markdown(result)
    assert r"a|b\_c\&<d>\%" in render_latex(result)


@pytest.mark.parametrize("layout", RENDERERS)
def test_score_command(
    layout: str, tmp_path: Path, systems: dict[str, list[str]], reference: list[str]
) -> None:
    for name, lines in {"ref.en": reference, **systems}.items():
        (tmp_path / name).write_text("\n".join(lines) + "\n")
    files = [str(tmp_path / name) for name in systems]
    arguments = ["score", "--ref", str(tmp_path / "ref.en"), *files, "-m", "bleu", "--trials", "0"]
    done = CliRunner().invoke(cli, [*arguments, "--format", layout], catch_exceptions=False)
    assert done.exit_code == 0
    result = evaluate(systems, [reference], settings=Settings(metrics=("bleu",), trials=0))
    if layout == "json":
        document = json.loads(done.output)
        assert document["data"]["hash"] == result.data.hash
        assert [entry["system"] for entry in document["systems"]] == list(systems)
    for system in result.systems:
        assert f"{system.score('BLEU').value:.2f}" in done.output
