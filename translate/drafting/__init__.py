"""A French sentence to a draft: what the model is given, what is made of its answers."""
