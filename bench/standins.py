"""What a model that knows no placeholders may be given for them, on `news-desk`.

    python -m bench.standins MODEL...

Each model is taken as one without placeholders, whatever its card says, and tried with nothing in
their place, with numbers of three and of five digits, with letters, and with its own ones if it has
learnt any. One run, one machine.
"""

import sys
from collections.abc import Sequence

from eval.check import check_model
from translate.engines import usable_cores
from translate.engines.base import Translator
from translate.engines.ct2 import CTranslate2Translator
from translate.engines.models import find_model
from translate.engines.standins import NUMBERS, StandIns

WORDS: dict[str, Sequence[str]] = {
    "three digits": NUMBERS,
    "five digits": [f"{7 - at % 7}0{at}3{at * 7 % 10}" for at in range(10)],
    "letters": [f"X{letter}" for letter in "ABCDEFGHJK"],
    "letter and digit": [f"X{at}" for at in range(10)],
}
COLUMNS = ("BLEU", "chrF2++", "numbers kept", "links kept", "words/s")


def main(models: Sequence[str]) -> None:
    """A row for each way of each model."""
    sys.stdout.write("| model | stand-ins | " + " | ".join(COLUMNS) + " |\n")
    for model in models:
        for name, translator in _ways(model):
            found = check_model(model, load_model=lambda *_, given=translator, **__: given)
            values = {**found.scores, **found.measures, "words/s": found.words_per_second}
            row = " | ".join(f"{values[column]:.1f}" for column in COLUMNS)
            sys.stdout.write(f"| {model} | {name} | {row} |\n")


def _ways(model: str) -> list[tuple[str, Translator]]:
    info = find_model(model)
    engine = CTranslate2Translator(info, threads=usable_cores(), device="cpu")
    engine.placeholders = ()
    ways: list[tuple[str, Translator]] = [("none", engine)]
    ways += [(name, StandIns(engine, words)) for name, words in WORDS.items()]
    if info.placeholders:
        ways.append(("its own", CTranslate2Translator(info, threads=usable_cores(), device="cpu")))
    return ways


if __name__ == "__main__":
    main(sys.argv[1:] or ["builtin"])
