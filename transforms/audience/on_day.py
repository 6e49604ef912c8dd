"""The audience of an account on a day: the distribution that tells of it."""

from datetime import date

import polars as pl

from schemas.columns import BASES

_ACCOUNT = ["platform", "account_id"]
_KEY = [*_ACCOUNT, "dimension", "basis", "observed_on"]


def audience_on(audience: pl.LazyFrame, as_of: date, max_staleness_days: int = 730) -> pl.LazyFrame:
    """Choose the distribution of each dimension that tells of a day.

    It is the newest observed on or before the day; else, where only later ones are known, the
    earliest of them. Where several bases tell a dimension it is that of the nearest day, then
    followers before viewers before views: one basis, never a mixture.

    Parameters
    ----------
    audience
        core.audience, of what may be known: under `reported` it holds nothing observed later.
    max_staleness_days
        Days by which an observation may precede `as_of`, or follow it.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, dimension, segment): the columns of core.audience, and
        `staleness_days`, negative where the observation is later than `as_of`.
    """
    staleness = (pl.lit(as_of) - pl.col("observed_on")).dt.total_days()
    stale = audience.with_columns(staleness_days=staleness).filter(
        pl.col("staleness_days").abs() <= max_staleness_days
    )
    chosen = (
        stale.select(*_KEY, "staleness_days")
        .unique()
        .sort(
            pl.col("staleness_days") < 0,
            pl.col("staleness_days").abs(),
            pl.col("basis").cast(pl.Enum(BASES)),
        )
        .group_by(*_ACCOUNT, "dimension")
        .first()
    )
    return stale.join(chosen.select(_KEY), on=_KEY, how="semi")
