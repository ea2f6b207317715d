"""An article of a batch is read, cut and examined once."""

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

from tests.fakes import Fake
from translate.article.language import foreign_language, label_languages
from translate.batch.desk import Desk, Job, Order
from translate.batch.places import place_of
from translate.batch.tasks import Task
from translate.pipeline import analyse_blocks, examine

ONCE = (analyse_blocks, label_languages, examine, foreign_language)


def calls(functions: tuple[Callable[..., object], ...], work: Callable[[], object]) -> Counter[str]:
    """How often some work of this thread calls each of the functions."""
    names = {function.__code__: function.__name__ for function in functions}
    counted: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in names:
            counted[names[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return counted


def test_an_article_is_examined_once(tmp_path: Path) -> None:
    places = [place_of(str(tmp_path / name)) for name in ("french", "english")]
    articles = ("a.txt", "b.txt", "c.txt")
    (tmp_path / "french").mkdir()
    for name in articles:
        (tmp_path / "french" / name).write_text("Le maire est parti hier soir.", "utf-8")
    desk = Desk(Order(*places), Fake())

    def run() -> None:
        jobs = [
            job for name in articles if isinstance(job := desk.read(Task(name, name), None), Job)
        ]
        assert [entry.status for entry in desk.translate(jobs)] == ["done"] * len(articles)

    assert calls(ONCE, run) == {function.__name__: len(articles) for function in ONCE}
