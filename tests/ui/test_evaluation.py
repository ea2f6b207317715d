from pathlib import Path

import pytest

from tests.ui.helpers import Backwards
from translate.errors import InputError, UsageError
from ui import evaluation
from ui.desk import Desk

HYPOTHESES = ["The cat sleeps.", "The dog <i>barks</i> now.", "It rains."]
REFERENCES = ["The cat sleeps.", "The dog barks here.", "It is snowing."]


def write(path: Path, lines: list[str]) -> str:
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return str(path)


def test_the_numbers_are_those_of_the_evaluation(tmp_path: Path) -> None:
    from eval import evaluate

    shown = evaluation.score_files(
        write(tmp_path / "hyp.en", HYPOTHESES), write(tmp_path / "ref.en", REFERENCES), None
    )
    wanted = evaluate({"x": HYPOTHESES}, [REFERENCES]).systems[0]
    scores = {row[1]: row[2] for row in shown.scores[1:]}
    assert scores["BLEU"] == f"{wanted.score('BLEU').value:.2f}"
    assert scores["chrF2++"] == f"{wanted.score('chrF2++').value:.2f}"


def test_the_worst_segments_come_first(tmp_path: Path) -> None:
    shown = evaluation.score_files(
        write(tmp_path / "hyp.en", HYPOTHESES), write(tmp_path / "ref.en", REFERENCES), None
    )
    assert [row[0] for row in shown.worst] == ["3", "2", "1"]
    assert shown.worst[0][2:4] == ["It rains.", "It is snowing."]
    assert shown.report.read_text(encoding="utf-8").count("<i>barks</i>") == 0


def test_streams_of_different_lengths_are_refused() -> None:
    with pytest.raises(InputError):
        evaluation.score_texts(HYPOTHESES, REFERENCES[:2])
    with pytest.raises(UsageError, match="0 to 1000"):
        evaluation.score_texts(HYPOTHESES, REFERENCES, samples=5000)
    with pytest.raises(InputError, match="20,000 at most"):
        evaluation.score_texts(["a"] * 20_001, ["a"] * 20_001)


def test_a_set_is_translated_by_the_desks_own_engine(
    desk: Desk, translator: Backwards, tmp_path: Path
) -> None:
    shown = evaluation.score_set(desk, "news-desk", ["builtin"], "auto", tmp_path / "eval.sqlite3")
    assert translator.seen
    assert shown.title.startswith("news-desk: ")
    assert len(shown.worst) == evaluation.WORST
    with pytest.raises(InputError, match="no test set '/etc'"):
        evaluation.score_set(desk, "/etc", ["builtin"], "auto", tmp_path / "eval.sqlite3")
    with pytest.raises(UsageError, match="no model"):
        evaluation.score_set(desk, "news-desk", [], "auto", tmp_path / "eval.sqlite3")
