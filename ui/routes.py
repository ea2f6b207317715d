"""The page's own routes, below /desk: articles, rows, edits, the stream of a running job."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Depends, HTTPException, Path, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, JSONResponse, Response, StreamingResponse
from pydantic import BaseModel, Field

from translate import formats
from translate.notation.markup import without_codes
from translate.terms.exchange import read_terms, write_terms
from ui import annotation, exports
from ui.answers import while_there
from ui.choices import Choices, Menu
from ui.desk import Desk, Reading, file_name, one_line
from ui.examples import example_text, examples
from ui.memories import FOUND
from ui.store import Job, Made, Row, StaleError, Status
from ui.views import as_row, as_state, as_term, detail, past, said, whole

#: How often a stream looks for new rows, in seconds: quicker than the eye, one SELECT each.
POLL = 0.12
#: A comment line keeps proxies from closing a quiet stream (seconds).
KEEP_ALIVE = 15.0

#: SQLite's integers end; so do the rows of any article.
Position = Annotated[int, Path(ge=0, lt=2**31)]
After = Annotated[int, Query(ge=-1, lt=2**53)]


#: Columns or fields of a file; again for more.
Parts = Annotated[tuple[str, ...], Query(max_length=20)]


class NewArticle(BaseModel, extra="forbid"):
    """A French article from the page."""

    text: str = ""
    name: str = ""
    settings: dict[str, Any] | None = None
    #: An earlier article, whose edits are taken over, and its French where there is no text.
    previous: str | None = None


class Change(BaseModel, extra="forbid"):
    """What a translator did to a row; `english: null` takes the edit back.

    `version` is that of the row which the translator saw: 409 where it has another one by now.
    """

    english: str | None = None
    confirmed: bool | None = None
    made: Literal["edit", "alternative", "copied", "draft", "memory"] = "edit"
    version: int | None = None


class Confirmed(BaseModel, extra="forbid"):
    """Rows that were read and found good, or not after all."""

    positions: list[Annotated[int, Field(ge=0, lt=2**31)]] = Field(max_length=100_000)
    confirmed: bool


class GivenTerm(BaseModel, extra="forbid"):
    """A term with its English, several parted by "|"; `old` is the French of one to change."""

    french: str = Field(min_length=1)
    english: str = Field(min_length=1)
    old: str = ""


class Marking(BaseModel, extra="forbid"):
    """What errors are marked in: files as the page packs them, or an article of this browser."""

    files: str = ""
    article: str | None = None
    rater: str = Field(min_length=1, max_length=80)
    sample: int = Field(default=0, ge=0, lt=2**31)
    language: Literal["en", "fr"] = "en"


class Title(BaseModel, extra="forbid"):
    """Another name for an article."""

    title: str = Field(min_length=1)


def routes(desk: Desk, menu: Menu) -> APIRouter:
    """The router; `menu` is what the page may ask for."""
    router = APIRouter(prefix="/desk", include_in_schema=False)

    def owner(request: Request) -> str:
        return str(request.scope["depeche_browser"])

    def user(request: Request) -> str:
        return str(request.scope.get("depeche_user", ""))

    Owner = Annotated[str, Depends(owner)]  # noqa: N806 a type
    Who = Annotated[str, Depends(user)]  # noqa: N806 a type

    def find(job_id: str, browser: Owner) -> Job:
        job = desk.open(job_id, browser)
        if job is None:
            raise HTTPException(404, "there is no such article in this browser")
        return job

    Found = Annotated[Job, Depends(find)]  # noqa: N806 a type

    @router.get("/info")
    def info() -> dict[str, Any]:
        return {
            "models": menu.models,
            "defaults": menu.usual().as_dict(),
            "options": menu.options(),
            "examples": [asdict(example) for example in examples()],
            "max_article": desk.max_article,
            "formats": list(exports.EXPORTS),
            "endings": list(formats.ENDINGS),
        }

    @router.get("/memory")
    def concordance(words: Annotated[str, Query(max_length=500)]) -> dict[str, Any]:
        """How words were translated before: in the desk's terms and in its memories."""
        terms = list(map(as_term, desk.terms.with_words(words, FOUND)))
        return {"terms": terms, "units": [asdict(unit) for unit in desk.memories.search(words)]}

    @router.get("/terms")
    def terms() -> list[dict[str, str]]:
        return list(map(as_term, desk.terms.listed()))

    @router.put("/terms")
    def put_term(given: GivenTerm) -> list[dict[str, str]]:
        """Add a term, or change the one that is called `old`."""
        desk.terms.put(given.french, given.english, old=given.old)
        return terms()

    @router.delete("/terms")
    def remove_term(french: str) -> list[dict[str, str]]:
        desk.terms.remove(french)
        return terms()

    @router.post("/terms/import")
    async def import_terms(request: Request, name: str) -> dict[str, Any]:
        """The terms of a file, TSV, CSV or TBX; those whose French is there stay as they are."""
        work = desk.lanes.articles.run(read_terms, await request.body(), file_name(name))
        found = await while_there(request, work)
        new = await run_in_threadpool(desk.terms.add, found)
        return {"new": new, "given": len(found), "terms": terms()}

    @router.get("/terms/export/{form}")
    def export_terms(form: Literal["tsv", "csv", "tbx"]) -> Response:
        return Response(
            write_terms(desk.terms.listed(), form),
            media_type="application/octet-stream",
            headers={"content-disposition": f'attachment; filename="terms.{form}"'},
        )

    @router.get("/examples/{name}")
    def example(name: str) -> dict[str, Any]:
        text = example_text(name)
        if text is None:
            raise HTTPException(404, "there is no such example")
        return {"name": name, "text": text}

    @router.post("/files")
    async def read(request: Request, name: str = "article.txt", parts: Parts = ()) -> Any:
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
        from eval.annotate import SCRIPT

        return FileResponse(SCRIPT, media_type="text/javascript")

    @router.post("/annotation")
    async def annotate(request: Request, browser: Owner, given: Marking) -> JSONResponse:
        """The segments that the tab for marking errors shows."""
        if given.article is not None:
            job = await run_in_threadpool(find, given.article, browser)
            rows = await run_in_threadpool(desk.store.rows, job)
            items = annotation.items_of_article(job, rows)
        else:
            work = desk.lanes.scores.run(annotation.items_of_files, given.files, given.sample)
            items = await while_there(request, work)
        page = await run_in_threadpool(
            annotation.page_of, items, one_line(given.rater), given.language
        )
        return JSONResponse(page)

    @router.get("/jobs")
    def recent(browser: Owner) -> list[dict[str, Any]]:
        return [asdict(summary) for summary in desk.recent(browser)]

    @router.post("/jobs")
    async def start(request: Request, browser: Owner, new: NewArticle) -> JSONResponse:
        choices = menu.choose(new.settings or {})
        previous = find(new.previous, browser) if new.previous else None
        if previous and not new.text:
            article = await run_in_threadpool(desk.source, previous)
        else:
            markdown = new.name.lower().endswith((".md", ".markdown"))
            article = await while_there(request, desk.article(new.text, markdown=markdown))
        return await run_in_threadpool(begin, browser, new.name, article, choices, previous)

    @router.post("/jobs/file")
    async def start_file(
        request: Request, browser: Owner, name: str, settings: str = "{}", parts: Parts = ()
    ) -> JSONResponse:
        choices = menu.choose(_settings(settings))
        article = await while_there(request, desk.file(await request.body(), name, parts))
        return await run_in_threadpool(begin, browser, name, article, choices)

    def begin(
        browser: str,
        name: str,
        article: Reading,
        choices: Choices,
        previous: Job | None = None,
    ) -> JSONResponse:
        job = desk.start(browser, name, article, choices, previous=previous)
        return JSONResponse(whole(desk, job))

    @router.get("/jobs/{job_id}")
    def job(found: Found) -> JSONResponse:
        return JSONResponse(whole(desk, found))  # made in this thread: it may be long

    @router.get("/jobs/{job_id}/source")
    def source(found: Found) -> dict[str, Any]:
        """The French of an article; `whole`: as the file that it came in."""
        words = without_codes(found.document.text) if found.form else found.document.text
        return {"name": found.name, "text": words, "whole": bool(found.form)}

    @router.get("/jobs/{job_id}/rows")
    def changes(found: Found, after: After = -1) -> JSONResponse:
        """The rows that were written after a version."""
        now, rows = _since(desk, found, after)
        return JSONResponse({"state": as_state(now), "rows": [as_row(row) for row in rows]})

    @router.get("/jobs/{job_id}/terms")
    def terms_in(found: Found) -> dict[int, list[tuple[str, str]]]:
        """The French of the rows that have terms, in stretches, each with its English or none."""
        return desk.terms_in(found)

    @router.post("/jobs/{job_id}/confirmed")
    def confirmed(found: Found, who: Who, given: Confirmed) -> JSONResponse:
        rows = desk.confirm_all(found, given.positions, given.confirmed, who=who)
        return JSONResponse([as_row(row) for row in rows])

    @router.patch("/jobs/{job_id}")
    def rename(found: Found, given: Title) -> dict[str, Any]:
        desk.store.put_title(found.id, one_line(given.title))
        return as_state(desk.store.job(found.id, found.owner) or found)

    @router.delete("/jobs/{job_id}")
    def delete(found: Found) -> dict[str, bool]:
        desk.delete(found)
        return {"deleted": True}

    @router.post("/jobs/{job_id}/stop")
    def stop(found: Found) -> dict[str, Any]:
        desk.stop(found)
        return as_state(desk.store.job(found.id, found.owner) or found)

    @router.post("/jobs/{job_id}/resume")
    def resume(found: Found) -> dict[str, Any]:
        desk.resume(found)
        return as_state(desk.store.job(found.id, found.owner) or found)

    @router.get("/jobs/{job_id}/events")
    async def events(found: Found, request: Request, after: After = -1) -> StreamingResponse:
        return StreamingResponse(
            _stream(desk, found, max(after, _last_event(request))),
            media_type="text/event-stream",
            headers={"cache-control": "no-cache", "x-accel-buffering": "no"},
        )

    @router.get("/jobs/{job_id}/rows/{position}")
    def row(found: Found, position: Position) -> dict[str, Any]:
        return detail(_there(desk.store.row(found, position)))

    @router.patch("/jobs/{job_id}/rows/{position}")
    def edit(found: Found, who: Who, position: Position, change: Change) -> JSONResponse:
        changed: Row | None = None
        since = change.version
        try:
            if "english" in change.model_fields_set:
                made = Made(change.made)
                changed = _there(
                    desk.edit(found, position, change.english, made=made, since=since, who=who)
                )
                since = changed.version
            if change.confirmed is not None:
                row = desk.confirm(found, position, change.confirmed, since=since, who=who)
                changed = _there(row)
        except StaleError as error:
            return stale(found, position, error)
        return JSONResponse(as_row(_there(changed)))

    def stale(found: Job, position: int, error: StaleError) -> JSONResponse:
        row = as_row(_there(desk.store.row(found, position)))
        return JSONResponse({"error": str(error), "row": row}, status_code=409)

    @router.get("/jobs/{job_id}/rows/{position}/history")
    def history(found: Found, position: Position) -> list[dict[str, Any]]:
        return [past(at, row) for at, row in desk.store.history(found, position)]

    @router.post("/jobs/{job_id}/rows/{position}/restore")
    def restore(
        found: Found,
        who: Who,
        position: Position,
        to: Annotated[int, Body(embed=True)],
        version: Annotated[int | None, Body(embed=True)] = None,
    ) -> JSONResponse:
        try:
            row = desk.restore(found, position, to, since=version, who=who)
        except StaleError as error:
            return stale(found, position, error)
        return JSONResponse(detail(_there(row)))

    @router.post("/jobs/{job_id}/rows/{position}/again")
    async def again(
        request: Request,
        found: Found,
        who: Who,
        position: Position,
        french: Annotated[str, Body(embed=True)],
    ) -> Any:
        work = desk.lanes.sentences.run(desk.again, found, position, french, who)
        try:
            return detail(_there(await while_there(request, work)))
        except StaleError as error:
            return await run_in_threadpool(stale, found, position, error)

    @router.post("/jobs/{job_id}/rows/{position}/complete")
    async def complete(
        request: Request,
        found: Found,
        position: Position,
        prefix: Annotated[str, Body(embed=True, max_length=5_000)],
    ) -> list[str]:
        """The sentence again, with other words from where the translator stands."""
        work = desk.lanes.sentences.run(desk.complete, found, position, prefix)
        sentences = await while_there(request, work)
        if sentences is None:
            raise HTTPException(404, "there is no such French sentence")
        return list(sentences)

    @router.get("/jobs/{job_id}/reading")
    async def reading(request: Request, found: Found) -> JSONResponse:
        translation = await run_in_threadpool(desk.translation, found)
        work = desk.lanes.articles.run(exports.reading, translation)
        return JSONResponse(await while_there(request, work))

    @router.get("/jobs/{job_id}/download/{form}")
    async def download(request: Request, found: Found, form: str) -> Response:
        export = exports.export_of(form, found)
        if export is None:
            raise HTTPException(404, f"there is no format {form}; {', '.join(exports.EXPORTS)}")
        translation = await run_in_threadpool(desk.translation, found)
        work = desk.lanes.articles.run(exports.write, export, translation)
        return Response(
            await while_there(request, work),
            media_type=export.media_type,
            headers={"content-disposition": exports.disposition(found.name, found.title, export)},
        )

    return router


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
            values = {"state": as_state(now), "rows": [as_row(row) for row in rows]}
            yield f"id: {after}\ndata: {json.dumps(values, ensure_ascii=False)}\n\n"
            if now.status is not Status.RUNNING:
                return
        await asyncio.sleep(POLL)
        quiet += POLL
        if quiet > KEEP_ALIVE:
            yield ": still there\n\n"
            quiet = 0.0


def _since(desk: Desk, job: Job, after: int) -> tuple[Job, list[Row]]:
    now = desk.store.job(job.id, job.owner) or job
    return now, desk.store.rows(job, after)  # after the state: an end is told with its last rows


def _last_event(request: Request) -> int:
    last = request.headers.get("last-event-id", "")
    return int(last) if last.isascii() and last.isdigit() and len(last) < 16 else -1


def _settings(text: str) -> dict[str, Any]:
    """The settings of an article that is the whole body of its request."""
    try:
        found = json.loads(text)
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise HTTPException(422, 'settings is a JSON object: {"furniture": "skip"}')
    return found


def _there(row: Row | None) -> Row:
    if row is None:
        raise HTTPException(404, "there is no such segment, or it is not translated yet")
    return row
