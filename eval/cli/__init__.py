"""The command line: one module a command; `options` and `terminal` are shared."""
