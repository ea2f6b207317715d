"""How to translate: what the command line, the page and the evaluation let their users choose."""

from dataclasses import dataclass
from enum import StrEnum

from translate.notation.quotes import QuoteStyle
from translate.terms.termbase import NO_TERMS, Termbase


class Furniture(StrEnum):
    """What becomes of menus, share bars and cookie notices."""

    TRANSLATE = "translate"
    KEEP = "keep"
    SKIP = "skip"


@dataclass(frozen=True, slots=True)
class Settings:
    """How to translate; part of the key of everything that is stored.

    `beam_size` hypotheses are searched and chosen from: 1 is the fastest, 4 the usual.
    """

    beam_size: int = 4
    furniture: Furniture = Furniture.TRANSLATE
    quotes: QuoteStyle = QuoteStyle.AMERICAN
    terms: Termbase = NO_TERMS
