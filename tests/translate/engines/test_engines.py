"""Both engines: the same tokens, the same result in any batch, nothing cut, no heavy import."""

import json
import math
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from translate.document import Hypothesis
from translate.engines import ENGINES, Translator, ct2, load_translator
from translate.engines.base import equal_length_batches, max_target_tokens
from translate.engines.models import BUILTIN
from translate.errors import UsageError

ENGINE_FIXTURES = ["builtin", "builtin_transformers"]
SENTENCES = [
    line
    for line in (Path(__file__).parents[2] / "golden" / "sentences.txt").read_text().splitlines()
    if line
]


@pytest.fixture(params=ENGINE_FIXTURES)
def engine(request: pytest.FixtureRequest) -> Translator:
    translator: Translator = request.getfixturevalue(request.param)
    return translator


class Echo(Translator):
    """Says what it was given, and remembers it."""

    def __init__(self) -> None:
        self.seen: list[list[str]] = []

    def translate_batch(
        self,
        sources: Sequence[str],
        *,
        beam_size: int = 4,
        hypotheses: int = 1,
        no_repeat_ngram: int = 0,
    ) -> list[list[Hypothesis]]:
        self.seen.append(list(sources))
        return [[Hypothesis(source.upper(), 0.0)] for source in sources]


@given(st.lists(st.text(max_size=5), max_size=20))
def test_translate_restores_the_order_and_asks_once(sources: list[str]) -> None:
    echo = Echo()
    results = echo.translate(sources)
    assert [result[0].text for result in results] == [source.upper() for source in sources]
    (seen,) = echo.seen
    assert sorted(seen) == sorted(set(sources))
    assert [len(source) for source in seen] == sorted(len(source) for source in seen)


@given(st.lists(st.integers(0, 30), max_size=60), st.integers(1, 100))
def test_batches_have_one_length_and_lose_nothing(lengths: list[int], most: int) -> None:
    batches = list(equal_length_batches(lengths, most))
    for batch in batches:
        assert len({lengths[index] for index in batch}) == 1
        assert len(batch) == 1 or len(batch) * lengths[batch[0]] <= most
    found = sorted(index for batch in batches for index in batch)
    assert found == [index for index, length in enumerate(lengths) if length]


def test_engines_write_the_same_tokens(
    builtin_float32: Translator, builtin_transformers: Translator
) -> None:
    ours = builtin_float32.translate(SENTENCES, beam_size=1)
    theirs = builtin_transformers.translate(SENTENCES, beam_size=1)
    assert [row[0].text for row in ours] == [row[0].text for row in theirs]
    for mine, reference in zip(ours, theirs, strict=True):
        assert mine[0].score == pytest.approx(reference[0].score, abs=1e-3)


def test_beams_have_the_same_score_definition(
    builtin_float32: Translator, builtin_transformers: Translator
) -> None:
    options = {"beam_size": 4, "hypotheses": 4}
    ours = builtin_float32.translate(SENTENCES[:20], **options)
    theirs = builtin_transformers.translate(SENTENCES[:20], **options)
    shared = 0
    for mine, reference in zip(ours, theirs, strict=True):
        known = {hypothesis.text: hypothesis.score for hypothesis in reference}
        for hypothesis in mine:
            if hypothesis.text in known:
                shared += 1
                assert hypothesis.score == pytest.approx(known[hypothesis.text], abs=1e-3)
    assert shared > 40  # the searches stop at different times, but mostly agree


def test_tokens_are_those_of_marian_tokenizer(
    builtin: Translator, builtin_transformers: Translator
) -> None:
    sources = [
        *SENTENCES,
        "",
        " ",
        "</s>",
        "a </s> b <unk> <pad>",
        "日本 😀",
        "\u00a0«\u202f!\u00a0»",
    ]
    ours = [builtin.count_tokens(source) for source in sources]
    assert ours == [builtin_transformers.count_tokens(source) for source in sources]


def test_padding_row_is_zero() -> None:
    """CTranslate2 starts the decoder from zeros, transformers from the row of `<pad>`."""
    from safetensors import safe_open

    from translate.engines.models import find_model

    folder = find_model(BUILTIN).folder
    pad = json.loads((folder / "config.json").read_text())["pad_token_id"]
    with safe_open(folder / "model.safetensors", framework="numpy") as tensors:
        row = tensors.get_slice("model.shared.weight")[pad : pad + 1]
    assert not row.any()


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_result_does_not_depend_on_the_batch(builtin: Translator, data: st.DataObject) -> None:
    beam = data.draw(st.sampled_from([1, 4]))
    batch = data.draw(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12))
    together = builtin.translate_batch(batch, beam_size=beam, hypotheses=beam)
    for source, result in zip(batch, together, strict=True):
        assert builtin.translate_batch([source], beam_size=beam, hypotheses=beam) == [result]


def test_large_calls_wait_for_each_other_and_small_ones_do_not(
    builtin: Translator, monkeypatch: pytest.MonkeyPatch
) -> None:
    sentences = [f"{sentence} {number}" for number in range(3) for sentence in SENTENCES[:40]]
    expected = builtin.translate(sentences)
    monkeypatch.setattr(ct2, "LARGE", len(sentences) // 2)
    ends: list[str] = []

    def one(name: str, sources: list[str]) -> list[list[Hypothesis]]:
        found = builtin.translate(sources)
        ends.append(name)
        return found

    with ThreadPoolExecutor(3) as pool:
        large = [pool.submit(one, name, sentences) for name in ("large", "large too")]
        small = pool.submit(one, "small", sentences[:4])
        assert small.result() == expected[:4]
        assert [future.result() for future in large] == [expected, expected]
    assert ends[-1] != "small"


def test_transformers_text_does_not_depend_on_the_batch(builtin_transformers: Translator) -> None:
    """Float32 sums may differ in the last bits with the size of a batch: scores within 1e-4."""
    together = builtin_transformers.translate(SENTENCES[:24])
    for source, result in zip(SENTENCES[:24], together, strict=True):
        ((alone,),) = builtin_transformers.translate_batch([source])
        assert alone.text == result[0].text
        assert alone.score == pytest.approx(result[0].score, abs=1e-4)


@pytest.mark.parametrize("source", ["", " ", "\n\t", "\u00a0"])
def test_a_source_without_words_is_the_empty_text(engine: Translator, source: str) -> None:
    results = engine.translate([source, "Bonjour.", source], hypotheses=3)
    assert results[0] == results[2] == [Hypothesis("", 0.0)]
    assert len(results[1]) == 3


def test_no_sources(engine: Translator) -> None:
    assert engine.translate([]) == engine.translate_batch([]) == []


def test_hypotheses_are_ordered_and_distinct(engine: Translator) -> None:
    (row,) = engine.translate(["Le ministre a annoncé une réforme."], beam_size=6, hypotheses=5)
    assert len({hypothesis.text for hypothesis in row}) == 5
    assert [h.score for h in row] == sorted((h.score for h in row), reverse=True)
    assert all(math.isfinite(h.score) and h.score <= 0 for h in row)


def test_no_ngram_comes_twice(engine: Translator) -> None:
    source = "Le pain, le vin, le pain, le vin, le pain, le vin, le pain, le vin."
    ((free,),) = engine.translate([source])
    ((bound,),) = engine.translate([source], no_repeat_ngram=3)
    assert free.text != bound.text
    words = bound.text.lower().split()
    trigrams = list(zip(words, words[1:], words[2:], strict=False))
    assert len(trigrams) == len(set(trigrams))


def test_a_long_source_is_refused_and_the_longest_is_not(engine: Translator) -> None:
    word = "ministre "
    longest = word * (engine.max_tokens // engine.count_tokens(word))
    assert engine.translate_batch([longest.strip()], beam_size=1)[0][0].text
    with pytest.raises(ValueError, match=f"the model takes {engine.max_tokens}"):
        engine.translate_batch([word * (engine.max_tokens + 1)])


@pytest.mark.parametrize(("beam_size", "hypotheses"), [(1, 2), (4, 0), (0, 0), (-1, 1)])
def test_a_search_that_cannot_be(engine: Translator, beam_size: int, hypotheses: int) -> None:
    with pytest.raises(ValueError, match="hypotheses must be"):
        engine.translate_batch(["Bonjour."], beam_size=beam_size, hypotheses=hypotheses)
    with pytest.raises(ValueError, match="no_repeat_ngram"):
        engine.translate_batch(["Bonjour."], no_repeat_ngram=-1)


def test_end_token_in_the_text_is_text(engine: Translator) -> None:
    source = "Le chat dort </s> et le chien mange."
    assert engine.count_tokens(source) > engine.count_tokens("Le chat dort  et le chien mange.")
    assert "dog" in engine.translate([source])[0][0].text


def test_covers_what_the_vocabulary_can_spell(engine: Translator) -> None:
    assert engine.covers("Le chat dort, à l'ombre : « enfin » !")
    assert engine.covers("")
    assert not engine.covers("Le chat dort 😀")
    assert not engine.covers("日本")


def test_max_target_tokens_leaves_room() -> None:
    assert max_target_tokens(1) >= 20
    assert max_target_tokens(128) >= 2 * 128


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"engine": "moses"}, "no engine 'moses'; there are: auto, ctranslate2, transformers"),
        ({"device": "tpu"}, "no device 'tpu'; there are: auto, cpu, cuda"),
        ({"threads": 0}, "threads must be 1 or more"),
        ({"compute_type": "int3"}, "no compute type 'int3' on cpu"),
        ({"compute_type": "int3", "engine": "transformers"}, "no compute type 'int3'"),
        ({"revision": "main"}, "'builtin' is local"),
    ],
)
def test_unknown_settings(options: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        load_translator(BUILTIN, **options)  # type: ignore[arg-type]


def test_engine_names_are_those_of_their_classes(
    builtin: Translator, builtin_transformers: Translator
) -> None:
    found = {translator.engine: type(translator) for translator in (builtin, builtin_transformers)}
    assert {name: f"{of.__module__}:{of.__name__}" for name, of in found.items()} == ENGINES


def _python(code: str, **environment: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environment},
    )
    return finished.stdout


def test_hot_path_imports_nothing_heavy(builtin: Translator) -> None:
    code = (
        "import sys\n"
        "from translate.engines import load_translator\n"
        "load_translator('builtin', device='cpu').translate(['Bonjour.'])\n"
        "heavy = {'torch', 'transformers', 'huggingface_hub', 'sacremoses', 'gradio', 'httpx'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert _python(code) == "[]\n"


def test_auto_falls_back_to_transformers() -> None:
    """Where ctranslate2 is not installed (`None` in sys.modules makes its import fail)."""
    code = (
        "import sys\n"
        "sys.modules['ctranslate2'] = None\n"
        "from translate.engines import load_translator\n"
        "print(load_translator('builtin', device='cpu', threads=1).engine)"
    )
    assert _python(code) == "transformers\n"


def test_an_engine_that_is_not_installed() -> None:
    code = (
        "import sys\n"
        "sys.modules['ctranslate2'] = None\n"
        "from translate.engines import load_translator\n"
        "from translate.errors import ModelError\n"
        "try:\n"
        "    load_translator('builtin', engine='ctranslate2')\n"
        "except ModelError as error:\n"
        "    print(error)"
    )
    assert "'ctranslate2' cannot be loaded" in _python(code)
    assert "install it again, or choose another with --engine" in _python(code)
