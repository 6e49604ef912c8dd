"""Days of labels that hold no year, for all the tables that make up one export."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from itertools import pairwise

import polars as pl

from transforms.cells.calendar_labels import read_day_labels
from transforms.cells.days import DAY
from transforms.cells.label_years import resolve_years
from transforms.export import Clues

_CIRCLE = 366
_NO_CELLS = ("row_number", "surplus")
_NEARLY_ALL = 364
"""So many labels leave no gap in the year that could tell the first from the last."""


def with_label_days(data: pl.DataFrame, clues: Clues, column: str) -> pl.DataFrame:
    """Add the day each label of `column` means; null where that cannot be told.

    Where no day is missing between them, their order is the calendar's, so that shuffled rows mean
    the same days; else that of the file. A whole year leaves no gap to begin after: it keeps the
    order of the file as long as it has one. A label that stands for two days has none, and none
    has one where all of them would lie before the day the name of the file begins with.
    """
    if _goes_round(data.get_column(column)):
        parts = read_day_labels(data.get_column(column))
        days = resolve_years(parts, newest_possible=clues.newest_possible)
        return data.with_columns(days.alias(DAY))
    labels = dict.fromkeys(clues.whole.get_column(column).to_list())
    labels.pop(None, None)
    dated = _dated_before(tuple(labels), clues.newest_possible, clues.first_day)
    meant = [dated.get(label) for label in data.get_column(column).to_list()]
    found = data.with_columns(pl.Series(DAY, meant, pl.Date))
    if "hour" in data.columns or data.get_column(column).n_unique() == data.height:
        return found
    return found.with_columns(pl.when(~_stands_for_two(data, column)).then(DAY).alias(DAY))


def _with_own_years(labels: pl.DataFrame, newest_possible: date) -> pl.DataFrame:
    """Leave out years that a spreadsheet wrote: the one in which it was opened, or a day of it.

    Of `April 12` it makes a day of the year it is opened in, so that days lie in the future; or
    the first of April 2012, which is no day at all.
    """
    written = labels.filter(pl.col("year").is_not_null())
    if written.height > 1 and (written.get_column("day") == 1).all():
        lost = pl.col("year").is_not_null()
        cells = ("year", "month", "day", "place")
        return labels.with_columns(pl.when(~lost).then(pl.col(cells)))
    days = written.select(pl.date("year", "month", "day")).to_series()
    if (days > newest_possible).any():
        return labels.with_columns(year=pl.lit(None, pl.Int32))
    return labels


def _goes_round(labels: pl.Series) -> bool:
    """Tell whether the file runs in one direction until a label comes again."""
    if labels.len() < _CIRCLE:
        return False
    runs = labels.filter((labels != labels.shift(1)).fill_null(value=True)).drop_nulls()
    if runs.len() != _CIRCLE or runs.n_unique() == runs.len():
        return False
    places = read_day_labels(runs).select(pl.date(2024, "month", "day").dt.ordinal_day())
    steps = places.to_series().cast(pl.Int32).diff().drop_nulls() % _CIRCLE
    return bool((steps < _CIRCLE // 2).all() or (steps > _CIRCLE // 2).all())


def _stands_for_two(data: pl.DataFrame, column: str) -> pl.Expr:
    """Tell where a label stands on records that differ, in a file of one record a day."""
    cells = [name for name in data.columns if name not in _NO_CELLS and name[0] != "_"]
    return pl.struct(cells).n_unique().over(column) > 1


def said_day(labels: pl.Series, earliest: date | None, latest: date) -> date | None:
    """Give the one day all labels mean: the first on or after `earliest`, not after `latest`."""
    parts = set(read_day_labels(labels).rows())
    if len(parts) != 1:
        return None
    ((year, month, day),) = parts
    if None in (month, day) or (year is None and earliest is None):
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


def _dated(
    labels: tuple[str, ...], newest_possible: date, first_day: date | None
) -> Mapping[str, date | None]:
    """Date the distinct labels of a file, in its order."""
    whole = _with_own_years(_placed(pl.Series("label", labels, pl.String)), newest_possible)
    keeps_order = whole.height >= _NEARLY_ALL and _is_in_order(whole)
    ordered = whole if keeps_order else _in_calendar_order(whole, newest_possible, first_day)
    days = resolve_years(ordered, newest_possible=newest_possible).alias(DAY)
    newest = days.max()
    if first_day and isinstance(newest, date) and newest < first_day:
        return {}
    return dict(zip(ordered.get_column("label").to_list(), days.to_list(), strict=True))


_dated_before = lru_cache(maxsize=200)(_dated)
"""The files that creators hand over on one day mostly have the same labels."""


def _placed(labels: pl.Series) -> pl.DataFrame:
    """Give what each label says, in their order: label, year, month, day, place in a year."""
    return (
        read_day_labels(labels)
        .with_columns(labels)
        .with_columns(
            place=pl.date(2024, "month", "day").dt.ordinal_day().cast(pl.Int32),
        )
    )


def _is_in_order(labels: pl.DataFrame) -> bool:
    places = labels.filter(pl.col("year").is_null()).get_column("place").drop_nulls().to_list()
    rise = sum((later - earlier) % _CIRCLE for earlier, later in pairwise(places))
    fall = sum((earlier - later) % _CIRCLE for earlier, later in pairwise(places))
    return min(rise, fall) < _CIRCLE


def _in_calendar_order(
    labels: pl.DataFrame, newest_possible: date, first_day: date | None
) -> pl.DataFrame:
    """Sort from the day after the gap of the year; as it stands where other days are missing."""
    yearless = labels.filter(pl.col("year").is_null() & pl.col("place").is_not_null())
    places = yearless.get_column("place").unique().sort().to_list()
    if not places:
        return labels
    if len(places) >= _NEARLY_ALL:
        first = first_day or _after(newest_possible)
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
