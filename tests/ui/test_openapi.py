"""The API keeps to its own description: whatever fits it, or nearly, is answered as it says."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel
from starlette.testclient import TestClient

from tests.ui.helpers import ARTICLE, Backwards
from ui.app import create_server
from ui.lane import in_thread
from ui.options import Options
from ui.schemas import Health, Problem, Scored, Segmented, Translated

ANSWERS: dict[str, type[BaseModel]] = {
    "/health": Health,
    "/segment": Segmented,
    "/translate": Translated,
    "/evaluate": Scored,
}

#: Words of an article, and what should not be in one.
TEXTS = st.lists(
    st.sampled_from(["Le maire", " a dit", " « oui »", ".", "\n\n", "# ", "12 000", "😀", "\u2028"])
    | st.text(max_size=12),
    max_size=12,
).map("".join)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    options = Options(data=tmp_path_factory.mktemp("desk"))
    server = create_server(options, load=lambda model, engine: Backwards(), run=in_thread)
    with TestClient(server, base_url="http://127.0.0.1:7860") as client:
        yield client


@pytest.fixture(scope="module")
def description(client: TestClient) -> dict[str, Any]:
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


def fitting(schema: dict[str, Any], whole: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Values that fit a schema, as far as this API's schemas go."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return fitting(whole["components"]["schemas"][name], whole)
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema["type"]:
        case [one, "null"]:
            return st.none() | fitting({**schema, "type": one}, whole)
        case "object":
            parts = {k: fitting(v, whole) for k, v in schema.get("properties", {}).items()}
            needed = {k: parts.pop(k) for k in schema.get("required", ())}
            return st.fixed_dictionaries(needed, optional=parts)
        case "array":
            return st.lists(fitting(schema["items"], whole), max_size=3)
        case "integer":
            return st.integers(schema.get("minimum"), schema.get("maximum"))
        case "boolean":
            return st.booleans()
        case "string":
            return TEXTS
    raise AssertionError(f"a kind of schema that this test does not know: {schema}")


def bodies(description: dict[str, Any], address: str) -> st.SearchStrategy[Any]:
    """What fits the description, the same with something else in it, and anything."""
    content = description["paths"][address]["post"]["requestBody"]["content"]
    right = fitting(content["application/json"]["schema"], description)
    spoilt = st.builds(
        lambda body, key, value: {**body, key: value},
        right,
        st.sampled_from(["text", "settings", "hypotheses", "references", "samples", "x"]),
        ANYTHING,
    )
    return right | spoilt | ANYTHING


@pytest.mark.parametrize("address", ["/segment", "/translate", "/evaluate"])
def test_whatever_comes_in_is_answered_as_described(
    client: TestClient, description: dict[str, Any], address: str
) -> None:
    described = description["paths"][address]["post"]["responses"]

    @settings(
        max_examples=150,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(body=bodies(description, address))
    def holds(body: Any) -> None:
        answer = client.post(
            address, content=json.dumps(body).encode()
        )  # a fault of the server is raised
        assert str(answer.status_code) in described, answer.text
        model = ANSWERS[address] if answer.status_code == 200 else Problem
        model.model_validate(answer.json())

    holds()


def test_right_requests_are_answered_as_described(client: TestClient) -> None:
    pair = {"hypotheses": ["a b c d", ""], "references": ["a b c d", "e"], "sources": ["f", "g"]}
    for address, body in (
        ("/segment", {"text": ARTICLE}),
        ("/translate", {"text": ARTICLE, "settings": {"beam": 2, "quotes": "british"}}),
        ("/evaluate", {**pair, "samples": 40}),
        ("/evaluate", {**pair, "samples": 0}),
    ):
        answer = client.post(address, json=body)
        assert answer.status_code == 200, answer.text
        ANSWERS[address].model_validate(answer.json())
    Health.model_validate(client.get("/health").json())


def test_other_methods_are_told_the_right_one(client: TestClient) -> None:
    for address, allowed in (("/health", "GET"), ("/translate", "POST"), ("/evaluate", "POST")):
        for method in ("GET", "POST", "PUT", "DELETE", "TRACE", "OPTIONS"):
            if method != allowed:
                answer = client.request(method, address)
                assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
                Problem.model_validate(answer.json())
    for address in ("/desk/nowhere", "/desk/static/nowhere.js"):
        assert client.get(address).status_code == 404


def test_every_route_is_described_with_its_answers(description: dict[str, Any]) -> None:
    assert set(description["paths"]) == set(ANSWERS)
    for address, methods in description["paths"].items():
        for method in methods.values():
            good = method["responses"]["200"]["content"]["application/json"]["schema"]
            assert good["$ref"].endswith(f"/{ANSWERS[address].__name__}")
            for status, answer in method["responses"].items():
                if status != "200":
                    schema = answer["content"]["application/json"]["schema"]
                    assert schema["$ref"].endswith("/Problem"), (address, status)
    order = description["components"]["schemas"]["Order"]["properties"]["settings"]
    assert order["properties"]["marks"]["enum"] == ["curly", "straight", None]


def test_the_description_needs_the_password_too(tmp_path: Path) -> None:
    from ui.options import hash_password

    options = Options(data=tmp_path, users={"ana": hash_password("pw")})
    with TestClient(create_server(options, load=lambda m, e: Backwards(), run=in_thread)) as client:
        assert client.get("/openapi.json").status_code == 401
