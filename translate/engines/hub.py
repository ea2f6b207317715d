"""Models of the hub: from its local cache, or downloaded where that is asked for."""

from collections.abc import Callable
from pathlib import Path

from translate.engines.folder import CARD_FILES, CHOICES, OPTIONAL_FILES, TOKENIZER_FILES, WEIGHTS
from translate.errors import ModelError

#: `download(repo_id, revision, allow_patterns, local_only) -> folder`; OSError where it cannot.
Download = Callable[[str, str | None, tuple[str, ...], bool], Path]


def from_hub(model: str, revision: str | None, download: Download) -> Path:
    """The snapshot in the local cache where it is whole, else from the hub.

    Asking the cache first keeps starts quick and private: no request once a model is there.
    """
    files = (*TOKENIZER_FILES, *OPTIONAL_FILES, *CARD_FILES)
    try:
        folder = download(model, revision, (*files, *WEIGHTS), True)
        if all((folder / file).is_file() for file in TOKENIZER_FILES) and any(
            (folder / file).is_file() for file in WEIGHTS
        ):
            return folder
    except (OSError, ValueError):
        pass  # not in the cache (or only a part of it): the hub is asked
    try:
        for weights in WEIGHTS:  # PyTorch's format only where there is no safetensors file
            folder = download(model, revision, (*files, weights), False)
            if (folder / weights).is_file():
                break
    except (OSError, ValueError) as error:
        at = f" at revision '{revision}'" if revision else ""
        raise ModelError(
            f"cannot get '{model}'{at} ({type(error).__name__}): it is not in the local cache, and "
            f"the hub is offline or does not know it; a model is {CHOICES}"
        ) from error
    return folder


def snapshot(model: str, revision: str | None, patterns: tuple[str, ...], local: bool) -> Path:
    """`huggingface_hub.snapshot_download`, its errors turned into OSError where they are not."""
    import huggingface_hub  # slow to import, and the built-in model never needs it
    from httpx import HTTPError
    from huggingface_hub.errors import RevisionResolutionError

    try:
        return Path(
            huggingface_hub.snapshot_download(
                model, revision=revision, allow_patterns=list(patterns), local_files_only=local
            )
        )
    except (HTTPError, RevisionResolutionError) as error:
        raise OSError(str(error)) from error
