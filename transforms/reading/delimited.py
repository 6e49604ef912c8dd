"""Delimited text: which delimiter, which header, and the rows as polars parses them."""

import re
from collections import Counter
from pathlib import Path

import polars as pl

from transforms.reading.content import head, whole
from transforms.reading.damaged import Dialect, first_records, mend
from transforms.reading.encoding import Encoded, from_damaged_utf8, is_utf8
from transforms.reading.errors import ReadingError
from transforms.reading.limits import Limits
from transforms.reading.quoting import is_regular
from transforms.reading.table import TextTable, check_columns, repeated_headers

_DELIMITERS = (",", ";", "\t")
_SEPARATOR_LINE = re.compile(rb'[\r\n]*"?sep=([,;\t|])"?\r?(?:\n|\Z)')
_QUOTED = re.compile(rb'"[^"]*"')
_LINES_FOR_DELIMITER = 6
_SURPLUS_COLUMNS = 64
_BOM = b"\xef\xbb\xbf"


def read_delimited(encoded: Encoded, name: str, limits: Limits) -> TextTable:
    """Read the one table of a delimited file.

    Raises
    ------
    ReadingError
        Where no line ends within the limits, or the header has too many columns.
    """
    try:
        return _read(encoded, name, limits)
    except _NotUtf8Error:
        return _read(from_damaged_utf8(encoded.content, name), name, limits)


def first_delimited(
    encoded: Encoded, name: str, limits: Limits, count: int
) -> list[tuple[str, ...]]:
    """Give the cells of the first records."""
    if not is_utf8(encoded.content):
        encoded = from_damaged_utf8(encoded.content, name)
    start = _start(encoded, limits)
    dialect = Dialect(_delimiter(start))
    found: list[tuple[str, ...]] = []
    for cells in first_records(start, dialect):
        if any(cells):
            found.append(tuple(cell.decode(errors="replace") for cell in cells))
        if len(found) == count:
            break
    return found


class _NotUtf8Error(Exception):
    """The content is not in the encoding it was taken for."""


def _read(encoded: Encoded, name: str, limits: Limits) -> TextTable:
    start = _start(encoded, limits)
    delimiter = _delimiter(start)
    dialect = Dialect(delimiter, _is_fully_quoted(start, delimiter))
    header_number, header = _header(start, dialect, name, limits)
    rows, notes = _rows(encoded.content, dialect, len(header), name)
    rows = rows.slice(header_number)
    _check_cells(rows, name, limits)
    return TextTable(
        header=header,
        rows=rows,
        sheet=None,
        encoding=encoded.encoding,
        delimiter=delimiter,
        notes=(*encoded.notes, *repeated_headers(header), *notes),
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
            f"{name}: no header within the first {limits.max_record_bytes:,} bytes: "
            "it is no table, or a quote at its start is never closed"
        )
    raise ReadingError(f"{name} is empty: download it again")


def _rows(
    content: bytes | Path, dialect: Dialect, columns: int, name: str
) -> tuple[pl.DataFrame, list[str]]:
    if is_regular(content, dialect.delimiter):
        try:
            return _parse(content, dialect.delimiter, columns), []
        except pl.exceptions.PolarsError:
            pass  # what polars stumbles over is not UTF-8, or is written anew
    if not is_utf8(content):
        raise _NotUtf8Error
    mended = mend(whole(content).removeprefix(_BOM), dialect, columns)
    notes = []
    if mended.repaired:
        notes.append(f"{mended.repaired} record(s) with damaged quotes were read")
    if mended.broken:
        notes.append(f"{mended.broken} record(s) with damaged quotes could not be read")
    try:
        return _parse(mended.content, dialect.delimiter, columns), notes
    except pl.exceptions.PolarsError as error:
        raise ReadingError(
            f"{name} cannot be read as a table delimited by {dialect.delimiter!r}: {error}"
        ) from error


def _parse(content: bytes | Path, delimiter: str, columns: int) -> pl.DataFrame:
    try:
        return _scan(content, delimiter, columns, surplus=0)
    except pl.exceptions.PolarsError:
        return _scan(content, delimiter, columns, surplus=_SURPLUS_COLUMNS)


def _scan(content: bytes | Path, delimiter: str, columns: int, surplus: int) -> pl.DataFrame:
    names = [str(number) for number in range(columns + surplus)]
    beyond = [_filled(name) for name in names[columns:]]
    return (
        pl.scan_csv(
            content,
            has_header=False,
            separator=delimiter,
            schema=dict.fromkeys(names, pl.String),
            missing_columns="insert",
            extra_columns="ignore" if surplus else "raise",
            glob=False,
        )
        .select(
            *(_filled(name) for name in names[:columns]),
            surplus=_joined(beyond, delimiter) if surplus else pl.lit(None, dtype=pl.String),
        )
        .filter(~pl.all_horizontal(pl.all().is_null()))
        .with_row_index("row_number", offset=1)
        .select(*names[:columns], "row_number", "surplus")
        .collect(engine="streaming")
    )


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))


def _joined(beyond: list[pl.Expr], delimiter: str) -> pl.Expr:
    text = pl.concat_str(beyond, separator=delimiter, ignore_nulls=True)
    return pl.when(text != "").then(text)


def _check_cells(rows: pl.DataFrame, name: str, limits: Limits) -> None:
    longest = rows.select(pl.exclude("row_number").str.len_bytes().max()).row(0)
    if max((length or 0 for length in longest), default=0) > limits.max_record_bytes:
        raise ReadingError(
            f"{name} has a cell of more than {limits.max_record_bytes:,} bytes: a quote in it is "
            "never closed, or it is no table"
        )
