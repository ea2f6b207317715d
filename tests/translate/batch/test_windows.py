"""Articles are translated together: few at first, then as many as fill the engine's batches."""

from translate.batch.desk import FIRST_WINDOW, WINDOW, Job, windows
from translate.batch.tasks import Task
from translate.pipeline import analyse, work


def test_the_first_window_is_small() -> None:
    job = Job(Task("a.txt", "a.txt"), "", work(analyse("Le maire a parlé. " * 100)))
    assert job.sentences == 100
    sizes = [sum(one.sentences for one in window) for window in windows([job] * 100)]
    assert sizes == [FIRST_WINDOW, WINDOW, WINDOW, WINDOW]


def test_a_run_without_articles_has_no_window() -> None:
    assert not list(windows([]))
