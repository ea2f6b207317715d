"""A system: a model with an engine and settings. What it makes of French texts."""

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from eval.testsets import Article, Form, lines_of
from translate.article.language import label_languages
from translate.article.sentences import sentence_spans
from translate.document import Block, Document, Kind, Segment, TranslatedBlock, Translation
from translate.engines.base import Translator
from translate.errors import InputError, UsageError
from translate.pipeline import translate_works, work
from translate.settings import FURNITURE, MAX_BEAM, QUOTES, Furniture
from translate.settings import Settings as PipelineSettings
from translate.work import Work

_log = logging.getLogger(__name__)
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

    def load(self, load: Callable[..., Translator]) -> Translator:
        """Its engine, by a function that takes what `translate.load_translator` does."""
        return load(self.model, engine=self.engine, device=self.device, compute_type=self.compute)


KEYS = ("engine", "compute", "device", "beam", "furniture", "quotes", "raw")
#: What is skipped cannot be compared with a reference.
_SCORED_FURNITURE = {name: value for name, value in FURNITURE.items() if value != Furniture.SKIP}


def parse_system(spec: str) -> System:
    """`MODEL[,KEY=VALUE...]` with the keys of KEYS; UsageError for another key or value.

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
        raw=_choice(spec, "raw", values.get("raw", "no"), {"yes": True, "no": False}),
        settings=_settings(spec, values),
    )


def _settings(spec: str, values: Mapping[str, str]) -> PipelineSettings:
    usual = PipelineSettings()
    furniture = values.get("furniture", usual.furniture.value)
    quotes = values.get("quotes", usual.quotes.name.lower())
    return PipelineSettings(
        beam_size=_beam(spec, values.get("beam", str(usual.beam_size))),
        furniture=_choice(spec, "furniture", furniture, _SCORED_FURNITURE),
        quotes=_choice(spec, "quotes", quotes, QUOTES),
    )


def _pair(spec: str, pair: str) -> tuple[str, str]:
    key, equals, value = pair.partition("=")
    if not equals or key not in KEYS:
        raise UsageError(
            f"{spec!r}: {pair!r} is no setting; known are {', '.join(KEYS)} (KEY=VALUE)"
        )
    return key, value


def _choice(spec: str, key: str, value: str, known: Mapping[str, T]) -> T:
    if value not in known:
        raise UsageError(f"{spec!r}: {key} is {value!r}; known are {', '.join(known)}")
    return known[value]


def _beam(spec: str, value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= MAX_BEAM):
        raise UsageError(f"{spec!r}: beam is {value!r}; give a number from 1 to {MAX_BEAM}")
    return int(value)


def _short_name(spec: str) -> str:
    """The spec, with a folder's last name instead of its path."""
    model, comma, rest = spec.partition(",")
    return f"{Path(model).name if Path(model).is_dir() else model or 'builtin'}{comma}{rest}"


def translate_texts(
    texts: Sequence[Article], system: System, translator: Translator, form: Form
) -> list[list[str]]:
    """For each text the English of its segments."""
    if system.raw:
        return [[line] for line in _raw([text.text for text in texts], system, translator)]
    if form is Form.SENTENCES:
        return [[line] for line in _sentences([text.text for text in texts], system, translator)]
    works = [work(text.document, system.settings) for text in texts]
    translations = translate_works(works, translator)
    return [
        english_lines(text, translation)
        for text, translation in zip(texts, translations, strict=True)
    ]


def english_lines(article: Article, translation: Translation) -> list[str]:
    """The English of each segment of an article: a line with the blocks on it translated."""
    waiting = deque(translation.blocks)
    return [
        _english_line(article, translation.document, waiting, start, end)
        for start, end in lines_of(article.text)
    ]


def _english_line(
    article: Article, document: Document, waiting: deque[TranslatedBlock], start: int, end: int
) -> str:
    while waiting and waiting[0].block.end <= start:  # on a line without words
        waiting.popleft()
    parts, last = [], start
    while waiting and waiting[0].block.start < end:
        block = waiting.popleft()
        _refuse_wrapped(article, block, start, end)
        parts += [article.text[last : block.block.start], block.text(document)]
        last = block.block.end
    return "".join([*parts, article.text[last:end]]).strip()


def _refuse_wrapped(article: Article, block: TranslatedBlock, start: int, end: int) -> None:
    if not start <= block.block.start < block.block.end <= end:
        line = article.text.count("\n", 0, end) + 1
        raise InputError(
            f"{article.name}: a paragraph goes on after line {line}, so its lines cannot be "
            "compared: put each paragraph on one line"
        )


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


def _sentences(lines: Sequence[str], system: System, translator: Translator) -> Iterator[str]:
    """Lines of a test set, each a paragraph of its own."""
    works = [_line_work(line, system.settings) for line in lines]
    translations = iter(translate_works([one for one in works if one], translator))
    for line, one in zip(lines, works, strict=True):
        yield " ".join(next(translations).text.split("\n")) if one else line.strip()


def _line_work(line: str, settings: PipelineSettings) -> Work | None:
    """A line as work; None for an empty one, and for one that the pipeline refuses.

    What is refused as another language stands for itself, so that it costs what it must.
    """
    if not line.strip():
        return None
    try:
        return work(sentence_document(line), settings)
    except InputError as error:
        _log.warning("a line was left as it is (%s): %s", error, line)
        return None


def sentence_document(line: str) -> Document:
    """A line as a document with one paragraph: no block is looked for, sentences are."""
    start, end = len(line) - len(line.lstrip()), len(line.rstrip())
    spans = sentence_spans(line[start:end])
    segments = tuple(Segment(start + first, start + last) for first, last in spans)
    return label_languages(Document(line, (Block(start, end, Kind.PARAGRAPH, segments=segments),)))
