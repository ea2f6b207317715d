"""What an error looks like over HTTP: `{"error": "one line"}` with its status, on every route."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from translate.errors import DepecheError
from ui.lane import BusyError

T = TypeVar("T")


class LeftError(Exception):
    """The client is gone: nobody waits for an answer."""


async def while_there(request: Request, work: Awaitable[T]) -> T:
    """What the work gives; it is cancelled, and LeftError raised, when the client goes away."""
    working = asyncio.ensure_future(work)
    leaving = asyncio.ensure_future(_gone(request))
    try:
        await asyncio.wait((working, leaving), return_when=asyncio.FIRST_COMPLETED)
        if working.done():
            return working.result()
        raise LeftError
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)  # after it, nothing runs


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def add_to(app: FastAPI) -> None:
    """Let an application answer so."""
    app.add_exception_handler(DepecheError, _unusable)
    app.add_exception_handler(BusyError, _busy)
    app.add_exception_handler(LeftError, _left)
    app.add_exception_handler(RequestValidationError, _malformed)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(Exception, _broken)


def error(message: str, status: int, **headers: str) -> JSONResponse:
    """An error as an answer."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return JSONResponse({"error": message}, status, named)


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """An ASGI application for addresses that do not exist."""
    await error("there is nothing here", 404)(scope, receive, send)


async def _unusable(_: Request, fault: Exception) -> JSONResponse:
    return error(str(fault), 422)


async def _busy(_: Request, fault: Exception) -> JSONResponse:
    return error(str(fault), 429, retry_after=str(BusyError.retry_after))


async def _left(_: Request, fault: Exception) -> JSONResponse:
    return error("the client went away", 499)


async def _malformed(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, RequestValidationError)
    return error("; ".join(_problem(one) for one in fault.errors()[:3]), 422)


def _problem(found: Any) -> str:
    """Where and what; never what was given, which may be anything."""
    where = ".".join(str(part) for part in found["loc"] if part != "body") or "the body"
    return f"{where.encode('ascii', 'replace').decode()}: {found['msg']}"


async def _refused(_: Request, fault: Exception) -> JSONResponse:
    assert isinstance(fault, HTTPException)
    return error(str(fault.detail), fault.status_code, **(fault.headers or {}))


async def _broken(_: Request, fault: Exception) -> JSONResponse:
    return error("internal error; the server's log says more", 500)
