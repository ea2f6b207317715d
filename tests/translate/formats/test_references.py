import pytest

from tests.fakes import Fake
from translate import formats
from translate.pipeline import analyse, translate_document

DEFINITIONS = "\n[la note]: https://example.org/note\n[r1]: https://example.org/r 'Le rapport'\n"
ENGLISH = {"la note": "the note", "le rapport": "the report", "Le maire": "The mayor"}


def in_english(text: str) -> str:
    for french, english in ENGLISH.items():
        text = text.replace(french, english)
    return text


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le maire a cité [la note].", "[the note][la note]"),
        ("Le maire a cité [la note][].", "[the note][la note]"),
        (
            "Le maire a cité [le rapport][r1] et [la note].",
            "[the report][r1] et [the note][la note]",
        ),
        (
            "Le maire a cité [ONU] et [la note](https://example.org).",
            "[the note](https://example.org)",
        ),
        ("Le maire a cité [r1] hier.", "[r1] hier"),
    ],
)
def test_a_reference_finds_its_definition(french: str, english: str) -> None:
    document = analyse(f"# Le titre du jour\n\n{french}\n{DEFINITIONS}", markdown=True)
    written = formats.WRITERS["markdown"](translate_document(document, Fake(in_english))).decode()
    assert english in written
    assert written.endswith(DEFINITIONS)
