"""Translate test sets with systems, keep what was translated, and score it.

Every text is kept as soon as it is translated (`eval.cache`); a run that was stopped continues
there.
"""

import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from eval.cache import HypothesisCache, default_cache, keys_of, model_hash
from eval.evaluation import Progress, Settings, evaluate
from eval.sanity import check_shapes
from eval.systems import System, translate_texts
from eval.testsets import Article, Form, TestSet
from eval.values import Cost, Evaluation
from translate.engines import load_translator
from translate.engines.base import Translator
from translate.engines.models import find_model
from translate.errors import OutputError, UsageError
from translate.files import write_atomically

#: Texts that are translated, and then kept, at once. The engine's batches have sentences of one
#: length: of 100 lines at a time they were small, and 1,000 lines took a third more than of 500.
ARTICLES_AT_ONCE = 4
SENTENCES_AT_ONCE = 500

Advance = Callable[[str, int, int], None]  # system, texts done, texts in all
Load = Callable[..., Translator]


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
        done = {
            system.name: translate_at_cost(test_set, system, kept, advance=advance, load=load)
            for system in systems
        }
    found = {name: lines for name, (lines, _) in done.items()}
    result = evaluate(
        {**found, **others},
        test_set.references,
        sources=test_set.sources,
        articles=test_set.articles,
        kinds=test_set.kinds,
        name=test_set.name,
        settings=settings,
        progress=progress,
    )
    return replace(result, costs={name: cost for name, (_, cost) in done.items()})


def translate_set(
    test_set: TestSet, system: System, kept: HypothesisCache, *, advance: Advance, load: Load
) -> list[str]:
    """One hypothesis for each segment of the test set."""
    return translate_at_cost(test_set, system, kept, advance=advance, load=load)[0]


def translate_at_cost(
    test_set: TestSet, system: System, kept: HypothesisCache, *, advance: Advance, load: Load
) -> tuple[list[str], Cost]:
    """One hypothesis for each segment of the test set, and what that took."""
    texts = _texts(test_set, system)
    keys = keys_of(texts, system)
    lines = {key: old for key in keys if (old := kept.get(key)) is not None}
    todo = {key: text for key, text in zip(keys, texts, strict=True) if key not in lines}
    advance(system.name, sum(key in lines for key in keys), len(keys))
    cost = cost_of(system)
    if todo:
        translator = system.load(load)
        start = time.perf_counter()
        step = ARTICLES_AT_ONCE if test_set.form is Form.ARTICLES else SENTENCES_AT_ONCE
        for part in _parts(list(todo), step):
            new = translate_texts([todo[key] for key in part], system, translator, test_set.form)
            found = dict(zip(part, new, strict=True))
            kept.put(found)
            lines |= found
            advance(system.name, sum(key in lines for key in keys), len(keys))
        words = sum(len(text.text.split()) for text in todo.values())
        speed = words / (time.perf_counter() - start)
        cost = replace(cost, words_per_second=speed, peak_mb=_peak_mb())
    return [line for key in keys for line in lines[key]], cost


def cost_of(system: System) -> Cost:
    """A system's model and its size."""
    size = find_model(system.model).size_bytes
    return Cost(model_hash(system.model)[:12], size / 1e6)


def _peak_mb() -> float | None:
    """The largest memory of this process so far; None where the system does not say."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _texts(test_set: TestSet, system: System) -> list[Article]:
    """What is translated at a time: whole articles, or lines."""
    if test_set.texts and not system.raw:
        return list(test_set.texts)
    return [Article("", line) for line in test_set.sources]


def _parts(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[at : at + size] for at in range(0, len(keys), size))


def save_hypotheses(result: Evaluation, folder: Path) -> None:
    """One file a system, one segment a line; OutputError where that cannot be done."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder} cannot be made: {error.strerror}") from None
    for system in result.systems:
        name = re.sub(r"[^\w.=-]+", "_", system.name)
        write_atomically(folder / f"{name}.en", "\n".join(system.hypotheses) + "\n")
