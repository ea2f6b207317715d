"""The article of a web page, without what stands around it, as Markdown.

trafilatura finds it. Its own Markdown makes the head of a table of a caption, drops what stands
under pictures and the `>` of quotations, so that it is written here, of its elements.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import regex

from translate.document import Document
from translate.errors import InputError
from translate.formats.encodings import decode
from translate.formats.lines import begins_line
from translate.notation.markup import RAISED
from translate.pipeline import analyse

if TYPE_CHECKING:
    from lxml.etree import _Element

#: What stands around marked words: emphasis by trafilatura's `rend`, struck words by their name.
_MARKS = {"#b": "**", "#i": "*", "#t": "`", "del": "~~"}
#: Raised and lowered figures, for which Markdown has no marks: m², CO₂, a note¹.
_FIGURES = {
    "#sup": str.maketrans("0123456789", RAISED),
    "#sub": str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"),
}
_BLOCKS = frozenset("head p quote list item table graphic code div".split())
_BLANKS = regex.compile(r"\s+")
#: White space around marked words, which stands outside their marks.
_EDGES = regex.compile(r"(\s*)(.*?)(\s*)", regex.DOTALL)


def read(data: bytes, name: str) -> Document:
    """The main article of a page; InputError where none can be told from it."""
    import trafilatura

    found = decode(data, name)
    page = trafilatura.load_html(found.text)
    if page is not None:
        _show_captions(page)
    article: Any = page is not None and trafilatura.bare_extraction(
        page,
        include_links=True,
        include_formatting=True,
        include_images=True,
        include_comments=False,
        target_language=None,
    )
    try:
        text = as_markdown(article.body) if article else ""
    except RecursionError:
        raise InputError(f"{name} has an article nested too deeply; drop --article") from None
    if not text.strip():
        raise InputError(f"{name} has no article that can be told from its page; drop --article")
    title = getattr(trafilatura.extract_metadata(found.text), "title", None)
    if title and title not in text:
        text = f"# {title}\n\n{text}"
    return replace(analyse(text + "\n", markdown=True), findings=found.findings)


def _show_captions(page: "_Element") -> None:
    """What stands under pictures and over tables as paragraphs: trafilatura drops captions."""
    for caption in list(page.iter("figcaption", "caption")):
        table = caption.getparent() if caption.tag == "caption" else None
        caption.tag = "p"
        if table is not None:
            table.addprevious(caption)


def as_markdown(body: "_Element") -> str:
    """What trafilatura has found (head, p, quote, list, table, graphic, hi, ref, lb), written."""
    return "\n\n".join(_blocks(body))


def _blocks(parent: "_Element") -> Iterator[str]:
    """The blocks inside an element; words beside them are paragraphs."""
    loose = parent.text or ""
    for child in parent:
        if child.tag in _BLOCKS:
            yield from _paragraphs(loose)
            yield from _WRITERS.get(str(child.tag), _text)(child)
            loose = child.tail or ""
        else:
            loose += _marked(child) + (child.tail or "")
    yield from _paragraphs(loose)


def _paragraphs(words: str) -> Iterator[str]:
    for part in words.split("\n\n"):
        if text := _on_a_line(part):
            yield text


def _text(element: "_Element") -> Iterator[str]:
    if any(child.tag in _BLOCKS for child in element):
        yield from _blocks(element)
    else:
        yield from _paragraphs(_inline(element))


def _head(element: "_Element") -> Iterator[str]:
    level = (element.get("rend") or "h2")[-1]
    words = _on_a_line(_inline(element))
    if words:
        yield f"{'#' * (int(level) if level in '123456' else 2)} {words}"


def _quote(element: "_Element") -> Iterator[str]:
    lines = as_markdown(element).splitlines()
    if lines:
        yield "\n".join(f"> {line}".rstrip() for line in lines)


def _list(element: "_Element") -> Iterator[str]:
    is_numbered = element.get("rend") == "ol"
    items: list[str] = []
    for item in element.iterchildren("item"):
        mark = f"{len(items) + 1}. " if is_numbered else "- "
        lines = "\n".join(_blocks(item)).splitlines()
        inner = [" " * len(mark) + line for line in lines[1:]]
        items += ["\n".join([mark + lines[0], *inner])] if lines else []
    if items:
        yield "\n".join(items)


def _table(element: "_Element") -> Iterator[str]:
    rows = [[_cell(cell) for cell in row.iter("cell")] for row in element.iter("row")]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    lines = [_row([*row, *[""] * (width - len(row))]) for row in rows]
    yield "\n".join([lines[0], _row(["---"] * width), *lines[1:]])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(element: "_Element") -> str:
    return _on_a_line(" ".join(_blocks(element))).replace("|", r"\|")


def _graphic(element: "_Element") -> Iterator[str]:
    source = element.get("src")
    if source:
        alt = _on_a_line(regex.sub(r"[\[\]]", "", element.get("alt") or ""))
        yield f"![{alt}]({_target(source)})"


def _code(element: "_Element") -> Iterator[str]:
    yield f"```\n{''.join(element.itertext()).strip()}\n```"


_WRITERS: dict[str, Callable[["_Element"], Iterator[str]]] = {
    "head": _head,
    "quote": _quote,
    "list": _list,
    "table": _table,
    "graphic": _graphic,
    "code": _code,
}


def _inline(element: "_Element") -> str:
    """The words of an element with those inside it."""
    inner = (_marked(child) + (child.tail or "") for child in element)
    return (element.text or "") + "".join(inner)


def _marked(element: "_Element") -> str:
    if not isinstance(element.tag, str):
        return ""
    if element.tag == "lb":  # two line ends end the paragraph
        return "\n\n" if begins_line(element.tail or "") else " "
    words = _inline(element)
    edges = _EDGES.fullmatch(words)
    if edges is None or not edges[2]:
        return words
    target = element.get("target")
    if element.tag == "ref" and target:
        return f"{edges[1]}[{edges[2]}]({_target(target)}){edges[3]}"
    kind = element.get("rend") or element.tag
    if kind in _FIGURES:
        return words.translate(_FIGURES[kind]) if words.strip().isdecimal() else words
    mark = _MARKS.get(kind, "")
    return f"{edges[1]}{mark}{edges[2]}{mark}{edges[3]}"


def _target(address: str) -> str:
    return address.strip().replace(" ", "%20").replace("(", "%28").replace(")", "%29")


def _on_a_line(words: str) -> str:
    return _BLANKS.sub(" ", words).strip()
