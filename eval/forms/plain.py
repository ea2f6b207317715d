"""Plain text: a line is a segment. What is no plain text is refused, not guessed."""

import re

from eval.forms.base import Request, Rows, lines, rows
from translate.errors import InputError

#: What begins a file whose lines are no segments, and what it is.
_MARKUP = r"\s*<(?:\?xml|!DOCTYPE|srcset|refset|tstset|dataset|mteval|html|tmx|xliff)\b"
_OTHERWISE = (
    (re.compile(_MARKUP, re.IGNORECASE), "XML, SGML or HTML"),
    (re.compile(r"\s*[{\[]\s*(?:[{\"]|$)"), "JSON"),
    (re.compile(r"%PDF-|\{\\rtf"), "a document"),
)  # fmt: skip
#: Endings of files whose lines are no segments.
_NO_LINES = frozenset(
    "json html htm xhtml docx doc odt rtf pdf xlsx xls ods parquet arrow feather yaml yml toml po "
    "pot srt vtt zip tar bz2 xz zst 7z pickle pkl npy npz ckpt".split()
)


def read_plain(request: Request) -> Rows:
    """One segment a line; an empty line is an empty segment."""
    request.refuse_column()
    return rows(lines(request.text))


def refuse_other(request: Request, suffix: str, known: str) -> None:
    """InputError for a file that would be read as plain lines and is something else."""
    found = next((what for begin, what in _OTHERWISE if begin.match(request.text)), "")
    if suffix.removeprefix(".") in _NO_LINES:
        found = found or f"a {suffix} file"
    if found:
        raise InputError(
            f"{request.name} looks like {found}, which is not read by this name: known are "
            f"{known}; --form names one, --form plain takes each line for a segment"
        )


def read_article(request: Request) -> Rows:
    """Each line with a letter or figure: a title, a paragraph, a list item, a caption."""
    request.refuse_column()
    return rows(line for line in lines(request.text) if has_words(line))


def has_words(line: str) -> bool:
    """Whether a line of an article is a segment; blank lines and lone marks are not."""
    return any(letter.isalnum() for letter in line)
