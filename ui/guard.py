"""Who may come in and how much they may bring: one ASGI layer around pages, API and Gradio.

Gradio's own `auth` covers only its own routes, so that the desk asks here, once, for all of them.
"""

import asyncio
import json
import math
from dataclasses import dataclass, field
from http import HTTPStatus
from urllib.parse import urlsplit

import regex
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.browsers import COOKIE, Browsers, read_key
from ui.lane import BusyError
from ui.options import LOOPBACK, Options
from ui.users import Users, WaitError

#: Gradio's page has inline scripts and styles and compiles its templates; everything else, from
#: pictures to connections, comes from this server or not at all.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
_HEADERS = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)
_SAFE_METHODS = ("GET", "HEAD", "OPTIONS")

#: A name or an address, in brackets where it is IPv6, and a port (RFC 9110, 7.2).
_HOST = regex.compile(r"(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?")

#: Seconds that the next part of a body may take.
PATIENCE = 60.0

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not let in."""

    status: HTTPStatus
    message: str
    headers: dict[str, str] = field(default_factory=dict)


class Guard:
    """Checks, in order: the host, the user, the origin, the size; adds the security headers.

    A browser gets a random id as a cookie (`browsers.py`).
    """

    def __init__(self, app: ASGIApp, options: Options, *, patience: float = PATIENCE) -> None:
        self._app = app
        self._options = options
        self._patience = patience
        self._users = Users(options.users)
        self._browsers = Browsers(read_key(options.data / "browsers.key"))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an ASGI call."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # the desk has no web sockets
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        browser = self._browsers.known(headers.get("cookie", ""))
        fresh = self._browsers.new() if browser is None else None
        scope["depeche_browser"] = browser or fresh
        answer = self._sender(send, self._cookie(fresh, scope))
        refusal = (
            self._wrong_host(headers)
            or await self._wrong_user(scope, headers)
            or _wrong_origin(scope, headers)
            or self._too_large(headers)
        )
        if refusal:
            await _refuse(answer, refusal)
        else:
            await self._app(scope, self._limited(receive), answer)

    def _wrong_host(self, headers: Headers) -> Refusal | None:
        """A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding): refuse the name."""
        options, host = self._options, headers.get("host", "")
        if host and not _HOST.fullmatch(host):
            return Refusal(HTTPStatus.BAD_REQUEST, "the Host header is not the name of a host")
        if not options.is_local or options.root_path or options.users:
            return None
        if urlsplit(f"//{host}").hostname in LOOPBACK:
            return None
        return Refusal(
            HTTPStatus.MISDIRECTED_REQUEST,
            f"this desk answers to {', '.join(LOOPBACK)} only; start it with --auth or --root-path "
            "behind a proxy",
        )

    async def _wrong_user(self, scope: Scope, headers: Headers) -> Refusal | None:
        address = (scope.get("client") or ("", 0))[0]
        try:
            given = headers.get("authorization", "")
            if await self._users.may_enter(given, address):
                scope["depeche_user"] = self._users.name_of(given)
                return None
        except WaitError as error:
            return _later(str(error), error.seconds)
        except BusyError as error:
            return _later(str(error), error.retry_after)
        basic = {"www-authenticate": 'Basic realm="Depeche", charset="UTF-8"'}
        return Refusal(HTTPStatus.UNAUTHORIZED, "a user name and a password are needed", basic)

    def _too_large(self, headers: Headers) -> Refusal | None:
        length = headers.get("content-length", "0")
        fits = length.isascii() and length.isdigit() and int(length) <= self._options.max_upload
        return None if fits else Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._limit())

    def _limit(self) -> str:
        return f"too large: this desk takes {self._options.max_upload:,} bytes at most"

    def _limited(self, receive: Receive) -> Receive:
        """For a body whose length is not told beforehand, or that never ends."""
        read, ended = 0, False

        async def limited() -> Message:
            nonlocal read, ended
            message = await (receive() if ended else self._in_time(receive))
            read += len(message.get("body", b""))
            ended = not message.get("more_body", False)
            if read > self._options.max_upload:
                raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, self._limit())
            return message

        return limited

    async def _in_time(self, receive: Receive) -> Message:
        try:
            return await asyncio.wait_for(receive(), self._patience)
        except TimeoutError:
            said = f"nothing came for {self._patience:g} seconds, and the body is not at its end"
            raise HTTPException(HTTPStatus.REQUEST_TIMEOUT, said) from None

    def _sender(self, send: Send, extra: list[tuple[bytes, bytes]]) -> Send:
        more = [*_HEADERS, *extra]

        async def sender(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *more]
            await send(message)

        return sender

    def _cookie(self, fresh: str | None, scope: Scope) -> list[tuple[bytes, bytes]]:
        if fresh is None:
            return []
        path = self._options.root_path or "/"
        secure = "; Secure" if scope.get("scheme") == "https" else ""
        value = f"{COOKIE}={self._browsers.cookie(fresh)}; Path={path}; Max-Age=31536000"
        return [(b"set-cookie", f"{value}; HttpOnly; SameSite=Strict{secure}".encode())]


def _wrong_origin(scope: Scope, headers: Headers) -> Refusal | None:
    """A page of another site must not write here with this browser's cookie."""
    if scope["method"] in _SAFE_METHODS:
        return None
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    foreign = (
        site not in ("same-origin", "none")
        if site is not None
        else origin is not None and origin.partition("://")[2] != headers.get("host")
    )
    if not foreign:
        return None
    return Refusal(HTTPStatus.FORBIDDEN, "requests from other sites are refused")


def _later(message: str, seconds: float) -> Refusal:
    return Refusal(
        HTTPStatus.TOO_MANY_REQUESTS, message, {"retry-after": str(max(1, math.ceil(seconds)))}
    )


async def _refuse(send: Send, refusal: Refusal) -> None:
    headers = {"content-type": "application/json", **refusal.headers}
    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    status = refusal.status.value
    await send({"type": "http.response.start", "status": status, "headers": pairs})
    body = json.dumps({"error": refusal.message}).encode()
    await send({"type": "http.response.body", "body": body})
