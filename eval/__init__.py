"""Scores against references, and the news measures that BLEU does not see."""
