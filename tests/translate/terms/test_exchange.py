"""Termbases of other programs are read whole, and ours come back as they went out."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from translate.errors import DepecheError
from translate.terms.exchange import READERS, WRITERS, read_terms, termbase_of, write_terms
from translate.terms.termbase import Term

TERMS = [
    Term("garde à vue", "police custody", ("custody",)),
    Term("le Mali", "Mali"),
    Term("l’Élysée", "the Élysée"),
]
#: As MultiTerm and other programs write the edition of 2008.
MARTIF = """<?xml version="1.0"?>
<martif type="TBX-Basic" xml:lang="en"><text><body>
 <termEntry id="1"><langSet xml:lang="en-GB"><tig><term>police custody</term></tig>
  <tig><term>custody</term></tig></langSet>
  <langSet xml:lang="fr"><descripGrp><descrip type="context">En garde à vue.</descrip></descripGrp>
   <tig><term>garde à vue</term></tig></langSet></termEntry>
 <termEntry id="2"><langSet xml:lang="de"><tig><term>Haft</term></tig></langSet></termEntry>
</body></text></martif>"""


@pytest.mark.parametrize("form", WRITERS)
def test_what_is_written_is_read(form: str) -> None:
    assert read_terms(write_terms(TERMS, form), f"terms.{form}") == TERMS


_WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N"]), min_size=1, max_size=9)
_PHRASES = st.lists(_WORDS, min_size=1, max_size=3).map(" ".join)


@given(
    st.dictionaries(
        _PHRASES, st.lists(_PHRASES, min_size=1, max_size=3, unique=True), min_size=1, max_size=5
    ),
    st.sampled_from(sorted(WRITERS)),
)
def test_no_term_is_lost(words: dict[str, list[str]], form: str) -> None:
    terms = [Term(french, first, tuple(also)) for french, (first, *also) in words.items()]
    assert read_terms(write_terms(terms, form), f"x.{form}") == terms


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.tbx", MARTIF),
        ("a.csv", "English,French\npolice custody | custody,garde à vue\n"),
        ("a.csv", "garde à vue;police custody | custody\n"),
        ("a.csv", "fr,en\ngarde à vue,police custody\ngarde à vue,custody\n"),
        ("a.tsv", "# police\n\ngarde à vue\tpolice custody | custody\n"),
    ],
)
def test_other_programs_files_are_read(name: str, text: str) -> None:
    assert read_terms(text.encode(), name) == TERMS[:1]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.docx", b"", "a.docx is no tsv"),
        ("a.tbx", b"<tbx>", "no well-formed XML"),
        ("a.tbx", b"<html/>", "is no TBX"),
        ("a.tbx", b'<!DOCTYPE t [<!ENTITY a "b">]><tbx>&a;</tbx>', "a.tbx"),
        ("a.csv", b"one\n", "two columns are needed"),
        ("a.tsv", b"one\n", "is not French<TAB>English"),
        ("a.csv", b"--,x\n", "does not begin with a letter"),
    ],
)
def test_bad_files_are_said(name: str, data: bytes, message: str) -> None:
    with pytest.raises(DepecheError, match=message):
        read_terms(data, name)


def test_each_form_is_read_that_is_written() -> None:
    assert set(WRITERS) <= set(READERS)


def test_a_termbase_of_another_program_is_kept_to(tmp_path: Path) -> None:
    path = tmp_path / "desk.csv"
    path.write_bytes(write_terms(TERMS, "csv"))
    found = termbase_of(path)
    assert [term.english for _, term in found.find("au Mali, en garde à vue")] == [
        *("Mali", "police custody"),
    ]
    with pytest.raises(DepecheError, match=r"none\.tbx"):
        termbase_of(tmp_path / "none.tbx")
