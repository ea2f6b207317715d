"""Every error of the desk; the command line prints one line of it and exits with 2.

DepecheError
├── InputError      the article: missing, empty, binary, not UTF-8, not French
├── ModelError      the model: unknown, incomplete, broken, of another kind
├── OutputError     the result cannot be written: no space, no right, in the way
└── UsageError      a setting that does not exist or does not fit
"""


class DepecheError(Exception):
    """Root of all errors that are said to the user.

    The message is one line: what was given, what is allowed, what to do.
    """


class InputError(DepecheError):
    """The article cannot be read or is not what the desk translates."""


class ModelError(DepecheError):
    """The model cannot be found, read or run."""


class OutputError(DepecheError):
    """The result cannot be written."""


class UsageError(DepecheError):
    """A setting is unknown or does not fit the others."""
