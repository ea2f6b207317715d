"""What articles and files are called: whatever strangers bring, as one short line."""

from translate.document import Document, Kind
from translate.notation import markup

#: Characters of a title or a file name that are kept.
MAX_NAME = 120


def title_of(document: Document) -> str:
    """The headline of an article, or its first words."""
    for kind in (Kind.TITLE, Kind.HEADING, Kind.PARAGRAPH):
        for block in document.blocks:
            if block.kind is kind:
                return one_line(markup.without_codes(document.of(block)))
    return one_line(markup.without_codes(document.text))


def file_name(name: str) -> str:
    """An untrusted file name without its folders.

    >>> file_name("C:\\\\papers\\\\../article.txt")
    'article.txt'
    """
    return one_line(name.replace("\\", "/").rsplit("/", 1)[-1])


def one_line(text: str) -> str:
    """A text as one short line without control characters."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text[: 8 * MAX_NAME])
    return " ".join(printable.split())[:MAX_NAME].strip(". ") or "article"
