import asyncio
import base64
import gzip
import json
from pathlib import Path

import pytest

from tests.ui.helpers import Backwards
from translate.errors import InputError, UsageError
from ui import evaluation
from ui.desk import Desk
from ui.evaluation import Shown, Upload, uploads

HYPOTHESES = ["The cat sleeps.", "The dog <i>barks</i> now.", "It rains."]
REFERENCES = ["The cat sleeps.", "The dog barks here.", "It is snowing."]


def files(hypotheses: list[str], references: list[str]) -> dict[str, Upload]:
    return {
        "hypothesis": Upload("hyp.en", "\n".join(hypotheses).encode()),
        "reference": Upload("ref.en", "\n".join(references).encode()),
    }


def packed(**given: tuple[str, bytes]) -> str:
    """What the page sends (static/files.js)."""
    return json.dumps(
        {
            role: {"name": name, "data": base64.b64encode(gzip.compress(data)).decode()}
            for role, (name, data) in given.items()
        }
    )


def test_the_numbers_are_those_of_the_evaluation() -> None:
    from eval import evaluate

    shown = evaluation.score_files(files(HYPOTHESES, REFERENCES))
    wanted = evaluate({"x": HYPOTHESES}, [REFERENCES]).systems[0]
    scores = {row[1]: row[2] for row in shown.scores[1:]}
    assert scores["BLEU"] == f"{wanted.score('BLEU').value:.2f}"
    assert scores["chrF2++"] == f"{wanted.score('chrF2++').value:.2f}"


def test_the_worst_segments_come_first() -> None:
    shown = evaluation.score_files(files(HYPOTHESES, REFERENCES))
    assert [row[0] for row in shown.worst] == ["3", "2", "1"]
    assert shown.worst[0][2:4] == ["It rains.", "It is snowing."]
    assert shown.report.count("<i>barks</i>") == 0


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
    def score(name: str, models: list[str]) -> Shown:
        cache = tmp_path / "eval.sqlite3"
        return asyncio.run(evaluation.score_set(desk, name, models, "auto", cache))

    shown = score("news-desk", ["builtin"])
    assert translator.seen
    assert shown.title.startswith("news-desk: ")
    assert len(shown.worst) == evaluation.WORST
    with pytest.raises(InputError, match="no test set '/etc'"):
        score("/etc", ["builtin"])
    with pytest.raises(UsageError, match="no model"):
        score("news-desk", [])


def test_files_are_unpacked_and_lose_their_folders() -> None:
    found = uploads(packed(hypothesis=("../../a.tsv.gz", b"x"), reference=("/etc/passwd", b"y")))
    assert found == {
        "hypothesis": Upload("a.tsv", b"x"),
        "reference": Upload("passwd", b"y"),
    }


@pytest.mark.parametrize(
    "sent",
    [
        "[]",
        "3",
        "{",
        "[" * 100_000,
        '{"hypothesis": "/etc/passwd"}',
        '{"hypothesis": {"name": 1}}',
        '{"reference": {"name": "a", "data": "AAAA"}}',
        '{"source": {"name": "a", "data": "é"}}',
    ],
)
def test_what_no_page_sends_is_refused(sent: str) -> None:
    with pytest.raises(InputError):
        evaluation.score_files(uploads(sent))


def test_a_small_file_cannot_unpack_to_a_large_one() -> None:
    bomb = gzip.compress(bytes(evaluation.MAX_UNPACKED // 2 + 1))
    assert len(bomb) < 50_000
    sent = base64.b64encode(bomb).decode()
    file = {"name": "a", "data": sent}
    with pytest.raises(InputError, match="unpack to more than 24,000,000 bytes"):
        uploads(json.dumps({"hypothesis": file, "reference": file}))
    members = base64.b64encode(bomb * 3).decode()
    with pytest.raises(InputError, match="unpack to more than"):
        uploads(json.dumps({"hypothesis": {"name": "a", "data": members}}))


def test_the_files_are_needed() -> None:
    with pytest.raises(InputError, match="two files are needed"):
        evaluation.score_files(uploads(packed(hypothesis=("a", b"x"))))
