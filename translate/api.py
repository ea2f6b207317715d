"""One call from a French article to its English draft."""

import functools

from translate.document import Translation
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.engines.models import DEFAULT
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


@functools.lru_cache(maxsize=2)
def _kept_translator(model: str, engine: str) -> Translator:
    return load_translator(model, engine=engine)
