"""Delimited text: which delimiter, which header, and the rows as polars parses them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from transforms.reading.content import head, size_bytes, whole
from transforms.reading.damaged import Dialect, first_records, placed_records
from transforms.reading.encoding import Encoded, from_damaged_utf8, is_utf8
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits, check_rewriting
from transforms.reading.rows import NotUtf8Error, check_cells, read_rows
from transforms.reading.stacked import Block, begins_like_stack, blocks, sheet_names
from transforms.reading.table import TextTable, check_columns, repeated_headers
from transforms.reading.wrapped import count_wrapped, unwrapped

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(rb'[\r\n]*"?sep=([,;\t|])\1*"?\r?(?:\n|\Z)')
_QUOTED = re.compile(rb'"[^"]*"')
_LINES_FOR_DELIMITER = 6
_RECORDS_FOR_STACK = 6
_BOM = b"\xef\xbb\xbf"
_UNWRAPPED = "its lines stood within one pair of quotes, as a spreadsheet saves them: read without"


@dataclass(frozen=True)
class Opening:
    """How a file of delimited text is to be read.

    Attributes
    ----------
    header_number
        Number of the header among the records.
    is_plain
        Whether it is one table, neither a stack of them nor lines that stand within quotes.
    """

    dialect: Dialect
    header_number: int
    header: tuple[str, ...]
    is_plain: bool


def read_delimited(encoded: Encoded, name: str, limits: Limits) -> list[TextTable]:
    """Read the one table of a delimited file, or each of those stacked under titles.

    Raises
    ------
    ReadingError
        Where no line ends within the limits, a header has too many columns, or another program
        wrapped every line in quotes.
    """
    try:
        return _read(encoded, name, limits)
    except NotUtf8Error:
        return _read(from_damaged_utf8(encoded.content, name, limits), name, limits)


def first_delimited(
    encoded: Encoded, name: str, limits: Limits, count: int
) -> list[tuple[str, ...]]:
    """Give the cells of the first records."""
    if not is_utf8(encoded.content):
        encoded = from_damaged_utf8(encoded.content, name, limits)
    start = _start(encoded, limits)
    dialect = Dialect(_delimiter(start))
    found: list[tuple[str, ...]] = []
    for cells in first_records(start, dialect):
        if any(cells):
            found.append(tuple(cell.decode(errors="replace") for cell in cells))
        if len(found) == count:
            break
    return found


def _read(encoded: Encoded, name: str, limits: Limits) -> list[TextTable]:
    encoded = _out_of_wrapping(encoded, name, limits)
    start = _start(encoded, limits)
    dialect = Dialect(_delimiter(start))
    if stack := _stack(encoded, start, dialect, name, limits):
        return stack
    return [_read_one(encoded, start, dialect, name, limits)]


def opening(encoded: Encoded, name: str, limits: Limits) -> Opening:
    """Tell from the first bytes how the table is to be read.

    Raises
    ------
    ReadingError
        As `read_delimited`.
    """
    start = _start(encoded, limits)
    dialect = Dialect(_delimiter(start))
    is_plain = not (count_wrapped(start) or _may_be_stack(encoded, start, dialect, limits))
    return Opening(*_opened(start, dialect, name, limits), is_plain)


def _opened(
    start: bytes, dialect: Dialect, name: str, limits: Limits
) -> tuple[Dialect, int, tuple[str, ...]]:
    dialect = replace(dialect, is_fully_quoted=_is_fully_quoted(start, dialect.delimiter))
    return dialect, *_header(start, dialect, name, limits)


def _read_one(
    encoded: Encoded, start: bytes, dialect: Dialect, name: str, limits: Limits
) -> TextTable:
    dialect, header_number, header = _opened(start, dialect, name, limits)
    rows, notes = read_rows(encoded.content, dialect, len(header), name, limits)
    rows = rows.slice(header_number)
    check_cells(rows, name, limits)
    return TextTable(
        header=header,
        rows=rows,
        sheet=None,
        encoding=encoded.encoding,
        delimiter=dialect.delimiter,
        notes=(*encoded.notes, *repeated_headers(header), *notes),
    )


def _stack(
    encoded: Encoded, start: bytes, dialect: Dialect, name: str, limits: Limits
) -> list[TextTable]:
    """Read the titled tables; none where the file is no stack of them."""
    declared = _SEPARATOR_LINE.match(start)
    if not _may_be_stack(encoded, start, dialect, limits):
        return []
    if not is_utf8(encoded.content):
        raise NotUtf8Error
    content = whole(encoded.content).removeprefix(_BOM)
    content = content[declared.end() :] if declared else content
    placed = list(placed_records(content, dialect))
    records = [[cell.decode() for cell in cells] for _, cells in placed]
    found = blocks(records, is_declared=declared is not None)
    if len(found) > limits.max_sheets:
        raise ReadingError(
            f"{name} has {len(found)} titled tables, {limits.more_than('max_sheets')}: "
            "no export has"
        )
    ends = [*(begin for begin, _ in placed[1:]), len(content)]
    pieces = [content[begin:end] for (begin, _), end in zip(placed, ends, strict=True)]
    return list(_titled_tables(encoded, found, pieces, dialect, name, limits))


def _may_be_stack(encoded: Encoded, start: bytes, dialect: Dialect, limits: Limits) -> bool:
    if size_bytes(encoded.content) > limits.max_stack_bytes:
        return False
    first = list(islice(_undeclared(start, dialect), _RECORDS_FOR_STACK))
    return begins_like_stack(first, is_declared=_SEPARATOR_LINE.match(start) is not None)


def _titled_tables(
    encoded: Encoded,
    found: Sequence[Block],
    pieces: Sequence[bytes],
    dialect: Dialect,
    name: str,
    limits: Limits,
) -> Iterator[TextTable]:
    """Read each block out of its pieces, one a record; `row_number` counts through the file."""
    before = 1 if _SEPARATOR_LINE.match(_start(encoded, limits)) else 0
    for block, sheet in zip(found, sheet_names(found), strict=True):
        lines = b"".join(pieces[place] for place in block.places)
        table = _titled(encoded, block, lines, dialect, name, limits)
        rows = table.rows.with_columns(pl.col("row_number") + before + 1)
        before += 2 + rows.height if block.places else 1
        yield replace(table, rows=rows, sheet=sheet)


def _titled(
    encoded: Encoded, block: Block, lines: bytes, dialect: Dialect, name: str, limits: Limits
) -> TextTable:
    """Read one table of a stack; `row_number` counts from its header."""
    check_columns(len(block.header), name, limits)
    lines = lines or b"\n"
    dialect = replace(dialect, is_fully_quoted=_is_fully_quoted(lines, dialect.delimiter))
    rows, notes = read_rows(lines, dialect, len(block.header), name, limits)
    rows = rows.slice(1)
    check_cells(rows, name, limits)
    return TextTable(
        header=block.header,
        rows=rows,
        sheet=None,
        encoding=encoded.encoding,
        delimiter=dialect.delimiter,
        notes=(*encoded.notes, *repeated_headers(block.header), *notes),
        title=block.title,
    )


def _undeclared(start: bytes, dialect: Dialect) -> Iterator[list[str]]:
    """Give the first records without a `sep=` line."""
    declared = _SEPARATOR_LINE.match(start)
    begin = declared.end() if declared else 0
    return (
        [cell.decode(errors="replace") for cell in cells]
        for cells in first_records(start[begin:], dialect)
    )


def _out_of_wrapping(encoded: Encoded, name: str, limits: Limits) -> Encoded:
    """Take lines that a spreadsheet put within one pair of quotes out of them."""
    start = _start(encoded, limits)
    wrapped = count_wrapped(start)
    if not wrapped:
        return encoded
    check_rewriting(size_bytes(encoded.content), name, "has its lines within quotes", limits)
    content = unwrapped(
        whole(encoded.content).removeprefix(_BOM),
        _delimiter(start.replace(b'"', b"")),
        is_stack=_SEPARATOR_LINE.match(start) is not None,
    )
    if content is not None:
        return replace(encoded, content=content, notes=(*encoded.notes, _UNWRAPPED))
    if wrapped == 1:
        return encoded
    raise ReadingError(
        f"{name}: every line stands within one pair of quotes, as a spreadsheet saves a file it "
        "did not part into columns, and its cells can no longer be told: download it again and "
        "do not save it from there"
    )


def _start(encoded: Encoded, limits: Limits) -> bytes:
    return head(encoded.content, limits.max_record_bytes).removeprefix(_BOM)


def _delimiter(start: bytes) -> str:
    declared = _SEPARATOR_LINE.match(start)
    if declared:
        return declared.group(1).decode()
    lines = [line for line in _QUOTED.sub(b"", start[:65536]).splitlines() if line.strip(b" ")]
    for sample in (lines[:1], lines[1:_LINES_FOR_DELIMITER]):
        counts = Counter({mark: sum(line.count(mark.encode()) for line in sample)
                          for mark in _DELIMITERS})  # fmt: skip
        mark, most = counts.most_common(1)[0]
        if most:
            return mark
    return ","


def _is_fully_quoted(start: bytes, delimiter: str) -> bool:
    cell = rb'"(?:[^"]|"")*"'
    separator = re.escape(delimiter.encode())
    record = cell + rb"(?:" + separator + cell + rb")*\r?(?:\n|\Z)"
    preamble = _SEPARATOR_LINE.match(start)
    begin = preamble.end() if preamble else 0
    return re.compile(record).match(start, begin) is not None


def _header(
    start: bytes, dialect: Dialect, name: str, limits: Limits
) -> tuple[int, tuple[str, ...]]:
    """Give the header's number among the records, and its cells."""
    is_declared = _SEPARATOR_LINE.match(start) is not None
    number = 0
    for cells in first_records(start, dialect):
        if not any(cells):
            continue
        number += 1
        is_declaration = is_declared and number == 1
        if is_declaration or not any(cell.strip() for cell in cells):
            continue
        if sum(map(len, cells)) >= limits.max_record_bytes - 2 * len(cells):
            break
        check_columns(len(cells), name, limits)
        return number, tuple(cell.decode(errors="replace") for cell in cells)
    if len(start) >= limits.max_record_bytes:
        raise ReadingError(
            f"{name}: its header has {limits.more_than('max_record_bytes', 'bytes')}: "
            "it is no table, or a quote at its start is never closed"
        )
    raise ReadingError(f"{name} is empty: download it again")
