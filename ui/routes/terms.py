"""The routes of the desk's terms, and how words were translated before."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import BaseModel, Field

from translate.terms.exchange import read_terms, write_terms
from ui.answers import while_there
from ui.memories import FOUND
from ui.names import file_name
from ui.routes.asked import TheDesk
from ui.views import as_term

router = APIRouter(prefix="/desk", include_in_schema=False)


class GivenTerm(BaseModel, extra="forbid"):
    """A term with its English, several parted by "|"; `old` is the French of one to change."""

    french: str = Field(min_length=1)
    english: str = Field(min_length=1)
    old: str = ""


@router.get("/memory")
def concordance(desk: TheDesk, words: Annotated[str, Query(max_length=500)]) -> dict[str, Any]:
    """How words were translated before: in the desk's terms and in its memories."""
    terms = list(map(as_term, desk.terms.with_words(words, FOUND)))
    return {"terms": terms, "units": [asdict(unit) for unit in desk.memories.search(words)]}


@router.get("/terms")
def listed(desk: TheDesk) -> list[dict[str, str]]:
    """All terms."""
    return list(map(as_term, desk.terms.listed()))


@router.put("/terms")
def put(desk: TheDesk, given: GivenTerm) -> list[dict[str, str]]:
    """Add a term, or change the one that is called `old`."""
    desk.terms.put(given.french, given.english, old=given.old)
    return listed(desk)


@router.delete("/terms")
def remove(desk: TheDesk, french: str) -> list[dict[str, str]]:
    """Remove a term by its French."""
    desk.terms.remove(french)
    return listed(desk)


@router.post("/terms/import")
async def take(request: Request, desk: TheDesk, name: str) -> dict[str, Any]:
    """The terms of a file, TSV, CSV or TBX; those whose French is there stay as they are."""
    work = desk.lanes.articles.run(read_terms, await request.body(), file_name(name))
    found = await while_there(request, work)
    new = await run_in_threadpool(desk.terms.add, found)
    return {"new": new, "given": len(found), "terms": listed(desk)}


@router.get("/terms/export/{form}")
def export(desk: TheDesk, form: Literal["tsv", "csv", "tbx"]) -> Response:
    """All terms as a file."""
    return Response(
        write_terms(desk.terms.listed(), form),
        media_type="application/octet-stream",
        headers={"content-disposition": f'attachment; filename="terms.{form}"'},
    )
