"""Markdown that becomes a page keeps its form, and no more than that."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fakes import Fake
from tests.tags import Tags
from translate import formats
from translate.pipeline import translate_document

ARTICLE = """\
---
title: Le pont
---

# Le pont

> Une citation.
>
> > Plus profonde.

| Ville | Habitants |
|---|---:|
| Lyon | 522 000 |

3. Un point.
4. Un autre.

   - Plus bas

- [x] Fait

![Le pont](pont.jpg) ![Ailleurs](https://ailleurs.example/x.png)

Voir https://exemple.fr/a et ~~non~~ `le code`[^1].

[^1]: Une note.
"""


def page(article: str) -> str:
    document = formats.read(article.encode(), "a.md")
    return formats.writer("html")(translate_document(document, Fake())).decode()


@pytest.mark.parametrize(
    "part",
    [
        "<blockquote>\n<p>",
        "</blockquote>\n</blockquote>",
        '<td style="text-align:right">522,000</td>',
        '<ol start="3">',
        '<input class="task-list-item-checkbox" checked="checked" disabled="disabled"',
        '<img src="pont.jpg" alt="',
        '<a href="https://ailleurs.example/x.png">',
        '<a href="https://exemple.fr/a">https://exemple.fr/a</a>',
        '<section class="footnotes">',
        "<s>",
        "<code>le code</code>",
    ],
)
def test_a_page_keeps_the_form(part: str) -> None:
    assert part in page(ARTICLE)


def test_front_matter_is_not_shown() -> None:
    assert "title:" not in page(ARTICLE)


@pytest.mark.parametrize(
    "line",
    [
        "[x](javascript:alert(1))",
        "[x](//evil.example/y)",
        "![x](javascript:alert(1))",
        "![x](//evil.example/y)",
        "![x](data:image/png;base64,AAAA)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "<javascript:alert(1)>",
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
    ],
)
def test_what_is_not_safe_is_text(line: str) -> None:
    seen = Tags()
    seen.feed(page(f"# Le maire\n\nLe maire a parlé. {line}\n").partition("<body>")[2])
    assert not seen.tags & {"script", "img", "a"}


PARTS = ["[a](", "![", "](", ")", "<", ">", "javascript:", "//x.fr/", "http://x.fr", "*", "`", "|"]


@given(st.lists(st.sampled_from([*PARTS, "\n", "> ", "- ", "[^1]", "a ", "&", '"', "'"])))
def test_nobody_is_asked_by_a_page(parts: list[str]) -> None:
    seen = Tags()
    seen.feed(page("Le maire " + "".join(parts)).partition("<body>")[2])
    assert not seen.tags & {"script", "style", "iframe", "object", "form"}
    assert not any(target.startswith(("javascript:", "//", "data:")) for target in seen.targets)
