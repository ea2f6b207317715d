"""Files of segments: plain text, TSV, JSONL, TMX, XLIFF and article pairs.

A file is named `PATH` or `PATH#COLUMN`; the column is a TSV column (number or heading), a JSONL
field, a TMX language, or `source`/`target` of an XLIFF file. `.gz` is unpacked.
"""

import codecs
import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from translate.errors import InputError, UsageError


class Role(StrEnum):
    """What a file is read as; it decides the default column."""

    SOURCE = "source"
    REFERENCE = "reference"
    HYPOTHESIS = "hypothesis"


@dataclass(frozen=True, slots=True)
class _Request:
    """A decoded file with what is wanted of it."""

    name: str
    text: str
    column: str
    role: Role


ARTICLE_SUFFIXES = (".txt", ".md")
#: File name ending -> key of READERS.
SUFFIXES: Mapping[str, str] = {
    ".tsv": "tsv",
    ".jsonl": "jsonl",
    ".tmx": "tmx",
    ".xlf": "xliff",
    ".xliff": "xliff",
}

#: The field of a JSONL object that holds the text, tried in this order.
JSONL_FIELDS: Mapping[Role, tuple[str, ...]] = {
    Role.SOURCE: ("source", "src", "fr"),
    Role.REFERENCE: ("reference", "ref", "target", "en"),
    Role.HYPOTHESIS: ("hypothesis", "hyp", "translation", "target", "en"),
}

#: Inline elements that hold native code, not text (TMX 1.4b, XLIFF 1.2 and 2.0).
_CODE = frozenset({"bpt", "ept", "it", "ph", "ut", "x", "bx", "ex", "sc", "ec", "cp"})


def read_segments(
    spec: str, role: Role = Role.HYPOTHESIS, *, form: str | None = None
) -> tuple[str, ...]:
    """The segments of the file that `spec` names, in order, without white space at their ends.

    >>> read_segments("system.tsv#2")  # doctest: +SKIP
    ('The Senate voted on Tuesday.', ...)

    Raises InputError for a file that is missing, empty, binary, broken or lacks the column;
    UsageError for an unknown `form` (a key of READERS; None goes by the file's name).
    """
    path, column = split_spec(spec)
    path = resolve_article(path, role)
    if form not in (None, *READERS):
        raise UsageError(f"unknown file form {form!r}; known are {', '.join(READERS)}")
    return _segments(_Request(str(path), _decode(path), column, role), form or form_of(path))


def segments_in(data: bytes, name: str, role: Role = Role.HYPOTHESIS) -> tuple[str, ...]:
    """The segments of a file that is at hand, as `read_segments`; its name tells its form.

    >>> segments_in("Oui.\\nNon.\\n".encode(), "system.txt")
    ('Oui.', 'Non.')
    """
    form = SUFFIXES.get(Path(name).suffix.lower(), "plain")
    return _segments(_Request(name, _text(data, name), "", role), form)


def _segments(request: _Request, form: str) -> tuple[str, ...]:
    segments = tuple(segment.strip() for segment in READERS[form](request))
    if not any(segments):
        raise InputError(f"{request.name} holds no text: nothing to score")
    return segments


def split_spec(spec: str) -> tuple[Path, str]:
    """`data.tsv#2` -> (`data.tsv`, `2`); a file whose name holds a `#` is taken as it is."""
    if "#" in spec and not Path(spec).exists():
        name, _, column = spec.rpartition("#")
        return Path(name), column
    return Path(spec), ""


def form_of(path: Path) -> str:
    """The form that a file's name speaks for; an article where its other language lies beside."""
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    return SUFFIXES.get(suffix) or ("plain" if article_partner(path) is None else "article")


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
    try:
        data = path.read_bytes()
        if path.suffix == ".gz":
            data = gzip.decompress(data)
    except FileNotFoundError:
        raise InputError(f"{path} does not exist: give the path of a file") from None
    except IsADirectoryError:
        raise InputError(
            f"{path} is a folder: give a file (folders go to `depeche eval run`)"
        ) from None
    except (EOFError, zlib.error, gzip.BadGzipFile):
        raise InputError(f"{path} is not a whole gzip file: unpack or copy it again") from None
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror}") from None
    return _text(data, str(path))


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


def _lines(text: str) -> list[str]:
    r"""Lines end at \n only, as in sacreBLEU; U+2028 and the like are part of a segment."""
    return text.removesuffix("\n").split("\n")


def read_plain(request: _Request) -> list[str]:
    """One segment a line; an empty line is an empty segment."""
    _refuse_column(request)
    return _lines(request.text)


def read_article(request: _Request) -> list[str]:
    """Each line with a letter or figure: a title, a paragraph, a list item, a caption."""
    _refuse_column(request)
    return [line for line in _lines(request.text) if has_words(line)]


def has_words(line: str) -> bool:
    """Whether a line of an article is a segment; blank lines and lone marks are not."""
    return any(letter.isalnum() for letter in line)


def _refuse_column(request: _Request) -> None:
    if request.column:
        raise UsageError(
            f"{request.name} has no columns: give the path without #{request.column}, "
            "or name the form (--format tsv)"
        )


def read_tsv(request: _Request) -> list[str]:
    """One column of a table; a column named by its heading skips the first line."""
    rows = [line.rstrip("\r").split("\t") for line in _lines(request.text)]
    width = len(rows[0])
    for number, row in enumerate(rows, start=1):
        if len(row) != width:
            raise InputError(
                f"{request.name} line {number} has {len(row)} columns, the first line {width}: "
                "a tab too many or too few"
            )
    index, first = _tsv_column(request, rows[0])
    return [row[index] for row in rows[first:]]


def _tsv_column(request: _Request, head: list[str]) -> tuple[int, int]:
    """The index of the wanted column and of the first row of data."""
    if request.column.isascii() and request.column.isdigit():
        if not 1 <= int(request.column) <= len(head):
            raise InputError(f"{request.name} has columns 1 to {len(head)}, not {request.column}")
        return int(request.column) - 1, 0
    if request.column in head:
        return head.index(request.column), 1
    if not request.column and len(head) == 1:
        return 0, 0
    asked = f"no column {request.column!r}" if request.column else f"{len(head)} columns"
    raise InputError(
        f"{request.name} has {asked}: choose one, {request.name}#NUMBER (1 to {len(head)}) "
        "or #HEADING"
    )


def read_jsonl(request: _Request) -> list[str]:
    """One text field of the JSON object on each line."""
    fields = (request.column,) if request.column else JSONL_FIELDS[request.role]
    return [
        _jsonl_field(f"{request.name} line {number}", line, fields)
        for number, line in enumerate(_lines(request.text), start=1)
    ]


def _jsonl_field(where: str, line: str, fields: tuple[str, ...]) -> str:
    try:
        value = json.loads(line)
    except json.JSONDecodeError as error:
        raise InputError(f"{where} is not JSON ({error.msg}): one object a line") from None
    if not isinstance(value, dict):
        raise InputError(f"{where} is no JSON object: one object a line")
    for field in fields:
        if field in value:
            return _jsonl_text(where, field, value[field])
    present = ", ".join(map(str, value)) or "none"
    raise InputError(f"{where} has no field {' or '.join(fields)} (it has {present}): use #FIELD")


def _jsonl_text(where: str, field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"{where}: field {field!r} is {type(value).__name__}, not a string")
    return value


def read_tmx(request: _Request) -> list[str]:
    """The variant of each translation unit in one language (default: fr or en by role)."""
    root = _xml(request, "tmx")
    language = request.column or ("fr" if request.role is Role.SOURCE else "en")
    units = [unit for unit in root.iter() if _tag(unit) == "tu"]
    return [
        _tmx_variant(f"{request.name} unit {number}", unit, language.lower())
        for number, unit in enumerate(units, start=1)
    ]


def _tmx_variant(where: str, unit: Element, language: str) -> str:
    found: list[str] = []
    for variant in (child for child in unit if _tag(child) == "tuv"):
        code = variant.get("{http://www.w3.org/XML/1998/namespace}lang", variant.get("lang", ""))
        found.append(code)
        if language in (code.lower(), re.split("[-_]", code.lower())[0]):
            segments = [child for child in variant if _tag(child) == "seg"]
            return _one_line(segments[0]) if segments else ""
    languages = ", ".join(found) or "none"
    raise InputError(f"{where} has no language {language!r} (it has {languages}): use #LANGUAGE")


def read_xliff(request: _Request) -> list[str]:
    """Sources or targets of an XLIFF 1.2 or 2.x file, one a trans-unit or segment."""
    root = _xml(request, "xliff")
    version = root.get("version", "")
    unit = {"1": "trans-unit", "2": "segment"}.get(version.split(".")[0])
    if unit is None:
        raise InputError(f"{request.name} is XLIFF {version or 'without a version'}: 1.2 or 2.x")
    side = request.column or ("source" if request.role is Role.SOURCE else "target")
    if side not in ("source", "target"):
        raise UsageError(f"{request.name}: an XLIFF file has #source and #target, not #{side}")
    texts = []
    for number, element in enumerate((e for e in root.iter() if _tag(e) == unit), start=1):
        sides = [child for child in element if _tag(child) == side]
        if not sides:
            raise InputError(f"{request.name} {unit} {number} has no {side}: translate it first")
        texts.append(_one_line(sides[0]))
    return texts


def _xml(request: _Request, root: str) -> Element:
    """The root element; declared entities are refused, a document type is not loaded."""
    from defusedxml import DefusedXmlException, ElementTree

    try:
        element: Element = ElementTree.fromstring(request.text)
    except ParseError as error:
        raise InputError(f"{request.name} is not well-formed XML: {error}") from None
    except DefusedXmlException:
        raise InputError(
            f"{request.name} declares entities: expand them, they are not read"
        ) from None
    if _tag(element) != root:
        raise InputError(f"{request.name} is <{_tag(element)}>, not <{root}>: another kind of file")
    return element


def _tag(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _one_line(element: Element) -> str:
    """The text of a segment without inline codes, on one line."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _tag(child) not in _CODE:
            yield from _texts(child)
        yield child.tail or ""


READERS: Mapping[str, Callable[[_Request], list[str]]] = {
    "plain": read_plain,
    "article": read_article,
    "tsv": read_tsv,
    "jsonl": read_jsonl,
    "tmx": read_tmx,
    "xliff": read_xliff,
}
