"""The language of spans, of the blocks and sentences of an article, and of whole articles."""

import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.article.blocks import split_blocks
from translate.article.language import foreign_language, identify, label_languages
from translate.document import Block, Document, Kind, Language, Segment

GOLDEN = Path(__file__).parents[2] / "golden" / "language.tsv"
#: The golden lines that are taken for something else. One that comes right leaves the list.
KNOWN_WRONG = {
    "Photo: Anne-Christine Poujoulat",
    "Photo DR",
    "Château de Chambord, Loire Valley",
    "Jackpot",
}

FRENCH = "Le ministre a déclaré que les négociations reprendraient dès lundi à Genève."
CAPTION = (
    "Firefighters work at the site of a blast in Kharkiv, Ukraine, May 4, 2024. "
    "Sputnik/Gavriil Grigorov/Pool via REUTERS "
    "ATTENTION EDITORS - THIS IMAGE WAS PROVIDED BY A THIRD PARTY."
)
GERMAN = (
    "Die Bundesregierung hat am Mittwoch beschlossen, die Hilfen für die Landwirtschaft zu kürzen. "
    "Der Minister sagte, dass die Entscheidung nicht leicht gefallen sei, aber die Lage des "
    "Haushalts lasse keine andere Wahl. Die Verbände kündigten Proteste an, und auch in der "
    "Koalition gibt es Widerspruch gegen die Pläne."
)


SPANISH = (
    "El presidente del Gobierno anunció el miércoles que las ayudas a la agricultura se reducirán "
    "a partir del próximo año. El ministro dijo que la decisión no había sido fácil, pero que la "
    "situación de las cuentas públicas no permite otra salida. Habrá protestas en todo el país."
)
ARABIC = (
    "أعلن الرئيس يوم الأربعاء أن المساعدات المخصصة للزراعة ستخفض ابتداء من العام المقبل. وقال "
    "الوزير إن القرار لم يكن سهلا لكن وضع المالية العامة لا يترك خيارا آخر. وأعلنت الجمعيات عن "
    "احتجاجات في جميع أنحاء البلاد وطالبت الحكومة بالتراجع عن قرارها في أقرب وقت ممكن."
)


def golden() -> list[tuple[str, str, str]]:
    rows = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines()]
    return [(label, kind, text) for label, kind, text in rows]


def labelled(text: str, *sentences: str) -> Document:
    """The article with one segment for each of `sentences`."""
    segments = tuple(
        Segment(text.index(sentence), text.index(sentence) + len(sentence))
        for sentence in sentences
    )
    blocks = tuple(
        Block(
            block.start,
            block.end,
            block.kind,
            segments=tuple(s for s in segments if block.start <= s.start < block.end),
        )
        for block in split_blocks(text)
    )
    return label_languages(Document(text, blocks))


def test_the_golden_lines_are_identified() -> None:
    rows = golden()
    assert len(rows) >= 280
    assert {text for label, _, text in rows if identify(text) != label} == KNOWN_WRONG


def test_the_golden_lines_are_distinct_and_of_all_classes() -> None:
    rows = golden()
    assert len({text for _, _, text in rows}) == len(rows)
    assert {label for label, _, _ in rows} == {language.value for language in Language}


@given(st.text())
def test_any_text_has_a_language_and_always_the_same(text: str) -> None:
    assert identify(text) is identify(text)


@given(st.text(alphabet="0123456789 .,;:!?%€$/()-–—…*#_\n", max_size=60))
def test_numbers_and_signs_are_in_no_language(text: str) -> None:
    assert identify(text) is Language.NEITHER


def test_an_english_quotation_does_not_make_a_french_sentence_english() -> None:
    text = f"{FRENCH} Il a répété : « We will never surrender, we will fight on the beaches. »"
    document = labelled(text, FRENCH, text[len(FRENCH) + 1 :])
    assert [s.language for s in document.segments()] == [Language.FRENCH, Language.FRENCH]


def test_an_english_sentence_in_a_french_block_stays_english() -> None:
    english = "This story has been updated to correct the name of the company."
    document = labelled(f"{FRENCH} {english}", FRENCH, english)
    assert [s.language for s in document.segments()] == [Language.FRENCH, Language.ENGLISH]
    assert document.blocks[0].language is Language.FRENCH


def test_a_sentence_of_one_word_goes_with_its_block_and_a_credit_stays() -> None:
    document = labelled(f"{FRENCH} Faux. Ludovic Marin/AFP", FRENCH, "Faux.", "Ludovic Marin/AFP")
    assert [s.language.value for s in document.segments()] == ["fr", "fr", "zxx"]


def test_an_english_caption_is_english_to_the_last_credit() -> None:
    first, notice = CAPTION.split(" Sputnik")[0], "ATTENTION EDITORS - THIS IMAGE"
    credit = "Sputnik/Gavriil Grigorov/Pool via REUTERS"
    document = labelled(f"{FRENCH}\n\n{CAPTION}\n\n{FRENCH}", first, credit, notice)
    caption = document.blocks[1]
    assert (caption.kind, caption.language) == (Kind.CAPTION, Language.ENGLISH)
    assert {s.language for s in document.segments()} == {Language.ENGLISH}


@pytest.mark.parametrize(
    "line",
    [
        "Photo : le chef de l'État à son arrivée au sommet.",
        "Le port de Marseille, en mai 2023. (Crédit : Jean Dupont)",
        "Des secouristes à Derna, en Libye. REUTERS/Esam Al-Fetori",
        "© Sipa Press",
        "Ici, les deux dirigeants en 2019.",
    ],
)
def test_french_caption_lines(line: str) -> None:
    document = labelled(f"Un titre\n\n{FRENCH}\n\n{line}\n\n{FRENCH}")
    assert [block.kind for block in document.blocks[1:]] == [
        Kind.PARAGRAPH,
        Kind.CAPTION,
        Kind.PARAGRAPH,
    ]


def test_an_english_article_has_paragraphs_and_no_captions() -> None:
    text = "The talks failed on Monday, officials said.\n\nThey will meet again in two weeks."
    document = labelled(text)
    assert {(block.kind, block.language) for block in document.blocks} == {
        (Kind.PARAGRAPH, Language.ENGLISH)
    }


@pytest.mark.parametrize(("code", "text"), [("de", GERMAN), ("es", SPANISH), ("ar", ARABIC)])
def test_a_foreign_article_is_named(code: str, text: str) -> None:
    assert foreign_language(text) == code


@pytest.mark.parametrize(
    "text",
    ["", "12 %", "Guten Tag", FRENCH * 5, CAPTION * 3, f"{GERMAN} {FRENCH * 3}", GERMAN[:150]],
)
def test_short_mixed_french_and_english_texts_are_not_foreign(text: str) -> None:
    assert foreign_language(text) is None


def test_a_block_of_both_languages_is_no_caption() -> None:
    english = "The full text of the statement was published on the ministry's website on Monday."
    document = labelled(f"{FRENCH}\n\nIl a souri. {english}\n\n{FRENCH}", "Il a souri.", english)
    assert document.blocks[1].kind is Kind.PARAGRAPH
    assert [s.language for s in document.segments()] == [Language.FRENCH, Language.ENGLISH]


def kinds(*paragraphs: str) -> list[tuple[Kind, Language]]:
    return [(block.kind, block.language) for block in labelled("\n\n".join(paragraphs)).blocks]


ENGLISH = "The talks failed on Monday and will begin again in two weeks, officials said."


def test_an_article_with_as_much_of_both_languages_is_french() -> None:
    """So its English lines are captions."""
    assert kinds(FRENCH, ENGLISH)[1] == (Kind.CAPTION, Language.ENGLISH)
    assert kinds(FRENCH, ENGLISH, ENGLISH)[1] == (Kind.PARAGRAPH, Language.ENGLISH)


@pytest.mark.parametrize("opening", ["“", '"', "@desk "])
def test_english_that_somebody_says_is_no_caption(opening: str) -> None:
    assert kinds(FRENCH, f"{opening}{ENGLISH}", FRENCH)[1] == (Kind.PARAGRAPH, Language.ENGLISH)


def test_long_english_is_no_caption() -> None:
    assert kinds(FRENCH, f"{ENGLISH} " * 7, FRENCH)[1][0] is Kind.CAPTION
    assert kinds(FRENCH, f"{ENGLISH} " * 8, FRENCH)[1][0] is Kind.PARAGRAPH


def test_a_long_french_paragraph_may_end_in_a_credit() -> None:
    credit = "(Crédit : Jean Dupont)"
    assert kinds(FRENCH, f"{FRENCH} {credit}", FRENCH)[1][0] is Kind.CAPTION
    assert kinds(FRENCH, f"{FRENCH * 3} {credit}", FRENCH)[1][0] is Kind.PARAGRAPH


def test_a_name_as_a_sentence_goes_with_its_block() -> None:
    document = labelled(f"{FRENCH} Marsanne.", FRENCH, "Marsanne.")
    assert [s.language for s in document.segments()] == [Language.FRENCH, Language.FRENCH]
    document = labelled(f"{ENGLISH} Marsanne.", ENGLISH, "Marsanne.")
    assert [s.language for s in document.segments()] == [Language.ENGLISH, Language.ENGLISH]


def test_a_sentence_of_thin_evidence_goes_with_its_block() -> None:
    document = labelled(f"{ENGLISH} Transport public.", ENGLISH, "Transport public.")
    assert {s.language for s in document.segments()} == {Language.ENGLISH}
    document = labelled(f"{FRENCH} Data protection.", FRENCH, "Data protection.")
    assert {s.language for s in document.segments()} == {Language.FRENCH}


def test_a_foreign_sentence_is_left_as_it_is() -> None:
    german = "Der Minister hat gestern gesagt, dass er nicht geht."
    document = labelled(f"{FRENCH} {german}", FRENCH, german)
    assert [s.language for s in document.segments()] == [Language.FRENCH, Language.NEITHER]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Kylian Mbappé", Language.NEITHER),
        ("Kylian Mbappé !", Language.FRENCH),  # English sets no space there
        ("Kylian Mbappé!", Language.NEITHER),
        ("ONU OTAN", Language.NEITHER),
        ("ACCORD TROUVÉ", Language.FRENCH),
        ("Embrassez-Moi", Language.FRENCH),
    ],
)
def test_what_tells_the_language_of_mere_capitals(text: str, language: Language) -> None:
    assert identify(text) is language


@pytest.mark.parametrize("unit", ["A/", "a-", "“", "[a](", "l'", "AFP/", "\u0301", "x@", "Mot de "])
def test_long_rubbish_takes_no_long_time(unit: str) -> None:
    start = time.process_time()
    identify(unit * 20_000)
    assert time.process_time() - start < 3


def test_the_model_is_loaded_only_when_it_is_asked() -> None:
    heavy = "assert not {'numpy', 'py3langid'} & set(sys.modules)"
    code = f"import sys, translate.article.language; {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)
