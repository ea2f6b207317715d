"""What a translator can set in the side panel, as it travels from the page to the engine."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace

from translate.engines import ENGINES
from translate.errors import UsageError
from translate.settings import FURNITURE, MAX_SERVED_BEAM, QUOTES, Settings
from translate.terms.termbase import NO_TERMS, Termbase
from ui.worker import Way


@dataclass(frozen=True, slots=True)
class Choices:
    """The settings of one article, all plain values.

    `marks` is "curly" or "straight"; `quotes` is "american" or "british" and says nothing where
    the marks are straight.
    """

    model: str = "default"
    engine: str = "auto"
    beam: int = Settings().beam_size
    furniture: str = Settings().furniture.value
    marks: str = "curly"
    quotes: str = "american"

    def __post_init__(self) -> None:
        """Refuse what does not exist, naming what does."""
        if not (isinstance(self.beam, int) and 1 <= self.beam <= MAX_SERVED_BEAM):
            raise UsageError(
                f"beam is {self.beam!r}; allowed: a whole number, 1 to {MAX_SERVED_BEAM}"
            )
        for name, allowed in ALLOWED.items():
            if getattr(self, name) not in allowed:
                given = getattr(self, name)
                raise UsageError(f"{name} is {given!r}; allowed: {', '.join(allowed)}")

    def way(self, terms: Termbase = NO_TERMS, memories: tuple[str, ...] = ()) -> Way:
        """The model and the settings of the pipeline, with the desk's terms and memories."""
        style = QUOTES[self.marks if self.marks == "straight" else self.quotes]
        settings = Settings(self.beam, FURNITURE[self.furniture], style, terms, memories=memories)
        return Way(self.model, self.engine, settings)

    def as_dict(self) -> dict[str, str | int]:
        """Plain values for JSON."""
        return asdict(self)


ALLOWED: dict[str, tuple[str, ...]] = {
    "engine": ("auto", *ENGINES),
    "furniture": tuple(FURNITURE),
    "marks": ("curly", "straight"),
    "quotes": tuple(style for style in QUOTES if style != "straight"),
}


#: The beams that the page offers.
BEAMS = ("1", "2", "4", "6", str(MAX_SERVED_BEAM))


@dataclass(slots=True)
class Menu:
    """What this desk offers: the names of its models, the usual one first, and its usual engine.

    A page or a client chooses among them: it must not name a folder of the server. The names are
    put in place of the old ones as a whole when models come and go.
    """

    models: tuple[str, ...]
    engine: str = "auto"

    def options(self) -> dict[str, tuple[str, ...]]:
        """What the page's panel offers, by setting, in the order in which it shows them."""
        marks = {name: ALLOWED[name] for name in ("furniture", "marks", "quotes")}
        return {"model": self.models, "engine": ALLOWED["engine"], "beam": BEAMS, **marks}

    def usual(self) -> Choices:
        """What is chosen where nothing is said."""
        return Choices(model=self.models[0], engine=self.engine)

    def choose(self, values: Mapping[str, object]) -> Choices:
        """Choices from what a page or a client sent; UsageError for anything unknown."""
        known = {field.name for field in fields(Choices)}
        unknown = sorted(set(values) - known)
        if unknown:
            there = ", ".join(sorted(known))
            raise UsageError(f"there is no setting {unknown[0]!r}; there are: {there}")
        given = {name: value for name, value in values.items() if value is not None}
        if given.get("model", self.models[0]) not in self.models:
            models = ", ".join(self.models)
            raise UsageError(f"model is {given['model']!r}; this desk has: {models}")
        return replace(self.usual(), **given)  # type: ignore[arg-type]
