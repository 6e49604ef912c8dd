"""Engagement and consistency: the components that are the same for every brief."""

from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.fit.component import Component, Floats, Places
from transforms.fit.labels import percent

_ACCOUNT = ["platform", "account_id"]
_POOLS = {"tier": "in its tier", "platform": "on its platform"}
_PEERS = ("platform", "series", "er_basis")


@dataclass(frozen=True, kw_only=True)
class RateSettings:
    """Which row of mart.engagement_trend stands for an account, and against whom.

    Attributes
    ----------
    shortest_window_days
        Shorter windows are not looked at.
    min_points
        Points a window needs to be taken before a longer one, and consistency at all.
    min_peers
        Accounts with a rate that a percentile needs, the account itself included.
    """

    shortest_window_days: int = 90
    min_points: int = 8
    min_peers: int = 5


def account_rates(
    engagement_trend: pl.LazyFrame, accounts: pl.LazyFrame, settings: RateSettings
) -> pl.LazyFrame:
    """Choose one engagement rate per account and place it among its peers.

    Parameters
    ----------
    engagement_trend
        mart.engagement_trend of the day.
    accounts
        platform, account_id, tier.

    Returns
    -------
    LazyFrame
        `accounts` with engagement_rate, er_basis, series, window_days, n_points, log_spread,
        last_point_on, percentile, pool (`tier` or `platform`), n_peers, rate_unknown_because.

    Notes
    -----
    The shortest window with `min_points` is taken, of posts before weeks; where none has as
    many, the longest. Peers share platform, tier, series and basis, since a rate per post is not
    one per week and one over views not one over followers; with too few the tier is left out.
    The percentile is the mid-rank, the share with a lower rate, ties half.
    """
    rates = engagement_trend.filter(
        pl.col("measure") == "engagement_rate",
        pl.col("window_days") >= settings.shortest_window_days,
    )
    return (
        accounts.join(_chosen(rates, settings), on=_ACCOUNT, how="left", validate="1:1")
        .join(_why_not(rates), on=_ACCOUNT, how="left", validate="1:1")
        .pipe(_placed, settings)
    )


def engagement(rates: pl.DataFrame) -> Component:
    """Give the percentile of each account's engagement rate; `raw` is the rate.

    Parameters
    ----------
    rates
        Of `account_rates`, in the panel's order.
    """
    value = _floats(rates["percentile"])
    return Component(
        name="engagement",
        value=value,
        raw=_floats(rates["engagement_rate"]),
        raw_unit="1",
        known=(~np.isnan(value)).astype(np.float64),
        n=_floats(rates["n_points"]),
        basis=rates["er_basis"],
        method=_column(rates, pl.format("{} against its {}", _points(), "pool")),
        observed_on=rates["last_point_on"],
        unknown_because=rates["rate_unknown_because"],
        evidence=lambda places: _rate_words(rates, places),
    )


def consistency(rates: pl.DataFrame, settings: RateSettings) -> Component:
    """Give exp of minus the spread of each account's log rate; `raw` is the spread.

    Parameters
    ----------
    rates
        Of `account_rates`, in the panel's order.
    """
    spread = pl.when(pl.col("n_points") >= settings.min_points).then("log_spread")
    noun = pl.when(pl.col("n_points") == 1).then(pl.lit("point")).otherwise(pl.lit("points"))
    few = pl.format("{} {} with a rate, {} are needed", "n_points", noun, settings.min_points)
    no_rate = pl.col("engagement_rate").is_null()
    because = pl.when(no_rate).then("rate_unknown_because").when(spread.is_null()).then(few)
    raw = _floats(_column(rates, spread))
    return Component(
        name="consistency",
        value=np.exp(-raw),
        raw=raw,
        raw_unit="1",
        known=(~np.isnan(raw)).astype(np.float64),
        n=_floats(rates["n_points"]),
        basis=rates["er_basis"],
        method=_column(rates, _points()),
        observed_on=rates["last_point_on"],
        unknown_because=_column(rates, because),
        evidence=lambda places: _spread_words(raw, places),
    )


def _chosen(rates: pl.LazyFrame, settings: RateSettings) -> pl.LazyFrame:
    is_enough = pl.col("n_points") >= settings.min_points
    longest_first = pl.when(is_enough).then(1).otherwise(-1) * pl.col("window_days")
    figures = ("er_basis", "series", "window_days", "n_points", "log_spread", "last_point_on")
    return (
        rates.filter(pl.col("level_shrunk").is_not_null())
        .sort(~is_enough, pl.col("series") != "post", longest_first, maintain_order=True)
        .group_by(_ACCOUNT)
        .agg(pl.col(figures).first(), engagement_rate=pl.col("level_shrunk").first())
    )


def _why_not(rates: pl.LazyFrame) -> pl.LazyFrame:
    """Say what the trend says of an account whose rate nothing reports; grain (account)."""
    return (
        rates.filter(pl.col("class") == "not_reported")
        .sort("window_days", "series", maintain_order=True)
        .group_by(_ACCOUNT)
        .agg(not_reported=pl.col("class_reason").last())
    )


def _placed(accounts: pl.LazyFrame, settings: RateSettings) -> pl.LazyFrame:
    rate = pl.col("engagement_rate")
    within = {"tier": ("tier", *_PEERS), "platform": _PEERS}
    counts = {f"{pool}_peers": rate.count().over(keys) for pool, keys in within.items()}
    ranks = {f"{pool}_rank": rate.rank("average").over(keys) for pool, keys in within.items()}
    in_tier = pl.col("tier").is_not_null() & (pl.col("tier_peers") >= settings.min_peers)
    in_platform = pl.col("platform_peers") >= settings.min_peers
    is_tier, is_platform = rate.is_not_null() & in_tier, rate.is_not_null() & in_platform
    no_rate = pl.coalesce("not_reported", pl.lit("no post or week with an engagement rate"))
    few = pl.format(
        "fewer than {} accounts of its platform have a rate like it", pl.lit(settings.min_peers)
    )
    return (
        accounts.with_columns(**counts, **ranks)
        .with_columns(
            pool=pl.when(is_tier).then(pl.lit("tier")).when(is_platform).then(pl.lit("platform")),
        )
        .with_columns(
            n_peers=_of_pool("peers"),
            percentile=(_of_pool("rank") - 0.5) / _of_pool("peers"),
            rate_unknown_because=pl.when(rate.is_null())
            .then(no_rate)
            .when(pl.col("pool").is_null())
            .then(few),
        )
        .drop("not_reported", *counts, *ranks)
    )


def _of_pool(figure: str) -> pl.Expr:
    pool = pl.col("pool")
    return (
        pl.when(pool == "tier")
        .then(f"tier_{figure}")
        .when(pool == "platform")
        .then(f"platform_{figure}")
    )


def _points() -> pl.Expr:
    """Say what the rate is of: `90 days of posts`."""
    noun = pl.when(pl.col("series") == "post").then(pl.lit("posts")).otherwise(pl.lit("weeks"))
    return pl.format("{} days of {}", "window_days", noun)


def _column(rates: pl.DataFrame, expression: pl.Expr) -> pl.Series:
    return rates.select(expression).to_series()


def _floats(figures: pl.Series) -> Floats:
    return figures.cast(pl.Float64).fill_null(np.nan).to_numpy()


def _rate_words(rates: pl.DataFrame, places: Places) -> pl.Series:
    shown = rates.select("engagement_rate", "er_basis", "percentile", "n_peers", "pool")[places]
    words = [
        None
        if share is None
        else f"{percent(rate, 1)} of {basis}; percentile {100 * share:.0f} of {n} {_POOLS[pool]}"
        for rate, basis, share, n, pool in shown.iter_rows()
    ]
    return pl.Series(words, dtype=pl.String)


def _spread_words(spread: Floats, places: Places) -> pl.Series:
    words = [
        None if np.isnan(one) else f"rates typically within a factor of {np.exp(one):.1f}"
        for one in spread[places]
    ]
    return pl.Series(words, dtype=pl.String)
