"""The one error that the launcher shows to its operator."""


class LocalError(Exception):
    """A fault that the operator can mend; its text is one clear line, printed without traceback."""
