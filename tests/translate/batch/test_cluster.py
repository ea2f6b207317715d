"""A run on Ray; all but the first test are skipped where it is not installed (the extra `ray`)."""

import importlib.util
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import Fake
from tests.translate.batch.test_processes import load, load_none
from translate.batch import Cut, Folder, Order, Summary, find_tasks, join, run
from translate.batch.cluster import connect, run_on_ray
from translate.cli.main import run as depeche
from translate.errors import ModelError
from translate.formats import Reading

HAS_RAY = importlib.util.find_spec("ray") is not None
ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.filterwarnings("ignore")


@pytest.mark.skipif(HAS_RAY, reason="Ray is installed")
def test_without_ray_one_line_says_what_to_install(
    order: Order, capsys: pytest.CaptureFixture[str]
) -> None:
    places = order.source.address, order.output.address
    assert depeche(["batch", *places, "--ray"], load=load) == 2
    line = 'depeche: error: --ray needs Ray: pip install "depeche-desk[ray]"\n'
    assert capsys.readouterr().err == line
    assert not list(order.output.names("*.txt"))


@pytest.fixture
def order(tmp_path: Path) -> Order:
    order = Order(Folder(tmp_path / "in"), Folder(tmp_path / "out"))
    for number in range(80):
        text = f"Le pont {number} est ouvert\n\nLe maire {number} a parlé. Il a dit « oui ».\n"
        order.source.write(f"a{number:02}.txt", text.encode())
    return order


@pytest.fixture(scope="module")
def nodes() -> Iterator[Any]:
    """A cluster of two nodes of one core; whoever takes one away brings another."""
    pytest.importorskip("ray")
    from ray.cluster_utils import Cluster

    before = os.environ.get("PYTHONPATH")
    os.environ["PYTHONPATH"] = str(ROOT)  # of the workers
    small = {"num_cpus": 1, "object_store_memory": 80 * 2**20}
    cluster = Cluster(initialize_head=True, head_node_args=small)
    cluster.add_node(**small)
    connect(cluster.address)
    yield cluster
    import ray

    ray.shutdown()
    cluster.shutdown()
    os.environ["PYTHONPATH"] = before or ""


def go(order: Order, load=load, **how: Any) -> Summary:  # type: ignore[no-untyped-def]
    return run_on_ray(find_tasks(order.source, order.output), order, load, **how)


def outputs(order: Order) -> dict[str, bytes]:
    return {name: order.output.read(name) for name in order.output.names("*.txt")}


def test_on_ray_is_what_it_is_without(nodes: Any, order: Order, tmp_path: Path) -> None:
    plain = Order(order.source, Folder(tmp_path / "plain"))
    tasks = find_tasks(plain.source, plain.output)
    run(tasks, plain, Fake())
    run(tasks[:30], order, Fake())
    summary = go(order, at_once=11)  # datasets of 22, the last one shorter
    assert (summary.done, summary.kept) == (50, 30)
    assert outputs(order) == outputs(plain)
    arguments = ["batch", order.source.address, order.output.address, "--ray"]
    assert depeche(arguments, load=load) == 0


def test_portions_on_ray(nodes: Any, tmp_path: Path) -> None:
    order = Order(Folder(tmp_path / "in"), Folder(tmp_path / "out"), reading=Reading(parts=("b",)))
    line = b'{"b": "Le maire a parle hier."}\n'
    order.source.write("a.jsonl", line * 60)
    cut = Cut(big=1000, portion=300)
    tasks = find_tasks(order.source, order.output, reading=order.reading, cut=cut)
    assert run_on_ray(tasks, order, load).done == len(tasks) == 7
    assert join(tasks.big, order.output) == ["a.jsonl"]
    assert order.output.read("a.jsonl") == line * 60


def test_what_fails_and_what_kills_an_actor_fail_alone(nodes: Any, order: Order) -> None:
    order.source.write("a05.txt", b"Il tue le temps avec ses amis.")
    order.source.write("a07.txt", b"Il casse la porte de la maison.")
    summary = go(order)
    assert summary.done == 78
    reasons = {entry.file: entry.reason for entry in summary.failed}
    assert sorted(reasons) == ["a05.txt", "a07.txt"]
    assert reasons["a05.txt"].startswith("its worker ended")
    assert "the model broke" in reasons["a07.txt"]


def test_a_model_that_cannot_be_loaded_is_one_line(nodes: Any, order: Order) -> None:
    with pytest.raises(ModelError, match="no such model"):
        go(order, load_none)


def test_a_node_that_is_killed_in_the_middle(nodes: Any, order: Order, tmp_path: Path) -> None:
    (victim,) = nodes.worker_nodes
    seen = 0

    def progress(_entry: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 20:
            nodes.remove_node(victim, allow_graceful=False)

    summary = go(order, progress=progress)
    nodes.add_node(num_cpus=1)
    assert summary.done == 80
    plain = Order(order.source, Folder(tmp_path / "plain"))
    run(find_tasks(plain.source, plain.output), plain, Fake())
    assert outputs(order) == outputs(plain)
    lines = (Path(order.output.address) / "manifest.jsonl").read_bytes().splitlines()
    assert len(lines) == 80
