"""mart.engagement_trend and mart.engagement_trend_creator: the panel stage."""

from datetime import date

import polars as pl

from schemas import contract
from schemas.engagement import EngagementTrend, EngagementTrendCreator
from transforms.engagement.adjustment import without_weekday_and_format
from transforms.engagement.consistency import consistency, regularity
from transforms.engagement.level import levels, with_shrunk_level
from transforms.engagement.peers import above_tier_median, with_relative_slope
from transforms.engagement.settings import TrendSettings
from transforms.engagement.slopes import trends, with_changes, with_q
from transforms.engagement.verdict import with_verdict
from transforms.engagement.windows import OwnedPoints, into_windows, of_creators, owned_points


def engagement_trend(
    engagement_point: pl.LazyFrame,
    account: pl.LazyFrame,
    tier: pl.LazyFrame,
    *,
    as_of: date,
    settings: TrendSettings,
) -> pl.LazyFrame:
    """Tell how each account's audience responds over each window, and whether that is changing.

    Parameters
    ----------
    engagement_point
        From `transforms.engagement.points.engagement_point`.
    account
        core.account; accounts that are not tracked have no row.
    tier
        Grain (platform, account_id): tier at as_of.

    Returns
    -------
    LazyFrame
        mart.engagement_trend, grain (as_of, platform, account_id, measure, series, window_days):
        every tracked account and series with candidates, both measures, all windows.
    """
    owned = owned_points(engagement_point, account, tier)
    return _account_trends(owned, as_of, settings).lazy()


def engagement_trend_creator(
    engagement_point: pl.LazyFrame,
    account: pl.LazyFrame,
    tier: pl.LazyFrame,
    engagement_trend: pl.LazyFrame,
    *,
    as_of: date,
    settings: TrendSettings,
) -> pl.LazyFrame:
    """Tell the same over all accounts of a creator, each a segment of its own.

    Parameters
    ----------
    engagement_trend
        mart.engagement_trend of the same day: the trend of a creator's only account is the
        creator's, and is not computed again.

    Returns
    -------
    LazyFrame
        mart.engagement_trend_creator, grain (as_of, creator_id, measure, series, window_days).
        Weekday and format medians are taken out account by account.
    """
    several = (
        account.filter("is_tracked")
        .group_by("creator_id")
        .len()
        .filter(pl.col("len") > 1)
        .select("creator_id")
        .collect()
    )
    of_several = account.join(several.lazy(), on="creator_id", how="semi")
    owned = owned_points(engagement_point, of_several, tier)
    added_up = _creator_trends(owned, as_of, settings)
    alone = engagement_trend.join(several.lazy(), on="creator_id", how="anti").collect()
    has_points = pl.col("n_points") > 0
    same = alone.with_columns(
        platforms=pl.when(has_points).then("platform"), n_accounts=has_points.cast(pl.Int64)
    ).select(added_up.columns)
    return _conform(with_q(pl.concat([same, added_up])), EngagementTrendCreator, as_of).lazy()


def _account_trends(owned: OwnedPoints, as_of: date, settings: TrendSettings) -> pl.DataFrame:
    windows = into_windows(owned, as_of, settings)
    adjusted = without_weekday_and_format(windows.points, settings)
    described = (
        windows.groups.join(trends(adjusted, settings), on="group", how="left")
        .join(definitions_in_use(adjusted), on="group", how="left")
        .join(levels(adjusted), on="group", how="left")
        .join(consistency(adjusted), on="group", how="left")
        .join(regularity(windows.candidates), on="group", how="left")
        .sort("group")
    )
    changes = with_q(with_changes(described))
    compared = with_shrunk_level(with_relative_slope(changes, settings), settings)
    whole = compared.join(above_tier_median(compared, adjusted, settings), on="group", how="left")
    return _conform(with_verdict(whole, settings), EngagementTrend, as_of)


def _creator_trends(owned: OwnedPoints, as_of: date, settings: TrendSettings) -> pl.DataFrame:
    windows = into_windows(owned, as_of, settings)
    adjusted = without_weekday_and_format(windows.points, settings)
    groups, creator_group = of_creators(windows.groups)
    regrouped = adjusted.join(creator_group, on="group", validate="m:1").with_columns(
        group=pl.col("creator_group"),
        segment=pl.col("group").cast(pl.Int64) * (pl.col("segment").max() + 1) + pl.col("segment"),
    )
    tested = groups.join(trends(regrouped, settings), on="group", how="left").sort("group")
    verdicts = with_verdict(with_q(with_changes(tested)), settings)
    return _conform(verdicts, EngagementTrendCreator, as_of)


def definitions_in_use(points: pl.DataFrame) -> pl.DataFrame:
    """Name the newest definition among the points of each group; grain (group)."""
    known = (
        points.select("definition_id", "defined_from")
        .unique()
        .drop_nulls()
        .sort("defined_from", pl.col("definition_id").cast(pl.String))
        .with_row_index("age_rank")
    )
    return (
        points.select("group", "definition_id")
        .join(known, on="definition_id", validate="m:1")
        .group_by("group")
        .agg(pl.col("age_rank").max())
        .join(known.select("age_rank", "definition_id"), on="age_rank", validate="m:1")
        .select("group", pl.col("definition_id").cast(pl.String))
    )


def _conform(groups: pl.DataFrame, table: type, as_of: date) -> pl.DataFrame:
    schema = contract.polars_schema(table)
    return (
        groups.with_columns(
            as_of=pl.lit(as_of),
            n_segments=pl.col("n_segments").fill_null(0),
            is_weekday_adjusted=pl.col("is_weekday_adjusted").fill_null(value=False),
            is_format_adjusted=pl.col("is_format_adjusted").fill_null(value=False),
        )
        .select(pl.col(name).cast(dtype) for name, dtype in schema.items())
        .sort(contract.grain(table))
    )
