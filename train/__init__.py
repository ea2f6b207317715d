"""The trainer of the built-in model: prepare, fit, export, score."""
