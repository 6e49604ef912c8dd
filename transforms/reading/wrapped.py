"""Files whose lines a spreadsheet put within one pair of quotes each.

A program that parts cells at another sign than the file does takes a whole line for one cell. When
it saves the file, each line with a quote in it is quoted once more, and one that began with a
quoted cell can lose that cell's quotes. Seen in real files of 2025, read 2026-11-23.
"""

import re
from itertools import islice

from transforms.reading.damaged import Dialect, first_records
from transforms.reading.quoting import is_regular

_QUOTED_CELL = re.compile(rb'[,;\t]""')
_WRAPPED = re.compile(rb'"((?:[^"\n\r]|"")*)"(\r?(?:\n|\Z))')
_LINE = re.compile(rb"[^\n]*(?:\n|\Z)")
_LINES = 6
_FEWEST_CELLS = 2


def count_wrapped(start: bytes) -> int:
    """Count the lines at the start that are one quoted cell with quoted cells in it.

    0 where a line there has a quote and is not one quoted cell.
    """
    if b'""' not in start:
        return 0
    quoted = (line.group() for line in _LINE.finditer(start) if b'"' in line.group())
    cells = [_WRAPPED.fullmatch(line) for line in islice(quoted, _LINES)]
    inside = [cell.group(1) for cell in cells if cell]
    return sum(map(bool, map(_QUOTED_CELL.search, inside))) if len(inside) == len(cells) else 0


def unwrapped(content: bytes, delimiter: str, *, is_stack: bool) -> bytes | None:
    """Take the lines out of their quotes; null where that leaves more than one way to read them.

    One way is left where quotes are regular and, but in a stack of tables, no record has one cell
    or more than the header.
    """
    lines = bytearray()
    for line in _LINE.findall(content):
        found = _WRAPPED.fullmatch(line)
        lines += found.group(1).replace(b'""', b'"') + found.group(2) if found else line
    plain = bytes(lines)
    is_certain = is_regular(plain, delimiter) and (is_stack or _is_table(plain, delimiter))
    return plain if is_certain else None


def _is_table(content: bytes, delimiter: str) -> bool:
    counts = [len(cells) for cells in first_records(content, Dialect(delimiter)) if cells]
    return bool(counts) and min(counts) >= _FEWEST_CELLS and max(counts) == counts[0]
