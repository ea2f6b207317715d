"""What was translated is kept until anything that made it changes."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cache import PROGRAM, HypothesisCache, keys_of, libraries, program_hash
from eval.systems import parse_system
from eval.testsets import Article
from translate.errors import InputError, ModelError
from translate.terms.termbase import Term, Termbase

TEXT = [Article("", "Il pleut.")]


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program without its model."""
    return Path(
        shutil.copytree(PROGRAM, tmp_path / "p", ignore=shutil.ignore_patterns("*.safetensors"))
    )


@pytest.mark.parametrize("name", ["terms/names.tsv", "findings.json", "notation/numbers.py"])
def test_a_change_of_the_program_is_seen(name: str, program: Path, tmp_path: Path) -> None:
    before = program_hash(program)
    with (program / name).open("a", encoding="utf-8") as file:
        file.write("\n")
    program_hash.cache_clear()
    assert program_hash(program) != before


def test_every_list_of_the_program_is_hashed(program: Path) -> None:
    before = program_hash(program)
    lists = [*program.rglob("*.tsv"), *program.rglob("*.py")]
    assert len(lists) > 40
    for file in lists:
        kept = file.read_bytes()
        file.write_bytes(kept + b"\n")
        program_hash.cache_clear()
        assert program_hash(program) != before, file
        file.write_bytes(kept)


@pytest.mark.parametrize("name", ["builtin_model/README.md", "__pycache__/old.cpython-311.pyc"])
def test_what_makes_no_english_is_not_hashed(name: str, program: Path) -> None:
    before = program_hash(program)
    (program / name).parent.mkdir(exist_ok=True)
    (program / name).write_text("changed")
    program_hash.cache_clear()
    assert program_hash(program) == before


@pytest.mark.parametrize(
    "spec",
    [
        "builtin,beam=1",
        "builtin,compute=float32",
        "builtin,device=cpu",
        "builtin,engine=transformers",
        "builtin,furniture=keep",
        "builtin,quotes=british",
        "builtin,raw=yes",
    ],
)
def test_other_systems_have_other_keys(spec: str) -> None:
    assert keys_of(TEXT, parse_system(spec)) != keys_of(TEXT, parse_system("builtin"))


def test_terms_and_form_of_the_text_count() -> None:
    system = parse_system("builtin")
    terms = Termbase((Term("pluie", "drizzle"),))
    other = replace(system, settings=replace(system.settings, terms=terms))
    keys = {
        *keys_of(TEXT, system),
        *keys_of(TEXT, other),
        *keys_of([Article("", "Il pleut.", markdown=True)], system),
        *keys_of([Article("meteo", "Il pleut.")], system),
        *keys_of([Article("", "Il neige.")], system),
    }
    assert len(keys) == 5


def test_another_processor_has_other_keys(monkeypatch: pytest.MonkeyPatch) -> None:
    before = keys_of(TEXT, parse_system("builtin"))
    monkeypatch.setenv("CT2_FORCE_CPU_ISA", "GENERIC")
    assert keys_of(TEXT, parse_system("builtin")) != before


def test_the_libraries_have_their_versions() -> None:
    assert {"ctranslate2", "sentencepiece", "py3langid"} <= set(
        libraries().replace(",", "").split()
    )


def test_a_model_that_is_not_there_is_said() -> None:
    with pytest.raises(ModelError):
        keys_of(TEXT, parse_system("nowhere/at-all"))


def test_a_broken_cache_is_said(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("this is no database at all, but long enough to be read as one")
    with pytest.raises(InputError, match="cannot be used as cache"):
        HypothesisCache(tmp_path / "cache")
