"""Delimited text: which delimiter, which header, and the rows as polars parses them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import polars as pl

from transforms.reading.content import size_bytes, whole
from transforms.reading.damaged import Dialect, first_records, placed_records
from transforms.reading.encoding import Encoded, from_damaged_utf8, is_utf8
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits, check_rewriting
from transforms.reading.rows import NotUtf8Error, check_cells, read_rows
from transforms.reading.stacked import Block, begins_like_stack, blocks, sheet_names
from transforms.reading.start import Start, as_quoted
from transforms.reading.table import TextTable, check_columns, repeated_headers
from transforms.reading.wrapped import count_wrapped, unwrapped

_BOM = b"\xef\xbb\xbf"
_RECORDS_FOR_STACK = 6
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
    start = Start.of(encoded, limits)
    found: list[tuple[str, ...]] = []
    for cells in first_records(start.text, start.dialect):
        if any(cells):
            found.append(tuple(cell.decode(errors="replace") for cell in cells))
        if len(found) == count:
            break
    return found


def _read(encoded: Encoded, name: str, limits: Limits) -> list[TextTable]:
    start = Start.of(encoded, limits)
    if wrapped := count_wrapped(start.text):
        encoded = _out_of_wrapping(encoded, start, wrapped, name, limits)
        start = Start.of(encoded, limits)
    if stack := _stack(encoded, start, name, limits):
        return stack
    return [_read_one(encoded, start, name, limits)]


def opening(encoded: Encoded, name: str, limits: Limits) -> Opening:
    """Tell from the first bytes how the table is to be read.

    Raises
    ------
    ReadingError
        As `read_delimited`.
    """
    start = Start.of(encoded, limits)
    is_plain = not (count_wrapped(start.text) or _may_be_stack(encoded, start, limits))
    return Opening(as_quoted(start.dialect, start.text), *start.header(name), is_plain)


def _read_one(encoded: Encoded, start: Start, name: str, limits: Limits) -> TextTable:
    dialect = as_quoted(start.dialect, start.text)
    header_number, header = start.header(name)
    check_rewriting(
        size_bytes(encoded.content), name, "is not of a kind that is read in pieces", limits,
        "max_at_once_bytes",
    )  # fmt: skip
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


def _stack(encoded: Encoded, start: Start, name: str, limits: Limits) -> list[TextTable]:
    """Read the titled tables; none where the file is no stack of them."""
    if not _may_be_stack(encoded, start, limits):
        return []
    if not is_utf8(encoded.content):
        raise NotUtf8Error
    content = whole(encoded.content).removeprefix(_BOM)
    content = content[start.declared_bytes :]
    placed = list(placed_records(content, start.dialect))
    records = [[cell.decode() for cell in cells] for _, cells in placed]
    found = blocks(records, is_declared=start.is_declared)
    if len(found) > limits.max_sheets:
        raise ReadingError(
            f"{name} has {len(found)} titled tables, {limits.more_than('max_sheets')}: "
            "no export has"
        )
    ends = [*(begin for begin, _ in placed[1:]), len(content)]
    pieces = [content[begin:end] for (begin, _), end in zip(placed, ends, strict=True)]
    return list(_titled_tables(encoded, found, pieces, start, name))


def _may_be_stack(encoded: Encoded, start: Start, limits: Limits) -> bool:
    if size_bytes(encoded.content) > limits.max_stack_bytes:
        return False
    first = islice(start.undeclared(), _RECORDS_FOR_STACK)
    return begins_like_stack(first, is_declared=start.is_declared)


def _titled_tables(
    encoded: Encoded,
    found: Sequence[Block],
    pieces: Sequence[bytes],
    start: Start,
    name: str,
) -> Iterator[TextTable]:
    """Read each block out of its pieces, one a record; `row_number` counts through the file."""
    before = 1 if start.is_declared else 0
    for block, sheet in zip(found, sheet_names(found), strict=True):
        lines = b"".join(pieces[place] for place in block.places)
        table = _titled(encoded, block, lines, start.dialect, name, start.limits)
        rows = table.rows.with_columns(pl.col("row_number") + before + 1)
        before += 2 + rows.height if block.places else 1
        yield replace(table, rows=rows, sheet=sheet)


def _titled(
    encoded: Encoded, block: Block, lines: bytes, dialect: Dialect, name: str, limits: Limits
) -> TextTable:
    """Read one table of a stack; `row_number` counts from its header."""
    check_columns(len(block.header), name, limits)
    lines = lines or b"\n"
    dialect = as_quoted(dialect, lines)
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


def _out_of_wrapping(
    encoded: Encoded, start: Start, wrapped: int, name: str, limits: Limits
) -> Encoded:
    """Take lines that a spreadsheet put within one pair of quotes out of them."""
    check_rewriting(size_bytes(encoded.content), name, "has its lines within quotes", limits)
    content = unwrapped(
        whole(encoded.content).removeprefix(_BOM),
        replace(start, text=start.text.replace(b'"', b"")).dialect.delimiter,
        is_stack=start.is_declared,
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
