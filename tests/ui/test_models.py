"""The models of a desk: who may change them, how they come and go, what the page shows."""

import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

from tests.hub import FakeHub, serving
from tests.models import tiny_marian
from tests.ui.browser import TIMEOUT, New, audit, begin, needs_axe, needs_chromium
from tests.ui.helpers import ARTICLE, Backwards, wait_until
from tests.ui.server import Server
from translate.engines.folder import ModelInfo
from translate.engines.hub import Report
from translate.engines.models import add_model, default_model, list_models
from translate.errors import ModelError, UsageError
from ui.app import create_server
from ui.choices import Menu
from ui.lane import BusyError, in_thread
from ui.models import Models
from ui.options import Options, hash_password

MODEL = "Newsroom/tiny-fr-en"
Add = Callable[..., ModelInfo]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_marian(tmp_path_factory.mktemp("made") / "tiny")


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


def adds(made: Path, *steps: tuple[int, int]) -> Add:
    """Adds the tiny model whatever is asked for, and reports steps on the way."""

    def add(source: str, *, name: str | None, report: Report) -> ModelInfo:
        for done, total in steps:
            report(done, total)
        return add_model(str(made), name=name or "tiny")

    return add


def fails(error: Exception) -> Add:
    def add(source: str, *, name: str | None, report: Report) -> ModelInfo:
        raise error

    return add


def waits(source: str, *, name: str | None, report: Report) -> ModelInfo:
    """A download without an end."""
    for done in range(100_000):
        report(done, 100_000)
        time.sleep(0.01)
    raise AssertionError


def models(add: Add, **others: Any) -> Models:
    given = {"convert": lambda name: None, **others}
    return Models(Menu(("builtin",)), lambda name: None, add=add, **given)


def ended(desk: Models) -> dict[str, Any]:
    wait_until(lambda: desk.seen()["work"]["state"] != "running")
    work: dict[str, Any] = desk.seen()["work"]
    return work


def test_a_model_is_added_chosen_and_removed(data: Path, made: Path) -> None:
    menu, forgotten, converted = Menu(("builtin",)), list[str](), list[str]()
    desk = Models(menu, forgotten.append, add=adds(made, (1, 4), (4, 4)), convert=converted.append)
    desk.add(MODEL, "", folders=False)
    work = ended(desk)
    assert (work["state"], work["model"], work["done"], work["total"]) == ("done", "tiny", 4, 4)
    assert converted == ["tiny"]
    assert menu.models == ("builtin", "tiny")
    desk.choose("tiny")
    assert (menu.models, default_model()) == (("tiny", "builtin"), "tiny")
    rows = {row["name"]: row for row in desk.seen()["models"]}
    assert [name for name, row in rows.items() if row["default"]] == ["tiny"]
    assert rows["tiny"]["licence"] == "apache-2.0"
    assert str(made) not in json.dumps(rows)  # where it lay is the server's own affair
    desk.remove("tiny")
    assert (menu.models, default_model(), forgotten) == (("builtin",), "builtin", ["tiny"])
    assert [info.name for info in list_models()] == ["builtin"]


def test_a_download_is_stopped(data: Path) -> None:
    desk = models(waits)
    desk.add(MODEL, "", folders=False)
    wait_until(lambda: desk.seen()["work"]["done"] > 2)
    assert desk.seen()["work"]["seconds_left"] > 0
    with pytest.raises(BusyError, match="tiny-fr-en is still being worked on"):
        desk.add("Other/model", "", folders=False)
    desk.stop()
    assert ended(desk)["state"] == "stopped"
    desk.add(MODEL, "", folders=False)  # and it can be had again
    desk.stop()
    assert ended(desk)["state"] == "stopped"


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ModelError("cannot get it: there is no such model"), "cannot get it: there is no such"),
        (RuntimeError("/srv/secret"), "it failed; the desk's log says why"),
    ],
)
def test_a_failure_is_one_line(data: Path, error: Exception, said: str) -> None:
    desk = models(fails(error))
    desk.add(MODEL, "", folders=False)
    work = ended(desk)
    assert (work["state"], work["error"].startswith(said)) == ("failed", True)


@pytest.mark.parametrize("source", ["/etc", "../x/y", "file:///etc/passwd", "one", "a/b/c"])
def test_only_ids_of_the_hub_come_from_elsewhere(data: Path, source: str) -> None:
    with pytest.raises(UsageError, match="is no id of the hub"):
        models(waits).add(source, "", folders=False)


def test_a_folder_that_looks_like_an_id_is_not_read(
    data: Path, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "org").mkdir()
    made_here = tmp_path / "org" / "model"
    made_here.symlink_to(made)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match="is no id of the hub"):
        models(waits).add("org/model", "", folders=False)


def test_unknown_models_are_said(data: Path) -> None:
    desk = models(waits)
    for work in (desk.choose, desk.remove, desk.check):
        with pytest.raises(ModelError, match="no model 'x'; this desk has: builtin"):
            work("x")
    with pytest.raises(UsageError, match="cannot be removed"):
        desk.remove("builtin")


def test_a_check_is_kept_in_the_list(data: Path) -> None:
    checked: list[str] = []
    desk = models(waits, check=checked.append)
    desk.check("builtin")
    assert ended(desk)["state"] == "done"
    assert checked == ["builtin"]


USERS = {"ana": hash_password("a"), "bob": hash_password("b")}


@pytest.mark.parametrize(
    ("options", "auth", "headers", "may"),
    [
        ({}, None, {}, True),
        ({}, None, {"x-forwarded-for": "10.0.0.7"}, False),
        ({}, None, {"forwarded": "for=10.0.0.7"}, False),
        ({"root_path": "/desk"}, None, {}, False),
        ({"host": "0.0.0.0"}, None, {}, False),
        ({"users": USERS}, ("ana", "a"), {}, False),
        ({"users": USERS, "admins": frozenset({"ana"})}, ("ana", "a"), {}, True),
        ({"users": USERS, "admins": frozenset({"ana"})}, ("bob", "b"), {}, False),
    ],
)
def test_who_may_change_them(
    data: Path,
    options: dict[str, Any],
    auth: tuple[str, str] | None,
    headers: dict[str, str],
    may: bool,
) -> None:
    app = create_server(
        Options(data=data, **options),
        load=lambda model, engine: Backwards(),
        run=in_thread,
        add=fails(ModelError("no hub")),
    )
    with TestClient(app, base_url="http://127.0.0.1:7860", headers=headers) as client:
        client.auth = auth
        seen = client.get("/desk/models").json()
        assert seen["may_change"] is may
        assert [row["name"] for row in seen["models"]] == ["builtin"]
        wanted = 200 if may else 403
        calls = [
            client.post("/desk/models", json={"source": MODEL}),
            client.post("/desk/models/stop", json={}),
            client.post("/desk/models/default", json={"name": "builtin"}),
        ]
        assert [call.status_code for call in calls] == [wanted] * 3
        for name, status in (("/desk/models?name=builtin", 422), ("/desk/models?name=x", 422)):
            assert client.delete(name).status_code == (status if may else 403)
        check = client.post("/desk/models/check", json={"name": "x"})
        assert check.status_code == (422 if may else 403)
        if not may:
            assert "only an administrator" in calls[0].json()["error"]


@pytest.fixture(scope="module")
def hub(made: Path) -> Iterator[FakeHub]:
    with serving(FakeHub(MODEL, made)) as served:
        yield served


@pytest.fixture(scope="module")
def server(hub: FakeHub, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    data = tmp_path_factory.mktemp("desk")
    cache = str(tmp_path_factory.mktemp("hub"))
    running = Server(data, DEPECHE_DATA=str(data), HF_ENDPOINT=hub.address, HF_HOME=cache)
    yield running
    running.kill()


def opened(page: Page) -> Page:
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("button", name="Models of this desk").click()
    expect(page.locator("dialog.models li").first).to_contain_text("builtin", timeout=TIMEOUT)
    return page


@needs_chromium
def test_a_model_of_the_hub_is_added_in_the_page(new: New, hub: FakeHub, server: Server) -> None:
    page = opened(new())
    expect(page.locator("dialog.panel .help", has_text="one command away")).to_have_count(1)
    expect(page.locator("dialog.models")).to_contain_text("Helsinki-NLP/opus-mt-fr-en")
    hub.pause = 0.3
    page.locator("#model-source").fill(MODEL)
    form = page.locator("dialog.models form")
    form.get_by_role("button", name="Add").click()
    expect(page.locator("dialog.models progress")).to_be_visible(timeout=TIMEOUT)
    expect(page.locator("dialog.models [role=status]")).to_contain_text("MB", timeout=TIMEOUT)
    page.locator("dialog.models").get_by_role("button", name="Stop").click()
    said = page.locator("dialog.models [role=status]")
    expect(said).to_contain_text("What came is kept", timeout=TIMEOUT)
    hub.pause = 0.0
    form.get_by_role("button", name="Add").click()
    expect(said).to_have_text("tiny-fr-en is there.", timeout=2 * TIMEOUT)
    page.get_by_role("button", name="Make it the usual one: tiny-fr-en").click()
    row = page.locator("dialog.models li", has_text="tiny-fr-en").first
    expect(row.locator(".usual")).to_have_text("usual", timeout=TIMEOUT)
    page.keyboard.press("Escape")
    expect(page.locator("#setting-model")).to_have_value("tiny-fr-en")
    expect(page.locator("dialog.panel .help", has_text="one command away")).to_have_count(0)
    page.locator("#setting-model").select_option("builtin")
    page.keyboard.press("Escape")
    begin(page, ARTICLE)  # two models, one desk: this browser's own choice counts
    page.wait_for_selector("progress.done", state="attached")
    again = opened(new())
    again.once("dialog", lambda dialog: dialog.accept())
    again.get_by_role("button", name="Remove: tiny-fr-en").click()
    expect(again.locator("dialog.models strong", has_text="tiny-fr-en")).to_have_count(
        0, timeout=TIMEOUT
    )


@needs_chromium
def test_what_the_hub_refuses_is_said(new: New, hub: FakeHub) -> None:
    page = opened(new())
    page.locator("#model-source").fill("Nobody/nothing")
    page.locator("dialog.models form").get_by_role("button", name="Add").click()
    message = page.locator("dialog.models [role=alert]")
    expect(message).to_contain_text("Nobody/nothing", timeout=TIMEOUT)


@needs_chromium
@needs_axe
def test_the_panel_is_for_everybody(new: New) -> None:
    page = opened(new())
    audit(page, "models")
