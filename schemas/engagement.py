"""Contracts of mart.engagement_trend: how the audience responds, and whether that changes."""

from typing import Any

import pandera.polars as pa
import polars as pl

from schemas import columns
from schemas.columns import described

BASES = ("followers", "impressions", "reach", "views")
EXCLUSIONS = {
    "catalogue": "Posts known only from capped or top lists.",
    "unobserved": "Posts without engagements or views in any observation.",
    "young": "Posts only seen before they had earned half of what they would.",
    "parts": "Posts or weeks without engagements, or lacking one that the account's others have.",
    "basis": "Posts or weeks without the figure the rate is over, or without views.",
    "zero_basis": "Posts or weeks whose basis is zero.",
    "days": "Weeks with fewer than 4 reported days.",
    "floor": "Weeks whose basis is too small for a rate.",
    "break": "Weeks within which a definition changed.",
}
"""Why a post or week is no point, in the order the reasons are tried."""
POOLS = ("platform_tier_format", "platform_tier", "platform", "none")
_PER_30_DAYS = "of the level per 30 days"


def _change(description: str) -> Any:
    return described(
        description, unit="1", in_range={"min_value": -1, "max_value": 1e6}, nullable=True
    )


def _level(description: str) -> Any:
    return described(
        f"{description} engagement_rate: share of the basis; views: views per post or week.",
        unit="by measure: 1 or view",
        ge=0,
        nullable=True,
    )


def _share(description: str) -> Any:
    return described(
        description, unit="1", in_range={"min_value": 0, "max_value": 1}, nullable=True
    )


def _spread(description: str) -> Any:
    return described(description, unit="1", ge=0, nullable=True)


def _excluded(reason: str) -> Any:
    return described(EXCLUSIONS[reason], unit="post or week", ge=0)


class _AccountKey(pa.DataFrameModel):
    as_of: pl.Date = columns.as_of()
    platform: str = columns.platform()
    account_id: str = columns.account_id()
    creator_id: str = columns.creator_id()


class _CreatorKey(pa.DataFrameModel):
    as_of: pl.Date = columns.as_of()
    creator_id: str = columns.creator_id()


class _Window(pa.DataFrameModel):
    measure: str = columns.measure()
    series: str = columns.series()
    window_days: int = columns.window_days()


class _Trend(pa.DataFrameModel):
    class_: str = columns.trend_class(alias="class")
    class_reason: str = columns.class_reason()
    slope_share_per_30d: float = _change(f"Change {_PER_30_DAYS}, Theil-Sen; 0.1 is +10 %.")
    slope_share_per_30d_lo: float = _change("Lower end of its 95 % interval.")
    slope_share_per_30d_hi: float = _change("Upper end of its 95 % interval.")
    p_value: float = columns.p_value()
    q_value: float = columns.q_value()
    tau: float = columns.tau()
    test_method: str = columns.test_method()
    n_points: int = columns.n_points()
    n_segments: int = columns.n_segments()
    is_weekday_adjusted: bool = described("Whether weekday medians were taken out of the points.")
    is_format_adjusted: bool = described("Whether format medians were taken out of the points.")
    first_point_on: pl.Date = described("Day of the first point.", unit="day", nullable=True)
    last_point_on: pl.Date = described("Day of the last point.", unit="day", nullable=True)


class _Excluded(pa.DataFrameModel):
    n_candidates: int = described(
        "Posts that matured in the window, or ISO weeks with data in it; points plus excluded.",
        unit="post or week",
        ge=0,
    )
    n_adjusted: int = described(
        "Points scaled to the target age from between 50 and 95 % of what a post earns.",
        unit="point",
        ge=0,
    )
    n_zero: int = described(
        "Points without engagement or views, counted as half a one.", unit="point", ge=0
    )
    n_immature: int = described(
        "Posts still younger than the target age at as_of, in no window.", unit="post", ge=0
    )
    n_excluded_catalogue: int = _excluded("catalogue")
    n_excluded_unobserved: int = _excluded("unobserved")
    n_excluded_young: int = _excluded("young")
    n_excluded_parts: int = _excluded("parts")
    n_excluded_basis: int = _excluded("basis")
    n_excluded_zero_basis: int = _excluded("zero_basis")
    n_excluded_days: int = _excluded("days")
    n_excluded_floor: int = _excluded("floor")
    n_excluded_break: int = _excluded("break")

    @pa.dataframe_check
    def candidates_are_points_plus_excluded(cls, data: pa.PolarsData) -> pl.LazyFrame:
        excluded = pl.sum_horizontal(f"n_excluded_{reason}" for reason in EXCLUSIONS)
        return data.lazyframe.select(pl.col("n_candidates") == pl.col("n_points") + excluded)


class _Level(pa.DataFrameModel):
    level_pooled: float = _level("All engagements over all of the basis; mean views.")
    level_public: float = _level("The same with likes and comments only, as vendors count.")
    level_median: float = _level("Median of the points.")
    level_q25: float = _level("Lower quartile of the points.")
    level_q75: float = _level("Upper quartile of the points.")
    level_shrunk: float = _level(
        "Geometric mean of the points, drawn to that of its peers the more the fewer points."
    )
    shrink_weight: float = _share("Weight of the account's own points in level_shrunk.")
    shrink_pool: str = described(
        "Peers of level_shrunk: the narrowest of these with 5 accounts.",
        isin=POOLS,
        nullable=True,
    )
    log_spread: float = _spread("1.4826 times the median absolute deviation of the log points.")
    above_tier_median_share: float = _share(
        "Share of points above the median account of the same platform, tier and basis."
    )
    posting_gap_spread: float = _spread(
        "Interquartile range of the days between posts over their median; 0 is clockwork."
    )
    top_tenth_share: float = _share("Share of engagements, or views, the top tenth of posts has.")


class EngagementTrend(_Level, _Excluded, _Trend, _Window, _AccountKey):
    """How each account's audience responds over a window, and whether that is changing."""

    er_basis: str = described(
        "What the engagement rate is over; null for views and where it is not reported.",
        isin=BASES,
        nullable=True,
    )
    engagements_parts: str = described(
        "Engagements added up, joined by `+`; null for views.", nullable=True
    )
    definition_id: str = columns.definition_id(nullable=True)
    relative_slope_share_per_30d: float = _change(
        f"Change {_PER_30_DAYS} against the median account of the same platform and tier."
    )
    n_peers: int = described(
        "Accounts with a slope that the relative one is taken against.", unit="account", ge=0
    )

    class Config:
        strict = True
        unique = ["as_of", "platform", "account_id", "measure", "series", "window_days"]

    @pa.dataframe_check
    def the_slope_lies_within_its_interval(cls, data: pa.PolarsData) -> pl.LazyFrame:
        slope = pl.col("slope_share_per_30d")
        low, high = pl.col("slope_share_per_30d_lo"), pl.col("slope_share_per_30d_hi")
        return data.lazyframe.select(
            (slope.is_null() | low.is_null() | ((low <= slope) & (slope <= high))).fill_null(
                value=True
            )
        )


class EngagementTrendCreator(_Excluded, _Trend, _Window, _CreatorKey):
    """The same over all accounts of a creator, whose points are never compared across accounts."""

    platforms: str = described("Platforms of the points' accounts, joined by `+`.", nullable=True)
    n_accounts: int = described("Accounts with points.", unit="account", ge=0)

    class Config:
        strict = True
        unique = ["as_of", "creator_id", "measure", "series", "window_days"]


ENGAGEMENT: dict[str, type[pa.DataFrameModel]] = {
    "engagement_trend": EngagementTrend,
    "engagement_trend_creator": EngagementTrendCreator,
}
"""Table name within the mart layer to contract."""
