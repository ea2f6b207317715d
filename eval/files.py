"""The files of one scoring task: references, hypotheses and perhaps the source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.readers import (
    STDIN,
    Role,
    Rows,
    article_partner,
    form_of,
    name_of,
    read_rows,
    resolve_article,
    split_spec,
)
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

    The source of an article is found beside its reference; the documents of the segments are those
    that the first file that names any has. Raises InputError for what cannot be read, UsageError
    where a file stands in two places.
    """
    _refuse_twice(refs, hyps, src)
    first = resolve_article(split_spec(refs[0])[0], Role.REFERENCE)
    if form is None and form_of(first) == "article":
        form = "article"
        src = src or str(article_partner(first))
    found = [_read(spec, Role.REFERENCE, form) for spec in refs]
    source = _read(src, Role.SOURCE, form) if src else Rows(((),))
    names = system_names(hyps)
    systems = {n: _read(h, Role.HYPOTHESIS, form) for n, h in zip(names, hyps, strict=True)}
    references = [stream for one in found for stream in one.streams]
    size = min(map(len, [*references, *(one.streams[0] for one in systems.values())]))
    return Task(
        name=name_of(first) if str(first) == STDIN else first.name,
        systems={name: _cut(one.streams[0], size) for name, one in systems.items()},
        references=tuple(_cut(stream, size) for stream in references),
        sources=_cut(source.streams[0], size),
        articles=_documents(first, form, (*found, source, *systems.values()), size),
    )


def _documents(first: Path, form: str | None, files: Sequence[Rows], size: int) -> tuple[str, ...]:
    """The document of each segment, as the first file that names any has it."""
    if form == "article":
        return (first.name,) * size
    return next((one.articles for one in files if one.articles), ())[:size]


def read_systems(hyps: Sequence[str], *, form: str | None = None) -> dict[str, tuple[str, ...]]:
    """Hypothesis files by their short names."""
    names = zip(system_names(hyps), hyps, strict=True)
    return {name: _read(spec, Role.HYPOTHESIS, form).streams[0] for name, spec in names}


def _read(spec: str, role: Role, form: str | None) -> Rows:
    """An article's form fits only what would be plain text otherwise."""
    path = resolve_article(split_spec(spec)[0], role)
    forced = form if form != "article" or form_of(path) in ("plain", "article") else None
    return read_rows(spec, role, form=forced)


def _cut(stream: tuple[str, ...], size: int) -> tuple[str, ...]:
    """A stream without the blank lines at its end that make it longer than the others."""
    return stream if any(stream[size:]) else stream[:size]


def _refuse_twice(refs: Sequence[str], hyps: Sequence[str], src: str | None) -> None:
    if [*refs, *hyps, src].count(STDIN) > 1:
        raise UsageError("standard input (-) is given twice: it can be read once")
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
    if spec == STDIN:
        return name_of(path)
    return f"{path.stem}#{column}" if column else path.stem
