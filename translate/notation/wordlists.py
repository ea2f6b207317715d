"""The word lists of `wordfreq`, unpacked once and mapped into memory.

As they come both take a quarter of a second and 70 MB a process. They are kept in the user's cache
folder instead, as a trie and how common each word of it is: all processes share them.
"""

from array import array
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path

import marisa_trie

from translate.folders import cache_folder
from translate.kept import kept

#: wordfreq counts down from here, in hundredths.
_TOP = 9


class WordList:
    """The words of a language with how common they are, on the Zipf scale."""

    def __init__(self, folder: Path) -> None:
        self._words = marisa_trie.Trie()
        self._words.mmap(str(folder / "words.marisa"))
        self._hundredths = memoryview((folder / "hundredths").read_bytes()).cast("H")
        if len(self._hundredths) != len(self._words):
            raise ValueError("a list is shorter than the other")

    def zipf(self, word: str) -> float:
        """How common a word is; 0.0 where it is not in the list."""
        at = self._words.get(word)
        return 0.0 if at is None else _TOP - self._hundredths[at] / 100


@cache
def word_list(language: str) -> WordList:
    """All that is listed of "en" or "fr"."""
    return load(language)


def load(language: str) -> WordList:
    """The list from the cache folder; unpacked into it where it is not there."""
    name = f"wordfreq-{version('wordfreq')}-{language}"
    return kept(cache_folder() / "tables" / name, partial(_unpack, language), WordList)


def _unpack(language: str, folder: Path) -> None:
    import wordfreq

    buckets = wordfreq.get_frequency_list(language, "large")  # the nth: 10^(-n/100) of all words
    listed = {word: at for at, bucket in enumerate(buckets) for word in bucket}
    wordfreq.get_frequency_list.cache_clear()
    words = marisa_trie.Trie(listed)
    folder.mkdir()
    words.save(str(folder / "words.marisa"))
    common = array("H", bytes(2 * len(words)))
    for word, at in listed.items():
        common[words[word]] = at
    (folder / "hundredths").write_bytes(common.tobytes())
