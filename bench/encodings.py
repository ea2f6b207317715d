"""Which rule tells the old encoding of a line: French signs, or charset-normalizer.

    python bench/encodings.py

A line of an article of `examples/` is written in Windows-1252 and in MacRoman and read back.
"""

from pathlib import Path

from charset_normalizer import from_bytes

from translate.errors import InputError
from translate.formats.encodings import OLD, decode


def lines() -> list[str]:
    texts = (p.read_text(encoding="utf-8") for p in Path("examples").glob("*.txt"))
    found = {line.replace("\u202f", "\u00a0") for text in texts for line in text.splitlines()}
    return sorted(line for line in found if not line.isascii())


def _fits(line: str, encoding: str) -> bool:
    return line.encode(encoding, "ignore").decode(encoding) == line


def ours(data: bytes) -> str:
    try:
        return decode(data, "").text
    except InputError:
        return ""


def theirs(data: bytes) -> str:
    return str(from_bytes(data, cp_isolation=list(OLD), threshold=0.3).best())


def main() -> None:
    for encoding in OLD:
        found = [
            line for line in lines() if line.encode(encoding, "ignore").decode(encoding) == line
        ]
        for name, rule in (("French signs", ours), ("charset-normalizer", theirs)):
            wrong = sum(rule(line.encode(encoding)) != line for line in found)
            print(f"{encoding}: {name}: {wrong} of {len(found)} lines wrong")


if __name__ == "__main__":
    main()
