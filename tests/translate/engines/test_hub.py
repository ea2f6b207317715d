"""The hub's client against a hub on loopback: downloads, cuts, refusals."""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.hub import COMMIT, FakeHub, serving
from tests.models import tiny_marian
from translate.cli.models import models
from translate.engines import load_translator
from translate.engines.hub import Hub
from translate.engines.models import add_model, find_model
from translate.errors import ModelError, OutputError

MODEL = "Newsroom/tiny-fr-en"
WEIGHTS = "model.safetensors"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_marian(tmp_path_factory.mktemp("made") / "tiny")


@pytest.fixture
def served(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHub]:
    """A hub with a tiny model of which a test may change the files."""
    monkeypatch.setenv("DEPECHE_DATA", str(tmp_path / "data"))
    with serving(FakeHub(MODEL, shutil.copytree(made, tmp_path / "repository"))) as hub:
        yield hub


def client(served: FakeHub, tmp_path: Path, **settings: object) -> Hub:
    """The real client, with a cache of its own, that does not wait."""
    waits: list[float] = []
    given = {"wait": waits.append, **settings}
    return Hub(endpoint=served.address, cache=tmp_path / "hub", **given)  # type: ignore[arg-type]


def weights_requests(served: FakeHub) -> list[str]:
    return [line for line in served.requests if line.startswith(f"GET /cdn/{WEIGHTS}")]


def test_a_model_is_downloaded_once_and_whole(served: FakeHub, tmp_path: Path) -> None:
    reports: list[tuple[int, int]] = []
    hub = client(served, tmp_path)
    info = find_model(MODEL, hub=hub, report=lambda done, total: reports.append((done, total)))
    size = (served.folder / WEIGHTS).stat().st_size
    assert reports[-1] == (size, size)
    assert (info.name, info.licence, info.normalisation) == (MODEL, "apache-2.0", "moses")
    for file in served.folder.iterdir():
        assert (info.folder / file.name).read_bytes() == file.read_bytes()
    assert not list(tmp_path.joinpath("hub").rglob("*.part*"))
    asked = len(served.requests)
    assert find_model(MODEL, hub=hub) == info
    assert len(served.requests) == asked


def test_both_forms_of_weights_are_one_download(served: FakeHub, tmp_path: Path) -> None:
    """A repository with both: the cache is whole without the one that is not used."""
    shutil.copyfile(served.folder / WEIGHTS, served.folder / "pytorch_model.bin")
    hub = client(served, tmp_path)
    assert find_model(MODEL, hub=hub).weights == WEIGHTS
    asked = len(served.requests)
    find_model(MODEL, hub=hub)
    assert len(served.requests) == asked
    assert not [line for line in served.requests if "pytorch_model.bin" in line]


def test_a_revision_is_asked_for_by_its_name(served: FakeHub, tmp_path: Path) -> None:
    info = add_model(MODEL, revision="v1", hub=client(served, tmp_path))
    assert (info.name, info.origin) == ("tiny-fr-en", f"{MODEL}@v1")
    assert f"GET /api/models/{MODEL}/revision/v1" in served.requests
    asked = len(served.requests)
    find_model(MODEL, revision=COMMIT, hub=client(served, tmp_path))
    assert len(served.requests) == asked


def test_a_cut_download_goes_on_where_it_stopped(served: FakeHub, tmp_path: Path) -> None:
    served.cuts = [200_000, 100_000]
    reports: list[int] = []
    waits: list[float] = []
    hub = client(served, tmp_path, wait=waits.append)
    info = find_model(MODEL, hub=hub, report=lambda done, total: reports.append(done))
    assert info.parameters
    first, *later = weights_requests(served)
    assert first.endswith(WEIGHTS)
    assert [line.split()[-1] for line in later] == ["bytes=200000-", "bytes=300000-"]
    assert reports == sorted(reports)
    assert waits == [1.0, 1.0]


def test_the_next_run_goes_on_where_one_gave_up(served: FakeHub, tmp_path: Path) -> None:
    served.cuts = [200_000, 0, 0, 0, 0, 0]
    hub = client(served, tmp_path)
    with pytest.raises(ModelError, match="what came is kept, and the same command goes on from"):
        add_model(MODEL, hub=hub)
    assert len(weights_requests(served)) == 6
    served.requests.clear()
    assert add_model(MODEL, hub=hub).parameters
    assert weights_requests(served) == [f"GET /cdn/{WEIGHTS} bytes=200000-"]


def test_a_hub_without_ranges_sends_all_of_it_again(served: FakeHub, tmp_path: Path) -> None:
    served.cuts, served.ranges = [200_000], False
    assert find_model(MODEL, hub=client(served, tmp_path)).parameters


@pytest.mark.parametrize("status", [408, 429, 500, 503])
def test_a_busy_hub_is_waited_for(served: FakeHub, tmp_path: Path, status: int) -> None:
    served.statuses = [status, status]
    waits: list[float] = []
    assert find_model(MODEL, hub=client(served, tmp_path, wait=waits.append)).parameters
    assert waits == ([3.0, 3.0] if status == 429 else [1.0, 2.0])


def test_slow_is_not_broken(served: FakeHub, tmp_path: Path) -> None:
    served.pause = 0.05
    reports: list[int] = []
    find_model(MODEL, hub=client(served, tmp_path), report=lambda done, total: reports.append(done))
    assert len(reports) > 1


def test_a_download_that_stands_still_is_asked_for_again(served: FakeHub, tmp_path: Path) -> None:
    served.stall = 1.0
    assert find_model(MODEL, hub=client(served, tmp_path, timeout=0.2)).parameters
    assert [line.split()[-1][:6] for line in weights_requests(served)[1:]] == ["bytes="]


def refuse(status: int, code: str = "") -> Callable[[FakeHub], None]:
    def change(served: FakeHub) -> None:
        served.refusal = (status, code)

    return change


def other_kind(served: FakeHub) -> None:
    config = json.loads(served.content("config.json"))
    (served.folder / "config.json").write_text(json.dumps({**config, "model_type": "t5"}))


def without_vocabulary(served: FakeHub) -> None:
    (served.folder / "vocab.json").unlink()


def without_weights(served: FakeHub) -> None:
    (served.folder / WEIGHTS).unlink()


def spoil(name: str) -> Callable[[FakeHub], None]:
    def change(served: FakeHub) -> None:
        served.spoilt = name

    return change


def proxy(served: FakeHub) -> None:
    served.page = "<html>Please sign in</html>"


def gone(served: FakeHub) -> None:
    served.statuses = [503] * 5


FAILURES: dict[str, tuple[Callable[[FakeHub], None], str]] = {
    "gated": (refuse(403, "GatedRepo"), "it is gated; accept its terms on its page"),
    "gated, no token": (refuse(401, "GatedRepo"), "it is gated"),
    "token refused": (refuse(403), r"the hub refuses it \(403\); is HF_TOKEN right"),
    "private": (refuse(401, "RepoNotFound"), "the hub knows no such model, or it is private"),
    "busy": (refuse(429), r"the hub asks to wait \(429, too many requests\)"),
    "out of order": (refuse(502), r"is out of order \(502\); try again later"),
    "out of order later": (gone, r"is out of order \(503\)"),
    "no hub": (refuse(418), "answered 418; is it a hub"),
    "a proxy": (proxy, "is no hub .*is a proxy in between"),
    "other kind": (other_kind, "a model of type 't5': only 'marian'"),
    "no vocabulary": (without_vocabulary, "is no Marian model: the repository lacks vocab.json"),
    "no weights": (without_weights, "lacks model.safetensors or"),
    "weights damaged": (spoil(WEIGHTS), "model.safetensors came damaged"),
    "vocabulary damaged": (spoil("vocab.json"), "vocab.json came damaged"),
    "config damaged": (spoil("config.json"), "config.json came damaged"),
}


@pytest.mark.parametrize("case", FAILURES)
def test_what_fails_is_one_line_and_leaves_nothing(
    served: FakeHub, tmp_path: Path, case: str
) -> None:
    change, message = FAILURES[case]
    change(served)
    with pytest.raises(ModelError, match=message) as caught:
        add_model(MODEL, hub=client(served, tmp_path))
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "data" / "models").exists()


def test_what_came_damaged_is_asked_for_again(served: FakeHub, tmp_path: Path) -> None:
    served.spoilt = WEIGHTS
    hub = client(served, tmp_path)
    with pytest.raises(ModelError, match="came damaged"):
        find_model(MODEL, hub=hub)
    served.spoilt = ""
    assert find_model(MODEL, hub=hub).parameters


def test_another_kind_is_told_before_its_weights_come(served: FakeHub, tmp_path: Path) -> None:
    other_kind(served)
    with pytest.raises(ModelError, match="only 'marian'"):
        find_model(MODEL, hub=client(served, tmp_path))
    assert weights_requests(served) == []


@pytest.mark.parametrize(
    ("model", "revision", "message"),
    [
        ("Newsroom/other", None, "the hub knows no such model"),
        (MODEL, "v9", "at revision 'v9': the hub has no such revision"),
        ("News..room/x", None, "that is no id of the hub"),
    ],
)
def test_ids_and_revisions_that_are_not(
    served: FakeHub, tmp_path: Path, model: str, revision: str | None, message: str
) -> None:
    with pytest.raises(ModelError, match=message):
        find_model(model, revision=revision, hub=client(served, tmp_path))


def test_nobody_answers(served: FakeHub, tmp_path: Path) -> None:
    hub = Hub(endpoint="http://127.0.0.1:9", cache=tmp_path / "hub")
    with pytest.raises(ModelError, match=r"http://127.0.0.1:9 does not answer"):
        find_model(MODEL, hub=hub)


def test_a_full_disk_is_told_before_the_download(served: FakeHub, tmp_path: Path) -> None:
    hub = client(served, tmp_path, free_bytes=lambda folder: 100_000)
    with pytest.raises(OutputError, match=r"no room in .*: 0\.\d MB are needed and 0\.1 MB are"):
        find_model(MODEL, hub=hub)
    assert weights_requests(served) == []


def test_pytorch_weights_only(served: FakeHub, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    torch.save(load_file(served.folder / WEIGHTS), served.folder / "pytorch_model.bin")
    (served.folder / WEIGHTS).unlink()
    info = add_model(MODEL, hub=client(served, tmp_path))
    assert (info.weights, info.parameters) == ("pytorch_model.bin", None)
    assert load_translator(info.name, device="cpu").translate(["Bonjour."])


class _Harm:
    def __reduce__(self) -> tuple[object, ...]:
        return os.mkdir, ("harm",)


def test_pytorch_weights_run_no_code(
    served: FakeHub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    monkeypatch.chdir(tmp_path)
    (served.folder / WEIGHTS).unlink()
    torch.save({"weight": _Harm(), "more": bytes(200_000)}, served.folder / "pytorch_model.bin")
    info = find_model(MODEL, hub=client(served, tmp_path))
    with pytest.raises(ModelError, match="do not load"):
        load_translator(str(info.folder), device="cpu")
    assert not Path("harm").exists()


def test_weights_in_shards(
    made: Path, served: FakeHub, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    whole = find_model(str(made))
    shutil.rmtree(served.folder)
    tiny_marian(served.folder, shards="300KB")
    info = add_model(MODEL, hub=client(served, tmp_path))
    assert info.weights == "model.safetensors.index.json"
    assert info.parameters == whole.parameters
    assert len(list(info.folder.glob("model-*.safetensors"))) > 1
    source = ["Le ministre a annoncé une réforme."]
    expected = load_translator(str(made), device="cpu").translate(source)
    assert load_translator(info.name, device="cpu").translate(source) == expected
    next(info.folder.glob("model-*.safetensors")).unlink()
    with pytest.raises(ModelError, match=r"lacks model-0000\d-of-"):
        find_model(info.name)


def run(
    served: FakeHub, tmp_path: Path, *arguments: str, limit: int = 0, **environment: str
) -> str:
    """What the program says to a user."""

    def small_files() -> None:
        if limit:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = subprocess.run(
        [sys.executable, "-m", "translate", "models", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        preexec_fn=small_files,
        env={
            **os.environ,
            "HF_ENDPOINT": served.address,
            "HF_HOME": str(tmp_path / "home"),
            **environment,
        },
    )
    return done.stdout


def test_the_command_shows_its_progress_and_works_offline_then(
    served: FakeHub, tmp_path: Path
) -> None:
    served.cuts = [200_000]
    said = run(served, tmp_path, "add", MODEL)
    assert "tiny-fr-en: 0.6 of 0.6 MB" in said
    assert said.splitlines()[-1].startswith("added tiny-fr-en (")
    offline = run(served, tmp_path, "add", MODEL, "--name", "again", HF_HUB_OFFLINE="1")
    assert "added again (" in offline
    unknown = run(served, tmp_path, "add", "Newsroom/other", HF_HUB_OFFLINE="1")
    assert unknown.startswith("depeche: error: cannot get 'Newsroom/other': it is not in the local")
    assert len(unknown.splitlines()) == 1


def test_an_interrupted_command_goes_on(served: FakeHub, tmp_path: Path) -> None:
    served.pause = 0.2
    environment = {
        **os.environ,
        "HF_ENDPOINT": served.address,
        "HF_HOME": str(tmp_path / "home"),
    }
    command = [sys.executable, "-m", "translate", "models", "add", MODEL]
    with subprocess.Popen(
        command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True
    ) as running:
        while not list(tmp_path.rglob("*.part")):
            assert running.poll() is None
            time.sleep(0.05)
        time.sleep(0.6)
        running.send_signal(signal.SIGINT)
        said = running.communicate(timeout=30)[1]
    assert running.returncode == 130
    assert said.splitlines()[-1] == (
        "depeche: error: interrupted; what came is kept: the same command goes on from there"
    )
    served.pause = 0.0
    again = run(served, tmp_path, "add", MODEL)
    assert again.splitlines()[-1].startswith("added tiny-fr-en (")
    assert weights_requests(served)[-1].split()[-1].startswith("bytes=")


def test_public_models_are_listed_with_their_command() -> None:
    table = CliRunner().invoke(models, ["--available"]).output.splitlines()
    rows = json.loads(CliRunner().invoke(models, ["--available", "--json"]).output)
    for row, line in zip(rows, table[1:], strict=False):
        assert line.startswith(row["id"])
        assert row["source"].endswith(row["id"])
        assert row["scores"]
        assert row["licence"] in line
        assert row["command"] == f"depeche models add {row['id']} --default"
    assert table[-len(rows) :] == [row["command"] for row in rows]


def test_a_token_goes_to_the_hub_alone(served: FakeHub, tmp_path: Path) -> None:
    assert "added" in run(served, tmp_path, "add", MODEL, HF_TOKEN="hf_secret")
    assert f"/api/models/{MODEL}" in served.with_token
    assert not [path for path in served.with_token if path.startswith("/cdn/")]


def test_a_disk_that_fills_up_is_one_line(served: FakeHub, tmp_path: Path) -> None:
    said = run(served, tmp_path, "add", MODEL, limit=300_000)
    assert said.splitlines()[-1].startswith(f"depeche: error: cannot keep '{MODEL}' in {tmp_path}")
    assert "File too large; free some" in said
    assert not (tmp_path / "data" / "models").exists()
