"""The raised endings of French ordinals ("1er", "XXe"), which English sets on the line."""

import regex

ENDINGS = r"(?:er|re|ère|e|è?me|nde?|os?|ers|es)"
_ENDING = regex.compile(rf"{ENDINGS}\s*", regex.IGNORECASE)


def is_ordinal(text: str) -> bool:
    """Whether raised letters are the ending of an ordinal.

    >>> is_ordinal("er"), is_ordinal("2")
    (True, False)
    """
    return _ENDING.fullmatch(text) is not None
