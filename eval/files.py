"""The files of one scoring task: references, hypotheses and perhaps the source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.readers import Role, article_partner, form_of, read_segments, resolve_article, split_spec
from translate.errors import UsageError


@dataclass(frozen=True, slots=True)
class Task:
    """What was read: every stream in file order."""

    name: str
    systems: Mapping[str, tuple[str, ...]]
    references: tuple[tuple[str, ...], ...]
    sources: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()


def read_task(
    refs: Sequence[str], hyps: Sequence[str], *, src: str | None = None, form: str | None = None
) -> Task:
    """Read all files; those of an article are read as articles, whatever they are called.

    The source of an article is found beside its reference. Raises InputError for what cannot be
    read, UsageError where a file stands in two places.
    """
    _refuse_twice(refs, hyps)
    first = resolve_article(split_spec(refs[0])[0], Role.REFERENCE)
    if form is None and form_of(first) == "article":
        form = "article"
        src = src or str(article_partner(first))
    references = tuple(_read(spec, Role.REFERENCE, form) for spec in refs)
    return Task(
        name=first.name,
        systems=read_systems(hyps, form=form),
        references=references,
        sources=_read(src, Role.SOURCE, form) if src else (),
        articles=(first.name,) * len(references[0]) if form == "article" else (),
    )


def read_systems(hyps: Sequence[str], *, form: str | None = None) -> dict[str, tuple[str, ...]]:
    """Hypothesis files by their short names."""
    names = zip(system_names(hyps), hyps, strict=True)
    return {name: _read(spec, Role.HYPOTHESIS, form) for name, spec in names}


def _read(spec: str, role: Role, form: str | None) -> tuple[str, ...]:
    """An article's form fits only what would be plain text otherwise."""
    path = resolve_article(split_spec(spec)[0], role)
    forced = form if form != "article" or form_of(path) in ("plain", "article") else None
    return read_segments(spec, role, form=forced)


def _refuse_twice(refs: Sequence[str], hyps: Sequence[str]) -> None:
    for kind, specs in (("reference", refs), ("hypothesis", hyps)):
        for spec in specs:
            if specs.count(spec) > 1:
                raise UsageError(f"{spec} is given twice as {kind}: give each file once")
    for spec in hyps:
        if spec in refs:
            raise UsageError(f"{spec} is reference and hypothesis: it would score 100 by itself")


def system_names(hyps: Sequence[str]) -> list[str]:
    """Short names where they differ, else the paths as they were given.

    >>> system_names(["out/wmt.google.en", "out/wmt.ours.en"])
    ['google', 'ours']
    """
    names = [_short(spec) for spec in hyps]
    if len(set(names)) < len(names):
        return list(hyps)
    parts = [name.split(".") for name in names]
    while len(parts) > 1 and min(map(len, parts)) > 1 and len({part[0] for part in parts}) == 1:
        parts = [part[1:] for part in parts]
    return [".".join(part) for part in parts]


def _short(spec: str) -> str:
    path, column = split_spec(spec)
    return f"{path.stem}#{column}" if column else path.stem
