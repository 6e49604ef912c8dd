"""Days and moments under a format that is known, as a mapping declares it."""

from datetime import UTC, datetime
from typing import Literal, get_args

import polars as pl

from transforms.cells import parse
from transforms.cells.parse import Parsed

DayOrder = Literal["ymd", "dmy", "mdy"]
ORDERS: tuple[str, ...] = get_args(DayOrder)
"""Orders in which a day of numbers can be written, whatever stands between them."""

_YEAR, _NUMBER, _BETWEEN = r"(?<y>\d{4}|\d{2})", r"(?<{name}>\d{{1,2}})", r"[-/. ]\s?"
_EXAMPLES = {"ymd": "2026-05-26", "dmy": "26/05/2026", "mdy": "5/26/2026"}
_EARLIEST = 1990
_TIMES = ("%H", "%I", "%T", "%R")
_FRACTION = "%.f"
"""Fraction of a second with its point, which polars reads and strftime does not write."""

_SHOWN = datetime(2026, 5, 26, 10, 23, tzinfo=UTC)


def has_time(format: str) -> bool:
    """Say whether a format tells more than a day."""
    return any(directive in format for directive in _TIMES)


def has_zone(format: str) -> bool:
    """Say whether a format tells the offset from UTC."""
    return "%z" in format


def is_format(format: str) -> bool:
    """Say whether days can be read by it: one of the orders, or directives that read back."""
    if format in ORDERS:
        return True
    try:
        written = pl.Series([_SHOWN.strftime(format.replace(_FRACTION, ".000"))])
        if has_time(format):
            read = written.str.to_datetime(format, strict=False)
        else:
            read = written.str.to_date(format, strict=False)
    except (pl.exceptions.PolarsError, ValueError):
        return False
    return read.dt.date().to_list() == [_SHOWN.date()]


def day(column: str, format: str) -> Parsed:
    """Read a day by an order of its numbers, or by a strptime format."""
    if format not in ORDERS:
        return parse.day(column, format)
    cell = pl.col(column).str.strip_chars()
    parts = cell.str.extract_groups(_pattern(format)).struct
    year = parts.field("y")
    full = pl.when(year.str.len_chars() == 2).then(pl.lit("20") + year).otherwise(year)
    text = pl.concat_str(full, parts.field("m"), parts.field("d"), separator="-")
    read = text.str.to_date("%Y-%m-%d", strict=False)
    value = pl.when(read.dt.year() >= _EARLIEST).then(read)
    failed = ~parse.is_not_reported(column) & value.is_null()
    return Parsed((column,), value, failed, f"a day like {_EXAMPLES[format]}")


def _pattern(order: str) -> str:
    """Give the groups y, m, d in the order; a time may follow."""
    parts = {"y": _YEAR, "m": _NUMBER.format(name="m"), "d": _NUMBER.format(name="d")}
    return "^" + _BETWEEN.join(parts[letter] for letter in order) + r"(?:[T ].*)?$"
