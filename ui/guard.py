"""Who may come in and how much they may bring: one ASGI layer around pages, API and Gradio.

Gradio's own `auth` covers only its own routes, so that the desk asks here, once, for all of them.
"""

import asyncio
import base64
import binascii
import hmac
import logging
import secrets
from collections.abc import Iterable
from http import HTTPStatus
from http.cookies import CookieError, SimpleCookie
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ui.options import LOOPBACK, Options, is_password

COOKIE = "depeche_browser"
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

_log = logging.getLogger(__name__)


class _TooLargeError(Exception):
    """The body grew over the limit while it was read."""


class Guard:
    """Checks, in order: the host, the user, the origin, the size; adds the security headers.

    A browser gets a random id as a cookie; it is all that tells one's articles from another's.
    """

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._options = options
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an ASGI call."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # the desk has no web sockets
        headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
        refused = (
            self._wrong_host(headers)
            or await self._wrong_user(headers)
            or self._wrong_origin(scope, headers)
            or self._too_large(headers)
        )
        browser = browser_id(headers.get("cookie", ""))
        fresh = secrets.token_urlsafe(24) if browser is None else None
        scope["depeche_browser"] = browser or fresh
        answer = self._sender(send, self._cookie(fresh, scope))
        if refused:
            await _refuse(answer, *refused)
            return
        try:
            await self._app(scope, self._limited(receive), answer)
        except _TooLargeError:
            await _refuse(answer, *self._over_limit())

    def _wrong_host(self, headers: dict[str, str]) -> tuple[HTTPStatus, str] | None:
        """A page elsewhere may point its own name at 127.0.0.1 (DNS rebinding): refuse the name."""
        options = self._options
        if not options.is_local or options.root_path or options.users:
            return None
        host = urlsplit(f"//{headers.get('host', '')}").hostname
        if host in LOOPBACK:
            return None
        return HTTPStatus.MISDIRECTED_REQUEST, (
            f"this desk answers to {', '.join(LOOPBACK)} only; start it with --auth or --root-path "
            "behind a proxy"
        )

    async def _wrong_user(self, headers: dict[str, str]) -> tuple[HTTPStatus, str] | None:
        if not self._options.users:
            return None
        given = headers.get("authorization", "")
        mark = hmac.digest(self._key, given.encode(), "sha256")
        if mark in self._known:
            return None
        name, password = _credentials(given)
        hashed = self._options.users.get(name, "")
        right = bool(hashed) and await asyncio.to_thread(is_password, password, hashed)
        if right:
            self._known.add(mark)
            return None
        if given:
            _log.warning("a wrong user name or password was given")
        return HTTPStatus.UNAUTHORIZED, "a user name and a password are needed"

    def _wrong_origin(self, scope: Scope, headers: dict[str, str]) -> tuple[HTTPStatus, str] | None:
        """A page of another site must not write here with this browser's cookie."""
        if scope["method"] in _SAFE_METHODS:
            return None
        site = headers.get("sec-fetch-site")
        origin = headers.get("origin")
        foreign = (
            site not in ("same-origin", "none")
            if site is not None
            else origin is not None and urlsplit(origin).netloc != headers.get("host")
        )
        return (HTTPStatus.FORBIDDEN, "requests from other sites are refused") if foreign else None

    def _too_large(self, headers: dict[str, str]) -> tuple[HTTPStatus, str] | None:
        length = headers.get("content-length", "0")
        fits = length.isdigit() and int(length) <= self._options.max_upload
        return None if fits else self._over_limit()

    def _over_limit(self) -> tuple[HTTPStatus, str]:
        limit = self._options.max_upload
        return (
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            f"too large: this desk takes {limit:,} bytes at most",
        )

    def _limited(self, receive: Receive) -> Receive:
        read = 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._options.max_upload:
                raise _TooLargeError
            return message

        return limited

    def _sender(self, send: Send, extra: Iterable[tuple[bytes, bytes]]) -> Send:
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
        value = f"{COOKIE}={fresh}; Path={path}; Max-Age=31536000; HttpOnly; SameSite=Strict"
        return [(b"set-cookie", f"{value}{secure}".encode())]


def browser_id(cookie: str) -> str | None:
    """The id that a browser sent; None where it has none that we could have given."""
    try:
        found = SimpleCookie(cookie).get(COOKIE)
    except CookieError:
        return None
    value = found.value if found else ""
    return value if len(value) == 32 and value.replace("-", "").replace("_", "").isalnum() else None


def _credentials(given: str) -> tuple[str, str]:
    scheme, _, encoded = given.partition(" ")
    if scheme.lower() != "basic":
        return "", ""
    try:
        name, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return "", ""
    return name, password


async def _refuse(send: Send, status: HTTPStatus, message: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    if status is HTTPStatus.UNAUTHORIZED:
        headers.append((b"www-authenticate", b'Basic realm="Depeche", charset="UTF-8"'))
    await send({"type": "http.response.start", "status": status.value, "headers": headers})
    await send({"type": "http.response.body", "body": f"{message}\n".encode()})
