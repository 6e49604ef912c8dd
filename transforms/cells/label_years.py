"""The years that labels of days lack, from the order of a file and the day it cannot pass."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise

import polars as pl

MonthDay = tuple[int, int]

_LEAP_YEAR = 2024
_LONGEST_SPAN = timedelta(days=366)
_YEARS_BACK = 8
"""A label February 29 can lie so far back: 1900 and 2100 are no leap years."""
_ANCHORS = 3


def resolve_years(month_day: pl.DataFrame, *, newest_possible: date) -> pl.Series:
    """Give each row of a file its date: the newest that the file's order allows.

    The rows run forward or backward through at most 366 days. The last label is the newest such
    date that is not after `newest_possible`; every other label is the newest one before it. Of
    several ways the one that places the most labels is taken, then the shortest. A label
    February 29 forces a leap year. Days can be missing, and a label can stand on several
    rows that follow each other.

    Parameters
    ----------
    month_day
        year, month, day as `read_day_labels` gives them, in the order of the file.

    Returns
    -------
    pl.Series
        Dates; null where the label could not be read or stands where its day cannot be.
    """
    rows = [
        (month, day) if year is None and month is not None else None
        for year, month, day in month_day.select("year", "month", "day").iter_rows()
    ]
    runs = [(label, len(list(group))) for label, group in groupby(rows)]
    placed = iter(_place([label for label, _ in runs], newest_possible))
    resolved = [found for (_, length), found in zip(runs, placed, strict=True)
                for _ in range(length)]  # fmt: skip
    if month_day.get_column("year").null_count() == month_day.height:
        return pl.Series("day", resolved, dtype=pl.Date)
    written = month_day.select(
        pl.when(pl.col("year").is_not_null()).then(_date_of("year", "month", "day"))
    ).to_series()
    return (
        pl.select(pl.coalesce(written, pl.Series(resolved, dtype=pl.Date))).to_series().alias("day")
    )


def _date_of(year: str, month: str, day: str) -> pl.Expr:
    text = pl.concat_str(year, month, day, separator="-")
    return text.str.to_date("%Y-%m-%d", strict=False)


def _place(labels: Sequence[MonthDay | None], newest_possible: date) -> list[date | None]:
    """Give a date per label, no two neighbours alike; labels that cannot be placed get none."""
    backward = _runs_backward([label for label in labels if label])
    forward = list(reversed(labels)) if backward else list(labels)
    best: list[date | None] = [None] * len(labels)
    most = (0, 0)
    for index, anchor in _anchors(forward, newest_possible):
        placed = _before(forward, index, anchor)
        found = [day for day in placed if day is not None]
        merit = (len(found), -(found[-1] - found[0]).days)
        if merit > most:
            best, most = placed, merit
    return list(reversed(best)) if backward else best


def _runs_backward(labels: Sequence[MonthDay]) -> bool:
    days = [date(_LEAP_YEAR, *label).toordinal() for label in labels]
    steps = [(later - earlier) % 366 for earlier, later in pairwise(days)]
    backward = sum(step > 183 for step in steps)
    return backward > len(steps) - backward


def _anchors(
    labels: Sequence[MonthDay | None], newest_possible: date
) -> Iterator[tuple[int, date]]:
    """Give what the last label may be, the likeliest first; the last rows may be damaged."""
    years = range(_YEARS_BACK + 1) if (2, 29) in labels else range(1)
    places = [index for index, label in enumerate(labels) if label is not None]
    for index in reversed(places[-_ANCHORS:]):
        limit = newest_possible
        for _ in years:
            anchor = _newest(labels[index], limit)
            if anchor is None:
                break
            yield index, anchor
            limit = anchor - timedelta(days=1)


def _before(labels: Sequence[MonthDay | None], index: int, anchor: date) -> list[date | None]:
    """Date the labels before the anchor, keeping the most that are in order."""
    limit = anchor - timedelta(days=1)
    dates = [_newest(label, limit) for label in labels[:index]]
    earliest = anchor - _LONGEST_SPAN
    known = [(place, day) for place, day in enumerate(dates) if day and day >= earliest]
    placed: list[date | None] = [None] * len(labels)
    placed[index] = anchor
    for place, day in _longest_rise(known):
        placed[place] = day
    return placed


def _longest_rise(known: Sequence[tuple[int, date]]) -> Iterator[tuple[int, date]]:
    """Give a longest subsequence whose dates rise, last first."""
    ends: list[date] = []
    tails: list[int] = []
    before: list[int | None] = []
    for position, (_, day) in enumerate(known):
        length = bisect_left(ends, day)
        before.append(tails[length - 1] if length else None)
        ends[length : length + 1] = [day]
        tails[length : length + 1] = [position]
    position_or_none = tails[-1] if tails else None
    while position_or_none is not None:
        yield known[position_or_none]
        position_or_none = before[position_or_none]


def _newest(label: MonthDay | None, limit: date) -> date | None:
    if label is None:
        return None
    for year in range(limit.year, limit.year - _YEARS_BACK - 1, -1):
        try:
            found = date(year, *label)
        except ValueError:
            continue
        if found <= limit:
            return found
    return None
