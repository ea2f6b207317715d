"""`python -m train prepare|fit|export|score --config RECIPE.toml ...`."""

from train.cli import main

main()
