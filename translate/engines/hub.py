"""Models of the hub: from its local cache, or downloaded where that is asked for.

The files are kept in huggingface_hub's own cache, so that other programs share them. The weights
are fetched here: a download that was cut goes on where it stopped, in the next run too, and what
came is held to the hub's checksum. Needs no account; a token of the hub's client is used.
"""

import errno
import hashlib
import re
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from translate.engines.folder import (
    CARD_FILES,
    CHOICES,
    OPTIONAL_FILES,
    SHARD,
    TOKENIZER_FILES,
    WEIGHTS,
    WEIGHTS_SAID,
    check_kind,
    shard_names,
)
from translate.errors import DepecheError, ModelError, OutputError

if TYPE_CHECKING:
    from huggingface_hub.hf_api import RepoSibling

#: `report(what is there, of all)`, in bytes of the weights.
Report = Callable[[int, int], None]

#: Tries in a row that brought nothing before a download is given up.
TRIES = 5
#: The longest wait that a hub may ask for (seconds).
LONGEST_WAIT = 60.0
_SMALL = (*TOKENIZER_FILES, *OPTIONAL_FILES, *CARD_FILES)
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Hub:
    """A hub and its local cache: those that HF_ENDPOINT and HF_HOME name, unless said."""

    endpoint: str | None = None
    cache: Path | None = None
    wait: Callable[[float], None] = time.sleep
    timeout: float | None = None  # seconds without a byte; HF_HUB_DOWNLOAD_TIMEOUT unless said
    free_bytes: Callable[[Path], int] = lambda path: shutil.disk_usage(path).free

    def find(self, model: str, revision: str | None, report: Report | None = None) -> Path:
        """The folder of a model: out of the cache where it is whole, else downloaded.

        Asking the cache first keeps starts quick and private: no request once a model is there.
        Raises ModelError, and OutputError where it cannot be written.
        """
        folder = self._cached(model, revision)
        return folder or self._download(model, revision, report or (lambda done, total: None))

    def _cached(self, model: str, revision: str | None) -> Path | None:
        try:
            folder = self._snapshot(model, revision, TOKENIZER_FILES, local=True)
        except (OSError, ValueError):
            return None  # not in the cache, or a part of it only
        there = {path.name for path in folder.iterdir() if path.is_file()}
        if not there.issuperset(TOKENIZER_FILES):
            return None
        for weights in WEIGHTS:
            if weights in there and there.issuperset(shard_names(folder, weights)):
                return folder
        return None

    def _download(self, model: str, revision: str | None, report: Report) -> Path:
        from httpx2 import HTTPError  # what the hub's client raises

        at = f" at revision '{revision}'" if revision else ""
        try:
            return self._fetch_all(model, revision, report)
        except DepecheError:
            raise
        except (HTTPError, OSError, ValueError) as error:
            if full := _of_the_disk(error):
                raise OutputError(f"cannot keep '{model}' in {self._cache()}: {full}") from error
            raise ModelError(f"cannot get '{model}'{at}: {self._reason(error)}") from error

    def _fetch_all(self, model: str, revision: str | None, report: Report) -> Path:
        from huggingface_hub import HfApi, constants

        info = HfApi(endpoint=self.endpoint).model_info(
            model, revision=revision, files_metadata=True, timeout=constants.HF_HUB_ETAG_TIMEOUT
        )
        files = {file.rfilename: file for file in info.siblings or ()}
        weights = _weights(model, files)
        commit = str(info.sha)
        folder = self._snapshot(model, commit, _SMALL)
        _check(folder, files)
        check_kind(folder)
        self._fetch_weights(model, commit, [files[name] for name in weights], report)
        folder = self._snapshot(model, revision, (*_SMALL, *weights))
        _check(folder, files)
        return folder

    def _snapshot(
        self,
        model: str,
        revision: str | None,
        patterns: tuple[str, ...],
        *,
        local: bool = False,
    ) -> Path:
        """What the hub's client has, or gets, of a revision."""
        # slow to import, and the built-in model never needs it
        from huggingface_hub import snapshot_download
        from huggingface_hub.utils import disable_progress_bars, logging

        logging.set_verbosity_error()
        disable_progress_bars()
        return Path(
            snapshot_download(
                model,
                revision=revision,
                endpoint=self.endpoint,
                cache_dir=self.cache,
                allow_patterns=list(patterns),
                local_files_only=local,
            )
        )

    def _fetch_weights(
        self, model: str, commit: str, files: list["RepoSibling"], report: Report
    ) -> None:
        """Put weights where the hub's client keeps the content of files: it finds them there."""
        from filelock import FileLock
        from huggingface_hub import hf_hub_url
        from huggingface_hub.file_download import repo_folder_name

        blobs = self._cache() / repo_folder_name(repo_id=model, repo_type="model") / "blobs"
        blobs.mkdir(parents=True, exist_ok=True)
        sizes = [file.size or 0 for file in files]
        done, total = 0, sum(sizes)
        for file, size in zip(files, sizes, strict=True):
            blob = blobs / _checksum(file)
            part = blob.with_name(f"{blob.name}.part")
            with FileLock(f"{part}.lock"):
                if not blob.exists():
                    self._check_space(blobs, total - done, part)
                    url = hf_hub_url(model, file.rfilename, revision=commit, endpoint=self.endpoint)
                    self._fetch(url, part, size, partial(_add, report, done, total))
                    _check_content(part, file)
                    part.replace(blob)
            Path(f"{part}.lock").unlink(missing_ok=True)
            done += size
        report(done, total)

    def _fetch(self, url: str, part: Path, size: int, report: Callable[[int], None]) -> None:
        """Bring a file to its size, from where it stopped, over cuts and busy hubs."""
        from httpx2 import TransportError

        tries = 0
        with part.open("ab") as file:
            while file.tell() < size:
                before = file.tell()
                pause = float(2**tries)
                try:
                    for chunk in _stream(url, file, self.timeout):
                        file.write(chunk)
                        report(file.tell())
                    error: Exception = OSError("the hub sent less than it said")
                except TransportError as cut:
                    error = cut
                except _BusyError as busy:
                    error, pause = busy.answer, busy.seconds or pause
                if file.tell() > size:
                    file.truncate(0)
                tries = 0 if file.tell() > before else tries + 1
                if tries >= TRIES:
                    raise error
                if file.tell() < size:
                    self.wait(min(pause, LONGEST_WAIT))

    def _check_space(self, folder: Path, needed: int, part: Path) -> None:
        needed -= part.stat().st_size if part.exists() else 0
        free = self.free_bytes(folder)
        if free < needed:
            raise OutputError(
                f"no room in {folder}: {_mega(needed)} are needed and {_mega(free)} are free; "
                "free some, or set HF_HOME to a folder with space"
            )

    def _cache(self) -> Path:
        from huggingface_hub import constants

        return self.cache or Path(constants.HF_HUB_CACHE)

    def _reason(self, error: Exception) -> str:
        """Why a model was not had, and what to do, in words."""
        from httpx2 import TransportError
        from huggingface_hub import constants, errors

        endpoint = self.endpoint or constants.ENDPOINT
        match error:
            case errors.GatedRepoError():
                return (
                    "it is gated; accept its terms on its page at the hub, then set HF_TOKEN to "
                    "a token of that account"
                )
            case errors.RepositoryNotFoundError():
                return (
                    "the hub knows no such model, or it is private (HF_TOKEN gives access); a "
                    f"model is {CHOICES}"
                )
            case errors.RevisionNotFoundError():
                return "the hub has no such revision of it; a revision is a branch, tag or commit"
            case errors.HFValidationError():
                return f"that is no id of the hub; a model is {CHOICES}"
            case errors.OfflineModeIsEnabled():
                return (
                    "it is not in the local cache, and HF_HUB_OFFLINE keeps the program from "
                    f"asking the hub; a model is {CHOICES}"
                )
            case errors.HfHubHTTPError():
                return _of_status(error.response.status_code, endpoint)
            case TransportError():
                return (
                    f"{endpoint} does not answer or the line was cut ({_words(error)}); what came "
                    "is kept, and the same command goes on from there"
                )
            case errors.LocalEntryNotFoundError() if isinstance(error.__cause__, Exception):
                return self._reason(error.__cause__)
            case OSError():
                return f"{_words(error)}; the same command goes on where it stopped"
        return f"what answers at {endpoint} is no hub ({_words(error)}); is a proxy in between?"


class _BusyError(Exception):
    """The hub asks to wait: how long, if it says so, and the error that it is otherwise."""

    def __init__(self, answer: Exception, seconds: float | None) -> None:
        super().__init__(str(answer))
        self.answer, self.seconds = answer, seconds


def _stream(url: str, file: Any, timeout: float | None) -> Iterator[bytes]:
    """The rest of a file that is partly there; where the hub sends all of it, from the start."""
    from huggingface_hub import constants, get_session
    from huggingface_hub.errors import HfHubHTTPError
    from huggingface_hub.utils import build_hf_headers, hf_raise_for_status

    headers = {**build_hf_headers(), "Accept-Encoding": "identity"}
    if start := file.tell():
        headers["Range"] = f"bytes={start}-"
    timeout = timeout or constants.HF_HUB_DOWNLOAD_TIMEOUT
    with get_session().stream("GET", url, headers=headers, timeout=timeout) as response:
        if response.is_error:
            response.read()
        try:
            hf_raise_for_status(response)
        except HfHubHTTPError as error:
            if response.status_code in (408, 429, 500, 502, 503, 504):
                raise _BusyError(error, _seconds(response.headers.get("Retry-After"))) from error
            raise
        if start and response.status_code != 206:
            file.truncate(0)
        yield from response.iter_bytes()


def _add(report: Report, before: int, total: int, new: int) -> None:
    report(before + new, total)


def _seconds(header: str | None) -> float | None:
    return float(header) if header and re.fullmatch(r"[0-9]{1,6}", header) else None


def _weights(model: str, files: dict[str, "RepoSibling"]) -> list[str]:
    """The files of the weights; ModelError where the repository is no Marian model."""
    missing = [name for name in TOKENIZER_FILES if name not in files]
    found = next((name for name in WEIGHTS if name in files), None)
    if missing or found is None:
        lacks = ", ".join([*missing, *([] if found else [WEIGHTS_SAID])])
        raise ModelError(
            f"'{model}' is no Marian model: the repository lacks {lacks}; a model is {CHOICES}"
        )
    if not found.endswith(".index.json"):
        return [found]
    return [found, *sorted(name for name in files if re.fullmatch(SHARD, name))]


def _checksum(file: "RepoSibling") -> str:
    """What the hub calls the content: SHA-256 of a file in LFS, else Git's object id (SHA-1)."""
    found = str(file.lfs.sha256 if file.lfs else file.blob_id)
    if not re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", found):
        raise ValueError(f"no checksum of {file.rfilename}")
    return found


def _check(folder: Path, files: dict[str, "RepoSibling"]) -> None:
    """Hold every file of a snapshot to its checksum; what is damaged is not kept."""
    for path in folder.iterdir():
        if path.is_file() and path.name in files:
            _check_content(path, files[path.name])


def _check_content(path: Path, file: "RepoSibling") -> None:
    expected = _checksum(file)
    digest = hashlib.sha256() if len(expected) == 64 else hashlib.sha1(usedforsecurity=False)
    if len(expected) == 40:
        digest.update(b"blob %d\0" % path.stat().st_size)
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != expected:
        path.resolve().unlink(missing_ok=True)
        path.unlink(missing_ok=True)
        raise ModelError(
            f"{file.rfilename} came damaged (its checksum is not the hub's) and was not kept: "
            "try again; if it happens twice, something between here and the hub changes it"
        )


def _of_status(status: int, endpoint: str) -> str:
    if status == 429:
        return "the hub asks to wait (429, too many requests); try again in some minutes"
    if status >= 500:
        return f"{endpoint} is out of order ({status}); try again later"
    if status in (401, 403):
        return f"the hub refuses it ({status}); is HF_TOKEN right, and may it read this model?"
    return f"{endpoint} answered {status}; is it a hub?"


def _of_the_disk(error: BaseException) -> str | None:
    """What a full or closed disk says, where that is the cause."""
    if isinstance(error, OSError) and error.errno in (
        errno.ENOSPC,
        errno.EDQUOT,
        errno.EFBIG,
        errno.EACCES,
        errno.EROFS,
        errno.ENOTDIR,
    ):
        return f"{error.strerror}; free some, or set HF_HOME to a folder with space"
    return None


def _words(error: BaseException) -> str:
    """The first line of what an error says, else its name."""
    return (str(error).strip() or type(error).__name__).splitlines()[0][:200]


def _mega(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
