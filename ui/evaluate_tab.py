"""The tab that scores: two files, or a test set and models of this desk.

The files travel as values of the call, packed by the page (static/files.js): Gradio takes none.
"""

import base64
import gzip
from html import escape
from pathlib import Path
from typing import Any

import gradio as gr

from translate.engines import ENGINES
from ui import evaluation
from ui.choices import Menu
from ui.desk import Desk
from ui.evaluation import Shown
from ui.sealed import told

#: The chosen files take the place of the call's only value.
_PACK = "() => document.querySelector('depeche-files').packed()"


def build(blocks: gr.Blocks, desk: Desk, menu: Menu, text: gr.I18n, cache: Path) -> None:
    """Put the tab's components into the current Blocks."""
    gr.Markdown(text("evaluate.help"), elem_classes="evaluate-help")
    with gr.Row(elem_classes="evaluate-forms"):
        with gr.Column(elem_classes="evaluate-form"):
            gr.HTML("<depeche-files></depeche-files>", apply_default_css=False)
            files = gr.Textbox(visible=False)
            score = gr.Button(text("evaluate.score"), variant="primary")
        with gr.Column(elem_classes="evaluate-form"):
            sets = evaluation.test_sets()
            chosen = gr.Dropdown(
                sets, value=next(iter(sets), None), label=text("evaluate.set"), interactive=True
            )
            systems = gr.CheckboxGroup(
                list(menu.models), value=[menu.models[0]], label=text("evaluate.models")
            )
            engine = gr.Dropdown(
                ["auto", *ENGINES], value="auto", label=text("evaluate.engine"), interactive=True
            )
            run = gr.Button(text("evaluate.run"), variant="primary")
    outputs = _results(text)

    async def from_files(packed: str, _: gr.Request) -> list[Any]:
        return _updates(await desk.lanes.scores.run(evaluation.score_packed, packed))

    async def from_set(name: str, systems: list[str], engine: str, _: gr.Request) -> list[Any]:
        for model in systems:
            menu.choose({"model": model, "engine": engine})
        return _updates(await evaluation.score_set(desk, name, systems, engine, cache))

    async def offered() -> Any:
        return gr.update(choices=list(menu.models))

    blocks.load(told(offered), None, systems, api_visibility="private")
    score.click(told(from_files), files, outputs, js=_PACK, api_visibility="private")
    run.click(told(from_set), [chosen, systems, engine], outputs, api_visibility="private")


def _results(text: gr.I18n) -> list[Any]:
    table = {
        "interactive": False,
        "wrap": True,
        "datatype": "str",
        "visible": False,
        "max_height": 1200,
    }
    with gr.Column(elem_classes="evaluate-results"):
        return [
            gr.HTML(elem_id="evaluation-title", apply_default_css=False),
            gr.HTML(elem_id="evaluation-plot", apply_default_css=False),
            gr.Dataframe(label=text("evaluate.scores"), **table),
            gr.Dataframe(label=text("evaluate.measures"), **table),
            gr.Dataframe(
                label=text("evaluate.worst"),
                column_widths=["6%", "9%", "29%", "28%", "28%"],
                **table,
            ),
            gr.HTML(elem_id="evaluation-report", apply_default_css=False),
        ]


def _updates(found: Shown) -> list[Any]:
    notes = "".join(f"<li>{escape(note)}</li>" for note in found.notes)
    head = ["#", "chrF2++", "English", "Reference", "French"]
    return [
        f"<h3>{escape(found.title)}</h3><ul>{notes}</ul>",
        found.plot,  # matplotlib's SVG: texts are escaped there
        _table(found.scores),
        _table(found.measures),
        gr.update(headers=head, value=found.worst, visible=True),
        _report(found.report),
    ]


def _report(html: str) -> str:
    """The report as the page's own element, which hands it out as a download."""
    packed = base64.b64encode(gzip.compress(html.encode())).decode()
    return f'<depeche-report data-page="{packed}"></depeche-report>'


def _table(rows: list[list[str]]) -> Any:
    if not rows:
        return gr.update(visible=False)
    return gr.update(headers=rows[0], value=rows[1:], visible=True)
