"""Who an account's audience is: one whole distribution per day of observation."""

import polars as pl

from schemas import contract
from schemas.audience import JOINT
from schemas.core import Audience
from transforms.audience.segments import canonical_segments
from transforms.core.accounts import resolved
from transforms.core.best_rows import best_per_observation
from transforms.statistics.sums import exact_sum

_DISTRIBUTION = ["platform", "account_id", "basis", "dimension", "observed_on"]
_RANK = ["evidence_rank", "period_end", "period_start", "distribution_id"]
_SAME = ["period_start", "period_end", "is_share_of_listed"]


def audience(history_audience: pl.LazyFrame, account_ref: pl.LazyFrame) -> pl.LazyFrame:
    """Give each account's audience, per day of observation, on canonical segments.

    A day's best export tells all of one dimension: segments of two exports are never mixed.
    Age and gender are summed out of `age_gender` where no export of the day tells them.

    Returns
    -------
    LazyFrame
        Grain (platform, account_id, basis, dimension, segment, observed_on). The same whatever
        the order in which rows arrived, and however often.

    Notes
    -----
    The distributions are computed when the plan is made: every later step reads them several
    times, and as one plan they were read as often.
    """
    best = _best(resolved(history_audience, account_ref, "account_ref"))
    told = canonical_segments(best.collect(engine="streaming")).lazy()
    reported = told.with_columns(
        method=pl.when("is_split")
        .then(pl.lit("split"))
        .when("is_resolved")
        .then(pl.lit("resolved"))
        .otherwise(pl.lit("reported"))
    )
    summed = pl.concat([_summed(told, "age"), _summed(told, "gender")])
    missing = summed.join(told, on=_DISTRIBUTION, how="anti")
    columns = list(contract.columns(Audience))
    return pl.concat([reported.select(columns), missing.select(columns)])


def _best(rows: pl.LazyFrame) -> pl.LazyFrame:
    """Keep the best distribution of each dimension and day, each of its segments once."""
    best = (
        rows.select(*_DISTRIBUTION, *_RANK)
        .unique()
        .sort(_RANK, nulls_last=False)
        .group_by(_DISTRIBUTION)
        .last()
    )
    whole = rows.join(best, on=[*_DISTRIBUTION, *_RANK], how="semi", nulls_equal=True)
    return best_per_observation(whole, [*_DISTRIBUTION, "segment"], ["share", *_SAME], ["share"])


def _summed(told: pl.LazyFrame, dimension: str) -> pl.LazyFrame:
    """Sum age or gender out of both together; what is no joint segment is the same in each."""
    parts = pl.col("segment").str.split(JOINT).list
    is_split = pl.col("is_split").any() & (dimension == "age")
    return (
        told.filter(pl.col("dimension") == "age_gender")
        .with_columns(
            dimension=pl.lit(dimension),
            segment=parts.first() if dimension == "age" else parts.last(),
        )
        .group_by(*_DISTRIBUTION, "segment")
        .agg(
            exact_sum(pl.col("share")).clip(0, 1),
            pl.col(_SAME).first(),
            method=pl.when(is_split).then(pl.lit("split")).otherwise(pl.lit("summed")),
        )
    )
