"""The examples keep what their README promises: every French article beside a faithful reference.

The same articles are the test set `news-desk`, so a slip in a reference would be a slip in a score.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parent.parent / "examples"
FRENCH = sorted(
    path
    for path in EXAMPLES.iterdir()
    if path.suffix in {".txt", ".md"} and ".en." not in path.name and path.name != "README.md"
)

#: English captions that stand in the French articles; every other article has none.
CAPTIONS = {"sommet.txt": 1, "page-web.txt": 2, "inondations.txt": 1}
CAPTION = re.compile(r"^.*(?:\bvia REUTERS|REUTERS/).*$", re.MULTILINE)

#: What has to come out byte for byte: Markdown link targets, addresses, code.
FIXED = re.compile(
    r"(?<=\]\()[^)\s]+|https?://[^\s>)]*[^\s>).]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|`[^`]+`"
)

#: Numbers that English rightly writes otherwise: (article, number) -> the words of the reference.
REWORDED = {
    ("budget.txt", "1"): "first quarter",
    ("budget.txt", "2"): "second quarter",
    ("budget.txt", "3,612"): "3.612 trillion",
}

RACE_TIME = re.compile(r"(?:(\d+) min )?(\d+) s (\d\d)\b")
CLOCK = re.compile(r"\b(\d{1,2})\sh\b(?:\s(\d\d)\b)?")
NUMBER = re.compile(r"\d+(?:[ \u00a0\u202f]\d{3}(?!\d))*(?:,\d+)?")
ENGLISH_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")


@dataclass(frozen=True, slots=True)
class Quotes:
    """Outer marks opened and closed, and nested marks opened, in one block."""

    opened: int
    closed: int
    nested: int


def reference_of(path: Path) -> Path:
    return path.with_name(f"{path.stem}.en{path.suffix}")


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8")


def blocks(path: Path) -> list[str]:
    return read(path).removesuffix("\n").split("\n\n")


def block_pairs(path: Path) -> list[tuple[str, str]]:
    return list(zip(blocks(path), blocks(reference_of(path)), strict=True))


def words(text: str) -> int:
    """White-space separated tokens that hold a letter or a digit (a lone « is no word)."""
    return sum(any(char.isalnum() for char in token) for token in text.split())


def prose(text: str) -> str:
    """The text without captions, link targets, addresses and code."""
    return FIXED.sub("", CAPTION.sub("", text))


def french_quotes(text: str) -> Quotes:
    """« » are outer marks; “ ” and pairs of " are nested inside « » and outer elsewhere."""
    opened = closed = nested = 0
    inside = straight = False
    for char in prose(text):
        if char == "«":
            opened, inside = opened + 1, True
        elif char == "»":
            closed, inside = closed + 1, False
        elif char == "“" or (char == '"' and not straight):
            nested, opened = nested + inside, opened + (not inside)
        elif char in '”"':
            closed += not inside
        straight ^= char == '"'
    return Quotes(opened, closed, nested)


def english_quotes(text: str) -> Quotes:
    return Quotes(*(prose(text).count(mark) for mark in "“”‘"))


def balanced(quotes: list[Quotes], texts: list[str], opening: str) -> bool:
    """Each quotation is closed before the next one opens, or is taken up again by a next block."""
    still_open = 0
    for quote, text in zip(quotes, texts, strict=True):
        if still_open and not text.startswith(opening):
            return False
        still_open = quote.opened - quote.closed
        if still_open not in {0, 1}:
            return False
    return still_open == 0


def english_notation(number: str) -> str:
    return re.sub(r"[ \u00a0\u202f]", ".", number).translate(str.maketrans(".,", ",."))


def expected_numbers(french: str, english: Counter[str]) -> Counter[str]:
    """The numbers of a French text as English writes them.

    `2 h 47` is a time of day (2:47) or a duration (2 hours 47 minutes): whichever is in `english`.
    """
    found: Counter[str] = Counter()

    def race_time(match: re.Match[str]) -> str:
        minutes, seconds, hundredths = match.groups()
        found[f"{minutes}:{seconds}.{hundredths}" if minutes else f"{seconds}.{hundredths}"] += 1
        return ""

    def clock(match: re.Match[str]) -> str:
        hour, minutes = match.groups()
        on_clock = str(int(hour) % 12 or 12) + (f":{minutes}" if minutes else "")
        found.update([on_clock] if on_clock in english else filter(None, match.groups()))
        return ""

    rest = CLOCK.sub(clock, RACE_TIME.sub(race_time, prose(french)))
    found.update(english_notation(number) for number in NUMBER.findall(rest))
    return found


def english_numbers(text: str) -> Counter[str]:
    return Counter(ENGLISH_NUMBER.findall(prose(text)))


def unexplained_numbers(name: str, french: str, english: str) -> list[str]:
    """Numbers on one side only, without those that `REWORDED` explains."""
    there = english_numbers(english)
    expected = expected_numbers(french, there)
    missing = [number for number in expected - there if not reworded(name, number, english)]
    given = " ".join(text for (file, _), text in REWORDED.items() if file == name)
    added = [number for number in there - expected if number not in given.split()]
    return missing + added


def reworded(name: str, number: str, english: str) -> bool:
    return REWORDED.get((name, number), "\0") in english


each_article = pytest.mark.parametrize("path", FRENCH, ids=lambda path: path.name)


def test_there_are_enough_articles_and_no_stray_files() -> None:
    assert len(FRENCH) >= 7
    known = {path.name for french in FRENCH for path in (french, reference_of(french))}
    assert {path.name for path in EXAMPLES.iterdir()} == known | {
        "README.md",
        "terms.tsv",
        "headlines",
    }


@pytest.mark.parametrize(
    "path", [p for french in FRENCH for p in (french, reference_of(french))], ids=lambda p: p.name
)
def test_files_are_clean_text(path: Path) -> None:
    text = read(path)
    assert text == unicodedata.normalize("NFC", text)
    assert "\r" not in text
    assert "\ufeff" not in text
    assert text.endswith("\n")
    assert not text.startswith("\n")
    assert "\n\n\n" not in text + "\n"
    assert [line for line in text.split("\n") if line != line.strip()] == []


@each_article
def test_reference_has_the_same_blocks_and_lines(path: Path) -> None:
    shape = [block.count("\n") for block in blocks(path)]
    assert [block.count("\n") for block in blocks(reference_of(path))] == shape


@each_article
def test_length_is_that_of_a_news_article(path: Path) -> None:
    low, high = (300, 400) if path.name == "sommet.txt" else (250, 700)
    assert low <= words(read(path)) <= high


@each_article
def test_english_captions_are_left_as_they_are(path: Path) -> None:
    captions = CAPTION.findall(read(path))
    assert len(captions) == CAPTIONS.get(path.name, 0)
    for french, english in block_pairs(path):
        assert CAPTION.findall(french) == CAPTION.findall(english)


@each_article
def test_links_addresses_and_code_are_left_as_they_are(path: Path) -> None:
    for french, english in block_pairs(path):
        assert FIXED.findall(french) == FIXED.findall(english)


@each_article
def test_markdown_marks_are_the_same(path: Path) -> None:
    marks = re.compile(r"^(?:#+|[->]|\d+\.)(?= |$)|\*+", re.MULTILINE)
    for french, english in block_pairs(path):
        assert marks.findall(french) == marks.findall(english)


@each_article
def test_quotations_are_as_many_in_every_block(path: Path) -> None:
    for french, english in block_pairs(path):
        assert french_quotes(french) == english_quotes(english), english


@each_article
@pytest.mark.parametrize(
    ("side", "count", "opening"),
    [(Path, french_quotes, "«"), (reference_of, english_quotes, "“")],
    ids=["french", "english"],
)
def test_quotations_are_balanced(
    path: Path, side: Callable[[Path], Path], count: Callable[[str], Quotes], opening: str
) -> None:
    texts = blocks(side(path))
    assert balanced([count(text) for text in texts], texts, opening)


@each_article
def test_numbers_are_the_same(path: Path) -> None:
    wrong = [unexplained_numbers(path.name, *pair) for pair in block_pairs(path)]
    assert [numbers for numbers in wrong if numbers] == []


@each_article
def test_reference_has_no_french_typography(path: Path) -> None:
    text = prose(read(reference_of(path)))
    assert re.findall(r"[«»\u00a0\u202f\"]|[ ][;:!?%](?!\S)|\w'\w", text) == []


def test_articles_cover_the_spacing_and_apostrophes_of_real_copies() -> None:
    texts = [prose(read(path)) for path in FRENCH]
    for opening in ("«\u202f", "«\u00a0", "« "):
        assert any(opening in text for text in texts), f"no article opens with {opening!r}"
    for apostrophe in ("l'e", "l’e"):
        assert any(apostrophe in text for text in texts), f"no article writes {apostrophe}"
    assert any(
        before.startswith("«") and after.startswith("«") and "»" not in before
        for path in FRENCH
        for before, after in pairwise(blocks(path))
    ), "no article has a quotation over several paragraphs"


def test_readme_table_tells_the_truth() -> None:
    rows = re.findall(
        r"^\| \[`(.+?)`\]\((.+?)\) .*?\| (\d+) \| (\d+) \|", read(EXAMPLES / "README.md"), re.M
    )
    truth = {(path.name, words(read(path)), len(blocks(path))) for path in FRENCH}
    assert {(name, int(count), int(number)) for name, _, count, number in rows} == truth
    assert all(name == target for name, target, _, _ in rows)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("3,5 % de 12 000", "3.5% of 12,000"),
        ("1 443,11 euros", "1,443.11 euros"),
        ("à 14 h 30", "at 2:30 p.m."),
        ("de 9 h à 19 h", "from 9 a.m. to 7 p.m."),
        ("en 2 h 47", "in 2 hours 47 minutes"),
        ("3 min 57 s 84, puis 44 s 21", "3:57.84, then 44.21 seconds"),
        ("3-1 à la 73e minute", "3-1 in the 73rd minute"),
    ],
)
def test_number_notation(french: str, english: str) -> None:
    assert unexplained_numbers("any", french, english) == []


@pytest.mark.parametrize(
    ("french", "english"),
    [("3,5 %", "35%"), ("le 2 mai", "in May"), ("en mai", "May 2"), ("14 h 30", "4:30 p.m.")],
)
def test_a_wrong_number_is_seen(french: str, english: str) -> None:
    assert unexplained_numbers("any", french, english) != []


@pytest.mark.parametrize(
    ("text", "quotes"),
    [
        ("« Oui », dit-il. « Non. »", Quotes(2, 2, 0)),
        ("« Il dit : “Oui.” »", Quotes(1, 1, 1)),
        ('« Il dit : "Oui." »', Quotes(1, 1, 1)),
        ('Cliquez sur "Refuser".', Quotes(1, 1, 0)),
        ("« La suite au prochain alinéa.", Quotes(1, 0, 0)),
    ],
)
def test_french_quotations_are_counted(text: str, quotes: Quotes) -> None:
    assert french_quotes(text) == quotes


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["“One.", "“Two.”"], True),
        (["“One.", "Two.”"], False),
        (["“One. “Two.”"], False),
        (["“One."], False),
        (["One.”"], False),
    ],
)
def test_balance(texts: list[str], expected: bool) -> None:
    assert balanced([english_quotes(text) for text in texts], texts, "“") is expected
