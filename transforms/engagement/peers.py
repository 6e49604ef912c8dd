"""An account beside the accounts of the same platform and tier."""

import polars as pl

from transforms.engagement.settings import TrendSettings
from transforms.engagement.slopes import change_per_30_days

_PEERS = ["measure", "series", "window_days", "platform", "tier"]


def with_relative_slope(groups: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Take the median slope of platform and tier off each slope.

    Returns
    -------
    DataFrame
        `groups` with relative_slope_share_per_30d, the change beyond that of the median
        account (the difference of the log slopes, so that an account falling exactly with its
        platform has 0), null with fewer than `min_peers` slopes; and n_peers, their number.
    """
    is_known = pl.col("tier").is_not_null()
    slope = pl.col("slope")
    return groups.with_columns(
        n_peers=pl.when(is_known).then(slope.count().over(_PEERS)).otherwise(0),
        usual_slope=slope.median().over(_PEERS),
    ).with_columns(
        relative_slope_share_per_30d=pl.when(pl.col("n_peers") >= settings.min_peers).then(
            change_per_30_days(slope - pl.col("usual_slope"))
        )
    )


def above_tier_median(
    groups: pl.DataFrame, points: pl.DataFrame, settings: TrendSettings
) -> pl.DataFrame:
    """Give the share of each group's points above the median account of its platform and tier.

    Returns
    -------
    DataFrame
        Grain (group): above_tier_median_share. The median is over the accounts' medians, so
        that those who post most do not set it; accounts whose rate is over the same only; null
        with fewer than `min_peers` accounts that have `min_points`.
    """
    peers = [*_PEERS, "er_basis"]
    is_peer = (pl.col("n_points") >= settings.min_points) & pl.col("tier").is_not_null()
    medians = pl.when(is_peer).then("level_median")
    usual = (
        groups.with_columns(usual=medians.median().over(peers), peers=medians.count().over(peers))
        .filter(pl.col("peers") >= settings.min_peers, pl.col("tier").is_not_null())
        .select("group", "usual")
    )
    return (
        points.select("group", "value")
        .join(usual, on="group", validate="m:1")
        .group_by("group")
        .agg(above_tier_median_share=(pl.col("value") > pl.col("usual")).mean())
    )
