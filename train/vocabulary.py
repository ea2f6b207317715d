"""The joint SentencePiece vocabulary, and the character normalisation inside it.

Quotation marks and apostrophes are mapped to " and ' by SentencePiece itself, on both sides, so
that no caller has to normalise: « mot », “ mot ” and " mot " are one thing to the model.
"""

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from pathlib import Path

import sentencepiece

from train.errors import TrainError

#: Copied from source to target in training: what a caller masks (links, addresses, emoji).
PLACEHOLDERS = tuple(f"⟦{digit}⟧" for digit in range(10))
EOS, UNKNOWN, PAD = "</s>", "<unk>", "<pad>"
EOS_ID = 0
FILES = ("source.spm", "target.spm", "vocab.json")

_TO_SPACE = "\t\n\r\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    chr(c) for c in range(0x2000, 0x200B)
)
_TO_NOTHING = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_SINGLE = "\u2018\u2019\u201a\u201b\u02bc\u2032\u0060\u00b4"
_DOUBLE = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_DASHES = "\u2010\u2011\u2012\u2212"


def normalisation_rules() -> dict[str, str]:
    """What SentencePiece replaces, longest match first."""
    rules = dict.fromkeys(_TO_SPACE, " ") | dict.fromkeys(_TO_NOTHING, "")
    rules |= dict.fromkeys(_SINGLE, "'") | dict.fromkeys(_DOUBLE, '"') | dict.fromkeys(_DASHES, "-")
    rules |= {"\u2026": "...", "\ufb01": "fi", "\ufb02": "fl"}
    for space in (" ", "\u00a0", "\u202f"):
        rules |= {f"\u00ab{space}": '"', f"{space}\u00bb": '"'}
    for code in range(0xC0, 0x250):
        decomposed = unicodedata.normalize("NFD", chr(code))
        if len(decomposed) == 2:
            rules[decomposed] = chr(code)
    return rules


def train_vocabulary(lines: Iterable[str], size: int, folder: Path) -> None:
    """Train on both languages together; write source.spm, target.spm and vocab.json.

    Ids: 0 </s>, 1 <unk>, then the pieces; `size` itself is <pad>, as MarianTokenizer wants it.
    """
    with tempfile.TemporaryDirectory() as temporary:
        rules = Path(temporary, "rules.tsv")
        rules.write_text("".join(_rule(*r) for r in normalisation_rules().items()), "utf-8")
        prefix = Path(temporary, "joint")
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(lines),
            model_prefix=str(prefix),
            vocab_size=size,
            model_type="unigram",
            character_coverage=0.9999,
            split_digits=True,
            user_defined_symbols=list(PLACEHOLDERS),
            normalization_rule_tsv=str(rules),
            eos_id=EOS_ID,
            unk_id=1,
            bos_id=-1,
            pad_id=-1,
            num_threads=2,
            minloglevel=2,
            hard_vocab_limit=False,
        )
        model = prefix.with_suffix(".model").read_bytes()
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model)
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model)
    vocabulary = {pieces.id_to_piece(i): i for i in range(len(pieces))} | {PAD: len(pieces)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")


def copy_vocabulary(model: Path, folder: Path) -> None:
    """Take the vocabulary of a prepared folder, or of a model folder that `export` has written."""
    for name in FILES:
        if not (model / name).is_file():
            raise TrainError(f"no {name} in {model}; give a model folder that `export` has written")
        shutil.copyfile(model / name, folder / name)


def load_pieces(folder: Path) -> sentencepiece.SentencePieceProcessor:
    """The joint SentencePiece model of a prepared folder."""
    return sentencepiece.SentencePieceProcessor(model_file=str(folder / "source.spm"))


def _rule(old: str, new: str) -> str:
    return f"{_hex(old)}\t{_hex(new)}\n"


def _hex(text: str) -> str:
    return " ".join(f"{ord(c):X}" for c in text)
