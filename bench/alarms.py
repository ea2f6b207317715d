"""False alarms and true ones: findings on references given as translations, and on damaged ones.

    python bench/alarms.py [--show CHECK] [--damage] [FRENCH ENGLISH]

Two files of as many lines; without them the blocks of examples/ with their references, where these
are another text. Prints the findings per 100 sentences, by check: a reference is right, but freer
than a draft, so most are false alarms. `--damage` spoils each reference in every way of `DAMAGES`
and prints the share of the spoiled ones that have a new finding. `--show` prints the findings of
one check ("all": of each) with their sentences.
"""

import argparse
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random

import regex
from vocabulary import blocks, lines

from translate.drafting.checks import CHECKS, check
from translate.notation import vocabulary

Pair = tuple[str, str]
Damage = Callable[[str, str, Random], str]

_NUMBER = regex.compile(r"(?<![\w.,])[1-9](?:[\d,.]*\d)?(?![\w,.]?\d)")
_WORD = regex.compile(r"(?<![\w’'-])\p{Ll}{6,}(?![\w’'-])")
_MARK = regex.compile('[“”"]')
_NOT = regex.compile(r"(?: not|n['’]t)\b")
_VERB = regex.compile(r"\b(?:is|are|was|were|has|have|will|would|could|should)\b(?! not|n)")
_POLES = regex.compile(r"\b(rise|rose|rising|increased?|more|before)\b")
_OPPOSITE = {
    **{"rise": "fall", "rose": "fell", "rising": "falling", "increase": "decrease"},
    **{"increased": "decreased", "more": "less", "before": "after"},
}
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_DAY = regex.compile("|".join(_DAYS))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", nargs="*", type=Path, metavar="FILE")
    parser.add_argument("--show", default="", choices=["", "all", *CHECKS], metavar="CHECK")
    parser.add_argument("--damage", action="store_true")
    options = parser.parse_args()
    given = lines(*options.files) if options.files else blocks()
    pairs = [(french, english) for french, english in given if french != english]
    say_alarms(pairs, options.show)
    if options.damage:
        say_recall(pairs)


def say_alarms(pairs: list[Pair], show: str) -> None:
    """The findings per 100 sentences, all and by check."""
    counts: Counter[str] = Counter()
    for french, english in pairs:
        for finding in check(french, english):
            counts[finding.check] += 1
            if show in ("all", finding.check):
                print(f"{finding.check}\t{finding.message}\t{french}\t{english}")
    print(f"{len(pairs)} sentences: {100 * counts.total() / len(pairs):.2f} findings in 100")
    for name, count in counts.most_common():
        print(f"  {name}: {100 * count / len(pairs):.2f}")


def say_recall(pairs: list[Pair]) -> None:
    """The share of damaged references that have a finding which they had not before."""
    for name, damage in DAMAGES.items():
        tried = found = 0
        for at, (french, english) in enumerate(pairs):
            damaged = damage(french, english, Random(at))
            if damaged and damaged != english:
                tried += 1
                found += bool({*check(french, damaged)} - {*check(french, english)})
        if tried:
            print(f"{name}: {found} of {tried} found ({100 * found / tried:.1f} %)")


def wrong_digit(french: str, english: str, random: Random) -> str:
    """Another first digit in a number of two digits or more."""
    found = [m for m in _NUMBER.finditer(english) if len(m.group()) > 1]
    if not found:
        return ""
    at = random.choice(found).start()
    digit = random.choice("123456789".replace(english[at], ""))
    return english[:at] + digit + english[at + 1 :]


def lost_number(french: str, english: str, random: Random) -> str:
    found = list(_NUMBER.finditer(english))
    return _replaced(english, random.choice(found), "some") if found else ""


def wrong_day(french: str, english: str, random: Random) -> str:
    found = _DAY.search(english)
    others = [day for day in _DAYS if found and day != found.group()]
    return _replaced(english, found, random.choice(others)) if found else ""


def wrong_name(french: str, english: str, random: Random) -> str:
    """A name that both sides have with a letter less in its middle."""
    words = _shared_names(french, english)
    if not words:
        return ""
    word = random.choice(words)
    at = word.start + random.randrange(2, len(word.bare) - 1)
    return english[:at] + english[at + 1 :]


def lost_name(french: str, english: str, random: Random) -> str:
    words = _shared_names(french, english)
    if not words:
        return ""
    word = random.choice(words)
    return english[: word.start] + "he" + english[word.end :]


def _shared_names(french: str, english: str) -> list[vocabulary.Word]:
    given = {word.bare for word in vocabulary.read(french) if word.is_name}
    names = (word for word in vocabulary.read(english) if word.is_name and word.bare in given)
    return [word for word in names if len(word.bare) > 4 and not word.bare.isupper()]


def lost_negation(french: str, english: str, random: Random) -> str:
    found = _NOT.search(english)
    return _replaced(english, found, "") if found else ""


def new_negation(french: str, english: str, random: Random) -> str:
    found = _VERB.search(english)
    return _replaced(english, found, f"{found.group()} not") if found else ""


def opposite(french: str, english: str, random: Random) -> str:
    found = _POLES.search(english)
    return _replaced(english, found, _OPPOSITE[found.group()]) if found else ""


def non_word(french: str, english: str, random: Random) -> str:
    """A long word with two letters less."""
    found = list(_WORD.finditer(english))
    if not found:
        return ""
    match = random.choice(found)
    word, at = match.group(), random.randrange(1, len(match.group()) - 2)
    spoiled = word[:at] + word[at + 2 :]
    return "" if vocabulary.is_english_word(spoiled) else _replaced(english, match, spoiled)


def left_french(french: str, english: str, random: Random) -> str:
    """A French word that English does not know in the place of an English one."""
    here = list(_WORD.finditer(english))
    words = [word for word in _WORD.findall(french) if vocabulary.is_french_only(word)]
    return _replaced(english, random.choice(here), random.choice(words)) if here and words else ""


def lost_mark(french: str, english: str, random: Random) -> str:
    found = list(_MARK.finditer(english))
    return _replaced(english, random.choice(found), "") if found else ""


def _replaced(text: str, match: regex.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


DAMAGES: dict[str, Damage] = {
    "another digit": wrong_digit,
    "a number lost": lost_number,
    "another day": wrong_day,
    "a letter of a name lost": wrong_name,
    "a name lost": lost_name,
    "a negation lost": lost_negation,
    "a negation added": new_negation,
    "an opposite": opposite,
    "a word of no language": non_word,
    "a French word": left_french,
    "a quotation mark lost": lost_mark,
}


if __name__ == "__main__":
    main()
