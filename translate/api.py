"""One call from a French article to its English draft."""

import functools
from pathlib import Path

from translate import formats
from translate.document import Translation
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.engines.models import DEFAULT
from translate.files import read_bytes, write_atomically
from translate.formats import AS_IT_IS, Reading
from translate.pipeline import analyse, translate_document
from translate.settings import Settings


def translate_article(
    text: str,
    *,
    markdown: bool = False,
    model: str = DEFAULT,
    engine: str = "auto",
    settings: Settings | None = None,
) -> Translation:
    """Translate a French article; `.text` of the result is the English one.

    `model` is "builtin", an added name, a folder in Hugging Face's Marian format, or a hub id. The
    model is loaded once and kept. Raises DepecheError for an article or a model that is no use.
    """
    translator = _kept_translator(model, engine)
    return translate_document(analyse(text, markdown=markdown), translator, settings)


def translate_file(
    path: str | Path,
    out: str | Path | None = None,
    *,
    to: str | None = None,
    reading: Reading = AS_IT_IS,
    model: str = DEFAULT,
    engine: str = "auto",
    settings: Settings | None = None,
) -> Translation:
    """Translate a file into `out`: the same file with the English in its place.

    The format of `out` is that of `path`, or `to`. Without `out` nothing is written. Raises
    DepecheError; then nothing is written either.
    """
    document = formats.read(read_bytes(Path(path)), str(path), reading)
    write = formats.writer(to or formats.native_format(document))
    translation = translate_document(document, _kept_translator(model, engine), settings)
    if out is not None:
        write_atomically(Path(out), write(translation))
    return translation


@functools.lru_cache(maxsize=2)
def _kept_translator(model: str, engine: str) -> Translator:
    return load_translator(model, engine=engine)
