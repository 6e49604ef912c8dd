"""From the bytes of a file to tables of text."""

from transforms.reading.errors import ReadingError

__all__ = ["ReadingError"]
