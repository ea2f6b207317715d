import functools
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.fakes import Fake
from translate.batch import Folder, Order, Summary, find_tasks, run
from translate.batch.manifest import Known
from translate.batch.processes import run_in_processes, workers_for
from translate.batch.tasks import Task
from translate.batch.worker import Errand, Worker
from translate.cli.main import run as depeche
from translate.errors import ModelError
from translate.settings import Settings
from translate.terms.termbase import Term, Termbase

ROOT = Path(__file__).parents[3]


def fragile(text: str) -> str:
    """Ends its process, fails, or gives a text back."""
    if "tue" in text:
        os._exit(7)
    if "casse" in text:
        raise RuntimeError("the model broke")
    return text


def load(*_arguments: object, **_options: object) -> Fake:
    return Fake(fragile)


def load_none(*_arguments: object, **_options: object) -> Fake:
    raise ModelError("no such model")


def load_and_die(*_arguments: object, **_options: object) -> Fake:
    os._exit(9)


def slow(text: str) -> str:
    time.sleep(0.3)
    return text


def load_slow(*_arguments: object, **_options: object) -> Fake:
    return Fake(slow)


@pytest.fixture
def order(tmp_path: Path) -> Order:
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(24):
        text = f"Le pont {number} est ouvert\n\nLe maire {number} a parlé. Il a dit « oui ».\n"
        (folder / f"a{number:02}.txt").write_text(text, encoding="utf-8")
    settings = Settings(terms=Termbase((Term("pont", "bridge"),)))
    return Order(Folder(folder), Folder(tmp_path / "out"), settings)


def write(order: Order, name: str, text: str) -> None:
    order.source.write(name, text.encode())


def go(order: Order, load=load, workers: int = 2) -> Summary:  # type: ignore[no-untyped-def]
    return run_in_processes(find_tasks(order.source, order.output), order, load, workers)


def outputs(order: Order) -> dict[str, bytes]:
    return {name: order.output.read(name) for name in order.output.names("*.txt")}


def test_processes_write_what_threads_write(order: Order, tmp_path: Path) -> None:
    plain = Order(order.source, Folder(tmp_path / "plain"), order.settings)
    run(find_tasks(plain.source, plain.output), plain, Fake())
    assert go(order).done == 24
    assert outputs(order) == outputs(plain)
    assert go(order).kept == 24
    again = run(find_tasks(plain.source, plain.output), order, Fake())
    assert again.kept == 24  # one manifest for all drivers


def test_what_fails_and_what_kills_fail_alone(order: Order) -> None:
    write(order, "a05.txt", "Il tue le temps avec ses amis.")
    write(order, "a07.txt", "Il casse la porte de la maison.")
    write(order, "a09.txt", "")
    summary = go(order)
    assert summary.done == 21
    reasons = {entry.file: entry.reason for entry in summary.failed}
    assert reasons["a05.txt"] == "the process that translated it ended (exit code 7)"
    assert "the model broke" in reasons["a07.txt"]
    assert "empty" in reasons["a09.txt"]
    assert len(outputs(order)) == 21
    write(order, "a05.txt", "Il passe le temps avec ses amis.")
    assert (go(order).done, go(order).kept) == (1, 22)


def test_a_model_that_cannot_be_loaded_is_one_line(order: Order) -> None:
    with pytest.raises(ModelError, match="no such model"):
        go(order, load_none)
    with pytest.raises(ModelError, match=r"ended while it loaded the model \(exit code 9\)"):
        go(order, load_and_die)


@pytest.mark.parametrize(
    ("wanted", "articles", "cores", "count"),
    [(4, 1000, 8, 4), (4, 1000, 2, 2), (4, 9, 8, 1), (4, 17, 8, 2), (1, 0, 1, 1)],
)
def test_as_many_processes_as_are_of_use(
    wanted: int, articles: int, cores: int, count: int
) -> None:
    assert workers_for(wanted, articles, cores) == count


def test_the_command_says_what_it_chose(order: Order, capsys: pytest.CaptureFixture[str]) -> None:
    places = order.source.address, order.output.address
    assert depeche(["batch", *places, "--engine-workers", "999"], load=load) == 0
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("depeche: ")
    assert "of 999 processes" in said[0]
    assert said[0].endswith("cores, 24 articles")
    assert said[1].startswith("depeche: 24 translated, 0 already done, 0 failed")


def test_interrupted_it_leaves_no_process_and_goes_on(order: Order) -> None:
    code = (
        "import signal, sys\n"
        "from tests.translate.batch.test_processes import load_slow\n"
        "from translate.cli.main import run\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    sys.exit(run(sys.argv[1:], load=load_slow))\n"
    )
    script = Path(order.source.address).parent / "script.py"
    script.write_text(code)
    places = order.source.address, order.output.address
    process = subprocess.Popen(
        [sys.executable, script, "batch", *places, "--engine-workers", "2"],
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    deadline = time.monotonic() + 100
    while not outputs_there(order) and time.monotonic() < deadline:
        time.sleep(0.05)
    os.kill(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=100)
    assert process.returncode == 130, said
    assert said.endswith("depeche: interrupted; the same command continues where it was\n")
    assert "Traceback" not in said
    assert all_ended(process.pid)
    assert 0 < len(outputs(order)) < 24
    summary = go(order)
    assert summary.done + summary.kept == 24


def all_ended(group: int) -> bool:
    """Whether no process of a group is left within half a minute."""
    for _ in range(300):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


def outputs_there(order: Order) -> bool:
    return Path(order.output.address).is_dir() and bool(outputs(order))


def test_a_worker_takes_batches_of_ray_data(order: Order) -> None:
    worker = Worker(order, functools.partial(load))
    batch = {"name": ["a00.txt", "none.txt"], "target": ["a00.txt", "none.txt"], "more": [1, 2]}
    first = worker(batch)
    assert first["more"] == [1, 2]
    assert '"status": "done"' in first["entry"][0]
    assert "there is no file" in first["entry"][1]
    (entry,) = worker.work([Errand(Task("a00.txt", "a00.txt"))])
    assert entry is not None
    known = {"name": ["a00.txt"], "target": ["a00.txt"], "sha256": [entry.sha256]}
    assert worker({**known, "key": [entry.key]})["entry"] == [""]
    assert worker({**known, "key": ["another"]})["entry"] != [""]
    assert worker.work([Errand(Task("a00.txt", "a00.txt"), Known(entry.sha256, entry.key))]) == [
        None
    ]
