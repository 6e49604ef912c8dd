"""Whether quotes stand only where RFC 4180 allows them."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import numpy as np

from transforms.reading.content import chunks

_QUOTE = ord('"')
_BOM = b"\xef\xbb\xbf"
_LINE_FEED = np.frombuffer(b"\n", np.uint8)
_WINDOW_BYTES = 256 * 1024
"""So few bytes stay in the processor's cache while they are looked at."""


def is_regular(content: bytes | memoryview | Path, delimiter: str) -> bool:
    """Tell whether every quote opens or closes a cell, or escapes another.

    Quotes pair up by their number alone: one in an odd place opens, so a delimiter, a line's end
    or the quote it is escaped by stands before it; one in an even place closes, so the same
    stands after it. Where this holds there is one way to read the content.
    """
    if isinstance(content, bytes) and b'"' not in content:
        return True
    before, after = _allowed(delimiter, "\n"), _allowed(delimiter, "\n\r")
    quotes = 0
    for codes in _read(content) if isinstance(content, Path) else _windows(content):
        places = np.flatnonzero(codes[1:-1] == _QUOTE) + 1
        opens, closes = places[quotes % 2 :: 2], places[(quotes + 1) % 2 :: 2]
        if not before[codes[opens - 1]].all() or not after[codes[closes + 1]].all():
            return False
        quotes += len(places)
    return quotes % 2 == 0


def count_quotes(content: bytes | bytearray, begin: int, end: int) -> int:
    """Count the quotes between two places."""
    codes = np.frombuffer(content, np.uint8)[begin:end]
    return sum(
        int(np.count_nonzero(codes[place : place + _WINDOW_BYTES] == _QUOTE))
        for place in range(0, len(codes), _WINDOW_BYTES)
    )


def _allowed(delimiter: str, ends: str) -> np.ndarray:
    allowed = np.zeros(256, dtype=bool)
    allowed[[_QUOTE, ord(delimiter), *ends.encode()]] = True
    return allowed


def _windows(content: bytes | memoryview) -> Iterator[np.ndarray]:
    """Give all bytes in turn, each time with the one before and the one after; line feeds round."""
    codes = np.frombuffer(content, np.uint8)
    first = len(_BOM) if bytes(content[: len(_BOM)]) == _BOM else 0
    for begin in range(first, len(codes), _WINDOW_BYTES):
        end = begin + _WINDOW_BYTES
        if first < begin and end < len(codes):
            yield codes[begin - 1 : end + 1]
            continue
        before = codes[begin - 1 : begin] if first < begin else _LINE_FEED
        after = codes[end : end + 1] if end < len(codes) else _LINE_FEED
        yield np.concatenate((before, codes[begin:end], after))


def _read(file: Path) -> Iterator[np.ndarray]:
    """Do the same with the bytes of a file."""
    previous = b"\n"
    pending = b""
    for chunk in chain(_without_mark(file), [b"\n"]):
        window = previous + pending + chunk
        yield np.frombuffer(window, np.uint8)
        previous, pending = window[-2:-1] or previous, window[-1:]


def _without_mark(file: Path) -> Iterator[bytes]:
    return (
        chunk.removeprefix(_BOM) if number == 0 else chunk
        for number, chunk in enumerate(chunks(file))
    )
