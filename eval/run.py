"""Translate test sets with models, engines and settings, keep what was translated, and score it.

Every text is kept in a small database as soon as it is translated, under a hash of the text, the
model's files, the settings and the program's own code; a run that was stopped continues there.
"""

import hashlib
import json
import logging
import os
import re
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TypeVar

import platformdirs

import translate
from eval.evaluation import Progress, Settings, evaluate
from eval.readers import has_words
from eval.sanity import check_shapes
from eval.testsets import Article, Form, TestSet
from eval.values import Evaluation
from translate.article.language import label_languages
from translate.article.sentences import sentence_spans
from translate.document import Block, Document, Kind, Segment
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.engines.models import find_model
from translate.errors import InputError, OutputError, UsageError
from translate.files import write_atomically
from translate.notation.quotes import QuoteStyle
from translate.pipeline import analyse, translate_documents
from translate.settings import Furniture
from translate.settings import Settings as PipelineSettings

_log = logging.getLogger(__name__)

#: Texts that are translated, and then kept, at once.
ARTICLES_AT_ONCE = 4
SENTENCES_AT_ONCE = 100

Advance = Callable[[str, int, int], None]  # system, texts done, texts in all
Load = Callable[..., Translator]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class System:
    """A model with an engine and settings; `raw` gives each sentence to the engine alone."""

    name: str
    model: str = "builtin"
    engine: str = "auto"
    compute: str | None = None  # the arithmetic; the engine's own choice unless said
    device: str = "auto"
    raw: bool = False
    settings: PipelineSettings = field(default_factory=PipelineSettings)


def parse_system(spec: str) -> System:
    """`MODEL[,KEY=VALUE...]` with the keys of KEYS.

    Furniture cannot be skipped: what is left out cannot be compared with a reference.

    >>> parse_system("builtin,beam=1,engine=transformers").settings.beam_size
    1
    """
    model, *pairs = spec.split(",")
    values = dict(_pair(spec, pair) for pair in pairs)
    return System(
        name=_short_name(spec),
        model=model or "builtin",
        engine=values.get("engine", "auto"),
        compute=values.get("compute"),
        device=values.get("device", "auto"),
        raw=_choice(spec, "raw", values, {"yes": True, "no": False}, default=False),
        settings=PipelineSettings(
            beam_size=_beam(spec, values.get("beam", "4")),
            furniture=_choice(
                spec,
                "furniture",
                values,
                {"translate": Furniture.TRANSLATE, "keep": Furniture.KEEP},
                default=Furniture.TRANSLATE,
            ),
            quotes=_choice(
                spec,
                "quotes",
                values,
                {style.name.lower(): style for style in QuoteStyle},
                default=QuoteStyle.AMERICAN,
            ),
        ),
    )


KEYS = ("engine", "compute", "device", "beam", "furniture", "quotes", "raw")


def _pair(spec: str, pair: str) -> tuple[str, str]:
    key, equals, value = pair.partition("=")
    if not equals or key not in KEYS:
        raise UsageError(
            f"{spec!r}: {pair!r} is no setting; known are {', '.join(KEYS)} (KEY=VALUE)"
        )
    return key, value


def _choice(
    spec: str, key: str, values: Mapping[str, str], known: Mapping[str, T], *, default: T
) -> T:
    if key not in values:
        return default
    if values[key] not in known:
        raise UsageError(f"{spec!r}: {key} is {values[key]!r}; known are {', '.join(known)}")
    return known[values[key]]


def _beam(spec: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 16):
        raise UsageError(f"{spec!r}: beam is {value!r}; give a number from 1 to 16")
    return int(value)


def _short_name(spec: str) -> str:
    """The spec, with a folder's last name instead of its path."""
    model, comma, rest = spec.partition(",")
    return f"{Path(model).name if Path(model).is_dir() else model or 'builtin'}{comma}{rest}"


class HypothesisCache:
    """Translated texts in an SQLite file: key -> lines. Each text is safe once `put` returns."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; InputError where that cannot be done."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._database = sqlite3.connect(path)
            self._database.execute(
                "CREATE TABLE IF NOT EXISTS hypotheses (key TEXT PRIMARY KEY, lines TEXT NOT NULL)"
            )
        except (OSError, sqlite3.Error) as error:
            raise InputError(
                f"{path} cannot be used as cache ({error}): delete it or give --cache another path"
            ) from None

    def get(self, key: str) -> list[str] | None:
        """The lines of a text that was translated before."""
        row = self._database.execute(
            "SELECT lines FROM hypotheses WHERE key = ?", (key,)
        ).fetchone()
        return None if row is None else list(json.loads(row[0]))

    def put(self, found: Mapping[str, Sequence[str]]) -> None:
        """Keep some texts, all or none of them."""
        rows = [(key, json.dumps(list(lines), ensure_ascii=False)) for key, lines in found.items()]
        with self._database:
            self._database.executemany("INSERT OR REPLACE INTO hypotheses VALUES (?, ?)", rows)

    def close(self) -> None:
        """Close the file."""
        self._database.close()


def default_cache() -> Path:
    """Where hypotheses are kept unless told: `DEPECHE_CACHE` or the user's cache folder."""
    root = os.environ.get("DEPECHE_CACHE") or platformdirs.user_cache_dir(
        "depeche", appauthor=False
    )
    return Path(root) / "eval.sqlite3"


def run(
    test_set: TestSet,
    systems: Sequence[System],
    *,
    others: Mapping[str, Sequence[str]] | None = None,
    cache: Path | None = None,
    settings: Settings | None = None,
    advance: Advance = lambda system, done, total: None,
    progress: Progress = lambda step: None,
    load: Load = load_translator,
) -> Evaluation:
    """Translate a test set with each system, then score all of them in one table.

    `others` are hypotheses that exist already, by name. Interrupted (Ctrl-C) or killed, the next
    run translates only what is missing. `load` takes a model's name, `engine=`, `device=` and
    `compute_type=`; it is called only where something has to be translated.
    """
    others = others or {}
    if not systems:
        raise UsageError("no systems: give at least one model")
    names = [*(system.name for system in systems), *others]
    if len(set(names)) < len(names):
        raise UsageError(f"systems of the same name: {', '.join(names)}; give each one once")
    if others:
        check_shapes(others, test_set.references)
    with closing(HypothesisCache(cache or default_cache())) as kept:
        found = {
            system.name: translate_set(test_set, system, kept, advance=advance, load=load)
            for system in systems
        }
    return evaluate(
        {**found, **others},
        test_set.references,
        sources=test_set.sources,
        articles=test_set.articles,
        kinds=test_set.kinds,
        name=test_set.name,
        settings=settings,
        progress=progress,
    )


def translate_set(
    test_set: TestSet, system: System, kept: HypothesisCache, *, advance: Advance, load: Load
) -> list[str]:
    """One hypothesis for each segment of the test set."""
    texts = _texts(test_set, system)
    keys = _keys(texts, system)
    lines = {key: old for key in keys if (old := kept.get(key)) is not None}
    todo = {key: text for key, text in zip(keys, texts, strict=True) if key not in lines}
    advance(system.name, sum(key in lines for key in keys), len(keys))
    if todo:
        translator = load(
            system.model,
            engine=system.engine,
            device=system.device,
            compute_type=system.compute,
        )
        step = ARTICLES_AT_ONCE if test_set.form is Form.ARTICLES else SENTENCES_AT_ONCE
        for part in _parts(list(todo), step):
            new = _translate([todo[key] for key in part], system, translator, test_set.form)
            found = dict(zip(part, new, strict=True))
            kept.put(found)
            lines |= found
            advance(system.name, sum(key in lines for key in keys), len(keys))
    return [line for key in keys for line in lines[key]]


def save_hypotheses(result: Evaluation, folder: Path) -> None:
    """One file a system, one segment a line; OutputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}") from None
    for system in result.systems:
        name = re.sub(r"[^\w.=-]+", "_", system.name)
        write_atomically(folder / f"{name}.en", "\n".join(system.hypotheses) + "\n")


def _texts(test_set: TestSet, system: System) -> list[Article]:
    """What is translated at a time: whole articles, or lines."""
    if test_set.texts and not system.raw:
        return list(test_set.texts)
    return [Article("", line) for line in test_set.sources]


def _parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def _translate(
    texts: Sequence[Article], system: System, translator: Translator, form: Form
) -> list[list[str]]:
    """The lines of each text in English."""
    if system.raw:
        return [[line] for line in _raw([text.text for text in texts], system, translator)]
    if form is Form.SENTENCES:
        return [[line] for line in _sentences([text.text for text in texts], system, translator)]
    documents = [analyse(text.text, markdown=text.markdown) for text in texts]
    translations = translate_documents(documents, translator, system.settings)
    return [
        _lines(article, translation.text)
        for article, translation in zip(texts, translations, strict=True)
    ]


def _raw(lines: Sequence[str], system: System, translator: Translator) -> Iterator[str]:
    """Each sentence as the engine alone translates it, joined by spaces."""
    pieces = [_pieces(line, translator) for line in lines]
    answers = iter(
        translator.translate(
            [piece for row in pieces for piece in row], beam_size=system.settings.beam_size
        )
    )
    for row in pieces:
        yield " ".join(next(answers)[0].text for _ in row)


def _pieces(line: str, translator: Translator) -> list[str]:
    """The sentences of a line; one that the model cannot take is halved until it can."""
    waiting = [line[start:end] for start, end in reversed(sentence_spans(line))]
    done = []
    while waiting:
        piece = waiting.pop()
        middle = piece.find(" ", len(piece) // 2)
        if middle < 0 or translator.count_tokens(piece) <= translator.max_tokens:
            done.append(piece)
        else:
            waiting += [piece[middle + 1 :], piece[:middle]]
    return done


def _lines(article: Article, english: str) -> list[str]:
    """The English of each segment; the pipeline promises as many lines as there were."""
    before, after = article.text.split("\n"), english.split("\n")
    if len(before) != len(after):
        raise InputError(
            f"{article.name}: {len(before)} lines of French became {len(after)} of English and "
            "cannot be compared: put each paragraph on one line"
        )
    return [new.strip() for old, new in zip(before, after, strict=True) if has_words(old)]


def _sentences(lines: Sequence[str], system: System, translator: Translator) -> Iterator[str]:
    """Lines of a test set, each a paragraph of its own.

    A line that the pipeline refuses as another language stands for itself, so that it costs what
    it must; how many there are is logged.
    """
    documents = [sentence_document(line) for line in lines if line.strip()]
    try:
        translations = iter(translate_documents(documents, translator, system.settings))
    except InputError as error:
        if len(lines) == 1:
            _log.warning("a line was left as it is (%s): %s", error, lines[0])
            yield lines[0]
            return
        middle = len(lines) // 2
        yield from _sentences(lines[:middle], system, translator)
        yield from _sentences(lines[middle:], system, translator)
    else:
        for line in lines:
            yield " ".join(next(translations).text.split("\n")) if line.strip() else ""


def sentence_document(line: str) -> Document:
    """A line as a document with one paragraph: no block is looked for, sentences are."""
    if not line.strip():
        return Document(line)
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    spans = sentence_spans(line[start:end])
    segments = tuple(Segment(start + first, start + last) for first, last in spans)
    return label_languages(Document(line, (Block(start, end, Kind.PARAGRAPH, segments=segments),)))


def _keys(texts: Sequence[Article], system: System) -> list[str]:
    """What a hypothesis depends on, hashed."""
    made_by = [
        *(code_hash(), model_hash(system.model), str(system.raw), repr(system.settings)),
        *(system.engine, str(system.compute), system.device),
    ]
    return [
        hashlib.sha256(
            json.dumps([*made_by, text.markdown, bool(text.name), text.text]).encode()
        ).hexdigest()
        for text in texts
    ]


@cache
def code_hash() -> str:
    """A hash of the program's own code: another pipeline gives other hypotheses."""
    folder = Path(translate.__file__).parent
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def model_hash(model: str) -> str:
    """A hash of a model's files. Raises ModelError for a model that is not there."""
    digest = hashlib.sha256()
    for file in sorted(find_model(model).folder.iterdir()):
        if file.is_file() and file.suffix in (".json", ".spm", ".safetensors", ".bin"):
            digest.update(file.read_bytes())
    return digest.hexdigest()
