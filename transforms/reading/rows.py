"""The records of delimited text as polars parses them, damaged quotes mended first."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

import polars as pl

from transforms.reading.content import size_bytes, whole
from transforms.reading.damaged import Dialect, TooDamagedError, mend
from transforms.reading.encoding import is_utf8
from transforms.reading.errors import ReadingError
from transforms.reading.limits import DEFAULT_LIMITS, Limits, check_rewriting
from transforms.reading.quoting import is_regular

_SURPLUS_COLUMNS = 64
_BOM = b"\xef\xbb\xbf"
_FEW_BYTES = 64 * 1024
"""Up to so many, parsing costs less than planning how to parse."""

_IS_BLANK = pl.all_horizontal(pl.all().is_null())


class NotUtf8Error(Exception):
    """The content is not in the encoding it was taken for."""


def read_rows(
    content: bytes | Path,
    dialect: Dialect,
    columns: int,
    name: str,
    limits: Limits = DEFAULT_LIMITS,
) -> tuple[pl.DataFrame, list[str]]:
    """Parse every record, the header among them, and say what was mended.

    Returns
    -------
    tuple
        Frame as `TextTable.rows`, `row_number` from 1; and notes.

    Raises
    ------
    NotUtf8Error
        Where the content is not UTF-8.
    ReadingError
        Where it is no table in this dialect, or damaged and beyond the limits.
    """
    if is_regular(content, dialect.delimiter):
        try:
            return _parse_few_or_many(content, dialect.delimiter, columns), []
        except pl.exceptions.PolarsError:
            pass  # what polars stumbles over is not UTF-8, or is written anew
    if not is_utf8(content):
        raise NotUtf8Error
    check_rewriting(size_bytes(content), name, "has damaged quotes", limits, "max_mended_bytes")
    try:
        mended = mend(whole(content).removeprefix(_BOM), dialect, columns, limits.max_damaged_cells)
    except TooDamagedError as error:
        raise ReadingError(
            f"{name} has more than {limits.max_damaged_cells // columns:,} records with damaged "
            f"quotes in {columns} columns, {limits.more_than('max_damaged_cells', 'cells')}: "
            "a quote in it is never closed, or it is no table"
        ) from error
    notes = []
    if mended.repaired:
        notes.append(f"{mended.repaired} record(s) with damaged quotes were read")
    if mended.broken:
        notes.append(f"{mended.broken} record(s) with damaged quotes could not be read")
    try:
        return _parse_few_or_many(mended.content, dialect.delimiter, columns), notes
    except pl.exceptions.PolarsError as error:
        raise ReadingError(
            f"{name} cannot be read as a table delimited by {dialect.delimiter!r}: {error}"
        ) from error


def _parse_few_or_many(content: bytes | Path, delimiter: str, columns: int) -> pl.DataFrame:
    few = _parse_few(content, delimiter, columns)
    return parse_records(content, delimiter, columns) if few is None else few


def _parse_few(content: bytes | Path, delimiter: str, columns: int) -> pl.DataFrame | None:
    """Parse what is small, or give nothing."""
    if size_bytes(content) > _FEW_BYTES:
        return None
    encoded = whole(content).removeprefix(_BOM)
    if encoded.count(b"\r") != encoded.count(b"\r\n"):
        return None
    try:
        lines = io.StringIO(encoded.decode(), newline="")
    except UnicodeDecodeError as error:
        raise NotUtf8Error from error
    records = [record for record in csv.reader(lines, delimiter=delimiter) if any(record)]
    beyond = [record[columns : columns + _SURPLUS_COLUMNS] for record in records]
    surplus = [delimiter.join(filter(None, cells)) or None for cells in beyond]
    absent = [None] * columns
    rows = [
        [*(cell or None for cell in record[:columns]), *absent[len(record) :], number, rest]
        for number, (record, rest) in enumerate(zip(records, surplus, strict=True), start=1)
    ]
    names = map(str, range(columns))
    schema = {**dict.fromkeys(names, pl.String), "row_number": pl.UInt32, "surplus": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def parse_records(content: bytes | Path, delimiter: str, columns: int) -> pl.DataFrame:
    """Parse what is UTF-8 with regular quotes, as `read_rows`.

    Raises
    ------
    polars.exceptions.PolarsError
        Where it is not.
    """
    try:
        cells = _read(content, delimiter, map(str, range(columns)), columns)
    except pl.exceptions.PolarsError:
        return _with_surplus(content, delimiter, columns)
    return _numbered(cells.filter(~_IS_BLANK) if _has_blank(cells) else cells)


def parse_some(
    content: bytes | Path, delimiter: str, columns: int, some: Sequence[str]
) -> pl.DataFrame:
    """Parse the same records, of which only some columns are asked for; all where that is easier.

    A record of which none of these is filled can be blank, and is then none: all columns tell.
    """
    try:
        cells = _read(content, delimiter, some, columns)
    except pl.exceptions.PolarsError:
        return parse_records(content, delimiter, columns)
    return parse_records(content, delimiter, columns) if _has_blank(cells) else _numbered(cells)


def _read(content: bytes | Path, delimiter: str, some: Iterable[str], columns: int) -> pl.DataFrame:
    """Read cells; a column is gone through again only where one is quoted and holds nothing."""
    asked = _cells(content, delimiter, columns, surplus=0).select(*some)
    cells = asked.collect(engine="streaming")
    return cells.with_columns(
        _filled(column.name) for column in cells.iter_columns() if (column == "").any()
    )


def _has_blank(cells: pl.DataFrame) -> bool:
    if 0 in cells.null_count().row(0):
        return False
    return bool(cells.select(_IS_BLANK.any()).item())


def _numbered(cells: pl.DataFrame) -> pl.DataFrame:
    nothing = pl.lit(None, dtype=pl.String)
    numbered = cells.with_row_index("row_number", offset=1)
    return numbered.select(*cells.columns, "row_number", surplus=nothing)


def _with_surplus(content: bytes | Path, delimiter: str, columns: int) -> pl.DataFrame:
    """Read records of which some have more cells than columns."""
    names = [str(number) for number in range(columns + _SURPLUS_COLUMNS)]
    beyond = [_filled(name) for name in names[columns:]]
    return (
        _cells(content, delimiter, columns, _SURPLUS_COLUMNS)
        .select(*(_filled(name) for name in names[:columns]), surplus=_joined(beyond, delimiter))
        .filter(~_IS_BLANK)
        .with_row_index("row_number", offset=1)
        .select(*names[:columns], "row_number", "surplus")
        .collect(engine="streaming")
    )


def _cells(content: bytes | Path, delimiter: str, columns: int, surplus: int) -> pl.LazyFrame:
    names = [str(number) for number in range(columns + surplus)]
    return pl.scan_csv(
        content,
        has_header=False,
        separator=delimiter,
        schema=dict.fromkeys(names, pl.String),
        missing_columns="insert",
        extra_columns="ignore" if surplus else "raise",
        glob=False,
    )


def _filled(name: str) -> pl.Expr:
    return pl.when(pl.col(name) != "").then(pl.col(name))


def _joined(beyond: list[pl.Expr], delimiter: str) -> pl.Expr:
    text = pl.concat_str(beyond, separator=delimiter, ignore_nulls=True)
    return pl.when(text != "").then(text)


def check_cells(rows: pl.DataFrame, name: str, limits: Limits) -> None:
    """Refuse a cell that is longer than any export has."""
    if rows.estimated_size() <= limits.max_record_bytes:
        return
    longest = rows.select(pl.exclude("row_number").str.len_bytes().max()).row(0)
    if max((length or 0 for length in longest), default=0) > limits.max_record_bytes:
        raise ReadingError(
            f"{name} has a cell of {limits.more_than('max_record_bytes', 'bytes')}: a quote in it "
            "is never closed, or it is no table"
        )
