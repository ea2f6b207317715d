"""Back-translation (Sennrich et al. 2016): English prose becomes pairs, by a reverse model."""

import json
import lzma
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from train.corpora import draw, read_card
from train.errors import TrainError, writing
from train.measure import Decoder, to_ctranslate2

BACK = "back_{}"  # the corpus that a model's French of English prose becomes
_CHUNK = 2_000  # sentences translated at once
_LONGEST = 400  # characters: a longer line is seldom one sentence


def back_translate(
    model: Path, data: Path, name: str, out: Path, *, lines: int, beam: int, threads: int, seed: int
) -> int:
    """Write `back_NAME.tsv.xz` and its card to `out`: French of a model, English of people.

    `model` is a folder of `export` whose recipe says `reverse = true`. `data` holds NAME.en or
    NAME.en.xz, a sentence a line, and NAME.json with its licence. At most `lines` of them are
    drawn. Returns the number of pairs.
    """
    english = draw(_read_prose(data, name), lines, seed)
    card = read_card(data / f"{name}.json")
    pairs = zip(_french(model, english, beam, threads), english, strict=True)
    whole = [f"{french}\t{line}\n" for french, line in pairs if french]
    made = BACK.format(name)
    origin = f"a reverse model's French of {card.get('origin', name)}"
    with writing(out):
        out.mkdir(parents=True, exist_ok=True)
        (out / f"{made}.tsv.xz").write_bytes(lzma.compress("".join(whole).encode()))
        text = json.dumps({**card, "name": made, "origin": origin}, ensure_ascii=False, indent=1)
        (out / f"{made}.json").write_text(text + "\n", encoding="utf-8")
    return len(whole)


def _read_prose(data: Path, name: str) -> list[str]:
    path = next((p for p in (data / f"{name}.en", data / f"{name}.en.xz") if p.is_file()), None)
    if path is None:
        raise TrainError(f"no {name}.en or {name}.en.xz in {data}; give one sentence a line")
    opener = lzma.open if path.suffix == ".xz" else open
    try:
        with opener(path, "rt", encoding="utf-8", newline="\n") as prose:
            found = list(dict.fromkeys(_sound(prose)))
    except (UnicodeDecodeError, lzma.LZMAError, EOFError) as error:
        raise TrainError(f"{path} cannot be read ({error}); it must be whole and UTF-8") from error
    if not found:
        raise TrainError(f"{path} has no sentence; give one a line")
    return found


def _sound(prose: Iterator[str]) -> Iterator[str]:
    for line in prose:
        text = " ".join(line.split())
        if len(text) <= _LONGEST and any(map(str.isalpha, text)):
            yield text


def _french(model: Path, english: Sequence[str], beam: int, threads: int) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as temporary:
        to_ctranslate2(model, Path(temporary))
        decoder = Decoder(Path(temporary), model, threads=threads)
        for at in range(0, len(english), _CHUNK):
            yield from map(_line, decoder.translate(english[at : at + _CHUNK], beam=beam))


def _line(text: str) -> str:
    return " ".join(text.split())
