"""How files of daily figures agree where they overlap: day by day, or at a lag of one."""

from collections.abc import Sequence

import polars as pl

LEAST_DAYS = 5
"""Days of different values that must agree; and at a lag, so many more than agree without."""

_LEAST_SHARE = 0.8
_NEIGHBOURS = 3
"""How many files before it, by day of observation, a file is compared with."""

_PAIR = ("number", "earlier")
_AGREES = (pl.col("distinct") >= LEAST_DAYS) & (
    pl.col("agreeing") >= _LEAST_SHARE * pl.col("compared")
)


def neighbours(files: pl.DataFrame, series: Sequence[str]) -> pl.DataFrame:
    """Pair each file with the few before it in its series.

    Parameters
    ----------
    files
        In order: number, and the columns of `series`.

    Returns
    -------
    polars.DataFrame
        number, earlier.
    """
    pairs = [
        files.select("number", earlier=pl.col("number").shift(distance).over(series)).drop_nulls()
        for distance in range(1, _NEIGHBOURS + 1)
    ]
    return pl.concat(pairs)


def lags(values: pl.DataFrame, pairs: pl.DataFrame) -> pl.DataFrame:
    """Tell by how many days each file's labels are early beside an earlier file's.

    Nearly all files agree day by day; only the others are tried at a lag. A pair that agrees as
    well a day before as a day after tells nothing.

    Parameters
    ----------
    values
        Grain (number, day): value, zeros left out.
    pairs
        From `neighbours`.

    Returns
    -------
    polars.DataFrame
        number, earlier, lag, compared, agreeing (days); only pairs whose overlap tells.
    """
    agreement = _agreement(values, pairs, 0)
    level = agreement.filter(_AGREES)
    rest = pairs.join(level, on=_PAIR, how="anti")
    unshifted = agreement.select(*_PAIR, unshifted="agreeing")
    shifted = [
        _agreement(values, rest, lag)
        .join(unshifted, on=_PAIR, how="left", validate="1:1")
        .filter(_AGREES, pl.col("agreeing") >= pl.col("unshifted").fill_null(0) + LEAST_DAYS)
        .drop("unshifted")
        for lag in (-1, 1)
    ]
    told = pl.concat(shifted).unique(_PAIR, keep="none")
    return pl.concat([level, told]).drop("distinct").sort(_PAIR)


def _agreement(values: pl.DataFrame, pairs: pl.DataFrame, lag: int) -> pl.DataFrame:
    """Count the days two files report, and those on which they agree at a lag.

    Returns
    -------
    DataFrame
        Grain (number, earlier): lag, compared, agreeing, distinct (values among the agreeing).
    """
    agrees = pl.col("value") == pl.col("other")
    others = values.lazy().select("day", earlier="number", other="value")
    return (
        pairs.lazy()
        .join(values.lazy(), on="number")
        .with_columns(pl.col("day") + pl.duration(days=lag))
        .join(others, on=["earlier", "day"])
        .group_by(_PAIR)
        .agg(
            lag=pl.lit(lag, pl.Int64),
            compared=pl.len().cast(pl.Int64),
            agreeing=agrees.sum().cast(pl.Int64),
            distinct=pl.col("value").filter(agrees).n_unique(),
        )
        .collect(engine="streaming")
    )
