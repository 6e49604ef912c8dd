"""How many followers an account had on a day, and what tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np
import polars as pl

METHODS = ("observed", "carried_forward", "carried_back", "roster")
_ACCOUNT = ["platform", "account_id"]
_DAY = [*_ACCOUNT, "day"]
_FIGURES = ("observed", "rostered", "net", "is_asked")
_CHUNK = 1 << 20
_TOLD = {
    "followers": pl.Int64(),
    "followers_method": pl.Enum(METHODS),
    "followers_observed_on": pl.Date(),
    "staleness_days": pl.Int64(),
}
_TIMELINE = {"series": pl.UInt32(), "day": pl.Date(), "is_asked": pl.Boolean(), **_TOLD}


@dataclass(frozen=True, kw_only=True)
class LevelSettings:
    """How far a level is carried.

    Attributes
    ----------
    max_staleness_days
        Days a level is carried without net follows that confirm it; beyond, it is null.
    """

    max_staleness_days: int = 60


_DEFAULT = LevelSettings()


def level_on(
    days: pl.LazyFrame,
    account_day: pl.LazyFrame,
    roster_level: pl.LazyFrame,
    settings: LevelSettings = _DEFAULT,
) -> pl.LazyFrame:
    """Tell the followers of accounts on given days.

    The first that is known: the level observed that day; the nearest earlier observed level
    carried forward; the nearest later one carried back; the roster's level, earlier before
    later. A level is carried by net follows as long as no day between lacks them, and from
    the first gap on it stands still: `staleness_days` counts only the days it stood still,
    and beyond `max_staleness_days` the next in the list is tried. A level that nets would
    carry below zero is contradicted by them and carried no further.

    Parameters
    ----------
    days
        platform, account_id, day; a day may be asked more than once, other columns are kept.
    account_day
        Grain (platform, account_id, day): core.account_day, for followers and net_follows.
    roster_level
        Grain (platform, account_id, followers_observed_on), with followers.

    Returns
    -------
    LazyFrame
        `days` with followers, followers_method, followers_observed_on (day of the level that
        was carried) and staleness_days; all null where nothing tells.

    Notes
    -----
    It reads what it is given. For `reported`, give rows observed by the day of the build:
    then no level after it exists to be carried back.
    """
    told = _timeline(days, account_day, roster_level, settings).filter("is_asked")
    return days.join(told.select(*_DAY, *_TOLD), on=_DAY, how="left", validate="m:1").with_columns(
        pl.col("followers_method").cast(pl.String)
    )


def follower_day(
    account: pl.LazyFrame,
    account_day: pl.LazyFrame,
    roster_level: pl.LazyFrame,
    *,
    as_of: date,
    settings: LevelSettings = _DEFAULT,
) -> pl.LazyFrame:
    """Give every day up to `as_of` that tells an account's level, and `as_of` itself.

    A day tells the level when it was observed that day, or is carried to it from another
    day by net follows without a gap. Marts that walk through the levels read this.

    Parameters
    ----------
    account
        Grain (platform, account_id): the accounts wanted.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, day), with followers, followers_method,
        followers_observed_on and staleness_days as `level_on`. Staleness is 0 on every day
        but `as_of`, which is there for every account, null where nothing tells.
    """
    days = account.select(*_ACCOUNT, day=pl.lit(as_of))
    is_told = (pl.col("staleness_days") == 0) & (pl.col("day") <= as_of)
    return (
        _timeline(days, account_day, roster_level, settings)
        .filter(is_told | (pl.col("day") == as_of))
        .select(*_DAY, *_TOLD)
        .with_columns(pl.col("followers_method").cast(pl.String))
    )


def _timeline(
    days: pl.LazyFrame,
    account_day: pl.LazyFrame,
    roster_level: pl.LazyFrame,
    settings: LevelSettings,
) -> pl.LazyFrame:
    """Tell the level on every day that is asked or has a level or net follows."""
    series = days.select(_ACCOUNT).unique().sort(_ACCOUNT).with_row_index("series")
    parts = (
        account_day.select(*_DAY, observed="followers", net="net_follows").filter(
            pl.col("observed").is_not_null() | pl.col("net").is_not_null()
        ),
        roster_level.select(*_ACCOUNT, day="followers_observed_on", rostered="followers"),
        days.select(_DAY).with_columns(is_asked=1),
    )
    return (
        pl.concat([_number(part, series) for part in parts], how="diagonal")
        .select("series", "day", pl.col(_FIGURES).cast(pl.Float64))
        .sort("series", "day")
        .map_batches(lambda rows: _tell(rows, settings), schema=_TIMELINE)
        .join(series, on="series", how="left", validate="m:1")
    )


def _number(rows: pl.LazyFrame, series: pl.LazyFrame) -> pl.LazyFrame:
    return rows.join(series, on=_ACCOUNT, how="inner", validate="m:1").drop(_ACCOUNT)


def _tell(rows: pl.DataFrame, settings: LevelSettings) -> pl.DataFrame:
    """Choose the level of every row, some million rows at a time."""
    parts = [_tell_part(part, settings) for part in _whole_accounts(rows)]
    return pl.concat(parts) if parts else pl.DataFrame(schema=_TIMELINE)


def _whole_accounts(rows: pl.DataFrame) -> Iterator[pl.DataFrame]:
    start = 0
    while start < rows.height:
        end = min(start + _CHUNK, rows.height)
        if end < rows.height:
            end = int(rows["series"].search_sorted(rows["series"][end - 1], side="right"))
        yield rows[start:end]
        start = end


def _tell_part(rows: pl.DataFrame, settings: LevelSettings) -> pl.DataFrame:
    rows = _one_a_day(rows)
    line = _Line(
        series=rows["series"].to_numpy(),
        day=rows["day"].to_physical().to_numpy().astype(np.int64),
        net=rows["net"].to_numpy(),
    )
    n = rows.height
    chosen = _Carried(np.full(n, np.nan), np.zeros(n, np.int64), np.zeros(n, np.int64))
    method = np.full(n, -1, dtype=np.int8)
    for column, forward, back in (("observed", 1, 2), ("rostered", 3, 3)):
        level = rows[column].to_numpy()
        for carried, code in ((line.forward(level), forward), (line.back(level), back)):
            is_next = (
                (method < 0)
                & ~np.isnan(carried.level)
                & (carried.stale <= settings.max_staleness_days)
            )
            method[is_next] = code
            for into, out in zip(chosen, carried, strict=True):
                into[is_next] = out[is_next]
    method[(method == 1) & (chosen.day == line.day)] = 0
    is_told = pl.Series(method >= 0)
    return rows.select("series", "day", pl.col("is_asked").is_not_nan()).with_columns(
        pl.when(is_told).then(values).cast(_TOLD[name]).alias(name)
        for name, values in zip(
            _TOLD,
            (
                pl.Series(chosen.level),
                pl.Series(METHODS).gather(np.maximum(method, 0)),
                pl.Series(chosen.day.astype(np.int32)),
                pl.Series(chosen.stale),
            ),
            strict=True,
        )
    )


def _one_a_day(rows: pl.DataFrame) -> pl.DataFrame:
    """Merge the rows of one account and day; each figure stands in one of them at most."""
    day = rows.select("series", "day")
    is_first = (day != day.shift(1)).fill_null(value=True)
    first = np.flatnonzero(is_first["series"].to_numpy() | is_first["day"].to_numpy())
    figures = (rows[name].fill_null(np.nan).to_numpy() for name in _FIGURES)
    return day[first].with_columns(
        pl.Series(name, np.fmax.reduceat(values, first))
        for name, values in zip(_FIGURES, figures, strict=True)
    )


class _Carried(NamedTuple):
    """Level (NaN where nothing tells), day of the level carried, days it stood still."""

    level: np.ndarray
    day: np.ndarray
    stale: np.ndarray


class _Line:
    """Days of accounts in order, with net follows (NaN where not reported)."""

    def __init__(self, series: np.ndarray, day: np.ndarray, net: np.ndarray) -> None:
        self.series, self.day, self.net = series, day, net
        self.row = np.arange(len(day))
        is_gap = np.isnan(net)
        is_gap[1:] |= (series[1:] != series[:-1]) | (day[1:] != day[:-1] + 1)
        is_gap[:1] = True
        self.run = np.cumsum(is_gap)
        self.net_sum = np.cumsum(np.nan_to_num(net))

    def forward(self, level: np.ndarray) -> _Carried:
        """Carry the nearest earlier level: by nets up to a gap, then standing still."""
        source = np.maximum.accumulate(np.where(np.isnan(level), -1, self.row))
        value = level[source] + self.net_sum - self.net_sum[source]
        is_exact = (source >= 0) & (self.run == self.run[source]) & (value >= 0)
        told = np.maximum.accumulate(np.where(is_exact, self.row, -1))
        is_told = (told >= 0) & (self.series == self.series[told])
        return _Carried(
            np.where(is_told, value[told], np.nan),
            self.day[source[told]],
            self.day - self.day[told],
        )

    def back(self, level: np.ndarray) -> _Carried:
        """Carry the nearest later level back: less nets down to a gap, then standing still.

        The first net of a run still tells the level of the evening before it.
        """
        last = len(self.row)
        source = _next(np.where(np.isnan(level), last, self.row))
        value = level[source] - (self.net_sum[source] - self.net_sum)
        is_exact = ~np.isnan(level[source]) & (self.run == self.run[source]) & (value >= 0)
        told = _next(np.where(is_exact, self.row, last))
        is_told = is_exact[told] & (self.series == self.series[told])
        is_before = (told != self.row) & ~np.isnan(self.net[told])
        carried = value[told] - np.where(is_before, self.net[told], 0)
        return _Carried(
            np.where(is_told & (carried >= 0), carried, np.nan),
            self.day[source[told]],
            self.day[told] - is_before - self.day,
        )


def _next(row: np.ndarray) -> np.ndarray:
    """Give for each place the smallest row from there on, the last one where there is none."""
    following = np.minimum.accumulate(row[::-1])[::-1]
    return np.minimum(following, len(row) - 1)
