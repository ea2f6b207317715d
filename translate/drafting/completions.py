"""English sentences that go on from where a reviser stands."""

from translate.engines.base import Translator
from translate.errors import UsageError
from translate.notation import markup, numbers, typography
from translate.notation.quotes import QuoteStyle


def completions(
    source: str, prefix: str, translator: Translator, style: QuoteStyle, *, count: int = 5
) -> list[str]:
    """English sentences of a French one that begin with `prefix`, best first, at most `count`.

    The search is held to the words of the prefix and free from there on (Knowles and Koehn 2016,
    Neural Interactive Translation Prediction). Numbers and names are the model's own: what is
    taken is an edit, and is checked as one. Codes of markup are left out. None where the engine
    cannot be held to a prefix; UsageError where the sentence is too long for the model at once.
    """
    french = numbers.written_out(markup.without_codes(source))
    if translator.count_tokens(french) > translator.max_tokens:
        raise UsageError(
            f"the sentence is over {translator.max_tokens} tokens, too long for the model at once; "
            "translate it again as two"
        )
    found = translator.complete(french, prefix, hypotheses=count)
    finished = (typography.to_english(text, source, style) for text in found)
    return list(dict.fromkeys(finished))
