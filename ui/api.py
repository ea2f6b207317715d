"""The desk for programs over plain HTTP: health, segment, translate, evaluate (docs/api.md).

An article that comes in here shares the engine and its batches with the pages and is not stored.
"""

import asyncio
import threading
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from translate.document import Document, Translation
from translate.formats.json import as_dict
from ui import evaluation
from ui.choices import Menu
from ui.desk import Desk

#: How often a waiting request looks whether its client is still there, in seconds.
POLL = 0.25


class Article(BaseModel, extra="forbid"):
    """A French article."""

    text: str = Field(description="The French article: plain text or Markdown")
    markdown: bool = Field(default=False, description="Whether the text is Markdown")


class Streams(BaseModel, extra="forbid"):
    """What is scored: one entry a segment, all lists of the same length."""

    hypotheses: list[str] = Field(description="The translations to be scored")
    references: list[str] = Field(description="What they should say")
    sources: list[str] = Field(default_factory=list, description="The French, if at hand")
    samples: int = Field(default=evaluation.MAX_SAMPLES, description="Bootstrap samples; 0: none")


class Order(Article):
    """A French article and how to translate it; see `GET /health` for the models."""

    settings: dict[str, Any] = Field(
        default_factory=dict,
        description="Any of model, engine, beam, furniture, marks, quotes (docs/api.md)",
    )


def routes(desk: Desk, menu: Menu) -> APIRouter:
    """The router; `menu` is what clients may ask for."""
    router = APIRouter(tags=["desk"])
    one_at_a_time = threading.Lock()  # scoring takes a whole core

    @router.get("/health")
    def health() -> dict[str, Any]:
        """Whether the desk works, with its version, models and the length of its queue."""
        return {
            "status": "ok",
            "version": version("depeche-desk"),
            "models": list(menu.models),
            "waiting": desk.worker.waiting,
        }

    @router.post("/segment")
    def segment(article: Article) -> dict[str, Any]:
        """Blocks, kinds, languages and sentences, without a model."""
        return segmented(desk.analyse(article.text, markdown=article.markdown))

    @router.post("/evaluate")
    def evaluate(streams: Streams) -> dict[str, Any]:
        """Scores with intervals and signatures, and what BLEU does not see."""
        with one_at_a_time:
            return evaluation.score_texts(
                streams.hypotheses, streams.references, streams.sources, streams.samples
            )

    @router.post("/translate", response_model=None)
    async def translate(body: Order, http: Request) -> dict[str, Any] | JSONResponse:
        """The English, segment by segment, with scores, alternatives and findings."""
        choices = menu.choose(body.settings)
        document = await asyncio.to_thread(desk.analyse, body.text, markdown=body.markdown)
        pending = desk.translate(document, choices)
        done = asyncio.wrap_future(pending.future)
        try:
            while not done.done():
                await asyncio.wait([done], timeout=POLL)
                if not done.done() and await http.is_disconnected():
                    return JSONResponse({"error": "the client went away"}, 499)
            return with_segments(done.result())
        finally:
            pending.cancel()  # nobody waits any more; a finished one is left as it is

    return router


def segmented(document: Document) -> dict[str, Any]:
    """A document as plain values; offsets are code points in the text."""
    return {
        "blocks": [
            {
                "kind": block.kind.value,
                "language": block.language.value,
                "segments": [
                    {
                        "start": segment.start,
                        "end": segment.end,
                        "language": segment.language.value,
                        "source": document.of(segment),
                    }
                    for segment in block.segments
                ],
            }
            for block in document.blocks
        ]
    }


def with_segments(translation: Translation) -> dict[str, Any]:
    """A translation as the JSON format writes it."""
    return as_dict(translation)
