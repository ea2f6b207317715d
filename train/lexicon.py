"""A lexicon of inflected forms: a French form, its English form, and what kind of form they are."""

import csv
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from train.corpora import Pair
from train.errors import TrainError

WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_COLUMNS = ("french", "english", "pos", "gender", "feature", "french_lemma", "english_lemma")
#: Adjectives that stand before their noun, as in English.
FORE_ADJECTIVES = frozenset(
    "ancien autre beau bon bref certain cher court dernier grand gros haut jeune joli long mauvais "
    "même meilleur nouveau petit premier prochain propre seul simple tel tout vieux vrai".split()
)
_RARE_SENSE = 0.3  # of the pairs of the best sense: what has less is left out


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the lexicon: two single words of the same kind."""

    french: str
    english: str
    pos: str  # noun, verb, adjective or adverb
    gender: str  # of a noun: m, f or mf
    feature: str  # sg, pl; msg, fpl, mfsg; inf, pres3pl, pp-f
    lemmas: Pair

    def kinds(self) -> list[tuple[str, str, str]]:
        """What it can stand in for: one of the same class, gender, number and tense."""
        if self.pos == "adjective" and self.feature.startswith("mf"):
            return [(self.pos, "", gender + self.feature[2:]) for gender in "mf"]
        genders = self.gender if self.pos == "noun" else " "
        return [(self.pos, gender.strip(), self.feature) for gender in genders]


def read_lexicon(path: Path) -> list[Entry]:
    """Read a .tsv or .tsv.xz with a header; entries of several words are left out."""
    opener = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
            missing = [name for name in _COLUMNS if name not in (rows.fieldnames or ())]
            if missing:
                raise TrainError(f"{path} has no column {missing[0]!r}; needed: {_COLUMNS}")
            entries = dict.fromkeys(map(_entry, rows))
    except (OSError, UnicodeDecodeError, lzma.LZMAError, EOFError, csv.Error) as error:
        raise TrainError(f"cannot read the lexicon {path}: {error}") from error
    return [e for e in entries if WORD.fullmatch(e.french) and WORD.fullmatch(e.english)]


def _entry(row: dict[str, str]) -> Entry:
    french, english, pos, gender, feature, *lemmas = (row[name] or "" for name in _COLUMNS)
    return Entry(french, english, pos, gender, feature, (lemmas[0], lemmas[1]))


def words(text: str) -> Iterator[str]:
    """The words of a text in lower case; an elided article is one of its own."""
    return (found.group() for found in WORD.finditer(text.lower()))


def counts(lines: Iterable[str]) -> Counter[str]:
    """How often each word comes."""
    return Counter(word for line in lines for word in words(line))


def known_senses(entries: Sequence[Entry], pairs: Iterable[Pair]) -> list[Entry]:
    """Of each French lemma the senses that sentence pairs bear out, or all where none is.

    Counted by lemma: "averses" is "showers" where "averse" stands beside "shower" more often than
    beside "cloudburst".
    """
    together = _together(entries, pairs)
    best: Counter[tuple[str, str]] = Counter()
    for entry in entries:
        key = entry.lemmas[0], entry.pos
        best[key] = max(best[key], together[entry.lemmas])
    return [
        entry
        for entry in entries
        if together[entry.lemmas] >= _RARE_SENSE * best[entry.lemmas[0], entry.pos]
    ]


def _together(entries: Sequence[Entry], pairs: Iterable[Pair]) -> Counter[Pair]:
    """In how many of `pairs` forms of both lemmas stand."""
    french: dict[str, set[Pair]] = {}
    english: dict[str, set[str]] = {}
    for entry in entries:
        french.setdefault(entry.french, set()).add(entry.lemmas)
        english.setdefault(entry.english.lower(), set()).add(entry.lemmas[1])
    found: Counter[Pair] = Counter()
    for fr, en in pairs:
        there = {lemma for word in set(words(en)) & english.keys() for lemma in english[word]}
        wanted = {pair for word in set(words(fr)) & french.keys() for pair in french[word]}
        found.update(pair for pair in wanted if pair[1] in there)
    return found
