"""The server's refusals in French: each that a page may show has its sentence in the table."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.ui.browser import TIMEOUT, New, needs_chromium
from ui import refusals

ROOT = Path(__file__).parents[2]
TABLE: dict[str, str] = json.loads((ROOT / "ui/static/refusals.json").read_text("utf-8"))
#: Where a refusal that a page shows may come from.
REACHED = (
    *("ui", "translate/formats", "translate/terms", "translate/drafting"),
    *("translate/pipeline.py", "translate/engines/hub.py"),
)
#: What only the command line reaches, or who starts the server.
STARTING = ("ui/cli.py", "ui/options.py", "ui/app.py", "ui/browsers.py")
UNSEEN = {
    "the job store {} cannot be opened ({}); choose another folder with DEPECHE_DATA, "
    "or move the file away",
}
FAULTS = re.compile(r"\w+Error|HTTPException|Refusal")
HOLE = re.compile(r"\{\d?\}")


def templates(place: Path) -> Iterator[str]:
    """The messages of the errors that a module makes, with {} for what is filled in."""
    for path in [place] if place.is_file() else sorted(place.rglob("*.py")):
        if path.relative_to(ROOT).as_posix() in STARTING:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                given = [text for value in node.args if (text := template(value))]
                yield from given[-1:] if FAULTS.fullmatch(node.func.id) else ()


def template(value: ast.expr) -> str:
    if isinstance(value, ast.JoinedStr):
        parts = (v.value if isinstance(v, ast.Constant) else "{}" for v in value.values)
        return "".join(map(str, parts))
    return value.value if isinstance(value, ast.Constant) and isinstance(value.value, str) else ""


def bare(text: str) -> str:
    return HOLE.sub("{}", text)


def test_every_refusal_of_a_page_has_its_french() -> None:
    made = {text for place in REACHED for text in templates(ROOT / place)} - UNSEEN
    assert len(made) > 90
    missing = made - set(map(bare, TABLE))
    assert missing == set()


def test_the_table_says_what_the_code_says() -> None:
    """Each English line of the table stands in the code, whole or in its pieces."""
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for room in ("ui", "translate")
        for path in (ROOT / room).rglob("*.py")
    )
    code = re.sub(r'"\s+f?"', "", code).replace("\\n", "")
    for english in TABLE:
        for piece in HOLE.split(english):
            assert piece.replace('"', '\\"') in code or piece in code, english


def test_both_languages_have_the_same_values() -> None:
    for english, french in TABLE.items():
        holes = [sorted(set(HOLE.findall(text))) for text in (english, french)]
        assert set(holes[1]) <= set(holes[0]), english
        assert french != english


@pytest.mark.parametrize(
    ("headers", "french"),
    [
        ({"cookie": "a=b; depeche_language=fr", "accept-language": "en"}, True),
        ({"cookie": "depeche_language=en", "accept-language": "fr-FR"}, False),
        ({"accept-language": "fr-FR,fr;q=0.9"}, True),
        ({}, False),
    ],
)
def test_the_evaluation_says_it_in_the_language_of_its_page(
    headers: dict[str, str], *, french: bool
) -> None:
    message = refusals.said("no model is chosen; choose at least one", headers)
    assert message.startswith("aucun modèle" if french else "no model")


SAYS = """
  async (messages) => {
    const { said } = await import("./desk/static/refusals.js");
    return Promise.all(messages.map(said));
  }
"""


@needs_chromium
def test_the_page_fills_every_line(new: New) -> None:
    page = new(language="fr-FR")
    values = iter(f"w{number}w" for number in range(1000))
    filled = {text: HOLE.sub(lambda _: next(values), text) for text in TABLE}
    french = page.evaluate(SAYS, list(filled.values()))
    for (english, given), said in zip(filled.items(), french, strict=True):
        words = re.fullmatch(
            HOLE.sub("(.*)", re.escape(english).replace(r"\{", "{").replace(r"\}", "}")), given
        )
        assert said != given, english
        assert words is None or set(re.findall(r"w\d+w", said)) <= set(words.groups())
    assert page.evaluate(SAYS, ["something else"]) == ["something else"]
    assert french == list(map(refusals.in_french, filled.values()))


@pytest.fixture
def page(new: New) -> Page:
    return new(language="fr-FR")


@needs_chromium
def test_a_refusal_is_said_in_french(page: Page) -> None:
    page.locator("#file").set_input_files(
        {"name": "note.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7\n"}
    )
    expect(page.locator(".compose [role=alert]")).to_have_text(
        "note.pdf est un PDF, pas un texte en UTF-8 ; ouvrez-le dans Word ou LibreOffice et "
        "enregistrez-le en .docx ou .odt, ou copiez-en le texte",
        timeout=TIMEOUT,
    )
    page.locator("#article").fill(
        "Der Bürgermeister hat gestern gesagt, dass er nicht zurücktreten werde."
    )
    page.get_by_role("button", name="Traduire", exact=True).last.click()
    expect(page.locator(".compose [role=alert]")).to_contain_text(
        "pas en français", timeout=TIMEOUT
    )


@needs_chromium
def test_the_evaluation_refuses_in_french(page: Page) -> None:
    page.get_by_role("tab", name="Évaluer").click()
    page.get_by_role("button", name="Noter les fichiers").click()
    toast = page.get_by_text("il faut deux fichiers : les hypothèses et la référence")
    expect(toast.first).to_be_visible(timeout=TIMEOUT)
