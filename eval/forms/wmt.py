"""WMT's files: SGML (`.sgm`, until 2020) and XML (since), with the documents of the segments.

SGML is no XML: marks of its text may be bare (`&`), and attributes without quotes.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from eval.forms.base import Request, Role, Rows, rows
from eval.forms.xml import one_line, parse, tag_of
from translate.errors import InputError

_TAG = re.compile(r"<(/?)(doc|seg|hl|p|srcset|refset|tstset)\b([^<>]*)>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
_ENTITY = re.compile("|".join(_ENTITIES))
_ELEMENT = {Role.SOURCE: "src", Role.REFERENCE: "ref", Role.HYPOTHESIS: "hyp"}
#: The attribute that says whose text an element holds.
_WHOSE = {Role.SOURCE: "lang", Role.REFERENCE: "translator", Role.HYPOTHESIS: "system"}


def read_sgm(request: Request) -> Rows:
    """Each `<seg>` with the `docid` it stands in; `#SYSTEM` where a file has several."""
    found = list(_segments(request))
    if not found:
        raise InputError(f"{request.name} has no <seg>: no SGML of WMT")
    systems = list(dict.fromkeys(system for system, _, _ in found))
    wanted = _choose(request, systems, "system")
    kept = [(document, text) for system, document, text in found if system == wanted]
    documents = [document for document, _ in kept]
    return rows((text for _, text in kept), documents if all(documents) else ())


def _segments(request: Request) -> Iterator[tuple[str, str, str]]:
    """System, document and text of each segment, in one pass over the tags."""
    document = system = ""
    begin = None
    for tag in _TAG.finditer(request.text):
        closing, name = tag[1], tag[2].lower()
        if name == "doc" and not closing:
            attributes = _attributes(tag[3])
            document, system = attributes.get("docid", ""), attributes.get("sysid", "")
        elif name == "seg" and not closing:
            _refuse_open(request, begin)
            begin = tag.end()
        elif name == "seg" and begin is not None:
            yield system, document, _unescaped(" ".join(request.text[begin : tag.start()].split()))
            begin = None
    _refuse_open(request, begin)


def _refuse_open(request: Request, begin: int | None) -> None:
    if begin is not None:
        line = request.text.count("\n", 0, begin) + 1
        raise InputError(f"{request.name} line {line}: a <seg> without its </seg>")


def _attributes(text: str) -> dict[str, str]:
    return {
        match[1].lower(): match[2] or match[3] or match[4] or ""
        for match in _ATTRIBUTE.finditer(text)
    }


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], text)


def read_wmt_xml(request: Request) -> Rows:
    """The `src`, `ref` or `hyp` of each document; `#NAME` chooses the translator or system."""
    documents = [
        element for element in parse(request, "dataset").iter() if tag_of(element) == "doc"
    ]
    name, whose = _ELEMENT[request.role], _WHOSE[request.role]
    sides = [[side for side in document if tag_of(side) == name] for document in documents]
    names = list(dict.fromkeys(side.get(whose, "") for found in sides for side in found))
    if not names:
        raise InputError(f"{request.name} has no <{name}>: it holds another side")
    wanted = _choose(request, names, whose)
    texts, articles = [], []
    for document, found in zip(documents, sides, strict=True):
        for segment in _of(request, document, found, whose, wanted):
            texts.append(one_line(segment))
            articles.append(document.get("id", ""))
    return rows(texts, articles if all(articles) else ())


def _of(
    request: Request, document: Element, found: list[Element], whose: str, wanted: str
) -> Iterator[Element]:
    """The segments of the wanted side of a document."""
    for side in found:
        if side.get(whose, "") == wanted:
            return (element for element in side.iter() if tag_of(element) == "seg")
    raise InputError(
        f"{request.name}: document {document.get('id')!r} has nothing of {whose} {wanted!r}"
    )


def _choose(request: Request, names: list[str], whose: str) -> str:
    """The one of several that is wanted; InputError names them where that is not said."""
    if request.column in names:
        return request.column
    if len(names) == 1 and not request.column:
        return names[0]
    asked = f"no {whose} {request.column!r}" if request.column else f"{len(names)} of {whose}"
    raise InputError(f"{request.name} has {asked}: choose one with #NAME ({', '.join(names)})")
