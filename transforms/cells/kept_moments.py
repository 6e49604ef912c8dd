"""Date-times that a spreadsheet took for such and no longer has as they were downloaded.

It keeps a date-time as a number and writes it as `2026-05-26 10:23:00`. Where the download had
the month first, a spreadsheet that puts the day first turned the days up to the twelfth round and
left the others text.
"""

from collections.abc import Callable

import polars as pl

_KEPT = r"^\s*[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?)?\s*$"
_FORMATS = ("%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%d")
_MONTHS = 12


def with_month_first(text: pl.DataFrame, column: str, format: str) -> pl.DataFrame:
    """Write kept date-times in a format whose month comes first, where it is certain.

    It is where every cell was kept and one of them has a day after the twelfth: a spreadsheet that
    puts the day first cannot have read that one. Else they stay as they are.

    Parameters
    ----------
    text
        All records of a file.
    """
    return _respelled(text, column, format, lambda moments: moments.dt.day() > _MONTHS)


def with_seconds(text: pl.DataFrame, column: str, format: str) -> pl.DataFrame:
    """Write kept date-times in a format of seconds whose year comes first, where it is certain.

    No spreadsheet turns such days round, but one that was shown without seconds lost them: every
    cell must have been kept, and one of them with a second.
    """
    return _respelled(text, column, format, lambda moments: moments.dt.second() > 0)


def _respelled(
    text: pl.DataFrame, column: str, format: str, proves: Callable[[pl.Series], pl.Series]
) -> pl.DataFrame:
    cells = text.get_column(column)
    first = cells.first(ignore_nulls=True)
    if first is None or not pl.Series([first]).str.contains(_KEPT).item():
        return text
    moments = text.select(_kept(column).dt.round("1s")).to_series()
    if moments.null_count() > cells.null_count() or not proves(moments).any():
        return text
    return text.with_columns(moments.dt.strftime(format).alias(column))


def _kept(column: str) -> pl.Expr:
    cell = pl.col(column).str.strip_chars().str.replace("T", " ", literal=True)
    found = pl.when(pl.col(column).str.contains(_KEPT)).then(cell)
    return pl.coalesce(
        found.str.to_datetime(format, strict=False, time_unit="us") for format in _FORMATS
    )
