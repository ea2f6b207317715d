"""Money, times and other numbers against their golden cases and their promises."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.notation import calendar, money, numbers, spelled, times
from translate.notation.money import CurrencyStyle
from translate.notation.numerals import english_value, french_value

GOLDEN = Path(__file__).parents[2] / "golden"


def rows(name: str) -> list[list[str]]:
    lines = (GOLDEN / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


FILES = ("money.tsv", "times.tsv", "numerals.tsv", "dates.tsv", "codes.tsv")


@pytest.mark.parametrize(("french", "english"), [row for name in FILES for row in rows(name)])
def test_golden(french: str, english: str) -> None:
    """What is masked is written so, whether or not the French was written out before."""
    for text in (french, numbers.written_out(french)):
        stretches = list(numbers.masked(text))
        assert "".join(stretch for stretch, _ in stretches) == text
        assert " | ".join(found for _, found in stretches if found) == english


@pytest.mark.parametrize(("french", "english"), rows("words.tsv"))
def test_golden_where_the_model_has_lost_a_number(french: str, english: str) -> None:
    stretches = list(numbers.masked(french, everything=True))
    assert "".join(stretch for stretch, _ in stretches) == french
    assert " | ".join(found for _, found in stretches if found) == english


@pytest.mark.parametrize(
    ("style", "written"),
    [
        (CurrencyStyle.SIGN, "€25 million, $12 Canadian, 1 yen, £1"),
        (CurrencyStyle.WORD, "25 million euros, 12 Canadian dollars, 1 yen, 1 pound"),
        (CurrencyStyle.CODE, "EUR 25 million, CAD 12, JPY 1, GBP 1"),
    ],
)
def test_a_house_has_its_style(style: CurrencyStyle, written: str) -> None:
    amounts = money.amounts("25 M€, 12 $ CA, 1 yen, 1 £")
    assert ", ".join(money.render(amount, style) for amount in amounts) == written


def test_a_weight_is_no_sum() -> None:
    assert money.lost_and_added("Il pèse 500 livres.", "It weighs £500.") == ([], [])
    assert money.lost_and_added("Il a 500 dollars.", "He has £500.") == (["500 dollars"], ["£500"])


CURRENCIES = ["€", "$", "$ CA", "£", "CHF", "FCFA", "yens", "dollars de Taïwan"]
SCALES = {"": 1, "M": 10**6, "Md": 10**9}


@given(
    st.integers(1, 10**6),
    st.integers(0, 99),
    st.sampled_from(CURRENCIES),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(["", "-", "+"]),
    st.sampled_from(CurrencyStyle),
)
def test_no_amount_loses_its_currency_sign_or_scale(
    whole: int, cents: int, currency: str, scale: str, sign: str, style: CurrencyStyle
) -> None:
    digits = f"{whole:,}".replace(",", "\u202f") + (f",{cents:02}" if cents else "")
    space = " " if scale and currency[0].isalpha() else ""
    french = f"{sign}{digits} {scale}{space}{currency}"
    (given_,) = money.amounts(french)
    (found,) = money.english_amounts(money.render(given_, style))
    assert given_.quantity == Decimal(f"{whole}.{cents:02}") * SCALES[scale]
    assert (found.quantity, found.currency, found.sign) == (
        given_.quantity,
        given_.currency,
        sign,
    )
    (again,) = money.amounts(money.spelled_out(french))
    assert (again.quantity, again.currency) == (given_.quantity, given_.currency)


@pytest.mark.parametrize(
    ("french", "english", "lost", "added"),
    [
        ("25 000 $ CA", "$25,000 Canadian", [], []),
        ("25 000 $ CA", "C$25,000", [], []),
        ("25 000 $ CA", "25,000 Canadian dollars", [], []),
        ("25 000 $ CA", "$25,000", ["25 000 $ CA"], ["$25,000"]),
        ("3 M€ et 4 M$", "3 million euros and US$4 million", [], []),
        (
            "3 M€ et 4 M$",
            "$3 million and €4 million",
            ["3 M€", "4 M$"],
            ["$3 million", "€4 million"],
        ),
        ("12 euros", "a dozen euros", [], []),
        ("12 euros", "12 people", ["12 euros"], []),
        ("12 personnes", "12 euros", [], ["12 euros"]),
        ("de 10 à 20 euros", "from 10 to 20 euros", [], []),
        ("trois livres", "three pounds", [], []),
        ("7 milliards de dollars de Taïwan", "7 billion Taiwan dollars", [], []),
    ],
)
def test_sums_in_another_currency_are_told(
    french: str, english: str, lost: list[str], added: list[str]
) -> None:
    assert money.lost_and_added(french, english) == (lost, added)


@pytest.mark.parametrize(
    ("target", "source", "english"),
    [
        ("a loan of 25 million euros", "un prêt de 25 M€", "a loan of €25 million"),
        ("25,000 Canadian dollars", "25 000 $ CA", "$25,000 Canadian"),
        ("a million dollars", "un million de dollars", "$1 million"),
        ("26 euros", "25 euros", "26 euros"),
        ("a 2 hours 30 minutes trip", "un trajet de 2 h 30", "a 2-hour 30-minute trip"),
        ("the 2 hours 30 minutes were long", "2 h 30", "the 2 hours 30 minutes were long"),
    ],
)
def test_what_the_model_wrote_is_set_in_house_style(target: str, source: str, english: str) -> None:
    assert numbers.to_english(target, source) == english
    assert numbers.to_english(english, source) == english


@given(st.integers(0, 23), st.integers(0, 59))
def test_a_time_of_day_is_found_again(hour: int, minute: int) -> None:
    french = f"à {hour} h {minute:02}"
    (time,) = times.times(french)
    assert time.is_length is False
    assert numbers.missing_and_extra(french, f"at {times.english(time)}") == ([], [])


@given(st.integers(1, 99), st.integers(0, 59))
def test_a_length_of_time_is_found_again(hour: int, minute: int) -> None:
    french = f"en {hour} h {minute:02}"
    (time,) = times.times(french)
    assert time.is_length is True
    assert numbers.missing_and_extra(french, f"in {times.english(time)}") == ([], [])


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("à 18 h", "at 6 a.m."),
        ("une grève de 48 h", "a 48 a.m. strike"),
        ("en 2 h 30", "in 2:30 a.m."),
        ("2 milliards d'habitants", "2 million inhabitants"),
        ("3 M€", "€3 billion"),
    ],
)
def test_another_time_or_scale_is_no_match(french: str, english: str) -> None:
    missing, _ = numbers.missing_and_extra(french, english)
    assert missing


@given(st.integers(1, 999_999))
def test_any_number_in_words_is_read(value: int) -> None:
    assert spelled.english_value(spelled.english_words(value)) == value
    (found,) = (word for word in spelled.english(spelled.english_words(value)))
    assert found.values == (str(value),)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("soixante et onze", 71),
        ("soixante-dix-sept", 77),
        ("quatre-vingts", 80),
        ("quatre-vingt-un", 81),
        ("quatre-vingt-seize", 96),
        ("septante-trois", 73),
        ("huitante", 80),
        ("nonante et un", 91),
        ("cent un", 101),
        ("deux cents", 200),
        ("trois-cent-vingt-cinq", 325),
        ("mille neuf cent quatre-vingt-quatre", 1984),
        ("quarante mille", 40_000),
        ("sept cent soixante-dix-huit mille cinq cents", 778_500),
    ],
)
def test_french_words_are_read(words: str, value: int) -> None:
    assert [word.values for word in spelled.french(words)] == [(str(value),)]


@pytest.mark.parametrize(
    "unit", ["1 ", "un ", "€", "1 000", "de 1 €", "cent ", "12 h ", "2h ", "1' "]
)
def test_linear_time(unit: str) -> None:
    """Twice the text takes about twice the time (processor time, which other work hardly moves)."""
    import time

    def seconds(size: int) -> float:
        text = unit * (size // len(unit))
        start = time.process_time()
        numbers.missing_and_extra(text, "")
        return time.process_time() - start

    assert any(seconds(40_000) < 8 * seconds(10_000) + 0.5 for _ in range(3))


@pytest.mark.parametrize(
    ("french", "english", "missing", "extra"),
    [
        ("lundi 3 novembre", "Monday, Nov. 3", [], []),
        ("lundi 3 novembre", "Tuesday, November 3", ["lundi"], ["Tuesday"]),
        ("le 12/03/2024", "March 12, 2024", [], []),
        ("le 12/03/2024", "December 3, 2024", ["12/03/2024"], ["December"]),
        ("en mai, au mois de mars", "in May, in March", [], []),
        ("Mars et Vénus", "Mars and Venus", [], []),
        ("un mardi sur deux", "every other Tuesday", [], []),
        ("le 3 sept. 2024", "September 3, 2024", [], []),
        ("Il peut partir.", "He may go. March on!", [], []),
        ("Le docteur Jan Gad", "Doctor Jan Gad", [], []),
        ("MARDI 5 MARS", "TUESDAY, MARCH 5", [], []),
        ("la chanson « Sunday »", "the song “Sunday”", [], []),
    ],
)
def test_days_and_months_are_compared(
    french: str, english: str, missing: list[str], extra: list[str]
) -> None:
    assert calendar.contradictions(french, english) == (missing, extra)


@pytest.mark.parametrize(
    ("french", "english", "missing"),
    [
        ("soixante-dix élus", "70 members", []),
        ("soixante-dix élus", "sixty members", ["soixante-dix"]),
        ("treize blessés", "thirteen injured", []),
        ("trois quarts", "three-quarters", []),
        ("dix pour cent", "ten percent", []),
        ("46 cents", "46 cents", []),
        ("un appartement neuf", "a new flat", []),
        ("dans quinze jours", "in two weeks", []),
        ("des dizaines de cas", "dozens of cases", []),
        ("un millier de sites", "sites", ["un millier de"]),
        ("des milliers de gens", "people", ["milliers"]),
        ("deux mondes", "both worlds", []),
        ("les deux", "them", []),
        ("le vol MH17", "flight MH-17", []),
        ("le SARS-CoV-2", "SARS-CoV", ["SARS-CoV-2"]),
        ("le 01 23 45 67 89", "on 01 23 45 67 89", []),
        ("le 01 23 45 67 89", "on 01 23 45 67 88", ["01 23 45 67 89"]),
        ("2 millions et demi", "2.5 million", []),
        ("les années 80", "the '80s", []),
        ("les années 1990", "the 1980s", ["années 1990"]),
        ("de 2 à 3 milliards", "2 billion to 3 billion", []),
        ("8,733 km", "8,733 km", []),
    ],
)
def test_numbers_that_are_lost_are_told(french: str, english: str, missing: list[str]) -> None:
    lost, _ = numbers.missing_and_extra(french, english)
    assert [figure.surface for figure in lost] == missing


@pytest.mark.parametrize(
    ("style", "english"),
    [
        (CurrencyStyle.SIGN, "It costs €25 million."),
        (CurrencyStyle.WORD, "It costs 25 million euros."),
        (CurrencyStyle.CODE, "It costs EUR 25 million."),
    ],
)
def test_sums_are_set_in_the_style_of_the_house(style: CurrencyStyle, english: str) -> None:
    for written in ("€25 million", "25 million euros", "EUR 25 million"):
        found = numbers.to_english(f"It costs {written}.", "Cela coûte 25 M€.", style)
        assert found == english
    assert numbers.english_line("25 M€", style) in english


def test_digits_of_a_later_unicode_are_read() -> None:
    assert french_value("\U0001ccf3\U0001ccf0") == 30
    assert english_value("1,\U0001e4f1٣4") == 1134
