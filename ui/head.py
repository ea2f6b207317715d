"""What the page loads first, written into Gradio's HTML on its way out.

Gradio's own `head=` is put in by its script, long after the first paint: too late for the
reader's language and colours, and our files would begin to load only then.
"""

from html import escape

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Gradio takes the language of its labels from the browser; the reader's own choice goes first.
_FIRST_SCRIPT = """<script>
try {
  const chosen = /depeche_language=(fr|en)/.exec(document.cookie)?.[1];
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const theme = localStorage.getItem("depeche.theme") ?? (dark ? "dark" : "light");
  if (chosen) Object.defineProperty(navigator, "language", { get: () => chosen });
  document.documentElement.lang = navigator.language.startsWith("fr") ? "fr" : "en";
  document.documentElement.dataset.theme = theme;
} catch { /* storage is switched off: the browser's own language and colours */ }
</script>"""


def head(root_path: str) -> str:
    """The first lines of the page's head; all of it comes from this server."""
    base = escape(f"{root_path}/desk/static", quote=True)
    return (
        f'{_FIRST_SCRIPT}<link rel="stylesheet" href="{base}/desk.css">'
        f'<link rel="icon" href="{base}/icon.svg" type="image/svg+xml">'
        f'<script type="module" src="{base}/desk.js"></script>'
    )


class Head:
    """An ASGI layer that adds `head` to the HTML of `/` and leaves everything else alone."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        self._app = app
        self._head = head(root_path).encode()
        self._manifest = escape(f"{root_path}/manifest.json", quote=True).encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer an ASGI call."""
        if scope["type"] != "http" or scope["path"].rstrip("/") != scope.get("root_path", ""):
            await self._app(scope, receive, send)
            return
        # what is compressed cannot be added to
        headers = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self._app({**scope, "headers": headers}, receive, self._adding(send))

    def _adding(self, send: Send) -> Send:
        start: Message = {}
        parts: list[bytes] = []

        async def adding(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            parts.append(message.get("body", b""))
            if message.get("more_body"):
                return
            body = b"".join(parts).replace(b"<head>", b"<head>" + self._head, 1)
            # Gradio's link leaves the root path out
            body = body.replace(b'href="/manifest.json"', b'href="' + self._manifest + b'"', 1)
            headers = MutableHeaders(raw=start["headers"])
            headers["content-length"] = str(len(body))
            await send(start)
            await send({"type": "http.response.body", "body": body})

        return adding
