import threading
from collections.abc import Sequence

import pytest

from tests.ui.helpers import Backwards, Gated, english, wait_until
from translate.document import Hypothesis
from translate.drafting.choose import Draft
from translate.drafting.ladder import Source
from translate.engines.base import Translator
from translate.errors import ModelError
from translate.settings import Settings
from ui.worker import TURN, Portion, Task, Way, Worker, task

WAY = Way("builtin", "auto", Settings())


class Taker:
    """Takes what is delivered."""

    def __init__(self) -> None:
        self.got: list[str] = []
        self.errors: list[Exception | None] = []
        self.done = threading.Event()

    def task(self, sentences: Sequence[Sequence[str]], *, way: Way = WAY) -> Task:
        portions = [Portion(tuple(map(Source, group)), self.take(group)) for group in sentences]
        return task(way, portions, self.end)

    def take(self, group: Sequence[str]):  # type: ignore[no-untyped-def]
        def deliver(drafts: dict[Source, Draft], by: Translator) -> None:
            self.got.extend(drafts[Source(sentence)].target for sentence in group)

        return deliver

    def end(self, error: Exception | None) -> None:
        self.errors.append(error)
        self.done.set()


def sentences(name: str, count: int) -> list[list[str]]:
    return [[f"Le maire de {name} a vu {number} chats."] for number in range(2, count + 2)]


def test_every_task_gets_its_own_english_in_order() -> None:
    worker = Worker(lambda model, engine: Backwards())
    takers = [Taker() for _ in range(20)]
    for number, taker in enumerate(takers):
        worker.submit(taker.task(sentences(f"Ville{number}", 5)))
    for number, taker in enumerate(takers):
        assert taker.done.wait(20)
        assert taker.errors == [None]
        wanted = [english(one[0])[0] for one in sentences(f"Ville{number}", 5)]
        assert taker.got == wanted
    assert worker.waiting == 0
    worker.close()


def test_waiting_tasks_share_the_batches() -> None:
    translator = Gated()
    worker = Worker(lambda model, engine: translator)
    blocker = Taker()
    worker.submit(blocker.task([["Le chat dort ici."]]))
    assert translator.begun.wait(10)
    takers = [Taker() for _ in range(10)]
    for number, taker in enumerate(takers):
        worker.submit(taker.task([[f"Le maire {number} dort."]]))
    translator.gate.set()
    for taker in takers:
        assert taker.done.wait(10)
    assert 10 in translator.calls  # one call for the ten that waited
    assert max(translator.calls) <= TURN
    worker.close()


def test_a_new_task_does_not_wait_behind_a_long_one() -> None:
    translator = Gated()
    worker = Worker(lambda model, engine: translator)
    long, short = Taker(), Taker()
    worker.submit(long.task([[s[0] for s in sentences(f"V{n}", 40)] for n in range(10)]))
    assert translator.begun.wait(10)
    worker.submit(short.task(sentences("Marsanne", 1)))
    translator.gate.set()
    assert short.done.wait(10)
    assert len(long.got) < 400
    assert long.done.wait(20)
    worker.close()


def test_a_cancelled_task_is_never_delivered() -> None:
    translator = Gated()
    worker = Worker(lambda model, engine: translator)
    taker = Taker()
    running = taker.task(sentences("Marsanne", 3))
    worker.submit(running)
    assert translator.begun.wait(10)
    worker.cancel(running)
    translator.gate.set()
    after = Taker()
    worker.submit(after.task(sentences("Lyon", 1)))
    assert after.done.wait(10)
    assert taker.got == []
    assert taker.errors == []
    worker.close()


def test_ways_do_not_mix() -> None:
    translator = Gated()
    worker = Worker(lambda model, engine: translator)
    other = Way("builtin", "auto", Settings(beam_size=1))
    blocker, one, two = Taker(), Taker(), Taker()
    worker.submit(blocker.task([["Le chat dort ici."]]))
    assert translator.begun.wait(10)
    worker.submit(one.task(sentences("Lyon", 1)))
    worker.submit(two.task(sentences("Nice", 1), way=other))
    translator.gate.set()
    assert one.done.wait(10)
    assert two.done.wait(10)
    assert translator.calls == [1, 1, 1]
    worker.close()


class Poisoned(Backwards):
    """Breaks on one sentence."""

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        if any("poison" in source for source in sources):
            raise RuntimeError("the engine broke")
        return super().translate_batch(
            sources, beam_size=beam_size, hypotheses=hypotheses, no_repeat_ngram=no_repeat_ngram
        )


def test_a_broken_portion_fails_its_own_task_only() -> None:
    gate = Gated()
    loaded = threading.Event()

    def load(model: str, engine: str) -> Translator:
        assert loaded.wait(10)
        return Poisoned()

    worker = Worker(load)
    good, bad = Taker(), Taker()
    worker.submit(good.task(sentences("Lyon", 3)))
    worker.submit(bad.task([["Le poison est là."]]))
    worker.submit(Taker().task(sentences("Nice", 1)))
    loaded.set()
    assert good.done.wait(10)
    assert bad.done.wait(10)
    assert good.errors == [None]
    assert isinstance(bad.errors[0], RuntimeError)
    wait_until(lambda: worker.waiting == 0)
    worker.close()
    gate.gate.set()


def test_a_model_that_is_not_there_fails_the_task() -> None:
    def load(model: str, engine: str) -> Translator:
        raise ModelError("no model 'x'")

    worker = Worker(load)
    taker = Taker()
    worker.submit(taker.task(sentences("Lyon", 1)))
    assert taker.done.wait(10)
    assert isinstance(taker.errors[0], ModelError)
    worker.close()


def test_a_model_is_loaded_once_and_the_oldest_makes_room() -> None:
    loads: list[str] = []

    def load(model: str, engine: str) -> Translator:
        loads.append(model)
        return Backwards()

    worker = Worker(load, threads=2)
    for model in ("a", "a", "b", "a", "c", "a", "b"):
        worker.translator(model, "auto")
    assert loads == ["a", "b", "c", "b"]
    worker.close()


@pytest.mark.parametrize("threads", [1, 3])
def test_workers_end_when_they_are_closed(threads: int) -> None:
    before = threading.active_count()
    worker = Worker(lambda model, engine: Backwards(), threads=threads)
    worker.close()
    wait_until(lambda: threading.active_count() <= before)


def test_a_fault_at_the_end_of_one_task_leaves_the_worker_at_work() -> None:
    worker = Worker(lambda model, engine: Backwards())

    def full(error: Exception | None) -> None:
        raise OSError("no space left")

    portion = Portion((Source("Le chat dort."),), lambda drafts, by: None)
    worker.submit(task(WAY, [portion], full))
    after = Taker()
    worker.submit(after.task(sentences("Lyon", 1)))
    assert after.done.wait(10)
    worker.close()


class SlowFirst(Backwards):
    """Answers the first that asks when the second has been answered."""

    def __init__(self) -> None:
        super().__init__()
        self.first = iter("1")
        self.second = threading.Event()

    def translate_batch(self, sources: Sequence[str], **options: int) -> list[list[Hypothesis]]:
        if next(self.first, None):
            assert self.second.wait(10)
        answers = super().translate_batch(sources, **options)
        self.second.set()
        return answers


@pytest.mark.parametrize("portions", [2, 9])
def test_turns_of_one_article_run_beside_each_other_and_come_in_order(portions: int) -> None:
    worker = Worker(lambda model, engine: SlowFirst(), threads=2)
    taker = Taker()
    given = sentences("Lyon", portions)
    worker.submit(taker.task(given))
    assert taker.done.wait(20)
    assert taker.errors == [None]
    assert taker.got == [english(one[0])[0] for one in given]
    worker.close()
