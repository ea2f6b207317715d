"""A crowd at a real server: nobody starves, nobody is forgotten, and what is full says so."""

import asyncio
import itertools
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.ui.helpers import ARTICLE
from tests.ui.server import Server

#: Scoring it takes seconds: TER looks for shifts, and every word is in another place.
SLOW = [" ".join(f"w{(number * 7 + at) % 211}" for number in range(200)) for at in range(40)]
TURNED = [" ".join(segment.split()[::-1]) for segment in SLOW]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    running = Server(tmp_path_factory.mktemp("desk"))
    yield running
    running.kill()


async def score(client: httpx.AsyncClient) -> httpx.Response:
    return await client.post("/evaluate", json={"hypotheses": TURNED, "references": SLOW})


def test_a_crowd_of_evaluations_starves_nobody(server: Server) -> None:
    async def crowd() -> None:
        limits = httpx.Limits(max_connections=100)
        async with httpx.AsyncClient(base_url=server.address, timeout=120, limits=limits) as client:
            (await client.post("/translate", json={"text": ARTICLE})).raise_for_status()
            crowd = [asyncio.ensure_future(score(client)) for _ in range(45)]
            await asyncio.sleep(2)
            refused = [one.result() for one in crowd if one.done()]
            assert len(refused) >= 30
            assert {answer.status_code for answer in refused} == {429}
            assert all(int(answer.headers["retry-after"]) > 0 for answer in refused)
            assert all("come again" in answer.json()["error"] for answer in refused)
            scored = [one for one in crowd if not one.done()]
            assert scored
            for _ in range(20):
                (await client.get("/health")).raise_for_status()
            (await client.post("/translate", json={"text": ARTICLE})).raise_for_status()
            (await client.post("/segment", json={"text": ARTICLE})).raise_for_status()
            assert sum(one.done() for one in scored) <= 1  # none of it waited for its turn
            for one in crowd:
                one.cancel()
            await asyncio.gather(*crowd, return_exceptions=True)
        async with httpx.AsyncClient(base_url=server.address, timeout=60) as client:
            body = {"hypotheses": ["a b c d"], "references": ["a b c d"], "samples": 0}
            (await client.post("/evaluate", json=body)).raise_for_status()  # the lane is free

    asyncio.run(crowd())


def test_long_segments_are_refused_at_once(server: Server) -> None:
    body = {"hypotheses": ["word " * 251], "references": ["word " * 251]}
    answer = httpx.post(f"{server.address}evaluate", json=body, timeout=30)
    assert answer.status_code == 422
    assert "segment 1 has 251 words" in answer.json()["error"]


def test_connections_that_hang_hold_nobody(server: Server) -> None:
    head = b"POST /translate HTTP/1.1\r\nhost: 127.0.0.1\r\n"
    opened = [socket.create_connection(("127.0.0.1", server.port)) for _ in range(60)]
    for number, one in enumerate(opened):
        one.sendall(head + (b"content-length: 1000\r\n\r\n{" if number % 2 else b""))
    body = {"text": ARTICLE}
    httpx.post(f"{server.address}translate", json=body, timeout=30).raise_for_status()
    httpx.get(f"{server.address}health", timeout=10).raise_for_status()
    for one in opened:
        one.close()


def test_no_acknowledged_edit_is_lost_by_a_kill(tmp_path: Path) -> None:
    server = Server(tmp_path)
    with httpx.Client(timeout=30) as client:
        address = f"{server.address}desk/jobs"
        job = client.post(address, json={"text": ARTICLE}).raise_for_status().json()
        address = f"{address}/{job['id']}"
        while client.get(address).json()["status"] == "running":
            time.sleep(0.05)
        for kill in range(3):
            written = edited(client, address, len(job["rows"]), f"of round {kill}", server)
            server.start()
            rows = client.get(address).raise_for_status().json()["rows"]
            assert {at: rows[at]["english"] for at in written} == written
    server.kill()


def edited(
    client: httpx.Client, address: str, rows: int, text: str, server: Server
) -> dict[int, str]:
    """Edits until the server is killed: row -> the English of it that was acknowledged last."""
    written: dict[int, str] = {}
    for number in itertools.count():
        at, english = number % rows, f"Sentence {number} {text}."
        if number == 2 * rows:  # in the middle of the next ones
            threading.Timer(0.02, server.kill).start()
        try:
            client.patch(f"{address}/rows/{at}", json={"english": english}).raise_for_status()
        except httpx.TransportError:
            written.pop(at, None)  # nobody knows whether this one was taken
            break
        written[at] = english
    server.process.wait()
    return written


def test_a_full_queue_of_articles_says_so(tmp_path: Path) -> None:
    from tests.ui.helpers import Gated
    from translate.pipeline import analyse, examine
    from ui.choices import Choices
    from ui.desk import Desk, Reading
    from ui.lane import BusyError, Lanes, in_thread
    from ui.records import Status
    from ui.store import Store
    from ui.worker import Worker

    translator = Gated()
    worker = Worker(lambda model, engine: translator, waiting=2)
    desk = Desk(Store(tmp_path / "d.sqlite"), worker, Lanes(in_thread), max_article=9_999)
    document = analyse(ARTICLE)
    reading = Reading(document, examine(document))
    first, _ = (desk.start("me", "a.txt", reading, Choices(model="builtin")) for _ in range(2))
    with pytest.raises(BusyError, match="2 articles are waiting"):
        desk.start("me", "a.txt", reading, Choices(model="builtin"))
    with pytest.raises(BusyError):
        desk.translate(reading, Choices(model="builtin"))
    assert len(desk.recent("me")) == 2  # what was refused is not kept
    desk.stop(first)
    desk.start("me", "a.txt", reading, Choices(model="builtin"))
    with pytest.raises(BusyError):
        desk.resume(first)
    opened = desk.open(first.id, "me")
    assert opened is not None
    assert opened.status is Status.STOPPED
    translator.gate.set()
    desk.close()
