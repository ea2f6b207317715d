import re
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.inline_tags import MARKS, PAIRS, cases, right
from tests.fakes import Careless, Fake
from translate.drafting.anchors import Anchor, Answers, placed
from translate.drafting.ladder import Source, draft
from translate.engines import load_translator
from translate.notation import markup
from translate.settings import Settings

#: What the built-in model must have right: 64 of the 69 golden pairs, 39 of the 42 marks
#: (bench/inline_tags.py).
MIN_SHARE = 0.92


def test_there_are_sixty_golden_sentences() -> None:
    assert len(cases(PAIRS)) >= 60


@pytest.mark.parametrize("path", [PAIRS, MARKS])
def test_tags_stand_around_the_right_words(path: Path) -> None:
    pairs = [fit for _, _, fits in right(load_translator(), path) for fit in fits]
    assert sum(pairs) >= MIN_SHARE * len(pairs)


@pytest.mark.parametrize(
    ("english", "french", "answers", "expected"),
    [
        ("The mayor reopens the bridge.", "le pont", ["The bridge."], "the bridge"),
        ("The mayor reopens the bridge.", "pont", ["Bridge"], "bridge"),
        ("The Le Monde daily says so.", "Le Monde", ["The World"], "Le Monde"),
        ("The bridge reopens Tuesday.", "rouvre", ["is reopening"], "reopens"),
        ("He announced the reopening.", "la réouverture", ["The reopened"], "the reopening"),
        ("A strong answer and a weak one.", "une réponse ferme", ["A strong reply"], "A strong"),
        ("Nothing is alike here.", "la grève", ["The strike"], None),
        ("Marseilles is near.", "Marseille", ["Marseille"], "Marseilles"),  # no letter is left out
        ("The Paris court is near.", "tribunal de Paris", ["Paris courts"], "Paris court"),
        ("The strong old bridge fell.", "le pont solide", ["The solid bridge"], None),
        ("The mayor reopens the bridge.", "le pont", ["bridges"], "the bridge"),
        ("The smart fair is near.", "l’art", ["art"], None),  # no part of a word
        ("The reformulations are near.", "la réforme", ["The reform"], None),  # far too long
        ("She paid ⟦1⟧ euros in May.", "⟦0⟧ euros", ["⟦0⟧ euros"], None),  # another number
    ],
)
def test_where_words_are_found(
    english: str, french: str, answers: list[str], expected: str | None
) -> None:
    spans = placed(english, [Anchor("[", french, "]")], Answers((tuple(answers),)))
    assert (spans and english[slice(*spans[0])]) == expected


def test_the_nearest_of_two_is_taken() -> None:
    anchors = [Anchor("<", "le pont", ">", place=0.9)]
    text = "The bridge is a bridge, the bridge."
    spans = placed(text, anchors, Answers((("the bridge",),)))
    assert spans == [(24, 34)]


def test_what_stands_between_the_same_words() -> None:
    anchor = Anchor("<", "une réponse ferme", ">", mark="⟦0⟧")
    text = "The minister promised a firm answer on Monday."
    answers = Answers((("A solid reply",),), ("The minister has promised ⟦0⟧ on Monday.",))
    spans = placed(text, [anchor], answers)
    assert spans
    assert text[slice(*spans[0])] == "a firm answer"


@pytest.mark.parametrize(
    ("english", "french", "marked", "expected"),
    [
        ("The man saw the bridge fall.", "le pont", "The man saw ⟦0⟧ fall.", "the bridge"),
        ("The bridge fell on Monday.", "le pont", "⟦0⟧ fell on Monday.", "The bridge"),
        ("It was the bridge.", "le pont", "It was ⟦0⟧.", "the bridge"),
        ("They saw bridge fall.", "pont", "They saw ⟦0⟧ fall.", "bridge"),
        # That sentence has the word elsewhere: it is not the anchor's.
        ("They saw river fall.", "pont", "They saw ⟦0⟧ fall by the river.", None),
        ("They saw River fall.", "pont", "They saw ⟦0⟧ fall by the river.", None),
    ],
)
def test_what_stands_around_a_placeholder_tells(
    english: str, french: str, marked: str, expected: str | None
) -> None:
    anchor = Anchor("<", french, ">", mark="⟦0⟧")
    spans = placed(english, [anchor], Answers((("a span",),), (marked,)))
    assert (spans and english[slice(*spans[0])]) == expected


def test_what_another_anchor_has_is_not_taken() -> None:
    anchors = [Anchor("<", "le pont", ">"), Anchor("<", "la tour", ">", mark="⟦1⟧")]
    answers = Answers((("the bridge",), ("a tower",)), ("They saw ⟦1⟧ fall.",))
    assert placed("They saw the bridge fall.", anchors, answers) is None


def test_a_mark_stands_behind_the_nearest_word() -> None:
    mark = Anchor("", "loi", "¹", place=0.9, behind="")
    assert placed("The bill is a bill, a bill.", [mark], Answers((("bill",),))) == [(26, 26)]
    text = "Yesterday it was said of a bill and a bill."
    link = Anchor("[", "une loi et une loi", "](/)")
    mark = Anchor("", "loi", "¹", place=0.4, parent=0, behind="")
    answers = Answers((("a bill and a bill",), ("bill",)))
    assert placed(text, [link, mark], answers) == [(25, 42), (31, 31)]


def test_numbers_are_not_taken_from_other_words() -> None:
    anchor = Anchor("<", "des réponses", ">", mark="⟦1⟧")
    answers = Answers((("replies",),), ("They wait for ⟦1⟧ years.",))
    assert placed("They wait for ⟦0⟧ years.", [anchor], answers) is None


@pytest.mark.parametrize(
    ("english", "words", "behind", "answers", "marked", "expected"),
    [
        ("Local elections are near.", "Les élections locales", "", "Local elections", "", 15),
        # Another word of the answer's is no place; the other sentence knows.
        ("The plane landed.", "L’avion", "", "The aircraft", "The plane⟦1⟧ has landed.", 9),
        ("The plane landed.", "L’avion", "", "The aircraft", "The⟦1⟧ aircraft landed.", None),
        ("They won the elections", "élections", "", "elections", "", 22),
        ("“It is over,” he said.", "finie", " »", "over", "", 13),
        ("“It is over,” he said.", "finie", "", "over", "", 11),
        ("It fell by ⟦0⟧ in May.", "⟦0⟧", "", "", "It fell ⟦0⟧⟦1⟧ in May.", 14),
    ],
)
def test_where_a_mark_stands(
    english: str, words: str, behind: str, answers: str, marked: str, expected: int | None
) -> None:
    anchor = Anchor("", words, "¹", mark="⟦1⟧", behind=behind)
    spans = placed(english, [anchor], Answers(((answers,),), (marked,)))
    assert spans == (None if expected is None else [(expected, expected)])


def test_a_mark_inside_a_link_stays_inside() -> None:
    link = Anchor("[", "la loi", "](/)")
    mark = Anchor("", "loi", "¹", parent=0, behind="")
    assert placed("It is the bill.", [link, mark], Answers((("the bill",), ("law",)))) == [
        (6, 14),
        (14, 14),
    ]


OPEN, CLOSE, MARK = markup.opening(0), markup.closing(0), markup.single(1)


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        (f"Le maire{MARK} parle.", f"Le maire{MARK} parle."),
        (f"Le maire{OPEN}1{CLOSE} parle.", f"Le maire{OPEN}1{CLOSE} parle."),
        (f"Le « maire »{MARK} parle.", f"Le “maire”{MARK} parle."),
        ("Le maire[^1] parle.", "Le maire[^1] parle."),
        (f"Le maire {MARK} parle.", f"Le maire {MARK} parle."),  # a word of its own
        (f"Il a 12 m{OPEN}2{CLOSE} de plus.", f"Il a 12 m{OPEN}2{CLOSE} de plus."),
    ],
)
def test_marks_are_kept_behind_their_words(french: str, expected: str) -> None:
    assert draft([Source(french)], Fake(), Settings())[Source(french)].target == expected


@pytest.mark.parametrize(
    ("french", "expected"),
    [
        ("Le d[é]puté parle.", "Le [député] parle."),
        ("Le dé[puté] et les [maire]s.", "Le [député] et les [maires]."),
        ("Il dit [qu]’il part.", "Il dit [qu’]il part."),
        ("Depuis [aujourd]’hui.", "Depuis [aujourd’hui]."),
        ("Les élus de l[’opposition].", "Les élus de [l’opposition]."),
        ("Il va à [Brest]’.", "Il va à [Brest]’."),
        ("Il va à Brest[, dit-il].", "Il va à Brest[, dit-il]."),
        ("Du [vert][jaune]âtre.", "Du [vert][jauneâtre]."),  # two words, or one: nobody knows
    ],
)
def test_no_pair_parts_a_word(french: str, expected: str) -> None:
    tokens = markup.with_whole_words(markup.parse_inline(_tagged(french)))
    assert "".join(token.text for token in tokens) == _tagged(expected)


def _tagged(text: str) -> str:
    return text.replace("[", "<b>").replace("]", "</b>")


@pytest.mark.parametrize(
    ("french", "target", "expected"),
    [
        (f"{OPEN}L{CLOSE}e maire parle.", "The mayor speaks.", f"{OPEN}T{CLOSE}he mayor speaks."),
        (f"{OPEN}À{CLOSE} lire.", "To read.", f"{OPEN}To{CLOSE} read."),  # a word
    ],
)
def test_a_large_first_letter_stays_one_letter(french: str, target: str, expected: str) -> None:
    model = Fake(lambda source: {"À": "To"}.get(source, target))
    assert draft([Source(french)], model, Settings())[Source(french)].target == expected


def test_an_english_title_in_italics_stays_as_it_is() -> None:
    french = f"Il aime {OPEN}Selfie with a Whale{CLOSE} et le pont."
    model = Fake(lambda source: source.replace("Il aime", "He likes").replace("et le pont", "and"))
    model.placeholders = ("⟦0⟧", "⟦1⟧")
    target = draft([Source(french)], model, Settings())[Source(french)].target
    assert f"{OPEN}Selfie with a Whale{CLOSE}" in target
    assert all("Whale" not in seen for seen in model.seen)


def test_the_model_is_not_shown_the_mark_of_a_note() -> None:
    model = Fake()
    draft([Source(f"Le maire{OPEN}[1]{CLOSE} parle.")], model, Settings())
    assert "Le maire parle." in model.seen


PAIR = (markup.opening(0), markup.closing(0), markup.opening(1), markup.closing(1))
CODED = st.lists(
    st.sampled_from(["le pont", "12 %", "1", "«", "»", ".", ", ", " ", markup.single(2), "rouvre"]),
    max_size=6,
).map("".join)


@given(CODED, CODED, CODED, st.booleans(), st.sampled_from([Fake(), Fake(str.upper), Careless()]))
def test_no_code_is_ever_lost(one: str, two: str, three: str, nested: bool, model: Fake) -> None:
    first, last, inner, end = PAIR
    text = f"{first}{one}{inner}{two}{end}{last}{three}"
    if not nested:
        text = f"{first}{one}{last}{inner}{two}{end}{three}"
    text = f"Le maire {text} parle."
    if text.count(markup.single(2)) > 1:
        return
    english = draft([Source(text)], model, Settings())[Source(text)].target
    assert sorted(filter(markup.is_code, english)) == sorted(filter(markup.is_code, text))


def test_many_anchors_take_little_time() -> None:
    pairs = [f"{markup.opening(n)}mot{markup.closing(n)}" for n in range(2_000)]
    text = "Le " + " ".join(pairs) + "."
    started = process_time()
    found = draft([Source(text)], Fake(max_tokens=10_000), Settings())[Source(text)]
    assert re.search("mot", found.target, re.IGNORECASE)
    assert process_time() - started < 20
