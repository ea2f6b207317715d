"""JSON: an object a line, or an array of them.

Flat fields, Hugging Face's `translation`, lists of references.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from eval.forms.base import Request, Role, Rows, lines
from translate.errors import InputError

#: The field of an object that holds the text, tried in this order; a dot goes into an object.
FIELDS: Mapping[Role, tuple[str, ...]] = {
    Role.SOURCE: ("source", "src", "fr", "translation.fr"),
    Role.REFERENCE: ("reference", "references", "ref", "refs", "target", "en", "translation.en"),
    Role.HYPOTHESIS: (
        *("hypothesis", "hyp", "mt", "translation", "target", "en", "translation.en"),
    ),
}
#: The field that names the document of a segment.
_DOCUMENTS = ("doc_id", "document_id", "docid", "document", "doc")
_MISSING = object()
_WANTED = "one object a line, or one array of objects"


def read_jsonl(request: Request) -> Rows:
    """One text of each object; a list of texts is several references."""
    fields = (request.column,) if request.column else FIELDS[request.role]
    found, articles = [], []
    unit = "entry" if _is_array(request.text) else "line"
    for where, value in _objects(request):
        found.append(_texts(where, value, fields, request.role))
        articles.append(_document(value))
    if not found:
        raise InputError(f"{request.name} holds no objects: {_WANTED}")
    width = len(found[0])
    for number, texts in enumerate(found, start=1):
        if len(texts) != width:
            raise InputError(
                f"{request.name} {unit} {number} has {len(texts)} references, "
                f"the first {unit} {width}"
            )
    streams = tuple(tuple(text.strip() for text in stream) for stream in zip(*found, strict=True))
    return Rows(streams, tuple(articles) if all(articles) else ())


def _is_array(text: str) -> bool:
    return text.lstrip().startswith("[")


def _objects(request: Request) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each object of the file, with what messages call its place."""
    if _is_array(request.text):
        values = enumerate(_loads(request.name, request.text), start=1)
        places = [(f"{request.name} entry {number}", value) for number, value in values]
    else:
        rows = enumerate(lines(request.text), start=1)
        named = ((f"{request.name} line {number}", line) for number, line in rows)
        places = [(where, _loads(where, line)) for where, line in named]
    for where, value in places:
        if not isinstance(value, dict):
            raise InputError(f"{where} is no JSON object: {_WANTED}")
        yield where, value


def _loads(where: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        deep = isinstance(error, RecursionError)
        reason = "nested too deeply" if deep else getattr(error, "msg", "a number is too long")
        raise InputError(f"{where} is not JSON ({reason}): {_WANTED}") from None


def _texts(where: str, value: dict[str, Any], fields: tuple[str, ...], role: Role) -> list[str]:
    for field in fields:
        found = _get(value, field)
        if found is _MISSING or (isinstance(found, dict) and len(fields) > 1):
            continue
        if isinstance(found, list) and role is Role.REFERENCE and found:
            return [_text(where, field, one) for one in found]
        return [_text(where, field, found)]
    present = ", ".join(map(str, value)) or "none"
    raise InputError(f"{where} has no field {' or '.join(fields)} (it has {present}): use #FIELD")


def _get(value: Any, field: str) -> Any:
    """A field by its name, or by a path with dots."""
    if isinstance(value, dict) and field in value:
        return value[field]
    name, dot, rest = field.partition(".")
    return (
        _get(value[name], rest) if dot and isinstance(value, dict) and name in value else _MISSING
    )


def _text(where: str, field: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InputError(f"{where}: field {field!r} is {type(value).__name__}, not a string")
    return value


def _document(value: dict[str, Any]) -> str:
    found = next((value[field] for field in _DOCUMENTS if field in value), "")
    return str(found) if isinstance(found, str | int) else ""
