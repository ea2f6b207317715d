"""The English that a desk has settled on: termbases, and the house's own lists."""
