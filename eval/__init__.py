"""Scores against references, and the news measures that BLEU does not see.

>>> from eval import evaluate
>>> result = evaluate({"mine": ["The cat sleeps."]}, [["The cat sleeps."]])
>>> f"{result.systems[0].score('chrF2++').value:.1f}"
'100.0'
"""

from eval.evaluation import Settings, evaluate
from eval.values import Comparison, Data, Evaluation, Group, Measure, Note, Score, SystemResult

__all__ = [
    "Comparison",
    "Data",
    "Evaluation",
    "Group",
    "Measure",
    "Note",
    "Score",
    "Settings",
    "SystemResult",
    "evaluate",
]
