"""Test sets: ours (`news-desk`, `headlines`), sacreBLEU's by name, any folder of pairs.

A name is one of ours, one of sacreBLEU's (`wmt14/full`), a folder with `*.fr` and `*.en` or with
articles `NAME.txt` and `NAME.en.txt`, or the beginning of one pair (`folder/newstest2013`).
"""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import ClassVar

from eval.metrics import download_test_set, test_set_names
from eval.readers import ARTICLE_SUFFIXES, Role, has_words, read_segments
from eval.values import data_hash
from translate.document import Block, Document
from translate.errors import DepecheError, InputError, UsageError
from translate.pipeline import analyse

Download = Callable[[str, str], tuple[Path, Path]]

NEWS_DESK = "news-desk"
HEADLINES = "headlines"
OWN = (NEWS_DESK, HEADLINES)
DIRECTION = "fr-en"
EXAMPLES = Path(__file__).parents[1] / "examples"
UNKNOWN = "not stated"

#: Beginning of a sacreBLEU name -> domain and licence, as far as the makers state them.
_SACREBLEU_INFO = {
    "wmt08/europarl": ("parliament", "research use (statmt.org)"),
    "wmt": ("news", "research use (statmt.org)"),
    "iwslt": ("talks", "CC BY-NC-ND 4.0 (TED)"),
    "mtedx": ("talks", "CC BY-NC-ND 4.0 (TED)"),
    "mtnt": ("Reddit comments", "research use (mtnt 1.1)"),
}


class Form(StrEnum):
    """What a source line is to the pipeline."""

    ARTICLES = "articles"  # whole articles, whose blocks the pipeline finds
    SENTENCES = "sentences"  # a line is a segment of its own


@dataclass(frozen=True, slots=True)
class TestSet:
    """French segments with their references; `articles` and `kinds` are empty for sentences."""

    __test__: ClassVar[bool] = False  # not a pytest class

    name: str
    form: Form
    domain: str
    licence: str
    sources: tuple[str, ...]
    references: tuple[tuple[str, ...], ...]
    articles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    texts: tuple["Article", ...] = ()

    @property
    def plain_form(self) -> str | None:
        """How a hypothesis file of it is read that is plain text."""
        return "article" if self.texts else None

    @property
    def hash(self) -> str:
        """The hash of the references, as on every score."""
        return data_hash(self.references)

    @property
    def sources_hash(self) -> str:
        """The hash of the French side."""
        return data_hash([self.sources])


@dataclass(frozen=True)
class Article:
    """A whole source text."""

    name: str
    text: str
    markdown: bool = False

    @cached_property
    def document(self) -> Document:
        """Its blocks, which the translation and the kinds of its segments are made of."""
        return analyse(self.text, markdown=self.markdown)


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of `depeche eval sets`; `state` says why there is no size or hash."""

    name: str
    domain: str
    licence: str
    segments: int = 0
    hash: str = ""
    state: str = ""


def load(
    name: str, *, examples: Path = EXAMPLES, download: Download = download_test_set
) -> TestSet:
    """The test set that `name` stands for (see the module).

    Raises InputError with what is known or what to place where.
    """
    if name in OWN:
        return _own(name, examples)
    if Path(name).is_dir() or _pair(Path(name)):
        return _from_folder(Path(name))
    if name in test_set_names(DIRECTION):
        return _from_sacrebleu(name, download)
    raise InputError(
        f"unknown test set {name!r}: give {' or '.join(OWN)}, a folder with *.fr and *.en, or one "
        f"of sacreBLEU's for {DIRECTION} ({', '.join(test_set_names(DIRECTION))})"
    )


def _own(name: str, examples: Path) -> TestSet:
    """The articles of examples/, or its headlines, a line each."""
    if not examples.is_dir():
        raise InputError(
            f"{name} is in the folder examples/ of a clone of the project, not installed here: "
            "give its path instead"
        )
    if name == HEADLINES:
        return replace(_from_folder(examples / name), domain="news headlines", licence="CC0-1.0")
    return _from_articles(NEWS_DESK, _article_pairs(examples), "news", "CC0-1.0")


def load_all(names: Sequence[str]) -> list[TestSet]:
    """The test sets of some names; a folder of several pairs is several sets.

    UsageError where two have the same name.
    """
    found = [load(one) for name in names for one in _expanded(name)]
    shown = [test_set.name for test_set in found]
    twice = next((name for name in shown if shown.count(name) > 1), None)
    if twice:
        raise UsageError(f"two test sets are called {twice}: give each one once")
    return found


def _expanded(name: str) -> list[str]:
    """A folder of several pairs as the names of its pairs."""
    pairs = _pairs(Path(name)) if name not in OWN else []
    return [str(pair.with_suffix("")) for pair in pairs] if len(pairs) > 1 else [name]


def _from_folder(path: Path) -> TestSet:
    """The pair or the articles of a folder, or the one pair that a path begins."""
    pairs = [path.with_name(f"{path.name}.fr")] if _pair(path) else _pairs(path)
    articles = _article_pairs(path) if path.is_dir() else []
    if not pairs and articles:
        return _from_articles(path.name, articles, UNKNOWN, UNKNOWN)
    if not pairs:
        raise InputError(f"{path} has neither *.fr with *.en nor NAME.txt with NAME.en.txt")
    if len(pairs) > 1:
        names = ", ".join(pair.stem for pair in pairs)
        raise InputError(f"{path} has {len(pairs)} test sets ({names}): give one, {path}/NAME")
    sources: list[str] = []
    references: list[str] = []
    _read_pair(pairs[0], pairs[0].with_suffix(".en"), "plain", sources, references)
    return TestSet(
        path.name, Form.SENTENCES, UNKNOWN, UNKNOWN, tuple(sources), (tuple(references),)
    )


def _pairs(folder: Path) -> list[Path]:
    """The French sides of a folder's pairs."""
    return sorted(folder.glob("*.fr")) if folder.is_dir() else []


def _pair(path: Path) -> tuple[Path, Path] | None:
    """`PATH.fr` and `PATH.en`, if both are files."""
    french, english = (Path(f"{path}{suffix}") for suffix in (".fr", ".en"))
    return (french, english) if french.is_file() and english.is_file() else None


def _article_pairs(folder: Path) -> list[tuple[Path, Path]]:
    """`NAME.txt` or `NAME.md` with its `NAME.en.txt` or `NAME.en.md`."""
    return sorted(
        (english.with_name(english.name.removesuffix(f".en{suffix}") + suffix), english)
        for suffix in ARTICLE_SUFFIXES
        for english in folder.glob(f"*.en{suffix}")
    )


def _read_pair(
    french: Path, english: Path, form: str, sources: list[str], references: list[str]
) -> int:
    """Append both sides; InputError where they differ in length. Returns how many segments."""
    ours = read_segments(str(french), Role.SOURCE, form=form)
    theirs = read_segments(str(english), Role.REFERENCE, form=form)
    if len(ours) != len(theirs):
        raise InputError(
            f"{french} has {len(ours)} segments and {english} {len(theirs)}: align them"
        )
    sources += ours
    references += theirs
    return len(ours)


def _from_articles(
    name: str, pairs: Sequence[tuple[Path, Path]], domain: str, licence: str
) -> TestSet:
    sources: list[str] = []
    references: list[str] = []
    articles: list[str] = []
    kinds: list[str] = []
    texts = []
    for french, english in pairs:
        count = _read_pair(french, english, "article", sources, references)
        texts.append(
            Article(french.stem, french.read_text(encoding="utf-8"), french.suffix == ".md")
        )
        articles += [french.stem] * count
        kinds += line_kinds(texts[-1])
    return TestSet(
        name,
        Form.ARTICLES,
        domain,
        licence,
        tuple(sources),
        (tuple(references),),
        tuple(articles),
        tuple(kinds),
        tuple(texts),
    )


def line_kinds(article: Article) -> list[str]:
    """For each segment of an article, the kind of the block that it is in."""
    blocks = article.document.blocks
    return [_kind_at(blocks, start, end) for start, end in lines_of(article.text)]


def lines_of(text: str) -> Iterator[tuple[int, int]]:
    """Beginning and end of each segment of an article: its lines with words."""
    start = 0
    for line in text.split("\n"):
        if has_words(line):
            yield start, start + len(line)
        start += len(line) + 1


def _kind_at(blocks: Sequence[Block], start: int, end: int) -> str:
    """The kind of the first block that shares a character with a line."""
    for block in blocks:
        if block.start < end and start < block.end:
            return block.kind.value
    return "other"


def _from_sacrebleu(name: str, download: Download = download_test_set) -> TestSet:
    domain, licence = _info(name)
    files = _placed(name) or _downloaded(name, download)
    sources: list[str] = []
    references: list[str] = []
    _read_pair(*files, "plain", sources, references)
    return TestSet(name, Form.SENTENCES, domain, licence, tuple(sources), (tuple(references),))


def _info(name: str) -> tuple[str, str]:
    return next(value for prefix, value in _SACREBLEU_INFO.items() if name.startswith(prefix))


def _places(name: str) -> tuple[Path, Path]:
    """Where sacreBLEU keeps the two sides of a test set."""
    home = Path(os.environ.get("SACREBLEU") or Path.home() / ".sacrebleu")
    stem = f"{name.replace('/', '_')}.{DIRECTION}"
    return home / name / f"{stem}.src", home / name / f"{stem}.ref"


def _placed(name: str) -> tuple[Path, Path] | None:
    files = _places(name)
    return files if all(file.is_file() for file in files) else None


def _downloaded(name: str, download: Download) -> tuple[Path, Path]:
    """Let sacreBLEU download a test set; InputError says how to place it without a network."""
    try:
        return download(name, DIRECTION)
    except (OSError, SystemExit) as error:
        source, reference = _places(name)
        raise InputError(
            f"{name} is not here and cannot be downloaded ({error}): place its French side at "
            f"{source} and its English side at {reference}, one segment a line"
        ) from None


def listing(folders: Sequence[str] = (), *, examples: Path = EXAMPLES) -> Iterator[Listed]:
    """All known test sets; those of sacreBLEU that are not here have no size and no hash."""
    for name in (*OWN, *(one for folder in folders for one in _expanded(folder))):
        try:
            found = load(name, examples=examples)
        except DepecheError as error:
            yield Listed(name, UNKNOWN, UNKNOWN, state=str(error))
        else:
            yield _listed(found)
    for name in test_set_names(DIRECTION):
        if _placed(name):
            yield _listed(_from_sacrebleu(name))
        else:
            yield Listed(name, *_info(name), state="not downloaded")


def _listed(found: TestSet) -> Listed:
    return Listed(found.name, found.domain, found.licence, len(found.sources), found.hash)
