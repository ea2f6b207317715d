"""Whatever the texts are, a result comes out and every form of it can be written."""

import json
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from eval import Settings, evaluate
from eval.plots import interval_plot
from eval.report import render_html
from eval.tables import RENDERERS

LINE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(["“Yes,” he said.", "« Oui »", "12 000 euros", "<b>", "&quot;", "a a a a a a"]),
)


@settings(max_examples=15, deadline=None)
@given(
    rows=st.lists(st.tuples(LINE, LINE, LINE, LINE), min_size=1, max_size=6),
    name=st.text(min_size=1, max_size=20),
)
def test_any_text(rows: list[tuple[str, str, str, str]], name: str) -> None:
    source, reference, first, second = (list(column) for column in zip(*rows, strict=True))
    result = evaluate(
        {name: [*first, "The cat."], name + "2": [*second, "A cat."]},
        [[*reference, "The cat."]],
        sources=[*source, "Le chat."],
        articles=["one"] * len(rows) + ["two"],
        name=name,
        settings=Settings(samples=40, trials=40),
    )
    for system in result.systems:
        for score in system.scores:
            assert score.low is not None
            assert score.high is not None
            assert 0 <= score.low <= score.high
        for measure in system.measures:
            assert measure.value is None or measure.value >= 0
            assert not measure.percent or measure.count <= measure.total
    written = {layout: render(result) for layout, render in RENDERERS.items()}
    assert json.loads(written["json"])["data"]["segments"] == len(rows) + 1
    assert "</html>" in render_html(result)
    ElementTree.fromstring(interval_plot(result))
