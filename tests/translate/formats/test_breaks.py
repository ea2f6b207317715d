from dataclasses import replace

import pytest

from tests.fakes import Fake
from translate import formats
from translate.document import Translation
from translate.pipeline import analyse, translate_document

PLAIN = "Le titre du jour\n\nLe maire a parlé mardi dans la ville. Il part.\n"
MARKDOWN = "# Le titre du jour\n\n- Le maire a parlé mardi dans la ville. Il part.\n"


def with_a_break(text: str, *, markdown: bool) -> Translation:
    done = translate_document(analyse(text, markdown=markdown), Fake())
    blocks = list(done.blocks)
    first, *rest = blocks[1].segments
    blocks[1] = replace(blocks[1], segments=(replace(first, target="One\ntwo."), *rest))
    return replace(done, blocks=tuple(blocks))


@pytest.mark.parametrize("form", ["markdown", "html"])
@pytest.mark.parametrize("markdown", [False, True])
def test_a_break_in_a_sentence_stays_one(form: str, markdown: bool) -> None:
    translation = with_a_break(MARKDOWN if markdown else PLAIN, markdown=markdown)
    written = formats.WRITERS[form](translation).decode()
    assert "One<br>two." in written
    assert "\u2028" not in written


def test_a_line_end_of_the_french_is_no_break() -> None:
    wrapped = "Le titre du jour\n\nLe maire a parlé mardi\ndans la ville. Il part.\n"
    translation = translate_document(analyse(wrapped), Fake())
    assert "<br>" not in formats.WRITERS["html"](translation).decode()
