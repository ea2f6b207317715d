"""The model that ships with the project, in Hugging Face's Marian layout; README.md is its card."""
