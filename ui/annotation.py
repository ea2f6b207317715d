"""Segments for the tab that marks errors: of files that a page sent, or of an article."""

from collections.abc import Sequence
from typing import Any

from translate.document import Language
from translate.errors import InputError
from translate.notation.markup import shown
from ui.evaluation import MAX_SEGMENTS, uploads
from ui.records import Job, Row

Item = dict[str, str]

#: Roles of the files: the hypotheses are numbered, one file a system.
_HYPOTHESIS = "hypothesis"


def items_of_files(packed: str, sample: int) -> list[Item]:
    """The segments of each system (of `sample` segments, 0 for all), shuffled without names.

    Raises InputError where there are no hypotheses, or where the files do not fit together.
    """
    from eval.annotate import items_of
    from eval.files import Task, system_names
    from eval.readers import Role, segments_in

    files = uploads(packed)
    given = {role: file for role, file in files.items() if role.startswith(_HYPOTHESIS)}
    if not given:
        raise InputError("a translation is needed: choose the file of one system or of several")
    names = system_names([file.name for file in given.values()])
    if len(set(names)) < len(names):
        raise InputError("two files have the same name: give each system a name of its own")
    systems = {
        name: segments_in(file.data, file.name, Role.HYPOTHESIS)
        for name, file in zip(names, given.values(), strict=True)
    }
    source, reference = (
        segments_in(files[role].data, files[role].name, role) if role in files else ()
        for role in (Role.SOURCE, Role.REFERENCE)
    )
    _check(systems, source, reference)
    first = next(iter(given.values())).name
    task = Task(first, systems, (reference,) if reference else (), source)
    return items_of(task, sample)


def _check(
    systems: dict[str, tuple[str, ...]], source: Sequence[str], reference: Sequence[str]
) -> None:
    sizes = {name: len(segments) for name, segments in systems.items()}
    sizes |= {"source": len(source)} if source else {}
    sizes |= {"reference": len(reference)} if reference else {}
    if len(set(sizes.values())) > 1:
        said = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        raise InputError(f"the files differ in their segments ({said}): each has one a line")
    if max(sizes.values()) > MAX_SEGMENTS:
        raise InputError(
            f"{max(sizes.values()):,} segments; this desk takes {MAX_SEGMENTS:,} at most: "
            "use `depeche eval annotate`"
        )


def items_of_article(job: Job, rows: Sequence[Row]) -> list[Item]:
    """The drafts of its French sentences; what a reviser made of one is its reference."""
    found = [
        {
            "system": job.model,
            "doc": job.name or job.title,
            "seg_id": str(row.position + 1),
            "source": shown(row.source),
            "reference": shown(row.edited) if row.edited is not None else "",
            "target": shown(row.draft.target),
        }
        for row in rows
        if row.draft and row.segment.language is Language.FRENCH
    ]
    if not found:
        raise InputError("no French sentence of this article is translated yet")
    return found


def page_of(items: Sequence[Item], rater: str, language: str) -> dict[str, Any]:
    """What the script of the tab is given."""
    from eval import annotate

    return annotate.page_of(items, rater=rater, language=language)
