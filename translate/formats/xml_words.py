"""XML of other programs: read safely, its words with the elements inside them as codes."""

import io
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import TYPE_CHECKING, Any

import regex

from translate.errors import InputError
from translate.formats.base import Words

if TYPE_CHECKING:
    from lxml.etree import _Element, _ElementTree

#: A code of a unit: how it stands ("open", "close", "single") and the element it came from.
Code = tuple[str, Any]
#: Whether the words of an element inside a sentence belong to the sentence.
Encloses = Callable[["_Element"], bool]

#: Elements that begin and end a stretch of words without holding it (TMX, XLIFF).
_SPANS = {"bpt": "ept", "bx": "ex", "sc": "ec"}
_UNWRITABLE = regex.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def parse_xml(data: bytes, name: str) -> "_ElementTree[_Element]":
    """The tree of a file; no entity is expanded, nothing is fetched, depth and size are bounded.

    InputError says what is wrong, and where.
    """
    from lxml import etree

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, strip_cdata=False
    )
    try:
        tree = etree.ElementTree(etree.fromstring(data, parser))
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name} is no well-formed XML ({error.msg}); mend it") from None
    except ValueError as error:
        raise InputError(f"{name} cannot be read as XML ({error}); mend it") from None
    _refuse_entities(tree, name)
    return tree


def units_of(data: bytes, name: str, *, root: str, unit: str) -> Iterator["_Element"]:
    """The elements of a name one after the other, of a file that is too large for a tree.

    As safe as `parse_xml`; an element is emptied when the next one is asked for.
    """
    from lxml import etree

    events = etree.iterparse(
        io.BytesIO(data),
        ("start", "end"),
        tag=(root, unit),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
    )
    try:
        _, first = next(events, ("", None))
        if first is None or local_name(first) != root:
            raise InputError(f"{name} is no {root.upper()}: its root is not <{root}>")
        _refuse_entities(first.getroottree(), name)
        for event, element in events:
            if event == "end" and element is not first:
                yield element
                _forget(element)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{name} is no well-formed XML ({error.msg}); mend it") from None


def _forget(element: "_Element") -> None:
    """Empty an element that was read and drop those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _refuse_entities(tree: "_ElementTree[_Element]", name: str) -> None:
    subset = tree.docinfo.internalDTD
    if subset is not None and any(True for _ in subset.iterentities()):
        raise InputError(f"{name} declares entities, which are not read; write them out")


def serialised(tree: "_ElementTree[_Element]") -> bytes:
    """The file of a tree, in UTF-8."""
    from lxml import etree

    alone = ' standalone="yes"' if tree.docinfo.standalone else ""
    body: bytes = etree.tostring(tree, encoding="UTF-8", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"{alone}?>\n'.encode() + body + b"\n"


def local_name(element: "_Element") -> str:
    """The name of an element without its namespace; empty for comments and instructions."""
    from lxml import etree

    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def words_of(element: "_Element", encloses: Encloses) -> Words[Code]:
    """The words of an element; elements inside are codes, with or without their own words."""
    words: Words[Code] = Words()
    _gather(element, encloses, words)
    return words


def _gather(element: "_Element", encloses: Encloses, words: Words[Code]) -> None:
    words.add(element.text or "")
    ends = _ends(element)
    numbers: dict[_Element, int] = {}
    for child in element:
        if local_name(child) and encloses(child):
            number = words.open(("open", child))
            _gather(child, encloses, words)
            words.close(number, ("close", child))
        elif child in ends:
            numbers[ends[child]] = words.open(("single", child))
        elif child in numbers:
            words.close(numbers[child], ("single", child))
        elif _is_break(child):
            words.line_break(("single", child))
        else:
            words.single(("single", child))
        words.add(child.tail or "")


def _is_break(element: "_Element") -> bool:
    """Whether a line ends: `br` of HTML, and what XLIFF 1.2 and 2 call a line break."""
    kinds = (element.get("ctype"), element.get("subType"))
    return local_name(element) == "br" or "lb" in kinds or "xlf:lb" in kinds


def _ends(element: "_Element") -> dict["_Element", "_Element"]:
    """Children that begin a stretch of words, with those that end it: `bpt` and `ept`."""
    found: dict[_Element, _Element] = {}
    waiting: list[_Element] = []
    for child in element:
        name = local_name(child)
        if name in _SPANS:
            waiting.append(child)
        elif name in _SPANS.values() and waiting and _belong(waiting[-1], child):
            found[waiting.pop()] = child
    return found


def _belong(begin: "_Element", end: "_Element") -> bool:
    mark = next((begin.get(name) for name in ("i", "rid", "id") if begin.get(name)), None)
    other = next((end.get(name) for name in ("i", "rid", "startRef", "id") if end.get(name)), None)
    return _SPANS[local_name(begin)] == local_name(end) and mark == other


def set_words(element: "_Element", words: Words[Code], text: str) -> None:
    """Give an element a text, with the elements that its codes stand for."""
    empty(element)
    open_elements = [element]
    for piece in words.written(text):
        inside = open_elements[-1]
        if isinstance(piece, str):
            _append(inside, writable(piece))
            continue
        how, original = piece
        if how == "close":
            if len(open_elements) > 1:
                open_elements.pop()
            continue
        copy = deepcopy(original)
        copy.tail = None
        inside.append(copy)
        if how == "open":
            empty(copy)
            open_elements.append(copy)


def empty(element: "_Element") -> None:
    """Take all out of an element that is in it; its attributes and its tail stay."""
    del element[:]
    element.text = None


def writable(text: str) -> str:
    """A text without the characters that XML cannot hold."""
    return _UNWRITABLE.sub("", text)


def _append(element: "_Element", text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text
