"""Days as files write them, where only the whole file tells which number is the month."""

from datetime import date
from functools import cache

import polars as pl

from transforms.cells.calendar_labels import read_day_labels
from transforms.cells.parse import Parsed

DAY = "_day"
"""Helper column: the day a cell names, null where it cannot be told."""

_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[T ].*)?$"
_YEAR_FIRST = r"^(?<year>[0-9]{4})[-/.](?<month>[0-9]{1,2})[-/.](?<day>[0-9]{1,2})(?:[T ].*)?$"
_YEAR_LAST = r"^(?<one>[0-9]{1,2})[-/.](?<two>[0-9]{1,2})[-/.](?<year>[0-9]{4}|[0-9]{2})(?: .*)?$"
_SHORT_YEAR = r"^([0-9]{1,2})[-/. ]+(\p{L}+)[-/. ]+([0-9]{2})$"
"""`27/jun/23`, as spreadsheets of other languages write what they took for a day."""
_LETTER = r"\p{L}"
_WEEKDAY = r"^\s*\p{L}+\.?,"
"""A weekday before the day: where it is another than the day's, the cell is no day."""
_EARLIEST_YEAR = 1990
_MONTHS = 12
_ENGLISH = ("%b %d, %Y", "%a, %b %d, %Y", "%d-%b-%y", "%d-%b-%Y", "%d %b %Y")


def with_days(
    frame: pl.DataFrame, whole: pl.DataFrame, column: str, name: str = DAY
) -> pl.DataFrame:
    """Add the day each cell of `column` names, as `name`.

    ISO days and names of months, of any language, read themselves. `13-06-2025` and `1/27/2022`,
    which Excel makes of them, are read in the order that every cell of the whole allows; if both
    orders do, in the one that leaves no day out; else not at all. Where both kinds stand in one
    column, a spreadsheet took some cells for days of another order, and none of them is read.

    Parameters
    ----------
    frame
        Text records.
    whole
        Records of all parts of the same export, `frame` included.
    """
    days = frame.select_seq(_plain(column).alias(name)).to_series()
    if days.null_count() == frame.get_column(column).null_count():
        return frame.with_columns_seq(days)
    if _is_mixed(whole, column):
        return frame.with_columns(pl.lit(None, pl.Date).alias(name))
    found = frame.with_columns(_read(column, _order(whole, column)).alias(name))
    cell = pl.col(column)
    is_label = cell.str.contains(_LETTER) & ~cell.str.contains(_WEEKDAY)
    if not found.select_seq((is_label & pl.col(name).is_null()).any()).item():
        return found
    named = _named(whole.filter(is_label).get_column(column).unique(maintain_order=True))
    by_name = cell.replace_strict(named, default=None, return_dtype=pl.Date)
    return found.with_columns(pl.coalesce(name, by_name).alias(name))


def is_order_written(whole: pl.DataFrame, column: str) -> bool:
    """Say whether the cells themselves tell which number is the month.

    Days of no number above twelve do not: that they leave no day out in one order only tells it
    of days alone, since first days of months leave none out in the other order.
    """
    greatest = _greatest(whole, column)
    return greatest is None or max(greatest) > _MONTHS


def day_of(column: str, name: str = DAY) -> Parsed:
    """Read the day that `with_days` found for `column`, as `name`."""
    value = pl.col(name)
    failed = pl.col(column).is_not_null() & value.is_null()
    return Parsed((column,), value, failed, "a day whose order of day and month is certain")


@cache
def _plain(column: str) -> pl.Expr:
    """Read ISO days with all their digits, which nearly all are, as `_read` does."""
    cell = pl.col(column)
    found = (
        pl.when(cell.str.contains(_ISO))
        .then(cell.str.head(10))
        .str.to_date("%Y-%m-%d", strict=False)
    )
    return pl.when(found.dt.year() >= _EARLIEST_YEAR).then(found)


def _read(column: str, order: str | None) -> pl.Expr:
    cell = pl.col(column).str.strip_chars()
    days = [_numbered(cell, _YEAR_FIRST, "year", "month", "day")]
    days += [cell.str.to_date(format, strict=False) for format in _ENGLISH]
    if order:
        day, month = ("one", "two") if order == "dmy" else ("two", "one")
        days.append(_numbered(cell, _YEAR_LAST, "year", month, day))
    found = pl.coalesce(days)
    return pl.when(found.dt.year() >= _EARLIEST_YEAR).then(found)


def _named(labels: pl.Series) -> dict[str, date]:
    """Read labels that name a month and a year in the language of most of them."""
    texts = labels.str.strip_chars().str.replace(_SHORT_YEAR, "$1 $2 20$3")
    known = read_day_labels(texts).with_columns(label=labels).drop_nulls()
    days = known.select("label", pl.date("year", "month", "day"))
    return dict(days.filter(pl.col("date").dt.year() >= _EARLIEST_YEAR).iter_rows())


def _numbered(cell: pl.Expr, pattern: str, year: str, month: str, day: str) -> pl.Expr:
    parts = cell.str.extract_groups(pattern).struct
    written = parts.field(year)
    full = pl.when(written.str.len_chars() == 2).then(pl.lit("20") + written).otherwise(written)
    text = pl.concat_str(full, parts.field(month), parts.field(day), separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def _is_mixed(whole: pl.DataFrame, column: str) -> bool:
    cell = pl.col(column).str.strip_chars()
    kinds = whole.select(
        cell.str.contains(kind).any().alias(kind) for kind in (_YEAR_FIRST, _YEAR_LAST)
    )
    return all(kinds.row(0))


def _greatest(whole: pl.DataFrame, column: str) -> tuple[int, int] | None:
    """Give the greatest of the first and of the second numbers of days that end in a year."""
    parts = pl.col(column).str.strip_chars().str.extract_groups(_YEAR_LAST).struct
    numbers = whole.select(
        one=parts.field("one").cast(pl.Int32), two=parts.field("two").cast(pl.Int32)
    ).drop_nulls()
    if numbers.is_empty():
        return None
    one, two = numbers.max().row(0)
    return one, two


def _order(whole: pl.DataFrame, column: str) -> str | None:
    greatest = _greatest(whole, column)
    if greatest is None:
        return None
    one, two = greatest
    if one > _MONTHS or two > _MONTHS:
        return None if one > _MONTHS and two > _MONTHS else "dmy" if one > _MONTHS else "mdy"
    gapless = [order for order in ("dmy", "mdy") if _is_gapless(whole, column, order)]
    return gapless[0] if len(gapless) == 1 else None


def _is_gapless(whole: pl.DataFrame, column: str, order: str) -> bool:
    days = whole.select(day=_read(column, order)).drop_nulls().unique()
    span = (pl.col("day").max() - pl.col("day").min()).dt.total_days()
    count, between = days.select(pl.len(), span).row(0)
    return count > 2 and count == between + 1
