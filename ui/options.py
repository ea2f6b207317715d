"""How the desk is served: address, limits, who may come in."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from translate.errors import InputError, UsageError
from translate.folders import data_folder

#: scrypt's cost (RFC 7914): 16 MB a try; OWASP's least for N=2^14 is r=8, p=5.
_N, _R, _P = 2**14, 8, 5
LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Options:
    """Everything `depeche ui` can be told; lengths in characters, sizes in bytes."""

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    models: tuple[str, ...] = ("builtin",)  # what users may choose from, the usual one first
    engine: str = "auto"
    workers: int = 2
    max_article: int = 400_000
    max_upload: int = 4_000_000
    terms: Path | None = None  # for every article of this desk; a file in `data` unless given
    memories: tuple[Path, ...] = ()  # the first one is written into
    users: dict[str, str] = field(default_factory=dict)  # name -> hashed password
    admins: frozenset[str] = frozenset()  # of the users, those who may change the desk's models
    data: Path = field(default_factory=data_folder)

    @property
    def is_local(self) -> bool:
        """Whether only this machine can reach the desk."""
        return self.host in LOOPBACK

    @property
    def is_own(self) -> bool:
        """Whether whoever comes in sits at this machine: no network, no proxy, no users."""
        return self.is_local and not self.root_path and not self.users


def hash_password(password: str) -> str:
    """A password as it stands in a password file: scrypt with its own salt."""
    salt = secrets.token_bytes(16)
    return f"scrypt${_N}${_R}${_P}${salt.hex()}${_scrypt(password, salt, _N, _R, _P).hex()}"


def is_password(password: str, hashed: str) -> bool:
    """Whether this is the password of a hash; takes the same time whichever it is."""
    _, n, r, p, salt, wanted = hashed.split("$")
    found = _scrypt(password, bytes.fromhex(salt), int(n), int(r), int(p))
    return hmac.compare_digest(found, bytes.fromhex(wanted))


def users_from(auth: Iterable[str], password_file: Path | None) -> dict[str, str]:
    """Who may come in: `user:password` from the command line, `user:hash` lines from a file."""
    users = {}
    for entry in auth:
        name, colon, password = entry.partition(":")
        if not (name and colon and password):
            raise UsageError("--auth takes user:password, both of them not empty")
        users[name] = hash_password(password)
    for number, line in enumerate(_lines(password_file), start=1):
        name, _, hashed = line.partition(":")
        if not name or not _is_hash(hashed):
            raise UsageError(
                f"line {number} of {password_file} is not user:scrypt$...; "
                "make one with `depeche ui --hash-password USER`"
            )
        users[name] = hashed
    return users


def _lines(path: Path | None) -> list[str]:
    if path is None:
        return []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read the password file {path}: {error}") from None
    found = [line.strip() for line in lines if line.strip() and not line.startswith("#")]
    if not found:
        raise UsageError(f"{path} has no user; make one with `depeche ui --hash-password USER`")
    return found


def _is_hash(hashed: str) -> bool:
    parts = hashed.split("$")
    if len(parts) != 6 or parts[0] != "scrypt":
        return False
    try:
        numbers = [int(part) for part in parts[1:4]]
        bytes.fromhex(parts[4]), bytes.fromhex(parts[5])
    except ValueError:
        return False
    return all(number > 0 for number in numbers)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int) -> bytes:
    return hashlib.scrypt(password.encode(), salt=salt, n=n, r=r, p=p, maxmem=256 * n * r, dklen=32)
