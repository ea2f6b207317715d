"""Files of segments, by their names: plain text, tables, JSON lines, TMX, XLIFF, WMT, articles.

A file is named `PATH` or `PATH#COLUMN`; what a column is says its form (docs/evaluation.md). `-` is
standard input, `.gz` is unpacked.
"""

import codecs
import gzip
import sys
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

from eval.forms.base import Request, Role, Rows
from eval.forms.columns import read_csv, read_tsv
from eval.forms.jsonl import read_jsonl
from eval.forms.plain import has_words, read_article, read_plain, refuse_other
from eval.forms.wmt import read_sgm, read_wmt_xml
from eval.forms.xml import read_tmx, read_xliff
from translate.errors import InputError, UsageError

__all__ = ["Role", "Rows", "has_words", "read_rows", "read_segments"]

ARTICLE_SUFFIXES = (".txt", ".md")
STDIN = "-"


def read_segments(
    spec: str, role: Role = Role.HYPOTHESIS, *, form: str | None = None
) -> tuple[str, ...]:
    """The segments of the file that `spec` names, in order, without white space at their ends.

    >>> read_segments("system.tsv#2")  # doctest: +SKIP
    ('The Senate voted on Tuesday.', ...)

    Raises as `read_rows` does; of several references the first.
    """
    return read_rows(spec, role, form=form).streams[0]


def read_rows(spec: str, role: Role = Role.HYPOTHESIS, *, form: str | None = None) -> Rows:
    """The segments of the file that `spec` names, all its references and its documents.

    Raises InputError for a file that is missing, empty, binary, broken, of another form or lacks
    the column; UsageError for an unknown `form` (a key of READERS; None goes by the file's name).
    """
    path, column = split_spec(spec)
    path = resolve_article(path, role)
    if form not in (None, *READERS):
        raise UsageError(f"unknown file form {form!r}; known are {', '.join(READERS)}")
    request = Request(name_of(path), _decode(path), column, role)
    return _rows(request, form or form_of(path), guessed=form is None)


def segments_in(data: bytes, name: str, role: Role = Role.HYPOTHESIS) -> tuple[str, ...]:
    """The segments of a file that is at hand, as `read_segments`; its name tells its form.

    >>> segments_in("Oui.\\nNon.\\n".encode(), "system.txt")
    ('Oui.', 'Non.')
    """
    request = Request(name, _text(data, name), "", role)
    return _rows(request, FORMS.get(_suffix(Path(name)), "plain"), guessed=True).streams[0]


def _rows(request: Request, form: str, *, guessed: bool) -> Rows:
    if guessed and form in ("plain", "article"):
        refuse_other(request, _suffix(Path(request.name)), ", ".join(FORMS))
    found = READERS[form](request)
    if not any(map(any, found.streams)):
        raise InputError(f"{request.name} holds no text: nothing to score")
    return found


def split_spec(spec: str) -> tuple[Path, str]:
    """`data.tsv#2` -> (`data.tsv`, `2`); a file whose name holds a `#` is taken as it is."""
    if "#" in spec and not Path(spec).exists():
        name, _, column = spec.rpartition("#")
        return Path(name), column
    return Path(spec), ""


def name_of(path: Path) -> str:
    """What messages call a file."""
    return "standard input" if str(path) == STDIN else str(path)


def form_of(path: Path) -> str:
    """The form that a file's name speaks for; an article where its other language lies beside."""
    known = FORMS.get(_suffix(path))
    return known or ("plain" if article_partner(path) is None else "article")


def _suffix(path: Path) -> str:
    return Path(path.name.removesuffix(".gz")).suffix.lower()


def article_partner(path: Path) -> Path | None:
    """`NAME.txt` for `NAME.en.txt` and the other way round (or `.md`), if it is there."""
    if path.suffix not in ARTICLE_SUFFIXES:
        return None
    english = path.stem.endswith(".en")
    stem = path.stem.removesuffix(".en") if english else f"{path.stem}.en"
    partner = path.with_name(stem + path.suffix)
    return partner if partner.is_file() else None


def resolve_article(path: Path, role: Role) -> Path:
    """`examples/NAME` stands for `NAME.txt` as a source and `NAME.en.txt` as a reference."""
    middle = "" if role is Role.SOURCE else ".en"
    if path.exists():
        return path
    articles = [path.with_name(path.name + middle + suffix) for suffix in ARTICLE_SUFFIXES]
    return next((article for article in articles if article.is_file()), path)


def _decode(path: Path) -> str:
    """The text of a file; InputError says what keeps it from being text."""
    name = name_of(path)
    try:
        data = sys.stdin.buffer.read() if str(path) == STDIN else path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except FileNotFoundError:
        raise InputError(f"{name} does not exist: give the path of a file") from None
    except IsADirectoryError:
        raise InputError(
            f"{name} is a folder: give a file (folders go to `depeche eval run`)"
        ) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{name} is not a whole gzip file: unpack or copy it again") from None
    except OSError as error:
        raise InputError(f"{name} cannot be read: {error.strerror}") from None
    return _text(data, name)


def _text(data: bytes, name: str) -> str:
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{name} is not UTF-8 (byte {error.start}): convert it first") from None
    if "\0" in text:
        raise InputError(f"{name} is a binary file: give text, one segment a line")
    if not text.strip():
        raise InputError(f"{name} is empty: give text, one segment a line")
    return text


READERS: Mapping[str, Callable[[Request], Rows]] = {
    "plain": read_plain,
    "article": read_article,
    "tsv": read_tsv,
    "csv": read_csv,
    "jsonl": read_jsonl,
    "tmx": read_tmx,
    "xliff": read_xliff,
    "sgm": read_sgm,
    "wmt": read_wmt_xml,
}
#: Ending -> form.
FORMS: Mapping[str, str] = {
    ".tsv": "tsv",
    ".csv": "csv",
    ".json": "jsonl",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
    ".sgm": "sgm",
    ".sgml": "sgm",
    ".xml": "wmt",
}
