"""A browser's random id: all that tells one's articles from another's.

It is signed with a key of the desk, so that nobody can make another's browser use an id that he
knows. The key lies in the data folder: the ids outlive a restart.
"""

import base64
import hmac
import secrets
from http.cookies import CookieError, SimpleCookie
from pathlib import Path

from translate.errors import OutputError

COOKIE = "depeche_browser"
_KEY_BYTES = 32


class Browsers:
    """Makes and knows the ids of browsers."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def new(self) -> str:
        """A fresh id."""
        return secrets.token_urlsafe(24)

    def cookie(self, browser: str) -> str:
        """The value of the cookie that holds an id."""
        return f"{browser}.{self._signature(browser)}"

    def known(self, cookies: str) -> str | None:
        """The id in the cookies of a request; None where it has none that this desk gave."""
        try:
            found = SimpleCookie(cookies).get(COOKIE)
        except CookieError:
            return None
        browser, _, signature = (found.value if found else "").partition(".")
        given = signature.encode("ascii", "replace")
        right = hmac.compare_digest(given, self._signature(browser).encode())
        return browser if right else None

    def _signature(self, browser: str) -> str:
        found = hmac.digest(self._key, browser.encode("utf-8", "replace"), "sha256")
        return base64.urlsafe_b64encode(found).decode().rstrip("=")


def read_key(path: Path) -> bytes:
    """The desk's key, made where there is none yet; for its owner's eyes only."""
    try:
        path.touch(mode=0o600)
        key = path.read_bytes()
        if not key:
            key = secrets.token_bytes(_KEY_BYTES)
            path.write_bytes(key)
    except OSError as error:
        raise OutputError(
            f"the desk's key {path} cannot be read or made ({error.strerror}); choose another "
            "folder with DEPECHE_DATA"
        ) from None
    if len(key) != _KEY_BYTES:
        raise OutputError(f"the desk's key {path} is damaged; remove it, a new one is made")
    return key
