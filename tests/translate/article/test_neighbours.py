"""Short sentences in languages that the desk does not translate."""

import time

import pytest

from tests.fakes import Fake
from translate.article.language import language_name, neighbour_language
from translate.document import Origin
from translate.errors import InputError
from translate.pipeline import analyse, examine, translate_document

FOREIGN = [
    ("de", "Die Kanzlerin hat am Montag erklärt, dass sie nicht wieder kandidiert."),
    ("de", "Wir bauen das Haus, und das ist gut so."),
    ("it", "Il presidente ha detto che non si tratta di una questione politica."),
    ("it", "La procura ha chiesto il rinvio a giudizio per gli ex ministri."),
    ("es", "El alcalde dijo ayer que no quiere dejar el cargo."),
    ("es", "Los vecinos se han quejado del ruido y de la basura."),
    ("pt", "O governo disse ontem que não vai mudar a lei."),
    ("pt", "Ele afirma que as obras da ponte começam amanhã."),
    ("nl", "De minister zei gisteren dat hij niet weg wil."),
    ("nl", "Wij hebben het geld niet en dat is een probleem."),
]
OURS = [
    "Le maire de Lyon a dit hier que non.",
    "Die Welt, Der Spiegel et Die Zeit en parlent.",
    "El País et La Repubblica ont publié les documents.",
    "The mayor said yesterday that he would not resign.",
    "« Wir schaffen das, und das ist gut so », a lancé Angela Merkel.",
    "Angela Merkel, Olaf Scholz, Ursula von der Leyen",
    "Il a dit qu’il n’y a pas de travail ici.",
    "Non.",
]


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_a_neighbour_is_told(code: str, text: str) -> None:
    assert neighbour_language(text) == code


@pytest.mark.parametrize("text", OURS)
def test_french_english_and_names_are_none(text: str) -> None:
    assert neighbour_language(text) is None


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_it_is_left_and_said(code: str, text: str) -> None:
    article = f"Le maire a parlé hier soir de la réforme.\n\n{text}\n\nIl a été applaudi."
    done = translate_document(analyse(article), Fake(str.upper))
    segment = next(s for s in done.segments() if s.source == text)
    assert (segment.target, segment.origin) == (text, Origin.KEPT)
    assert [finding.code for finding in segment.findings] == [f"language.{code}"]
    assert "which the desk does not translate" in segment.findings[0].message


@pytest.mark.parametrize(("code", "text"), FOREIGN)
def test_alone_it_is_refused_by_its_name(code: str, text: str) -> None:
    with pytest.raises(InputError, match=f"looks like {language_name(code)}, not French"):
        examine(analyse(text))


def test_of_two_languages_each_sentence_is_said() -> None:
    german, italian = (next(t for c, t in FOREIGN if c == code) for code in ("de", "it"))
    done = translate_document(analyse(f"{german}\n\n{italian}"), Fake(str.upper))
    codes = [finding.code for finding in done.all_findings()]
    assert codes == ["language.de", "language.it"]


@pytest.mark.parametrize("unit", ["die ", "«", '"a', "ä", "et "])
def test_linear_time(unit: str) -> None:
    started = time.process_time()
    neighbour_language(unit * (200_000 // len(unit)))
    assert time.process_time() - started < 5
