"""The options that several commands share; a command is given each group as one value."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import click

from translate import formats
from translate.engines import ENGINES, load_translator
from translate.engines.base import Translator
from translate.engines.models import DEFAULT
from translate.formats import Reading
from translate.settings import CURRENCIES, FURNITURE, MAX_BEAM, QUOTES, Settings
from translate.terms.exchange import termbase_of
from translate.terms.termbase import NO_TERMS

USUAL = Settings()
Command = Callable[..., Any]
Loader = Callable[..., Translator]


@dataclass(frozen=True, slots=True)
class ModelOptions:
    """Which model, and how it is used: a field for each of `MODEL_OPTIONS`, as it was given."""

    model: str
    revision: str | None
    engine: str
    compute: str | None
    threads: int | None
    beam: int
    furniture: str
    quotes: str
    currency_style: str
    terms: Path | None
    memories: tuple[Path, ...]

    def translator(self) -> Translator:
        """The translator that is named; tests hand another loader to `cli.run`."""
        return self.loader(self.threads)()

    def loader(self, threads: int | None) -> Callable[[], Translator]:
        """What makes it, in whatever process, with so many threads."""
        load: Loader = click.get_current_context().obj or load_translator
        return functools.partial(
            load,
            self.model,
            engine=self.engine,
            revision=self.revision,
            compute_type=self.compute,
            threads=threads,
        )

    def settings(self) -> Settings:
        """The settings that are named; InputError where a termbase or memory cannot be used."""
        terms = termbase_of(self.terms) if self.terms else NO_TERMS
        for path in self.memories:
            check_memory(path)
        return Settings(
            self.beam,
            FURNITURE[self.furniture],
            QUOTES[self.quotes],
            terms,
            CURRENCIES[self.currency_style],
            tuple(str(path.resolve()) for path in self.memories),
        )


def check_memory(path: Path) -> None:
    """Raise InputError where a memory cannot be used, before a model is loaded."""
    from translate.memory.store import Memory

    Memory(path).close()


MODEL_OPTIONS = (
    click.option("--model", default=DEFAULT, help="builtin, an added name, a folder or a hub id."),
    click.option("--revision", default=None, help="Revision of a hub model."),
    click.option(
        "--engine",
        type=click.Choice(["auto", *ENGINES]),
        default="auto",
        show_default=True,
        help="What runs the model.",
    ),
    click.option(
        "--compute",
        default=None,
        metavar="TYPE",
        help="Arithmetic: int8, float32, float16 ... (default: int8 on a CPU).",
    ),
    click.option("--threads", type=click.IntRange(1), default=None, help="CPU threads to use."),
    click.option(
        "--beam",
        type=click.IntRange(1, MAX_BEAM),
        default=USUAL.beam_size,
        show_default=True,
        help="Beam size.",
    ),
    click.option(
        "--furniture",
        type=click.Choice(list(FURNITURE)),
        default=USUAL.furniture.value,
        show_default=True,
        help="Menus, share bars, cookie notices.",
    ),
    click.option(
        "--quotes",
        type=click.Choice(list(QUOTES)),
        default=USUAL.quotes.name.lower(),
        show_default=True,
        help="Quotation marks of the English.",
    ),
    click.option(
        "--currency-style",
        type=click.Choice(list(CURRENCIES)),
        default=USUAL.currency.value,
        show_default=True,
        help="Sums of money: €25 million, 25 million euros, EUR 25 million.",
    ),
    click.option(
        "--terms",
        type=click.Path(path_type=Path),
        default=None,
        help="Termbase: lines of French<TAB>English.",
    ),
    click.option(
        "--memory",
        "memories",
        type=click.Path(path_type=Path),
        multiple=True,
        help="Translation memory that is looked into first; again for more.",
    ),
)
READING_OPTIONS = (
    click.option(
        "--article", is_flag=True, help="Of a web page, the main article only (as Markdown)."
    ),
    click.option(
        "--column",
        "--field",
        "parts",
        multiple=True,
        metavar="NAME",
        help="A column or field to translate; again for more.",
    ),
    click.option(
        "--from", "form", type=click.Choice(list(formats.READERS)), help="Format of the files."
    ),
)


def model_options(command: Command) -> Command:
    """Add the options that choose a model and its use; the command is given them as `chosen`."""
    return _gathered(command, MODEL_OPTIONS, "chosen", ModelOptions)


def reading_options(command: Command) -> Command:
    """Add the options that say how files are read; the command is given them as `reading`."""
    return _gathered(command, READING_OPTIONS, "reading", Reading)


def _gathered(
    command: Command,
    options: Sequence[Callable[[Command], Command]],
    name: str,
    kind: type[ModelOptions] | type[Reading],
) -> Command:
    """The command with options, each a field of the value that it is given under a name."""

    @functools.wraps(command)
    def called(**given: Any) -> Any:
        group = {field.name: given.pop(field.name) for field in fields(kind)}
        return command(**given, **{name: kind(**group)})

    result: Command = called
    for option in options:
        result = option(result)
    return result
