"""How to translate: what the command line, the page and the evaluation let their users choose."""

from dataclasses import dataclass
from enum import StrEnum

from translate.notation.money import CurrencyStyle
from translate.notation.quotes import QuoteStyle
from translate.terms.termbase import NO_TERMS, Termbase

#: The largest beam. Beyond it nothing but time is gained.
MAX_BEAM = 32
#: The largest beam of a served desk: one user must not take the engine for himself.
MAX_SERVED_BEAM = 8


class Furniture(StrEnum):
    """What becomes of menus, share bars and cookie notices."""

    TRANSLATE = "translate"
    KEEP = "keep"
    SKIP = "skip"


#: The values of `--furniture`, `--quotes` and `--currency-style`, of the page and of `eval run`.
FURNITURE = {value.value: value for value in Furniture}
CURRENCIES = {style.value: style for style in CurrencyStyle}
QUOTES = {style.name.lower(): style for style in QuoteStyle}


@dataclass(frozen=True, slots=True)
class Settings:
    """How to translate; part of the key of everything that is stored.

    `beam_size` hypotheses are searched and chosen from: 1 is the fastest, 4 the usual. `memories`
    are files of translation memories that are looked into.
    """

    beam_size: int = 4
    furniture: Furniture = Furniture.TRANSLATE
    quotes: QuoteStyle = QuoteStyle.AMERICAN
    terms: Termbase = NO_TERMS
    currency: CurrencyStyle = CurrencyStyle.SIGN
    memories: tuple[str, ...] = ()
