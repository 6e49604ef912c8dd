"""Points in windows: which group of points each belongs to."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import polars as pl

from schemas.columns import FORMATS, MEASURES, SERIES
from schemas.engagement import BASES, EXCLUSIONS
from transforms.engagement.settings import TrendSettings

_ACCOUNT = ["platform", "account_id"]
_CREATOR_GROUP = ["creator_id", "series", "measure", "window_days"]
_FEW_VALUES: dict[Any, pl.DataType] = {
    "series": pl.Enum(SERIES),
    "measure": pl.Enum(MEASURES),
    "format": pl.Enum(FORMATS),
    "er_basis": pl.Enum(BASES),
    "engagements_parts": pl.Categorical(),
    "definition_id": pl.Categorical(),
    "segment": pl.Categorical(),
    "excluded": pl.Enum(tuple(EXCLUSIONS)),
}
"""Text of few values as numbers: a point is in up to four windows."""
_OF_ALL_WINDOWS = (
    "owner",
    "pair",
    "first_group",
    "er_basis",
    "engagements_parts",
    "starts_on",
    "ends_on",
)


@dataclass(frozen=True)
class OwnedPoints:
    """Points with the number of the account they belong to.

    Attributes
    ----------
    owners
        Tracked accounts: `owner` counting from 0, platform, account_id, creator_id, tier.
    points
        As `engagement_point` gives them, with `owner` in place of the account.
    """

    owners: pl.DataFrame
    points: pl.DataFrame


@dataclass(frozen=True)
class Windows:
    """Groups of points, and the candidates for them.

    Attributes
    ----------
    groups
        One row per account, series, measure and window: `group` counting from 0, the account's
        columns, and what was counted of its candidates.
    candidates
        Posts and weeks, once for each window they lie in, with their `group` and `time_days`
        from as_of; `segment` is a number here.
    """

    groups: pl.DataFrame
    candidates: pl.DataFrame

    @property
    def points(self) -> pl.DataFrame:
        """Give the candidates that count."""
        return self.candidates.filter(pl.col("excluded").is_null()).drop(
            "excluded", "matured_share"
        )


def owned_points(
    engagement_point: pl.LazyFrame, account: pl.LazyFrame, tier: pl.LazyFrame
) -> OwnedPoints:
    """Compute the points and number the accounts they belong to.

    The kernels need arrays of all points at once, so this is where plans end, in the calling
    thread: polars inside a function that polars itself calls can stop for good.
    """
    owners = (
        account.filter("is_tracked")
        .select(*_ACCOUNT, "creator_id")
        .join(tier.select(*_ACCOUNT, "tier"), on=_ACCOUNT, how="left", validate="1:1")
        .sort(_ACCOUNT)
        .with_row_index("owner")
        .collect()
    )
    points = (
        engagement_point.join(
            owners.lazy().select(*_ACCOUNT, "owner"), on=_ACCOUNT, how="inner", validate="m:1"
        )
        .drop(*_ACCOUNT, "point_id", "metric")
        .cast(_FEW_VALUES)
        .collect()
    )
    return OwnedPoints(owners, points)


def into_windows(owned: OwnedPoints, as_of: date, settings: TrendSettings) -> Windows:
    """Sort points into windows: every account and series with candidates in every window."""
    pairs = owned.points.select("owner", "series").unique().sort("owner", "series")
    groups = (
        pairs.with_row_index("pair")
        .join(_enumerated("measure", MEASURES), how="cross", maintain_order="left_right")
        .join(
            pl.DataFrame({"window_days": settings.windows}),
            how="cross",
            maintain_order="left_right",
        )
        .with_row_index("group")
    )
    numbered = owned.points.join(
        pairs.with_row_index("pair"), on=["owner", "series"], validate="m:1"
    ).with_columns(
        first_group=(
            pl.col("pair") * len(MEASURES) + pl.col("measure").to_physical().cast(pl.UInt32)
        )
        * len(settings.windows),
        time_days=_days_before(as_of),
        segment=_segment_number(owned.points),
    )
    candidates = pl.concat(
        numbered.filter(
            pl.col("starts_on") > as_of - timedelta(days=days), pl.col("ends_on") <= as_of
        )
        .with_columns(group=pl.col("first_group") + number)
        .drop(*_OF_ALL_WINDOWS)
        for number, days in enumerate(settings.windows)
    )
    counted = (
        groups.join(owned.owners, on="owner", how="left", validate="m:1")
        .join(_immature(numbered, as_of), on=["pair", "measure"], how="left", validate="m:1")
        .join(_counts(candidates, settings), on="group", how="left", validate="1:1")
        .with_columns(pl.col("^n_.*$").fill_null(0), pl.col("series", "measure").cast(pl.String))
        .sort("group")
    )
    return Windows(counted, candidates)


def _enumerated(name: str, values: tuple[str, ...]) -> pl.DataFrame:
    return pl.DataFrame({name: values}, schema={name: _FEW_VALUES[name]})


def of_creators(groups: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Add up the groups of accounts by creator, series, measure and window.

    Returns
    -------
    tuple
        The creators' groups, with `group` counting from 0, platforms and n_accounts of those
        with points; and `group` of each account's group to `creator_group`.
    """
    has_points = pl.col("n_points") > 0
    platforms = pl.col("platform").filter(has_points).unique().sort()
    summed = (
        groups.group_by(_CREATOR_GROUP)
        .agg(
            pl.col("^n_.*$").sum(),
            pl.col("er_basis", "engagements_parts").drop_nulls().first(),
            n_accounts=has_points.sum(),
            platforms=pl.when(has_points.any()).then(platforms.str.join("+")),
        )
        .sort(_CREATOR_GROUP)
        .with_row_index("group")
    )
    numbers = summed.select(*_CREATOR_GROUP, creator_group="group")
    return summed, groups.join(numbers, on=_CREATOR_GROUP, validate="m:1").select(
        "group", "creator_group"
    )


def _segment_number(points: pl.DataFrame) -> pl.Expr:
    """Give segments numbers by their names, whatever the order of the points."""
    names = points["segment"].unique().drop_nulls().cast(pl.String).sort()
    numbers = {name: number for number, name in enumerate(names, start=1)}
    return pl.col("segment").replace_strict(numbers, default=0, return_dtype=pl.Int64)


def _days_before(as_of: date) -> pl.Expr:
    start = pl.lit(as_of).cast(pl.Datetime("us", "UTC"))
    return (pl.col("at") - start).dt.total_microseconds() / 86_400_000_000


def _immature(numbered: pl.DataFrame, as_of: date) -> pl.DataFrame:
    """Count the posts still to mature, and keep what is one per owner, series and measure."""
    is_immature = (pl.col("ends_on") > as_of) & (pl.col("series") == "post")
    return numbered.group_by("pair", "measure").agg(
        pl.col("er_basis", "engagements_parts").drop_nulls().first().cast(pl.String),
        n_immature=is_immature.sum(),
    )


def _counts(candidates: pl.DataFrame, settings: TrendSettings) -> pl.DataFrame:
    counts = pl.col("excluded").is_null()
    return candidates.group_by("group").agg(
        n_candidates=pl.len(),
        n_points=counts.sum(),
        n_adjusted=(counts & (pl.col("matured_share") < settings.adjusted_below)).sum(),
        n_zero=(counts & (pl.col("quantity") == 0)).sum(),
        **{f"n_excluded_{reason}": (pl.col("excluded") == reason).sum() for reason in EXCLUSIONS},
    )
