"""Whether quotes stand only where RFC 4180 allows them."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np

from transforms.reading.content import chunks

_QUOTE = ord('"')
_BOM = b"\xef\xbb\xbf"


def is_regular(content: bytes | Path, delimiter: str) -> bool:
    """Tell whether every quote opens or closes a cell, or escapes another.

    Quotes pair up by their number alone: one in an odd place opens, so a delimiter, a line's end
    or the quote it is escaped by stands before it; one in an even place closes, so the same
    stands after it. Where this holds there is one way to read the content.
    """
    if isinstance(content, bytes) and b'"' not in content:
        return True
    before, after = _allowed(delimiter, "\n"), _allowed(delimiter, "\n\r")
    quotes = 0
    previous = b"\n"
    pending = b""
    for chunk in chain(_without_mark(content), [b"\n"]):
        window = previous + pending + chunk
        codes = np.frombuffer(window, dtype=np.uint8)
        places = np.flatnonzero(codes[1:-1] == _QUOTE) + 1
        opens, closes = places[quotes % 2 :: 2], places[(quotes + 1) % 2 :: 2]
        if not before[codes[opens - 1]].all() or not after[codes[closes + 1]].all():
            return False
        quotes += len(places)
        previous, pending = window[-2:-1] or previous, window[-1:]
    return quotes % 2 == 0


def _allowed(delimiter: str, ends: str) -> np.ndarray:
    allowed = np.zeros(256, dtype=bool)
    allowed[[_QUOTE, ord(delimiter), *ends.encode()]] = True
    return allowed


def _without_mark(content: bytes | Path) -> Iterator[bytes]:
    return (
        chunk.removeprefix(_BOM) if number == 0 else chunk
        for number, chunk in enumerate(chunks(content))
    )
