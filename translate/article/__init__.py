"""Text to Document: blocks, kinds, furniture, languages, sentences."""
