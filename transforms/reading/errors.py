"""The one exception of the package."""


class ReadingError(ValueError):
    """A file cannot be read truthfully; the message says why and what to do."""
