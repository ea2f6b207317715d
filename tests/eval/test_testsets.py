"""Where test sets come from, and what is said where they are not."""

from pathlib import Path

import pytest

from eval.testsets import Form, listing, load, load_all
from eval.values import data_hash
from translate.errors import InputError, UsageError


def pair(folder: Path, name: str, french: str, english: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.fr").write_text(french)
    (folder / f"{name}.en").write_text(english)


def test_news_desk_is_aligned() -> None:
    found = load("news-desk")
    assert found.form is Form.ARTICLES
    streams = (found.sources, found.references[0], found.articles, found.kinds)
    assert len({len(stream) for stream in streams}) == 1
    assert len(found.texts) == len(set(found.articles)) >= 6
    assert {"title", "heading", "paragraph", "caption", "furniture"} <= set(found.kinds)
    assert found.hash == data_hash(found.references)


def test_a_folder_of_pairs_is_several_sets(tmp_path: Path) -> None:
    pair(tmp_path / "mine", "b", "Trois.\n", "Three.\n")
    pair(tmp_path / "mine", "a", "Un.\nDeux.\n", "One.\nTwo.\n")
    found = load_all([str(tmp_path / "mine")])
    assert [(one.name, len(one.sources)) for one in found] == [("a", 2), ("b", 1)]
    with pytest.raises(InputError, match=r"has 2 test sets \(a, b\): give one"):
        load(str(tmp_path / "mine"))
    with pytest.raises(UsageError, match="two test sets are called b"):
        load_all([str(tmp_path / "mine"), str(tmp_path / "mine" / "b")])


def test_a_folder_with_one_pair(tmp_path: Path) -> None:
    pair(tmp_path / "mine", "a", "Un.\nDeux.\n", "One.\nTwo.\n")
    assert load(str(tmp_path / "mine")).sources == ("Un.", "Deux.")


def test_one_pair_of_a_folder(tmp_path: Path) -> None:
    pair(tmp_path, "a", "Un.\n", "One.\n")
    pair(tmp_path, "news.2013", "Deux.\n", "Two.\n")
    assert load(str(tmp_path / "news.2013")).sources == ("Deux.",)


def test_a_folder_of_articles(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("# Titre\n\nUn.\n")
    (tmp_path / "a.en.md").write_text("# Title\n\nOne.\n")
    found = load(str(tmp_path))
    assert found.form is Form.ARTICLES
    assert found.articles == ("a", "a")
    assert found.kinds == ("title", "paragraph")


def test_a_set_that_was_placed_by_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU", str(tmp_path))
    folder = tmp_path / "wmt14" / "full"
    folder.mkdir(parents=True)
    (folder / "wmt14_full.fr-en.src").write_text("Un.\nDeux.\n")
    (folder / "wmt14_full.fr-en.ref").write_text("One.\nTwo.\n")
    found = load("wmt14/full")
    assert (found.sources, found.domain) == (("Un.", "Deux."), "news")
    listed = {item.name: item for item in listing()}
    assert listed["wmt14/full"].segments == 2
    assert listed["wmt14/full"].hash == found.hash
    assert listed["wmt13"].state == "not downloaded"


def test_headlines_are_lines_of_our_own() -> None:
    found = load("headlines")
    assert len(found.sources) == len(set(found.sources)) == 200
    assert (found.form.value, found.licence) == ("sentences", "CC0-1.0")
    assert not any(line.endswith(".") for line in (*found.sources, *found.references[0]))


def test_listing_survives_a_broken_folder(tmp_path: Path) -> None:
    listed = list(listing([str(tmp_path)]))
    assert [item.name for item in listed[:2]] == ["news-desk", "headlines"]
    assert "neither" in listed[2].state


@pytest.mark.parametrize(
    ("files", "name", "says"),
    [
        ({}, "wmt99", "unknown test set 'wmt99': give news-desk"),
        ({"a.txt": "Un."}, ".", "has neither *.fr with *.en nor NAME.txt"),
        ({"a.fr": "Un.\nDeux.\n", "a.en": "One.\n"}, "a", "2 segments and a.en 1: align them"),
        ({"a.fr": "", "a.en": "One.\n"}, "a", "a.fr is empty"),
        ({"a.txt": "Un.\n\nDeux.\n", "a.en.txt": "One.\n"}, ".", "2 segments and a.en.txt 1"),
        ({"a.en.txt": "One.\n"}, ".", "a.txt does not exist"),
    ],
)
def test_bad_sets(
    files: dict[str, str], name: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for file, text in files.items():
        Path(file).write_text(text)
    with pytest.raises(InputError) as caught:
        load(name)
    assert says in str(caught.value)


def test_news_desk_without_a_clone(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not installed here"):
        load("news-desk", examples=tmp_path / "no")


def test_a_set_is_downloaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SACREBLEU", str(tmp_path / "nothing here"))
    pair(tmp_path, "a", "Un.\n", "One.\n")
    found = load("wmt13", download=lambda name, direction: (tmp_path / "a.fr", tmp_path / "a.en"))
    assert found.sources == ("Un.",)


@pytest.mark.parametrize("error", [OSError("no network"), SystemExit(1)])
def test_a_set_that_cannot_be_downloaded_says_where_to_place_it(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SACREBLEU", str(tmp_path))

    def refuse(name: str, direction: str) -> tuple[Path, Path]:
        raise error

    with pytest.raises(InputError) as caught:
        load("wmt14/full", download=refuse)
    assert f"{tmp_path}/wmt14/full/wmt14_full.fr-en.src" in str(caught.value)
    assert "one segment a line" in str(caught.value)
