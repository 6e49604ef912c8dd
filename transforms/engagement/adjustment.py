"""Points freed of weekday and format."""

import numpy as np
import polars as pl

from schemas.columns import FORMATS
from transforms.engagement.settings import TrendSettings
from transforms.engagement.thinning import thinned
from transforms.statistics.points import Points
from transforms.statistics.theil_sen import theil_sen

_CODES = 16
"""Room for weekdays, formats and the unknown one."""


def without_weekday_and_format(points: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Take weekday and then format medians out of the log values, where there are enough posts.

    Parameters
    ----------
    points
        `group`, `segment`, `series`, `at`, `format`, `value`.

    Returns
    -------
    DataFrame
        `points` with `log_value`, `adjusted` (the log value without the medians) and the two
        flags, and `absorbed`, which adds up over a group to the medians taken out of it beyond
        one per segment. Cells are counted within a segment, since only there points are
        compared. One cell of fewer than `min_cell` posts, and none are taken out.
    """
    logged = points.with_columns(log_value=pl.col("value").log()).with_columns(
        adjusted=pl.col("log_value"), absorbed=pl.lit(0.0)
    )
    posts = _with_line(logged.filter(pl.col("series") == "post"), settings)
    weekday, format = pl.col("at").dt.weekday(), pl.col("format").cast(pl.Enum(FORMATS))
    adjusted = _without_medians(posts, "is_weekday_adjusted", weekday, settings.min_cell)
    adjusted = _without_medians(
        adjusted, "is_format_adjusted", format.to_physical(), settings.min_cell
    )
    others = logged.filter(pl.col("series") != "post").with_columns(
        is_weekday_adjusted=pl.lit(value=False), is_format_adjusted=pl.lit(value=False)
    )
    return pl.concat([adjusted.select(others.columns), others])


def _without_medians(posts: pl.DataFrame, flag: str, code: pl.Expr, min_cell: int) -> pl.DataFrame:
    """Take the medians of cells out where every cell of the group is large enough.

    The medians are those of the values freed of their own trend: a cell whose posts happen to
    be later would otherwise take a part of the trend with it (a fall of 35 % per 30 days
    came out as 30 %).
    """
    unit = pl.col("group").cast(pl.Int64) * (pl.col("segment").max() + 1) + pl.col("segment")
    celled = posts.with_columns(cell=unit * _CODES + code.cast(pl.Int64).fill_null(_CODES - 1))
    sizes = celled.group_by("cell").agg(pl.first("group", "segment"), size=pl.len())
    spare = pl.len().cast(pl.Int64) - pl.col("segment").n_unique()
    verdicts = (
        sizes.group_by("group")
        .agg(
            is_large=(pl.col("size").min() >= min_cell) & (spare > 0),
            spare=spare / pl.col("size").sum(),
        )
        .filter("is_large")
    )
    taken = (
        celled.join(verdicts, on="group", how="inner", validate="m:1")
        .group_by("cell")
        .agg(
            median=(pl.col("adjusted") - pl.col("line")).median(),
            spare=pl.first("spare"),
        )
    )
    return (
        celled.join(taken, on="cell", how="left", validate="m:1")
        .with_columns(
            pl.col("median").is_not_null().alias(flag),
            adjusted=pl.col("adjusted") - pl.col("median").fill_null(0.0),
            absorbed=pl.col("absorbed") + pl.col("spare").fill_null(0.0),
        )
        .drop("cell", "median", "spare")
    )


def _with_line(posts: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    """Add each group's Theil-Sen line, level aside; 0 where a group cannot have two cells."""
    ordered = posts.with_columns(days=pl.col("at").dt.epoch("s") / 86_400).sort(
        "group", "segment", "days", "adjusted"
    )
    large = ordered.filter(pl.len().over("group") >= 2 * settings.min_cell)
    large = thinned(large, settings.max_tested_points, ("days", "segment", "adjusted")).sort(
        "group", "segment", "days", "adjusted"
    )
    sizes = large.group_by("group", maintain_order=True).len()
    slopes = theil_sen(
        Points(
            np.concatenate([[0], sizes["len"].to_numpy().cumsum()]).astype(np.int64),
            large["days"].to_numpy(),
            large["adjusted"].to_numpy(),
            large["segment"].cast(pl.Int64).to_numpy(),
        )
    )
    slope = sizes.select("group", trend=pl.Series(slopes.slope, dtype=pl.Float64).fill_nan(0.0))
    return (
        ordered.join(slope, on="group", how="left", validate="m:1")
        .with_columns(
            line=pl.col("trend").fill_null(0.0)
            * (pl.col("days") - pl.col("days").min().over("group"))
        )
        .drop("days", "trend")
    )
