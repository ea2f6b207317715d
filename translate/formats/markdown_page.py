"""The body of a page from an article in Markdown: quotations, tables, lists, pictures, notes."""

from collections.abc import Callable
from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it.token import Token

#: As deep as what the reader takes for quotations and lists.
_DEEPEST = 100


def rendered(text: str, is_safe: Callable[[str], bool]) -> str:
    """HTML of Markdown; its own HTML is shown as text.

    `is_safe` says which targets may be links. A picture of this page's own folder is one, others
    are links: who opens the page asks nobody else.
    """
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin
    from mdit_py_plugins.front_matter import front_matter_plugin
    from mdit_py_plugins.tasklists import tasklists_plugin

    parser = MarkdownIt("commonmark", {"html": False, "linkify": True, "maxNesting": _DEEPEST})
    parser.enable(["table", "strikethrough", "linkify"])
    parser.use(front_matter_plugin).use(footnote_plugin).use(tasklists_plugin)
    parser.validateLink = is_safe  # type: ignore[method-assign,assignment]
    parser.add_render_rule("image", _picture)
    return str(parser.render(text)).rstrip("\n")


def _picture(renderer: Any, tokens: "list[Token]", at: int, options: Any, env: Any) -> str:
    token = tokens[at]
    address = str(token.attrs["src"])
    words = renderer.renderInlineAsText(token.children or [], options, env)
    if ":" not in address.split("/", 1)[0]:
        return str(renderer.image(tokens, at, options, env))
    token.attrs = {"href": address}
    return f"<a{renderer.renderAttrs(token)}>{escape(words or address)}</a>"
