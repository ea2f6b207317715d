"""Text -> blocks: golden pages, and what holds for any text."""

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article.blocks import split_blocks
from translate.article.furniture import label_furniture
from translate.article.language import label_languages
from translate.document import Document

GOLDEN = Path(__file__).parents[2] / "golden" / "blocks.toml"
CASES = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["case"]

PIECES = [
    "Le ministre a parlé.",
    "un mot",
    "# Titre",
    "- point",
    "> cité",
    "1. un",
    "```",
    "***",
    "---",
    "| a | b |",
    "|---|---|",
    "[a]: http://x",
    "![i](u)",
    "<div>",
    "\ufeff",
    "\u00a0",
    "\u00ad",
    "\t",
    "  ",
    "🌟",
    "« ",
]
texts = st.one_of(
    st.text(),
    st.lists(st.sampled_from([*PIECES, "\n", "\n\n", "\r\n", "\r", "\u2028"])).map("".join),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_golden_pages(case: dict[str, Any]) -> None:
    text = case["text"]
    blocks = label_furniture(text, split_blocks(text, markdown=case.get("markdown", False)))
    document = label_languages(Document(text, blocks))
    found = [[block.kind.value, document.of(block)] for block in document.blocks]
    assert found == case["blocks"]


HANGING = (
    "a à au aux avec ce ces cette dans de des du en et la le les leur ou par pour que qui sa ses "
    "son sous sur un une the of and to".split()
)


@pytest.mark.parametrize("word", HANGING)
def test_a_line_that_hangs_goes_on(word: str) -> None:
    text = f"Le maire est parti hier avec son adjoint {word}\nLyon Confluence."
    assert len(split_blocks(text)) == 1


@pytest.mark.parametrize(
    ("lines", "count"),
    [
        (["Le maire est parti hier avec son adjoint là", "Lyon Confluence."], 2),
        (["Le maire est parti hier avec son adjoint de", "– Bonjour !"], 2),
        (["Le maire", "de la ville", "est parti."], 1),
        (["le maire", "de la ville", "est parti."], 3),  # begins no sentence
        (["Le maire", "de la ville", "est parti"], 3),  # ends none
        (["Le maire", "de la ville."], 2),  # two lines show nothing
        (["Le maire", "Parti hier", "est parti."], 3),
    ],
)
def test_which_lines_are_one_block(lines: list[str], count: int) -> None:
    assert len(split_blocks("\n".join(lines))) == count


@given(texts, st.booleans())
def test_blocks_are_ordered_inside_the_text_and_without_space_at_their_ends(
    text: str, markdown: bool
) -> None:
    document = Document(text, label_furniture(text, split_blocks(text, markdown=markdown)))
    for block in document.blocks:
        assert document.of(block) == document.of(block).strip()


@given(texts)
def test_no_letter_of_a_plain_text_is_outside_the_blocks(text: str) -> None:
    last, gaps = 0, []
    for block in split_blocks(text):
        gaps.append(text[last : block.start])
        last = block.end
    gaps.append(text[last:])
    assert not [gap for gap in gaps if any(c.isalpha() for c in gap) and ")" not in gap]


#: What is left of `PIECES` when code, HTML, images and definitions are taken away.
CODE = ("`", "<", "[a]", "![", "\t", "  ")  # two indentations make code
PROSE = [piece for piece in PIECES if not piece.startswith(CODE)]
prose = st.lists(st.sampled_from([*PROSE, "\n", "\n\n", "\r\n", "été\u00ad", "a | b"])).map("".join)


@given(prose)
def test_no_letter_of_markdown_prose_is_outside_the_blocks(text: str) -> None:
    inside = "".join(text[b.start : b.end] for b in split_blocks(text, markdown=True))
    assert [c for c in inside if c.isalpha()] == [c for c in text if c.isalpha()]


@pytest.mark.parametrize(
    "unit", ["a\n", "- a\n", "Mot " * 20 + "\n", "> a\n", "[a\n", "* ", "\n", "> ", "# a\n\n"]
)
@pytest.mark.parametrize("markdown", [False, True])
def test_time_grows_with_the_length_only(unit: str, markdown: bool) -> None:
    def seconds(characters: int) -> float:
        text = unit * (characters // len(unit))
        start = time.process_time()
        label_furniture(text, split_blocks(text, markdown=markdown))
        return time.process_time() - start

    seconds(10_000)
    # ten times as long may take fifteen times, not a hundred; other work may disturb a try
    assert any(seconds(100_000) < 15 * seconds(10_000) + 0.5 for _ in range(5))


@pytest.mark.parametrize("depth", [1, 19, 20, 21, 40, 1000])
def test_quotations_however_deep_are_read(depth: int) -> None:
    text = "> " * depth + "Le maire a ouvert le pont.\n\nLa fin.\n"
    words = [text[block.start : block.end] for block in split_blocks(text, markdown=True)]
    assert words == ["Le maire a ouvert le pont.", "La fin."]


def test_lists_in_lists_are_read() -> None:
    text = "\n".join("  " * depth + "- Le maire a ouvert le pont." for depth in range(40))
    assert len(list(split_blocks(text, markdown=True))) == 40
