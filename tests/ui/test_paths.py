"""No client reads a file of the server: every function and every route is tried with forged paths.

The desk runs in its own process, with a secret in its data folder; nothing that comes back and
nothing in its temporary folder may hold it.
"""

import base64
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from itertools import product
from typing import Any

import httpx
import pytest

from tests.ui.server import ROOT, Server

SECRET = "the-secret-of-the-server"
#: Prints every route of the application: its methods and its path.
WALK = """
import json, sys
from pathlib import Path
from ui.app import create_app
from ui.options import Options

def walk(routes, before=""):
    for route in routes:
        inner = getattr(getattr(route, "original_router", None) or route, "routes", None)
        path = before + getattr(route, "path", "")
        if inner is None:
            found.append([sorted(getattr(route, "methods", None) or ["GET"]), path])
        else:
            prefix = getattr(getattr(route, "include_context", None), "prefix", "")
            walk(inner, path + prefix)

found = []
walk(create_app(Options(data=Path(sys.argv[1])), load=None, warm=False).routes)
json.dump(found, sys.stdout)
"""


@pytest.fixture(scope="module", params=["", "ana:s3cret"], ids=["open", "password"])
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    data = tmp_path_factory.mktemp("desk")
    (data / "secret.txt").write_text(SECRET)
    server = Server(data, *filter(None, [request.param]))
    auth = tuple(request.param.split(":")) if request.param else None
    with httpx.Client(base_url=server.address, auth=auth, timeout=30) as client:
        yield server, client
    server.kill()


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[list[str], str]]:
    command = [sys.executable, "-c", WALK, str(tmp_path_factory.mktemp("routes"))]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    found: list[tuple[list[str], str]] = json.loads(answer.stdout)
    paths = {path for _, path in found}
    assert {"/health", "/desk/files", "/gradio_api/queue/join", "/gradio_api/upload"} <= paths
    assert len(found) > 80
    return found


def forged(path: str) -> list[Any]:
    """What Gradio takes for a file, in the places where it looks for one."""
    meta = {"_type": "gradio.FileData"}
    file = {"path": path, "orig_name": "a.txt", "meta": meta}
    address = {**file, "path": f"file://{path}", "url": f"file://{path}"}
    served = {"path": f"/gradio_api/file={path}", "url": path, "meta": meta}
    return [path, file, [file], {"a": {"b": [file]}}, {"value": file}, address, served]


def unread(server: Server, answers: str) -> None:
    assert SECRET not in answers
    kept = [path for path in (server.data / "temporary").rglob("*") if path.is_file()]
    assert [path for path in kept if SECRET.encode() in path.read_bytes()] == []
    assert [path for path in kept if path.read_bytes().startswith(b"SQLite")] == []


def test_no_function_follows_a_path(desk: tuple[Server, httpx.Client]) -> None:
    server, client = desk
    functions = client.get("/config").json()["dependencies"]
    assert len(functions) >= 5
    paths = [str(server.data / name) for name in ("secret.txt", "desk.sqlite")]
    calls = list(product(functions, [value for path in paths for value in forged(path)]))
    for function, value in calls:
        values = [value] * len(function["inputs"])
        body = {"fn_index": function["id"], "session_hash": "abc123", "data": values}
        assert client.post("/gradio_api/queue/join", json=body).is_success
    answers = client.get("/gradio_api/queue/data?session_hash=abc123").text
    assert answers.count("process_completed") == len(calls)
    unread(server, answers)


def test_no_named_endpoint_follows_a_path(desk: tuple[Server, httpx.Client]) -> None:
    server, client = desk
    for function in client.get("/config").json()["dependencies"]:
        for way in ("call/v2", "api", "run"):
            answer = client.post(f"/gradio_api/{way}/{function['api_name']}", json={"data": []})
            assert answer.status_code == 404
        if function["api_visibility"] != "public":
            continue
        address = f"/gradio_api/call/{function['api_name']}"
        for value in forged(str(server.data / "secret.txt")):
            body = {"data": [value] * len(function["inputs"])}
            event = client.post(address, json=body).raise_for_status().json()["event_id"]
            unread(server, client.get(f"{address}/{event}").text)


def test_no_route_follows_a_path(
    desk: tuple[Server, httpx.Client], routes: list[tuple[list[str], str]]
) -> None:
    server, client = desk
    path = str(server.data / "secret.txt")
    up = "../" * 12 + path[1:]
    names = [path, up.replace("/", "%2f"), f"file://{path}"]
    for methods, route in routes:
        if "/queue/data" in route or "heartbeat" in route:
            continue  # streams: the functions above read them
        for name in names if "{" in route else names[:1]:
            filled = re.sub(r"{[^}]*}", lambda _, name=name: name, route)
            for address in (filled, f"{filled}={name}"):
                unread(server, client.request(methods[0], f"/{address.lstrip('/')}").text)


def test_gradio_takes_no_uploads_and_hands_out_no_files(desk: tuple[Server, httpx.Client]) -> None:
    server, client = desk
    answer = client.post("/gradio_api/upload", files={"files": ("a.txt", b"uploaded")})
    assert answer.status_code == 404
    for address in ("file=/etc/passwd", "file/etc/passwd", "proxy=https://example.org/", "upload"):
        assert client.get(f"/gradio_api/{address}").status_code == 404
    assert client.post("/desk/files?name=a.txt", content=b"Le maire.").status_code == 200
    assert [path for path in (server.data / "temporary").rglob("*") if path.is_file()] == []


def test_every_route_asks_for_the_password(
    desk: tuple[Server, httpx.Client], routes: list[tuple[list[str], str]]
) -> None:
    server, client = desk
    if client.auth is None:
        pytest.skip("this desk is open")
    for methods, route in routes:
        for method in methods:
            answer = httpx.request(method, f"{server.address.rstrip('/')}{route}")
            assert answer.status_code == 401, route
    wrong = "Basic " + base64.b64encode(b"ana:wrong").decode()
    answer = httpx.get(f"{server.address}config", headers={"authorization": wrong})
    assert answer.status_code == 401


#: Gradio leaves event loops open: a process of its own.
ADDED = """
import asyncio, json, sys
import gradio as gr
from ui.sealed import Sealed

with Sealed() as blocks:
    gr.Button().click(lambda file: file, gr.File(), gr.Textbox())
for value in json.load(sys.stdin):
    try:
        asyncio.run(blocks.preprocess_data(blocks.fns[0], [value], None))
    except gr.Error as error:
        print(error.message)
"""


def test_a_function_with_a_file_would_be_refused() -> None:
    files = [value for value in forged("/etc/passwd") if not isinstance(value, str)]
    answer = subprocess.run(
        [sys.executable, "-c", ADDED],
        input=json.dumps(files),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert answer.stdout.splitlines() == ["a call takes no files and no paths"] * len(files)
