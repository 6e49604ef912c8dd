"""Days of labels that hold no year, for all the tables that make up one export."""

from datetime import date
from itertools import pairwise

import polars as pl

from transforms.cells.calendar_labels import read_day_labels, resolve_years
from transforms.cells.days import DAY
from transforms.export import Clues

_CIRCLE = 366
_NEARLY_ALL = 364
"""So many labels leave no gap in the year that could tell the first from the last."""


def with_label_days(data: pl.DataFrame, clues: Clues, column: str) -> pl.DataFrame:
    """Add the day each label of `column` means; null where that cannot be told.

    Where no day is missing between them, their order is the calendar's, so that shuffled rows mean
    the same days; else that of the file. A whole year leaves no gap to begin after: it keeps the
    order of the file as long as it has one.
    """
    whole = _distinct(clues.whole.get_column(column))
    keeps_order = whole.height >= _NEARLY_ALL and _is_in_order(whole)
    ordered = whole if keeps_order else _in_calendar_order(whole, clues)
    dated = ordered.with_columns(
        resolve_years(ordered, newest_possible=clues.newest_possible).alias(DAY)
    ).select("label", DAY)
    return data.join(
        dated, left_on=column, right_on="label", how="left", validate="m:1", maintain_order="left"
    )


def said_day(labels: pl.Series, earliest: date | None, latest: date) -> date | None:
    """Give the one day all labels mean: the first on or after `earliest`, not after `latest`."""
    parts = read_day_labels(labels).unique()
    if parts.height != 1 or None in parts.select("month", "day").row(0):
        return None
    year, month, day = parts.row(0)
    if year is None and earliest is None:
        return None
    years = [year] if year else range(earliest.year, latest.year + 1) if earliest else []
    days = (_day(candidate, month, day) for candidate in years)
    floor = earliest if earliest and not year else date.min
    return next((found for found in days if found and floor <= found <= latest), None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _distinct(labels: pl.Series) -> pl.DataFrame:
    """Give each label once, in the order of the file: label, year, month, day, place in a year."""
    distinct = labels.drop_nulls().unique(maintain_order=True)
    return (
        read_day_labels(distinct)
        .with_columns(distinct.alias("label"))
        .with_columns(
            place=pl.date(2024, "month", "day").dt.ordinal_day().cast(pl.Int32),
        )
    )


def _is_in_order(labels: pl.DataFrame) -> bool:
    places = labels.filter(pl.col("year").is_null()).get_column("place").drop_nulls().to_list()
    rise = sum((later - earlier) % _CIRCLE for earlier, later in pairwise(places))
    fall = sum((earlier - later) % _CIRCLE for earlier, later in pairwise(places))
    return min(rise, fall) < _CIRCLE


def _in_calendar_order(labels: pl.DataFrame, clues: Clues) -> pl.DataFrame:
    """Sort from the day after the gap of the year; as it stands where other days are missing."""
    yearless = labels.filter(pl.col("year").is_null() & pl.col("place").is_not_null())
    places = yearless.get_column("place").unique().sort().to_list()
    if not places:
        return labels
    if len(places) >= _NEARLY_ALL:
        first = clues.first_day or _after(clues.newest_possible)
        start = date(2024, first.month, first.day).timetuple().tm_yday
    else:
        wraps = zip(places, [*places[1:], places[0] + _CIRCLE], strict=True)
        gaps = [(later - earlier, later) for earlier, later in wraps]
        if sum(gap > 2 for gap, _ in gaps) > 1:
            return labels
        start = max(gaps)[1]
    return labels.sort((pl.col("place") - start) % _CIRCLE, maintain_order=True)


def _after(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)
