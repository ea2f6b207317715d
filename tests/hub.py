"""A hub on loopback: the protocol of huggingface.co as its client speaks it, and its bad days.

GET  /api/models/ORG/NAME[/revision/REV]     what a revision is made of
GET  /api/models/ORG/NAME/tree/REV           its files
HEAD /ORG/NAME/resolve/REV/FILE              checksum and size; large files (LFS) redirect
GET  /cdn/FILE                               their content, also a range of it
"""

import hashlib
import json
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

COMMIT = hashlib.sha1(b"the only commit", usedforsecurity=False).hexdigest()
#: Files from this size on are in LFS.
LFS_FROM = 100_000


@dataclass
class FakeHub:
    """One repository with a branch `main` and a tag `v1`, and how the hub behaves."""

    model: str
    folder: Path
    address: str = ""
    requests: list[str] = field(default_factory=list)
    with_token: list[str] = field(default_factory=list)
    cuts: list[int] = field(default_factory=list)  # bytes of each next answer with weights
    statuses: list[int] = field(default_factory=list)  # of each next answer with weights
    refusal: tuple[int, str] | None = None  # status and X-Error-Code of the API's answers
    page: str = ""  # what a proxy answers instead of the API
    stall: float = 0.0  # seconds that the next answer with weights stands still, once
    pause: float = 0.0  # seconds between the pieces of an answer
    spoilt: str = ""  # the file that is changed on the way
    ranges: bool = True

    def content(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def siblings(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for path in sorted(self.folder.iterdir()):
            data = path.read_bytes()
            row: dict[str, object] = {
                "rfilename": path.name,
                "size": len(data),
                "blobId": git(data),
            }
            if len(data) >= LFS_FROM:
                row["lfs"] = {"sha256": sha256(data), "size": len(data), "pointerSize": 134}
            rows.append(row)
        return rows

    def tree(self) -> list[dict[str, object]]:
        rows: list[dict[str, object]] = []
        for path in sorted(self.folder.iterdir()):
            data = path.read_bytes()
            row = {"type": "file", "path": path.name, "size": len(data), "oid": git(data)}
            if len(data) >= LFS_FROM:
                row["lfs"] = {"oid": sha256(data), "size": len(data), "pointerSize": 134}
            rows.append(row)
        return rows


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def git(data: bytes) -> str:
    """Git's object id of a file."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


@contextmanager
def serving(hub: FakeHub) -> Iterator[FakeHub]:
    """The hub at `hub.address` until the block ends."""

    class Handler(_Handler):
        served = hub

    server = _Server(("127.0.0.1", 0), Handler)
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is a part of the tests; all else is said."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    served: FakeHub
    protocol_version = "HTTP/1.1"

    def log_message(self, *args: object) -> None:
        """Say nothing: `requests` has it."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        hub, path = self.served, unquote(urlsplit(self.path).path)
        wanted = self.headers.get("Range", "")
        hub.requests.append(f"{self.command} {path} {wanted}".strip())
        if "Authorization" in self.headers:
            hub.with_token.append(path)
        if path.startswith("/api/models/"):
            self._api(path.removeprefix("/api/models/"))
        elif path.startswith("/cdn/"):
            self._cdn(path.removeprefix("/cdn/"), wanted)
        elif found := re.fullmatch(rf"/{re.escape(hub.model)}/resolve/([^/]+)/(.+)", path):
            self._resolve(found[1], found[2])
        else:
            self._refuse(404, "RepoNotFound")

    def _api(self, path: str) -> None:
        hub = self.served
        if hub.page:
            self._send(200, hub.page.encode(), {"Content-Type": "text/html"})
        elif hub.refusal:
            self._refuse(*hub.refusal)
        elif not path.startswith(hub.model):
            self._refuse(401, "RepoNotFound")
        elif path.rsplit("/", 1)[1] not in (hub.model.split("/")[1], "main", "v1", COMMIT):
            self._refuse(404, "RevisionNotFound")
        elif "/tree/" in path:
            self._json(hub.tree())
        else:
            self._json({"id": hub.model, "sha": COMMIT, "siblings": hub.siblings()})

    def _resolve(self, revision: str, name: str) -> None:
        if revision not in ("main", "v1", COMMIT):
            return self._refuse(404, "RevisionNotFound")
        if not (self.served.folder / name).is_file():
            return self._refuse(404, "EntryNotFound")
        data = self.served.content(name)
        headers = {"X-Repo-Commit": COMMIT, "ETag": f'"{git(data)}"'}
        if len(data) < LFS_FROM:
            return self._send(200, self._on_the_way(name, data), headers)
        headers |= {"X-Linked-Etag": f'"{sha256(data)}"', "X-Linked-Size": str(len(data))}
        elsewhere = self.served.address.replace("127.0.0.1", "localhost")
        return self._send(302, b"", {**headers, "Location": f"{elsewhere}/cdn/{name}"})

    def _cdn(self, name: str, wanted: str) -> None:
        hub, weights = self.served, name.startswith(("model", "pytorch_model"))
        if weights and hub.statuses:
            status = hub.statuses.pop(0)
            return self._send(status, b"", {"Retry-After": "3"} if status == 429 else {})
        data, status, headers = self._on_the_way(name, hub.content(name)), 200, {}
        if wanted and hub.ranges:
            start = int(wanted.removeprefix("bytes=").removesuffix("-"))
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            data, status = data[start:], 206
        return self._send(status, data, headers, hub.cuts.pop(0) if weights and hub.cuts else None)

    def _on_the_way(self, name: str, data: bytes) -> bytes:
        return data[:-1] + bytes([data[-1] ^ 1]) if name == self.served.spoilt else data

    def _json(self, value: object) -> None:
        self._send(200, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def _refuse(self, status: int, code: str) -> None:
        self._send(status, b"", {"X-Error-Code": code} if code else {})

    def _send(
        self, status: int, body: bytes, headers: dict[str, str], cut: int | None = None
    ) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(body))}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        body = body if cut is None else body[:cut]
        for start in range(0, len(body), 1 << 16):
            self.wfile.write(body[start : start + (1 << 16)])
            if start and self.served.stall and "/cdn/model" in self.path:
                stall, self.served.stall = self.served.stall, 0.0
                time.sleep(stall)
            time.sleep(self.served.pause)
        if cut is not None:
            self.close_connection = True
