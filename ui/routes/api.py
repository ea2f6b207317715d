"""The desk for programs over plain HTTP: health, segment, translate, evaluate (docs/api.md).

An article that comes in here shares the engine and its batches with the pages and is not stored.
"""

import asyncio
from importlib.metadata import version
from typing import Any

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from translate.document import Document, Translation
from translate.formats.json import as_dict
from ui import evaluation
from ui.answers import while_there
from ui.choices import Menu
from ui.desk import Desk
from ui.routes.asked import TheDesk, TheMenu
from ui.schemas import (
    Article,
    Health,
    Order,
    Scored,
    Segmented,
    Streams,
    Translated,
    answers,
)

#: What any request with a body may be told.
REFUSALS = (400, 401, 403, 413, 422, 429)


router = APIRouter(tags=["desk"])


@router.get("/health", responses=answers(Health, 401, 429))
async def health(desk: TheDesk, menu: TheMenu) -> dict[str, Any]:
    """Whether the desk works, with its version, models and the length of its queue."""
    return {
        "status": "ok",
        "version": version("depeche-desk"),
        "models": list(menu.models),
        "waiting": desk.worker.waiting,
    }


@router.post("/segment", responses=answers(Segmented, *REFUSALS))
async def segment(article: Article, http: Request, desk: TheDesk) -> JSONResponse:
    """Blocks, kinds, languages and sentences, without a model."""
    work = desk.segment(article.text, markdown=article.markdown)
    document = await while_there(http, work)
    return await run_in_threadpool(lambda: JSONResponse(segmented(document)))


@router.post("/evaluate", responses=answers(Scored, *REFUSALS))
async def evaluate(streams: Streams, http: Request, desk: TheDesk) -> dict[str, Any]:
    """Scores with intervals and signatures, and what BLEU does not see."""
    return await while_there(http, scored(desk, streams))


@router.post("/translate", responses=answers(Translated, *REFUSALS))
async def translate(order: Order, http: Request, desk: TheDesk, menu: TheMenu) -> JSONResponse:
    """The English, segment by segment, with scores, alternatives and findings."""
    translation = await while_there(http, translated(desk, menu, order))
    return await run_in_threadpool(lambda: JSONResponse(with_segments(translation)))


async def translated(desk: Desk, menu: Menu, order: Order) -> Translation:
    """An article in English; cancelled, it leaves the queue."""
    choices = menu.choose(order.settings)
    article = await desk.article(order.text, markdown=order.markdown)
    pending = desk.translate(article, choices)
    try:
        return await asyncio.wrap_future(pending.future)
    finally:
        pending.cancel()  # a finished one is left as it is


async def scored(desk: Desk, streams: Streams) -> dict[str, Any]:
    """The scores of lists of segments."""
    return await desk.lanes.scores.run(
        evaluation.score_texts,
        streams.hypotheses,
        streams.references,
        streams.sources,
        streams.samples,
    )


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
