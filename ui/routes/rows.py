"""The routes of a row: edits, comments, its history, and the engine asked again."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from ui.answers import while_there
from ui.desk import Desk
from ui.records import Job, Made, Row, StaleError
from ui.routes.asked import Position, TheArticle, TheDesk, User, there
from ui.views import as_comment, as_row, detail, past

router = APIRouter(prefix="/desk/jobs/{job_id}/rows/{position}", include_in_schema=False)


class Change(BaseModel, extra="forbid"):
    """What a translator did to a row; `english: null` takes the edit back.

    `version` is that of the row which the translator saw: 409 where it has another one by now.
    """

    english: str | None = None
    confirmed: bool | None = None
    made: Literal["edit", "alternative", "copied", "draft", "memory"] = "edit"
    version: int | None = None


class Note(BaseModel, extra="forbid"):
    """A comment on a row."""

    text: str = Field(min_length=1, max_length=2_000, pattern=r"\S")


@router.get("")
def row(desk: TheDesk, job: TheArticle, position: Position) -> dict[str, Any]:
    """A row with the other hypotheses."""
    return detail(there(desk.store.row(job, position)))


@router.patch("")
def edit(
    desk: TheDesk, job: TheArticle, user: User, position: Position, change: Change
) -> JSONResponse:
    """Write what the translator wrote, or that the row is good."""
    changed: Row | None = None
    since = change.version
    try:
        if "english" in change.model_fields_set:
            made = Made(change.made)
            changed = there(
                desk.edit(job, position, change.english, made=made, since=since, who=user)
            )
            since = changed.version
        if change.confirmed is not None:
            changed = there(desk.confirm(job, position, change.confirmed, since=since, who=user))
    except StaleError as error:
        return stale(desk, job, position, error)
    return JSONResponse(as_row(there(changed)))


def stale(desk: Desk, job: Job, position: int, error: StaleError) -> JSONResponse:
    """The row as it is now, to a writer who saw an earlier one."""
    row = as_row(there(desk.store.row(job, position)))
    return JSONResponse({"error": str(error), "row": row}, status_code=409)


@router.get("/comments")
def comments(desk: TheDesk, job: TheArticle, position: Position) -> list[dict[str, Any]]:
    """What was noted about a row."""
    return [as_comment(one) for one in desk.store.comments(job, position)]


@router.post("/comments")
def comment(
    desk: TheDesk, job: TheArticle, user: User, position: Position, given: Note
) -> list[dict[str, Any]]:
    """Note something about a row."""
    there(desk.store.row(job, position))
    desk.store.add_comment(job, position, given.text.strip(), user)
    return comments(desk, job, position)


@router.delete("/comments/{number}")
def remove_comment(
    desk: TheDesk,
    job: TheArticle,
    position: Position,
    number: Annotated[int, Path(ge=0, lt=2**53)],
) -> list[dict[str, Any]]:
    """Delete what was noted."""
    desk.store.remove_comment(job, position, number)
    return comments(desk, job, position)


@router.get("/history")
def history(desk: TheDesk, job: TheArticle, position: Position) -> list[dict[str, Any]]:
    """What a row was before."""
    return [past(at, row) for at, row in desk.store.history(job, position)]


@router.post("/restore")
def restore(
    desk: TheDesk,
    job: TheArticle,
    user: User,
    position: Position,
    to: Annotated[int, Body(embed=True)],
    version: Annotated[int | None, Body(embed=True)] = None,
) -> JSONResponse:
    """Make a row what it was."""
    try:
        row = desk.restore(job, position, to, since=version, who=user)
    except StaleError as error:
        return stale(desk, job, position, error)
    return JSONResponse(detail(there(row)))


@router.post("/again")
async def again(
    request: Request,
    desk: TheDesk,
    job: TheArticle,
    user: User,
    position: Position,
    french: Annotated[str, Body(embed=True)],
) -> Any:
    """Translate a corrected French sentence."""
    work = desk.lanes.sentences.run(desk.again, job, position, french, user)
    try:
        return detail(there(await while_there(request, work)))
    except StaleError as error:
        return await run_in_threadpool(stale, desk, job, position, error)


@router.post("/complete")
async def complete(
    request: Request,
    desk: TheDesk,
    job: TheArticle,
    position: Position,
    prefix: Annotated[str, Body(embed=True, max_length=5_000)],
) -> list[str]:
    """The sentence again, with other words from where the translator stands."""
    work = desk.lanes.sentences.run(desk.complete, job, position, prefix)
    sentences = await while_there(request, work)
    if sentences is None:
        raise HTTPException(404, "there is no such French sentence")
    return list(sentences)
