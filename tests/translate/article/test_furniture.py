"""Page furniture: golden lines put at the top, inside and at the end of an article."""

from pathlib import Path

import pytest

from translate.article.blocks import split_blocks
from translate.article.furniture import fold, label_furniture
from translate.document import Block, Kind

GOLDEN = Path(__file__).parents[2] / "golden" / "blocks_furniture.tsv"
ROWS = [line.split("\t") for line in GOLDEN.read_text(encoding="utf-8").splitlines()[1:]]

TITLE = "La dette au plus haut"
LEAD = (
    "La dette publique a atteint un niveau record au deuxième trimestre, selon les chiffres que "
    "l'institut de la statistique a publiés jeudi matin à Paris."
)
LAST = (
    "Les économistes jugent que la charge des intérêts doublera d'ici à la fin de la décennie si "
    "les taux d'intérêt restent à leur niveau actuel."
)
PLACES = {
    "top": "{line}\n\n{title}\n\n{lead}\n\n{last}",
    "body": "{title}\n\n{lead}\n\n{line}\n\n{last}",
    "end": "{title}\n\n{lead}\n\n{last}\n\n{line}",
}


def kinds(text: str) -> dict[str, Kind]:
    """The kind of each block by its text; of equal texts, the last one's."""
    blocks = label_furniture(text, split_blocks(text))
    return {text[block.start : block.end]: block.kind for block in blocks}


@pytest.mark.parametrize(("expected", "place", "line"), ROWS)
def test_golden_lines(expected: str, place: str, line: str) -> None:
    found = kinds(PLACES[place].format(line=line, title=TITLE, lead=LEAD, last=LAST))
    found.setdefault(line, found.get(line.removeprefix("*"), Kind.FURNITURE))
    assert found[line] == expected
    assert found[TITLE] is Kind.TITLE
    assert found[LEAD] is found[LAST] is Kind.PARAGRAPH


def test_the_first_title_stays_and_its_repeats_are_furniture() -> None:
    text = f"{TITLE}\n\n{TITLE}\n\n{LEAD}\n\n{TITLE} - Le Soir"
    blocks = label_furniture(text, split_blocks(text))
    assert [block.kind for block in blocks] == [
        Kind.TITLE,
        Kind.FURNITURE,
        Kind.PARAGRAPH,
        Kind.FURNITURE,
    ]


def test_titles_that_share_words_are_not_repeats() -> None:
    found = kinds(f"{TITLE}\n\n{LEAD}\n\nLa dette au plus bas\n\n{LAST}")
    assert found["La dette au plus bas"] is Kind.HEADING


def test_a_short_title_may_come_again_as_a_subhead() -> None:
    text = f"La dette\n\n{LEAD}\n\nLa dette\n\n{LAST}"
    blocks = label_furniture(text, split_blocks(text))
    assert blocks[2].kind is Kind.HEADING


def test_a_title_that_is_a_quotation_makes_no_other_quotation_furniture() -> None:
    found = kinds(f"« Rien »\n\n{LEAD}\n\n« Tout »\n\n{LAST}")
    assert found["« Tout »"] is Kind.HEADING


def test_the_name_of_the_site_above_the_menu_is_no_title() -> None:
    found = kinds(f"Le Courrier du Nord\n\nPolitique\n\nSociété\n\n{TITLE}\n\n{LEAD}\n\n{LAST}")
    assert found["Le Courrier du Nord"] is Kind.FURNITURE
    assert found[TITLE] is Kind.TITLE


def test_a_standfirst_below_the_share_bar_is_no_title() -> None:
    found = kinds(f"{TITLE}\n\nPartager\n\nUn chapeau sans point\n\n{LEAD}\n\n{LAST}")
    assert found[TITLE] is Kind.TITLE


def test_only_kinds_change() -> None:
    text = f"Menu\n\n{TITLE}\n\n{LEAD}\n\nTous droits réservés"
    before = split_blocks(text)
    after = label_furniture(text, before)
    assert [(block.start, block.end) for block in after] == [
        (block.start, block.end) for block in before
    ]


def test_no_blocks() -> None:
    assert label_furniture("", ()) == ()


def test_a_marked_title_alone_stays_a_title() -> None:
    block = Block(2, 7, Kind.TITLE)
    assert label_furniture("# Titre", (block,)) == (block,)


def test_fold() -> None:
    assert fold("À  la « Une » – N° 3 !") == "a la une n 3"


def kinds_of(*lines: str) -> list[Kind]:
    text = "\n\n".join(lines)
    return [block.kind for block in label_furniture(text, split_blocks(text))]


F, H, P, T = Kind.FURNITURE, Kind.HEADING, Kind.PARAGRAPH, Kind.TITLE
MENU = "Monde Sport Culture"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # One section's name: above the article, or beside other furniture; a subhead inside it.
        (("Monde", TITLE, LEAD, LAST), [F, T, P, P]),
        ((TITLE, LEAD, "Monde", LAST), [T, P, H, P]),
        ((TITLE, LEAD, LAST, "Monde"), [T, P, P, H]),
        ((TITLE, LEAD, LAST, "Se connecter", "Monde"), [T, P, P, F, F]),
        ((TITLE, LEAD, "Se connecter", "Monde", LAST), [T, P, F, H, P]),
        # Two of them are a menu, and so is a trail of short items or one from the home page.
        (("Monde Sport", TITLE, LEAD, LAST), [F, T, P, P]),
        (("La mer > Le vent > La pluie", TITLE, LEAD, LAST), [F, T, P, P]),
        (("La mer > Le vent", TITLE, LEAD, LAST), [T, H, P, P]),
        ((f"La mer > {'vent ' * 9} > La pluie", TITLE, LEAD, LAST), [T, H, P, P]),
        (("Accueil > La mer", TITLE, LEAD, LAST), [F, T, P, P]),
        (("Accueil Monde de la mer", TITLE, LEAD, LAST), [F, T, P, P]),
        (("Accueil de jour", TITLE, LEAD, LAST), [T, H, P, P]),
        # What stands over a menu is the site's name, a headline under it the title.
        (("Le Courrier", MENU, TITLE, LEAD, LAST), [F, F, T, P, P]),
        (("Le Courrier", MENU, "Le maire parle ici.", TITLE, LEAD, LAST), [F, F, P, T, P, P]),
        (("Le Courrier", "Se connecter", TITLE, LEAD, LAST), [T, F, H, P, P]),
        # Headlines after "Lire aussi" are links, up to the next paragraph.
        ((TITLE, LEAD, "Lire aussi", "Un accord", LAST, "Une ligne"), [T, P, F, F, P, H]),
        # The title with the site's name above the title itself is a repeat.
        ((f"{TITLE} - Le Soir", TITLE, LEAD, LAST), [F, T, P, P]),
        ((f"{TITLE} - Le Soir", "Un chapeau", TITLE, LEAD, LAST), [F, H, T, P, P]),
        ((f"{TITLE} - Le Soir", LEAD, LAST), [T, P, P]),
        # A line alone.
        (("Planète",), [P]),
        (("Se connecter",), [F]),
    ],
)
def test_lines_among_lines(lines: tuple[str, ...], expected: list[Kind]) -> None:
    assert kinds_of(*lines) == expected


def test_one_phrase_of_a_site_is_furniture_only_outside_the_article() -> None:
    one = "Nous utilisons des cookies pour mesurer notre audience."
    assert kinds_of(TITLE, LEAD, LAST, one) == [T, P, P, F]
    assert kinds_of(TITLE, LEAD, one, LAST) == [T, P, P, P]


def test_no_cell_of_a_table_is_furniture() -> None:
    table = "| Monde | Sport |\n|---|---|\n| Se connecter | 12 |"
    text = f"{table}\n\n{TITLE}\n\n{LEAD}"
    blocks = label_furniture(text, split_blocks(text, markdown=True))
    cells = [block.kind for block in blocks if block.end <= len(table)]
    assert set(cells) == {Kind.CELL}
