"""What is made once: kept, made again where it is broken, used all the same where not kept."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest

from translate.article import identifier
from translate.kept import kept
from translate.notation import wordlists


class Making:
    """Writes a file, and counts how often."""

    def __init__(self, fault: Exception | None = None) -> None:
        self.count, self.fault = 0, fault

    def __call__(self, folder: Path) -> None:
        self.count += 1
        folder.mkdir()
        (folder / "half").write_text("half")
        if self.fault:
            raise self.fault
        (folder / "whole").write_text("right")


def read(folder: Path) -> str:
    found = (folder / "whole").read_text()
    if found != "right":
        raise ValueError(found)
    return found


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "kind" / "name"


def test_it_is_made_once(place: Path) -> None:
    making = Making()
    assert [kept(place, making, read) for _ in range(3)] == ["right"] * 3
    assert making.count == 1
    assert [path.name for path in place.parent.iterdir()] == ["name"]


@pytest.mark.parametrize("spoil", [lambda path: path.unlink(), lambda path: path.write_text("x")])
def test_what_is_broken_is_made_again(
    place: Path, spoil: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    making = Making()
    kept(place, making, read)
    spoil(place / "whole")
    assert kept(place, making, read) == "right"
    assert making.count == 2
    assert "once more" in caplog.text


def test_what_fails_leaves_nothing(place: Path) -> None:
    with pytest.raises(RuntimeError, match="no"):
        kept(place, Making(RuntimeError("no")), read)
    assert list(place.parent.iterdir()) == []


def test_a_cache_that_cannot_be_written_is_said_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    with caplog.at_level(logging.WARNING):
        for name in ("one", "two"):
            assert kept(tmp_path / "file" / "kind" / name, Making(), read) == "right"
    (said,) = caplog.messages
    assert "DEPECHE_CACHE" in said


def test_another_process_may_be_first(place: Path) -> None:
    making = Making()

    def make(folder: Path) -> None:
        making(folder)
        if not place.exists():
            making(place)

    assert kept(place, make, read) == "right"


@pytest.mark.parametrize("name", ["tk_nextmove.npy", "two-nb_ptc.npy", "two.json"])
def test_a_broken_table_of_the_languages_is_made_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path))
    before = identifier.french_or_english().rank("Le maire a parlé.")
    (path,) = tmp_path.rglob(name)
    path.write_bytes(path.read_bytes()[:-1])
    assert identifier.french_or_english().rank("Le maire a parlé.") == before
    assert before[0][0] == "fr"


@pytest.mark.parametrize("name", ["words.marisa", "hundredths"])
def test_a_broken_word_list_is_made_again(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEPECHE_CACHE", str(tmp_path))
    before = wordlists.load("fr").zipf("maire")
    (path,) = tmp_path.rglob(name)
    path.write_bytes(path.read_bytes()[:100])
    assert wordlists.load("fr").zipf("maire") == before > 4


def test_the_tables_say_what_their_packages_say() -> None:
    import wordfreq
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    whole = LanguageIdentifier.from_model_file(MODEL_FILE)
    for text in ("Le maire a parlé.", "The mayor spoke", "Der Minister hat gesagt", "", "12", "é"):
        assert identifier.all_languages().rank(text) == whole.rank(text)
    for word in ("maire", "the", "hégémonie", "zzzzqq", "", "’"):
        for language in ("en", "fr"):
            packed = wordfreq.get_frequency_dict(language, "large").get(word)
            found = wordlists.word_list(language).zipf(word)
            assert found == pytest.approx(
                wordfreq.freq_to_zipf(packed) if packed else 0.0, abs=0.006
            )
