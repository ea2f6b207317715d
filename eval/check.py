"""A model tried in a minute: speed, memory, and the promises on the desk's own articles."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from eval.cache import model_hash
from eval.evaluation import Settings
from eval.run import run
from eval.systems import System
from eval.testsets import NEWS_DESK, load
from translate.engines import Translator, load_translator
from translate.engines.checked import Check
from translate.errors import DepecheError

#: Measures that must be 100 per cent: the desk's promises hold for any model.
PROMISES = ("English unchanged", "quotations kept", "numbers kept", "links kept")
SCORES = ("BLEU", "chrF2++")

Advance = Callable[[str, float], None]


def check_model(
    model: str,
    on: str = "",
    *,
    load_model: Callable[..., Translator] = load_translator,
    advance: Advance = lambda step, share: None,
) -> Check:
    """Translate a test set (`news-desk` unless said) with a model, anew, and measure what came.

    Raises ModelError for a model that is not there or does not load, InputError for the set.
    """
    test_set = load(on or NEWS_DESK)
    system = System(name=model, model=model)
    started = time.perf_counter()
    translator = system.load(load_model)
    seconds = time.perf_counter() - started
    with tempfile.TemporaryDirectory(prefix="depeche-check-") as temporary:
        result = run(
            test_set,
            [system],
            cache=Path(temporary) / "hypotheses",
            settings=Settings(samples=0, trials=0, analysis=False),
            advance=lambda name, done, total: advance("translating", done / max(total, 1)),
            load=lambda *given, **options: translator,
        )
    (found,) = result.systems
    cost = result.costs[model]
    if cost.words_per_second is None:
        raise DepecheError(f"nothing of {test_set.name} was translated: it holds no French")
    return Check(
        model=model,
        model_hash=model_hash(model)[:12],
        test_set=test_set.name,
        engine=translator.engine,
        words_per_second=round(cost.words_per_second, 1),
        load_seconds=round(seconds, 2),
        peak_mb=cost.peak_mb and round(cost.peak_mb, 1),
        scores={name: round(found.score(name).value, 2) for name in SCORES},
        measures={
            one.name: None if one.value is None else round(one.value, 2) for one in found.measures
        },
        promises=PROMISES,
    )
