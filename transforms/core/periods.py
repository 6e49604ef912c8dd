"""Lifetime counters out of counters of periods."""

import numpy as np
import polars as pl

from schemas import contract
from schemas.posts import PostCounters

_KEY = ["platform", "post_id"]
_FIGURES = tuple(contract.columns(PostCounters))
_ADDITIVE = (
    "views",
    "engaged_views",
    "impressions",
    "likes",
    "dislikes",
    "reactions",
    "comments",
    "shares",
    "reposts",
    "saves",
    "reactions_comments_shares",
    "follows",
    "net_follows",
    "clicks",
    "link_clicks",
    "watch_time_s",
    "estimated_revenue",
)
"""Sums over periods mean something; people reached, means and shares do not add up."""

_TAKEN_BACK = ("likes", "dislikes", "comments", "shares")
"""Less what was taken back within a period; since publication never below 0."""


def lifetime_from_periods(post_period: pl.LazyFrame, post: pl.LazyFrame) -> pl.LazyFrame:
    """Derive counters since publication from counters of periods.

    Parameters
    ----------
    post_period
        Grain (platform, post_id, period_start, period_end), counters of the period.
    post
        Grain (platform, post_id), for published_at.

    Returns
    -------
    LazyFrame
        Grain (platform, post_id, observed_on), observed_on being the period's end. From the
        sum of several periods come only counters that add up and that each of them
        reports; money only where all have one currency. Of several ways to the same day the
        one with the fewest periods counts, then the one whose last period is longest. Fewer
        given than taken back since publication is not known rather than fewer than none.
    """
    published = post.select(*_KEY, published_on=pl.col("published_at").dt.date())
    periods = (
        post_period.filter(pl.col("period_start").is_not_null(), pl.col("period_end").is_not_null())
        .join(published, on=_KEY, how="inner", validate="m:1")
        .filter(pl.col("period_end") >= pl.col("published_on"))
        .with_columns(is_first=pl.col("period_start") <= pl.col("published_on"))
    )
    first = (
        periods.filter("is_first")
        .sort("period_start", descending=True)
        .unique([*_KEY, "period_end"], keep="first", maintain_order=True)
    )
    chained = (
        pl.concat([first, periods.filter(~pl.col("is_first"))])
        .filter((~pl.col("is_first")).any().over(_KEY))
        .map_batches(_add_up, schema=_ADDED)
    )
    return (
        pl.concat(
            [first.select(*_KEY, pl.col("period_end").alias("observed_on"), *_FIGURES), chained],
            how="diagonal",
        )
        .select(*_KEY, "observed_on", *_FIGURES)
        .with_columns(pl.when(pl.col(name) >= 0).then(name) for name in _TAKEN_BACK)
    )


_ADDED = pl.Schema(
    [
        ("platform", pl.String()),
        ("post_id", pl.String()),
        ("observed_on", pl.Date()),
        *((name, contract.columns(PostCounters)[name].dtype) for name in (*_ADDITIVE, "currency")),
    ]
)


def _add_up(periods: pl.DataFrame) -> pl.DataFrame:
    """Extend each first period by those that follow it without a gap."""
    coded = periods.with_columns(
        post=pl.struct(_KEY).rank("dense").cast(pl.Int64),
        code=pl.col("currency").rank("dense"),
    ).sort("post", "period_start", "period_end")
    span = 1 << 20
    post = coded["post"].to_numpy() * span
    start = post + coded["period_start"].cast(pl.Int64).to_numpy()
    end = post + coded["period_end"].cast(pl.Int64).to_numpy()
    figures = coded.select(pl.col(_ADDITIVE).cast(pl.Float64)).to_numpy().copy()
    money = coded["code"].cast(pl.Float64).to_numpy()
    is_first = coded["is_first"].to_numpy()
    added = _extend(start, end, is_first, figures, money)
    sums = pl.DataFrame({name: figures[added, i] for i, name in enumerate(_ADDITIVE)}).fill_nan(
        None
    )
    return (
        coded[added]
        .select(*_KEY, "currency", observed_on="period_end")
        .hstack(sums)
        .select(pl.col(name).cast(dtype) for name, dtype in _ADDED.items())
    )


def _extend(
    start: np.ndarray,
    end: np.ndarray,
    is_first: np.ndarray,
    figures: np.ndarray,
    currency: np.ndarray,
) -> np.ndarray:
    """Sum periods along gapless chains, in place; return the rows that ended a sum.

    `start` is sorted; both hold post and day in one number, so that a neighbour is found by
    bisection. Each round lengthens every chain by one period and visits only the ends
    that are new, hence n log n in all. Missing figures are NaN.
    """
    money = _ADDITIVE.index("estimated_revenue")
    ends = np.unique(end)
    is_reached = np.zeros(len(ends), dtype=bool)
    is_reached[np.searchsorted(ends, end[is_first])] = True
    frontier = np.flatnonzero(is_first)
    added = []
    while len(frontier):
        low = np.searchsorted(start, end[frontier] + 1, side="left")
        width = np.searchsorted(start, end[frontier] + 1, side="right") - low
        parent = np.repeat(frontier, width)
        child = np.repeat(low - np.cumsum(width) + width, width) + np.arange(width.sum())
        slot = np.searchsorted(ends, end[child])
        order = np.lexsort((start[child], slot))
        _, chosen = np.unique(slot[order], return_index=True)
        chosen = order[chosen]
        chosen = chosen[~is_reached[slot[chosen]]]
        parent, child = parent[chosen], child[chosen]
        is_reached[slot[chosen]] = True
        figures[child] += figures[parent]
        figures[child[currency[child] != currency[parent]], money] = np.nan
        added.append(child)
        frontier = child
    return np.concatenate(added) if added else np.empty(0, dtype=np.int64)
