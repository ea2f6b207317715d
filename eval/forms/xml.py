"""TMX and XLIFF, and what every XML file is parsed with."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from eval.forms.base import Request, Role, Rows, rows
from translate.errors import InputError, UsageError

#: Inline elements that hold native code, not text (TMX 1.4b, XLIFF 1.2 and 2.0).
_CODE = frozenset({"bpt", "ept", "it", "ph", "ut", "x", "bx", "ex", "sc", "ec", "cp"})


def read_tmx(request: Request) -> Rows:
    """The variant of each translation unit in one language (default: fr or en by role)."""
    root = parse(request, "tmx")
    language = request.column or ("fr" if request.role is Role.SOURCE else "en")
    units = [unit for unit in root.iter() if tag_of(unit) == "tu"]
    return rows(
        _tmx_variant(f"{request.name} unit {number}", unit, language.lower())
        for number, unit in enumerate(units, start=1)
    )


def _tmx_variant(where: str, unit: Element, language: str) -> str:
    found: list[str] = []
    for variant in (child for child in unit if tag_of(child) == "tuv"):
        code = variant.get("{http://www.w3.org/XML/1998/namespace}lang", variant.get("lang", ""))
        found.append(code)
        if language in (code.lower(), re.split("[-_]", code.lower())[0]):
            segments = [child for child in variant if tag_of(child) == "seg"]
            return one_line(segments[0]) if segments else ""
    languages = ", ".join(found) or "none"
    raise InputError(f"{where} has no language {language!r} (it has {languages}): use #LANGUAGE")


def read_xliff(request: Request) -> Rows:
    """Sources or targets of an XLIFF 1.2 or 2.x file, one a trans-unit or segment."""
    root = parse(request, "xliff")
    version = root.get("version", "")
    unit = {"1": "trans-unit", "2": "segment"}.get(version.split(".")[0])
    if unit is None:
        raise InputError(f"{request.name} is XLIFF {version or 'without a version'}: 1.2 or 2.x")
    side = request.column or ("source" if request.role is Role.SOURCE else "target")
    if side not in ("source", "target"):
        raise UsageError(f"{request.name}: an XLIFF file has #source and #target, not #{side}")
    texts = []
    for number, element in enumerate((e for e in root.iter() if tag_of(e) == unit), start=1):
        sides = [child for child in element if tag_of(child) == side]
        if not sides:
            raise InputError(f"{request.name} {unit} {number} has no {side}: translate it first")
        texts.append(one_line(sides[0]))
    return rows(texts)


def parse(request: Request, root: str) -> Element:
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
    if tag_of(element) != root:
        raise InputError(
            f"{request.name} is <{tag_of(element)}>, not <{root}>: another kind of file"
        )
    return element


def tag_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def one_line(element: Element) -> str:
    """The text of a segment without inline codes, on one line."""
    return re.sub(r"[ \t\r\n]+", " ", "".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if tag_of(child) not in _CODE:
            yield from _texts(child)
        yield child.tail or ""
