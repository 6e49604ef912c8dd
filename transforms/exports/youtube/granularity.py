"""Whether figures of YouTube Studio are by day.

The chart of a report, and its totals with it, is drawn by day, week or month as the user chooses,
and nothing in the files says which: the first day of a week or month stands where a day would.
Where the period begins within a week or month, that first point is shorter than the others; none
between it and the last is. A chart lists every video on every day (files of 2020 to 2026, read
2026-11-23; none of them was by week or month).
"""

from collections.abc import Sequence
from datetime import date

import polars as pl

from transforms.cells.days import DAY, is_order_written, with_days

KEPT = "YouTube Studio chart data, known and not loaded, since"
WHAT_TO_DO = "set the chart to Daily and export again"

_FEWEST_DAYS = 3
"""Two days that follow each other can be the end of one week or month and the start of the next."""

_WEEK = 7
_MONTH = r"^\s*\d{4}-\d{2}\s*$"


def not_by_day(
    data: pl.DataFrame,
    period: tuple[date, date] | None,
    figures: Sequence[str],
    key: str = "content",
) -> str | None:
    """Say why the rows of a chart are not certainly of a day each, or nothing.

    Parameters
    ----------
    data
        Text records with `date` and `key`.
    period
        First and last day that the names tell: where the chart has exactly these days, they are
        days, however few.
    figures
        Columns of what is charted.
    key
        Column of the videos or segments.
    """
    if data.is_empty():
        return None
    dated = _dated(data)
    days = _days(dated)
    doubt = None if _are_all_of(days, period) else _months(data) or _doubt(data, days)
    doubt = doubt or _weekly(dated, key) or _second_figure(dated, figures, key)
    return f"{KEPT} {doubt}" if doubt else None


def by_week_or_month(data: pl.DataFrame, _: tuple[date, date] | None) -> str | None:
    """Say that the days of a report lie as first days of weeks or months do, or nothing.

    Parameters
    ----------
    data
        Text records with `date`.
    """
    if months := _months(data):
        return f"YouTube Studio figures by month, known and not loaded: {months}"
    days = _days(_dated(data)).to_list()
    if len(days) < _FEWEST_DAYS - 1:
        return None
    later = days[1:] if len(days) >= _FEWEST_DAYS else days
    gaps = [(day - later[0]).days % _WEEK for day in later]
    is_by_month = all(day.day == 1 for day in later)
    is_by_week = not any(gaps) and (days[1] - days[0]).days <= _WEEK
    if not (is_by_week or is_by_month):
        return None
    return (
        f"YouTube Studio figures by {'month' if is_by_month else 'week'}, known and not loaded: "
        f"its days are {', '.join(map(str, days[:_FEWEST_DAYS]))} and so on; {WHAT_TO_DO}"
    )


def _months(data: pl.DataFrame) -> str | None:
    """Say that months stand where days would, or nothing."""
    cells = data.get_column("date").drop_nulls()
    months = cells.filter(cells.str.contains(_MONTH))
    if months.is_empty():
        return None
    return f"its days are months, as {months[0]!r}: {WHAT_TO_DO}"


def _dated(data: pl.DataFrame) -> pl.DataFrame:
    return with_days(data, data, "date").filter(pl.col(DAY).is_not_null())


def _days(dated: pl.DataFrame) -> pl.Series:
    return dated.get_column(DAY).unique().sort()


def _are_all_of(days: pl.Series, period: tuple[date, date] | None) -> bool:
    if period is None:
        return False
    first, last = period
    return days.equals(pl.date_range(first, last, eager=True), check_names=False)


def _doubt(data: pl.DataFrame, days: pl.Series) -> str | None:
    if days.is_empty() or not is_order_written(data, "date"):
        example = data.get_column("date").drop_nulls().first()
        return (
            f"nothing tells for certain which number of its days is the month, e.g. {example!r}: "
            "export again and do not save it from a spreadsheet"
        )
    gaps = [int(gap) for gap in days.diff().dt.total_days().drop_nulls()]
    widest = max(gaps, default=1)
    if widest > 1:
        at = gaps.index(widest)
        return (
            f"its days leave some out, as after {days[at]}, where {days[at + 1]} is next: it is "
            f"by week or month, or cut; {WHAT_TO_DO}"
        )
    if days.len() < _FEWEST_DAYS:
        return (
            f"its days, {days[0]} to {days[-1]}, are too few to tell days from weeks or months: "
            "keep the name of its zip, which tells the period, or export a longer one"
        )
    return None


def _weekly(dated: pl.DataFrame, key: str) -> str | None:
    """Say of what all points but the first are a week apart or more, or nothing."""
    rows = dated.select(key, DAY).unique().sort(key, DAY)
    gap, place = pl.col(DAY).diff().dt.total_days(), pl.int_range(pl.len())
    spread = (
        rows.with_columns(gap=gap.over(key), place=place.over(key))
        .filter(pl.col("place") > 1)
        .group_by(key, maintain_order=True)
        .agg(pl.col("gap").min())
        .filter(pl.col("gap") >= _WEEK)
    )
    if spread.is_empty():
        return None
    return (
        f"the days of {spread.item(0, key)!r} lie {spread.item(0, 'gap')} days apart or "
        f"more, as weeks or months would: {WHAT_TO_DO}"
    )


def _second_figure(dated: pl.DataFrame, figures: Sequence[str], key: str) -> str | None:
    """Say what has two figures for one day, or nothing."""
    told = dated.drop_nulls(key).select(key, DAY, *figures).unique(maintain_order=True)
    twice = told.filter(pl.struct(key, DAY).is_duplicated())
    if twice.is_empty():
        return None
    return (
        f"{twice.item(0, key)!r} has two figures for {twice.item(0, DAY)}: it is cut by "
        "something else as well, or several were put together; export again"
    )
