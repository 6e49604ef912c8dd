"""How even an account's posts are, and how regularly they come."""

import numpy as np
import polars as pl

from transforms.statistics.points import Integers
from transforms.statistics.spread import (
    interquartile_range,
    median_absolute_deviation,
    quantile,
    top_share,
)

NORMAL_SCALE = 1.4826
"""Makes a median absolute deviation the standard deviation of normal values."""
_MIN_POSTS = 4


def consistency(points: pl.DataFrame) -> pl.DataFrame:
    """Measure how even the points of each group are.

    Returns
    -------
    DataFrame
        Grain (group): log_spread, for two points or more, and, for posts, top_tenth_share: of
        the posts, a tenth rounded up.
    """
    ordered = points.select("group", "series", "log_value", "quantity").sort("group")
    groups, offsets = _bounds(ordered)
    spread = NORMAL_SCALE * median_absolute_deviation(ordered["log_value"].to_numpy(), offsets)
    top = top_share(ordered["quantity"].to_numpy(), offsets, 0.1)
    series = ordered.group_by("group", maintain_order=True).agg(pl.first("series"), n=pl.len())
    return groups.with_columns(
        log_spread=pl.when(series["n"] > 1).then(pl.Series(spread)),
        top_tenth_share=pl.when(series["series"] == "post").then(pl.Series(top).fill_nan(None)),
    )


def regularity(candidates: pl.DataFrame) -> pl.DataFrame:
    """Measure how regularly posts come, in rate or not.

    Returns
    -------
    DataFrame
        Grain (group): posting_gap_spread, the interquartile range of the days between posts
        over their median, for four posts or more of a complete catalogue.
    """
    posts = candidates.filter(
        pl.col("series") == "post", pl.col("excluded").ne_missing("catalogue")
    )
    gaps = (
        posts.select("group", "time_days")
        .sort("group", "time_days")
        .select("group", gap=pl.col("time_days").diff().over("group"))
        .drop_nulls()
    )
    groups, offsets = _bounds(gaps)
    values = gaps["gap"].to_numpy()
    median = quantile(values, offsets, 0.5)
    is_known = (np.diff(offsets) >= _MIN_POSTS - 1) & (median > 0)
    ratio = np.divide(
        interquartile_range(values, offsets), median, out=np.zeros(len(median)), where=is_known
    )
    return groups.with_columns(
        posting_gap_spread=pl.when(pl.Series(is_known)).then(pl.Series(ratio))
    )


def _bounds(ordered: pl.DataFrame) -> tuple[pl.DataFrame, Integers]:
    sizes = ordered.group_by("group", maintain_order=True).len()
    offsets = np.concatenate([[0], sizes["len"].to_numpy().cumsum()]).astype(np.int64)
    return sizes.select("group"), offsets
