"""Original OPUS-MT releases: Marian's own files, in a zip or a folder, made a CTranslate2 folder.

A release holds `decoder.yml`, the weights (`*.npz`), a vocabulary (`*.yml`) and the SentencePiece
models (https://github.com/Helsinki-NLP/OPUS-MT-train). CTranslate2's own converter reads them.
"""

import shutil
import zipfile
from pathlib import Path

from translate.engines.folder import SENTENCEPIECE
from translate.errors import ModelError

DECODER = "decoder.yml"
#: What a release may hold at most: the largest published are below 2 GB.
LARGEST_BYTES = 8_000_000_000
_ENDINGS = (".yml", ".npz", ".spm", ".md")
_LICENCE = "LICENSE"


def is_release(source: Path) -> bool:
    """Whether a path is a zip, or a folder with Marian's `decoder.yml`."""
    return source.suffix == ".zip" or (source / DECODER).is_file()


def convert_release(source: Path, folder: Path) -> None:
    """Make a CTranslate2 folder (float32) of a release; ModelError where it is none."""
    unpacked = folder.with_name(f"{folder.name}-release")
    unpacked.mkdir(parents=True)
    try:
        if source.is_dir():
            release = source
        else:
            _unpack(source, unpacked)
            release = unpacked
        _convert(source, release, folder)
    finally:
        shutil.rmtree(unpacked, ignore_errors=True)


def _convert(source: Path, release: Path, folder: Path) -> None:
    missing = [name for name in (DECODER, *SENTENCEPIECE) if not (release / name).is_file()]
    if missing:
        bpe = "; releases with BPE are not supported" if (release / "source.bpe").exists() else ""
        raise ModelError(
            f"{source} is no OPUS-MT release: it lacks {', '.join(missing)}{bpe}; there are also "
            "models of the hub, for example Helsinki-NLP/opus-mt-fr-en"
        )
    from translate.engines.ct2 import convert_release as convert  # slow to import

    try:
        convert(release, folder)
    except FileNotFoundError as error:
        raise ModelError(f"{source} lacks {error.filename}, which {DECODER} names") from error
    except ValueError as error:
        raise ModelError(f"CTranslate2 cannot convert {source} ({error}): get it again") from error
    for name in (*SENTENCEPIECE, "README.md", _LICENCE):
        if (release / name).is_file():
            shutil.copyfile(release / name, folder / name)


def licence_of(folder: Path) -> str | None:
    """`CC-BY-4.0` where a release says so in its LICENSE, else None."""
    path = folder / _LICENCE
    if not path.is_file():
        return None
    head = path.read_text(encoding="utf-8", errors="replace")[:2000]
    return "CC-BY-4.0" if "Attribution 4.0 International" in head else None


def _unpack(source: Path, folder: Path) -> None:
    """The files of a zip that a release has, by their names alone."""
    try:
        with zipfile.ZipFile(source) as archive:
            members = [one for one in archive.infolist() if not one.is_dir()]
            if sum(one.file_size for one in members) > LARGEST_BYTES:
                raise ModelError(f"{source} is too large for an OPUS-MT release when unpacked")
            for one in members:
                name = Path(one.filename.replace("\\", "/")).name
                if name.endswith((*_ENDINGS, ".bpe")) or name == _LICENCE:
                    with archive.open(one) as data, (folder / name).open("wb") as copy:
                        shutil.copyfileobj(data, copy)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise ModelError(f"{source} cannot be unpacked ({error}): get it again") from error
