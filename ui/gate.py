"""Which addresses exist: ours, and those few of Gradio's that its page and its client need.

Gradio brings routes that read, take, fetch and write files, edit the program and watch its users.
None of them is needed here, and what a later Gradio adds is closed until it stands in this list.
"""

import contextlib

import regex
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: The plain API, with its methods; the page's own routes are below /desk/.
API = {
    "/health": "GET",
    "/openapi.json": "GET",
    "/segment": "POST",
    "/translate": "POST",
    "/evaluate": "POST",
}
#: Read by the page or by `gradio_client`.
READ = (
    "/",
    r"/config/?",
    r"/theme\.css",
    r"/(?:static|assets)/.+",
    r"/(?:robots\.txt|manifest\.json)",
    r"/gradio_api/info/?",
    r"/gradio_api/queue/data",
    r"/gradio_api/call/[^/]+/[^/]+",
    r"/gradio_api/heartbeat/[^/]+",
    r"/gradio_api/startup-events",
)
#: Written to: a call of a function of the page, and taking it back.
WRITE = (r"/gradio_api/queue/join", r"/gradio_api/call/[^/]+/?", r"/gradio_api/cancel")

_READABLE, _WRITABLE = (regex.compile("|".join(part)) for part in (READ, WRITE))


def is_open(method: str, path: str) -> bool:
    """Whether anything may answer here.

    >>> is_open("GET", "/config"), is_open("GET", "/gradio_api/file=/etc/passwd")
    (True, False)
    """
    if path in API or path.startswith("/desk/"):
        return True
    allowed = {"GET": _READABLE, "HEAD": _READABLE, "POST": _WRITABLE}.get(method)
    return allowed is not None and allowed.fullmatch(path) is not None


class Gate:
    """An ASGI layer: 404 for every address that is not open, HEAD for every one that is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an ASGI call."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = refused(scope["method"], scope["path"].removeprefix(scope.get("root_path", "")))
        if refusal:
            await refusal(scope, receive, send)
        elif scope["method"] == "HEAD":
            with contextlib.suppress(_ToldError):
                await self._app({**scope, "method": "GET"}, receive, _head_only(send))
        else:
            await self._app(scope, receive, send)


def refused(method: str, path: str) -> JSONResponse | None:
    """What is said where nothing answers; None where something does."""
    if not is_open(method, path):
        return JSONResponse({"error": "there is nothing here"}, 404)
    allowed = API.get(path, method)
    if method == allowed or (method, allowed) == ("HEAD", "GET"):
        return None
    return JSONResponse({"error": f"{path} answers to {allowed}"}, 405, {"allow": allowed})


class _ToldError(Exception):
    """The head of the answer is out; a stream need not go on."""


def _head_only(send: Send) -> Send:
    async def sender(message: Message) -> None:
        if message["type"] == "http.response.start":
            await send(message)
            await send({"type": "http.response.body", "body": b""})
            raise _ToldError

    return sender
