import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation import numbers


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("3,5 % du PIB", "3.5% of GDP"),
        ("12 000 habitants", "12,000 inhabitants"),
        ("1\u202f234\u202f567 euros", "1,234,567 euros"),
        ("12.000 francs", "12,000 francs"),
        ("à 14 h 30", "at 2:30 p.m."),
        ("à 14 h 30", "at 14:30"),
        ("à 9h", "at 9 a.m."),
        ("pendant 20 heures", "for 20 hours"),
        ("le 1er mai", "May 1"),
        ("au XIXe siècle", "in the 19th century"),
        ("au XIXe siècle", "in the nineteenth century"),
        ("la 73e minute", "the 73rd minute"),
        ("3 blessés", "three wounded"),
        ("deux morts", "2 dead"),
        ("le score de 6-4, 7-6", "a score of 6-4, 7-6"),
        ("en 2024-2025", "in 2024-2025"),
        ("les années 1990", "the 1990s"),
        ("F16 et A320", "F16 and A320"),
        ("1,2 milliard", "1.2 billion"),
        ("à 12 heures", "at noon"),
        ("l'article 49.3, le 12.03.2024", "Article 49.3, 12.03.2024"),
        ("à 18h30", "at 6:30 p.m."),
        ("à 18:30, 08:15", "at 6:30 p.m., 08:15"),
        ("en 2h47", "in 2 hours 47 minutes"),
        ("en 2 h 47", "in 2 hours 47 minutes"),
        ("en 2 h 47", "in 2:47"),
        ("en 1 h 02 min 03 s", "in 1:02:03"),
        ("en 9 min 58 s 12", "in 9:58.12"),
        ("vers 13 h", "at 1 o'clock"),
        ("vers 1 h", "at 1 o'clock"),
        ("3 000 personnes", "3 thousand people"),
        ("1 billion de pas", "1 trillion steps"),
        ("3 millions et demi de gens", "3.5 million people"),
        ("de 2 milliards à 3 milliards", "from 2 to 3 billion"),
        ("de 2 à 3 milliards", "between 2 billion and 3 billion"),
    ],
)
def test_the_same_numbers_in_both_notations(french: str, english: str) -> None:
    assert numbers.missing_and_extra(french, english) == ([], [])


@pytest.mark.parametrize(
    ("french", "english", "missing", "extra"),
    [
        ("3,5 %", "35%", ["3,5"], ["35"]),
        ("l'article 49.3", "Article 493", ["49.3"], ["493"]),
        ("12 000 et 12 000", "12,000", ["12 000"], []),
        ("hausse", "a rise of 4%", [], ["4"]),
        ("14 h 30", "2:30 a.m.", ["14 h 30"], ["2:30 a.m."]),
    ],
)
def test_a_lost_or_invented_number_is_told(
    french: str, english: str, missing: list[str], extra: list[str]
) -> None:
    lost, invented = numbers.missing_and_extra(french, english)
    assert [figure.surface for figure in lost] == missing
    assert [figure.surface for figure in invented] == extra


@pytest.mark.parametrize(
    ("target", "source", "english"),
    [
        ("150,00,000 euros", "150 000 euros", "150,000 euros"),
        ("and 463.31 euros net", "et 1 463,31 euros net", "and 1,463.31 euros net"),
        ("from 20222 to 1,800.", "de 2022 à 18 000.", "from 2022 to 18,000."),
        ("15 days", "11 jours", None),  # another number, not a garbled one
        ("no number", "12 jours", None),
        ("20222 (0-2)", "2022 (0-2) et 2024", None),  # which of the two was meant?
        ("at 18.30", "à 18 h 30", None),
        ("the 22nd", "le 222", None),
        ("200 of 300", "200 sur 300", None),
    ],
)
def test_a_garbled_number_is_mended(target: str, source: str, english: str | None) -> None:
    assert numbers.mended(target, source) == english


@pytest.mark.parametrize(
    ("target", "source", "english"),
    [
        ("It rose 3,5 % to 12 000.", "3,5 % ; 12 000", "It rose 3.5% to 12,000."),
        ("At 14 h 30 he left.", "À 14 h 30", "At 2:30 p.m. he left."),
        ("for 20 hours", "20 h", "for 20 hours"),
        ("at 4 h 30 in the morning.", "à 4 h 30 du matin.", "at 4:30 a.m."),
        ("1, 200 posts", "1 200 postes", "1,200 posts"),
        (
            "from 1443.11 to 1.463.31 euros",
            "de 1 443,11 à 1 463,31",
            "from 1,443.11 to 1,463.31 euros",
        ),
        ("In 2024 and 12 000.", "En 2024 et 12 000.", "In 2024 and 12,000."),
        ("12,000 or 12,000.5", "12 000", "12,000 or 12,000.5"),
        ("won in 2 h 47", "gagne en 2 h 47", "won in 2 hours 47 minutes"),
        ("1,234 people", "1 234 personnes", "1,234 people"),
        ("9,58 seconds", "9,58 secondes", "9.58 seconds"),
        ("about 7,2 % of it", "", "about 7.2% of it"),
        ("up 3,25 %", "en hausse de 3,25 %", "up 3.25%"),
        ("about 7,25 % of it", "", "about 7.25% of it"),
        ("each 3 hours 2 minutes trip", "", "each 3-hour 2-minute trip"),
        ("one 3 hours 2 minutes trip", "", "one 3-hour 2-minute trip"),
        ("1,945 cases since 1945", "1 945 cas depuis 1945", "1,945 cases since 1945"),
        ("at 14 h 30 in the afternoon", "à 14 h 30", "at 2:30 p.m."),
        ("at 19 h 30 in the evening.", "à 19 h 30.", "at 7:30 p.m."),
        ("this 2 hours 1 minute format", "ce format de 2 h 01", "this 2-hour 1-minute format"),
        ("the 2 hours 30 minutes for it", "les 2 h 30", "the 2 hours 30 minutes for it"),
    ],
)
def test_french_notation_becomes_english(target: str, source: str, english: str) -> None:
    assert numbers.to_english(target, source) == english


@pytest.mark.parametrize(
    ("line", "english"),
    [
        ("12 000,5 €", "€12,000.5"),
        ("3,5 %", "3.5%"),
        ("", ""),
        ("LVMH\t612,40\t+2,31 %\t412 578", "LVMH\t612.40\t+2.31%\t412,578"),
        ("Nantes : 12,4 °C", "Nantes: 12.4 °C"),
        ("CAC 40 : 7 612,52 (+0,55 %)", "CAC 40: 7,612.52 (+0.55%)"),
        ("4,1 Md€", "€4.1 billion"),
        ("204,72 $ US", "$204.72"),
        ("14/07/2025", "July 14, 2025"),
        ("20 h 30", "8:30 p.m."),
        ("Boeing 747", "Boeing 747"),
        ("PSG 3 7 2 1 0", "PSG 3 7 2 1 0"),
        ("06 12 34 56 78", "06 12 34 56 78"),
        ("1,234", "1,234"),  # in which of the two notations?
        ("2024", "2024"),
        ("10:30", "10:30"),
    ],
)
def test_a_line_without_words(line: str, english: str) -> None:
    assert numbers.english_line(line) == english
    assert numbers.english_line(english) == english


@pytest.mark.parametrize(
    ("french", "written"),
    [
        ("1,2 M d'habitants", "1,2 millions d'habitants"),
        ("2 Md de vues", "2 milliards de vues"),
        ("3 Mrds d'humains", "3 milliards d'humains"),
        ("2 MdF", "2 MdF"),
        ("2 M€ et 1,5 M€", "2 millions d'euros et 1,5 million d'euros"),
        ("3M d'euros", "3 millions d'euros"),
        ("une grève de 1 h", "une grève de 1 heure"),
        ("une grève de 2 h", "une grève de 2 heures"),
    ],
)
def test_large_numbers_are_written_out(french: str, written: str) -> None:
    assert numbers.written_out(french) == written


@given(st.integers(0, 10**9), st.integers(1, 999))  # 1,000 is a thousand, in an English habit
def test_any_amount_is_found_again(whole: int, decimals: int) -> None:
    french = f"{whole:,}".replace(",", "\u202f") + f",{decimals:03}"
    english = numbers.english_notation(french)
    assert english == f"{whole:,}.{decimals:03}"
    assert numbers.missing_and_extra(french, english) == ([], [])


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    numbers.missing_and_extra(text, text)
    numbers.to_english(text, text)
    numbers.english_line(text)


@pytest.mark.parametrize(
    ("text", "english"),
    [
        ("à 14 h 30", "2:30 p.m."),
        ("à 14h30, à 7h05, à 7h", "2:30 p.m., 7:05 a.m., 7 a.m."),
        ("en 3h12min", "3 hours 12 minutes"),
        ("dès 18:30", "6:30 p.m."),
        ("à 9 heures", "9 a.m."),
        ("à 12 h ou à 0 h", "noon, midnight"),
        ("à 9 heures par jour", "9"),
        ("de 8 à 10 heures", "8, 10"),
        ("l'article 49.3", "49.3"),
        ("Jean 3:16", "3:16"),
        ("à 8 h 30 du soir", "8:30 p.m."),
        ("vers 20 h", "around 8 p.m."),
        ("de 9 h à 19 h", "9 a.m., 7 p.m."),
        ("en 2 h 47", "2 hours 47 minutes"),
        ("20 h de travail", "20"),
        ("à 2 h 30 de route", "2 hours 30 minutes"),
        ("il y a 24 h", "24"),
        ("12 000 et 3,5 le 1er mai", "12,000, 3.5"),
        ("Au XIXe siècle", "19th"),
        ("aux XXe et XXIe siècles, le 13e arrondissement, François Ier", "20th, 21st, 13th"),
        ("1 500 km², 35 °C, 320 km/h, 3 m de haut", "1,500 km², 35 °C, 320 km/h, 3 m"),
    ],
)
def test_numbers_are_masked_with_their_english(text: str, english: str) -> None:
    stretches = list(numbers.masked(text))
    assert "".join(french for french, _ in stretches) == text
    assert ", ".join(found for _, found in stretches if found) == english


def test_a_time_of_the_evening_is_the_same_in_english() -> None:
    assert numbers.missing_and_extra("à 8 h 30 du soir", "at 8:30 p.m.") == ([], [])
    assert numbers.to_english("He left at 14 h 30.", "Parti à 14 h 30.") == "He left at 2:30 p.m."


@given(st.text(alphabet="0123456789 ,.h\u202faàdeunIVXer%-", max_size=40))
def test_masking_loses_nothing(text: str) -> None:
    assert "".join(stretch for stretch, _ in numbers.masked(text)) == text
