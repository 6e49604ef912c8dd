"""The trend of each group of points, and the evidence for it."""

import math

import numpy as np
import polars as pl

from transforms.engagement.settings import TrendSettings
from transforms.engagement.thinning import thinned
from transforms.statistics.false_discovery import benjamini_hochberg
from transforms.statistics.mann_kendall import mann_kendall
from transforms.statistics.points import Points

LARGEST_CHANGE = 1e6
"""Change per 30 days beyond which a slope says no more than `very large`."""
_ORDER = ("time_days", "segment", "adjusted")
_SLOPES = ("slope", "slope_lo", "slope_hi")


def trends(points: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Test each group that has enough points over enough days.

    Parameters
    ----------
    points
        `group`, `segment`, `at`, `time_days`, and the columns of the adjustment.

    Returns
    -------
    DataFrame
        Grain (group), for groups with points: extent, segments, flags; and for those tested
        slope, slope_lo, slope_hi (log units per day), p_value, tau, test_method.
    """
    extents = points.group_by("group").agg(
        size=pl.len(),
        n_segments=pl.col("segment").n_unique(),
        first_point_on=_day(pl.col("time_days").arg_min()),
        last_point_on=_day(pl.col("time_days").arg_max()),
        span_days=pl.col("time_days").max() - pl.col("time_days").min(),
        is_weekday_adjusted=pl.col("is_weekday_adjusted").all(),
        is_format_adjusted=pl.col("is_format_adjusted").all(),
    )
    enough = extents.filter(
        pl.col("size") >= settings.min_points, pl.col("span_days") >= settings.min_span_days
    )
    large_enough = points.join(enough.select("group"), on="group", how="semi")
    tested = _test(thinned(large_enough, settings.max_tested_points, _ORDER))
    return extents.drop("size").join(tested, on="group", how="left", validate="1:1")


def _day(place: pl.Expr) -> pl.Expr:
    return pl.col("at").get(place).dt.date()


def _test(points: pl.DataFrame) -> pl.DataFrame:
    unit = pl.col("group").cast(pl.Int64) * (pl.col("segment").max() + 1) + pl.col("segment")
    ordered = points.select(
        "group", "segment", "time_days", "adjusted", "absorbed", unit=unit
    ).sort("unit", "time_days", "adjusted")
    sizes = ordered.group_by("group", maintain_order=True).agg(
        pl.len(), absorbed=pl.col("absorbed").sum().round().cast(pl.Int64)
    )
    tested = mann_kendall(
        Points(
            np.concatenate([[0], sizes["len"].to_numpy().cumsum()]).astype(np.int64),
            ordered["time_days"].to_numpy(),
            ordered["adjusted"].to_numpy(),
            ordered["segment"].to_numpy(),
        ),
        sizes["absorbed"].to_numpy(),
    )
    slopes = tested.slopes
    return (
        sizes.select("group")
        .with_columns(
            slope=pl.Series(slopes.slope),
            slope_lo=pl.Series(slopes.low),
            slope_hi=pl.Series(slopes.high),
            p_value=pl.Series(tested.p),
            tau=pl.Series(tested.tau),
            test_method=pl.Series(tested.method.astype(object), dtype=pl.String),
        )
        .with_columns(pl.col(*_SLOPES, "p_value", "tau").fill_nan(None))
    )


def change_per_30_days(slope: pl.Expr) -> pl.Expr:
    """Turn log units per day into the relative change per 30 days, 0.1 for +10 %."""
    return (30 * slope).clip(upper_bound=math.log1p(LARGEST_CHANGE)).exp() - 1


def with_changes(groups: pl.DataFrame) -> pl.DataFrame:
    """Publish slopes as changes per 30 days."""
    return groups.with_columns(
        slope_share_per_30d=change_per_30_days(pl.col("slope")),
        slope_share_per_30d_lo=change_per_30_days(pl.col("slope_lo")),
        slope_share_per_30d_hi=change_per_30_days(pl.col("slope_hi")),
    )


def with_q(groups: pl.DataFrame) -> pl.DataFrame:
    """Add q: p over all of one measure, series and window, after Benjamini and Hochberg."""
    family = groups.select(pl.struct("measure", "series", "window_days").rank("dense"))
    q = benjamini_hochberg(
        groups["p_value"].cast(pl.Float64).fill_null(math.nan).to_numpy(),
        family.to_series().cast(pl.Int64).to_numpy(),
    )
    return groups.with_columns(q_value=pl.Series(q).fill_nan(None))
