"""The command on an S3 server on loopback; skipped where moto and s3fs are not installed."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes import Fake
from translate.batch import Cut, Order, Store, find_tasks, join, run
from translate.errors import OutputError
from translate.formats import Reading

pytest.importorskip("s3fs")
server = pytest.importorskip("moto.server")


@pytest.fixture
def s3() -> Iterator[dict[str, str]]:
    """The environment of a server; buckets stay for the tests that follow."""
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    running.start()
    keys = {"AWS_ACCESS_KEY_ID": "k", "AWS_SECRET_ACCESS_KEY": "s", "AWS_REGION": "us-east-1"}
    host, port = running.get_host_and_port()
    yield {**os.environ, **keys, "AWS_ENDPOINT_URL": f"http://{host}:{port}"}
    running.stop()


def files(environment: dict[str, str]):  # type: ignore[no-untyped-def]
    import s3fs

    return s3fs.S3FileSystem(
        key="k", secret="s", endpoint_url=environment["AWS_ENDPOINT_URL"], use_listings_cache=False
    )


def depeche(environment: dict[str, str], *arguments: str) -> tuple[int, str]:
    command = [sys.executable, "-m", "translate", "batch", *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_articles_in_a_bucket(s3: dict[str, str], tmp_path: Path) -> None:
    bucket = files(s3)
    bucket.mkdir("paper")
    (tmp_path / "in" / "2024").mkdir(parents=True)
    for number in range(3):
        text = f"Le maire {number} a parlé hier. Le pont est fermé."
        bucket.pipe_file(f"paper/in/2024/a{number}.txt", text.encode())
        (tmp_path / "in" / "2024" / f"a{number}.txt").write_text(text, encoding="utf-8")
    code, said = depeche(s3, "s3://paper/in", "s3://paper/english")
    assert (code, said[:23]) == (0, "depeche: 3 translated, "), said
    assert depeche(s3, str(tmp_path / "in"), str(tmp_path / "out"))[0] == 0
    for number in range(3):
        english = bucket.cat_file(f"paper/english/2024/a{number}.txt")
        assert english == (tmp_path / "out" / "2024" / f"a{number}.txt").read_bytes()
    code, said = depeche(s3, "s3://paper/in", "s3://paper/english")
    assert (code, said[:39]) == (0, "depeche: 0 translated, 3 already done, "), said
    code, said = depeche(s3, "s3://paper/in", "s3://none/english")
    assert code == 2
    assert said.startswith("depeche: error: cannot write s3://none/english/")
    assert said.count("\n") == 1


def test_a_big_file_is_cut_and_joined_in_a_bucket(
    s3: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    files(s3).mkdir("tables")
    order = Order(
        Store("s3://tables/in"), Store("s3://tables/out"), reading=Reading(parts=("body",))
    )
    line = json.dumps({"body": "Le maire a parlé hier."}).encode() + b"\n"
    order.source.write("a.jsonl", line * 60)
    cut = Cut(big=2000, portion=500)
    tasks = find_tasks(order.source, order.output, reading=order.reading, cut=cut)
    assert len(tasks) == -(-60 * len(line) // 500)
    assert not run(tasks, order, Fake()).failed
    assert join(tasks.big, order.output) == ["a.jsonl"]
    assert order.output.read("a.jsonl").splitlines(keepends=True) == [line] * 60
    with pytest.raises(OutputError, match="cannot write s3://none/b"):
        Store("s3://none").write("b", iter([b"1", b"2"]))
