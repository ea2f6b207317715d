"""Gradio's side of the page: masthead, tabs, theme, interface strings, named endpoints.

The rows of an article are one custom element (static/desk.js), not hundreds of Gradio
components: it sets text only as text, so that nothing in an article is ever read as markup.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

import gradio as gr

from ui import evaluate_tab, evaluation
from ui.choices import Menu
from ui.desk import Desk
from ui.routes import api
from ui.schemas import Article, Order, Streams
from ui.sealed import Sealed, told

STATIC = Path(__file__).parent / "static"


@cache
def strings() -> dict[str, dict[str, str]]:
    """Language -> key -> text of the interface; the page's script reads the same file."""
    found: dict[str, dict[str, str]] = json.loads((STATIC / "strings.json").read_text("utf-8"))
    return found


@cache
def i18n() -> gr.I18n:
    """The strings for Gradio's own components."""
    return gr.I18n(**strings())


def theme() -> gr.themes.Base:
    """Paper and ink; fonts that every system has, so that none is fetched."""
    font = gr.themes.utils.fonts.Font
    serif = [font("Iowan Old Style"), font("Palatino"), font("Georgia"), font("serif")]
    mono = [font("ui-monospace"), font("Menlo"), font("Consolas"), font("monospace")]
    base = gr.themes.Base(font=serif, font_mono=mono, primary_hue="red", neutral_hue="stone")
    return base.set(
        body_background_fill="#faf8f3",
        body_background_fill_dark="#16181b",
        body_text_color="#1d1b18",
        body_text_color_dark="#ece7dd",
        body_text_color_subdued="#5d574d",
        body_text_color_subdued_dark="#b4ada0",
        background_fill_primary="#fffdf9",
        background_fill_primary_dark="#1d2024",
        background_fill_secondary="#f3efe6",
        background_fill_secondary_dark="#24282d",
        border_color_primary="#d8d1c3",
        border_color_primary_dark="#3b4047",
        block_label_text_color="#5d574d",
        block_label_text_color_dark="#c6bfb2",
        block_title_text_color="#1d1b18",
        block_title_text_color_dark="#ece7dd",
        button_primary_background_fill="#8c1c13",
        button_primary_background_fill_dark="#ff9d8d",
        button_primary_background_fill_hover="#6f150e",
        button_primary_background_fill_hover_dark="#ffb5a8",
        button_primary_text_color="#ffffff",
        button_primary_text_color_dark="#1d0a07",
        color_accent="#8c1c13",
        link_text_color="#8c1c13",
        link_text_color_dark="#ff9d8d",
        block_radius="2px",
        input_radius="2px",
        button_large_radius="2px",
        button_small_radius="2px",
        block_shadow="none",
        block_border_width="0px",
        block_background_fill="transparent",
        block_background_fill_dark="transparent",
        block_label_background_fill="transparent",
        block_label_background_fill_dark="transparent",
        block_label_border_width="0px",
        block_label_border_width_dark="0px",
        input_border_width="1px",
        input_border_color="#d8d1c3",
        input_border_color_dark="#3b4047",
        input_background_fill="#fffdf9",
        input_background_fill_dark="#1d2024",
        checkbox_label_background_fill="transparent",
        checkbox_label_background_fill_dark="transparent",
    )


def build(desk: Desk, menu: Menu, cache: Path) -> gr.Blocks:
    """The page with its tabs and its endpoints; `cache` keeps translated test sets."""
    text = i18n()
    with Sealed(title="Depeche", analytics_enabled=False, fill_width=True) as blocks:
        gr.HTML("<depeche-masthead></depeche-masthead>", apply_default_css=False)
        with gr.Tabs(elem_id="sections"):
            with gr.Tab(text("tab.translate"), id="translate"):
                gr.HTML("<depeche-desk></depeche-desk>", apply_default_css=False)
            with gr.Tab(text("tab.evaluate"), id="evaluate"):
                evaluate_tab.build(blocks, desk, menu, text, cache)
            with gr.Tab(text("tab.annotate"), id="annotate"):
                gr.HTML("<depeche-annotate></depeche-annotate>", apply_default_css=False)
        _endpoints(desk, menu)
    # the lanes of the desk hold the work; this is for what has not come to them yet
    return blocks.queue(max_size=100, default_concurrency_limit=100)


def _endpoints(desk: Desk, menu: Menu) -> None:
    async def translate(
        text: str, markdown: bool = False, settings: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        """Translate a French article; the answer is that of POST /translate."""
        order = Order(text=text, markdown=markdown, settings=settings or {})
        return api.with_segments(await api.translated(desk, menu, order))

    async def segment(text: str, markdown: bool = False) -> dict[str, Any]:
        """Blocks and sentences of an article; the answer is that of POST /segment."""
        article = Article(text=text, markdown=markdown)
        return api.segmented(await desk.segment(article.text, markdown=article.markdown))

    async def evaluate(
        hypotheses: list[str],
        references: list[str],
        sources: list[str] | None = None,
        samples: int = evaluation.MAX_SAMPLES,
    ) -> dict[str, Any]:
        """Score segments against references; the answer is that of POST /evaluate."""
        streams = Streams(
            hypotheses=hypotheses, references=references, sources=sources or [], samples=samples
        )
        return await api.scored(desk, streams)

    for function in (translate, segment, evaluate):
        gr.api(told(function), api_name=function.__name__)
