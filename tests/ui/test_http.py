import asyncio
import base64
import io
import json
import stat
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI, Request
from starlette.responses import HTMLResponse
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from tests.ui.helpers import ARTICLE, CAPTION, LONG_ARTICLE, Backwards, Gated, english, wait_until
from translate import formats
from translate.engines.base import Translator
from translate.notation import markup
from ui import answers
from ui.app import create_server
from ui.guard import Guard
from ui.head import Head
from ui.lane import in_thread
from ui.options import Options, hash_password
from ui.tries import Tries
from ui.users import Users

Make = Callable[..., TestClient]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """A client of a desk; `options` as for the command line."""
    clients: list[TestClient] = []

    def made(translator: Translator | None = None, **options: Any) -> TestClient:
        app = create_server(
            Options(data=tmp_path, models=("builtin", "other"), **options),
            load=lambda model, engine: translator or Backwards(),
            run=in_thread,
        )
        client = TestClient(app, base_url="http://127.0.0.1:7860")
        client.__enter__()
        clients.append(client)
        return client

    yield made
    for client in clients:
        client.__exit__(None, None, None)


def started(client: TestClient, text: str = ARTICLE, **more: Any) -> dict[str, Any]:
    answer = client.post("/desk/jobs", json={"text": text, "name": "a.txt", **more})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def finished(client: TestClient, job: dict[str, Any]) -> dict[str, Any]:
    address = f"/desk/jobs/{job['id']}"
    wait_until(lambda: client.get(address).json()["status"] != "running")
    found: dict[str, Any] = client.get(address).json()
    return found


def events(client: TestClient, job: dict[str, Any], after: int = -1) -> list[dict[str, Any]]:
    text = client.get(f"/desk/jobs/{job['id']}/events?after={after}").text
    lines = [line for line in text.splitlines() if line.startswith("data: ")]
    return [json.loads(line.removeprefix("data: ")) for line in lines]


def test_health_names_the_models(make: Make) -> None:
    answer = make().get("/health").json()
    assert answer["status"] == "ok"
    assert answer["models"] == ["builtin", "other"]
    assert answer["waiting"] == 0


def test_the_first_model_and_the_engine_of_the_command_line_are_usual(make: Make) -> None:
    usual = make(engine="transformers").get("/desk/info").json()["defaults"]
    assert (usual["model"], usual["engine"]) == ("builtin", "transformers")


def test_translate_is_the_json_format(make: Make) -> None:
    answer = make().post("/translate", json={"text": ARTICLE}).json()
    segments = [segment for block in answer["blocks"] for segment in block["segments"]]
    assert segments[0]["target"] == english(segments[0]["source"])[0]
    assert segments[0]["alternatives"]
    assert CAPTION in answer["text"]
    assert (answer["model"], answer["source_language"]) == ("fake", "fr")


def test_translate_takes_settings_and_refuses_unknown_ones(make: Make) -> None:
    client = make()
    body = {"text": ARTICLE, "settings": {"marks": "straight"}}
    assert '"' in client.post("/translate", json=body).json()["text"]
    for settings, said in (
        ({"marks": "round"}, "curly, straight"),
        ({"model": "/etc/passwd"}, "builtin, other"),
    ):
        answer = client.post("/translate", json={"text": ARTICLE, "settings": settings})
        assert answer.status_code == 422
        assert said in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": "  "}, 422), ({}, 422), ({"text": 3}, 422), ({"text": "a", "colour": 1}, 422)],
)
def test_bad_requests_are_refused(make: Make, body: dict[str, Any], status: int) -> None:
    assert make().post("/translate", json=body).status_code == status


def test_segment_needs_no_model(make: Make) -> None:
    def load(model: str, engine: str) -> Translator:
        raise AssertionError("no model is needed")

    answer = make().post("/segment", json={"text": ARTICLE}).json()
    sources = [s["source"] for block in answer["blocks"] for s in block["segments"]]
    assert sources[0] == "La ville de Marsanne ouvre son musée"
    assert [block["kind"] for block in answer["blocks"]][:3] == ["title", "paragraph", "caption"]


def test_rows_are_streamed_and_a_late_page_gets_them_too(make: Make) -> None:
    client = make()
    job = started(client)
    assert next(row["french"] for row in job["rows"]) == "La ville de Marsanne ouvre son musée"
    seen = events(client, job)
    assert seen[-1]["state"]["status"] == "done"
    rows = {row["position"]: row for event in seen for row in event["rows"]}
    assert len(rows) == len(job["rows"])
    assert all(row["english"] for row in rows.values())
    again = events(client, job, after=-1)
    assert {row["position"] for event in again for row in event["rows"]} == set(rows)
    assert events(client, job, after=10_000)[0]["rows"] == []


def test_an_edit_is_stored_and_downloaded(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    address = f"/desk/jobs/{job['id']}"
    answer = client.patch(f"{address}/rows/0", json={"english": "A museum opens"}).json()
    assert (answer["edited"], answer["english"]) == (True, "A museum opens")
    answer = client.patch(f"{address}/rows/0", json={"confirmed": True}).json()
    assert (answer["confirmed"], answer["look"]) == (True, False)
    text = client.get(f"{address}/download/txt")
    assert text.text.startswith("A museum opens\n\n")
    assert CAPTION in text.text
    assert text.headers["content-disposition"].startswith('attachment; filename="a.en.txt"')


def test_every_format_downloads_and_holds_the_edit(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    address = f"/desk/jobs/{job['id']}"
    client.patch(f"{address}/rows/0", json={"english": "Unmistakable headline"})
    forms = client.get("/desk/info").json()["formats"]
    assert forms == ["txt", "md", "html", "docx", "side-html", "side-docx", "tmx", "json"]
    for form in forms:
        data = client.get(f"{address}/download/{form}").content
        if form.endswith("docx"):
            with zipfile.ZipFile(io.BytesIO(data)) as package:
                data = package.read("word/document.xml")
        assert b"Unmistakable headline" in data, form
        assert b"Marsanne" in data, form
    assert client.get(f"{address}/download/exe").status_code == 404


def test_html_downloads_hold_no_live_markup(make: Make) -> None:
    client = make()
    text = "Le titre <script>alert(1)</script>\n\nVoir [ici](javascript:alert(1)) le maire.\n"
    job = finished(client, started(client, text))
    for form in ("html", "side-html"):
        answer = client.get(f"/desk/jobs/{job['id']}/download/{form}")
        assert "<script" not in answer.text
        assert 'href="javascript' not in answer.text
        assert answer.headers["content-disposition"].startswith("attachment")


def test_alternatives_and_translating_again(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    address = f"/desk/jobs/{job['id']}/rows/0"
    assert client.get(address).json()["alternatives"] == [english(job["rows"][0]["french"])[1]]
    answer = client.post(f"{address}/again", json={"french": "La ville ouvre un parc"}).json()
    assert answer["english"] == english("La ville ouvre un parc")[0]
    assert client.get(f"/desk/jobs/{job['id']}/rows/999").status_code == 404


def test_the_reading_view_has_figures_and_every_block(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    reading = client.get(f"/desk/jobs/{job['id']}/reading").json()
    assert [block["kind"] for block in reading["blocks"]] == [
        "title",
        "paragraph",
        "caption",
        "paragraph",
    ]
    assert reading["blocks"][2]["text"] == CAPTION
    words = [word for word in ARTICLE.split() if any(letter.isalnum() for letter in word)]
    assert reading["words"]["french"] == len(words)


def test_two_browsers_see_only_their_own(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    mine = dict(client.cookies)
    client.cookies.clear()
    other = started(client, ARTICLE.replace("Verdier", "Blanc"))
    assert [one["id"] for one in client.get("/desk/jobs").json()] == [other["id"]]
    address = f"/desk/jobs/{job['id']}"
    assert client.get(address).status_code == 404
    assert client.patch(f"{address}/rows/0", json={"english": "x"}).status_code == 404
    assert client.delete(address).status_code == 404
    assert client.get(f"{address}/download/txt").status_code == 404
    client.cookies.clear()
    client.cookies.update(mine)
    assert client.get(address).status_code == 200


def test_delete_is_real(make: Make, tmp_path: Path) -> None:
    client = make()
    job = finished(client, started(client))
    assert client.delete(f"/desk/jobs/{job['id']}").json() == {"deleted": True}
    assert client.get(f"/desk/jobs/{job['id']}").status_code == 404
    assert client.get("/desk/jobs").json() == []
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"Verdier" not in files


def test_stop_and_resume(make: Make) -> None:
    translator = Gated()
    client = make(translator)
    job = started(client, LONG_ARTICLE)
    assert translator.begun.wait(10)
    assert client.post(f"/desk/jobs/{job['id']}/stop").json()["status"] == "stopped"
    translator.gate.set()
    assert client.post(f"/desk/jobs/{job['id']}/resume").json()["status"] in ("running", "done")
    assert finished(client, job)["status"] == "done"


def test_files_are_read_by_the_readers(make: Make) -> None:
    client = make()
    answer = client.post("/desk/files?name=../../a.txt", content=ARTICLE.encode("utf-16"))
    assert answer.json() == {"name": "a.txt", "text": ARTICLE, "whole": False, "notes": []}
    answer = client.post("/desk/files?name=a.txt", content=b"\x00\x01binary\x00" * 50)
    assert answer.status_code == 422
    assert "not UTF-8 text" in answer.json()["error"]


SAMPLES = sorted((Path(__file__).parents[1] / "golden" / "formats").iterdir())


def start_file(client: TestClient, path: Path, *parts: str, **settings: str) -> dict[str, Any]:
    query = {"name": path.name, "parts": parts, "settings": json.dumps(settings)}
    answer = client.post("/desk/jobs/file", params=query, content=path.read_bytes())
    assert answer.status_code == 200, answer.text
    return finished(client, answer.json())


@pytest.mark.parametrize("name", ["page.html", "article.docx", "article.odt"])
def test_a_file_comes_back_in_its_own_format_with_the_edits(make: Make, name: str) -> None:
    client = make()
    path = next(sample for sample in SAMPLES if sample.name == name)
    read = client.post(f"/desk/files?name={name}", content=path.read_bytes()).json()
    assert read["whole"]
    assert "réouverture" in read["text"]
    job = start_file(client, path)
    assert job["ending"] == path.suffix
    row = next(row for row in job["rows"] if "<1>" in row["french"] and "pont" in row["french"])
    edit = "I <1>wrote</1> this."
    address = f"/desk/jobs/{job['id']}"
    shown = client.patch(f"{address}/rows/{row['position']}", json={"english": edit}).json()
    assert shown["english"] == edit
    answer = client.get(f"{address}/download/native")
    disposition = answer.headers["content-disposition"]
    assert disposition.startswith(f'attachment; filename="{path.stem}.en{path.suffix}"')
    again = formats.read(answer.content, name)
    assert edit in markup.shown(again.text)
    text = client.get(f"{address}/download/txt").text
    assert "I wrote this." in text
    assert client.get(f"{address}/reading").json()["text"].count("I wrote this.") == 1


def test_an_article_that_came_as_text_has_no_other_format(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    assert job["ending"] == ""
    assert client.get(f"/desk/jobs/{job['id']}/download/native").status_code == 404


def test_columns_are_asked_for(make: Make, tmp_path: Path) -> None:
    client = make()
    path = tmp_path / "a.csv"
    path.write_text("id,texte\n1,Le pont est ouvert.\n2,La route est longue.\n", encoding="utf-8")
    read = client.post("/desk/files?name=a.csv", content=path.read_bytes()).json()
    assert read["needs_parts"]
    job = start_file(client, path, "texte")
    assert [row["french"] for row in job["rows"]] == ["Le pont est ouvert.", "La route est longue."]
    table = client.get(f"/desk/jobs/{job['id']}/download/native").text
    assert table.startswith("id,texte\n1,")


def test_a_deleted_article_takes_its_file_with_it(make: Make) -> None:
    client = make()
    job = start_file(client, SAMPLES[0])
    assert client.delete(f"/desk/jobs/{job['id']}").status_code == 200
    assert client.app.state.desk.store.file(job["id"]) is None  # type: ignore[attr-defined]


def test_bad_settings_of_a_file_are_said(make: Make) -> None:
    client = make()
    address = "/desk/jobs/file?name=a.html&settings="
    for settings in ("[]", "{", "1"):
        assert client.post(address + settings, content=b"<html><p>Le pont.").status_code == 422


def test_examples_are_there_and_no_other_file(make: Make) -> None:
    client = make()
    examples = client.get("/desk/info").json()["examples"]
    assert {"name": "sommet.txt"}.items() <= examples[-1].items()
    assert client.get("/desk/examples/sommet.txt").json()["text"].startswith("Sommet de Lisbonne")
    for name in ("README.md", "sommet.en.txt", "..%2Fpyproject.toml", "%2Fetc%2Fpasswd"):
        assert client.get(f"/desk/examples/{name}").status_code == 404


@pytest.mark.parametrize(
    "path",
    [
        "/desk/static/..%2fapp.py",
        "/desk/static/%2e%2e/app.py",
        "/docs",
    ],
)
def test_nothing_else_is_readable(make: Make, path: str) -> None:
    answer = make().get(path)
    assert answer.status_code in (403, 404)


def test_security_headers_are_on_every_answer(make: Make) -> None:
    client = make()
    for path in ("/health", "/desk/static/desk.js", "/nowhere"):
        headers = client.get(path).headers
        assert "frame-ancestors 'self'" in headers["content-security-policy"], path
        assert headers["x-content-type-options"] == "nosniff", path


def test_the_cookie_is_for_this_server_only(make: Make) -> None:
    cookie = make().get("/health").headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode()}


def test_everything_asks_for_the_password(make: Make) -> None:
    client = make(users={"ana": hash_password("s3cret:é")})
    for path in (
        "/",
        "/health",
        "/desk/jobs",
        "/config",
        "/gradio_api/info",
        "/desk/static/desk.js",
    ):
        answer = client.get(path)
        assert answer.status_code == 401, path
        assert answer.headers["www-authenticate"].startswith("Basic")
    for user, password in (("ana", "wrong"), ("bob", "s3cret:é"), ("", ""), ("ana", "")):
        assert client.get("/health", headers=basic(user, password)).status_code == 401
    assert client.get("/health", headers=basic("ana", "s3cret:é")).status_code == 200
    assert client.get("/health", headers={"authorization": "Basic ???"}).status_code == 401
    assert client.post("/translate", json={"text": ARTICLE}).status_code == 401


def test_a_right_password_is_hashed_once(make: Make) -> None:
    client = make(users={"ana": hash_password("pw")})
    client.get("/health", headers=basic("ana", "pw"))
    started = time.process_time()  # of the server's threads too
    for _ in range(20):
        assert client.get("/health", headers=basic("ana", "pw")).status_code == 200
    assert time.process_time() - started < 2


def test_other_sites_cannot_write(make: Make) -> None:
    client = make()
    body = {"text": ARTICLE}
    for headers in (
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
    ):
        assert client.post("/desk/jobs", json=body, headers=headers).status_code == 403
    for headers in ({"sec-fetch-site": "same-origin"}, {"origin": "http://127.0.0.1:7860"}, {}):
        assert client.post("/desk/jobs", json=body, headers=headers).status_code == 200


@pytest.mark.parametrize("host", ["[", "a b", "x]", "[::1", "127.0.0.1:x", "a/b", "é", "]", "@"])
def test_a_host_that_is_none_is_refused(make: Make, host: str) -> None:
    answer = make().get("/health", headers={"host": host.encode()})
    assert answer.status_code == 400
    assert "Host header" in answer.json()["error"]


@pytest.mark.parametrize("origin", ["http://[", "http://]", "[", "", "null", "http://a b"])
def test_an_origin_that_is_none_is_another_site(make: Make, origin: str) -> None:
    answer = make().post("/segment", json={"text": ARTICLE}, headers={"origin": origin})
    assert answer.status_code == 403
    assert "other sites" in answer.json()["error"]


def test_a_foreign_host_name_is_refused_on_loopback(make: Make) -> None:
    client = make()
    assert client.get("/health", headers={"host": "evil.example"}).status_code == 421
    assert client.get("/health", headers={"host": "localhost:7860"}).status_code == 200


def test_what_is_too_large_is_refused(make: Make) -> None:
    client = make(max_upload=2000, max_article=100)
    answer = client.post("/desk/files?name=a.txt", content=b"x" * 3000)
    assert answer.status_code == 413
    assert "2,000 bytes" in answer.text

    def chunks() -> Iterator[bytes]:
        for _ in range(30):
            yield b"x" * 100

    for address in ("/desk/files?name=a.txt", "/translate", "/desk/jobs", "/evaluate"):
        answer = client.post(address, content=chunks())
        assert answer.status_code == 413, address
        assert "2,000 bytes" in answer.json()["error"]
    answer = client.post("/translate", json={"text": "a" * 150})
    assert answer.status_code == 422
    assert "100 at most" in answer.json()["error"]


@pytest.mark.parametrize(
    ("method", "address", "body"),
    [
        ("post", "/translate", b'{"text": "\\ud800"}'),
        ("post", "/segment", b'{"text": "a\\udfff"}'),
        ("post", "/segment", b'{"text": NaN}'),
        ("post", "/segment", b'{"text": "a", "\\ud800": 1}'),
        ("post", "/translate", b'{"text": "Le maire.", "settings": {"beam": NaN}}'),
        ("post", "/translate", b'{"text": "Le maire.", "settings": {"\\ud800": "\\ud800"}}'),
        ("post", "/translate", b'{"text": "Le maire.", "settings": {"model": ["a"]}}'),
        ("post", "/translate", b'{"text": "Le maire.", "settings": {"marks": {"a": []}}}'),
        ("post", "/evaluate", b'{"hypotheses": ["\\ud800"], "references": ["a"]}'),
        ("post", "/evaluate", b'{"hypotheses": ["a"], "references": ["a"], "samples": NaN}'),
        ("post", "/evaluate", b'{"hypotheses": ["a"], "references": ["a"], "samples": 1e999}'),
        ("post", "/evaluate", b'{"hypotheses": [], "references": []}'),
        ("post", "/desk/jobs", b'{"text": "Le maire.", "name": "\\ud800"}'),
        ("post", "/desk/jobs", b"[" * 100_000),
        ("post", "/desk/jobs", b"\xff\xfe"),
        ("post", "/desk/jobs", b'{"text": ' + b"9" * 5000 + b"}"),
        ("patch", "/desk/jobs/{job}/rows/9223372036854775808", b'{"english": "a"}'),
        ("patch", "/desk/jobs/{job}/rows/-1", b'{"english": "a"}'),
        ("patch", "/desk/jobs/{job}/rows/0", b'{"english": "\\ud800"}'),
        ("patch", "/desk/jobs/{job}/rows/0", b'{"english": 3}'),
        ("patch", "/desk/jobs/{job}/rows/0", b'{"confirmed": NaN}'),
        ("post", "/desk/jobs/{job}/rows/99999999999999999999/again", b'{"french": "a"}'),
        ("post", "/desk/jobs/{job}/rows/0/again", b'{"french": "\\ud800"}'),
        ("get", "/desk/jobs/{job}/rows/9223372036854775808", None),
        ("get", "/desk/jobs/{job}/events?after=9223372036854775808", None),
        ("get", "/desk/jobs/{job}/events?after=" + "9" * 5000, None),
        ("get", "/desk/jobs/{job}/download/%ED%A0%80", None),
        ("get", "/desk/examples/%00", None),
        ("get", "/desk/static/%00", None),
        ("get", "/nowhere", None),
        ("put", "/health", b""),
    ],
)
def test_bad_input_is_one_line_and_no_traceback(
    make: Make, method: str, address: str, body: bytes | None
) -> None:
    client = make()
    address = address.format(job=started(client)["id"])
    answer = client.request(method, address, content=body)  # a fault of the server would be raised
    assert 400 <= answer.status_code < 500, answer.text
    said = answer.json()["error"]
    assert said
    assert "\n" not in said


@pytest.mark.parametrize("last", ["²", "9" * 40, "-1", "x", "1e3"])
def test_a_strange_last_event_is_no_event(make: Make, last: str) -> None:
    client = make()
    job = finished(client, started(client))
    headers = {"last-event-id": last.encode()}
    answer = client.get(f"/desk/jobs/{job['id']}/events", headers=headers)
    assert answer.status_code == 200


def test_head_is_get_without_its_body(make: Make) -> None:
    translator = Gated()
    client = make(translator)
    job = started(client)
    for address in (
        "/health",
        "/openapi.json",
        "/desk/static/desk.js",
        f"/desk/jobs/{job['id']}",
        f"/desk/jobs/{job['id']}/events",
    ):
        answer = client.head(address)
        assert answer.status_code == 200, address
        assert answer.content == b""
    assert client.head("/nowhere").status_code == 404
    translator.gate.set()


def test_a_stranger_cannot_choose_the_id_of_a_browser(make: Make) -> None:
    client = make()
    job = started(client)
    given = client.cookies["depeche_browser"]
    chosen = "A" * 32
    for forged in (chosen, f"{chosen}.", f"{chosen}.{given.partition('.')[2]}", given[:-1] + "é"):
        client.cookies.clear()
        answer = client.get("/desk/jobs", headers={"cookie": f"depeche_browser={forged}".encode()})
        assert answer.json() == []
        assert answer.cookies["depeche_browser"] not in (forged, given)
    client.cookies.clear()
    client.cookies["depeche_browser"] = given
    answer = client.get("/desk/jobs")
    assert [one["id"] for one in answer.json()] == [job["id"]]
    assert "set-cookie" not in answer.headers


def test_a_browser_outlives_a_restart(make: Make) -> None:
    client = make()
    job = finished(client, started(client))
    again = make()
    again.cookies.update(client.cookies)
    assert [one["id"] for one in again.get("/desk/jobs").json()] == [job["id"]]


def test_the_data_folder_is_for_its_owner_only(tmp_path: Path) -> None:
    options = Options(data=tmp_path / "new" / "data")
    with TestClient(create_server(options, load=lambda m, e: Backwards(), run=in_thread)) as client:
        client.get("/health")
    assert stat.S_IMODE(options.data.stat().st_mode) == 0o700
    for path in options.data.iterdir():
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path


def test_unknown_names_take_as_long_as_known_ones(make: Make) -> None:
    client = make(users={"ana": hash_password("pw")})

    def seconds(name: str) -> float:
        times = []
        for attempt in range(2):
            begun = time.process_time()
            headers = basic(name, f"wrong{attempt}")
            assert client.get("/health", headers=headers).status_code == 401
            times.append(time.process_time() - begun)
        return min(times)

    # each within its free tries: what is compared is the hashing
    known, unknown = seconds("ana"), seconds("bob")
    assert known / 4 < unknown < 4 * known


def test_guessing_becomes_slow_and_nobody_is_kept_out(make: Make) -> None:
    client = make(users={"ana": hash_password("pw"), "bea": hash_password("pw")})
    assert client.get("/health", headers=basic("ana", "pw")).status_code == 200
    answers = [client.get("/health", headers=basic("bea", f"{guess}")) for guess in range(9)]
    assert [answer.status_code for answer in answers[:6]] == [401] * 6
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert "too many wrong passwords" in answers[-1].json()["error"]
    # also the right password has to wait, or the wait would tell nothing
    assert client.get("/health", headers=basic("bea", "pw")).status_code == 429
    assert client.get("/health", headers=basic("ana", "pw")).status_code == 200  # she is in


def test_a_right_password_for_many_files_at_once_is_one_try() -> None:
    users = Users({"ana": hash_password("pw")})
    header = basic("ana", "pw")["authorization"]

    async def many() -> list[bool]:
        return await asyncio.gather(*(users.may_enter(header, "192.0.2.1") for _ in range(60)))

    assert all(asyncio.run(many()))


def test_the_wait_grows_and_ends() -> None:
    now = [0.0]
    tries = Tries(lambda: now[0])
    waits = []
    for _ in range(40):
        now[0] += tries.wait("192.0.2.1", "ana")
        tries.tried("192.0.2.1", "ana")
        waits.append(tries.wait("192.0.2.1", "ana"))
    assert waits[:7] == [0, 0, 0, 0, 0, 2, 4]
    assert max(waits) == 900
    assert tries.wait("192.0.2.9", "ana") <= 30  # a name is never kept out for long
    assert tries.wait("192.0.2.9", "bea") == 0
    now[0] += 4000
    assert tries.wait("192.0.2.1", "ana") == 0
    tries.tried("192.0.2.1", "ana")
    assert tries.wait("192.0.2.1", "ana") == 0


@pytest.mark.parametrize("root_path", ["", "/desk"])
def test_the_page_links_below_its_root_path(root_path: str) -> None:
    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        html = '<html><head><link rel="manifest" href="/manifest.json"></head></html>'
        await HTMLResponse(html)(scope, receive, send)

    text = TestClient(Head(page, root_path)).get("/").text
    assert f'href="{root_path}/manifest.json"' in text
    assert f'src="{root_path}/desk/static/desk.js"' in text


def test_a_body_that_never_ends_is_given_up(tmp_path: Path) -> None:
    app = FastAPI()
    answers.add_to(app)

    @app.post("/")
    async def read(request: Request) -> int:
        return len(await request.body())

    sent: list[Message] = []
    parts = [{"type": "http.request", "body": b"{", "more_body": True}]

    async def receive() -> Message:
        return parts.pop() if parts else await asyncio.sleep(60, {})

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "POST", "path": "/", "query_string": b"", "headers": []}
    host = [(b"host", b"127.0.0.1")]
    guard = Guard(app, Options(data=tmp_path), patience=0.1)
    asyncio.run(guard({**scope, "headers": host}, receive, send))
    assert sent[0]["status"] == 408
    assert b"nothing came for 0.1 seconds" in sent[1]["body"]


def test_errors_are_marked_in_own_articles_only(make: Make) -> None:
    client = make()
    job = started(client)
    wait_until(lambda: client.get(f"/desk/jobs/{job['id']}").json()["status"] == "done")
    asked = {"article": job["id"], "rater": "jo"}
    page = client.post("/desk/annotation", json=asked).json()
    assert [item["seg_id"] for item in page["items"]][:2] == ["1", "2"]
    assert CAPTION not in [item["source"] for item in page["items"]]
    client.cookies.clear()
    assert client.post("/desk/annotation", json=asked).status_code == 404
    assert client.post("/desk/annotation", json={"article": job["id"]}).status_code == 422
    assert "Annotator" in client.get("/desk/annotate.js").text


def test_the_history_says_who(make: Make) -> None:
    users = {name: hash_password("secret") for name in ("ana", "léo")}
    client = make(users=users)
    headers = {
        name: {"authorization": "Basic " + base64.b64encode(f"{name}:secret".encode()).decode()}
        for name in users
    }
    client.headers.update(headers["ana"])
    job = started(client)
    wait_until(lambda: client.get(f"/desk/jobs/{job['id']}").json()["status"] == "done")
    row = f"/desk/jobs/{job['id']}/rows/0"
    client.patch(row, json={"english": "One"})
    client.patch(row, json={"english": "Two"}, headers=headers["léo"])
    client.patch(row, json={"english": "Three"})
    past = client.get(f"{row}/history").json()
    assert [(one["who"], one["english"]) for one in past[:2]] == [("léo", "Two"), ("ana", "One")]
    assert past[2]["who"] == ""  # the draft
