"""The routes that the page needs before it has an article: settings, examples, words of files."""

from dataclasses import asdict
from typing import Any, Literal

from fastapi import APIRouter, HTTPException, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse
from pydantic import BaseModel, Field

from translate import formats
from translate.engines.available import available_models
from translate.notation.markup import without_codes
from ui import annotation, exports
from ui.answers import while_there
from ui.examples import example_text, examples
from ui.names import file_name, one_line
from ui.routes.asked import Browser, Parts, TheDesk, TheMenu, article
from ui.views import said

router = APIRouter(prefix="/desk", include_in_schema=False)


class Marking(BaseModel, extra="forbid"):
    """What errors are marked in: files as the page packs them, or an article of this browser."""

    files: str = ""
    article: str | None = None
    rater: str = Field(min_length=1, max_length=80)
    sample: int = Field(default=0, ge=0, lt=2**31)
    language: Literal["en", "fr"] = "en"


@router.get("/info")
def info(desk: TheDesk, menu: TheMenu) -> dict[str, Any]:
    """What the page may ask for, and what the desk takes."""
    return {
        "models": menu.models,
        "stronger": available_models()[0].command,
        "defaults": menu.usual().as_dict(),
        "options": menu.options(),
        "examples": [asdict(example) for example in examples()],
        "max_article": desk.max_article,
        "formats": list(exports.EXPORTS),
        "endings": list(formats.ENDINGS),
    }


@router.get("/examples/{name}")
def example(name: str) -> dict[str, Any]:
    """An article to try the desk with."""
    text = example_text(name)
    if text is None:
        raise HTTPException(404, "there is no such example")
    return {"name": name, "text": text}


@router.post("/files")
async def read(
    request: Request, desk: TheDesk, name: str = "article.txt", parts: Parts = ()
) -> Any:
    """The words of a file; `whole`: it is to be started as the file that it is."""
    data = await request.body()
    if not parts and formats.format_of(data, name) in formats.NEED_PARTS:
        name = file_name(name)
        return {"name": name, "text": "", "whole": True, "needs_parts": True, "notes": []}
    document = await while_there(request, desk.read(data, name, parts))
    words = without_codes(document.text)
    return {
        "name": file_name(name),
        "text": words,
        "whole": document.file is not None,
        "notes": list(map(said, document.findings)),
    }


@router.get("/annotate.js")
def script() -> FileResponse:
    """What the tab for marking errors runs."""
    from eval.annotate import SCRIPT

    return FileResponse(SCRIPT, media_type="text/javascript")


@router.post("/annotation")
async def annotate(
    request: Request, desk: TheDesk, browser: Browser, given: Marking
) -> JSONResponse:
    """The segments that the tab for marking errors shows."""
    if given.article is not None:
        job = await run_in_threadpool(article, desk, given.article, browser)
        rows = await run_in_threadpool(desk.store.rows, job)
        items = annotation.items_of_article(job, rows)
    else:
        work = desk.lanes.scores.run(annotation.items_of_files, given.files, given.sample)
        items = await while_there(request, work)
    page = await run_in_threadpool(annotation.page_of, items, one_line(given.rater), given.language)
    return JSONResponse(page)
