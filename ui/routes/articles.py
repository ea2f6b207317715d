"""The routes of articles: started, listed, cut anew, streamed, stopped and written to files."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from translate.document import Kind
from translate.notation.markup import without_codes
from ui import exports
from ui.answers import while_there
from ui.choices import Choices
from ui.desk import Desk, Reading
from ui.names import one_line
from ui.records import Job, Row, StaleError, Status
from ui.routes.asked import Browser, Parts, TheArticle, TheDesk, TheMenu, User, article
from ui.views import as_row, as_state, whole

#: How often a stream looks for new rows, in seconds: quicker than the eye, one SELECT each.
POLL = 0.12
#: A comment line keeps proxies from closing a quiet stream (seconds).
KEEP_ALIVE = 15.0

After = Annotated[int, Query(ge=-1, lt=2**53)]

router = APIRouter(prefix="/desk/jobs", include_in_schema=False)


class NewArticle(BaseModel, extra="forbid"):
    """A French article from the page."""

    text: str = ""
    name: str = ""
    settings: dict[str, Any] | None = None
    #: An earlier article, whose edits are taken over, and its French where there is no text.
    previous: str | None = None


class Confirmed(BaseModel, extra="forbid"):
    """Rows that were read and found good, or not after all."""

    positions: list[Annotated[int, Field(ge=0, lt=2**31)]] = Field(max_length=100_000)
    confirmed: bool


class Cut(BaseModel, extra="forbid"):
    """How an article is cut anew; `shape` is that which the translator saw.

    `join` and `turn` are of the row at `position`; `part` also has the French before the cut, and
    the English before it where that was written by hand; `undo` takes the last one back,
    `redo` does it again.
    """

    do: Literal["join", "part", "turn", "undo", "redo"]
    position: int = Field(default=0, ge=0, lt=2**31)
    shape: int
    french: str = Field(default="", max_length=20_000)
    english: str | None = Field(default=None, max_length=20_000)
    kind: Kind = Kind.PARAGRAPH


class Title(BaseModel, extra="forbid"):
    """Another name for an article."""

    title: str = Field(min_length=1)


@router.get("")
def recent(desk: TheDesk, browser: Browser) -> list[dict[str, Any]]:
    """The articles of this browser, newest first."""
    return [asdict(summary) for summary in desk.recent(browser)]


@router.post("")
async def start(
    request: Request, desk: TheDesk, menu: TheMenu, browser: Browser, new: NewArticle
) -> JSONResponse:
    """Start a text, or an earlier article with other settings."""
    choices = menu.choose(new.settings or {})
    previous = article(desk, new.previous, browser) if new.previous else None
    if previous and not new.text:
        found = await run_in_threadpool(desk.source, previous)
    else:
        markdown = new.name.lower().endswith((".md", ".markdown"))
        found = await while_there(request, desk.article(new.text, markdown=markdown))
    return await run_in_threadpool(begin, desk, browser, new.name, found, choices, previous)


@router.post("/file")
async def start_file(
    request: Request,
    desk: TheDesk,
    menu: TheMenu,
    browser: Browser,
    name: str,
    settings: str = "{}",
    parts: Parts = (),
) -> JSONResponse:
    """Start a file as the file that it is."""
    choices = menu.choose(_settings(settings))
    found = await while_there(request, desk.file(await request.body(), name, parts))
    return await run_in_threadpool(begin, desk, browser, name, found, choices)


def begin(
    desk: Desk,
    browser: str,
    name: str,
    found: Reading,
    choices: Choices,
    previous: Job | None = None,
) -> JSONResponse:
    """Start what was read; the article with its empty rows."""
    job = desk.start(browser, name, found, choices, previous=previous)
    return JSONResponse(whole(desk, job))


@router.get("/{job_id}")
def opened(desk: TheDesk, job: TheArticle) -> JSONResponse:
    """An article with all of its rows."""
    return JSONResponse(whole(desk, job))  # made in this thread: it may be long


@router.get("/{job_id}/source")
def source(job: TheArticle) -> dict[str, Any]:
    """The French of an article; `whole`: as the file that it came in."""
    words = without_codes(job.document.text) if job.form else job.document.text
    return {"name": job.name, "text": words, "whole": bool(job.form)}


@router.get("/{job_id}/rows")
def changes(desk: TheDesk, job: TheArticle, after: After = -1) -> JSONResponse:
    """The rows that were written after a version."""
    now, rows = _since(desk, job, after)
    return JSONResponse({"state": as_state(desk, now), "rows": [as_row(row) for row in rows]})


@router.get("/{job_id}/terms")
def terms_in(desk: TheDesk, job: TheArticle) -> dict[int, list[tuple[str, str]]]:
    """The French of the rows that have terms, in stretches, each with its English or none."""
    return desk.terms_in(job)


@router.post("/{job_id}/confirmed")
def confirmed(desk: TheDesk, job: TheArticle, user: User, given: Confirmed) -> JSONResponse:
    """Mark rows as read and good, or not; those that changed."""
    rows = desk.confirm_all(job, given.positions, given.confirmed, who=user)
    return JSONResponse([as_row(row) for row in rows])


@router.patch("/{job_id}")
def rename(desk: TheDesk, job: TheArticle, given: Title) -> dict[str, Any]:
    """Give an article another name."""
    desk.store.put_title(job.id, one_line(given.title))
    return as_state(desk, _now(desk, job))


@router.post("/{job_id}/cut")
async def cut(request: Request, desk: TheDesk, job: TheArticle, given: Cut) -> JSONResponse:
    """Join, part or turn; the whole article as it is now, and where it is another."""
    if given.shape != job.shape:
        raise HTTPException(409, "the article was cut anew elsewhere meanwhile")
    work = desk.lanes.sentences.run(_cut, desk, job, given)
    try:
        first = await while_there(request, work)
    except StaleError as error:
        raise HTTPException(409, str(error)) from None
    return await run_in_threadpool(_as_it_is, desk, job, first)


@router.delete("/{job_id}")
def delete(desk: TheDesk, job: TheArticle) -> dict[str, bool]:
    """Remove an article for good."""
    desk.delete(job)
    return {"deleted": True}


@router.post("/{job_id}/stop")
def stop(desk: TheDesk, job: TheArticle) -> dict[str, Any]:
    """Translate no further."""
    desk.stop(job)
    return as_state(desk, _now(desk, job))


@router.post("/{job_id}/resume")
def resume(desk: TheDesk, job: TheArticle) -> dict[str, Any]:
    """Go on."""
    desk.resume(job)
    return as_state(desk, _now(desk, job))


@router.get("/{job_id}/events")
async def events(
    desk: TheDesk, job: TheArticle, request: Request, after: After = -1
) -> StreamingResponse:
    """The rows as they come."""
    return StreamingResponse(
        _stream(desk, job, max(after, _last_event(request))),
        media_type="text/event-stream",
        headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
    )


@router.get("/{job_id}/reading")
async def reading(request: Request, desk: TheDesk, job: TheArticle) -> JSONResponse:
    """The English to be read through."""
    translation = await run_in_threadpool(desk.translation, job)
    work = desk.lanes.articles.run(exports.reading, translation)
    return JSONResponse(await while_there(request, work))


@router.get("/{job_id}/download/{form}")
async def download(request: Request, desk: TheDesk, job: TheArticle, form: str) -> Response:
    """The English as a file."""
    export = exports.export_of(form, job)
    if export is None:
        raise HTTPException(404, f"there is no format {form}; {', '.join(exports.EXPORTS)}")
    translation = await run_in_threadpool(desk.translation, job)
    work = desk.lanes.articles.run(exports.write, export, translation)
    return Response(
        await while_there(request, work),
        media_type=export.media_type,
        headers={"content-disposition": exports.disposition(job.name, job.title, export)},
    )


def _now(desk: Desk, job: Job) -> Job:
    """The article as it is stored now; as it was, where it is gone."""
    return desk.store.job(job.id, job.owner) or job


def _as_it_is(desk: Desk, job: Job, first: int) -> JSONResponse:
    return JSONResponse({**whole(desk, _now(desk, job)), "first": first})


async def _stream(desk: Desk, job: Job, after: int) -> AsyncIterator[str]:
    """Server-sent events: the rows after a version, until the job is at rest."""
    seen = None
    quiet = 0.0
    while True:
        version = await asyncio.to_thread(desk.store.version, job.id)
        if version is None:
            yield "event: gone\ndata: {}\n\n"
            return
        if version != seen:
            seen, quiet = version, 0.0
            now, rows = await asyncio.to_thread(_since, desk, job, after)
            after = max((row.version for row in rows), default=after)
            values = {"state": as_state(desk, now), "rows": [as_row(row) for row in rows]}
            yield f"id: {after}\ndata: {json.dumps(values, ensure_ascii=False)}\n\n"
            if now.status is not Status.RUNNING:
                return
        await asyncio.sleep(POLL)
        quiet += POLL
        if quiet > KEEP_ALIVE:
            yield ": still there\n\n"
            quiet = 0.0


def _since(desk: Desk, job: Job, after: int) -> tuple[Job, list[Row]]:
    now = _now(desk, job)
    return now, desk.store.rows(job, after)  # after the state: an end is told with its last rows


def _last_event(request: Request) -> int:
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 16 else -1


def _cut(desk: Desk, job: Job, given: Cut) -> int:
    """Do what is asked; the first row that is another now."""
    match given.do:
        case "join":
            desk.cutting.join(job, given.position)
        case "part":
            desk.cutting.part(job, given.position, given.french, given.english)
        case "turn":
            desk.cutting.turn(job, given.position, given.kind)
        case "undo":
            return desk.cutting.undo(job)
        case "redo":
            return desk.cutting.redo(job)
    return given.position


def _settings(text: str) -> dict[str, Any]:
    """The settings of an article that is the whole body of its request."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HTTPException(422, 'settings is a JSON object: {"furniture": "skip"}')
    return found
