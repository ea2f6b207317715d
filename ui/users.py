"""Who may come in: HTTP Basic against scrypt hashes, at a pace that guessing cannot bear."""

import asyncio
import base64
import binascii
import hmac
import logging
import secrets
from collections.abc import Mapping

from ui.lane import Lane, in_thread
from ui.options import is_password
from ui.tries import Tries

_log = logging.getLogger(__name__)


class WaitError(Exception):
    """Too many wrong passwords; `seconds` until the next may be tried."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"too many wrong passwords; come again in {seconds:.0f} seconds")
        self.seconds = seconds


class Users:
    """The users of a desk. A hash takes a moment and 16 MB: a right password is hashed once."""

    def __init__(self, users: Mapping[str, str], tries: Tries | None = None) -> None:
        self._users = dict(users)
        self._tries = tries or Tries()
        self._key = secrets.token_bytes(32)
        self._known: set[bytes] = set()
        self._checks: dict[bytes, asyncio.Future[bool]] = {}
        self._lane = Lane(at_once=2, waiting=20, seconds=30, run=in_thread)
        self._nobody = like(next(iter(self._users.values()), ""))

    def name_of(self, authorization: str) -> str:
        """The user whom a header names; empty where the desk has none."""
        given = credentials(authorization) if self._users else None
        return given[0] if given else ""

    async def may_enter(self, authorization: str, address: str) -> bool:
        """Whether the header names a user with his password; WaitError, BusyError: not yet."""
        if not self._users:
            return True
        mark = hmac.digest(self._key, authorization.encode(), "sha256")
        if mark in self._known:
            return True
        given = credentials(authorization)
        if given is None:
            return False
        if mark not in self._checks:  # a browser asks for many files at once
            self._checks[mark] = asyncio.ensure_future(self._check(mark, *given, address))
            self._checks[mark].add_done_callback(lambda _: self._checks.pop(mark, None))
        return await asyncio.shield(self._checks[mark])

    async def _check(self, mark: bytes, name: str, password: str, address: str) -> bool:
        pause = self._tries.wait(address, name)
        if pause:
            raise WaitError(pause)
        self._tries.tried(address, name)
        # an unknown name takes as long as a known one
        hashed = self._users.get(name, self._nobody)
        if await self._lane.run(is_password, password, hashed) and name in self._users:
            self._tries.right(address, name)
            self._known.add(mark)
            return True
        _log.warning("a wrong user name or password was given")
        return False


def like(hashed: str) -> str:
    """A hash of the same cost that no password has."""
    parts = hashed.split("$")
    return "$".join([*parts[:4], secrets.token_hex(16), secrets.token_hex(32)])


def credentials(authorization: str) -> tuple[str, str] | None:
    """Name and password of a Basic header; None where it is none.

    >>> credentials("Basic YW5hOnM6eA==")
    ('ana', 's:x')
    """
    scheme, _, encoded = authorization.partition(" ")
    if scheme.lower() != "basic":
        return None
    try:
        name, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon else None
